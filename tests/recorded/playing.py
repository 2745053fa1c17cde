"""A play: buttons pressed in Excel one after the other, and all that the person sees of it written down."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import url2pathname

import openpyxl
import pytest
from click.testing import CliRunner

from icare_xl.cli.command import main
from icare_xl.excel import press as pressing
from icare_xl.model.addresses import a1
from icare_xl.model.text import Language
from icare_xl.workbooks.excel import attach
from tests.recorded.plain import TODAY, plain, tick
from tests.recorded.written import Files, changes, digest, lines
from tests.stand_in.backend import rgb
from tests.stand_in.engine import Excel
from tests.stand_in.with_openpyxl import Book, OpenpyxlBackend, Sheet

VISIBLE = -1
LARGE = 60_000  # bytes; openpyxl takes seconds to open a workbook with 2,500 prepared rows
_KEY = re.compile(r"[0-9a-f]{16}")  # made of the path of a workbook
_NUMBER = re.compile(r"-\d{15,}\.")  # the time of a change


@dataclass(frozen=True)
class Play:
    """What a person does in Excel in a folder that holds `files`: lines of a word and what it is about, as in `Player`."""

    name: str
    files: tuple[str, ...]
    lines: str


class Opening(OpenpyxlBackend):
    """Notes the parts of each new workbook that a button makes; instead of a large one it shows an empty one."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[str] = []
        self.folders: Mapping[str, Path] = {}

    def add(self, template: Path | None = None) -> Book:
        if template:
            self.made += [
                f"opened a new workbook {template.name}",
                *(f"  {each}" for each in lines(template, self.folders)),
            ]
        return super().add(None if template and template.stat().st_size > LARGE else template)


@dataclass
class Player:
    """The first word of a line is a method of this, the others are what it gets."""

    excel: Excel
    backend: Opening
    language: Language
    folders: Mapping[str, Path]
    told: list[str] = field(default_factory=list)

    def press(self, button: str, *answers: str) -> None:
        """Press a button; the answers go to the questions that it asks."""
        self.excel.alerts.clear()
        self.excel.answers[:] = answers
        pressing.press(button, attach(self.excel.hwnd), self.language, TODAY, self._keep)
        for alert in self.excel.alerts:
            self.told += [f"{alert.buttons} box: {alert.title}", *_indented(alert.prompt)]
        if text := object.__getattribute__(self.excel.application, "StatusBar"):  # looked at, not called
            self.told.append(f"status bar: {text}")
        self.told += self.backend.made
        self.backend.made.clear()

    def open(self, name: str) -> None:
        self.excel.open(self.folders["folder"] / name)

    def close(self, name: str) -> None:
        self._book(name).close()

    def front(self, name: str) -> None:
        self._book(name).activate()

    def select(self, address: str) -> None:
        self.excel.app.books.active.sheets.active.range(address).select()

    def enter(self, address: str, value: str) -> None:
        self.excel.app.books.active.sheets.active.range(address).value = value

    def delete(self, row: str) -> None:
        self.excel.app.books.active.sheets.active.range(f"{row}:{row}").api.EntireRow.Delete()

    def protect(self) -> None:
        self.excel.app.books.active.sheets.active.api.Protect()

    def type(self, text: str) -> None:
        """Into the next box that asks for a text."""
        self.excel.typed.append(text)

    def pick(self, folder: str) -> None:
        """In the next dialog that asks for a folder."""
        path = self.folders["folder"] / folder
        path.mkdir()
        self.excel.folders.append(str(path))

    def pick_here(self) -> None:
        """The folder of the play itself."""
        self.excel.folders.append(str(self.folders["folder"]))

    def pick_file(self, name: str) -> None:
        """In the next dialog that asks for a file."""
        self.excel.files.append(str(self.folders["folder"] / name))

    def make(self, attribute: str, value: str) -> None:
        """Excel as it may be: `edit_mode yes`, `read_only yes`, `url https://…`."""
        setattr(self.excel, attribute, {"yes": True, "no": False}.get(value, value))

    def run(self, *words: str) -> None:
        """On the command line."""
        assert CliRunner().invoke(main, list(words)).exit_code == 0

    def _keep(self, language: Language) -> None:
        self.told.append(f"language from now on: {language}")

    def _book(self, name: str) -> Book:
        return next(each for each in self.backend.books() if each.name == name)

    def page(self, url: str) -> bool:
        """A page comes up in the browser."""
        path = Path(url2pathname(url.removeprefix("file:")))
        self.told.append(f"opened the page {path.name} {digest(path.read_bytes())}")
        return True


