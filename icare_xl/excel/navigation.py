"""From finding to finding: where to go next, and what is said there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

from icare_xl.excel import sentences as say
from icare_xl.excel.private_folder import short
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
    session.edits.refresh_marks(session.reading)
    sheet, report = session.reading.sheet, session.reading.report
    findings = report.by_cell if rule is None else report.of_rule(rule)
    if findings:
        places = order([*findings], session.cell)
        row = session.book.first_visible_row(sheet.name, [row for row, _ in places])
        passed = next((number for number, place in enumerate(places) if place[0] == row), 0)
        place = places[passed]
        session.book.select(sheet.name, *place)
        _rule_file(session).write_text(f"{short(session.book.key)} {findings[place].rule}", "utf-8")
        went = say.went_to([*findings].index(place) + 1, len(findings), findings[place])
        session.status(say.on_the_way(went, len(report.of_the_sheet), None if row is None else passed))
    elif report.findings and rule:
        session.tell(say.NONE_OF_ITS_KIND)
    else:
        session.tell_checked()


def same_kind(session: Session) -> str | None:
    """The rule to go on with: that of the finding gone to last, unless the selected cell has findings of others alone."""
    rules = [finding.rule for finding in session.reading.report.at(*session.cell)]
    last = _last_rule(session)
    return last if last in rules or not rules else rules[0]


def _last_rule(session: Session) -> str | None:
    """The rule of the finding that the person went to last, if that was in this workbook."""
    path = _rule_file(session)
    book, _, rule = path.read_text("utf-8").partition(" ") if path.exists() else ("", "", "")
    return rule if book == short(session.book.key) else None


def _rule_file(session: Session) -> Path:
    return session.folder / "kind.txt"
