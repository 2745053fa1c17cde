"""Who tells the story: presses buttons as a person does, and writes down all that the person sees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.request import url2pathname

import pytest
import xlwings as xw

from icare_xl.excel import press as pressing
from icare_xl.excel.buttons.tab import BUTTONS
from icare_xl.icare import recognise
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.text import Language, Text
from icare_xl.upload.ledger import History, open_ledger
from icare_xl.workbooks.excel import attach
from icare_xl.workbooks.file import FileHost
from tests.recorded.plain import NOON, FrozenDatetime, plain
from tests.stand_in.engine import Alert, Excel
from tests.support.sheets import small_workbook

_SHOWN = 12  # rows of a workbook that opens
_WIDE = 60  # signs of a cell
_CHOICES = {
    "ok": (Text("OK", "OK"),),
    "ok_cancel": (Text("OK", "OK"), Text("Cancel", "Annuler")),
    "yes_no": (Text("Yes", "Oui"), Text("No", "Non")),
}
_NAMES = {"ok": "OK", "yes": "Yes", "no": "No", "cancel": "Cancel"}


@dataclass
class Teller:
    """`folder` holds the workbooks, `ledger` is where the agency remembers; the story is in `lines`, as Markdown."""

    excel: Excel
    language: Language
    folder: Path
    ledger: Path
    patch: pytest.MonkeyPatch
    folders: Mapping[str, Path]
    lines: list[str] = field(default_factory=list)
    steps: list[tuple[str, list[Alert]]] = field(default_factory=list)  # each button pressed, and its boxes
    today: date = date(2026, 2, 2)
    uploads: int = 62957

    def __post_init__(self) -> None:
        self.patch.setattr("webbrowser.open", self._page)

    def chapter(self, en: str, fr: str) -> None:
        self._tell("", f"## {Text(en, fr).to(self.language)}")

    def says(self, en: str, fr: str) -> None:
        self._tell("", Text(en, fr).to(self.language))

    def day(self, day: date, person: str) -> None:
        """It is the morning of this day, and this person is at work."""
        self.today = day
        FrozenDatetime.minutes = (day - NOON.date()) // timedelta(minutes=1)
        for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
            self.patch.setenv(name, person)
        self._tell("", f"### {day:%Y-%m-%d}, {person}")

    def opens(self, name: str) -> None:
        self.excel.open(self.folder / name)
        self._tell("", Text(f"Opens `{name}`.", f"Ouvre `{name}`.").to(self.language))

    def goes_to(self, name: str) -> None:
        """Brings an open workbook to the front; its name may begin so."""
        book = next(each for each in self.excel.app.books if each.name.startswith(name))
        book.activate()
        self._tell("", Text(f"Goes to `{book.name}`.", f"Passe à `{book.name}`.").to(self.language))

    def closes_all(self) -> None:
        for book in list(self.excel.app.books):
            book.close()

    def selects(self, cell: str) -> None:
        self._front.range(cell).select()
        self._tell("", Text(f"Selects {cell}.", f"Sélectionne {cell}.").to(self.language))

    def enters(self, cell: str, value: str) -> None:
        """A value into a cell; text, as the cells of the templates are."""
        self._front.range(cell).value = value
        self._tell("", Text(f"Types `{value}` into {cell}.", f"Inscrit `{value}` dans {cell}.").to(self.language))

    def presses(self, button: str, *answers: str, types: Sequence[str] = (), picks: Sequence[str] = ()) -> str:
        """Press a button; what the last box said."""
        before = [book.name for book in self.excel.app.books]
        self.excel.alerts.clear()
        self.excel.answers[:], self.excel.typed[:] = answers, types
        self.excel.folders[:] = [str(self.folder / each) for each in picks]
        FrozenDatetime.minutes += 1
        self._tell("", f"**{BUTTONS[button].label.to(self.language)}**")
        pressing.press(button, attach(self.excel.hwnd), self.language, self.today, lambda language: None)
        given = list(answers)
        for alert in self.excel.alerts:
            self._box(alert, given)
        if not self.excel.alerts and (bar := self._bar()):
            self._tell("", f"*{bar}*")
        for book in list(self.excel.app.books):
            if book.name not in before:
                self._workbook(book)
        self.steps.append((button, list(self.excel.alerts)))
        self.must_hold_no_row_twice()
        return self.excel.alerts[-1].prompt if self.excel.alerts else self._bar()

    def must_hold_no_row_twice(self) -> None:
        """Of what iCARE has or may get, each row is in one file, profiles apart."""
        if self.ledger.exists():
            history = self.history()
            assert not history.doubled(), history.doubled()

    def history(self) -> History:
        return open_ledger(self.ledger, "the test").history()

    def rejects(self, file: str, rows: Mapping[int, str], back: str) -> None:
        """iCARE takes a file and sends these rows (Excel’s) back, each with a note."""
        sent = self._read(file)
        numbers = sent.rows.tolist()
        self.uploads += 1
        values = {}
        for row, message in rows.items():
            head = f"[BUID:{self.uploads},RID:,ORP:{numbers.index(row) + 1}/{len(numbers)},DTS:{self.today} 10:05:04]"
            held = {id_: sent.grid.at(row, column).text for id_, column in sent.layout.columns.items()}
            values[4 + len(values)] = {id_: text for id_, text in held.items() if text} | {NOTES: head + message}
        small_workbook(self.folder / back, values, of=sent.template)

    def _read(self, file: str) -> Sheet:
        with FileHost(self.folder / file) as host:
            return recognise.upload_sheet(host)

    @property
    def _front(self) -> xw.Sheet:
        return self.excel.app.books.active.sheets.active

    def _bar(self) -> str:
        shown = self.excel.app.status_bar
        return plain(shown, self.folders) if isinstance(shown, str) else ""

    def _box(self, alert: Alert, given: list[str]) -> None:
        lines = plain(alert.prompt, self.folders).splitlines()
        choices = [each.to(self.language) for each in _CHOICES.get(alert.buttons, ())]
        asks_for_text = alert.buttons == "ok_cancel" and alert.mode is None
        pressed = "" if asks_for_text else given.pop(0) if given else alert.buttons.split("_")[0]
        names = [each.en for each in _CHOICES.get(alert.buttons, ())]
        shown = [f"[**{text}**]" if _NAMES.get(pressed) == name else f"[{text}]"
                 for text, name in zip(choices, names, strict=True)]  # fmt: skip
        self._tell("", *(f"> {line}".rstrip() + ("  " if line else "") for line in lines), "> ", f"> {' '.join(shown)}")

    def _workbook(self, book: xw.Book) -> None:
        """The first cells of a workbook that has opened."""
        sheet = book.sheets.active
        values = [[_text(value) for value in row] for row in _rows(sheet)]
        kept = [column for column in range(len(values[0])) if any(row[column] for row in values)] if values else []
        self._tell("", Text(f"`{book.name}` opens:", f"`{book.name}` s’ouvre :").to(self.language), "")
        for number, row in enumerate(values[:_SHOWN]):
            self._tell("| " + " | ".join(plain(row[column], self.folders) or " " for column in kept) + " |")
            if number == 0:
                self._tell("|" + "---|" * len(kept))
        if len(values) > _SHOWN:
            self._tell(
                "",
                Text(f"… {len(values) - _SHOWN} more rows", f"… {len(values) - _SHOWN} lignes de plus").to(
                    self.language
                ),
            )

    def _page(self, url: str) -> bool:
        name = Path(url2pathname(url.removeprefix("file:"))).name
        self._tell("", Text(f"The browser shows `{name}`.", f"Le navigateur affiche `{name}`.").to(self.language))
        return True

    def _tell(self, *lines: str) -> None:
        self.lines += lines

    @property
    def story(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip() + "\n"


def _rows(sheet: xw.Sheet) -> list[list[object]]:
    held = sheet.used_range.raw_value
    if not isinstance(held, (list, tuple)):
        return [[held]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in held]


def _text(value: object) -> str:
    text = "" if value is None else str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = text.replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"
