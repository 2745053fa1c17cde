"""Days as people write them: which ones are certain, and which can be read two ways."""

from __future__ import annotations

import re
from datetime import date, timedelta

from icare_xl.grid import Cell, Holds
from icare_xl.wording import tidy

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)


def iso_day(cell: Cell) -> date | None:
    """The day of a cell that leaves no doubt: a real date, or text written YYYY-MM-DD (outer blanks aside)."""
    if cell.holds is Holds.DATE:
        return cell.day
    return _day(*match.groups()) if (match := _ISO.fullmatch(tidy(cell.text))) else None


def likely_day(cell: Cell) -> date | None:
    """The one day a cell can stand for, or None: `03/04/2025` is two days, `25/04/2025` only one."""
    if cell.day:
        return cell.day if cell.holds is Holds.DATE or date(1910, 1, 1) <= cell.day < date(2100, 1, 1) else None
    text = tidy(cell.text)
    for pattern in (_YEAR_FIRST, _COMPACT):
        if match := pattern.fullmatch(text):
            return _day(*match.groups())
    days = _readings(text)
    if len(days) == 1:
        return days[0]
    serial = date(1899, 12, 30) + timedelta(days=int(text)) if _SERIAL.fullmatch(text) else None
    return serial if serial and serial < date(2100, 1, 1) else None


def two_days(cell: Cell) -> tuple[date, date] | None:
    """The two days that `03/04/2025` can mean, day first and month first, or None where there is no such doubt."""
    days = _readings(tidy(cell.text)) if cell.holds is Holds.TEXT else []
    return (days[0], days[1]) if len(days) == 2 else None


def _readings(text: str) -> list[date]:
    """The days of a text that ends in the year: day first, then month first, as far as the calendar has them."""
    if not (match := _YEAR_LAST.fullmatch(text)):
        return []
    first, second, year = match.groups()
    days = (_day(year, second, first), _day(year, first, second))
    return list(dict.fromkeys(day for day in days if day))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
