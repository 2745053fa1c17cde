"""Values that stand in other columns than their own: in the order of another template, or one column too far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from icare_xl.check.causes.cause import Case, Scene, cause, down, short
from icare_xl.check.causes.fit import fits, tells
from icare_xl.icare import library
from icare_xl.model.addresses import letters
from icare_xl.model.columns import Column, Mask
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import Text

FORMS = (
    "IC101",
    "IC103",
    "IC110",
    "IC112",
    "IC113",
    "IC114",
    "IC116",
    "IC130",
    "IC132",
)  # a value that is none of its column’s
MOST = 0.8  # of values: what is left are slips of their own
MOVES = 2  # columns that a sentence names
REACH = 6  # columns that values may have moved in another order
ENOUGH = 3  # values in one row that are wrong where they stand and right next door; fewer are chance
FARTHEST = 2  # columns of a shift
_SHIFTED = {"postal_cd": "", "start_dttm": "M1B5K1", "service_language_id": "2026-01-05", "service_official_language_id": "English",
            "institution_type_id": "English", "service_referred_by_id": "Public library",
            "orientation_service_id": "Family / friends"}  # fmt: skip
_MOVED = {"postal_cd": "2026-01-05", "start_dttm": "English", "service_language_id": "M1B5K1"}


def _suspects(scene: Scene, least: int = 1) -> Sheet:
    """The rows in which so many values are of a form that their columns do not have."""
    found = Counter(finding.row for finding in scene.of_rules(*FORMS))
    return scene.sheet.only({row for row, count in found.items() if row is not None and count >= least})


def _in_order(sheet: Sheet) -> list[Field]:
    return sorted(sheet.fields(), key=lambda each: sheet.layout.columns[each.id])


@cause(
    "CA05",
    en="The values of columns {first} to {last} stand in another order{like} ({rows}; {moves}).",
    fr="Les valeurs des colonnes {first} à {last} sont dans un autre ordre{like} ({rows}; {moves}).",
    do_en="Move each column as a whole under its own label.",
    do_fr="Déplacez chaque colonne en bloc sous son libellé.",
    why_fr="Des valeurs collées dans l’ordre d’un autre modèle ou d’un autre logiciel se retrouvent sous de mauvais "
    "libellés.",
    good=[{"rows": down("postal_cd", *["M1B5K1"] * 6)}],
    bad=[{"rows": dict.fromkeys(range(4, 10), _MOVED), "about": [*range(4, 10)]}],
)  # fmt: skip
def another_order(scene: Scene) -> Iterator[Case]:
    """Values pasted in the order of another template or another program come to stand under labels that are not theirs."""
    sheet = _suspects(scene)
    if len(sheet.rows) < ENOUGH or 2 * len(sheet.rows) < len(scene.sheet.rows):
        return
    fields = _in_order(sheet)
    home = _homes(sheet, fields)
    if not home:
        return
    moved = [fields[number] for number in home]
    own, right = (np.sum([fits(sheet, fields[at], fields[to]) for at, to in pairs], axis=0)
                  for pairs in ([(at, at) for at in home], list(home.items())))  # fmt: skip
    rows = sheet.rows[right > own].tolist()
    columns = [sheet.layout.columns[each.id] for each in moved]
    told = [
        (letters(sheet.layout.columns[fields[at].id]), short(fields[to].label)) for at, to in list(home.items())[:MOVES]
    ]
    words = {
        "first": letters(min(columns)),
        "last": letters(max(columns)),
        "like": _like(scene.sheet, [fields[home[number]].id for number in sorted(home)]),
        "moves": Text.joined([HAS.format(at=at, label=label) for at, label in told] + [ELLIPSIS] * (len(home) > MOVES), ", "),
    }  # fmt: skip
    yield Case(rows, [(row, column) for row in rows for column in columns], words)


ELLIPSIS = Text("…", "…")
HAS = Text("{at} has “{label}”", "{at} contient « {label} »")


def _homes(sheet: Sheet, fields: Sequence[Field]) -> dict[int, int]:
    """Number of each field whose column is filled with values of another one -> the number of that field; nothing where all
    moved the same way, which is a shift.
    """
    filled = [int(sheet.column(each.id, Column).filled.sum()) for each in fields]

    def share(at: int, to: int) -> float:
        """Of the values in one column, those that would do in another."""
        return float(np.sum(fits(sheet, fields[at], fields[to]))) / max(filled[at], 1) if tells(fields[to]) else 0

    def shifted(by: int) -> bool:
        known = [at for at in strangers if 0 <= at - by < len(fields) and tells(fields[at - by])]
        begin = (strangers[0] if by > 0 else strangers[-1]) - by
        left = 0 <= begin < len(fields) and share(begin, begin) < MOST / 2
        return left and sum(share(at, at - by) >= MOST for at in known) >= max(2, MOST * len(known))

    def among(movers: Sequence[int], homes: Sequence[int], wild: Sequence[int] = ()) -> dict[int, int]:
        """A home for each mover; what a text field may hold nobody can tell."""
        choices = {at: [to for to in homes if to != at and (to in wild or share(at, to) >= MOST)] for at in movers}
        found = _one_each(choices, movers) or {}
        return found if len({to - at for at, to in found.items()}) > 1 else {}

    many = [number for number, count in enumerate(filled) if count >= ENOUGH]
    strangers = [number for number in many if tells(fields[number]) and share(number, number) < MOST / 2]
    if not 2 <= len(strangers) <= 2 * REACH:
        return {}
    if closed := among(strangers, strangers):
        return closed
    if any(shifted(by * side) for by in range(1, FARTHEST + 1) for side in (1, -1)):
        return {}
    near = range(max(strangers[0] - REACH, 0), min(strangers[-1] + REACH + 1, len(fields)))
    guests = [
        at for at in near if at in many and not tells(fields[at]) and any(share(at, to) >= MOST for to in strangers)
    ]
    return among([*strangers, *guests], near, guests) or among(strangers, near)


def _one_each(choices: dict[int, list[int]], preferred: Sequence[int]) -> dict[int, int] | None:
    """A home for each, none given twice, those that are strangers' own columns first; None where there is none."""
    if not choices:
        return {}
    number = min(choices, key=lambda each: len(choices[each]))
    for to in sorted(choices[number], key=lambda each: (each not in preferred, abs(each - number))):
        rest = {other: [each for each in given if each != to] for other, given in choices.items() if other != number}
        if (homes := _one_each(rest, preferred)) is not None:
            return {number: to, **homes}
    return None


def _like(sheet: Sheet, ids: Sequence[str]) -> Text | str:
    """The other template that has these fields in this order, if one has."""
    for service, name in library.services().items():
        of = library.of_service(service)
        places = [of.ids.index(id_) for id_ in ids if id_ in of.ids]
        if (
            service != sheet.template.service
            and len(places) == len(ids)
            and all(one < two for one, two in pairwise(places))
        ):
            return Text(", that of {name}", ", celui de {name}").format(name=name)
    return ""


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
    if any(strong.any() for _, strong, _ in _shifts(_suspects(scene, least=ENOUGH))):
        sheet = _suspects(scene)
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
    fields = _in_order(sheet)
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
    fields = _in_order(sheet)
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
