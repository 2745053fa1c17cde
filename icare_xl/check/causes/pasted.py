"""Text pasted from elsewhere, with signs that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from icare_xl.check.causes.cause import Case, Scene, cause, columns_of, down, rows_of
from icare_xl.model.addresses import Place
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.normalise import INVISIBLE, collapse_blanks, comparison_key
from icare_xl.model.sheet import Sheet

PASTED = 5  # cells: fewer are told one by one
_SIGNS = frozenset(INVISIBLE + "\u00a0\u202f\u2007")


@cause(
    "CA20",
    en="{count} cells hold characters that nobody sees, such as no-break spaces ({columns}, {rows}): they were pasted "
    "from a web page or a document.",
    fr="{count} cellules contiennent des caractères invisibles, comme des espaces insécables ({columns}, {rows}) : "
    "elles ont été collées à partir d’une page Web ou d’un document.",
    do_en="All of these characters can be taken out in one step.",
    do_fr="Tous ces caractères peuvent être retirés en une fois.",
    why_fr="Un texte collé à partir d’une page Web apporte des caractères invisibles; deux textes qui se ressemblent "
    "peuvent alors différer.",
    good=[{"rows": {4: {"service_language_id": "English\u00a0"}}}],
    bad=[
        {
            "rows": down("service_language_id", *["English\u00a0"] * 3, institution_type_id="Public\u00a0library"),
            "about": [4, 5, 6],
        }
    ],
)
def pasted_text(scene: Scene) -> Iterator[Case]:
    """A text pasted from a web page brings characters that nobody sees, so two texts that look the same may differ."""
    grid = scene.sheet.grid
    signs = np.fromiter((_has_signs(cell) for cell in grid.cells), np.bool_, len(grid.cells))
    if not signs.any():
        return
    cells = [
        (row, scene.sheet.layout.columns[field.id])
        for field in scene.sheet.fields()
        for row in scene.numbers(signs[grid.codes(scene.sheet.layout.columns[field.id], scene.sheet.rows)])
    ]
    if len(cells) >= PASTED:
        cure = {place: _plain(scene.sheet, place) for place in cells}
        words = {"count": len(cells), "columns": columns_of(cells)}
        yield Case(rows_of(cells), cells, words, cure=cure)


def _plain(sheet: Sheet, place: Place) -> str:
    """The text without these signs, or the value of the list that it is then."""
    text, field = sheet.grid.at(*place).text, sheet.field_at(place[1])
    exact = field.allowed.exact.get(comparison_key(text)) if field and field.allowed else None
    return exact or collapse_blanks(text)


def _has_signs(cell: Cell) -> bool:
    if cell.holds is not Holds.TEXT or cell.formula or cell.text.isascii():
        return False
    return not _SIGNS.isdisjoint(cell.text) and not cell.blank and collapse_blanks(cell.text) != cell.text
