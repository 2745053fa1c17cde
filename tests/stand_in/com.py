# ruff: noqa: N802, N803
"""Excel's object model as far as the product uses it, every round trip logged.

Names with a capital are Excel's: each use of one is a round trip. Names without one are ours, and are free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings.utils import col_name

from tests.stand_in import backend
from tests.stand_in.backend import EVERYTHING, EXPRESSION, LAST_COLUMN, LAST_ROW, SOLID, Areas, Box, Literal
from tests.stand_in.windows import ComError

if TYPE_CHECKING:
    from tests.stand_in.engine import Excel

LONGEST_PROMPT = 255
FILE_PICKER, FOLDER_PICKER = 3, 4  # msoFileDialogFilePicker, msoFileDialogFolderPicker
VISIBLE = 12  # xlCellTypeVisible

_LOCAL = 12  # among the arguments behind the path
_NO_FILL = -4142  # xlColorIndexNone
_SOME_FILL = 3
_MIDNIGHT = datetime(1899, 12, 30)


def refused(what: str) -> Exception:
    """Excel's answer to a call it will not do: error 1004."""
    return ComError(-2147352567, "Exception occurred.", (0, "Microsoft Excel", what, None, 0, -2146827284), None)


def unknown(name: str) -> Exception:
    """COM's answer when an object has no such member."""
    return ComError(-2147352570, f"Unknown name. ({name})", None, None)


class Unnamed:
    """What pywin32 asks for the number of a name that an object does not have."""

    def GetIDsOfNames(self, lcid: int, name: str) -> int:
        raise unknown(name)


def bare(each: Any) -> Any:
    """An object without xlwings' wrapper around it, as pywin32 takes it for an argument."""
    return getattr(each, "_inner", each)


class Com:
    """An object of Excel's, at the other end of a slow wire."""

    _oleobj_ = Unnamed()

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    def __getattribute__(self, name: str) -> Any:
        if name[0].isupper():
            self.excel.called(f"{type(self).__name__}.{name}")
        return super().__getattribute__(name)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the stand-in for Excel has no {type(self).__name__}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name[0].isupper():
            self.excel.called(f"{type(self).__name__}.{name} =")
            if not hasattr(type(self), name):
                raise AttributeError(f"the stand-in for Excel has no {type(self).__name__}.{name}")
        super().__setattr__(name, value)


class Collection(Com):
    """Counted from 1; asked by number or name."""

    def items(self) -> list[Any]:
        raise NotImplementedError

    @property
    def Count(self) -> int:
        return len(self.items())

    def Item(self, key: int | str) -> Any:
        return self._item(key)

    def __call__(self, key: int | str) -> Any:
        self.excel.called(f"{type(self).__name__}.Item")
        return self._item(key)

    def __iter__(self) -> Iterator[Any]:
        for each in self.items():
            self.excel.called(f"{type(self).__name__}.Item")
            yield each

    def _item(self, key: int | str) -> Any:
        items = self.items()
        if isinstance(key, str):
            items, key = [each for each in items if each.title.lower() == key.lower()], 1
        if not 1 <= key <= len(items):
            raise ComError(-2147352565, "Invalid index.", None, None)
        return items[key - 1]


