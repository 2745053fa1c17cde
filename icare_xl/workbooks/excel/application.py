"""The Excel that runs: finding it, what it shows and asks, and what it opens."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from icare_xl.model.errors import IcareError
from icare_xl.workbooks.excel.book import ExcelHost
from icare_xl.workbooks.excel.errors import (
    CellBeingEdited,
    ChartInFront,
    NameInUse,
    NoExcel,
    NotOpen,
    NoWorkbook,
    OnlineFile,
    OnlineFolder,
    ProtectedView,
)
from icare_xl.workbooks.excel.faults import is_busy, is_refusal


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

LONGEST_IN_BAR = LONGEST_PROMPT = 255
_ATTEMPTS = 2000  # some seconds; xlwings would repeat a call for ever while Excel rejects it
_FILES, _FOLDERS = 3, 4  # msoFileDialogFilePicker, msoFileDialogFolderPicker
_OK = -1


def _tamed(windows: Any) -> Any:
    """xlwings' code for Windows, which would end every Excel that it does not list when this process ends, whoever it
    belongs to.
    """
    atexit.unregister(windows.cleanup)
    windows.N_COM_ATTEMPTS = _ATTEMPTS
    return windows


if "_xlwindows" in vars(xw):
    _tamed(vars(xw)["_xlwindows"])


def attach(hwnd: int | None) -> Excel:
    """The Excel that this window belongs to; any that runs, without one. Raises NoExcel and CellBeingEdited."""
    try:
        app = next((app for app in xw.apps if hwnd is None or app.pid == _process(hwnd)), None)
        if app is not None and app.api is not None:
            return Excel(app)
    except Exception as fault:
        if is_busy(fault):
            raise CellBeingEdited from fault
        if not (is_refusal(fault) or isinstance(fault, (OSError, xw.XlwingsError))):  # no Excel, or one out of reach
            raise
        raise NoExcel from fault
    raise NoExcel


def _process(hwnd: int) -> int:
    """An Excel has a window for each workbook, of which xlwings knows one; the process tells."""
    return int(_tamed(vars(xw)["_xlwindows"]).win32process.GetWindowThreadProcessId(hwnd)[1])


class Excel:
    """A running Excel: what it shows, and what it opens. `in_bar`: this press has put a text there."""

    longest_prompt, longest_in_bar = LONGEST_PROMPT, LONGEST_IN_BAR
    in_bar = False

    def __init__(self, app: xw.App) -> None:
        self._app = app
        self._api: Any = app.api

    def workbook(self) -> ExcelHost:
        """The workbook in front. Raises where there is none to work with."""
        if not self._api.Ready:
            raise CellBeingEdited
        if self._api.ActiveProtectedViewWindow is not None:  # a workbook behind it would be taken for it
            raise ProtectedView
        front = self._api.ActiveSheet
        if front is None:
            raise ProtectedView if self._api.ProtectedViewWindows.Count else NoWorkbook
        book = ExcelHost(self._api, self._api.ActiveWorkbook, str(front.Name), self._app.pid)
        if book.front not in [sheet.name for sheet in book.sheets]:
            raise ChartInFront(name=book.front)
        return book

    def workbook_named(self, name: str) -> ExcelHost:
        """An open workbook, in front or not. Raises NotOpen."""
        books = self._api.Workbooks
        for book in (books(number) for number in range(1, books.Count + 1)):
            if str(book.Name).lower() == name.lower():
                return ExcelHost(self._api, book, str(book.ActiveSheet.Name), self._app.pid)
        raise NotOpen(name=name)

    def status(self, text: str) -> None:
        """A line at the bottom of the window, of `longest_in_bar` letters at most; it stays until the next one, or until
        `give_bar_back`.
        """
        self.in_bar = True
        self._api.StatusBar = text

    def give_bar_back(self) -> None:
        """The bar shows what Excel has to say again."""
        self._api.StatusBar = False

    def tell(self, text: str, title: str) -> None:
        self._app.alert(text, title, mode="info")

    def ask(self, text: str, title: str) -> bool:
        return bool(self._app.alert(text, title, buttons="yes_no", mode="info") == "yes")

    def ask_text(self, text: str, title: str) -> str | None:
        """What the person types, or None where they would rather not. `text` has at most `longest_prompt` letters: of a
        longer one Excel opens no box, and gives the number of an error back.
        """
        answer = self._api.InputBox(text, title)
        if not isinstance(answer, (str, bool)):
            raise ValueError("the question was too long to be asked")
        return answer.strip() if isinstance(answer, str) else None  # False: cancelled

    def ask_folder(self, title: str, first: Path) -> Path | None:
        """A folder of this computer that the person picks, or None where they would rather not. Raises OnlineFolder."""
        return _picked(self._api.FileDialog(_FOLDERS), title, first, OnlineFolder)

    def ask_file(self, title: str, kind: str, first: Path) -> Path | None:
        """A workbook of this computer that the person picks, or None where they would rather not. `kind` is how workbooks are
        called there, `first` the folder shown at first. Raises OnlineFile.
        """
        dialog = self._api.FileDialog(_FILES)
        dialog.AllowMultiSelect = False
        dialog.Filters.Clear()
        dialog.Filters.Add(kind, "*.xlsx")
        return _picked(dialog, title, first, OnlineFile)

    def folder_in_front(self) -> Path | None:
        """The folder of the workbook in front; None where there is none on this computer."""
        front = self._api.ActiveWorkbook
        folder = "" if front is None else str(front.Path)
        return Path(folder) if folder and "://" not in folder else None

    def unsaved(self, paths: Iterable[Path]) -> list[Path]:
        """Those of these files that are open with changes which were not saved yet."""
        open_ = [str(book.FullName) for book in self._books() if not book.Saved]
        return [path for path in paths if any(_same_place(name, path) for name in open_)]

    def open(self, path: Path, local: bool = False) -> None:
        """Open a workbook, or bring it to the front where it is open; a text file by the separators of the United States, or
        `local`, by those of this computer. Raises NameInUse where another of its name is open.
        """
        for book in self._books():
            if str(book.Name).lower() == path.name.lower():
                if not _same_place(str(book.FullName), path):
                    raise NameInUse(name=path.name)
                book.Activate()
                return
        if local:
            self._app.books.open(str(path), local=True)
        else:
            self._api.Workbooks.Open(str(path))

    def _books(self) -> list[Any]:
        books = self._api.Workbooks
        return [books(number) for number in range(1, books.Count + 1)]

    def open_copy(self, path: Path) -> None:
        """Open what a file holds as a new workbook that nobody has saved yet."""
        self._api.Workbooks.Add(str(path))


def _picked(dialog: Any, title: str, first: Path, online: type[IcareError]) -> Path | None:
    """What the person picks in a dialog that begins in a folder."""
    dialog.Title, dialog.InitialFileName = title, f"{first}\\"
    if dialog.Show() != _OK:
        return None
    picked = str(dialog.SelectedItems(1))
    if "://" in picked:
        raise online(name=picked)
    return Path(picked)


def _same_place(full_name: str, path: Path) -> bool:
    """Whether an open workbook is this file. Of one in a synced folder Excel gives the address: its end tells."""
    if "://" in full_name:
        return full_name.lower().split("/")[-2:] == [part.lower() for part in path.parts[-2:]]
    return Path(full_name) == path
