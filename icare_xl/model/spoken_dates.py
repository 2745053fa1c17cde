"""Days and months as they are said in a sentence."""

from __future__ import annotations

from datetime import date, datetime

from icare_xl.model.text import Text

_MONTHS = tuple(
    Text(*names.split())
    for names in (
        "January janvier", "February février", "March mars", "April avril", "May mai", "June juin", "July juillet",
        "August août", "September septembre", "October octobre", "November novembre", "December décembre",
    )
)  # fmt: skip


def spoken_day(day: date) -> Text:
    """`3 February 2026`, « 3 février 2026 », « 1er février 2026 »."""
    month, first = spoken_month(day), "1er" if day.day == 1 else day.day
    return Text(f"{day.day} {month.en}", f"{first} {month.fr}")


def spoken_month(month: date) -> Text:
    """`December 2025`, « décembre 2025 »."""
    name = _MONTHS[month.month - 1]
    return Text(f"{name.en} {month.year}", f"{name.fr} {month.year}")


def spoken_moment(moment: datetime) -> Text:
    """`3 February 2026, 14:05`, « 3 février 2026, 14 h 05 », where the reader is."""
    here = moment.astimezone()
    day = spoken_day(here.date())
    return Text(f"{day.en}, {here:%H:%M}", f"{day.fr}, {here:%H} h {here:%M}")