class Application(Com):
    """`Interactive`: while it is False "Excel blocks all input from the keyboard and mouse" (VBA-Docs, Application.Interactive);
    so does the person of a test, `Excel.user`.
    """

    ScreenUpdating = DisplayAlerts = EnableEvents = Interactive = Visible = True
    Calculation = -4105
    Version = "16.0"
    _status: str | bool = False

    @property
    def StatusBar(self) -> str | bool:
        """ "Returns False if Microsoft Excel has control of the status bar"; a text stays there until somebody gives the bar
        back with False (VBA-Docs, Application.StatusBar).
        """
        return self._status

    @StatusBar.setter
    def StatusBar(self, text: str | bool) -> None:
        """Longer texts than 255 characters may be refused: public add-ins all cut there."""
        if isinstance(text, str) and len(text) > 255:
            raise refused("Unable to set the StatusBar property of the Application class")
        object.__setattr__(self, "_status", text)

    @property
    def Ready(self) -> bool:
        return not self.excel.edit_mode

    def InputBox(self, Prompt: str, Title: str) -> str | bool | int:
        """What a test lets the person type; nothing: the box is closed. A prompt of more than 255 characters opens no box:
        an error value comes back at once (VBA-Docs, Application.InputBox).
        """
        if len(Prompt) > LONGEST_PROMPT:
            return backend.ERRORS["#VALUE!"]
        self.excel.alerts.append(self.excel.alert(Prompt, Title))
        return self.excel.typed.pop(0) if self.excel.typed else False

    @property
    def Hwnd(self) -> int:
        return self.excel.hwnd

    @property
    def ProtectedViewWindows(self) -> ProtectedViewWindows:
        return ProtectedViewWindows(self.excel)

    @property
    def Workbooks(self) -> Workbooks:
        return Workbooks(self.excel)

    @property
    def ActiveWorkbook(self) -> Workbook | None:
        return self.excel.active_book()

    @property
    def ActiveSheet(self) -> Worksheet | Chart | None:
        book = self.excel.active_book()
        return book.active_sheet() if book else None

    @property
    def Selection(self) -> Range | ChartArea | None:
        book = self.excel.active_book()
        if book is None:
            return None
        sheet = book.active_sheet()
        return Range(sheet, book.back.selection()) if isinstance(sheet, Worksheet) else ChartArea(self.excel)

    @property
    def AutoCorrect(self) -> AutoCorrect:
        return self.excel.autocorrect

    @property
    def ActiveProtectedViewWindow(self) -> ProtectedViewWindow | None:
        return ProtectedViewWindow(self.excel) if self.excel.protected_view_in_front else None

    def FileDialog(self, Type: int) -> FileDialog:
        """ "Each host application can only create a single instance", so that what was set stays set (VBA-Docs,
        Office.FileDialog); of another type it has its own filters again (FileDialogFilters, in Office 2010).
        """
        if Type not in (FILE_PICKER, FOLDER_PICKER):
            raise NotImplementedError("the stand-in for Excel picks files and folders only")
        return self.excel.file_dialog.of(Type)

    def Union(self, *given: Range) -> Range:
        ranges = [bare(each) for each in given]
        if not 2 <= len(ranges) <= 30 or len({each.sheet.title for each in ranges}) > 1:
            raise refused("Method 'Union' of object '_Application' failed")
        return Range(ranges[0].sheet, [area for each in ranges for area in each.areas])

    def Calculate(self) -> None: ...


class AutoCorrect(Com):
    AutoExpandListRange = True


class FileDialog(Com):
    """Picks a folder or files: Show gives -1 for OK and 0 for Cancel (VBA-Docs, FileDialog.Show)."""

    Title = InitialFileName = ""
    AllowMultiSelect = True  # without effect where a folder is picked (VBA-Docs, FileDialog.AllowMultiSelect)
    type = 0

    def of(self, kind: int) -> FileDialog:
        if kind != self.type:
            self.type, self.filters = kind, [("All Files", "*.*")]
        return self

    @property
    def Filters(self) -> FileDialogFilters:
        return FileDialogFilters(self)

    def Show(self) -> int:
        self.excel.alerts.append(self.excel.alert(self.InitialFileName, self.Title))
        waiting = self.excel.folders if self.type == FOLDER_PICKER else self.excel.files
        self.picked = waiting.pop(0) if waiting else None
        return 0 if self.picked is None else -1

    def SelectedItems(self, number: int) -> str:
        self.excel.called("FileDialogSelectedItems.Item")
        assert number == 1 and self.picked is not None
        return str(self.picked)


class FileDialogFilters(Com):
    """What the list "Files of type" offers. "When a filter is added to the list, the default filters are not removed"
    (VBA-Docs, FileDialogFilters.Add).
    """

    def __init__(self, dialog: FileDialog) -> None:
        super().__init__(dialog.excel)
        self.dialog = dialog

    def Clear(self) -> None:
        self.dialog.filters = []

    def Add(self, Description: str, Extensions: str) -> None:
        self.dialog.filters.append((Description, Extensions))


class ProtectedViewWindow(Com):
    """A workbook from the internet, to be looked at: it is no Workbook of `Workbooks`."""


class ProtectedViewWindows(Com):
    @property
    def Count(self) -> int:
        return self.excel.protected_views


class Chart(Com):
    """A chart sheet: it has a name and no cells."""

    def __init__(self, excel: Excel, name: str) -> None:
        super().__init__(excel)
        self.title = name

    @property
    def Name(self) -> str:
        return self.title


class ChartArea(Com):
    @property
    def Address(self) -> str:
        raise unknown("Address")


