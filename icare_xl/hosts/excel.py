"""A workbook open in Excel, through xlwings. Nothing else talks to Excel."""

from __future__ import annotations

import atexit
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from icare_xl.address import a1, areas, cells_of, column_number, joined
from icare_xl.errors import (
    CannotWrite,
    CellBeingEdited,
    ChartInFront,
    NeverSaved,
    NoExcel,
    NotAsPromised,
    NoWorkbook,
    OnlineWorkbook,
    ProtectedSheet,
    ProtectedView,
    ReadOnlyWorkbook,
    SharedWorkbook,
    SheetTooLarge,
)
from icare_xl.grid import Cell, Grid, Holds, Stored, number_cell
from icare_xl.model import Mark, Text
from icare_xl.xlsx.marks import FORMULA, LOOKS, Look


@contextmanager
def _absent(module: str) -> Iterator[None]:
    """Keeps an import from finding a module that it can do without."""
    hidden = module not in sys.modules
    if hidden:
        sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules[module]


with _absent("pandas"):  # half a second of every click, for conversions that nobody asks for here
    import xlwings as xw  # noqa: TID251 - the one place

LONGEST_ADDRESS = 255  # Excel refuses more,
RANGES_PER_UNION = 30  # and takes no more at once
MOST_AREAS = 300  # at two calls each
MOST_CELLS = 20_000_000
_WITH_FORMULA = 2  # the type of such rules
_PATTERNS = {"solid": 1, "lightUp": 14, "lightGray": -4124}
_VISIBLE = -1
_EDITING = -2146777998
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
_TEXT = "@"  # the format of text cells
_TURNS_ANYWHERE = ("=", "+", "-", "@", "'")
_MAY_TURN = re.compile(r"\d|^[=+\-@']|^\s*(?:true|false|vrai|faux)\s*$", re.IGNORECASE)
_OF_CELLS = re.compile(r"[A-Z]+\d{1,6}(:[A-Z]+\d{1,6})?")  # whole columns end in row 1,048,576
_NOT_TAKEN = Text("Excel did not take every value", "Excel n’a pas accepté toutes les valeurs")

Places = Collection[tuple[int, int]]  # (row, column), rows as Excel counts them, columns from 0


def attach(hwnd: int | None) -> Excel:
    """The Excel that this window belongs to; any that runs, without one."""
    try:
        app = next((app for app in xw.apps if hwnd is None or app.pid == _process(hwnd)), None)
    except xw.XlwingsError as fault:  # a system that has no Excel
        raise NoExcel from fault
    if app is None:
        raise NoExcel
    return Excel(app)


def _process(hwnd: int) -> int:
    """An Excel has a window for each workbook, of which xlwings knows one; the process tells."""
    windows: Any = vars(xw)["_xlwindows"]
    atexit.unregister(windows.cleanup)  # at exit it would end every Excel without a window, whoever it belongs to
    return int(windows.win32process.GetWindowThreadProcessId(hwnd)[1])


def is_busy(fault: Exception) -> bool:
    """Whether this is how Excel answers while a cell is being edited."""
    return _EDITING in (getattr(fault, "hresult", None), *fault.args[:1])


