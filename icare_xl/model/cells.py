"""What a cell holds, as Excel stores it and as iCARE would read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from icare_xl.model.normalise import collapse_blanks


class Holds(Enum):
    """What Excel stores in a cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"


Stored = str | float | bool  # what can be put into a cell; days are numbers, `""` is nothing


@dataclass(frozen=True, slots=True)
class Cell:
    """A value. `text` is what iCARE would read; `day` is the date that a number stands for, if it can; a real date may
    carry a `time_of_day`, which `text` does not have.
    """

    text: str
    holds: Holds = Holds.TEXT
    formula: bool = False
    day: date | None = None
    time_of_day: time | None = None

    @property
    def blank(self) -> bool:
        return not collapse_blanks(self.text)

    @property
    def is_error(self) -> bool:
        return self.holds is Holds.ERROR


BLANK = Cell("")
_AFTER_THE_LAST_DAY = 2_958_466
_MILLISECONDS = 86_400_000  # of a day


def number_cell(stored: str, as_date: bool, formula: bool = False, date1904: bool = False) -> Cell:
    """A number as the workbook stores it; `as_date` where its format shows a day. Raises ValueError for no number."""
    day, time_of_day = _moment(float(stored), date1904)
    if as_date and day:
        return Cell(day.isoformat(), Holds.DATE, formula, day, time_of_day)
    return Cell(_number_text(stored), Holds.NUMBER, formula, day)


def _moment(serial: float, date1904: bool) -> tuple[date | None, time | None]:
    """The day of a serial number, and the time of day where it has one; what a float cannot tell is rounded away first."""
    if not 0 < serial < _AFTER_THE_LAST_DAY:
        return None, None
    days, milliseconds = divmod(round(serial * _MILLISECONDS), _MILLISECONDS)
    return _day(days, date1904), whole_seconds((datetime.min + timedelta(milliseconds=milliseconds)).time())


def whole_seconds(of_day: time) -> time | None:
    """A time of day without fractions of a second, or None where nothing is left of it."""
    whole = of_day.replace(microsecond=0, tzinfo=None)
    return None if whole == time.min else whole


def _day(serial: int, date1904: bool) -> date | None:
    """The day of a whole serial number. Excel counts a 29 February 1900 that never was."""
    if not 1 <= serial < _AFTER_THE_LAST_DAY:
        return None
    if date1904:
        return date(1904, 1, 1) + timedelta(days=serial) if serial < 2_957_004 else None
    return date(1899, 12, 30) + timedelta(days=serial + (serial < 60))


def _number_text(stored: str) -> str:
    """A number as Excel shows it: 15 digits, no exponent for whole numbers. `1.12E9` is `1120000000`."""
    if re.fullmatch(r"-?\d{1,15}", stored):
        return stored
    number = float(stored)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else format(number, ".15g")