class Workbooks(Collection):
    @property
    def Application(self) -> Application:
        return self.excel.application

    def items(self) -> list[Workbook]:
        return [Workbook(self.excel, each) for each in self.excel.backend.books()]

    def Open(self, path: str, *more: Any) -> Workbook:
        """A text file is split at commas, as in the United States; where `Local` (the 14th argument) is True, as in the
        language and the control panel of the person (VBA-Docs, Workbooks.Open).
        """
        local = len(more) > _LOCAL and more[_LOCAL]
        if not Path(path).is_file():
            raise refused(f"Sorry, we couldn't find {path}.")
        if any(each.Name.lower() == Path(path).name.lower() and each.back.path != Path(path) for each in self.items()):
            raise refused("Sorry, Excel can't open two workbooks with the same name at the same time.")
        separator = self.excel.separator if local else ","
        return Workbook(self.excel, self.excel.backend.open(Path(path), separator))

    def Add(self, Template: str | None = None) -> Workbook:
        return Workbook(self.excel, self.excel.backend.add(Path(Template) if Template else None))


class Workbook(Com):
    def __init__(self, excel: Excel, back: backend.Book) -> None:
        super().__init__(excel)
        self.back = back

    @property
    def title(self) -> str:
        return self.back.name

    def active_sheet(self) -> Worksheet | Chart:
        name = self.excel.chart or self.back.active_sheet()
        found = [Worksheet(self, sheet) for sheet in self.back.sheets() if sheet.name == name]
        return found[0] if found else Chart(self.excel, name)

    @property
    def Application(self) -> Application:
        return self.excel.application

    @property
    def Name(self) -> str:
        return self.back.name

    @property
    def Path(self) -> str:
        if self.excel.url:
            return self.excel.url
        return str(self.back.path.parent) if self.back.path else ""

    @property
    def FullName(self) -> str:
        if self.excel.url:
            return f"{self.excel.url}/{self.back.name}"
        return str(self.back.path or self.back.name)

    @property
    def AutoSaveOn(self) -> bool:
        """Whether changes go to the cloud at once; older versions of Excel do not know the member."""
        if self.excel.autosave is None:
            raise unknown("AutoSaveOn")
        return self.excel.autosave

    @property
    def Saved(self) -> bool:
        """ "True if no changes have been made to the specified workbook since it was last saved" (VBA-Docs, Workbook.Saved)."""
        return self.back.name not in self.excel.unsaved

    @property
    def ReadOnly(self) -> bool:
        """A workbook that is open for reading only can be changed all the same; only saving it under its name fails
        (VBA-Docs, Workbook.ReadOnly).
        """
        return self.excel.read_only or self.back.read_only

    @property
    def Final(self) -> bool:
        """Marked as final: also read-only, and nothing in it can be changed until somebody edits it anyway."""
        return self.excel.final

    @property
    def MultiUserEditing(self) -> bool:
        return self.excel.shared

    @property
    def Date1904(self) -> bool:
        return False

    @property
    def ProtectStructure(self) -> bool:
        return self.back.structure_protected

    def Protect(self) -> None:
        self.back.structure_protected = True

    @property
    def Worksheets(self) -> Worksheets:
        return Worksheets(self)

    @property
    def ActiveSheet(self) -> Worksheet | Chart:
        return self.active_sheet()

    def SaveCopyAs(self, Filename: str) -> None:
        self.back.save_copy(Path(Filename))

    def Activate(self) -> None:
        self.back.activate()

    def Close(self, SaveChanges: bool = False) -> None:
        self.back.close()


class Worksheets(Collection):
    def __init__(self, book: Workbook) -> None:
        super().__init__(book.excel)
        self.book = book

    def items(self) -> list[Worksheet]:
        return [Worksheet(self.book, sheet) for sheet in self.book.back.sheets()]

    @property
    def Parent(self) -> Workbook:
        return self.book


