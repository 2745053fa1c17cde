"""Rows whose values stand one or two columns too far."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from icare_xl.check.causes.cause import Case, Scene, cause
from icare_xl.check.causes.fit import fits, in_order, strange_rows, tells
from icare_xl.model.addresses import letters
from icare_xl.model.columns import Column, Mask
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text

ENOUGH = 3  # values in one row that are wrong where they stand and right next door; fewer are chance
MOST = 0.8  # of the values: what is left are slips of their own
FARTHEST = 2  # columns
SAMPLE = 200  # rows are enough to see whether any are shifted
_SHIFTED = {"postal_cd": "", "start_dttm": "M1B5K1", "service_language_id": "2026-01-05", "service_official_language_id": "English",
            "institution_type_id": "English", "service_referred_by_id": "Public library",
            "orientation_service_id": "Family / friends"}  # fmt: skip


@cause(
    "CA06",
    en="From column {column} on, the values of {the_rows} stand {far} too far to the {side}.",
    fr="À partir de la colonne {column}, les valeurs sont décalées {far} vers la {side} dans {the_rows}.",
    do_en="Move them back under their labels; nothing has to be typed again.",
    do_fr="Remettez-les sous leurs libellés; rien n’est à ressaisir.",
    why_fr="Une cellule insérée, supprimée ou collée avec un décalage déplace toutes les suivantes de la ligne.",
    good=[{"rows": {4: {"service_language_id": "Englsh"}, 5: {"institution_type_id": "English"}}}],
    bad=[{"rows": {4: _SHIFTED}, "about": [4]}],
)  # fmt: skip
def one_column_too_far(scene: Scene) -> Iterator[Case]:
    """A cell put in, deleted or pasted with a shift moves all that follow in the row."""
    strange = strange_rows(scene, least=ENOUGH)
    if any(strong.any() for _, strong, _ in _shifts(strange.only(strange.rows[:SAMPLE].tolist()))):
        sheet = strange_rows(scene)
        for offset, strong, weak in _shifts(sheet):
            if strong.any():
                yield _shifted(sheet, offset, weak if strong.sum() >= ENOUGH else strong)


def _shifts(sheet: Sheet) -> Iterator[tuple[int, Mask, Mask]]:
    """By how many columns rows are shifted, and which: beyond doubt, and as far as one row can tell."""
    if len(sheet.rows):
        offsets = [offset for far in range(1, FARTHEST + 1) for offset in (far, -far)]
        gains = np.array([_gain(sheet, offset)[0] for offset in offsets])
        best = np.argmax(gains, axis=0)
        for number, offset in enumerate(offsets):
            yield offset, (best == number) & (gains[number] >= ENOUGH), (best == number) & (gains[number] >= 1)


def _gain(sheet: Sheet, offset: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each row, by how many more its values fit `offset` columns to the left than where they stand, from the column on
    from which that is most; and that column, as a number of a field. Rows with too many that fit neither have no gain.
    """
    fields = in_order(sheet)
    size, rows = len(fields), len(sheet.rows)
    here, there, known = (np.zeros((size, rows), np.bool_) for _ in range(3))
    for number, each in enumerate(fields):
        home = number - offset
        if 0 <= home < size and (tells(each) or tells(fields[home])):
            filled = sheet.column(each.id, Column).filled
            here[number] = filled & (fits(sheet, each, each) if tells(each) else True)
            there[number] = fits(sheet, each, fields[home])
            known[number] = filled & tells(fields[home])
    score = np.where(known, there.astype(np.intp) - here, 0)
    suffix = np.cumsum(score[::-1], axis=0)[::-1]
    start = np.argmax(suffix, axis=0)
    gain = suffix[start, np.arange(rows)]
    after = np.arange(size)[:, None] >= start
    neither = np.sum(after & known & ~there, axis=0)
    gain[neither > (1 - MOST) * np.maximum(np.sum(after & known, axis=0), 1)] = 0
    return gain, start


def _shifted(sheet: Sheet, offset: int, mask: Mask) -> Case:
    fields = in_order(sheet)
    rows, begin = sheet.rows[mask].tolist(), _gain(sheet, offset)[1][mask]
    columns = [sheet.layout.columns[each.id] for each in fields]
    cells = [(row, columns[at]) for row, start in zip(rows, begin.tolist(), strict=True) for at in range(start, len(fields))
             if not sheet.grid.at(row, columns[at]).blank]  # fmt: skip
    first = dict(zip(rows, begin.tolist(), strict=True))
    far = abs(offset)
    words = {
        "column": letters(columns[int(begin.min())]),
        "far": Text("one column", "d’une colonne") if far == 1 else Text(f"{far} columns", f"de {far} colonnes"),
        "side": Text("right", "droite") if offset > 0 else Text("left", "gauche"),
    }
    number_of = {column: number for number, column in enumerate(columns)}
    return Case(
        rows,
        cells,
        words,
        explains=lambda finding: (
            finding.row in first
            and (finding.rule == "IC306" or number_of.get(finding.column or 0, -1) >= first[finding.row] - FARTHEST)
        ),
    )
