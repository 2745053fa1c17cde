"""An iCARE sheet as it was read from Excel, and what it says: worked out when it is first asked for, then known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from icare_xl.check.engine import check, recheck
from icare_xl.icare import messages, notes
from icare_xl.model.addresses import Place
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Report
from icare_xl.model.note import RejectionNote
from icare_xl.model.sheet import Sheet
from icare_xl.rejected import rejections
from icare_xl.rejected.rejections import Rejected


@dataclass(frozen=True)
class Reading:
    """`without` are the rules that the person has left out, and `own_messages` is the catalogue of iCARE's messages that they
    extend.
    """

    sheet: Sheet
    when: CheckDate
    without: Collection[str]
    own_messages: Path

    @cached_property
    def report(self) -> Report:
        """What is wrong with the sheet."""
        return check(self.sheet, self.when, self.without)

    def report_with(self, texts: Mapping[Place, str]) -> Report:
        """What would be wrong with these texts in cells of the sheet."""
        rows = {row for row, _ in texts}
        return recheck(self.sheet.changed(texts), self.report, rows, self.when, self.without)

    @cached_property
    def notes(self) -> Mapping[int, list[RejectionNote]]:
        """iCARE's notes on the sheet, by row."""
        return notes.read(self.sheet)[0]

    @cached_property
    def rejected(self) -> Rejected:
        """What these notes say, explained."""
        return rejections.read(self.sheet, messages.load(self.own_messages))
