"""Rows whose values stand one or two columns too far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    en="From column {first} {on}, the values of {the_rows} are {far} too far to the {side}.",
    fr="De la colonne {first} {on}, les valeurs sont décalées {far} vers la {side} dans {the_rows}.",
    do_en="Move them back under their labels; nothing needs to be typed again.",
    do_fr="Remettez-les sous leurs libellés; rien n’est à ressaisir.",
    why_fr="Une cellule insérée, supprimée ou collée avec un décalage déplace toutes les suivantes de la ligne.",
    good=[{"rows": {4: {"service_language_id": "Englsh"}, 5: {"institution_type_id": "English"}}}],
    bad=[{"rows": {4: _SHIFTED}, "about": [4]}],
)
def one_column_too_far(scene: Scene) -> Iterator[Case]:
    """A cell inserted, deleted or pasted with a shift moves all that follow in the row."""
    strange = strange_rows(scene, least=ENOUGH)
    if any(slip.strong.any() for slip in _slips(strange.only(strange.rows[:SAMPLE].tolist()))):
        sheet = strange_rows(scene)
        yield from (_case(sheet, slip) for slip in _slips(sheet) if slip.strong.any())


@dataclass(frozen=True, slots=True)
class _Slip:
    """Rows that stand `by` columns too far right (negative: left). For each row of the sheet: whether it does beyond doubt, or
    as far as it alone can tell, and its first and last column that moved, as numbers of fields.
    """

    by: int
    strong: Mask
    weak: Mask
    first: NDArray[np.intp]
    last: NDArray[np.intp]

    @property
    def mask(self) -> Mask:
        return self.weak if self.strong.sum() >= ENOUGH else self.strong


def _slips(sheet: Sheet) -> Iterator[_Slip]:
    """A slip for each distance; a row is in one of them at most."""
    if not len(sheet.rows):
        return
    distances = [far * side for far in range(1, FARTHEST + 1) for side in (1, -1)]
    found = [_best_run(*_scores(sheet, by)) for by in distances]
    gains = np.array([gain for gain, _, _ in found])
    best = np.argmax(gains, axis=0)
    for number, (by, (gain, first, last)) in enumerate(zip(distances, found, strict=True)):
        mine = best == number
        yield _Slip(by, mine & (gain >= ENOUGH), mine & (gain >= 1), first, last)


def _scores(sheet: Sheet, by: int) -> tuple[NDArray[np.intp], Mask]:
    """By field and row: 1 where a value would do `by` columns further left and not where it stands, -1 where only there; and
    where it would do in neither.
    """
    fields = in_order(sheet)
    scores, neither = (
        np.zeros((len(fields), len(sheet.rows)), np.intp),
        np.zeros((len(fields), len(sheet.rows)), np.bool_),
    )
    for number, each in enumerate(fields):
        home = number - by
        if 0 <= home < len(fields) and tells(fields[home]):
            filled = sheet.column(each.id, Column).filled
            here = filled & (fits(sheet, each, each) if tells(each) else True)
            there = fits(sheet, each, fields[home])
            scores[number] = there.astype(np.intp) - here
            neither[number] = filled & ~there
    return scores, neither


def _best_run(scores: NDArray[np.intp], neither: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """For each row the run of fields whose scores add up to most: the sum, its first field and its last. Too many values that
    would do in neither place make it nothing.
    """
    size, rows = scores.shape
    sums = np.concatenate([np.zeros((1, rows), np.intp), np.cumsum(scores, axis=0)])
    lowest = np.minimum.accumulate(sums[:-1], axis=0)
    gains = sums[1:] - lowest
    last = size - 1 - np.argmax(gains[::-1], axis=0)
    before = np.where(np.arange(size)[:, None] <= last, sums[:-1], np.iinfo(np.intp).max)
    first = size - 1 - np.argmin(before[::-1], axis=0)
    gain = gains[last, np.arange(rows)]
    inside = (np.arange(size)[:, None] >= first) & (np.arange(size)[:, None] <= last)
    told = np.sum(inside & (neither | (scores != 0)), axis=0)
    gain[np.sum(inside & neither, axis=0) > (1 - MOST) * np.maximum(told, 1)] = 0
    return gain, first, last


def _case(sheet: Sheet, slip: _Slip) -> Case:
    fields = in_order(sheet)
    columns = [sheet.layout.columns[each.id] for each in fields]
    rows, first, last = sheet.rows[slip.mask].tolist(), slip.first[slip.mask].tolist(), slip.last[slip.mask].tolist()
    spans = list(zip(rows, first, last, strict=True))
    cells = [(row, column) for row, start, end in spans for column in columns[start : end + 1]
             if not sheet.grid.at(row, column).blank]  # fmt: skip
    beside = {row: frozenset(columns[max(start - FARTHEST, 0) : end + 1]) for row, start, end in spans}
    far = abs(slip.by)
    words = {
        "first": letters(columns[min(first)]),
        "on": ON if max(last) == len(fields) - 1 else TO.format(last=letters(columns[max(last)])),
        "far": Text("one column", "d’une colonne") if far == 1 else Text(f"{far} columns", f"de {far} colonnes"),
        "side": Text("right", "droite") if slip.by > 0 else Text("left", "gauche"),
    }
    return Case(
        rows,
        cells,
        words,
        explains=lambda finding: (
            finding.row in beside and (finding.rule == "IC306" or finding.column in beside[finding.row])
        ),
    )


ON, TO = Text("on", "à la fin"), Text("to {last}", "à {last}")
