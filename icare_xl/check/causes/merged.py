"""Merged cells: one value for several rows, of which iCARE sees it in one."""

from __future__ import annotations

from collections.abc import Iterator

from icare_xl.check.causes.cause import Case, Scene, cause
from icare_xl.check.rules.merged import swallowed
from icare_xl.model.addresses import Area, Place, address
from icare_xl.model.text import Text

NAMED = 3
_MORE = Text("{areas} and {count} more", "{areas} et {count} de plus")
_BLANK = {"postal_cd": ""}


@cause(
    "CA18",
    turn=-1,  # what it takes away leads others astray
    en="Cells are merged ({areas}): only the first cell of an area holds its value.",
    fr="Des cellules sont fusionnées ({areas}) : seule la première cellule d’une plage en contient la valeur.",
    do_en="Unmerge the cells (Home, Merge & Center) and enter the value in each row.",
    do_fr="Annulez la fusion (Accueil, Fusionner et centrer) et entrez la valeur dans chaque ligne.",
    why_fr="Excel affiche une valeur sur toutes les cellules fusionnées, mais seule la première la contient; dans "
    "les autres lignes, iEDEC n’en reçoit rien.",
    good=[
        {"rows": {4: {}, 5: {}}, "merged": ["A1:CQ1", "A3:D3"]},
        {"rows": {4: {}, 5: {}}, "merged": ["F5:F9"]},
        {"rows": {4: {}, 5: {}}, "merged": ["B4:B5", "N4:P5"]},
        {"rows": {4: {}}, "merged": ["F4:G4"]},
        {"rows": {4: {}, 5: {}}, "merged": ["F4:F5"]},
    ],
    bad=[
        {"rows": {4: {}, 5: _BLANK, 6: _BLANK, 8: _BLANK}, "merged": ["F4:F9"], "about": [5, 6, 8]},
        {"rows": {4: {}, 5: {"orientation_length_id": ""}}, "merged": ["M4:M5"], "about": [5]},
        {"rows": {4: {}, 5: _BLANK}, "merged": ["E5:F5"], "about": [5]},
    ],
)
def value_in_merged_cells(scene: Scene) -> Iterator[Case]:
    """Excel shows a value across all merged cells, but only the first one holds it; in the other rows iCARE receives nothing.

    Nothing is lost where the area is blank, or reaches from the column of a value over cells that may be blank.
    """
    sheet, lost = scene.sheet, dict[Place, Area]()
    for field in sheet.fields() if sheet.merges_rows else ():
        column = sheet.layout.columns[field.id]
        for row, area in swallowed(sheet, field):
            first = area[0]
            if field.required or (first[1] == column and not sheet.grid.at(*first).blank):
                lost[row, column] = area
    if lost:
        yield Case({row for row, _ in lost}, lost, {"areas": _named(sorted({*lost.values()}))})


def _named(areas: list[Area]) -> Text:
    """The first of these areas, and how many more there are."""
    shown, more = ", ".join(map(address, areas[:NAMED])), len(areas) - NAMED
    return _MORE.format(areas=shown, count=more) if more > 0 else Text(shown, shown)
