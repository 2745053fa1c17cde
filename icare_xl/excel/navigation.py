"""From finding to finding: where to go next, and what is said there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from icare_xl.excel import sentences as say
from icare_xl.excel.session import Session
from icare_xl.model.addresses import Place

Order = Callable[[Sequence[Place], Place], list[Place]]  # of places in reading order, from one of them


def ahead(places: Sequence[Place], here: Place) -> list[Place]:
    """From the place after this one to the end, and round."""
    number = bisect_right(places, here)
    return [*places[number:], *places[:number]]


def back(places: Sequence[Place], here: Place) -> list[Place]:
    """From the place before this one to the start, and round."""
    number = bisect_left(places, here)
    return [*places[:number][::-1], *places[number:][::-1]]


def go(session: Session, order: Order, rule: str | None = None) -> None:
    """Select the first finding in this order, of this rule or of any, that no filter and nobody has hidden.

    The sheet was checked anew, so cells that were corrected meanwhile lose their marks.
    """
    session.refresh_marks()
    found = session.report.by_cell if rule is None else session.report.of_rule(rule)
    if found:
        places = order([*found], session.cell)
        row = session.book.first_visible_row(session.sheet.name, [row for row, _ in places])
        passed = next((number for number, place in enumerate(places) if place[0] == row), 0)
        place = places[passed]
        session.book.select(session.sheet.name, *place)
        session.kind = found[place].rule
        went = say.went_to([*found].index(place) + 1, len(found), found[place])
        session.status(say.on_the_way(went, len(session.report.of_the_sheet), None if row is None else passed))
    elif session.report.findings and rule:
        session.tell(say.NONE_OF_ITS_KIND)
    else:
        session.tell_checked()
