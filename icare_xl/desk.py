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
from icare_xl.errors import ChangedSheetGone
from icare_xl.guards import Wish
from icare_xl.guide import page_of
from icare_xl.journal import Change, Marks
from icare_xl.ledger import Ledger, open_ledger, take_back
from icare_xl.model import Language, Mark, Report, Text
from icare_xl.moved import digests, followed
from icare_xl.rejections import Rejected
from icare_xl.rules.rule import When
from icare_xl.settings import Settings, person
from icare_xl.sheet import Sheet
from icare_xl.upload import Plan
from icare_xl.xlsx.marks import LOOKS

if TYPE_CHECKING:
    from icare_xl.hosts.excel import Excel, ExcelHost

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

    def plan(self, out: Path, confirmed: bool = False) -> Plan:
        """How to save the sheet for upload; where the agency has several accounts, the person names one."""
        accounts = self.settings.accounts
        if len(accounts) > 1 and self._account is None:
            self._account = self.excel.ask_text(say.which_account(accounts).to(self.language), TITLE.to(self.language))
        wish = Wish(account=self._account, confirmed=confirmed)
        return Plan(out, self.when, self.settings, wish, self.ledger, self.language)

    def tell(self, *texts: Text) -> None:
        """Say it in a box, and the first sentence in the status bar, where it stays."""
        self.status(texts[0])
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

    def mark(self, cells: Mapping[Mark, Collection[tuple[int, int]]]) -> None:
        """Mark these cells of the iCARE sheet and no others, so that `put_back` can undo it."""
        name = self.sheet.name
        self.book.must_be_writable(name)
        self._remember_marks(name, _areas(cells))
        self.book.mark(name, cells)

    def refresh_marks(self) -> None:
        """Where the sheet is marked, mark it by what is wrong now."""
        name, cells = self.sheet.name, self.report.cells_to_mark
        if self._marks(name) or self.book.is_marked(name):
            self.book.mark(name, cells)
            journal.correct_marks(str(self.book.path), name, _areas(cells), self._journal)

    def unmark(self) -> bool:
        """Lift our marks from the whole workbook, so that `put_back` can undo it; whether there were any."""
        names = self.book.unmark()
        for name in names:
            self._remember_marks(name, {})
        return bool(names)

    def _remember_marks(self, name: str, after: Marks) -> None:
        before = self._marks(name)
        if before != after and any([*before.values(), *after.values()]):
            journal.remember(Change(str(self.book.path), name, {}, {}, (before, after)), self._journal)

    def _marks(self, name: str) -> Marks:
        """The marks that buttons put on a sheet."""
        return journal.marks(str(self.book.path), name, self._journal)

    def change(self, texts: Mapping[tuple[int, int], str]) -> None:
        """Put texts into (row, column) cells of the iCARE sheet (an empty one empties its cell), so that `put_back` can
        undo it. Marks follow; the sheet is read again when it is next asked for.
        """
        name = self.sheet.name
        before = {a1(*place): held for place, held in self.book.stored(name, texts).items()}
        after = {a1(*place): text for place, text in texts.items()}
        marks = self._marks_with(texts) if any(self._marks(name).values()) else None
        rows, columns = ({place[part] for place in texts} for part in (0, 1))
        told_by = {str(row): digest for row, digest in digests(self.sheet.grid, columns, rows).items()}
        journal.remember(Change(str(self.book.path), name, before, after, marks, told_by), self._journal)
        self.book.write(name, texts)
        if marks:
            self.book.mark(name, _cells(marks[1]))
        for read in ("sheet", "report", "rejected"):
            self.__dict__.pop(read, None)

    def _marks_with(self, texts: Mapping[tuple[int, int], str]) -> tuple[Marks, Marks]:
        """The marks of the iCARE sheet, and what they are with these texts: other ones in these cells, and wherever the
        check finds something else now.
        """
        before = self._marks(self.sheet.name)
        again = recheck(self.sheet.changed(texts), self.report, {row for row, _ in texts}, self.when, self.without)
        old, new = self.report.cells_to_mark, again.cells_to_mark
        touched = set(texts).union(*(old[mark] ^ new[mark] for mark in new))
        marked = _cells(before)
        return before, _areas({mark: (marked[mark] - touched) | (places & touched) for mark, places in new.items()})

    def take_back(self) -> list[Text]:
        """Remember in the ledger which rows came back."""
        found = take_back(self.ledger, self.sheet, notes.read(self.sheet)[0])
        return list(say.all_came_back(found, self.ledger.history()))

    def keep_rejected(self) -> None:
        """Keep the workbook as it is now, if it holds notes, for `rejected_as_it_was`."""
        uploads = {each.note.upload_id for each in self.rejected.rejections}
        if uploads:
            with self.book.copy() as copy:
                kept.keep(copy, str(self.book.path), uploads, self._rejected)

    @property
    def rejected_as_it_was(self) -> Path | None:
        return kept.as_it_was(str(self.book.path), self._rejected)

    def put_back(self) -> tuple[int, list[str]] | None:
        """Undo the last change to this workbook: how many cells were put back, and which were left, as changed since.

        None at all where it was one of marks alone; None instead where there is nothing to undo. Rows that have moved since
        are followed.
        """
        found = journal.last(str(self.book.path), self._journal)
        if found is None:
            return None
        path, change = found
        if change.sheet not in [sheet.name for sheet in self.book.sheets]:
            raise ChangedSheetGone(name=change.sheet)
        self.book.must_be_writable(change.sheet)
        places = followed(change, self.book.grid(change.sheet)) if change.after else {}
        mine = {cell: at for cell, at in places.items() if self._text(change.sheet, at) == change.after[cell]}
        if mine:
            self.book.write(change.sheet, {at: change.before[cell] for cell, at in mine.items()})
        if change.marks:
            self.book.mark(change.sheet, _cells(change.marks[0]))
        path.unlink()
        if any(at != place_of(cell) for cell, at in places.items()):
            self.refresh_marks()
        return len(mine), [cell for cell in change.after if cell not in mine]

    def _text(self, name: str, at: tuple[int, int]) -> str:
        return self.book.grid(name).at(*at).text

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
    def _rejected(self) -> Path:
        return self.folder / "rejected"


def _areas(cells: Mapping[Mark, Collection[tuple[int, int]]]) -> Marks:
    return {mark: list(areas(places)) for mark, places in cells.items()}


def _cells(marks: Marks) -> dict[Mark, set[tuple[int, int]]]:
    return {mark: set(cells_of(marks.get(mark, ()))) for mark in LOOKS}
