"""Days as people write them: which ones are certain, and which can be read two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from icare_xl.model.cells import Cell, Holds
from icare_xl.model.normalise import collapse_blanks, plain, unaccented

Written = Literal["in full", "short year", "run together", "with a time"]
Span = tuple[date, date]  # first and last day that a field can hold
ALWAYS = (date.min, date.max)

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2})", re.ASCII)
_FULL_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_TIME = re.compile(r"(?<=\d)(?:t| +)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m|z)?", re.ASCII | re.IGNORECASE)
_WORDS = re.compile(r"[^\s\-/.,]+")
_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?|\d{4}", re.ASCII)
_CENTURIES = ("19", "20")
_MONTHS = {
    name: month
    for month, names in enumerate(
        ("jan january janv janvier", "feb february fev fevr fevrier", "mar march mars", "apr april avr avril",
         "may mai", "jun june juin", "jul july juil juillet", "aug august aout", "sep sept september septembre",
         "oct october octobre", "nov november novembre", "dec december decembre"), 1,
    )
    for name in names.split()
}  # fmt: skip


def iso_day(cell: Cell) -> date | None:
    """The day of a cell that leaves no doubt: a real date, or text written YYYY-MM-DD (outer blanks aside)."""
    if cell.holds is Holds.DATE:
        return cell.day
    return _day(*match.groups()) if (match := _ISO.fullmatch(collapse_blanks(cell.text))) else None


def likely_day(cell: Cell, within: Span = ALWAYS) -> date | None:
    """The one day a cell can stand for, or None: `03/04/2025` is two days, `25/04/2025` only one.

    `within` are the days that make sense there; they tell which century `78` belongs to, if only one does.
    """
    if cell.day:
        return cell.day if cell.holds is Holds.DATE or date(1910, 1, 1) <= cell.day < date(2100, 1, 1) else None
    text = _TIME.sub("", plain(cell.text))
    for pattern in (_YEAR_FIRST, _COMPACT):
        if match := pattern.fullmatch(text):
            return _day(*match.groups())
    days = _readings(text)
    if not days and len(days := _in_few_digits(text) + _with_month(text)) > 1:
        days = [day for day in days if within[0] <= day <= within[1]]
    if len(days) == 1:
        return days[0]
    serial = date(1899, 12, 30) + timedelta(days=int(text)) if _SERIAL.fullmatch(text) else None
    return serial if serial and serial < date(2100, 1, 1) else None


def readings(cell: Cell, within: Span) -> list[date]:
    """The days that a text may be, of those that make sense there: `03/04/18` is several."""
    text = _TIME.sub("", plain(cell.text))
    days = _readings(text) or _in_few_digits(text) + _with_month(text)
    return [day for day in days if within[0] <= day <= within[1]]


def written(cell: Cell) -> Written:
    """How a text names its day."""
    text = plain(cell.text)
    if _TIME.search(text):
        return "with a time"
    if _COMPACT.fullmatch(text) and not _YEAR_FIRST.fullmatch(text):
        return "run together"
    return "in full" if _FULL_YEAR.search(text) else "short year"


def certain_day(cell: Cell, within: Span = ALWAYS) -> date | None:
    """The only day that a cell can be read as, in whatever form it is written."""
    return iso_day(cell) or likely_day(cell, within)


def shown_day(cell: Cell, within: Span = ALWAYS) -> str:
    """What a cell holds, with its day where it is not written YYYY-MM-DD: `43256 (2018-06-05)`."""
    day = None if iso_day(cell) else likely_day(cell, within)
    return collapse_blanks(cell.text) + (f" ({day})" if day else "")


def two_days(cell: Cell) -> tuple[date, date] | None:
    """The two days that `03/04/2025` can mean, day first and month first, or None where there is no such doubt."""
    days = _readings(plain(cell.text)) if cell.holds is Holds.TEXT else []
    return (days[0], days[1]) if len(days) == 2 else None


@dataclass(frozen=True, slots=True)
class Order:
    """How many dates of a column that end in the year can only be day before month, month before day, or are both."""

    day_first: int = 0
    month_first: int = 0
    unsettled: int = 0
    witnesses: int = 0  # different texts among those that can only be one

    @property
    def all(self) -> int:
        return self.day_first + self.month_first + self.unsettled

    @property
    def settled(self) -> Literal["day", "month"] | None:
        """`day` or `month`, whichever comes first: where at least three dates say so, not one text repeated, and none
        says otherwise.
        """
        one, other = sorted((self.day_first, self.month_first))
        if one or other < 3 or self.witnesses < 2:
            return None
        return "day" if self.day_first else "month"


def order(cells: Iterable[tuple[Cell, int]]) -> Order:
    """The order of day and month in a column, from its distinct cells and how often each is there."""
    day_first = month_first = unsettled = witnesses = 0
    for cell, count in cells:
        match = _YEAR_LAST.fullmatch(plain(cell.text)) if cell.holds is Holds.TEXT else None
        if not match:
            continue
        first, second, year = match.groups()
        as_day_first, as_month_first = _day(year, second, first), _day(year, first, second)
        if as_day_first and as_month_first:
            unsettled += count
        elif as_day_first or as_month_first:
            day_first += count if as_day_first else 0
            month_first += count if as_month_first else 0
            witnesses += 1
    return Order(day_first, month_first, unsettled, witnesses)


def _readings(text: str) -> list[date]:
    """The days of a text that ends in the year: day first, then month first, as far as the calendar has them."""
    if not (match := _YEAR_LAST.fullmatch(text)):
        return []
    first, second, year = match.groups()
    return _known([_day(year, second, first), _day(year, first, second)])


def _in_few_digits(text: str) -> list[date]:
    """The days of `20/05/78`, in any order and either century."""
    if not (match := _SHORT_YEAR.fullmatch(text)):
        return []
    one, two, three = match.groups()
    orders = [(three, two, one), (three, one, two), *([(one, two, three)] if len(one) == 2 else [])]
    return _known([_day(century + year, month, day) for year, month, day in orders for century in _CENTURIES])


def _with_month(text: str) -> list[date]:
    """The days of `20 mai 1978`, `May 20, 1978` or `20-May-78`, in English or French."""
    words = _WORDS.findall(unaccented(text))
    named = [at for at, word in enumerate(words) if word in _MONTHS]
    if len(words) != 3 or len(named) != 1:
        return []
    month = str(_MONTHS[words.pop(named[0])])
    numbers = [match[1] or match[0] for word in words if (match := _NUMBER.fullmatch(word))]
    if len(numbers) != 2:
        return []
    day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
    if len(day) > 2 or len(year) == 1:
        return []
    return _known([_day(year if len(year) == 4 else century + year, month, day) for century in _CENTURIES])


def _known(days: Iterable[date | None]) -> list[date]:
    return list(dict.fromkeys(day for day in days if day))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
