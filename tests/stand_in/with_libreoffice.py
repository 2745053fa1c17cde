"""Workbooks open in a LibreOffice: a live spreadsheet application, reached through UNO.

It has no patterns, so a rule shows the ground of its fill only; it keeps no order among rules, so the newest comes first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.stand_in.backend import ERRORS, EXPRESSION, Areas, Box, Literal, Look, from_rgb, rgb
from tests.stand_in.libreoffice import import_uno

# com.sun.star.sheet.CellFlags, FormulaResult and ConditionFormatOperator; com.sun.star.util.NumberFormat
_VALUE, _DATE, _TEXT, _FORMULA = 1, 2, 4, 16
_FORMULA_ERROR = 4
_OPERATOR_FORMULA = 24
_FORMAT_DATE, _FORMAT_TIME, _FORMAT_LOGICAL = 2, 4, 1024

_KINDS = {1: 3, 2: 4, 3: 6, 4: 11}  # colour scale, data bar, icons, dates
_CODES = {32767: "#N/A", 503: "#NUM!", 519: "#VALUE!", 521: "#NULL!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!"}
_CONSTANT = re.compile(r"=(TRUE\(\)|FALSE\(\)|#[A-Z/0!?]+)")  # a constant in Excel's file, a formula for LibreOffice
_LOOK = re.compile(r"look (-?\d+) (\w+) (\w+)")
_MIDNIGHT = datetime(1899, 12, 30)


class LibreOfficeBackend:
    name = "libreoffice"

    def __init__(self, desktop: Any) -> None:
        self._uno = import_uno()
        self._desktop = desktop
        self._known: dict[str, Book] = {}

    def books(self) -> list[Book]:
        found = sorted(self._documents(), key=lambda document: int(document.RuntimeUID))
        return [self._book(document) for document in found]

    def active(self) -> Book | None:
        current = self._desktop.CurrentComponent
        if current is None or not current.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            return None
        return self._book(current)

    def open(self, path: Path, separator: str = ",") -> Book:
        text = {"FilterName": "Text - txt - csv (StarCalc)", "FilterOptions": f"{ord(separator)},34,UTF-8,1"}
        return self._load(path.absolute().as_uri(), **(text if path.suffix.lower() == ".csv" else {}))

    def add(self, template: Path | None = None) -> Book:
        taken = {book.name for book in self.books()}
        added = self._load(template.absolute().as_uri() if template else "private:factory/scalc", AsTemplate=True)
        stem = template.stem if template else "Book"
        added.rename(next(name for name in (f"{stem}{n}" for n in range(1, 1000)) if name not in taken))
        return added

    def properties(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(self.property(name, value) for name, value in values.items())

    def property(self, name: str, value: Any) -> Any:
        made = self.struct("com.sun.star.beans.PropertyValue")
        made.Name, made.Value = name, value
        return made

    def struct(self, name: str, *members: Any) -> Any:
        return self._uno.createUnoStruct(name, *members)

    def path(self, url: str) -> Path:
        return Path(self._uno.fileUrlToSystemPath(url))

    def locale(self) -> Any:
        return self.struct("com.sun.star.lang.Locale", "en", "US", "")

    def _load(self, url: str, **how: Any) -> Book:
        document = self._desktop.loadComponentFromURL(url, "_blank", 0, self.properties(how))
        if document is None:
            raise FileNotFoundError(url)
        document.CurrentController.Frame.activate()
        return self._book(document)

    def _documents(self) -> Iterator[Any]:
        """The workbooks; an add-in is none."""
        components = self._desktop.Components.createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument") and document.URL[-5:] != ".xlam":
                yield document

    def _book(self, document: Any) -> Book:
        return self._known.setdefault(document.RuntimeUID, Book(self, document))


class Book:
    def __init__(self, backend: LibreOfficeBackend, document: Any) -> None:
        self.backend, self.document = backend, document
        self.conditionals: dict[tuple[str, int], Conditional] = {}  # by sheet and number
        self._formats: dict[int, tuple[int, str]] = {}
        self._sheets: dict[str, Sheet] = {}

    @property
    def path(self) -> Path | None:
        return self.backend.path(self.document.URL) if self.document.URL else None

    @property
    def name(self) -> str:
        return self.path.name if self.path else str(self.document.Title)

    @property
    def read_only(self) -> bool:
        return bool(self.document.isReadonly())

    @property
    def structure_protected(self) -> bool:
        return bool(self.document.isProtected())  # not what a file says: LibreOffice does not read that

    @structure_protected.setter
    def structure_protected(self, value: bool) -> None:
        (self.document.protect if value else self.document.unprotect)("")

    def rename(self, name: str) -> None:
        self.document.setTitle(name)

    def sheets(self) -> list[Sheet]:
        sheets = self.document.Sheets
        for name in sheets.ElementNames:
            if name not in self._sheets:  # each new object costs a millisecond or more
                self._sheets[name] = Sheet(self, sheets.getByName(name))
        return [self._sheets[name] for name in sheets.ElementNames]

    def active_sheet(self) -> str:
        return str(self.document.CurrentController.ActiveSheet.Name)

    def activate_sheet(self, name: str) -> None:
        self.document.CurrentController.setActiveSheet(self.document.Sheets.getByName(name))

    def selection(self) -> list[Box]:
        selected = self.document.CurrentSelection
        several = selected.supportsService("com.sun.star.sheet.SheetCellRanges")
        return _boxes(selected) if several else [_box(selected.RangeAddress)]

    def select(self, areas: Areas) -> None:
        controller = self.document.CurrentController
        controller.select(Sheet(self, controller.ActiveSheet).cells(areas))

    def activate(self) -> None:
        self.document.CurrentController.Frame.activate()

    def save_copy(self, path: Path) -> None:
        form = "Calc MS Excel 2007 VBA XML" if path.suffix.lower() == ".xlsm" else "Calc MS Excel 2007 XML"
        self.document.storeToURL(path.absolute().as_uri(), (self.backend.property("FilterName", form),))

    def close(self) -> None:
        self.document.close(True)

    @cached_property
    def styles(self) -> Any:
        return self.document.StyleFamilies.getByName("CellStyles")

    def format(self, key: int) -> tuple[int, str]:
        """The kind and the code of a number format."""
        if key not in self._formats:
            found = self.document.NumberFormats.getByKey(key)
            self._formats[key] = (found.Type, found.FormatString)
        return self._formats[key]

    def format_key(self, code: str) -> int:
        formats, locale = self.document.NumberFormats, self.backend.locale()
        found = formats.queryKey(code, locale, False)
        return int(found if found != -1 else formats.addNew(code, locale))

    def standard_format(self, kind: int) -> int:
        return int(self.document.NumberFormats.getStandardFormat(kind, self.backend.locale()))


class Sheet:
    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.sheet = book, sheet
        self.name = str(sheet.Name)
        self._merged: list[Box] = []
        self._unfiltered = False  # known to be, which saves a question for each row

    def rename(self, name: str) -> None:
        self.sheet.Name = self.name = name
        self.book._sheets.clear()

    @property
    def visible(self) -> int:
        return -1 if self.sheet.IsVisible else 0

    @visible.setter
    def visible(self, value: int) -> None:
        self.sheet.IsVisible = value == -1

    @property
    def protected(self) -> bool:
        return bool(self.sheet.isProtected())

    @protected.setter
    def protected(self, value: bool) -> None:
        (self.sheet.protect if value else self.sheet.unprotect)("")

    def used(self) -> Box:
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return (1, 1, *_box(cursor.RangeAddress)[2:])

    def values(self, box: Box) -> list[list[Any]]:
        area = self._area(box)
        rows = [[None if value == "" else value for value in row] for row in area.getDataArray()]
        _change(rows, box, _boxes(area.queryContentCells(_DATE)), _moment)
        for column in _columns(_boxes(area.queryContentCells(_VALUE | _FORMULA))):
            for key, places in self._by_format(self._area(column)):
                kind, _ = self.book.format(key)
                if kind & (_FORMAT_DATE | _FORMAT_TIME):
                    _change(rows, box, places, _moment)
                elif kind == _FORMAT_LOGICAL:
                    _change(rows, box, places, bool)
        for top, left, bottom, right in _boxes(area.queryFormulaCells(_FORMULA_ERROR)):
            for row in range(top, bottom + 1):
                for place in range(left, right + 1):
                    code = self._cell(row, place).getError()
                    rows[row - box[0]][place - box[1]] = ERRORS[_CODES.get(code, "#VALUE!")]
        return rows

    def put(self, top: int, left: int, rows: Sequence[Sequence[Any]]) -> None:
        area = self._area((top, left, top + len(rows) - 1, left + len(rows[0]) - 1))
        area.setDataArray(tuple(tuple(_datum(value) for value in row) for row in rows))
        for row, values in enumerate(rows, top):
            for column, value in enumerate(values, left):
                self._finish(row, column, value)

    def _finish(self, row: int, column: int, value: Any) -> None:
        """What a bare number or text does not tell: a date, a boolean, a formula."""
        if isinstance(value, bool):
            self._cell(row, column).NumberFormat = self.book.standard_format(_FORMAT_LOGICAL)
        elif isinstance(value, datetime):
            cell = self._cell(row, column)
            if not self.book.format(cell.NumberFormat)[0] & (_FORMAT_DATE | _FORMAT_TIME):
                cell.NumberFormat = self.book.standard_format(_FORMAT_DATE)
        elif isinstance(value, str) and value.startswith("=") and not isinstance(value, Literal):
            self._cell(row, column).setFormula(value)

    def formulas(self, box: Box) -> list[list[str]]:
        return [[_plain(each) for each in row] for row in self._area(box).getFormulaArray()]

    def has_formula(self, areas: Areas) -> bool | None:
        count = formulas = 0
        for box in areas:
            count += (box[2] - box[0] + 1) * (box[3] - box[1] + 1)
            for found in _boxes(self._area(box).queryContentCells(_FORMULA)):
                formulas += sum(each.startswith("=") for row in self.formulas(found) for each in row)
        return None if 0 < formulas < count else formulas == count

    def clear(self, areas: Areas) -> None:
        self.cells(areas).clearContents(_VALUE | _DATE | _TEXT | _FORMULA)

    def delete_row(self, row: int) -> None:
        self.sheet.Rows.removeByIndex(row - 1, 1)

    def row_hidden(self, row: int) -> bool:
        return not self._area((row, 1, row, 1)).Rows.getByIndex(0).IsVisible

    def seen(self, area: Box) -> list[Box]:
        return _boxes(self._area(area).queryVisibleCells())

    def filtered(self) -> set[int]:
        if self._unfiltered:
            return set()
        bottom = self.used()[2]
        rows = self._area((1, 1, bottom, 1)).Rows
        found = {row for row in range(1, bottom + 1) if rows.getByIndex(row - 1).IsFiltered}
        self._unfiltered = not found
        return found

    def filter_out(self, rows: Collection[int]) -> None:
        before = self.filtered()
        self._unfiltered = not rows
        for row in before | {*rows}:
            line = self._area((row, 1, row, 1)).Rows
            line.IsVisible = row not in rows
            line.IsFiltered = row in rows

    def merged(self) -> list[Box]:
        """Those that a test has merged; what a file has merged is not asked for."""
        return list(self._merged)

    def merge(self, box: Box) -> None:
        """Excel keeps the first value and no other."""
        top, left, bottom, right = box
        self.clear([each for each in ((top, left + 1, bottom, right), (top + 1, left, bottom, left))
                    if each[0] <= each[2] and each[1] <= each[3]])  # fmt: skip
        self._area(box).merge(True)
        self._merged.append(box)

    def tables(self) -> list[Box]:
        ranges = self.book.document.DatabaseRanges
        areas = [ranges.getByName(name).DataArea for name in ranges.ElementNames if name.startswith("Table")]
        return [_box(each) for each in areas if each.Sheet == self.sheet.RangeAddress.Sheet]

    def add_table(self, box: Box) -> None:
        ranges = self.book.document.DatabaseRanges
        ranges.addNewByName(f"Table{len(ranges.ElementNames) + 1}", self._area(box).RangeAddress)

    def font_color(self, row: int, column: int) -> int:
        return _bgr(max(self._cell(row, column).CharColor, 0))

    def number_format(self, row: int, column: int) -> str:
        return self.book.format(self._cell(row, column).NumberFormat)[1]

    def set_number_format(self, areas: Areas, code: str) -> None:
        self.cells(areas).NumberFormat = self.book.format_key(code)

    def rules(self) -> list[Rule]:
        formats = reversed(self.sheet.ConditionalFormats.getConditionalFormats())
        return [rule for each in formats for rule in self._conditional(each).rules]

    def _conditional(self, found: Any) -> Conditional:
        """The same object as before, so that a rule keeps its handle while others come and go."""
        key = (self.name, found.ID)
        known = self.book.conditionals.get(key)
        if known is None or len(known.rules) != found.Count:
            known = self.book.conditionals[key] = Conditional(self, found)
        return known

    def add_rule(self, areas: Areas, formula: str) -> Rule:
        made = self.new_conditional(self._ranges(areas))
        made.createEntry(0, 0)
        (rule,) = self._conditional(made).rules
        rule.entry.setPropertyValue("Operator", _OPERATOR_FORMULA)
        rule.entry.setPropertyValue("Formula1", formula.removeprefix("="))
        return rule

    def new_conditional(self, ranges: Any) -> Any:
        number = self.sheet.ConditionalFormats.createByRange(ranges)
        newest_first = reversed(self.sheet.ConditionalFormats.getConditionalFormats())
        return next(each for each in newest_first if number == each.ID)

    def cells(self, areas: Areas) -> Any:
        return self._area(areas[0]) if len(areas) == 1 else self._ranges(areas)

    def _ranges(self, areas: Areas) -> Any:
        kind, number = "com.sun.star.table.CellRangeAddress", self.sheet.RangeAddress.Sheet
        zero_based = [(left - 1, top - 1, right - 1, bottom - 1) for top, left, bottom, right in areas]
        made = self.book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        made.addRangeAddresses(tuple(self.book.backend.struct(kind, number, *each) for each in zero_based), False)
        return made

    def _area(self, box: Box) -> Any:
        top, left, bottom, right = box
        return self.sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    def _cell(self, row: int, column: int) -> Any:
        return self.sheet.getCellByPosition(column - 1, row - 1)

    @staticmethod
    def _by_format(area: Any) -> Iterator[tuple[int, list[Box]]]:
        """The cells of each number format."""
        if (only := area.NumberFormat) is not None:
            yield only, [_box(area.RangeAddress)]
            return
        for each in area.UniqueCellFormatRanges.createEnumeration():
            yield each.NumberFormat, _boxes(each)


class Conditional:
    """A conditional format: some rules over the same cells."""

    def __init__(self, sheet: Sheet, found: Any) -> None:
        self.sheet, self.found = sheet, found
        self.rules = [Rule(self) for _ in range(found.Count)]

    def entry(self, rule: Rule) -> Any:
        return self.found.getByIndex(self.rules.index(rule))

    def remove(self, rule: Rule) -> None:
        """Take one rule away by making the format anew: LibreOffice's own `removeByIndex` refuses every number."""
        known, old = self.sheet.book.conditionals, self.found
        kept = [each for each in self.rules if each is not rule]
        known.pop((self.sheet.name, old.ID), None)
        if kept:
            new = self.sheet.new_conditional(old.Range)
            for number, each in enumerate(kept):
                _copy_entry(self.entry(each), new, number)
            self.found, self.rules = new, kept
            known[self.sheet.name, new.ID] = self
        self.sheet.sheet.ConditionalFormats.removeByID(old.ID)


