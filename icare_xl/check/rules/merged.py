"""Merged cells: only the first of them can hold a value, whatever the sheet looks like."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from icare_xl.check.rules.rule import Hit, sheet_rule
from icare_xl.model.addresses import Area, a1
from icare_xl.model.columns import Column
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field

_BLANK = {"postal_cd": ""}


@sheet_rule(
    "IC017",
    row_by_row=True,
    origin="template",
    source="LOV row 2, as for IC100",
    en="“{label}” is mandatory, and this cell is merged with {first}, which alone can hold a value. Unmerge the cells and "
    "enter the value here.",
    fr="« {label} » est obligatoire, et cette cellule est fusionnée avec {first}, la seule qui puisse contenir une valeur. "
    "Annulez la fusion et entrez la valeur ici.",
    why_fr="Excel affiche la valeur sur toutes les cellules fusionnées, mais seule la première la contient; pour iEDEC, les "
    "autres sont vides.",
    good=[
        {"rows": {4: {}, 5: {}}, "merged": ["A1:CQ1"]},
        {"rows": {4: {}, 5: {}}, "merged": ["B4:B5", "N4:P5"]},
        {"rows": {4: _BLANK, 5: {}}, "merged": ["F4:F5"]},
        {"rows": {4: {}, 5: _BLANK}, "merged": ["F6:F8"]},
    ],
    bad=[
        {"rows": {4: {}, 5: _BLANK}, "merged": ["F4:F5"]},
        {"rows": {4: _BLANK}, "merged": ["E4:F4"]},
        {"rows": {4: _BLANK}, "merged": ["F3:F4"]},
    ],
)
def mandatory_cell_under_merged_ones(sheet: Sheet) -> Iterator[Hit]:
    """Excel shows the value across all merged cells, but only the first one holds it; to iCARE the others are blank."""
    for each in sheet.fields() if sheet.merges_rows else ():
        if each.required:
            for row, (first, _) in swallowed(sheet, each):
                yield Hit(row, each.id, words={"first": a1(*first)})


def swallowed(sheet: Sheet, field: Field) -> Iterator[tuple[int, Area]]:
    """The rows in which a field’s cell is blank and lies under the first one of a merged area, each with the area."""
    numbers = sheet.merged(field.id)
    for index in np.flatnonzero((numbers > 0) & sheet.column(field.id, Column).blank).tolist():
        yield int(sheet.rows[index]), sheet.grid.merged[numbers[index] - 1]
