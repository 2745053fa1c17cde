"""A CSV file that was opened or pasted without being split: all values of a row in one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from icare_xl.check.causes.cause import Case, Scene, cause, down
from icare_xl.model.addresses import letters
from icare_xl.model.sheet import NOTES

ROWS = 3
VALUES = 5  # in one cell, for what is between them to be separators
_SEPARATORS = ";|\t,"
_LINE = "FOSS/GCMS Client ID;{}1234567;1980-05-20;M1B5K1;2026-01-05;English"


@cause(
    "CA30",
    apart=True,
    en="All values of a row stand in one cell, separated by “{sign}” (column {column}, {rows}).",
    fr="Toutes les valeurs d’une ligne sont dans une seule cellule, séparées par « {sign} » (colonne {column}, {rows}).",
    do_en="Split them with Data, Text to Columns, then move each under its label.",
    do_fr="Répartissez-les avec Données, Convertir, puis placez chacune sous son libellé.",
    why_fr="Excel ne répartit un fichier CSV que si son séparateur est celui de l’ordinateur; sinon, toute la ligne reste dans une "
    "cellule.",
    good=[{"rows": {}, "bare": down(NOTES, "see file; ask Ana", "called; no answer", "called")}],
    bad=[{"rows": {}, "bare": down(NOTES, *(_LINE.format(n) for n in (1, 2, 3))), "about": [4, 5, 6]}],
)
def values_in_one_cell(scene: Scene) -> Iterator[Case]:
    """Excel splits a CSV file only where its separator is the computer’s; otherwise the whole row stays in a cell."""
    grid = scene.sheet.grid
    signs = {code: sign for code, cell in enumerate(grid.cells) if (sign := _separator(cell.text))}
    for column in sorted(grid.columns) if signs else ():
        rows, codes = grid.columns[column]
        found = {
            row: signs[code]
            for row, code in zip(rows.tolist(), codes.tolist(), strict=True)
            if code in signs and row >= scene.sheet.first_row and len(grid.row(row)) == 1
        }
        if len(found) >= ROWS:
            here = frozenset(found)
            sign = Counter(found.values()).most_common(1)[0][0]
            words = {"sign": sign if sign != "\t" else "TAB", "column": letters(column)}
            cells = [(row, column) for row in found]
            yield Case(found, cells, words, explains=lambda finding, here=here: finding.row in here)  # type: ignore[misc]


def _separator(text: str) -> str:
    """The sign that stands between at least so many values, and nothing where none does."""
    if text.startswith("["):  # iCARE’s note
        return ""
    return next((sign for sign in _SEPARATORS if text.count(sign) >= VALUES - 1), "")
