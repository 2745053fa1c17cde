"""How far the correction of a rejected file has come: which of iCARE’s complaints are still as they came back."""

from __future__ import annotations

from icare_xl.rejected.corrections import Corrections
from icare_xl.rejected.rejections import Complaint, Rejected


def still_open(rejected: Rejected, since: Corrections) -> list[Complaint]:
    """The complaints of which no cell was changed since the file came back; of one that names no cell, none of its row."""
    columns = rejected.sheet.layout.columns
    changed = {(each.row_after, columns[each.field]) for each in since.found}
    rows = {row for row, _ in changed}
    return [
        each
        for each in rejected.complaints
        if not (changed.intersection(each.about) if each.about else each.row in rows)
    ]
