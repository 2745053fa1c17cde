"""Values in the order of another template: each column holds what belongs in another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from icare_xl.check.causes.cause import Case, Scene, cause, down, short
from icare_xl.check.causes.fit import fits, in_order, strange_rows, tells
from icare_xl.icare import library
from icare_xl.model.addresses import letters
from icare_xl.model.columns import Column
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import Text

ENOUGH = 3  # values of a column
MOST = 0.8  # of the values: what is left are slips of their own
SAMPLE = 200  # rows are enough to see where values belong
MOVES = 2  # columns that a sentence names
REACH, FARTHEST = 6, 2  # columns that values may have moved in another order, and in a shift
_MOVED = {"postal_cd": "2026-01-05", "start_dttm": "English", "service_language_id": "M1B5K1"}


@cause(
    "CA05",
    en="The values of columns {first} to {last} are in another order{like} ({rows}; {moves}).",
    fr="Les valeurs des colonnes {first} à {last} sont dans un autre ordre{like} ({rows}; {moves}).",
    do_en="Move each column as a whole under its own label.",
    do_fr="Déplacez chaque colonne en bloc sous son libellé.",
    why_fr="Des valeurs collées dans l’ordre d’un autre modèle ou d’un autre logiciel se retrouvent sous de mauvais "
    "libellés.",
    good=[{"rows": down("postal_cd", *["M1B5K1"] * 6)}],
    bad=[{"rows": dict.fromkeys(range(4, 10), _MOVED), "about": [*range(4, 10)]}],
)  # fmt: skip
def another_order(scene: Scene) -> Iterator[Case]:
    """Values pasted in the order of another template or another program end up under the wrong labels."""
    sheet = strange_rows(scene)
    if len(sheet.rows) < ENOUGH or 2 * len(sheet.rows) < len(scene.sheet.rows):
        return
    fields = in_order(sheet)
    homes = _Homes(sheet.only(sheet.rows[:SAMPLE].tolist()), fields)
    home = homes.found()
    if not home:
        return
    own, right = (np.sum([fits(sheet, fields[at], fields[to]) for at, to in pairs], axis=0)
                  for pairs in ([(at, at) for at in home], list(home.items())))  # fmt: skip
    rows = sheet.rows[right > own].tolist()
    columns = {at: sheet.layout.columns[fields[at].id] for at in sorted({*home, *homes.guests()})}
    moves = [
        HAS.format(at=letters(columns[at]), label=short(fields[to].label)) for at, to in list(home.items())[:MOVES]
    ]
    words = {
        "first": letters(min(columns.values())),
        "last": letters(max(columns.values())),
        "like": _like(scene.sheet, [fields[home[at]].id for at in sorted(home)]),
        "moves": Text.joined(moves + [ELLIPSIS] * (len(home) > MOVES), ", "),
    }
    cells = [(row, column) for row in rows for column in columns.values()]
    yield Case(rows, cells, words, moved=[fields[at].id for at in columns])


ELLIPSIS = Text("…", "…")
HAS = Text("{at} has “{label}”", "{at} contient « {label} »")


class _Homes:
    """For columns that are filled with values of other fields: which fields these are. Fields count from the left."""

    def __init__(self, sheet: Sheet, fields: Sequence[Field]) -> None:
        self._sheet, self._fields = sheet, fields
        self._filled = [int(sheet.column(each.id, Column).filled.sum()) for each in fields]
        self._shares: dict[tuple[int, int], float] = {}
        many = [at for at, count in enumerate(self._filled) if count >= ENOUGH]
        self._strangers = [at for at in many if tells(fields[at]) and self._share(at, at) < MOST / 2]
        self._texts = [at for at in many if not tells(fields[at])]

    def found(self) -> dict[int, int]:
        """Column -> field; nothing where all moved the same way, which is a shift."""
        strangers = self._strangers
        if not 2 <= len(strangers) <= 2 * REACH:
            return {}
        if any(self._left_blank(side) for side in (1, -1)):
            return {}
        if closed := self._among(strangers, strangers):
            return closed
        if any(self._shifted(far * side) for far in range(1, FARTHEST + 1) for side in (1, -1)):
            return {}
        near = range(max(strangers[0] - REACH, 0), min(strangers[-1] + REACH + 1, len(self._fields)))
        guests = [at for at in self.guests() if at in near]
        return self._among([*strangers, *guests], near, guests) or self._among(strangers, near)

    def guests(self) -> list[int]:
        """The columns for any text, beside the strangers, that hold what belongs in theirs."""
        first, last = self._strangers[0] - REACH, self._strangers[-1] + REACH
        near = (at for at in self._texts if first <= at <= last)
        return [at for at in near if any(self._belongs(at, to) for to in self._strangers)]

    def _share(self, at: int, to: int) -> float:
        """Of the values in one column, those that would do in a field; none in one that takes any text."""
        if (at, to) not in self._shares:
            at_, to_ = self._fields[at], self._fields[to]
            fit = int(np.sum(fits(self._sheet, at_, to_))) if tells(to_) else 0
            self._shares[at, to] = fit / max(self._filled[at], 1)
        return self._shares[at, to]

    def _belongs(self, at: int, to: int) -> bool:
        return self._share(at, to) >= MOST

    def _left_blank(self, by: int) -> bool:
        """Whether all strangers stand one column too far, beside a column that is blank."""
        begin = (self._strangers[0] if by > 0 else self._strangers[-1]) - by
        blank = 0 <= begin < len(self._fields) and not self._filled[begin]
        return blank and all(self._belongs(at, at - by) for at in self._strangers)

    def _shifted(self, by: int) -> bool:
        """Whether the strangers stand so many columns too far right, and what they left behind is empty."""
        known = [at for at in self._strangers if 0 <= at - by < len(self._fields) and tells(self._fields[at - by])]
        begin = (self._strangers[0] if by > 0 else self._strangers[-1]) - by
        left = 0 <= begin < len(self._fields) and self._share(begin, begin) < MOST / 2
        return left and sum(self._belongs(at, at - by) for at in known) >= max(2, MOST * len(known))

    def _among(self, movers: Sequence[int], homes: Sequence[int], wild: Sequence[int] = ()) -> dict[int, int]:
        """A home for each mover, if there is one for all; what a text field may hold nobody can tell."""
        choices = {at: [to for to in homes if to != at and (to in wild or self._belongs(at, to))] for at in movers}
        for at, given in choices.items():
            given.sort(key=lambda to, at=at: (to not in movers, abs(to - at)))  # type: ignore[misc]
        found = _matched(choices)
        return found if len({to - at for at, to in found.items()}) > 1 else {}


def _matched(choices: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """One choice for each, none taken twice, by augmenting paths; nothing where not all can have one."""
    taken: dict[int, int] = {}

    def place(at: int, seen: set[int]) -> bool:
        for to in choices[at]:
            if to not in seen:
                seen.add(to)
                if to not in taken or place(taken[to], seen):
                    taken[to] = at
                    return True
        return False

    found = all(place(at, set()) for at in sorted(choices, key=lambda at: len(choices[at])))
    return {at: to for to, at in taken.items()} if found else {}


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
