"""Values into cells of an open sheet: each reaches its cell and no other changes, or all is as it was.

An array put into a range that a filter cuts goes into other rows than it was meant for, and a part of merged cells takes
nothing at all. So values go one by one where anything hides a row, what cannot take a value is refused before the first is
written, and the sheet is read again afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from icare_xl.model.addresses import Place, a1, areas, cells_of, corners
from icare_xl.model.cells import Stored
from icare_xl.model.grid import Grid
from icare_xl.workbooks.excel.errors import ArrayCells, LeftOtherwise, MergedCells, NotTaken, SheetChanged
from icare_xl.workbooks.excel.sheet import OpenSheet
from icare_xl.workbooks.excel.values import NUMBERS, TEXT, typed

CELLS_NAMED = 6
Values = Mapping[Place, Stored]


@dataclass(frozen=True, slots=True)
class Step:
    """Cells one below the other that have one number format and take values of one kind, in one call or one by one."""

    cells: Sequence[Place]
    range: Any
    format: str
    at_once: bool


def write(sheet: OpenSheet, values: Values, planned_on: Grid) -> None:
    """Put values into cells: texts as texts whatever they look like, numbers as numbers, nothing for an empty text. Number
    formats stay. `planned_on` is the sheet as it was when the values were chosen.

    Raises SheetChanged, MergedCells, ArrayCells and NotTaken, after which all cells are as they were, and LeftOtherwise.
    """
    before = sheet.read()
    if not before.typed.same_as(planned_on.typed):
        raise SheetChanged(name=sheet.name)
    _refuse(sheet, sorted(values, key=lambda place: place[::-1]), before)
    held, steps = sheet.stored(values), list(_steps(sheet, values))
    fault: Exception | None = None
    try:
        for step in steps:
            _put(sheet, step, values)
        if _is_there(sheet, values, before):
            return
    except Exception as failed:
        fault = failed
    for place, form in [(place, step.format) for step in steps for place in step.cells]:
        with suppress(Exception):  # the proof below tells
            cell = sheet.range(a1(*place))
            cell.NumberFormat = form  # a value may have brought one of its own
            _put(sheet, Step([place], cell, form, at_once=True), held)
    raise _left(sheet, held, before) from fault


def _refuse(sheet: OpenSheet, cells: Sequence[Place], grid: Grid) -> None:
    """Raises where a cell cannot take a value: but for the first of merged cells, which can."""
    merged = [place for place in sheet.those_with("MergeCells", cells) if not _is_first(sheet, place)]
    if merged:
        raise MergedCells(name=sheet.name, cells=_named(merged))
    if any(cell.formula for cell in grid.cells):
        arrays = [place for member in ("HasArray", "HasSpill") for place in sheet.those_with(member, cells)]
        if arrays:
            raise ArrayCells(name=sheet.name, cells=_named(arrays))


def _is_first(sheet: OpenSheet, place: Place) -> bool:
    area = sheet.range(a1(*place)).MergeArea
    return (area.Row, area.Column - 1) == place


def _steps(sheet: OpenSheet, values: Values) -> Iterator[Step]:
    (top, _), (bottom, _) = corners(values)
    at_once = not sheet.hides_rows(top, bottom)
    for address in areas(values):
        yield from _uniform(sheet, list(cells_of([address])), values, at_once)


def _uniform(sheet: OpenSheet, run: Sequence[Place], values: Values, at_once: bool) -> Iterator[Step]:
    """A run of cells, in halves until each has one format and one kind of value."""
    cells = sheet.range(a1(*run[0]) if len(run) == 1 else f"{a1(*run[0])}:{a1(*run[-1])}")
    found = cells.NumberFormat
    kinds = {isinstance(values[place], str) for place in run}
    if len(run) > 1 and (found is None or len(kinds) > 1):
        for half in (run[: len(run) // 2], run[len(run) // 2 :]):
            yield from _uniform(sheet, half, values, at_once)
    else:
        yield Step(run, cells, found, at_once or len(run) == 1)


def _put(sheet: OpenSheet, step: Step, values: Values) -> None:
    """Excel turns what looks like a number or a day into one, but for text cells; and there a number into a text."""
    targets = [step.range] if step.at_once else [sheet.range(a1(*place)) for place in step.cells]
    if step.format == TEXT and not any(isinstance(values[place], str) for place in step.cells):
        for each in targets:
            each.NumberFormat = NUMBERS
    texts = [typed(values[place], step.format) for place in step.cells]
    if step.at_once and len(texts) > 1:
        step.range.Value2 = tuple((text,) for text in texts)
    else:
        for each, text in zip(targets, texts, strict=True):
            each.Value2 = text
    if step.range.NumberFormat != step.format:
        for each in targets:
            each.NumberFormat = step.format


def _is_there(sheet: OpenSheet, values: Values, before: Grid) -> bool:
    """Whether these cells hold these values, and all others what they held."""
    held = sheet.stored(values)
    return all((type(held[place]), held[place]) == (type(value), value) for place, value in values.items()) and (
        before.typed.without(values).same_as(sheet.read().typed.without(values))
    )


def _left(sheet: OpenSheet, held: Values, before: Grid) -> Exception:
    """What to say of the sheet now that all was put back, or was to be."""
    try:
        if _is_there(sheet, held, before):
            return NotTaken(name=sheet.name)
        now = sheet.stored(held)
        others = [place for place, value in held.items() if now[place] != value] or list(held)
    except Exception:  # Excel does not even let the sheet be read
        others = list(held)
    return LeftOtherwise(name=sheet.name, cells=_named(others))


def _named(cells: Sequence[Place]) -> str:
    shown = ", ".join(a1(*place) for place in cells[:CELLS_NAMED])
    return shown if len(cells) <= CELLS_NAMED else f"{shown}…"
