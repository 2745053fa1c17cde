"""What iCARE’s notes complain of as findings, so that it is walked through and listed as what the check found is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from icare_xl.model.finding import Finding
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.rejected.rejections import Complaint
from icare_xl.rejected.sentences import complaint_told

RULE = "iCARE"


def findings(sheet: Sheet, complaints: Iterable[Complaint]) -> Iterator[Finding]:
    """One for each cell that a complaint is about; where it names none, for the note itself."""
    for each in complaints:
        for row, column in each.about or [(each.row, sheet.layout.columns[NOTES])]:
            field = sheet.field_at(column)
            yield Finding(
                row=row,
                column=column,
                field=field.id if field else None,
                label=field.label if field else None,
                rule=RULE,
                severity="error",
                origin="documented",
                value=sheet.grid.at(row, column).text,
                message=complaint_told(each),
            )