def played(play: Play, excel: Excel, language: Language, folders: Mapping[str, Path], patch: pytest.MonkeyPatch) -> str:
    """The lines of a play, each with what it told and what it changed in the workbooks and in the folders."""
    assert isinstance(excel.backend, Opening)
    player = Player(excel, excel.backend, language, folders)
    excel.backend.folders = folders
    patch.setattr("webbrowser.open", player.page)
    files, told = Files(folders, _sheets), []
    seen, written = _seen(excel.backend), files.contents()
    for line in filter(None, map(str.strip, play.lines.splitlines())):
        tick()
        word, *rest = shlex.split(line)
        getattr(player, word)(*rest)
        seen_now, written_now = _seen(excel.backend), files.contents()
        seen |= _opened(excel.backend, seen)
        told += ["", f"> {line}", *(plain(each, folders) for each in player.told)]
        told += [plain(f"- {each}", folders) for each in seen if each not in seen_now]
        told += [plain(f"+ {each}", folders) for each in seen_now if each not in seen]
        told += changes(written, written_now, _without_keys)
        seen, written = seen_now, written_now
        player.told.clear()
    return "\n".join(told[1:]) + "\n"


def _seen(backend: OpenpyxlBackend) -> dict[str, None]:
    """Every filled cell, every conditional format, and what is selected, a line each, in the order of the screen."""
    found = [f"{book.name} {line}" for book in backend.books() for line in _in_book(book)]
    active = backend.active()
    front = [f"in front: {active.name}, {active.active_sheet()}, {_areas(active.selection())}"] if active else []
    return dict.fromkeys(found + front)


def _opened(backend: OpenpyxlBackend, before: Mapping[str, None]) -> dict[str, None]:
    """What is in the files that were opened since: the inputs, of which nobody needs to be told."""
    new = [
        book for book in backend.books() if book.path and not any(each.startswith(f"{book.name} ") for each in before)
    ]
    return dict.fromkeys(f"{book.name} {line}" for book in new for line in _in_book(book))


def _in_book(book: Book) -> Iterator[str]:
    for sheet in book.sheets():
        if sheet.visible == VISIBLE:
            yield from _cells(sheet)
            for rule in sheet.rules():
                look = f"{rgb(rule.look.color)} {rule.look.pattern} {rgb(rule.look.pattern_color)}"
                stops = " stops" if rule.stops else ""
                yield f"{sheet.name}: format {look}{stops} where {rule.formula} in {_areas(rule.areas)}"


def _cells(sheet: Sheet) -> Iterator[str]:
    top, left, bottom, right = box = sheet.used()
    values, formulas = sheet.values(box), sheet.formulas(box)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            value, formula = values[row - top][column - left], formulas[row - top][column - left]
            if value is not None:
                shown = f" of {formula}" if formula.startswith("=") and value != formula else ""
                yield f"{sheet.name}: {a1(row, column - 1)} {value!r}{shown} as {sheet.number_format(row, column)}"


def _areas(areas: list[tuple[int, int, int, int]]) -> str:
    corners = [(a1(top, left - 1), a1(bottom, right - 1)) for top, left, bottom, right in areas]
    return ",".join(first if first == last else f"{first}:{last}" for first, last in corners)


def _sheets(path: Path) -> Iterator[str]:
    """A copy of an open workbook, which openpyxl wrote, by its values: its parts differ between versions of openpyxl."""
    for sheet in openpyxl.load_workbook(path).worksheets:
        values = "\n".join(map(repr, sheet.values)).encode()
        yield f"{sheet.title} {sheet.dimensions} {hashlib.sha256(values).hexdigest()[:12]}"


def _without_keys(name: str) -> str:
    return _KEY.sub("<key>", _NUMBER.sub("-<number>.", name))


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.splitlines()]
