"""Between what Excel hands over or is given and what cells hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from icare_xl.model.cells import Cell, Holds, Stored, number_cell
from icare_xl.model.grid import Grid

TEXT = "@"  # the number format of text cells
NUMBERS = "0"  # one that is written alike in every country; “General” is not
_BEGIN = datetime(1899, 12, 30)
_ERRORS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}
_TURNS_ANYWHERE = ("=", "+", "-", "@", "'")
_MAY_TURN = re.compile(r"\d|^\s*[^\w\s]|^\s*(?:true|false|vrai|faux)\s*$", re.IGNORECASE)


def typed(value: Stored, number_format: str) -> Stored:
    """What to type so that a cell of this format holds the value: a text with ' before it, where Excel would turn it into a
    number, a day, a boolean, an error or a formula, in whatever language.
    """
    if not isinstance(value, str):
        return value
    turns = value.startswith(_TURNS_ANYWHERE) if number_format == TEXT else _MAY_TURN.search(value)
    return f"'{value}" if turns else value


def rows_of(block: Any) -> Sequence[Sequence[Any]]:
    """What Excel hands over for a block: rows, or a single cell alone, or nothing."""
    return block if isinstance(block, tuple | list) else ((block,),) if block is not None else ()


def grid_of(values: Sequence[Sequence[Any]], formulas: Sequence[Sequence[Any]], date1904: bool) -> Grid:
    """The cells of a block that begins in A1."""
    calculated = {
        (row, column)
        for row, line in enumerate(formulas, 1)
        for column, formula in enumerate(line)
        if str(formula).startswith("=") and formula != values[row - 1][column]
    }
    grid, code_of = Grid(), dict[tuple[type, Any, bool], int]()
    for column, stack in enumerate(zip(*values, strict=True)):
        rows, codes = [], []
        for row, value in enumerate(stack, 1):
            by_formula = bool(calculated) and (row, column) in calculated
            if value in (None, "") and not by_formula:  # as most cells are
                continue
            key = (type(value), value, by_formula)
            code = code_of.get(key)
            if code is None:
                code = code_of[key] = len(grid.cells)
                grid.cells.append(_cell(value, by_formula, date1904))
            rows.append(row)
            codes.append(code)
        if rows:
            grid.columns[column] = (np.array(rows, np.int32), np.array(codes, np.int32))
    return grid


def _cell(value: Any, formula: bool, date1904: bool) -> Cell:
    """A value as Excel hands it over. Numbers are floats or decimals; whole ones are errors."""
    match value:
        case None:
            return Cell("", formula=formula)
        case str():
            return Cell(value, formula=formula)
        case bool():
            return Cell(str(value).upper(), Holds.BOOLEAN, formula)
        case int():
            return Cell(_ERRORS.get(value, "#N/A"), Holds.ERROR, formula)
        case datetime():
            serial = (value.replace(tzinfo=None) - _BEGIN) / timedelta(days=1)
            return number_cell(repr(serial), as_date=True, formula=formula)
    return number_cell(repr(float(value)), as_date=False, formula=formula, date1904=date1904)
