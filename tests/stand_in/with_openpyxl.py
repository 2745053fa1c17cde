"""Workbooks held by openpyxl: quick, and saved copies show what a file really holds. Nothing is calculated."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import FormulaRule
from openpyxl.formatting.rule import Rule as CellRule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import range_boundaries
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from xlwings.utils import col_name

from tests.stand_in.backend import (
    ERRORS,
    EVERYTHING,
    GRAY_25,
    LIGHT_UP,
    SOLID,
    Areas,
    Box,
    Literal,
    Look,
    from_rgb,
    rgb,
)

_PATTERNS = {SOLID: "solid", LIGHT_UP: "lightUp", GRAY_25: "lightGray", 17: "gray125", 18: "gray0625"}
_KINDS = {"cellIs": 1, "expression": 2, "colorScale": 3, "dataBar": 4, "top10": 5, "iconSet": 6, "duplicateValues": 8}
_STATES = {"visible": -1, "hidden": 0, "veryHidden": 2}
_MIDNIGHT = datetime(1899, 12, 30)


class OpenpyxlBackend:
    name = "openpyxl"

    def __init__(self) -> None:
        self._books: list[Book] = []  # the last one is in front
        self._added = 0

    def books(self) -> list[Book]:
        return sorted(self._books, key=lambda book: book.number)

    def active(self) -> Book | None:
        return self._books[-1] if self._books else None

    def open(self, path: Path, separator: str = ",") -> Book:
        return self._keep(Book(self, path.name, path, path, separator))

    def add(self, template: Path | None = None) -> Book:
        self._added += 1
        name = template.stem if template else "Book"
        return self._keep(Book(self, f"{name}{self._added}", None, template))

    def bring_to_front(self, book: Book) -> None:
        self._books.remove(book)
        self._books.append(book)

    def forget(self, book: Book) -> None:
        self._books.remove(book)

    def _keep(self, book: Book) -> Book:
        book.number = max((each.number for each in self._books), default=0) + 1
        self._books.append(book)
        return book


class Book:
    number = 0
    read_only = False

    def __init__(
        self, backend: OpenpyxlBackend, name: str, path: Path | None, content: Path | None, separator: str = ","
    ) -> None:
        self.name, self.path = name, path
        self._backend = backend
        if content and content.suffix.lower() == ".csv":
            self._book, content = _table(content, separator), None
        else:
            self._book = _load(content) if content else openpyxl.Workbook()
        self._cached = _load(content, data_only=True) if content and _has_formulas(self._book) else None
        self._selected: dict[str, list[Box]] = {}
        self._filtered = {id(each): _filtered(each) for each in self._book.worksheets}

    @property
    def structure_protected(self) -> bool:
        return bool(self._book.security and self._book.security.lockStructure)

    @structure_protected.setter
    def structure_protected(self, value: bool) -> None:
        self._book.security = WorkbookProtection(lockStructure=value)

    def sheets(self) -> list[Sheet]:
        return [
            Sheet(each, self._cached[each.title] if self._cached else each, self._filtered.setdefault(id(each), set()))
            for each in self._book.worksheets
        ]

    def active_sheet(self) -> str:
        return str(self._book.active.title)

    def activate_sheet(self, name: str) -> None:
        self._book.active = self._book.sheetnames.index(name)

    def selection(self) -> list[Box]:
        if known := self._selected.get(self.active_sheet()):
            return known
        view = self._book.active.sheet_view
        pane = view.pane.activePane if view.pane else None
        stored = next((each for each in view.selection if each.pane == pane), view.selection[-1])
        return [_box(each) for each in stored.sqref.split()]

    def select(self, areas: Areas) -> None:
        self._selected[self.active_sheet()] = list(areas)

    def activate(self) -> None:
        self._backend.bring_to_front(self)

    def save_copy(self, path: Path) -> None:
        self._book.save(path)

    def close(self) -> None:
        self._backend.forget(self)


class Sheet:
    """A worksheet: `_sheet` holds formulas, `_cached` what Excel last made of them, `_filtered` the rows a filter hides."""

    def __init__(self, sheet: Worksheet, cached: Worksheet, filtered: set[int]) -> None:
        self._sheet, self._cached, self._filtered = sheet, cached, filtered

    @property
    def name(self) -> str:
        return str(self._sheet.title)

    def rename(self, name: str) -> None:
        self._sheet.title = self._cached.title = name

    @property
    def visible(self) -> int:
        return _STATES[self._sheet.sheet_state]

    @visible.setter
    def visible(self, value: int) -> None:
        self._sheet.sheet_state = next(state for state, number in _STATES.items() if number == value)

    @property
    def protected(self) -> bool:
        return bool(self._sheet.protection.sheet)

    @protected.setter
    def protected(self, value: bool) -> None:
        self._sheet.protection.sheet = value

    def used(self) -> Box:
        return _box(self._sheet.calculate_dimension())

    def values(self, box: Box) -> list[list[Any]]:
        top, left, bottom, right = box
        rows: list[list[Any]] = [[None] * (right - left + 1) for _ in range(top, bottom + 1)]
        for cell in _filled(self._cached, box):
            rows[cell.row - top][cell.column - left] = _value(cell)
        return rows

    def put(self, top: int, left: int, rows: Sequence[Sequence[Any]]) -> None:
        for row, values in enumerate(rows, top):
            for column, value in enumerate(values, left):
                for sheet in {self._sheet, self._cached}:
                    cell = sheet.cell(row, column)
                    cell.value = value
                    if isinstance(value, Literal):
                        cell.data_type = "s"

    def formulas(self, box: Box) -> list[list[str]]:
        top, left, bottom, right = box
        rows = self._sheet.iter_rows(top, bottom, left, right, values_only=True)
        return [["" if value is None else str(getattr(value, "text", value)) for value in row] for row in rows]

    def has_formula(self, areas: Areas) -> bool | None:
        count = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in areas)
        formulas = sum(cell.data_type == "f" for area in areas for cell in _filled(self._sheet, area))
        return None if 0 < formulas < count else formulas == count

    def clear(self, areas: Areas) -> None:
        for cell in self._cells(areas):
            cell.value = None
            self._cached[cell.coordinate].value = None

    def delete_row(self, row: int) -> None:
        """Conditional formats move too, as in Excel; openpyxl would leave them."""
        kept = [(each.rule, each.areas) for each in self.rules()]
        self._sheet.conditional_formatting = ConditionalFormattingList()
        for rule, areas in kept:
            moved = [(top - (top > row), left, bottom - (bottom >= row), right) for top, left, bottom, right in areas]
            if left := [box for box in moved if box[0] <= box[2]]:
                self._sheet.conditional_formatting.add(" ".join(map(_address, left)), rule)
        for sheet in {id(each): each for each in (self._sheet, self._cached)}.values():
            sheet.delete_rows(row)

    def row_hidden(self, row: int) -> bool:
        return bool(self._sheet.row_dimensions[row].hidden)

    def seen(self, area: Box) -> list[Box]:
        top, left, bottom, right = area
        rows = {row for row, each in self._sheet.row_dimensions.items() if each.hidden}
        hidden = [each for each in self._sheet.column_dimensions.values() if each.hidden]
        columns = {column for each in hidden for column in range(each.min, each.max + 1)}
        across = _between(left, right, columns)
        return [(first, start, last, end) for first, last in _between(top, bottom, rows) for start, end in across]

    def filtered(self) -> set[int]:
        return set(self._filtered)

    def filter_out(self, rows: Collection[int]) -> None:
        for row in self._filtered | {*rows}:
            self._sheet.row_dimensions[row].hidden = row in rows
        self._filtered.clear()
        self._filtered.update(rows)

    def merged(self) -> list[Box]:
        return [_box(each.coord) for each in self._sheet.merged_cells.ranges]

    def merge(self, box: Box) -> None:
        for sheet in {id(each): each for each in (self._sheet, self._cached)}.values():
            sheet.merge_cells(_address(box))

    def tables(self) -> list[Box]:
        return [_box(each.ref) for each in self._sheet.tables.values()]

    def add_table(self, box: Box) -> None:
        self._sheet.add_table(Table(displayName=f"Table{len(self._sheet.tables) + 1}", ref=_address(box)))

    def font_color(self, row: int, column: int) -> int:
        color = self._sheet.cell(row, column).font.color
        return from_rgb(color.rgb[-6:]) if color is not None and color.type == "rgb" else 0

    def number_format(self, row: int, column: int) -> str:
        return str(self._sheet.cell(row, column).number_format)

    def set_number_format(self, areas: Areas, code: str) -> None:
        for cell in self._cells(areas):
            cell.number_format = self._cached[cell.coordinate].number_format = code

    def rules(self) -> list[Rule]:
        found = [Rule(self._sheet, each) for ranges in self._sheet.conditional_formatting for each in ranges.rules]
        return sorted(found, key=lambda each: each.rule.priority)

    def add_rule(self, areas: Areas, formula: str) -> Rule:
        rule = FormulaRule(formula=[formula.removeprefix("=")])
        self._sheet.conditional_formatting.add(" ".join(_address(area) for area in areas), rule)
        return Rule(self._sheet, rule)

    def _cells(self, areas: Areas) -> Iterator[Cell]:
        """The cells of the areas, as far as the sheet goes."""
        for top, left, bottom, right in areas:
            if bottom == EVERYTHING[2]:
                bottom = max(top, self._sheet.max_row)
            if right == EVERYTHING[3]:
                right = max(left, self._sheet.max_column)
            for row in self._sheet.iter_rows(top, bottom, left, right):
                yield from row


class Rule:
    def __init__(self, sheet: Worksheet, rule: CellRule) -> None:
        self._sheet, self.rule = sheet, rule

    @property
    def kind(self) -> int:
        return _KINDS.get(self.rule.type, 9)

    @property
    def formula(self) -> str:
        return f"={self.rule.formula[0]}" if self.rule.formula else ""

    @property
    def areas(self) -> list[Box]:
        home = next(each for each in self._sheet.conditional_formatting if self._in(each.rules))
        return sorted(_box(each.coord) for each in home.cells.ranges)

    @property
    def look(self) -> Look:
        fill = self.rule.dxf.fill if self.rule.dxf else None
        if fill is None:
            return Look()
        pattern = next((number for number, name in _PATTERNS.items() if name == fill.patternType), SOLID)
        return Look(_color(fill.bgColor), pattern, _color(fill.fgColor) if pattern != SOLID else None)

    @look.setter
    def look(self, look: Look) -> None:
        ground = rgb(look.color) or "FFFFFF"
        over = rgb(look.pattern_color) or ("000000" if look.pattern != SOLID else ground)
        fill = PatternFill(_PATTERNS[look.pattern], fgColor=f"FF{over}", bgColor=f"FF{ground}")
        self.rule.dxf = DifferentialStyle(fill=fill)

    @property
    def stops(self) -> bool:
        return bool(self.rule.stopIfTrue)

    @stops.setter
    def stops(self, value: bool) -> None:
        self.rule.stopIfTrue = value

    def put_first(self) -> None:
        for ranges in self._sheet.conditional_formatting:
            for each in ranges.rules:
                each.priority += 1
        self.rule.priority = 1

    def delete(self) -> None:
        kept = self._sheet.conditional_formatting._cf_rules
        for ranges, rules in list(kept.items()):
            if self._in(rules):
                kept[ranges] = [each for each in rules if each is not self.rule]
                if not kept[ranges]:
                    del kept[ranges]

    def _in(self, rules: Sequence[CellRule]) -> bool:
        return any(each is self.rule for each in rules)


def _load(path: Path, data_only: bool = False) -> openpyxl.Workbook:
    with warnings.catch_warnings():  # openpyxl drops drop-downs, and says so
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, data_only=data_only, keep_vba=path.suffix.lower() == ".xlsm")


def _table(path: Path, separator: str) -> openpyxl.Workbook:
    """What Excel makes of a text file in UTF-8 with its mark: a sheet of its name."""
    book = openpyxl.Workbook()
    book.active.title = path.stem
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter=separator):
            book.active.append(row)
    return book


def _filled(sheet: Worksheet, box: Box) -> Iterator[Cell]:
    """The cells of a box that openpyxl has, found the shorter way."""
    top, left, bottom, right = box
    cells = sheet._cells
    if (bottom - top + 1) * (right - left + 1) < len(cells):
        places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        return (cells[place] for place in places if place in cells)
    return (cell for (row, column), cell in cells.items() if top <= row <= bottom and left <= column <= right)


def _between(first: int, last: int, left_out: set[int]) -> list[tuple[int, int]]:
    """The stretches of these numbers without those left out."""
    ends = [first - 1, *sorted(each for each in left_out if first <= each <= last), last + 1]
    return [(before + 1, after - 1) for before, after in pairwise(ends) if after - before > 1]


def _filtered(sheet: Worksheet) -> set[int]:
    """The rows that the filter of a file hides."""
    if not sheet.auto_filter.ref or not sheet.auto_filter.filterColumn:
        return set()
    top, _, bottom, _ = _box(sheet.auto_filter.ref)
    return {row for row in range(top + 1, bottom + 1) if sheet.row_dimensions[row].hidden}


def _has_formulas(book: openpyxl.Workbook) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values())


def _value(cell: Cell) -> Any:
    value = cell.value
    match value:
        case None | bool() | datetime():
            return value
        case int() | float():
            return _MIDNIGHT + timedelta(days=value) if is_date_format(cell.number_format) else float(value)
        case date():
            return datetime.combine(value, time())
        case time():
            return datetime.combine(_MIDNIGHT, value)
        case timedelta():
            return _MIDNIGHT + value
    return ERRORS.get(value, ERRORS["#VALUE!"]) if cell.data_type == "e" else str(value)


def _color(color: Any) -> int | None:
    return from_rgb(color.rgb[-6:]) if color is not None and color.type == "rgb" else None


def _address(area: Box) -> str:
    top, left, bottom, right = area
    return f"{col_name(left)}{top}" if area[:2] == area[2:] else f"{col_name(left)}{top}:{col_name(right)}{bottom}"


def _box(address: str) -> Box:
    left, top, right, bottom = range_boundaries(address)
    return (top or 1, left or 1, bottom or EVERYTHING[2], right or EVERYTHING[3])
