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
from icare_xl.excel.dialog import TITLE
from icare_xl.excel.forms.layout import MARK
from icare_xl.excel.forms.reading import read
from icare_xl.excel.forms.record import KINDS
from icare_xl.icare import recognise
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.text import Language, Text
from icare_xl.upload.ledger import History, open_ledger
from icare_xl.workbooks.excel import attach
from icare_xl.workbooks.file import FileHost
from tests.recorded.plain import NOON, FrozenDatetime, plain
from tests.stand_in.engine import Alert, Excel
from tests.support.sheets import small_workbook

GENERATED = "written by python -m tests.story"
_SHOWN = 12  # rows of a workbook that opens
_WIDE = 60  # signs of a cell
_CHOICES = {"ok": Text("OK", "OK"), "yes": Text("Yes", "Oui"), "no": Text("No", "Non")}
_CANCEL = Text("Cancel", "Annuler")


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

    def title(self, en: str, fr: str) -> None:
        self._tell(f"# {self.either(en, fr)}", "", f"<!-- {GENERATED} -->")

    def either(self, en: str, fr: str) -> str:
        return Text(en, fr).to(self.language)

    def chapter(self, en: str, fr: str) -> None:
        self._tell("", f"## {Text(en, fr).to(self.language)}")

    def later(self, en: str, fr: str) -> None:
        """Something else is done, whatever was seen last."""
        self._tell("", f"#### {self.either(en, fr)}")

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

    def fills(self, row: int, column: str, value: str) -> None:
        """A cell of the form in front: the row counts from 0 below its head."""
        book = attach(self.excel.hwnd).workbook()
        filled = read(book.grid(book.front), KINDS)
        entry, kind = filled.entries[row], filled.kind
        head = next(each.head for each in kind.columns if each.id == column).to(self.language)
        self._front.range((entry.row, filled.columns[column] + 1)).value = value
        told = self.either(
            f"In row {entry.row}, under “{head}”: `{value}`", f"À la ligne {entry.row}, sous « {head} » : `{value}`"
        )
        self._tell("", told)

    def presses(self, button: str, *answers: str, types: Sequence[str] = (), picks: Sequence[str] = ()) -> str:
        """Press a button; what the last box said."""
        before = [book.name for book in self.excel.app.books]
        self.excel.alerts.clear()
        self.excel.answers[:], self.excel.typed[:] = answers, types
        self.excel.folders[:] = [str(self.folder / each) for each in picks]
        FrozenDatetime.minutes += 1
        self._tell("", f"**{BUTTONS[button].label.to(self.language)}**")
        pressing.press(button, attach(self.excel.hwnd), self.language, self.today, lambda language: None)
        given, typed, picked = list(answers), list(types), [f"Z:/{each}" for each in picks]
        for alert in self.excel.alerts:
            self._box(alert, given, typed, picked)
        told = any(alert.buttons == "ok" for alert in self.excel.alerts)  # its first sentence is in the bar
        if not told and (bar := self._bar()):
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
        return self._plain(shown) if isinstance(shown, str) else ""

    def _box(self, alert: Alert, given: list[str], typed: list[str], picked: list[str]) -> None:
        """A box with the button that was chosen; a question for a text with what was typed, for a folder with what was picked."""
        if alert.buttons == "ok_cancel" and alert.title != TITLE.to(self.language):
            self._tell("", f"> {alert.title}: `{picked.pop(0) if picked else '–'}`")
            return
        lines = [f"> {line}  ".rstrip(" ") + "  " * bool(line) for line in self._plain(alert.prompt).splitlines()]
        if alert.buttons == "ok_cancel":
            answer = f"`{typed.pop(0)}`" if typed else f"[**{_CANCEL.to(self.language)}**]"
        else:
            pressed = given.pop(0) if given else alert.buttons.partition("_")[0]
            choices = [_CHOICES[name] for name in alert.buttons.split("_")]
            shown = (each.to(self.language) for each in choices)
            answer = " ".join(
                f"[**{text}**]" if _CHOICES[pressed].to(self.language) == text else f"[{text}]" for text in shown
            )
        self._tell("", *lines, ">", f"> {answer}")

    def _workbook(self, book: xw.Book) -> None:
        """The first cells of a workbook that has opened; what is hidden stays so."""
        rows = [["" if value is None else _text(value) for value in row] for row in _rows(book.sheets.active)]
        hidden = [column for column in range(len(rows[0])) if any(row[column].startswith(MARK) for row in rows)]
        rows = [[self._plain(text) for column, text in enumerate(row) if column not in hidden] for row in rows]
        name = book.name.rstrip("0123456789")  # Excel counts what is new
        self._tell("", self.either(f"`{name}` opens:", f"`{name}` s’ouvre :"), "")
        table = [row for row in rows if sum(map(bool, row)) > 1]
        self._tell(*(f"{row[0]}  " for row in rows if sum(map(bool, row)) == 1), "")
        kept = [column for column in range(len(rows[0])) if any(row[column] for row in table)]
        for number, row in enumerate(table[:_SHOWN]):
            self._tell("| " + " | ".join(_short(row[column]) or " " for column in kept) + " |")
            if number == 0:
                self._tell("|" + "---|" * len(kept))
        if (more := len(table) - _SHOWN) > 0:
            self._tell("", self.either(f"… and {more} more rows", f"… et {more} autres lignes"))

    def _plain(self, text: str) -> str:
        return plain(text, self.folders).replace("<office>", "Z:")

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
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return text.replace("|", "\\|").replace("\n", " ")


def _short(text: str) -> str:
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"
