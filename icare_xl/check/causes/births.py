"""Dates of birth that went to other clients: sorted alone, moved by a row, exchanged; seen beside another file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from icare_xl.check.causes.cause import Case, Others, Scene, cause, cells_of
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, births, row_keys
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text

BLOCK = 3  # rows whose date is the one of the row above or below
ALONE = 5  # rows whose dates are all there, but with other clients
MOST, MOST_MOVED, NEARLY_ALL = 0.8, 0.6, 0.9  # of the dates that disagree
_RULES = ("IC302", "IC402", "IC202")
_PEOPLE = {
    4 + n: {IDENTIFIER: f"{3 + n}1{7 * n + 11}{83 - n}64"[:8], BIRTH_DATE: f"19{60 + 3 * n}-0{1 + n}-1{n}"}
    for n in range(6)
}


def _with_births_of(order: Sequence[int]) -> dict[int, dict[str, str]]:
    """The same people, each with the date of birth of the row named here."""
    return {row: {**_PEOPLE[row], BIRTH_DATE: _PEOPLE[of][BIRTH_DATE]} for row, of in zip(_PEOPLE, order, strict=True)}


def _beside_the_profile(order: Sequence[int], about: Sequence[int]) -> dict[str, object]:
    return {"rows": _with_births_of(order), "others": [_PROFILE], "about": list(about)}


ABOVE, BELOW = Text("above", "du dessus"), Text("below", "du dessous")
_PROFILE = {"service": "client_profile", "rows": _PEOPLE}


def _elsewhere(others: Others) -> dict[str, date]:
    """Key of each client -> the date of birth on which all other sheets agree, profiles before services."""
    profiles = [sheet for sheet in others if sheet.template.service == "client_profile"]
    told: dict[str, set[date]] = {}
    for sheets in (profiles, [sheet for sheet in others if sheet not in profiles]):
        found: dict[str, set[date]] = {}
        for sheet in sheets:
            for client, day, _ in births(sheet):
                found.setdefault(client, set()).add(day)
        told = {**found, **told}
    return {client: days.pop() for client, days in told.items() if len(days) == 1}


class _Compared:
    """The rows of a sheet that disagree with the other files, in order, and of whom their date of birth really is."""

    def __init__(self, sheet: Sheet, others: Others) -> None:
        known, typed = _elsewhere(others), {row: day for _, day, row in births(sheet)}
        self.rows = [(row, known.get(client), typed.get(row)) for row, (client,) in row_keys(sheet, IDENTIFIER)]
        self.wrong = [index for index, (_, right, day) in enumerate(self.rows) if right and day and right != day]

    def _right(self, index: int) -> date | None:
        return self.rows[index][1] if 0 <= index < len(self.rows) else None

    def moved(self, by: int) -> list[int]:
        """The wrong rows whose date is that of the client so many rows above."""
        return [index for index in self.wrong if self.rows[index][2] == self._right(index - by)]

    @property
    def sorted(self) -> bool:
        """Whether the wrong dates are those of the same rows, and go up or down."""
        days = [day for index in self.of_others if (day := self.rows[index][2])]
        return len(days) >= ALONE and days in (sorted(days), sorted(days, reverse=True))

    @property
    def exchanged(self) -> list[tuple[int, int]]:
        """Pairs of wrong rows that have each other's date, where no third row has the same."""
        by_right: dict[tuple[date | None, date | None], list[int]] = {}
        for index in self.wrong:
            by_right.setdefault((self.rows[index][1], self.rows[index][2]), []).append(index)
        pairs = []
        for (right, day), here in by_right.items():
            there = by_right.get((day, right), [])
            if len(here) == len(there) == 1 and here[0] < there[0]:
                pairs.append((here[0], there[0]))
        return pairs

    @property
    def of_others(self) -> list[int]:
        """The wrong rows, where their dates are, most of them, those that the same rows should have."""
        should = Counter(right for index in self.wrong if (right := self._right(index)))
        have = Counter(day for index in self.wrong if (day := self.rows[index][2]))
        common = (should & have).total()
        return self.wrong if len(self.wrong) >= ALONE and common >= MOST * len(self.wrong) else []

    def numbers(self, indexes: Sequence[int]) -> list[int]:
        return sorted({self.rows[index][0] for index in indexes})


