"""A month at a glance: for each service what was saved, what became of it, and what is still to do, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from icare_xl.icare.deadline import Deadline, deadline, reporting_month
from icare_xl.model.text import Text
from icare_xl.settings import Settings
from icare_xl.upload.ledger import History, Returned, Standing, Submission


@dataclass(frozen=True, slots=True)
class Service:
    """What was saved for one service. `open_rows` counts the rejected rows of each file that were not sent again."""

    service: str | None
    submissions: tuple[Submission, ...]
    open_rows: tuple[int, ...]

    def count(self, standing: Standing) -> int:
        return sum(each.standing == standing for each in self.submissions)


@dataclass(frozen=True, slots=True)
class Month:
    """`services` are all that the ledger knows, so that one of which nothing was saved this month is seen. `stray` is what
    came back, while this month was reported, of files that are not in the ledger.
    """

    month: date
    deadline: Deadline
    services: tuple[Service, ...]
    stray: tuple[Returned, ...]
    problems: tuple[Text, ...]


def months(history: History) -> set[date]:
    """The first day of each month of which something was saved."""
    return {date(*_belongs_to(each), 1) for each in history.submissions}


def month_of(history: History, month: date, settings: Settings) -> Month:
    names = sorted({each.saved.about.service for each in history.submissions}, key=str)
    return Month(
        month,
        deadline(month, settings.province, settings.closing_days),
        tuple(_service(history, month, name) for name in names),
        tuple(each for each in history.stray if _reported(each.when) == (month.year, month.month)),
        (*history.problems, *history.doubled()),
    )


def _service(history: History, month: date, name: str | None) -> Service:
    found = [
        each
        for each in history.submissions
        if each.saved.about.service == name and _belongs_to(each) == (month.year, month.month)
    ]
    return Service(name, tuple(found), tuple(history.open_rows(each) for each in found))


def _belongs_to(submission: Submission) -> tuple[int, int]:
    """Year and month. Where nobody named one, the month that was reported when it was saved."""
    month = submission.saved.about.month
    return (month.year, month.month) if month else _reported(submission.saved.when)


def _reported(when: datetime) -> tuple[int, int]:
    """Year and month that were reported then, by the calendar of this place."""
    month = reporting_month(when.astimezone().date())
    return month.year, month.month
