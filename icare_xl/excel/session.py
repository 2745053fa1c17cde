"""What a button works with: the workbook in front of a person, as it was read, and what changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from icare_xl import settings
from icare_xl.check.codes import CODES
from icare_xl.check.error_list import Checked
from icare_xl.check.sentences import causes_told, rows_checked
from icare_xl.excel import next_steps as then
from icare_xl.excel import rejected_copies
from icare_xl.excel import sentences as say
from icare_xl.excel.dialog import Dialog
from icare_xl.excel.edits import Edits
from icare_xl.excel.errors import TheOneInFront
from icare_xl.excel.private_folder import PrivateFolders, forget
from icare_xl.excel.reading import Reading
from icare_xl.excel.undo_log import Marker
from icare_xl.icare import recognise
from icare_xl.icare.deadline import PROVINCES, deadline, reporting_month
from icare_xl.model.addresses import Place
from icare_xl.model.check_date import CheckDate
from icare_xl.model.errors import IcareError, text_of
from icare_xl.model.finding import Acceptance, Finding, Marks, Reason
from icare_xl.model.text import Language, Text
from icare_xl.settings import Settings, person
from icare_xl.upload.guards import SaveRequest
from icare_xl.upload.ledger import Acceptances, Ledger, open_ledger, take_back
from icare_xl.upload.saving import TOO_MANY_ROWS, SaveOptions
from icare_xl.upload.sentences import all_came_back

if TYPE_CHECKING:
    from icare_xl.workbooks.excel import ExcelHost


@dataclass
class Session(Dialog):
    """`documents` is the person's folder, `own_messages` the catalogue of iCARE's messages that they extend, `button` the label
    of the one that was pressed.
    """

    when: CheckDate
    settings: Settings
    documents: Path
    keep_language: Callable[[Language], None]
    own_messages: Path
    button: Text
    _reading: Reading | None = field(default=None, init=False)

    @cached_property
    def ledger(self) -> Ledger:
        """The memory of what was saved and what came back."""
        return open_ledger(self.settings.ledger, person())

    @cached_property
    def book(self) -> ExcelHost:
        """The workbook in front."""
        return self.excel.workbook()

    @property
    def reading(self) -> Reading:
        """Its iCARE sheet, which comes to the front when it is read: when it is first asked for, and after a change."""
        if self._reading is None:
            sheet = recognise.upload_sheet(self.book)
            self.book.show(sheet.name)
            kept = partial(rejected_copies.as_it_was, self.book.key, self.private.rejected)
            self._reading = Reading(sheet, self.when, self.settings.without, self.own_messages, kept, self.memory)
        return self._reading

    @property
    def checked(self) -> Checked:
        """What a list of what there is to correct says of that sheet."""
        return Checked(self.book.path, self.reading.sheet, self.reading.to_correct)

    @property
    def acceptances(self) -> Sequence[Acceptance]:
        """The warnings that were found right; none where the ledger cannot be read."""
        return self.memory.all if self.memory else ()

    @cached_property
    def memory(self) -> Acceptances | None:
        """What the ledger has of them; a check can do without."""
        try:
            return self.ledger.acceptances()
        except IcareError as fault:
            self.mention(text_of(fault))
            return None

    def accept(self, findings: Sequence[Finding], reason: Reason) -> None:
        """Remember that these warnings of the iCARE sheet are right."""
        self.ledger.accept(self.reading.sheet, findings, reason, self.book.name)
        self._judged()

    def revoke(self, acceptance: Acceptance) -> None:
        """Say it again from now on."""
        self.ledger.revoke(acceptance.id)
        self._judged()

    def _judged(self) -> None:
        """The marks follow what was said of warnings."""
        del self.memory
        self._reading = None
        self.edits.refresh_marks(self.reading)

    @property
    def cell(self) -> Place:
        """The selected cell of the iCARE sheet."""
        self.book.show(self.reading.sheet.name)
        return self.book.cell

    @cached_property
    def private(self) -> PrivateFolders:
        """What is kept on this computer for a week."""
        return PrivateFolders.below(self.folder)

    @cached_property
    def edits(self) -> Edits:
        """What buttons do to that workbook, and Undo takes back."""
        return Edits(self.book, self.private, self.when, self.settings.without, self.button, self.memory)

    @property
    def month(self) -> date:
        """The first day of the month being reported."""
        return self.when.month or reporting_month(self.when.today)

    def mark(self, cells: Marks, by: Marker) -> bool:
        """Mark these cells of the iCARE sheet and no others. Of the cloud a person is told, and asked, before the first;
        whether they agreed.
        """
        name = self.reading.sheet.name
        cloud = self.book.saves_itself and any(cells.values()) and self.edits.are_first_marks(name)
        if cloud and not self.ask(say.MAY_MARK_ONLINE):
            self.mention(say.NOT_MARKED)
            return False
        self.edits.mark(name, cells, by)
        self._mention_reading_only()
        return True

    def must_be_writable(self) -> None:
        """Raises where the sheet cannot be changed."""
        self.book.must_be_writable(self.reading.sheet.name)

    def ask_to_change(self, question: Text, changes: Sequence[Text] = ()) -> bool:
        """Ask, with every change before the person's eyes. Raises where the sheet cannot be changed."""
        self.must_be_writable()
        return self.ask_about(changes, question, *([say.SAVED_AT_ONCE] if self.book.saves_itself else []))

    def change(self, texts: Mapping[Place, str]) -> None:
        """Put texts into cells of the iCARE sheet, which is read again when it is next asked for."""
        self.edits.put(self.reading, texts)
        self._reading = None
        self._mention_reading_only()

    def _mention_reading_only(self) -> None:
        if self.book.read_only:
            self.mention(say.read_only(self.book.name))

    def tell_checked(self, marked: bool = False) -> None:
        """Say what lies behind the findings, how many there are, what else is wrong with the sheet as a whole, and what the
        colours mean where cells were marked.
        """
        reading, report, causes = self.reading, self.reading.report, causes_told(self.reading.report)
        returned = [say.came_back(len(reading.notes))] if reading.notes and not reading.sheet.layout.lost else []
        counts = rows_checked(len(reading.sheet.rows), report)
        colours = [say.colours(report.cells_to_mark)] if marked and report.by_cell else []
        else_wrong = [finding.message for finding in report.of_the_sheet if not report.cause_of(finding)]
        told = [*causes[:1], *returned, counts, *colours, *else_wrong, *causes[1:]]
        self.tell(*told, then=self._after_the_check())

    def _after_the_check(self) -> Text:
        """What to do about what was found."""
        reading, report = self.reading, self.reading.report
        if reading.notes and not reading.sheet.layout.lost:
            read = reading.as_it_was(reading.uploads)
            return (then.WALK_NOTES if reading.to_correct.errors else then.STRIP) if read else then.READ_NOTES
        if not len(reading.sheet.rows):
            return then.FILL_IN
        if report.findings and {each.rule for each in report.findings} == {TOO_MANY_ROWS}:
            return then.SAVE_SEVERAL
        if not report.by_cell:
            return then.CHECK_AGAIN if report.blocks_saving else then.SAVE
        return then.FIRST_FINDING if report.errors else then.LOOK_THEN_SAVE

    @contextmanager
    def new_workbook(self, name: Text) -> Iterator[Path]:
        """A file to be written, which is then open as a new workbook that nobody has saved yet."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder, name.to(self.language))
            yield path
            self.excel.open_copy(path)

    def ask_folder(self, title: Text) -> Path | None:
        """A folder that the person picks, or None where they would rather not."""
        return self.excel.ask_folder(title.to(self.language), self._first_folder)

    def ask_file(self, title: Text) -> Path | None:
        """A workbook that the person picks, or None where they would rather not."""
        return self.excel.ask_file(title.to(self.language), say.WORKBOOKS.to(self.language), self._first_folder)

    def ask_other_file(self, title: Text) -> Path | None:
        """The same, where it has to be another than the one in front. Raises TheOneInFront."""
        picked = self.ask_file(title)
        if picked == self.book.path:
            raise TheOneInFront(name=self.book.name)
        return picked

    @property
    def _first_folder(self) -> Path:
        """What a dialog shows first."""
        return self.excel.folder_in_front() or self.documents

    def use_language(self, language: Language) -> None:
        """From now on, in the ribbon too."""
        self.language = language
        self.keep_language(language)

    def save_options(self, out: Path) -> SaveOptions:
        """How to save the sheet for upload; where the agency has several accounts, the person names one."""
        several = len(self.settings.accounts) > 1
        account = self.choose(say.WHICH_ACCOUNT, self.settings.accounts) if several else None
        request = SaveRequest(account=account, reporting=self.month)
        return SaveOptions(out, self.when, self.settings, request, self.ledger, self.language)

    def deadline(self, month: date) -> date:
        """Until when a month is to be uploaded, by the calendar of the province, for which a person is asked once for all;
        where they would rather not say, by that with the earliest day.
        """
        province = self.settings.province
        if province is None:
            names = {name.to(self.language).casefold(): code for code, name in PROVINCES.items()}
            asked = self.choose(say.WHICH_PROVINCE, [name.to(self.language) for name in PROVINCES.values()])
            province = names.get((asked or "").strip().casefold())
            if province:
                settings.put(settings.settings_file(), CODES, "province", [province])
        return deadline(month, province, self.settings.closing_days).day

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

    def open_beside(self, name: Text, write: Callable[[Path], None]) -> None:
        """Open what `write` puts into a file as a new workbook, behind the one that is in front."""
        with self.new_workbook(name) as path:
            write(path)
        self.book.activate()

    @property
    def rows_to_correct(self) -> list[int]:
        """The rows that are still as iCARE rejected them."""
        return list(dict.fromkeys(each.row for each in self.reading.open_complaints))

    def take_back(self) -> list[Text]:
        """Remember in the ledger which rows came back."""
        returned = take_back(self.ledger, self.reading.sheet, self.reading.notes)
        return list(all_came_back(returned, self.ledger.history()))

    def keep_rejected(self) -> None:
        """Keep the workbook as it is now, if it holds notes, for `rejected_as_it_was`."""
        if uploads := self.reading.uploads:
            with self.book.copy() as copy:
                rejected_copies.keep(copy, self.book.key, uploads, self.private.rejected)

    @property
    def rejected_as_it_was(self) -> Path | None:
        return rejected_copies.as_it_was(self.book.key, self.private.rejected)

    @property
    def remembered(self) -> tuple[int, int, int]:
        """How many changes, rejected files and pages are kept."""
        changes, rejected, pages = (
            len(list(folder.iterdir())) for folder in (self.private.undo_log, self.private.rejected, self.private.pages)
        )
        return changes, rejected, pages

    def forget(self) -> None:
        """Let go of them, so that nothing of a client stays behind."""
        for folder in self.private:
            forget(folder)
