"""What a button works with: the Excel it was pressed in, and the person who pressed it."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from icare_xl import journal, kept, messages, notes, rejections, say, snapshot
from icare_xl.address import a1, areas, cells_of, place_of
from icare_xl.check import check, recheck
from icare_xl.grid import Stored
from icare_xl.guards import Wish
from icare_xl.guide import page_of
from icare_xl.journal import Change, Marker, Marks, Undone
from icare_xl.ledger import Ledger, open_ledger, take_back
from icare_xl.matching import CLIENT
from icare_xl.model import Language, Mark, Report, Text
from icare_xl.moved import clients, digests, followed
from icare_xl.rejections import Rejected
from icare_xl.rules.rule import When
from icare_xl.settings import Settings, person
from icare_xl.sheet import Sheet
from icare_xl.upload import Plan
from icare_xl.xlsx.marks import LOOKS

if TYPE_CHECKING:
    from icare_xl.hosts.excel import Excel, ExcelHost

Marked = Mapping[Mark, Collection[tuple[int, int]]]
LINES = 12  # more do not fit a box on a small screen
TITLE = Text("iCARE check", "Vérification iEDEC")


@dataclass
class Desk:
    """`folder` is where the program keeps what is its own: the journal, pages to open. `documents` is the person's, and
    `own_messages` the catalogue of iCARE's messages that they extend.
    """

    excel: Excel
    language: Language
    when: When
    settings: Settings
    folder: Path
    documents: Path
    keep_language: Callable[[Language], None]
    own_messages: Path
    _account: str | None = None

    @property
    def without(self) -> frozenset[str]:
        """The rules that the person has left out."""
        return self.settings.without

    @cached_property
    def ledger(self) -> Ledger:
        """The memory of what was saved and what came back."""
        return open_ledger(self.settings.ledger, person())

    @cached_property
    def book(self) -> ExcelHost:
        """The workbook in front."""
        return self.excel.workbook()

    @cached_property
    def sheet(self) -> Sheet:
        """Its iCARE sheet, brought to the front."""
        sheet = snapshot.take(self.book)
        self.book.show(sheet.name)
        return sheet

    @cached_property
    def report(self) -> Report:
        """What is wrong with that sheet."""
        return check(self.sheet, self.when, self.without)

    @cached_property
    def rejected(self) -> Rejected:
        """What iCARE's notes on that sheet say."""
        return rejections.read(self.sheet, messages.load(self.own_messages))

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of the selected cell of the iCARE sheet."""
        self.sheet  # noqa: B018 - comes to the front
        return self.book.cell

    @property
    def kind(self) -> str | None:
        """The rule of the finding that the person went to last."""
        return self._kind.read_text("utf-8") if self._kind.exists() else None

    @kind.setter
    def kind(self, rule: str) -> None:
        self._kind.write_text(rule, "utf-8")

    def plan(self, out: Path, confirmed: bool = False) -> Plan:
        """How to save the sheet for upload; where the agency has several accounts, the person names one."""
        accounts = self.settings.accounts
        if len(accounts) > 1 and self._account is None:
            self._account = self.excel.ask_text(say.which_account(accounts).to(self.language), TITLE.to(self.language))
        wish = Wish(account=self._account, confirmed=confirmed)
        return Plan(out, self.when, self.settings, wish, self.ledger, self.language)

    def tell(self, *texts: Text) -> None:
        """Say it in a box, and the first sentence in the status bar, where it stays."""
        self.excel.status(texts[0].to(self.language).partition("\n")[0])
        self.excel.tell(self._page(texts), TITLE.to(self.language))

    def status(self, text: Text) -> None:
        self.excel.status(text.to(self.language))

    def ask(self, *texts: Text) -> bool:
        """Ask the first of these, with the others below it."""
        return self.excel.ask(self._page(texts), TITLE.to(self.language))

    def ask_about(self, question: Text, changes: Sequence[Text]) -> bool:
        """Ask, with every change before the person's eyes: below the question, or on a page where they are too many."""
        if len(changes) <= LINES:
            return self.ask(question, *changes)
        path = self.folder / "changes.html"
        path.write_text(page_of(TITLE, changes, self.language), "utf-8")
        webbrowser.open(path.as_uri())
        try:
            return self.ask(question, say.ON_A_PAGE)
        finally:
            path.unlink()

    def _page(self, texts: Sequence[Text]) -> str:
        """As many as fit a box, and how many more there are."""
        lines = [text.to(self.language) for text in texts]
        more = len(lines) - LINES
        lines[LINES:] = [say.more(more).to(self.language)] if more > 0 else []
        return "\n\n".join(lines)

    def use_language(self, language: Language) -> None:
        """From now on, in the ribbon too."""
        self.language = language
        self.keep_language(language)

    def mark(self, cells: Marked, by: Marker) -> None:
        """Mark these cells of the iCARE sheet and no others, so that `put_back` can undo it."""
        self._mark(self.sheet.name, cells, by)

    def refresh_marks(self) -> None:
        """Where the check has marked the sheet, mark it by what is wrong now, if it can be written."""
        name, wrong, by = self.sheet.name, self.report.cells_to_mark, self._marked_by(self.sheet.name)
        if by in ("notes", "nobody") or not self.book.is_writable(name):
            return
        now = self.book.marked(name)
        if now != wrong and (by or now is None or any(now.values())):
            self.book.mark(name, wrong)

    def unmark(self) -> bool:
        """Lift our marks from the whole workbook, so that `put_back` can undo it; whether there were any."""
        names = [sheet.name for sheet in self.book.sheets if self.book.is_marked(sheet.name)]
        for name in names:
            self.book.must_be_writable(name)
        for name in names:
            self._mark(name, {}, "nobody")
        return bool(names)

    def _mark(self, name: str, cells: Marked, by: Marker) -> None:
        self.book.must_be_writable(name)
        before, after = self.book.marked(name), {mark: set(cells.get(mark, ())) for mark in LOOKS}
        if before != after or (any(after.values()) and self._marked_by(name) != by):
            marks = (None if before is None else _areas(before), _areas(after))
            journal.remember(Change(self.book.key, name, {}, {}, marks, by), self._journal)
        self.book.mark(name, after)

    def _marked_by(self, name: str) -> Marker | None:
        return journal.marked_by(self.book.key, name, self._journal)

    def change(self, texts: Mapping[tuple[int, int], str]) -> None:
        """Put texts into (row, column) cells of the iCARE sheet (an empty one empties its cell), so that `put_back` can
        undo it. Marks follow; the sheet is read again when it is next asked for.
        """
        sheet, columns = self.sheet, {column for _, column in texts}
        before = {a1(*place): held for place, held in self.book.stored(sheet.name, texts).items()}
        after = {a1(*place): text for place, text in texts.items()}
        marks = self._marks_with(texts)
        client = [at for id_ in CLIENT if (at := sheet.layout.places.get(id_)) is not None and at not in columns]
        told_by = digests(sheet.grid, columns), clients(sheet.grid, {row for row, _ in texts}, client)
        journal.remember(Change(self.book.key, sheet.name, before, after, marks, None, *told_by), self._journal)
        self.book.write(sheet.name, texts)
        if marks:
            self.book.mark(sheet.name, _cells(marks[1]))
        self._read_anew()

    def _marks_with(self, texts: Mapping[tuple[int, int], str]) -> tuple[Marks | None, Marks] | None:
        """The marks of the iCARE sheet, and what they are with these texts: by the check, or as iCARE’s notes had them but for
        these cells. None where there are no marks.
        """
        now = self.book.marked(self.sheet.name)
        if now is not None and not any(now.values()):
            return None
        if self._marked_by(self.sheet.name) != "notes":
            rows = {row for row, _ in texts}
            again = recheck(self.sheet.changed(texts), self.report, rows, self.when, self.without)
            return (None if now is None else _areas(now)), _areas(again.cells_to_mark)
        return None if now is None else (_areas(now), _areas({mark: cells - {*texts} for mark, cells in now.items()}))

    def _read_anew(self) -> None:
        for read in ("sheet", "report", "rejected"):
            self.__dict__.pop(read, None)

    def take_back(self) -> list[Text]:
        """Remember in the ledger which rows came back."""
        found = take_back(self.ledger, self.sheet, notes.read(self.sheet)[0])
        return list(say.all_came_back(found, self.ledger.history()))

    def keep_rejected(self) -> None:
        """Keep the workbook as it is now, if it holds notes, for `rejected_as_it_was`."""
        uploads = {each.note.upload_id for each in self.rejected.rejections}
        if uploads:
            with self.book.copy() as copy:
                kept.keep(copy, self.book.key, uploads, self._rejected)

    @property
    def rejected_as_it_was(self) -> Path | None:
        return kept.as_it_was(self.book.key, self._rejected)

    @property
    def last_change(self) -> Change | None:
        """The last change to this workbook that can be undone."""
        found = journal.last(self.book.key, self._journal)
        return found[1] if found else None

    def let_go(self) -> None:
        """Undo will not know of the last change any more."""
        if found := journal.last(self.book.key, self._journal):
            found[0].unlink()

    def put_back(self, change: Change) -> Undone:
        """Undo the last change to this workbook, but for cells that were changed since; rows that have moved are followed."""
        self.book.show(change.sheet)
        self.book.must_be_writable(change.sheet)
        grid = self.book.grid(change.sheet)
        places = followed(change, grid) if change.after else {}
        held = self.book.stored(change.sheet, places.values())
        back = {cell: at for cell, at in places.items() if _same(held[at], change.before[cell])}
        mine = {
            cell: at
            for cell, at in places.items()
            if cell not in back and grid.at(*at).text == change.after[cell] and not grid.at(*at).formula
        }
        if mine:
            self.book.write(change.sheet, {at: change.before[cell] for cell, at in mine.items()})
        self.let_go()
        back |= mine
        as_it_was = len(back) == len(change.after) and all(at == place_of(cell) for cell, at in back.items())
        exact = self._put_marks_back(change, as_it_was)
        self._read_anew()
        return Undone(len(back), [cell for cell in change.after if cell not in back], exact)

    def _put_marks_back(self, change: Change, as_it_was: bool) -> bool:
        """The marks from before a change, if nothing has happened to the sheet since; else by what is wrong now."""
        if change.marks is None:
            return True
        before, after = change.marks
        none_before = before is not None and not any(before.values())
        if before is not None and (none_before or (as_it_was and self.book.marked(change.sheet) == _cells(after))):
            self.book.mark(change.sheet, _cells(before))
            return True
        if self._marked_by(change.sheet) != "notes":
            again = check(snapshot.take(self.book, change.sheet), self.when, self.without)
            self.book.mark(change.sheet, again.cells_to_mark)
        return False

    @property
    def remembered(self) -> tuple[int, int]:
        """How many changes and how many rejected files are kept."""
        return len(list(self._journal.iterdir())), len(list(self._rejected.iterdir()))

    def forget(self) -> None:
        """Let go of them, so that nothing of a client stays behind."""
        for folder in (self._journal, self._rejected):
            journal.forget(folder)

    @property
    def _journal(self) -> Path:
        return self.folder / "journal"

    @property
    def _kind(self) -> Path:
        return self.folder / "kind.txt"

    @property
    def _rejected(self) -> Path:
        return self.folder / "rejected"


def _areas(cells: Marked) -> Marks:
    return {mark: list(areas(places)) for mark, places in cells.items()}


def _cells(marks: Marks) -> dict[Mark, set[tuple[int, int]]]:
    return {mark: set(cells_of(marks.get(mark, ()))) for mark in LOOKS}


def _same(one: Stored, other: Stored) -> bool:
    return (type(one), one) == (type(other), other)