class Worksheet(Com):
    def __init__(self, book: Workbook, back: backend.Sheet) -> None:
        super().__init__(book.excel)
        self.book, self.back = book, back

    @property
    def title(self) -> str:
        return self.back.name

    def must_be_open_to_change(self) -> None:
        if self.back.protected:
            raise refused("The cell or chart you're trying to change is on a protected sheet.")

    @property
    def Name(self) -> str:
        return self.back.name

    @Name.setter
    def Name(self, name: str) -> None:
        self.back.rename(name)

    @property
    def Index(self) -> int:
        return [sheet.name for sheet in self.book.back.sheets()].index(self.title) + 1

    @property
    def Parent(self) -> Workbook:
        return self.book

    @property
    def Visible(self) -> int:
        return self.back.visible

    @Visible.setter
    def Visible(self, value: int) -> None:
        self.back.visible = int(value) if value in (0, 2) else -1

    @property
    def ProtectContents(self) -> bool:
        return self.back.protected

    def Protect(self) -> None:
        self.back.protected = True

    def Unprotect(self) -> None:
        self.back.protected = False

    def Activate(self) -> None:
        if self.back.visible != -1:
            raise refused("Activate method of Worksheet class failed")
        self.book.back.activate()
        self.book.back.activate_sheet(self.title)

    @property
    def filtered(self) -> set[int]:
        """The rows that a filter keeps from being written; while it hides some, those that somebody hid may count too
        (xlwings #679 says no, NetOffice #2 and xlwings #2619 yes).
        """
        filtered = self.back.filtered()
        bottom = self.back.used()[2] if filtered else 0
        return filtered | {row for row in range(1, bottom + 1) if self.back.row_hidden(row)}

    def unfiltered(self, area: Box) -> list[Box]:
        """The parts of an area that no filter hides."""
        top, left, bottom, right = area
        hidden = sorted(self.filtered.intersection(range(top, bottom + 1)))
        edges = [top - 1, *hidden, bottom + 1]
        parts = [(above + 1, left, below - 1, right) for above, below in pairwise(edges)]
        return [each for each in parts if each[0] <= each[2]]

    def is_covered(self, row: int, column: int) -> bool:
        """Whether a cell lies under the first one of a merged area."""
        cell = (row, column, row, column)
        return any(_overlap(cell, each) and each[:2] != (row, column) for each in self.back.merged())

    @property
    def FilterMode(self) -> bool:
        """Whether a filter hides rows; a table's filter counts only while a cell of the table is selected."""
        return bool(self.filtered)

    @property
    def ListObjects(self) -> ListObjects:
        return ListObjects(self)

    def grow_tables(self, area: Box) -> None:
        """A table takes in a column that somebody fills beside it, and gives it a head, from code too, unless AutoCorrect is
        told not to (VBA-Docs, AutoCorrect.AutoExpandListRange; public add-ins switch it off).
        """
        if object.__getattribute__(self.excel.autocorrect, "AutoExpandListRange"):
            for top, _, bottom, right in self.back.tables():
                if area[1] == right + 1 and top < area[0] <= bottom:
                    self.back.put(top, right + 1, [["Column1"]])

    @property
    def UsedRange(self) -> Range:
        return Range(self, [self.back.used()])

    @property
    def Cells(self) -> Range:
        return Range(self, [EVERYTHING])

    def Range(self, first: str | Range, last: str | Range | None = None) -> Range:
        corners = [self._areas(bare(each)) for each in (first, last) if each is not None]
        if len(corners) == 1:
            return Range(self, corners[0])
        (one,), (other,) = corners
        return Range(self, [_around(one, other)])

    def _areas(self, place: str | Range) -> list[Box]:
        return areas_of(place, self.excel.separator) if isinstance(place, str) else list(place.areas)


