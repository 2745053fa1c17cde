"""The day by which a month's files have to be uploaded: the fifth working day of the month after it.

No public page says which holidays count, so the calendar is chosen, and always named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from icare_xl.model.text import Text

WORKING_DAYS = 5
FEDERAL = "federal"
CALENDARS: dict[str, Text] = {
    FEDERAL: Text("federal holidays", "jours fériés fédéraux"),
    "AB": Text("holidays of Alberta", "jours fériés de l’Alberta"),
    "BC": Text("holidays of British Columbia", "jours fériés de la Colombie-Britannique"),
    "MB": Text("holidays of Manitoba", "jours fériés du Manitoba"),
    "NB": Text("holidays of New Brunswick", "jours fériés du Nouveau-Brunswick"),
    "NL": Text("holidays of Newfoundland and Labrador", "jours fériés de Terre-Neuve-et-Labrador"),
    "NS": Text("holidays of Nova Scotia", "jours fériés de la Nouvelle-Écosse"),
    "NT": Text("holidays of the Northwest Territories", "jours fériés des Territoires du Nord-Ouest"),
    "NU": Text("holidays of Nunavut", "jours fériés du Nunavut"),
    "ON": Text("holidays of Ontario", "jours fériés de l’Ontario"),
    "PE": Text("holidays of Prince Edward Island", "jours fériés de l’Île-du-Prince-Édouard"),
    "QC": Text("holidays of Quebec", "jours fériés du Québec"),
    "SK": Text("holidays of Saskatchewan", "jours fériés de la Saskatchewan"),
    "YT": Text("holidays of Yukon", "jours fériés du Yukon"),
}
PROVINCES: dict[str, Text] = {  # as short as people write them
    "AB": Text("Alberta", "Alberta"),
    "BC": Text("British Columbia", "Colombie-Britannique"),
    "MB": Text("Manitoba", "Manitoba"),
    "NB": Text("New Brunswick", "Nouveau-Brunswick"),
    "NL": Text("Newfoundland and Labrador", "Terre-Neuve-et-Labrador"),
    "NS": Text("Nova Scotia", "Nouvelle-Écosse"),
    "NT": Text("Northwest Territories", "Territoires du Nord-Ouest"),
    "NU": Text("Nunavut", "Nunavut"),
    "ON": Text("Ontario", "Ontario"),
    "PE": Text("Prince Edward Island", "Île-du-Prince-Édouard"),
    "QC": Text("Quebec", "Québec"),
    "SK": Text("Saskatchewan", "Saskatchewan"),
    "YT": Text("Yukon", "Yukon"),
}
_EARLIEST = Text(
    "the earliest day of the federal and provincial calendars, as no province is set",
    "premier jour des calendriers fédéral et provinciaux, aucune province indiquée",
)
_CLOSED = Text("{calendar}, and your closing days", "{calendar}, et vos jours de fermeture")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day, the calendar that it follows, and where none was chosen the day by each calendar."""

    day: date
    calendar: Text
    candidates: dict[str, date]


def reporting_month(today: date) -> date:
    """The first day of the month that is reported now: the last one that is over."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def deadline(month: date, province: str | None = None, closed: Collection[date] = ()) -> Deadline:
    """For the services of a month, by a calendar of CALENDARS; the earliest day by any of them where none is named."""
    names = [province] if province else list(CALENDARS)
    days = {name: _fifth(month, name, closed) for name in names}
    calendar = CALENDARS[province] if province else _EARLIEST
    return Deadline(min(days.values()), _CLOSED.format(calendar=calendar) if closed else calendar, days)


def _fifth(month: date, calendar: str, closed: Collection[date]) -> date:
    return next(islice(_working_days(_next(month), calendar, closed), WORKING_DAYS - 1, None))


def _next(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def _working_days(first: date, calendar: str, closed: Collection[date]) -> Iterator[date]:
    """Every day from the first that is no weekend, holiday or closing day."""
    import holidays

    if calendar == FEDERAL:
        off = holidays.country_holidays("CA", categories=("government", "public"))
    else:
        off = holidays.country_holidays("CA", subdiv=calendar)
    day = first
    while True:
        if day.weekday() < 5 and day not in off and day not in closed:
            yield day
        day += timedelta(days=1)
