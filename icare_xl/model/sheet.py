"""An upload sheet ready to be checked: its rows, and its columns in the views that rules ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from icare_xl.model.addresses import Place
from icare_xl.model.columns import Column, Values, View
from icare_xl.model.grid import Grid
from icare_xl.model.template import Field, Template

NOTES = "processing_details"
FIRST_ROW = 4
LAST_ROW = 2503
MOST_ROWS = LAST_ROW - FIRST_ROW + 1  # that a file may hold


@dataclass(frozen=True, slots=True)
class LostIds:
    """That row 2 does not hold the field ids: what became of it, what told the columns instead, and in which row.

    Where nothing told them, no cell can be checked, and no column but A is known; `row` is where labels may be.
    """

    row_2: Literal["deleted", "empty", "labels", "others", "elsewhere"]
    told_by: Literal["ids", "labels"] | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """How the field ids compare with the template. Columns count from 0.

    `wrong` and `moved` are (column, field id expected there or found there), `extra` (column, id found),
    `repeated` (column of the first, column of the second, id). `announced` is the number in LOV!B1. `lost` tells that row 2
    does not hold the ids; the rows of data then begin in `first_row`.
    """

    columns: dict[str, int]
    found: tuple[str, ...] = ()
    wrong: tuple[tuple[int, str], ...] = ()
    missing: tuple[str, ...] = ()
    moved: tuple[tuple[int, str], ...] = ()
    extra: tuple[tuple[int, str], ...] = ()
    repeated: tuple[tuple[int, int, str], ...] = ()
    announced: str | None = None
    lost: LostIds | None = None
    first_row: int = FIRST_ROW

    @property
    def unknown(self) -> bool:
        """Whether nothing tells which field a column is."""
        return self.lost is not None and self.lost.told_by is None


@dataclass(frozen=True)
class Sheet:
    """The filled rows of an upload sheet. `rows` holds their Excel numbers, ascending, int32."""

    name: str
    template: Template
    layout: Layout
    grid: Grid
    rows: NDArray[np.int32]
    _values: dict[str, Values] = field(default_factory=dict, repr=False)
    _columns: dict[tuple[str, type[Column]], Column] = field(default_factory=dict, repr=False)

    @property
    def first_row(self) -> int:
        """Excel's number of the first row below the labels."""
        return self.layout.first_row

    @property
    def last_row(self) -> int:
        """Excel's number of the last row that the template prepares."""
        return self.first_row + MOST_ROWS - 1

    def only(self, rows: Collection[int]) -> Sheet:
        """The sheet with these of its rows alone."""
        kept = self.rows[np.isin(self.rows, list(rows))]
        return Sheet(self.name, self.template, self.layout, self.grid, kept)

    def changed(self, texts: Mapping[Place, str]) -> Sheet:
        """The sheet with these texts in cells of its rows."""
        return Sheet(self.name, self.template, self.layout, self.grid.changed(texts), self.rows)

    def column(self, id_: str, view: type[View]) -> View:
        """A field's values, one per row."""
        key = (id_, view)
        if key not in self._columns:
            if id_ not in self._values:
                self._values[id_] = Values(self.grid.codes(self.layout.columns[id_], self.rows), self.grid.cells)
            self._columns[key] = view(self.field(id_), self._values[id_])
        return self._columns[key]  # type: ignore[return-value]

    @cached_property
    def merges_rows(self) -> bool:
        """Whether a merged area reaches below the head."""
        return any(last[0] >= self.first_row for _, last in self.grid.merged)

    def merged(self, id_: str) -> NDArray[np.int32]:
        """For each row the number, from 1, of the merged area of the grid that has the field’s cell, but not as its first; else
        0. What is entered into such an area stands in its first cell alone.
        """
        column, found = self.layout.columns[id_], np.zeros(len(self.rows), np.int32)
        top, left, bottom, right = self._merged
        here = np.flatnonzero((left <= column) & (column <= right))
        first = np.searchsorted(self.rows, top[here] + (left[here] == column)).tolist()
        end = np.searchsorted(self.rows, bottom[here] + 1).tolist()
        for number, start, stop in zip((here + 1).tolist(), first, end, strict=True):
            found[start:stop] = number
        return found

    def has(self, *ids: str) -> bool:
        """Whether the template has these fields and the sheet has a column for each."""
        return all(id_ in self.layout.columns for id_ in ids)

    def field(self, id_: str) -> Field:
        return self._field_of[id_]

    def field_at(self, column: int) -> Field | None:
        """The field whose values stand in a column, if one does."""
        return next((self._field_of[id_] for id_, at in self.layout.columns.items() if at == column), None)

    def fields(self, *kinds: str) -> Iterator[Field]:
        """The fields of these kinds (of any kind where none is named) that have a column, but for column A."""
        for each in self.template.fields:
            if each.id != NOTES and self.has(each.id) and (not kinds or each.kind in kinds):
                yield each

    @cached_property
    def _merged(self) -> NDArray[np.int32]:
        """The merged areas of the grid: their first rows, first columns, last rows and last columns."""
        return np.array(self.grid.merged, np.int32).reshape(-1, 4).T

    @cached_property
    def filled(self) -> NDArray[np.intp]:
        """How many cells of its fields each row has filled."""
        blank = np.fromiter((cell.blank for cell in self.grid.cells), np.bool_, len(self.grid.cells))
        counts = [~blank[self.column(each.id, Column).codes] for each in self.fields()]
        return np.sum(counts, axis=0) if counts else np.zeros(len(self.rows), np.intp)

    @cached_property
    def _field_of(self) -> dict[str, Field]:
        return {each.id: each for each in self.template.fields}
