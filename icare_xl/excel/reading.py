"""An iCARE sheet as it was read from Excel, and what it says: worked out when it is first asked for, then known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from icare_xl.check.engine import Memory, check, recheck
from icare_xl.icare import messages, notes, recognise
from icare_xl.model.addresses import Place
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Report
from icare_xl.model.note import RejectionNote
from icare_xl.model.sheet import Sheet
from icare_xl.rejected import corrections, progress, rejections
from icare_xl.rejected.findings import findings as complaints_as_findings
from icare_xl.rejected.rejections import Complaint, Rejected
from icare_xl.workbooks.file import FileHost

NOTE_THERE = "IC010"


@dataclass(frozen=True)
class Reading:
    """`without` are the rules that the person has left out, and `own_messages` is the catalogue of iCARE's messages that they
    extend. `as_it_was` finds the workbook of iCARE's uploads as it was when its notes were read, if they were; `memory` tells which
    warnings were found right.
    """

    sheet: Sheet
    when: CheckDate
    without: Collection[str]
    own_messages: Path
    as_it_was: Callable[[Collection[str]], Path | None]
    memory: Memory | None = None

    @cached_property
    def report(self) -> Report:
        """What is wrong with the sheet."""
        return check(self.sheet, self.when, self.without, memory=self.memory)

    def report_with(self, texts: Mapping[Place, str]) -> Report:
        """What would be wrong with these texts in cells of the sheet."""
        rows = {row for row, _ in texts}
        return recheck(self.sheet.changed(texts), self.report, rows, self.when, self.without, memory=self.memory)

    @cached_property
    def notes(self) -> Mapping[int, list[RejectionNote]]:
        """iCARE's notes on the sheet, by row."""
        return notes.read(self.sheet)[0]

    @cached_property
    def rejected(self) -> Rejected:
        """What these notes say, explained."""
        return rejections.read(self.sheet, messages.load(self.own_messages))

    @property
    def uploads(self) -> set[str]:
        """iCARE's ids of what came back."""
        return {note.upload_id for some in self.notes.values() for note in some}

    @cached_property
    def open_complaints(self) -> list[Complaint]:
        """What these notes complain of and nobody has corrected since they were read."""
        if not (kept := self.as_it_was(self.uploads)):
            return self.rejected.complaints
        with FileHost(kept) as host:
            since = corrections.compare(recognise.upload_sheet(host), self.sheet)
        return progress.still_open(self.rejected, since)

    @cached_property
    def to_correct(self) -> Report:
        """What is wrong with the sheet; in a file that came back, not that notes are there but what they complain of."""
        if not self.notes:
            return self.report
        ours = (finding for finding in self.report.findings if finding.rule != NOTE_THERE)
        theirs = complaints_as_findings(self.sheet, self.open_complaints)
        return replace(self.report, findings=tuple(sorted([*ours, *theirs], key=lambda each: each.reading_order)))
