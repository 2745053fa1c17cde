"""The columns of an upload sheet in the views that rules ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from icare_xl.model.cells import Cell
from icare_xl.model.dates import Order, certain_day, order, shown_day
from icare_xl.model.normalise import collapse_blanks, comparison_key, id_of_yes_or_no
from icare_xl.model.template import Field

Mask = NDArray[np.bool_]  # one truth value per row of the sheet
View = TypeVar("View", bound="Column")


class Values:
    """What stands in a column: the code of each row's cell, and each distinct cell once."""

    def __init__(self, codes: NDArray[np.int32], cells: Sequence[Cell]) -> None:
        self.codes = codes
        self.cells = cells
        self.distinct, self.inverse = np.unique(codes, return_inverse=True)


class Column:
    """The values of one field. Questions are asked once per distinct value, and answered for every row."""

    def __init__(self, field: Field, values: Values) -> None:
        self.field = field
        self.codes = values.codes
        self._cells = values.cells
        self._distinct, self._inverse = values.distinct, values.inverse

    @cached_property
    def distinct(self) -> list[Cell]:
        return [self._cells[code] for code in self._distinct]

    def each(self, ask: Callable[[Cell], bool]) -> Mask:
        """The rows whose value the question is true of."""
        return self.spread(np.fromiter(map(ask, self.distinct), np.bool_, len(self._distinct)))

    def keys(self, of: Callable[[Cell], str]) -> list[str]:
        """What the value of each row is compared by."""
        keys: list[str] = self.spread(np.array([of(cell) for cell in self.distinct], object)).tolist()
        return keys

    def indexes(self, number: int) -> NDArray[np.intp]:
        """The indexes of the rows that hold the distinct value of this number."""
        order, bounds = self._by_value
        return order[bounds[number] : bounds[number + 1]]

    @cached_property
    def _by_value(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The indexes of the rows, those of the first distinct value first, and where those of each value begin."""
        counts = np.bincount(self._inverse, minlength=len(self._distinct))
        return np.argsort(self._inverse, kind="stable"), np.concatenate(([0], np.cumsum(counts)))

    @cached_property
    def goes_up(self) -> bool:
        """Whether somewhere a whole number goes up by one, twice on end, from row to row: what dragging leaves behind."""
        numbers = self.keys(lambda cell: collapse_blanks(cell.text))
        steps = [int(text) if text.isdecimal() and len(text) < 16 else None for text in numbers]
        three = zip(steps, steps[1:], steps[2:], strict=False)
        return any(one is not None and (two, third) == (one + 1, one + 2) for one, two, third in three)

    def text(self, index: int) -> str:
        """The value in the row of this index in the sheet's rows."""
        return self._cells[int(self.codes[index])].text

    def shown(self, index: int) -> str:
        """The value in that row as a sentence tells it."""
        return self.text(index)

    @cached_property
    def blank(self) -> Mask:
        return self.each(lambda cell: cell.blank)

    @property
    def filled(self) -> Mask:
        return ~self.blank

    def spread(self, answers: NDArray[Any]) -> NDArray[Any]:
        """One value for each distinct cell -> one for each row."""
        return answers[self._inverse]


class Choice(Column):
    """A column with a list, asked by iCARE's ids of the values, so that the language of the list is no matter."""

    def chosen(self, *answers: str) -> Mask:
        """The rows with one of these answers: iCARE's id of a value, its exact text, or `""` for a blank cell.

        A text that is written otherwise counts as the value that it will be once it is corrected.
        """
        texts = {comparison_key(answer) for answer in answers}
        return self.each(lambda cell: self._id(cell) in answers or comparison_key(self._meant(cell)) in texts)

    def _meant(self, cell: Cell) -> str:
        """The text of the list that a cell means; what it holds, where there is none."""
        return (self.field.allowed and self.field.allowed.meant(cell.text)) or cell.text

    def _id(self, cell: Cell) -> str | None:
        """The id of the value, or None where the list has no such value or nobody knows its id."""
        allowed = self.field.allowed
        return allowed.id_of.get(self._meant(cell)) or None if allowed else None


class YesNo(Choice):
    """A Yes/No column. A blank or unreadable cell is neither. The words of both languages count, whatever the list."""

    def _id(self, cell: Cell) -> str | None:
        return super()._id(cell) or id_of_yes_or_no(cell.text) or None

    @cached_property
    def yes(self) -> Mask:
        return self.chosen("1")

    @cached_property
    def no(self) -> Mask:
        return self.chosen("0")


class Dates(Column):
    """A date column. Comparisons are False where either day is blank or cannot be read without doubt.

    The form is no matter: `2018/6/5` is one day, `03/04/2025` is two and so none.
    """

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """Days counted from 0001-01-01 as 1; 0 where there is none."""
        days = (certain_day(cell) for cell in self.distinct)
        numbers = [day.toordinal() if day else 0 for day in days]
        return self.spread(np.array(numbers, np.int32))

    @property
    def known(self) -> Mask:
        return self.days > 0

    def shown(self, index: int) -> str:
        """The value, with its day where it is written otherwise."""
        return shown_day(self._cells[int(self.codes[index])])

    @cached_property
    def order(self) -> Order:
        """In which order the column has day and month, where the year comes last."""
        counts = np.bincount(self._inverse, minlength=len(self._distinct)).tolist()
        return order(zip(self.distinct, counts, strict=True))

    def __lt__(self, other: Dates) -> Mask:
        return (self.days < other.days) & self.known & other.known
