"""A CSV file that was opened or pasted without being split: all values of a row in one cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from icare_xl.check.causes.cause import Case, Scene, cause, down
from icare_xl.icare import notes
from icare_xl.model.addresses import letters
from icare_xl.model.sheet import NOTES

ROWS = 3
VALUES = 5  # in one cell, for what is between them to be separators
_SEPARATORS = ";|\t,"
_LINE = "FOSS/GCMS Client ID;{}1234567;1980-05-20;M1B5K1;2026-01-05;English"


@cause(
    "CA30",
    apart=True,
    en="All values of a row are in one cell, separated by “{sign}” (column {column}, {rows}).",
    fr="Toutes les valeurs d’une ligne sont dans une seule cellule, séparées par « {sign} » (colonne {column}, {rows}).",
    do_en="Split them with Data, Text to Columns, then move each under its label.",
    do_fr="Répartissez-les avec Données, Convertir, puis placez chacune sous son libellé.",
    why_fr="Excel ne répartit un fichier CSV que si son séparateur est celui de l’ordinateur; sinon, toute la ligne reste dans une "
    "cellule.",
    good=[{"rows": {}, "bare": down(NOTES, "see file; ask Ana", "called; no answer", "called")}],
    bad=[{"rows": {}, "bare": down(NOTES, *(_LINE.format(n) for n in (1, 2, 3))), "about": [4, 5, 6]}],
)
def values_in_one_cell(scene: Scene) -> Iterator[Case]:
    """Excel splits a CSV file only where its separator is the computer’s; otherwise the whole row stays in one cell."""
    sheet = scene.sheet
    alone = [row for row, _ in notes.column_a(sheet) if len(sheet.grid.row(row)) == 1]
    lines: dict[int, dict[int, str]] = defaultdict(dict)  # by column and row: the separator
    for row in [*alone, *scene.numbers(sheet.filled == 1)]:
        for column, cell in sheet.grid.row(row).items():
            if sign := _separator(cell.text):
                lines[column][row] = sign
    for column, signs in lines.items():
        if len(signs) >= ROWS:
            here, (sign, _) = frozenset(signs), Counter(signs.values()).most_common(1)[0]
            words = {"sign": sign if sign != "\t" else "TAB", "column": letters(column)}
            cells = [(row, column) for row in signs]
            yield Case(signs, cells, words, explains=lambda finding, here=here: finding.row in here)  # type: ignore[misc]


def _separator(text: str) -> str:
    """The sign that stands between at least so many values, and nothing where none does."""
    if text.startswith("["):  # iCARE’s note
        return ""
    return next((sign for sign in _SEPARATORS if text.count(sign) >= VALUES - 1), "")
