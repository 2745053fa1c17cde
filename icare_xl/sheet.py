"""An upload sheet ready to be checked: its rows, and its columns in the views that rules ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from icare_xl.dates import Order, iso_day, order
from icare_xl.grid import Cell, Grid
from icare_xl.model import Field, Template
from icare_xl.wording import id_of_yes_or_no, plain

NOTES = "processing_details"
FIRST_ROW = 4
LAST_ROW = 2503

Mask = NDArray[np.bool_]  # one truth value per row of the sheet
View = TypeVar("View", bound="Column")


class Column:
    """The values of one field. Questions are asked once per distinct value, and answered for every row."""

    def __init__(self, field: Field, codes: NDArray[np.int32], cells: Sequence[Cell]) -> None:
        self.field = field
        self.codes = codes
        self._cells = cells
        self._distinct, self._place = np.unique(codes, return_inverse=True)

    @cached_property
    def distinct(self) -> list[Cell]:
        return [self._cells[code] for code in self._distinct]

    def each(self, ask: Callable[[Cell], bool]) -> Mask:
        """The rows whose value the question is true of."""
        return self.spread(np.fromiter(map(ask, self.distinct), np.bool_, len(self._distinct)))

    def places(self, number: int) -> NDArray[np.intp]:
        """The places (from 0) of the rows that hold the distinct value of this number."""
        order, bounds = self._by_value
        return order[bounds[number] : bounds[number + 1]]

    @cached_property
    def _by_value(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places of the rows, those of the first distinct value first, and where those of each value begin."""
        counts = np.bincount(self._place, minlength=len(self._distinct))
        return np.argsort(self._place, kind="stable"), np.concatenate(([0], np.cumsum(counts)))

    def text(self, place: int) -> str:
        """The value in the row at this place, counted from 0."""
        return self._cells[int(self.codes[place])].text

    @cached_property
    def blank(self) -> Mask:
        return self.each(lambda cell: cell.blank)

    @property
    def filled(self) -> Mask:
        return ~self.blank

    def spread(self, answers: NDArray[Any]) -> NDArray[Any]:
        """One value for each distinct cell -> one for each row."""
        return answers[self._place]


class Choice(Column):
    """A column with a list, asked by iCARE's ids of the values, so that the language of the list is no matter."""

    def chosen(self, *answers: str) -> Mask:
        """The rows with one of these answers: iCARE's id of a value, its exact text, or `""` for a blank cell."""
        texts = {plain(answer) for answer in answers}
        return self.each(lambda cell: self._id(cell) in answers or plain(cell.text) in texts)

    def _id(self, cell: Cell) -> str | None:
        """The id of the value, or None where the list has no such value or nobody knows its id."""
        allowed = self.field.allowed
        exact = allowed.exact.get(plain(cell.text)) if allowed else None
        return allowed.id_of[exact] or None if allowed and exact is not None else None


class YesNo(Choice):
    """A Yes/No column. A blank or unreadable cell is neither. Without a list, the words of both languages count."""

    def _id(self, cell: Cell) -> str | None:
        return super()._id(cell) if self.field.allowed else id_of_yes_or_no(cell.text) or None

    @cached_property
    def yes(self) -> Mask:
        return self.chosen("1")

    @cached_property
    def no(self) -> Mask:
        return self.chosen("0")


class Dates(Column):
    """A date column. Comparisons are False where either day is blank or cannot be read without doubt."""

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """Days counted from 0001-01-01 as 1; 0 where there is none."""
        days = (iso_day(cell) for cell in self.distinct)
        numbers = [day.toordinal() if day else 0 for day in days]
        return self.spread(np.array(numbers, np.int32))

    @property
    def known(self) -> Mask:
        return self.days > 0

    @cached_property
    def order(self) -> Order:
        """In which order the column has day and month, where the year comes last."""
        counts = np.bincount(self._place, minlength=len(self._distinct)).tolist()
        return order(zip(self.distinct, counts, strict=True))

    def __lt__(self, other: Dates) -> Mask:
        return (self.days < other.days) & self.known & other.known


@dataclass(frozen=True, slots=True)
class Layout:
    """How row 2 compares with the template. Columns count from 0.

    `wrong` and `moved` are (column, field id expected there or found there), `extra` (column, id found),
    `repeated` (column of the first, column of the second, id). `announced` is the number in LOV!B1.
    """

    places: dict[str, int]
    found: tuple[str, ...] = ()
    wrong: tuple[tuple[int, str], ...] = ()
    missing: tuple[str, ...] = ()
    moved: tuple[tuple[int, str], ...] = ()
    extra: tuple[tuple[int, str], ...] = ()
    repeated: tuple[tuple[int, int, str], ...] = ()
    announced: str | None = None


@dataclass(frozen=True)
class Sheet:
    """The filled rows of an upload sheet. `rows` holds their Excel numbers, ascending, int32."""

    name: str
    template: Template
    layout: Layout
    grid: Grid
    rows: NDArray[np.int32]
    _columns: dict[tuple[str, type[Column]], Column] = field(default_factory=dict, repr=False)

    def only(self, rows: Collection[int]) -> Sheet:
        """The sheet with these of its rows alone."""
        kept = self.rows[np.isin(self.rows, list(rows))]
        return Sheet(self.name, self.template, self.layout, self.grid, kept)

    def changed(self, texts: Mapping[tuple[int, int], str]) -> Sheet:
        """The sheet with these texts in (row, column) cells of its rows."""
        return Sheet(self.name, self.template, self.layout, self.grid.changed(texts), self.rows)

    def column(self, id_: str, view: type[View]) -> View:
        """A field's values, one per row."""
        key = (id_, view)
        if key not in self._columns:
            codes = self.grid.codes(self.layout.places[id_], self.rows)
            self._columns[key] = view(self.field(id_), codes, self.grid.cells)
        return self._columns[key]  # type: ignore[return-value]

    def has(self, *ids: str) -> bool:
        """Whether the template has these fields and the sheet has a column for each."""
        return all(id_ in self.layout.places for id_ in ids)

    def field(self, id_: str) -> Field:
        return self._field_of[id_]

    def field_at(self, column: int) -> Field | None:
        """The field whose values stand in a column, if one does."""
        return next((self._field_of[id_] for id_, at in self.layout.places.items() if at == column), None)

    def fields(self, *kinds: str) -> Iterator[Field]:
        """The fields of these kinds (of any kind where none is named) that have a column, but for column A."""
        for each in self.template.fields:
            if each.id != NOTES and self.has(each.id) and (not kinds or each.kind in kinds):
                yield each

    @cached_property
    def _field_of(self) -> dict[str, Field]:
        return {each.id: each for each in self.template.fields}
