"""From finding to finding: where to go next, and what is said there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from icare_xl import say
from icare_xl.address import Place
from icare_xl.desk import Desk

Order = Callable[[Sequence[Place], Place], list[Place]]  # of places in reading order, from one of them


def ahead(places: Sequence[Place], here: Place) -> list[Place]:
    """From the place after this one to the end, and round."""
    number = bisect_right(places, here)
    return [*places[number:], *places[:number]]


def back(places: Sequence[Place], here: Place) -> list[Place]:
    """From the place before this one to the start, and round."""
    number = bisect_left(places, here)
    return [*places[:number][::-1], *places[number:][::-1]]


def go(desk: Desk, order: Order, rule: str | None = None) -> None:
    """Select the first finding in this order, of this rule or of any, that no filter and nobody has hidden.

    The sheet was checked anew, so cells that were corrected meanwhile lose their marks.
    """
    desk.refresh_marks()
    found = desk.report.by_cell if rule is None else desk.report.of_rule(rule)
    if found:
        places = order([*found], desk.cell)
        row = desk.book.first_seen(desk.sheet.name, [row for row, _ in places])
        passed = next((number for number, place in enumerate(places) if place[0] == row), 0)
        place = places[passed]
        desk.book.select(desk.sheet.name, *place)
        desk.kind = found[place].rule
        went = say.went_to([*found].index(place) + 1, len(found), found[place])
        desk.status(say.on_the_way(went, len(desk.report.of_the_sheet), None if row is None else passed))
    elif desk.report.findings and rule:
        desk.tell(say.NONE_OF_ITS_KIND)
    else:
        desk.tell_checked()