class Excel:
    """A running Excel: what it shows, and what it opens."""

    def __init__(self, app: xw.App) -> None:
        self._app = app

    def workbook(self) -> ExcelHost:
        """The workbook in front. Raises where there is none to work with."""
        api = self._app.api
        if not api.Ready:
            raise CellBeingEdited
        front = api.ActiveSheet
        if front is None:
            raise ProtectedView if api.ProtectedViewWindows.Count else NoWorkbook
        book = ExcelHost(self._app, self._app.books.active, str(front.Name))
        if book.front not in [sheet.name for sheet in book.sheets]:
            raise ChartInFront(name=book.front)
        return book

    def status(self, text: str) -> None:
        """A line at the bottom of the window; it stays until the next one."""
        self._app.status_bar = text

    def tell(self, text: str, title: str) -> None:
        self._app.alert(text, title, mode="info")

    def ask(self, text: str, title: str) -> bool:
        return bool(self._app.alert(text, title, buttons="yes_no", mode="info") == "yes")

    def ask_text(self, text: str, title: str) -> str | None:
        """What the person types, or None where they would rather not."""
        answer = self._app.api.InputBox(text, title)
        return answer.strip() if isinstance(answer, str) else None  # False: cancelled

    def open(self, path: Path) -> None:
        """Open a workbook, or bring it to the front where it is open."""
        self._app.books.open(str(path))

    def open_copy(self, path: Path) -> None:
        """Open what a file holds as a new workbook that nobody has saved yet."""
        self._app.api.Workbooks.Add(str(path))


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A worksheet, its name asked once."""

    name: str
    sheet: xw.Sheet

    @property
    def visible(self) -> bool:
        return bool(self.sheet.api.Visible == _VISIBLE)


class ExcelHost:
    """A workbook open in Excel. `front` is the sheet before the person's eyes."""

    def __init__(self, app: xw.App, book: xw.Book, front: str) -> None:
        self._app, self._book, self.front = app, book, front
        self._grids: dict[str, Grid] = {}
        self._rules: dict[str, list[Any]] = {}

    @cached_property
    def path(self) -> Path:
        """Where the workbook is saved; the name alone, where it is not on this computer or was never saved."""
        return Path(str(self._book.api.FullName).rpartition("/")[2] if self._online else str(self._book.api.FullName))

    @cached_property
    def key(self) -> str:
        """What tells the workbook from all others. One that was never saved is known to its own Excel only."""
        name = str(self._book.api.FullName)
        return name if self._book.api.Path else f"{name} {self._app.pid}"

    @cached_property
    def sheets(self) -> tuple[OpenSheet, ...]:
        return tuple(OpenSheet(sheet.name, sheet) for sheet in self._book.sheets)

    def grid(self, name: str) -> Grid:
        """Every filled cell of a sheet, hidden and filtered rows too, in one read."""
        if name not in self._grids:
            self._grids[name] = self._read(self._sheet(name))
        return self._grids[name]

    def font_colours(self, name: str, row: int) -> Mapping[int, str]:
        sheet = self._sheet(name)
        colours = {column: sheet.range((row, column + 1)).font.color for column in self.grid(name).row(row)}
        return {column: "{:02X}{:02X}{:02X}".format(*colour) for column, colour in colours.items() if colour}

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of the first selected cell."""
        selected = self._app.selection
        return (selected.row, selected.column - 1) if selected else (1, 0)

    def show(self, name: str) -> None:
        """Bring a sheet to the front, unless it is hidden."""
        if self.front != name and next(each.visible for each in self.sheets if each.name == name):
            self._sheet(name).activate()
            self.front = name

    def select(self, name: str, row: int, column: int) -> None:
        self.show(name)
        self._sheet(name).range(a1(row, column)).select()

    def first_seen(self, name: str, rows: Sequence[int]) -> int | None:
        """The first of these rows (in order, up or down) that neither a filter nor anybody has hidden."""
        if not rows:
            return None
        hidden = self._sheet(name).range(f"{min(rows)}:{max(rows)}").api.EntireRow.Hidden
        if hidden is None and len(rows) > 1:  # some between the first and the last
            middle = len(rows) // 2
            return self.first_seen(name, rows[:middle]) or self.first_seen(name, rows[middle:])
        return None if hidden else rows[0]

    def is_marked(self, name: str) -> bool:
        return bool(self._our_rules(name))

    def marked(self, name: str) -> dict[Mark, set[tuple[int, int]]] | None:
        """The cells under each of our marks, which follow rows that are inserted, deleted or cut, but not sorted ones. None
        where they are too many to ask for, or whole rows or columns, as after pasting.
        """
        rules = self._our_rules(name)
        parts = [rule.AppliesTo.Areas for rule in rules]
        counts = [each.Count for each in parts]
        if sum(counts) > MOST_AREAS:
            return None
        found: dict[Mark, set[tuple[int, int]]] = {mark: set() for mark in LOOKS}
        mark_of = {_colour(look.ground): mark for mark, look in LOOKS.items()}
        for rule, each, count in zip(rules, parts, counts, strict=True):
            addresses = [each(number).Address.replace("$", "") for number in range(1, count + 1)]
            if any(not _OF_CELLS.fullmatch(address) for address in addresses):
                return None
            if mark := mark_of.get(rule.Interior.Color):  # None where somebody took the fill away
                found[mark].update(cells_of(addresses))
        return found

    def mark(self, name: str, cells: Mapping[Mark, Places]) -> None:
        """Mark these cells of a sheet, and no others."""
        self.must_be_writable(name)
        with self._quiet():
            for rule in self._our_rules(name):
                rule.Delete()
            del self._rules[name]
            sheet = self._sheet(name)
            for mark, look in LOOKS.items():
                addresses = list(joined(areas(cells.get(mark, ())), LONGEST_ADDRESS))
                for start in range(0, len(addresses), RANGES_PER_UNION):
                    ranges = [sheet.range(each).api for each in addresses[start : start + RANGES_PER_UNION]]
                    together = self._app.api.Union(*ranges) if len(ranges) > 1 else ranges[0]
                    rule = together.FormatConditions.Add(Type=_WITH_FORMULA, Formula1=f"={FORMULA}")
                    _fill(rule.Interior, look)
                    rule.SetFirstPriority()  # else a colour of the person's own rules would hide it

    def _our_rules(self, name: str) -> list[Any]:
        """The conditional formats of a sheet that are our marks, the last first; asked for once. Only those with a formula
        have one: xlwings would ask a data bar for it for ever.
        """
        if name not in self._rules:
            rules = self._sheet(name).api.Cells.FormatConditions
            found = [rules(number) for number in range(rules.Count, 0, -1)]
            self._rules[name] = [
                each for each in found if each.Type == _WITH_FORMULA and each.Formula1.replace(" ", "") == f"={FORMULA}"
            ]
        return self._rules[name]

    def stored(self, name: str, cells: Places) -> dict[tuple[int, int], Stored]:
        """What these cells hold, a day as its number, in one read."""
        if not cells:
            return {}
        rows, columns = zip(*cells, strict=True)
        top, left = min(rows), min(columns)
        area = f"{a1(top, left)}:{a1(max(rows), max(columns))}"
        block = _rows(self._sheet(name).range(area).api.Value2) or ((None,),)
        held = {(row, column): block[row - top][column - left] for row, column in cells}
        return {place: "" if value is None else value for place, value in held.items()}

    def write(self, name: str, values: Mapping[tuple[int, int], Stored]) -> None:
        """Put values into cells: texts as texts whatever they look like, numbers as numbers, nothing for an empty text.
        Number formats stay. Proven by reading the sheet again.
        """
        self.must_be_writable(name)
        others = self.grid(name).without(values)
        with self._quiet():
            for address in joined(areas([place for place, value in values.items() if value == ""]), LONGEST_ADDRESS):
                self._sheet(name).range(address).clear_contents()
            for address in areas([place for place, value in values.items() if value != ""]):
                self._put(self._sheet(name), list(cells_of([address])), values)
        del self._grids[name]
        if self._unlike(name, values) or not self._same_elsewhere(name, values, others):
            raise NotAsPromised(reason=_NOT_TAKEN)

    def _put(self, sheet: xw.Sheet, run: Sequence[tuple[int, int]], values: Mapping[tuple[int, int], Stored]) -> None:
        """Values into cells one below the other, at once where they are of one kind and the cells of one format. Excel turns
        what looks like a number or a day into one, but for text cells; and there a number into a text.
        """
        cells = sheet.range(f"{a1(*run[0])}:{a1(*run[-1])}").api
        before, are_texts = cells.NumberFormat, {isinstance(values[place], str) for place in run}
        if len(run) > 1 and (before is None or len(are_texts) > 1):
            for half in (run[: len(run) // 2], run[len(run) // 2 :]):
                self._put(sheet, half, values)
            return
        if before == _TEXT and are_texts == {False}:
            cells.NumberFormat = "General"
        cells.Value2 = tuple((_typed(values[place], before),) for place in run)
        if cells.NumberFormat != before:
            cells.NumberFormat = before

    def _unlike(self, name: str, values: Mapping[tuple[int, int], Stored]) -> bool:
        """Whether a cell holds something else than was put there."""
        held = self.stored(name, values)
        return any((type(held[place]), held[place]) != (type(value), value) for place, value in values.items())

    def _same_elsewhere(self, name: str, places: Places, before: Grid) -> bool:
        """Whether all other cells are as they were. Formulas may have been calculated anew: then nobody can tell."""
        calculated = any(cell.formula for cell in before.cells)
        return calculated or before.same_as(self.grid(name).without(places))

    def must_be_here(self) -> None:
        """Raises where the workbook has no folder on this computer."""
        if self._online:
            raise OnlineWorkbook(name=self._book.name)
        if not self._book.api.Path:
            raise NeverSaved(name=self._book.name)

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """A file with what the workbook holds now, gone afterwards. The workbook keeps its name."""
        with TemporaryDirectory() as folder:
            name = self._book.name
            out = Path(folder, name if "." in name else f"{name}.xlsx")
            self._book.api.SaveCopyAs(str(out))
            if not out.exists():
                raise CannotWrite(path=out, reason=Text("Excel wrote nothing", "Excel n’a rien écrit"))
            yield out

    def is_writable(self, name: str) -> bool:
        try:
            self.must_be_writable(name)
        except (SharedWorkbook, ReadOnlyWorkbook, ProtectedSheet):
            return False
        return True

    def must_be_writable(self, name: str) -> None:
        """Raises where Excel would not let the cells of a sheet be marked or changed."""
        book = self._book.api
        if book.MultiUserEditing:
            raise SharedWorkbook(name=self._book.name)
        if book.ReadOnly:
            raise ReadOnlyWorkbook(name=self._book.name)
        if self._sheet(name).api.ProtectContents:
            raise ProtectedSheet(name=name)

    @cached_property
    def _online(self) -> bool:
        return "://" in self._book.api.FullName

    def _sheet(self, name: str) -> xw.Sheet:
        return next(each.sheet for each in self.sheets if each.name == name)

    def _read(self, sheet: xw.Sheet) -> Grid:
        used = sheet.used_range
        address = used.address.replace("$", "")
        rows, columns = _size(address)
        if rows * columns > MOST_CELLS:
            raise SheetTooLarge(name=sheet.name, rows=rows, columns=columns)
        block = used if address.startswith("A1:") else sheet.range(f"A1:{a1(rows, columns - 1)}")
        formulas = block.formula if block.api.HasFormula is not False else None
        return _grid(_rows(block.raw_value), _rows(formulas), self._date1904)

    @cached_property
    def _date1904(self) -> bool:
        return bool(self._book.api.Date1904)

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Screen and calculation stand still meanwhile, and are as they were afterwards, whatever happens."""
        before = self._app.screen_updating, self._app.calculation
        self._app.screen_updating = False
        try:
            self._app.calculation = "manual"
            yield
        finally:
            self._app.calculation = before[1]
            self._app.screen_updating = before[0]