class Range(Com):
    """Some areas of a sheet. Like Excel's, most of it speaks of the first area only."""

    def __init__(self, sheet: Worksheet, areas: Areas) -> None:
        super().__init__(sheet.excel)
        self.sheet, self.areas = sheet, list(areas)

    @property
    def height(self) -> int:
        top, _, bottom, _ = self.areas[0]
        return bottom - top + 1

    @property
    def alone(self) -> bool:
        """Whether it is one cell."""
        return len(self.areas) == self.height == self.width == 1

    @property
    def width(self) -> int:
        _, left, _, right = self.areas[0]
        return right - left + 1

    @property
    def Worksheet(self) -> Worksheet:
        return self.sheet

    Parent = Worksheet

    @property
    def Application(self) -> Application:
        return self.excel.application

    @property
    def Row(self) -> int:
        return self.areas[0][0]

    @property
    def Column(self) -> int:
        return self.areas[0][1]

    @property
    def Rows(self) -> Lines:
        return Lines(self.excel, self.height)

    @property
    def Columns(self) -> Lines:
        return Lines(self.excel, self.width)

    @property
    def Count(self) -> int:
        return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in self.areas)

    @property
    def Areas(self) -> AreasOf:
        return AreasOf(self)

    @property
    def Cells(self) -> Range:
        return self

    def __call__(self, row: int, column: int | None = None) -> Range:
        self.excel.called("Range.Item")
        return self._cell(row, column)

    def Item(self, row: int, column: int | None = None) -> Range:
        return self._cell(row, column)

    def _cell(self, row: int, column: int | None) -> Range:
        if column is None:
            row, column = (row - 1) // self.width + 1, (row - 1) % self.width + 1
        top, left, _, _ = self.areas[0]
        row, column = top + row - 1, left + column - 1
        return Range(self.sheet, [(row, column, row, column)])

    @property
    def Address(self) -> str:
        """With commas wherever Excel runs, also where `Range` takes semicolons (nvaccess/nvda #9780, #17720)."""
        return address_of(self.areas)

    def GetAddress(self, row_absolute: bool, column_absolute: bool, style: int, external: bool) -> str:
        plain = re.sub(r"\$([A-Z]+)\$(\d+)", _dollars(column_absolute, row_absolute), address_of(self.areas))
        return f"[{self.sheet.book.title}]{self.sheet.title}!{plain}" if external else plain

    @property
    def Value(self) -> Any:
        rows = self.sheet.back.values(self.areas[0])
        return _single([[*map(_to_com, row)] if datetime in map(type, row) else row for row in rows])

    @Value.setter
    def Value(self, value: Any) -> None:
        """Rows that a filter hides are passed over: an array puts its first element into every cell that can be seen, and
        nothing into the others (xlwings #747, #679, #1483); one cell alone is always written. A cell of a merged area that
        is not its first takes nothing. What Excel does after a change (tables that grow, code of others) is `Excel.changed`.
        """
        self.sheet.must_be_open_to_change()
        for area in self.areas:
            if self._plain(area):
                rows = _rows_for(area, value)
                as_text = self.sheet.back.number_format(*area[:2]) == "@"
                self.sheet.back.put(*area[:2], [[self._typed(each, as_text) for each in row] for row in rows])
            else:
                self._put_one_by_one(area, value)
            self.sheet.grow_tables(area)
        self.excel.changed(self)

    def _plain(self, area: Box) -> bool:
        """Whether nothing keeps cells of an area from taking what is put there."""
        rows = range(area[0], area[2] + 1)
        return self.sheet.filtered.isdisjoint(rows) and not any(
            _overlap(area, each) for each in self.sheet.back.merged()
        )

    def _put_one_by_one(self, area: Box, value: Any) -> None:
        top, left, bottom, right = area
        rows, alone = _rows_for(area, value), area[:2] == area[2:]
        passed = set() if alone else self.sheet.filtered.intersection(range(top, bottom + 1))
        cut = passed and isinstance(value, (list, tuple))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if row not in passed and not self.sheet.is_covered(row, column):
                    each = rows[0][0] if cut else rows[row - top][column - left]
                    as_text = self.sheet.back.number_format(row, column) == "@"
                    self.sheet.back.put(row, column, [[self._typed(each, as_text)]])

    def _typed(self, value: Any, as_text: bool) -> Any:
        return _typed(_from_com(value), as_text, self.excel.french)

    @property
    def Value2(self) -> Any:
        rows = self.sheet.back.values(self.areas[0])
        return _single([[*map(_serial, row)] if datetime in map(type, row) else row for row in rows])

    @Value2.setter
    def Value2(self, value: Any) -> None:
        type(self).Value.fset(self, value)  # type: ignore[attr-defined]

    @property
    def MergeCells(self) -> bool | None:
        """True of cells of one merged area. Of cells of which only some are merged, and of several areas, Null by what users
        saw (sbroenne/mcp-server-excel #647), True by the documentation (VBA-Docs, Range.MergeCells).
        """
        merges = [each for each in self.sheet.back.merged() for area in self.areas if _overlap(each, area)]
        if not merges:
            return False
        return True if any(_inside(area, each) for area in self.areas for each in merges) else self.excel.some_merged

    @property
    def MergeArea(self) -> Range:
        """The merged area around a single cell, or the cell; of more cells there is none (VBA-Docs, Range.MergeArea)."""
        if not self.alone:
            raise refused("Unable to get the MergeArea property of the Range class")
        around = [each for each in self.sheet.back.merged() if _overlap(each, self.areas[0])]
        return Range(self.sheet, around[:1] or self.areas[:1])

    def SpecialCells(self, Type: int) -> Range:
        """The cells that can be seen. Asked of one cell, Excel looks through the whole used range; where there is none, it is
        an error (VBA-Docs, Range.SpecialCells; xlwings' get_special_cells).
        """
        if Type != VISIBLE:
            raise NotImplementedError("the stand-in for Excel finds visible cells only")
        if self.sheet.back.protected:
            raise refused("You cannot use this command on a protected sheet.")
        areas = [self.sheet.back.used()] if self.alone else self.areas
        found = [each for area in areas for each in self.sheet.back.seen(area)]
        if not found:
            raise refused("No cells were found.")
        return Range(self.sheet, found)

    @property
    def Formula(self) -> Any:
        return _single(self.sheet.back.formulas(self.areas[0]))

    @property
    def EntireRow(self) -> EntireRow:
        return EntireRow(self)

    @property
    def HasFormula(self) -> bool | None:
        return self.sheet.back.has_formula(self.areas)

    @property
    def HasArray(self) -> bool | None:
        return self._is_in(self.sheet.excel.arrays)

    @property
    def HasSpill(self) -> bool | None:
        """An older Excel does not know it."""
        if self.sheet.excel.spills is None:
            raise unknown("HasSpill")
        return self._is_in(self.sheet.excel.spills)

    def _is_in(self, boxes: Areas) -> bool | None:
        touched = [each for each in boxes if any(_overlap(each, area) for area in self.areas)]
        return any(_inside(self.areas[0], each) for each in touched) or (None if touched else False)

    @property
    def Height(self) -> float:
        """Points of the rows of the first area together; a hidden one has none (VBA-Docs, Range.Height)."""
        top, _, bottom, _ = self.areas[0]
        return 15.0 * sum(not self.sheet.back.row_hidden(row) for row in range(top, bottom + 1))

    @property
    def NumberFormat(self) -> str | None:
        """None, as Excel says, where the cells of the first area have several. Excel in French may speak French here."""
        top, left, bottom, right = self.areas[0]
        cells = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        found = {self.sheet.back.number_format(*cell) for cell in cells}
        only = found.pop() if len(found) == 1 else None
        return _in_french(only) if only and self.excel.french else only

    @NumberFormat.setter
    def NumberFormat(self, code: str) -> None:
        """Cells that a filter hides may keep the format that they have, but for one cell alone."""
        self.sheet.must_be_open_to_change()
        code = _from_french(code) if self.excel.french else code
        seen = [each for area in self.areas for each in self.sheet.unfiltered(area)]
        self.sheet.back.set_number_format(self.areas if self.alone else seen, code)

    @property
    def Font(self) -> Font:
        return Font(self)

    @property
    def FormatConditions(self) -> FormatConditions:
        return FormatConditions(self)

    def ClearContents(self) -> None:
        """Rows that a filter hides keep what they hold, as they do where somebody presses Delete; a part of a merged area
        cannot be emptied.
        """
        self.sheet.must_be_open_to_change()
        if any(
            _overlap(each, area) and not _inside(each, area) for area in self.areas for each in self.sheet.back.merged()
        ):
            raise refused("We can't do that to a merged cell.")
        seen = [each for area in self.areas for each in self.sheet.unfiltered(area)]
        self.sheet.back.clear(self.areas if self.alone else seen)
        self.excel.changed(self)

    def Select(self) -> None:
        active = self.excel.active_book()
        if active is None or active.back is not self.sheet.book.back or active.back.active_sheet() != self.sheet.title:
            raise refused("Select method of Range class failed")
        active.back.select(self.areas)