def _copy_entry(entry: Any, to: Any, number: int) -> None:
    to.createEntry(entry.Type, number)
    made = to.getByIndex(number)
    for each in entry.PropertySetInfo.Properties:
        made.setPropertyValue(each.Name, entry.getPropertyValue(each.Name))


class Rule:
    """One entry of a conditional format, found again by its place among the entries. LibreOffice lets only the first of a
    cell's rules show; `stops` is for those who ask.
    """

    stops = False

    def __init__(self, conditional: Conditional) -> None:
        self._conditional = conditional

    @property
    def entry(self) -> Any:
        return self._conditional.entry(self)

    @property
    def kind(self) -> int:
        entry = self.entry
        if entry.Type:
            return _KINDS[entry.Type]
        operator = entry.getPropertyValue("Operator")
        return EXPRESSION if operator == _OPERATOR_FORMULA else 1 if operator < 8 else 9

    @property
    def formula(self) -> str:
        return "=" + str(self.entry.getPropertyValue("Formula1"))

    @property
    def areas(self) -> list[Box]:
        return sorted(_boxes(self._conditional.found.Range))

    @property
    def look(self) -> Look:
        name = self.entry.getPropertyValue("StyleName")
        if found := _LOOK.fullmatch(name):
            ground, over = (None if each == "none" else from_rgb(each) for each in found.groups()[1:])
            return Look(ground, int(found[1]), over)
        styles = self._conditional.sheet.book.styles
        color = styles.getByName(name).CellBackColor if styles.hasByName(name) else -1
        return Look(_bgr(color) if color >= 0 else None)

    @look.setter
    def look(self, look: Look) -> None:
        name = f"look {look.pattern} {rgb(look.color) or 'none'} {rgb(look.pattern_color) or 'none'}"
        book = self._conditional.sheet.book
        if not book.styles.hasByName(name):
            style = book.document.createInstance("com.sun.star.style.CellStyle")
            book.styles.insertByName(name, style)
            if look.color is not None:
                style.CellBackColor = _bgr(look.color)
        self.entry.setPropertyValue("StyleName", name)

    def put_first(self) -> None:
        pass

    def delete(self) -> None:
        self._conditional.remove(self)


