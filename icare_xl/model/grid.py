"""The cells of one worksheet as they really are, before anyone asks what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from icare_xl.model.addresses import Area, Place, Places
from icare_xl.model.cells import BLANK, Cell


@dataclass(slots=True)
class Grid:
    """Filled cells by column, sparse, so that a stray value in XFD1048576 costs nothing.

    `cells` holds the distinct values, the blank first. `columns[c]` is a pair of int32 arrays of one length:
    Excel row numbers, ascending, and for each the index of its value in `cells`. `merged` are the areas of merged cells,
    as far as they were asked for.
    """

    cells: list[Cell] = field(default_factory=lambda: [BLANK])
    columns: dict[int, tuple[NDArray[np.int32], NDArray[np.int32]]] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()

    @classmethod
    def of(cls, values: Iterable[tuple[int, int, Cell]]) -> Grid:
        """From `(row, column, cell)` in any order."""
        grid, codes = cls(), {BLANK: 0}
        found: dict[int, list[tuple[int, int]]] = {}
        for row, column, cell in values:
            code = codes.setdefault(cell, len(grid.cells))
            if code == len(grid.cells):
                grid.cells.append(cell)
            found.setdefault(column, []).append((row, code))
        for column, pairs in found.items():
            pairs.sort()
            rows, ids = zip(*pairs, strict=True)
            grid.columns[column] = (np.array(rows, np.int32), np.array(ids, np.int32))
        return grid

    def at(self, row: int, column: int) -> Cell:
        rows, codes = self.columns.get(column, _NOTHING)
        index = int(np.searchsorted(rows, row))
        return self.cells[codes[index]] if index < len(rows) and rows[index] == row else BLANK

    @property
    def end(self) -> Place:
        """The last row and the last column with a value; (0, -1) where there is none."""
        return max((int(rows[-1]) for rows, _ in self.columns.values()), default=0), max(self.columns, default=-1)

    def row(self, row: int) -> dict[int, Cell]:
        """The filled cells of a row, by column, from left to right."""
        return {column: cell for column in sorted(self.columns) if not (cell := self.at(row, column)).blank}

    def column(self, column: int, first_row: int = 1) -> Iterator[tuple[int, Cell]]:
        """The filled cells of a column from `first_row` down, each with its row number."""
        rows, codes = self.columns.get(column, _NOTHING)
        for row, code in zip(rows.tolist(), codes.tolist(), strict=True):
            if row >= first_row and not self.cells[code].blank:
                yield row, self.cells[code]

    def codes(self, column: int, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """The index into `cells` of a column's value in each of these ascending rows; 0 where blank."""
        filled, codes = self.columns.get(column, _NOTHING)
        dense = np.zeros(len(rows), np.int32)
        if len(rows):
            indexes = np.searchsorted(rows, filled)
            indexes[indexes == len(rows)] = 0
            here = rows[indexes] == filled
            dense[indexes[here]] = codes[here]
        return dense

    def changed(self, texts: Mapping[Place, str]) -> Grid:
        """The grid with these texts in cells; an empty text leaves nothing. Values may be in `cells` twice."""
        grid, more = self.without(texts), Grid.of((*place, Cell(text)) for place, text in texts.items() if text)
        for column, (rows, codes) in more.columns.items():
            old_rows, old_codes = grid.columns.get(column, _NOTHING)
            rows, codes = np.append(old_rows, rows), np.append(old_codes, codes + np.int32(len(grid.cells)))
            order = np.argsort(rows, kind="stable")
            grid.columns[column] = (rows[order], codes[order])
        return Grid([*grid.cells, *more.cells], grid.columns, self.merged)

    def without(self, cells: Places) -> Grid:
        """The grid with these cells blank."""
        columns = dict(self.columns)
        for column in {column for _, column in cells}:
            rows, codes = columns.get(column, _NOTHING)
            keep = ~np.isin(rows, [row for row, at in cells if at == column])
            columns[column] = (rows[keep], codes[keep])
        return Grid(self.cells, {column: filled for column, filled in columns.items() if len(filled[0])}, self.merged)

    def with_rows(self, kept: Sequence[int], first: int) -> Grid:
        """The grid with only these rows left from row `first` down, moved together; of merged areas, those above stay."""
        new_row = {row: first + number for number, row in enumerate(kept)}
        columns = {}
        for column, (rows, codes) in self.columns.items():
            pairs = [(row if row < first else new_row[row], code) for row, code in zip(rows.tolist(), codes.tolist(), strict=True)
                     if row < first or row in new_row]  # fmt: skip
            if pairs:
                moved, ids = zip(*sorted(pairs), strict=True)
                columns[column] = (np.array(moved, np.int32), np.array(ids, np.int32))
        return Grid(self.cells, columns, tuple(area for area in self.merged if area[1][0] < first))

    @property
    def typed(self) -> Grid:
        """The grid without what formulas gave, which may be calculated anew at any time."""
        formulas = np.array([cell.formula for cell in self.cells])
        if not formulas.any():
            return self
        kept = {column: (rows, codes, ~formulas[codes]) for column, (rows, codes) in self.columns.items()}
        columns = {at: (rows[keep], codes[keep]) for at, (rows, codes, keep) in kept.items() if keep.any()}
        return Grid(self.cells, columns, self.merged)

    def same_as(self, other: Grid) -> bool:
        """Whether every cell of both holds the same, merged or not."""
        return {*self.columns} == {*other.columns} and all(
            np.array_equal(rows, other.columns[column][0])
            and [self.cells[code] for code in codes] == [other.cells[code] for code in other.columns[column][1]]
            for column, (rows, codes) in self.columns.items()
        )


_NOTHING = (np.empty(0, np.int32), np.empty(0, np.int32))
