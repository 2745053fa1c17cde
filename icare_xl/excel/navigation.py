"""From finding to finding: where to go next, and what is said there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.in_one_line import on_the_way, went_to
from icare_xl.excel.private_folder import short
from icare_xl.excel.session import Session
from icare_xl.model.addresses import Place
from icare_xl.model.finding import Finding, Report

Order = Callable[[Sequence[Place], Place], list[Place]]  # of places in reading order, from one of them


def ahead(places: Sequence[Place], here: Place) -> list[Place]:
    """From the place after this one to the end, and round."""
    number = bisect_right(places, here)
    return [*places[number:], *places[:number]]


def back(places: Sequence[Place], here: Place) -> list[Place]:
    """From the place before this one to the start, and round."""
    number = bisect_left(places, here)
    return [*places[:number][::-1], *places[number:][::-1]]


def go(session: Session, order: Order, among: Mapping[Place, Finding] | None = None) -> None:
    """Select the first finding in this order, among these or all, that no filter and nobody has hidden.

    The sheet was checked anew, so cells that were corrected meanwhile lose their marks.
    """
    session.edits.refresh_marks(session.reading)
    sheet, report = session.reading.sheet, session.reading.to_correct
    findings = report.by_cell if among is None else among
    if findings:
        places = order([*findings], session.cell)
        row = session.book.first_visible_row(sheet.name, [row for row, _ in places])
        passed = next((number for number, place in enumerate(places) if place[0] == row), 0)
        place = places[passed]
        session.book.select(sheet.name, *place)
        kind, rule = _kind(report, findings[place]), findings[place].rule
        _kind_file(session).write_text(f"{short(session.book.key)} {kind} {rule}", "utf-8")
        went = went_to([*findings].index(place) + 1, len(findings), findings[place])
        session.status(on_the_way(went, len(report.of_the_sheet), None if row is None else passed))
    elif report.findings and among is not None:
        session.tell(say.NONE_OF_ITS_KIND, then=then.GO_ON)
    elif session.reading.notes and not report.findings:
        session.tell(say.ALL_CORRECTED, then=then.STRIP)
    else:
        session.tell_checked()


def same_kind(session: Session) -> Mapping[Place, Finding] | None:
    """The findings to go on among: those like the finding of the selected cell, and where it has several, like the one of the
    kind gone to last. Where it has none (any more), those of that kind, and None, which is all, where nobody went anywhere.
    """
    report, (kind, rule) = session.reading.to_correct, _last_kind(session)
    here = report.at(*session.cell)
    if of_last := [each for each in here if _kind(report, each) == kind] or here:
        return report.like(of_last[0]).by_cell
    alike = [each for each in report.findings if _kind(report, each) == kind]
    alike = alike or [each for each in report.findings if each.rule == rule]  # too few are left to have a cause
    return Report(tuple(alike)).by_cell if kind else None


def _kind(report: Report, finding: Finding) -> str:
    """The code of its cause, or of its rule where it has none: it outlives the cells that were corrected meanwhile."""
    cause = report.cause_of(finding)
    return cause.code if cause else finding.rule


def _last_kind(session: Session) -> tuple[str, str]:
    """The kind and the rule of the finding that the person went to last, blank where that was not in this workbook."""
    path = _kind_file(session)
    book, kind, rule, *_ = [*(path.read_text("utf-8").split(" ") if path.exists() else []), "", "", ""]
    return (kind, rule) if book == short(session.book.key) else ("", "")


def _kind_file(session: Session) -> Path:
    return session.folder / "kind.txt"