class ListObjects(Collection):
    """The tables of a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        super().__init__(sheet.excel)
        self.sheet = sheet

    def items(self) -> list[Range]:
        return [Range(self.sheet, [area]) for area in self.sheet.back.tables()]


class EntireRow(Com):
    """The whole rows of a range."""

    def __init__(self, rng: Range) -> None:
        super().__init__(rng.excel)
        self.range = rng

    def Delete(self) -> None:
        self.range.sheet.must_be_open_to_change()
        top, _, bottom, _ = self.range.areas[0]
        for _ in range(top, bottom + 1):
            self.range.sheet.back.delete_row(top)

    @property
    def Address(self) -> str:
        return address_of([(top, 1, bottom, LAST_COLUMN) for top, _, bottom, _ in self.range.areas])

    @property
    def Hidden(self) -> bool | None:
        """Where some are hidden and some are not, nobody documents the answer: a test says which (VBA-Docs are silent;
        xlwings' row_hidden asks row by row).
        """
        top, _, bottom, _ = self.range.areas[0]
        hidden = {self.range.sheet.back.row_hidden(row) for row in range(top, bottom + 1)}
        return hidden.pop() if len(hidden) == 1 else self.excel.some_rows_hidden


class Lines(Com):
    """The rows or the columns of a range."""

    def __init__(self, excel: Excel, count: int) -> None:
        super().__init__(excel)
        self.count = count

    @property
    def Count(self) -> int:
        return self.count


class AreasOf(Collection):
    def __init__(self, rng: Range) -> None:
        super().__init__(rng.excel)
        self.range = rng

    def items(self) -> list[Range]:
        return [Range(self.range.sheet, [area]) for area in self.range.areas]


class Font(Com):
    def __init__(self, rng: Range) -> None:
        super().__init__(rng.excel)
        self.range = rng

    @property
    def Color(self) -> int:
        top, left, _, _ = self.range.areas[0]
        return self.range.sheet.back.font_color(top, left)


class FormatConditions(Collection):
    """The rules that touch a range."""

    def __init__(self, rng: Range) -> None:
        super().__init__(rng.excel)
        self.range = rng
        self.known: list[FormatCondition] | None = None

    def items(self) -> list[FormatCondition]:
        self.known = [FormatCondition(self, rule) for rule in self.range.sheet.back.rules() if self._touches(rule)]
        return list(self.known)

    def _item(self, key: int | str) -> FormatCondition:
        if self.known is None:
            self.items()
        assert self.known is not None and isinstance(key, int)
        if not 1 <= key <= len(self.known):
            raise refused("Subscript out of range")
        return self.known[key - 1]

    def _touches(self, rule: backend.Rule) -> bool:
        return self.range.areas == [EVERYTHING] or any(
            _overlap(one, other) for one in rule.areas for other in self.range.areas
        )

    def Add(
        self,
        Type: int,
        Operator: int | None = None,
        Formula1: str = "",
        Formula2: str | None = None,
    ) -> FormatCondition:
        if Type != EXPRESSION:
            raise NotImplementedError("the stand-in for Excel adds rules with a formula only")
        self.range.sheet.must_be_open_to_change()
        self.known = None
        rule = self.range.sheet.back.add_rule(self.range.areas, Formula1)
        rule.stops = True
        return FormatCondition(self, rule)


class FormatCondition(Com):
    def __init__(self, among: FormatConditions, rule: backend.Rule) -> None:
        super().__init__(among.excel)
        self.among, self.rule = among, rule

    @property
    def Type(self) -> int:
        return self.rule.kind

    @property
    def Formula1(self) -> str:
        if self.rule.kind not in (1, EXPRESSION):
            raise unknown("Formula1")
        return self.rule.formula

    @property
    def StopIfTrue(self) -> bool:
        """True where code made the rule: then no other rule of the cell shows (VBA-Docs, FormatCondition.StopIfTrue)."""
        return self.rule.stops

    @StopIfTrue.setter
    def StopIfTrue(self, value: bool) -> None:
        self.rule.stops = value

    @property
    def AppliesTo(self) -> Range:
        return Range(self.among.range.sheet, self.rule.areas)

    @property
    def Interior(self) -> Interior:
        return Interior(self)

    def SetFirstPriority(self) -> None:
        self.among.known = None
        self.rule.put_first()

    def Delete(self) -> None:
        self.among.range.sheet.must_be_open_to_change()
        self.rule.delete()
        if self.among.known is not None and self in self.among.known:
            self.among.known.remove(self)


class Interior(Com):
    def __init__(self, condition: FormatCondition) -> None:
        super().__init__(condition.excel)
        self.rule = condition.rule

    def change(self, **what: int) -> None:
        self.rule.look = replace(self.rule.look, **what)

    @property
    def ColorIndex(self) -> int:
        return _NO_FILL if self.rule.look.color is None else _SOME_FILL

    @property
    def Color(self) -> int | None:
        return self.rule.look.color

    @Color.setter
    def Color(self, value: int) -> None:
        self.change(color=int(value))

    @property
    def Pattern(self) -> int:
        return self.rule.look.pattern

    @Pattern.setter
    def Pattern(self, value: int) -> None:
        self.change(pattern=int(value))

    @property
    def PatternColor(self) -> int | None:
        return self.rule.look.pattern_color if self.rule.look.pattern != SOLID else None

    @PatternColor.setter
    def PatternColor(self, value: int) -> None:
        self.change(pattern_color=int(value))


_AREA = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?")


def areas_of(address: str, separator: str = ",") -> list[Box]:
    """`A1,B2:C3` as boxes. Excel takes 255 characters and no more; in a French Windows the separator may be `;` (pywin32's
    dynamic dispatch names no locale: pywin32 #2663, KB 246501).
    """
    if len(address) > 255:
        raise refused("Method 'Range' of object '_Worksheet' failed")
    return [_area(each.strip().upper()) for each in address.split(separator)]


def _area(text: str) -> Box:
    found = _AREA.fullmatch(text)
    if not found or not (found[1] or found[2]) or (":" not in text and not (found[1] and found[2])):
        raise refused("Method 'Range' of object '_Worksheet' failed")
    left, top, right, bottom = found.groups() if ":" in text else found.groups()[:2] * 2
    if (left is None) != (right is None) or (top is None) != (bottom is None):
        raise refused("Method 'Range' of object '_Worksheet' failed")
    one = (int(top or 1), _number(left) if left else 1)
    other = (int(bottom or LAST_ROW), _number(right) if right else LAST_COLUMN)
    return _around((*one, *one), (*other, *other))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _around(one: Box, other: Box) -> Box:
    """The box that spans both."""
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def address_of(areas: Areas) -> str:
    """`$A$1,$B$2:$C$3`, cut like Excel's after the last area that ends within 255 characters."""
    each = [_address(area) for area in areas]
    while len(",".join(each)) > 255:
        each.pop()
    return ",".join(each)


def _address(area: Box) -> str:
    top, left, bottom, right = area
    if (left, right) == (1, LAST_COLUMN):
        return f"${top}:${bottom}"
    if (top, bottom) == (1, LAST_ROW):
        return f"${col_name(left)}:${col_name(right)}"
    first, last = f"${col_name(left)}${top}", f"${col_name(right)}${bottom}"
    return first if first == last else f"{first}:{last}"


def _dollars(column: bool, row: bool) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{'$' * column}{found[1]}{'$' * row}{found[2]}"


def _rows_for(area: Box, value: Any) -> Any:
    """What is put into an area, as rows."""
    top, left, bottom, right = area
    if not isinstance(value, (list, tuple)):
        return [[value] * (right - left + 1)] * (bottom - top + 1)
    return value if value and isinstance(value[0], (list, tuple)) else [value]


def _inside(one: Box, other: Box) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]


def _single(rows: Sequence[Sequence[Any]]) -> Any:
    """What COM gives: the value of a single cell, otherwise rows as tuples."""
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else tuple(tuple(row) for row in rows)


def _to_com(value: Any) -> Any:
    """pywin32 gives moments in UTC; xlwings takes that off again."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _serial(value: Any) -> Any:
    return (value - _MIDNIGHT) / timedelta(days=1) if isinstance(value, datetime) else value


def _typed(value: Any, as_text: bool, french: bool) -> Any:
    """What Excel makes of what is put into a cell: a text a number, a boolean or an error where it looks like one, but for
    text cells and after '; in a text cell a number becomes a text.
    """
    if isinstance(value, str) and value.startswith("'"):
        return Literal(value[1:])
    if as_text and isinstance(value, float):
        return format(value, ".15g").replace(".", "," if french else ".")
    if not isinstance(value, str) or as_text:
        return value
    if value.upper() in (("VRAI", "FAUX") if french else ("TRUE", "FALSE")):
        return value.upper() in ("VRAI", "TRUE")
    if re.fullmatch(r"-?\d+([.,]\d+)?", value) and ("," in value) <= french >= ("." not in value):
        return float(value.replace(",", "."))
    return value


_FRENCH = str.maketrans("yd", "aj")


def _in_french(code: str) -> str:
    """A number format as Excel in French writes it."""
    return "Standard" if code == "General" else code.translate(_FRENCH)


def _from_french(code: str) -> str:
    if code == "General":
        raise refused("Unable to set the NumberFormat property of the Range class")
    return "General" if code == "Standard" else code.translate({ord("a"): "y", ord("j"): "d"})


def _from_com(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value
