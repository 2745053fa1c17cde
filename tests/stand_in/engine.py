"""An Excel to test with: a backend, the log of its round trips, and what a test may make go wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest.mock import patch

import xlwings as xw

from tests.stand_in.backend import Backend
from tests.stand_in.com import Application, AutoCorrect, Com, FileDialog, Workbook
from tests.stand_in.windows import ComError, Nothing, xlwindows

EDIT_MODE = -2146777998  # 0x800AC472: somebody is typing in a cell
HWND = 1

_BUTTONS = {0: "ok", 1: "ok_cancel", 3: "yes_no_cancel", 4: "yes_no"}  # MB_OK and so on, as Windows numbers them
_MODES = {0: None, 0x40: "info", 0x30: "critical"}
_LINES, _WIDTH = 12, 64  # what a box shows on a screen 768 pixels high, and signs of a line (docs/excel.md, E56)
_ANSWERS = {"ok": 1, "cancel": 2, "yes": 6, "no": 7}


class Alert(NamedTuple):
    prompt: str
    title: str
    buttons: str
    mode: str | None


def shown_in_box(prompt: str) -> list[str]:
    """The lines of a box: Windows breaks one that is too long at a blank, or where there is none anywhere."""
    lines = []
    for line in prompt.split("\n"):
        while len(line) > _WIDTH:
            at = line.rfind(" ", 0, _WIDTH + 1)
            lines.append(line[: at if at > 0 else _WIDTH])
            line = line[at + 1 if at > 0 else _WIDTH :]
        lines.append(line)
    return lines


class Excel:
    """Excel for one test. The attributes below `answers` are there to be set by a test."""

    hwnd = HWND

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.calls: list[str] = []  # "Range.Value" is a reading, "Range.Value =" a writing
        self.alerts: list[Alert] = []
        self.off_screen: list[str] = []  # what boxes said whose OK is below the end of a small screen
        self.answers: list[str] = []  # to the next alerts; when there is none left, Enter is pressed
        self.typed: list[str] = []  # into the next boxes
        self.folders: list[str] = []  # picked in the next dialogs; when there is none left, they are cancelled
        self.files: list[str] = []  # and in the next dialogs for files
        self.unsaved: set[str] = set()  # the names of workbooks that were changed since they were saved
        self.edit_mode = False  # Excel refuses every call but Ready
        self.fault: Callable[[str], bool] = lambda call: False  # which calls Excel refuses as in edit mode
        self.refusal: tuple[Any, ...] = (EDIT_MODE, "OLE error 0x800ac472", None, None)  # and what it says then
        self.at_box: Callable[[], None] = lambda: None  # what happens while a box is open
        self.user: Callable[[str], None] = lambda call: None  # acts before a call, while Excel listens to the keyboard
        self.on_change: Callable[[Any], None] = lambda cells: None  # what code of others does with each change
        self.french = False  # an Excel and a Windows in French
        self.some_rows_hidden: bool | None = None  # what Excel answers of rows of which only some are hidden
        self.some_merged: bool | None = None  # and of cells of which only some are merged, or all in several areas
        self.autosave: bool | None = False  # None: an Excel that knows no AutoSave
        self.protected_views = 0
        self.protected_view_in_front = False
        self.chart: str | None = None  # a chart sheet of this name is in front
        self.url: str | None = None  # the folder on the web that open books are in
        self.read_only = self.shared = self.final = False
        self.arrays: list[Any] = []  # boxes that one formula fills
        self.spills: (
            list[Any] | None
        ) = []  # and those where its results spill over; None: an Excel that knows no spilling
        self.autocorrect = AutoCorrect(self)
        self.file_dialog = FileDialog(self)
        self.listed_without_book = True  # xlwings does not find an Excel without any window, not even a hidden one
        self.application = Application(self)

    @property
    def name(self) -> str:
        return self.backend.name

    @property
    def app(self) -> xw.App:
        return xw.App(impl=xlwindows.App(xl=HWND))

    def open(self, path: Path) -> xw.Book:
        """Open a workbook, as the user would: nothing is logged."""
        return xw.Book(impl=xlwindows.Book(Workbook(self, self.backend.open(path))))

    def close_all(self) -> None:
        for book in self.backend.books():
            book.close()

    def active_book(self) -> Workbook | None:
        active = self.backend.active()
        return Workbook(self, active) if active else None

    @property
    def separator(self) -> str:
        """What Excel takes between addresses."""
        return ";" if self.french else ","

    def changed(self, cells: Any) -> None:
        """Code of others may follow each change of a sheet, unless events are off."""
        if object.__getattribute__(self.application, "EnableEvents"):
            self.on_change(cells)

    def called(self, call: str) -> None:
        """One round trip."""
        self.calls.append(call)
        if object.__getattribute__(self.application, "Interactive"):
            self.user(call)
        if (self.edit_mode and call != "Application.Ready") or self.fault(call):
            raise ComError(*self.refusal)

    def alert(self, prompt: str, title: str) -> Alert:
        return Alert(prompt, title, "ok_cancel", None)

    def message_box(self, hwnd: int, prompt: str, title: str, style: int) -> int:
        alert = Alert(prompt, title, _BUTTONS[style & 0xF], _MODES[style & 0xF0])
        self.alerts.append(alert)
        if len(shown_in_box(prompt)) > _LINES:
            self.off_screen.append(prompt)
        self.at_box()
        return _ANSWERS[self.answers.pop(0) if self.answers else alert.buttons.split("_")[0]]


@contextmanager
def in_place(backend: Backend) -> Iterator[Excel]:
    """While this lasts, xlwings finds this Excel and no other."""
    excel = Excel(backend)
    engine = xw.Engine(impl=xlwindows.engine)
    windows: dict[str, Any] = {
        "get_excel_hwnds": lambda: iter([HWND] if excel.listed_without_book or backend.books() else []),
        "get_xl_app_from_hwnd": lambda hwnd: xlwindows.COMRetryObjectWrapper(excel.application),
        "CDispatch": Com,
        "is_hwnd_xl_app": lambda hwnd: True,
        "windll": Nothing(),
        "win32api": SimpleNamespace(MessageBox=excel.message_box),
        "win32con": SimpleNamespace(
            MB_OK=0, MB_OKCANCEL=1, MB_YESNOCANCEL=3, MB_YESNO=4, MB_ICONINFORMATION=0x40, MB_ICONWARNING=0x30
        ),
        "win32process": SimpleNamespace(GetWindowThreadProcessId=lambda hwnd: (0, os.getpid())),
        "win32timezone": SimpleNamespace(TimeZoneInfo=SimpleNamespace(utc=lambda: UTC)),
    }
    engines = {"active": engine, "engines": [engine], "engines_by_name": {engine.name: engine}}
    with patch.multiple(xlwindows, **windows), patch.multiple(xw.engines, **engines):
        yield excel