def _typed(value: Stored, number_format: str) -> Stored:
    """What to type so that a cell of this format holds the value: a text with ' before it, where Excel would turn it."""
    if not isinstance(value, str):
        return value
    turns = value.startswith(_TURNS_ANYWHERE) if number_format == _TEXT else _MAY_TURN.search(value)
    return f"'{value}" if turns else value


def _size(address: str) -> tuple[int, int]:
    """Rows and columns from A1 to the end of `B2:CQ2503`, of whole rows (`1:9`), or of whole columns (`A:C`)."""
    last = address.rpartition(":")[2]
    letters, digits = last.rstrip("0123456789"), last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits or 1_048_576), column_number(letters or "XFD") + 1


def _fill(interior: Any, look: Look) -> None:
    if look.pattern != "solid":
        interior.Pattern = _PATTERNS[look.pattern]
        interior.PatternColor = _colour(look.ink)
    interior.Color = _colour(look.ground)


def _colour(rgb: str) -> int:
    """RRGGBB as Excel counts colours: red is the lowest byte."""
    return int.from_bytes(bytes.fromhex(rgb), "little")


def _rows(block: Any) -> Sequence[Sequence[Any]]:
    """What Excel hands over for a block: rows, or a single cell alone, or nothing."""
    return block if isinstance(block, tuple | list) else ((block,),) if block is not None else ()


def _grid(values: Sequence[Sequence[Any]], formulas: Sequence[Sequence[Any]], date1904: bool) -> Grid:
    """The cells of a block that begins in A1."""
    calculated = {
        (row, column)
        for row, line in enumerate(formulas, 1)
        for column, formula in enumerate(line)
        if str(formula).startswith("=") and formula != values[row - 1][column]
    }
    grid, code_of = Grid(), {(str, "", False): 0, (type(None), None, False): 0}
    for column, stack in enumerate(zip(*values, strict=True)):
        rows, codes = [], []
        for row, value in enumerate(stack, 1):
            key = (type(value), value, bool(calculated) and (row, column) in calculated)
            code = code_of.get(key)
            if code is None:
                code = code_of[key] = len(grid.cells)
                grid.cells.append(_cell(value, key[2], date1904))
            if code:
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