def _compared(scene: Scene, others: Others) -> _Compared | None:
    """None where no other file says otherwise, and for profiles, by which the others are judged."""
    judged = scene.sheet.template.service != _PROFILE["service"] and scene.of_rules("IC402")
    return _Compared(scene.sheet, others) if judged else None


def _case(sheet: Sheet, rows: list[int], words: Mapping[str, object]) -> Case:
    return Case(rows, cells_of(sheet, rows, BIRTH_DATE), {"count": len(rows), **words}, rules=_RULES)


@cause(
    "CA10",
    en="According to another file in this folder, the dates of birth in {the_rows} are those of the row {side}: the "
    "column slipped by one row.",
    fr="D’après un autre fichier de ce dossier, les dates de naissance dans {the_rows} sont celles de la ligne "
    "{side} : la colonne a glissé d’une ligne.",
    do_en="Compare one of them with its document, then move the dates back by one row.",
    do_fr="Comparez-en une avec son document, puis remettez les dates à leur place, une ligne plus loin.",
    why_fr="Une cellule insérée ou supprimée dans une seule colonne donne à chaque client qui suit la date d’un autre.",
    good=[_beside_the_profile([4, 5, 6, 7, 8, 9], [])],
    bad=[_beside_the_profile([4, 4, 5, 6, 7, 8], [5, 6, 7, 8, 9])],
)
def births_moved_by_one(scene: Scene, others: Others) -> Iterator[Case]:
    """A cell inserted into one column alone, or deleted from it, gives every client below a neighbour’s date."""
    compared = _compared(scene, others)
    if compared is None:
        return
    least = max(BLOCK, (NEARLY_ALL if compared.sorted else MOST_MOVED) * len(compared.wrong))
    for by in (1, -1):
        if len(moved := compared.moved(by)) >= least:
            side = ABOVE if by > 0 else BELOW
            yield _case(scene.sheet, compared.numbers(moved), {"side": side})
            return


@cause(
    "CA11",
    en="According to another file in this folder, rows {one} and {other} have each other’s date of birth.",
    fr="D’après un autre fichier de ce dossier, les lignes {one} et {other} ont chacune la date de naissance de "
    "l’autre.",
    do_en="Swap the two dates, or the two identifiers.",
    do_fr="Échangez les deux dates, ou les deux identifiants.",
    why_fr="Deux clients saisis l’un après l’autre ont reçu chacun les données de l’autre; iEDEC rejetterait les deux.",
    good=[_beside_the_profile([4, 5, 6, 7, 8, 9], [])],
    bad=[_beside_the_profile([4, 8, 6, 7, 5, 9], [5, 8])],
)
def births_exchanged(scene: Scene, others: Others) -> Iterator[Case]:
    """Two clients entered one after the other were given each other’s data; iCARE would reject both."""
    compared = _compared(scene, others)
    pairs = compared.exchanged if compared else []
    if compared and (2 * len(pairs) >= MOST * len(compared.wrong) or len(compared.wrong) < ALONE):
        for pair in pairs:
            rows = compared.numbers(pair)
            yield _case(scene.sheet, rows, {"one": rows[0], "other": rows[1]})


@cause(
    "CA26",
    en="According to another file in this folder, {count} dates of birth belong to other rows ({rows}): the column was "
    "sorted alone.",
    fr="D’après un autre fichier de ce dossier, {count} dates de naissance sont celles d’autres lignes ({rows}) : la "
    "colonne a été triée seule.",
    do_en="Undo the sorting, or go back to the sheet as it was before.",
    do_fr="Annulez le tri, ou revenez à la feuille telle qu’elle était avant.",
    why_fr="Trier une seule colonne mélange les personnes; iEDEC compare l’identifiant et la date ensemble.",
    good=[_beside_the_profile([4, 5, 6, 7, 8, 9], [])],
    bad=[_beside_the_profile([7, 9, 5, 8, 6, 4], [*_PEOPLE])],
)
def births_sorted_alone(scene: Scene, others: Others) -> Iterator[Case]:
    """Sorting one column alone mixes people up; iCARE compares identifier and date together."""
    compared = _compared(scene, others)
    taken = {finding.row for finding in scene.of_rules(*_RULES)}
    rows = [row for row in compared.numbers(compared.of_others) if row in taken] if compared else []
    if len(rows) >= ALONE:
        yield _case(scene.sheet, rows, {})
