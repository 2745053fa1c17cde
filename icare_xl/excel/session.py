"""What a button works with: the Excel it was pressed in, and the person who pressed it."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from icare_xl import settings
from icare_xl.check.engine import check
from icare_xl.check.rules import RULES
from icare_xl.check.sentences import rows_checked
from icare_xl.excel import rejected_copies
from icare_xl.excel import sentences as say
from icare_xl.excel.edits import Changes
from icare_xl.excel.help_page import page_of
from icare_xl.excel.private_folder import forget, short
from icare_xl.excel.undo_log import Marker
from icare_xl.icare import messages, notes, recognise
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Marks, Report
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Language, Text
from icare_xl.rejected import rejections
from icare_xl.rejected.rejections import Rejected
from icare_xl.settings import Settings, person
from icare_xl.upload.guards import SaveRequest
from icare_xl.upload.ledger import Ledger, open_ledger, take_back
from icare_xl.upload.saving import SaveOptions
from icare_xl.upload.sentences import all_came_back

if TYPE_CHECKING:
    from icare_xl.workbooks.excel import Excel, ExcelHost

CODES = frozenset(rule.code for rule in RULES)
LINES = 12  # more do not fit a box on a small screen
TITLE = Text("iCARE check", "Vérification iEDEC")


@dataclass
class Session:
    """`folder` is where the program keeps what is its own: the journal, pages to open. `documents` is the person's, and
    `own_messages` the catalogue of iCARE's messages that they extend.
    """

    excel: Excel
    language: Language
    when: CheckDate
    settings: Settings
    folder: Path
    documents: Path
    keep_language: Callable[[Language], None]
    own_messages: Path
    _account: str | None = None
    _notices: list[Text] = field(default_factory=list)  # to be told with what is told next

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
        sheet = recognise.upload_sheet(self.book)
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
        """The rule of the finding that the person went to last, if that was in this workbook."""
        book, _, rule = self._kind.read_text("utf-8").partition(" ") if self._kind.exists() else ("", "", "")
        return rule if book == short(self.book.key) else None

    @kind.setter
    def kind(self, rule: str) -> None:
        self._kind.write_text(f"{short(self.book.key)} {rule}", "utf-8")

    def plan(self, out: Path, confirmed: bool = False) -> SaveOptions:
        """How to save the sheet for upload; where the agency has several accounts, the person names one."""
        if len(self.settings.accounts) > 1 and self._account is None:
            self._account = self._which_account(self.settings.accounts)
        wish = SaveRequest(account=self._account, confirmed=confirmed)
        return SaveOptions(out, self.when, self.settings, wish, self.ledger, self.language)

    def _which_account(self, accounts: Sequence[str]) -> str | None:
        """The account that a person chooses by its number or its name; they are listed in a box before, where they are too
        many for the question.
        """
        numbered = Text(*["\n".join(f"{number}. {name}" for number, name in enumerate(accounts, 1))] * 2)
        question = Text.joined([say.WHICH_ACCOUNT, numbered], "\n").to(self.language)
        if len(question) > self.excel.longest_prompt:
            self.excel.tell(numbered.to(self.language), TITLE.to(self.language))
            question = say.WHICH_ACCOUNT.to(self.language)
        answer = self.excel.ask_text(question, TITLE.to(self.language))
        numbers = {str(number): name for number, name in enumerate(accounts, 1) if str(number) not in accounts}
        return numbers.get(answer, answer) if answer else answer

    def upload_folder(self) -> Path | None:
        """Where copies for upload go: beside the workbook, or, where it has no folder on this computer, where the person
        says once for all; None where they would rather not.
        """
        if not self.book.online:
            return self.book.path.parent / "upload"
        known = self.settings.upload_folder
        if known and Path(known).is_dir():
            return Path(known)
        picked = self.excel.ask_folder(say.WHICH_FOLDER.to(self.language), self.documents)
        if picked:
            settings.put(settings.settings_file(), CODES, "upload_folder", [str(picked)])
        return picked

    def tell(self, *texts: Text) -> None:
        """Say it in a box, and the first sentence in the status bar."""
        self.status(Text(*(each.partition("\n")[0] for each in (texts[0].en, texts[0].fr))))
        self.excel.tell(self._page([texts[0], *self._notices, *texts[1:]]), TITLE.to(self.language))

    def tell_checked(self) -> None:
        """Say what the check found, and what is wrong with the sheet as a whole."""
        self.tell(rows_checked(len(self.sheet.rows), self.report), *(each.message for each in self.report.of_the_sheet))

    def status(self, text: Text) -> None:
        """Show it in the status bar, as much of it as the bar can hold."""
        line, rest = text.to(self.language), say.IN_FULL.to(self.language)
        if len(line) > self.excel.longest_in_bar:
            line = f"{line[: self.excel.longest_in_bar - len(rest)]}{rest}"
        self.excel.status(line)

    def ask(self, *texts: Text) -> bool:
        """Ask the first of these, with the others below it."""
        return self.excel.ask(self._page(texts), TITLE.to(self.language))

    def ask_to_change(self, question: Text, changes: Sequence[Text] = ()) -> bool:
        """Ask, with every change before the person's eyes: below the question, or on a page where they are too many. Raises
        where the sheet cannot be changed.
        """
        self.book.must_be_writable(self.sheet.name)
        cloud = [say.SAVED_AT_ONCE] if self.book.saves_itself else []
        if len(changes) + len(cloud) <= LINES:
            return self.ask(question, *cloud, *changes)
        path = self.folder / "changes.html"
        path.write_text(page_of(TITLE, say.BACK_TO_EXCEL, changes, self.language), "utf-8")
        webbrowser.open(path.as_uri())
        try:
            return self.ask(question, say.ON_A_PAGE, *cloud)
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

    @cached_property
    def changes(self) -> Changes:
        """What buttons do to that workbook, and Undo takes back."""
        return Changes(self.book, self._journal, self._marks, self.when, self.without)

    def mark(self, cells: Marks, by: Marker) -> None:
        """Mark these cells of the iCARE sheet and no others. Of the cloud a person is told, and asked, before the first."""
        cloud = self.book.saves_itself and any(cells.values()) and self.changes.are_first_marks(self.sheet.name)
        if cloud and not self.ask(say.MAY_MARK_ONLINE):
            self._notices.append(say.NOT_MARKED)
            return
        self.changes.mark(self.sheet.name, cells, by)
        self._tell_of_reading_only()

    def _tell_of_reading_only(self) -> None:
        if self.book.read_only:
            self._notices.append(say.read_only(self.book.name))

    def refresh_marks(self) -> None:
        """Where the check has marked the sheet, mark it by what is wrong now; of marks that nobody knows it takes those of a
        rejected file for the notes’.
        """
        self.changes.refresh_marks(self.sheet.name, self.report.cells_to_mark, bool(notes.read(self.sheet)[0]))

    def change(self, texts: Mapping[tuple[int, int], str]) -> None:
        """Put texts into (row, column) cells of the iCARE sheet, which is read again when it is next asked for."""
        self.changes.put(self.sheet, texts, lambda: self.report)
        for read in ("sheet", "report", "rejected"):
            self.__dict__.pop(read, None)
        self._tell_of_reading_only()

    def take_back(self) -> list[Text]:
        """Remember in the ledger which rows came back."""
        found = take_back(self.ledger, self.sheet, notes.read(self.sheet)[0])
        return list(all_came_back(found, self.ledger.history()))

    def keep_rejected(self) -> None:
        """Keep the workbook as it is now, if it holds notes, for `rejected_as_it_was`."""
        uploads = {each.note.upload_id for each in self.rejected.rejections}
        if uploads:
            with self.book.copy() as copy:
                rejected_copies.keep(copy, self.book.key, uploads, self._rejected)

    @property
    def rejected_as_it_was(self) -> Path | None:
        return rejected_copies.as_it_was(self.book.key, self._rejected)

    @property
    def remembered(self) -> tuple[int, int]:
        """How many changes and how many rejected files are kept."""
        return len(list(self._journal.iterdir())), len(list(self._rejected.iterdir()))

    def forget(self) -> None:
        """Let go of them, so that nothing of a client stays behind."""
        for folder in (self._journal, self._rejected, self._marks):
            forget(folder)

    @property
    def _marks(self) -> Path:
        return self.folder / "marks"

    @property
    def _journal(self) -> Path:
        return self.folder / "journal"

    @property
    def _kind(self) -> Path:
        return self.folder / "kind.txt"

    @property
    def _rejected(self) -> Path:
        return self.folder / "rejected"
