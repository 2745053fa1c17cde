"""The fifth working day of the next month: whose holidays count, and what is said where nobody knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icare_xl.icare.deadline import CALENDARS, FEDERAL, deadline, reporting_month
from tests.support import some

STATUTORY = {
    2025: "01-08 02-07 03-07 04-07 05-07 06-06 07-08 08-07 09-08 10-07 11-07 12-05",
    2026: "01-08 02-06 03-06 04-08 05-07 06-05 07-08 08-07 09-08 10-07 11-06 12-07",
}
OWN = [date(2026, 4, 6), date(2026, 8, 3)]  # Easter Monday and Civic Holiday


@pytest.mark.parametrize("calendar", [FEDERAL, "ON"])
@pytest.mark.parametrize("day", [f"{year}-{day}" for year, days in STATUTORY.items() for day in days.split()])
def test_two_years_day_by_day(day: str, calendar: str) -> None:
    expected = date.fromisoformat(day)
    assert deadline(reporting_month(expected), calendar).day == expected


@pytest.mark.parametrize(
    ("month", "calendar", "day"),
    [
        ("2028-09-01", FEDERAL, "2028-10-10"),  # 30 September is observed on Monday 2 October
        ("2028-09-01", "ON", "2028-10-06"),
        ("2026-07-01", "ON", "2026-08-07"),
        ("2026-07-01", "BC", "2026-08-10"),  # where the first Monday of August is a holiday
    ],
)
def test_calendars_differ(month: str, calendar: str, day: str) -> None:
    assert deadline(date.fromisoformat(month), calendar).day == date.fromisoformat(day)


@pytest.mark.parametrize(("month", "day"), [("2026-03-01", "2026-04-09"), ("2026-07-01", "2026-08-10")])
def test_own_closing_days_move_it_and_are_named(month: str, day: str) -> None:
    found = deadline(date.fromisoformat(month), "ON", OWN)
    assert found.day == date.fromisoformat(day)
    assert found.calendar.en == "holidays of Ontario, and your closing days"
    assert found.calendar.fr == "jours fériés de l’Ontario, et vos jours de fermeture"


def test_without_a_province_it_is_the_earliest_and_says_so() -> None:
    found = deadline(date(2028, 9, 1))
    assert found.day == date(2028, 10, 6) == min(found.candidates.values())
    assert found.candidates[FEDERAL] == date(2028, 10, 10) and found.candidates.keys() == CALENDARS.keys()
    assert "no province is set" in found.calendar.en and "aucune province indiquée" in found.calendar.fr


@pytest.mark.parametrize(
    ("today", "month"), [("2026-02-03", "2026-01-01"), ("2026-01-31", "2025-12-01"), ("2026-03-01", "2026-02-01")]
)
def test_the_month_reported_is_the_last_one_that_is_over(today: str, month: str) -> None:
    assert reporting_month(date.fromisoformat(today)) == date.fromisoformat(month)


@settings(max_examples=some(60), deadline=None)
@given(
    st.dates(date(2015, 1, 1), date(2045, 12, 31)),
    st.sampled_from([None, *CALENDARS]),
    st.sets(st.integers(0, 12), max_size=6),
)
def test_any_month(day: date, calendar: str | None, closed: set[int]) -> None:
    """It is a working day, in the next month, and never before the fifth weekday; closing days never bring it nearer."""
    month, following = day.replace(day=1), (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    own = [following + timedelta(days=each) for each in closed]
    found, without = deadline(month, calendar, own).day, deadline(month, calendar).day
    weekdays = [each for each in map(following.__add__, map(timedelta, range(31))) if each.weekday() < 5]
    assert found.weekday() < 5 and found not in own
    assert found >= without >= weekdays[4]