def _box(address: Any) -> Box:
    return (address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


def _boxes(ranges: Any) -> list[Box]:
    return [_box(address) for address in ranges.RangeAddresses]


def _columns(boxes: list[Box]) -> list[Box]:
    """One box for each column that the boxes touch."""
    rows: dict[int, tuple[int, int]] = {}
    for top, left, bottom, right in boxes:
        for column in range(left, right + 1):
            first, last = rows.get(column, (top, bottom))
            rows[column] = (min(first, top), max(last, bottom))
    return [(first, column, last, column) for column, (first, last) in rows.items()]


def _change(rows: list[list[Any]], box: Box, places: list[Box], how: Any) -> None:
    """The numbers in these places, as what their format makes of them."""
    for top, left, bottom, right in places:
        for row in rows[top - box[0] : bottom - box[0] + 1]:
            for column in range(left - box[1], right - box[1] + 1):
                if isinstance(row[column], float):
                    row[column] = how(row[column])


def _moment(serial: float) -> datetime:
    return _MIDNIGHT + timedelta(milliseconds=round(serial * 86_400_000))


def _datum(value: Any) -> float | str:
    match value:
        case None:
            return ""
        case datetime():
            return (value - _MIDNIGHT) / timedelta(days=1)
        case bool() | int() | float():
            return float(value)
    return "" if value.startswith("=") and not isinstance(value, Literal) else str(value)


def _plain(formula: str) -> str:
    return formula.strip("=()") if _CONSTANT.fullmatch(formula) else formula


def _bgr(color: int) -> int:
    """LibreOffice's colours are red, green, blue from the highest byte; COM's the other way round. Either way."""
    return (color & 255) << 16 | color & 0xFF00 | color >> 16 & 255
