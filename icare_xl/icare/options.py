"""Lists of options: sheets that people keep beside an upload sheet, with its own head and the values of its lists."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from icare_xl.icare import library
from icare_xl.model.grid import Grid
from icare_xl.model.normalise import comparison_key

_MOST = 0.9  # lists are also of other editions


def are_listed(grid: Grid, first_row: int, lov: Grid | None) -> bool:
    """Whether the rows from `first_row` on list what may be chosen, or those from the row above on, if it holds no labels."""
    return any(_are_listed(grid, row, lov) for row in (first_row, first_row - 1))


def _are_listed(grid: Grid, first_row: int, lov: Grid | None) -> bool:
    """In several columns, each value once, and nothing else: rows of clients have dates and identifiers, and say the same of
    several clients.
    """
    columns = []
    for rows, codes in grid.columns.values():
        filled = [code for code in codes[rows >= first_row].tolist() if not grid.cells[code].blank]
        if len(filled) > len(set(filled)):
            return False
        columns.append(filled)
    several = sum(len(codes) > 1 for codes in columns)
    if several < max(2, sum(map(bool, columns)) / 2):
        return False
    cells = {code for codes in columns for code in codes}
    values = _keys(grid.cells[code].text for code in cells)
    listed = _built_in() | _keys(cell.text for cell in (lov.cells if lov else ()))
    return len(values & listed) >= _MOST * len(values)


@cache
def _built_in() -> frozenset[str]:
    return _keys(
        value for of in library.built_in() for field in of.fields if field.allowed for value in field.allowed.values
    )


def _keys(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(comparison_key, texts))
