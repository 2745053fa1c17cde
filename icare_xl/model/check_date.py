"""The day of a check, and the month that is reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CheckDate:
    """The day of the check, and the reporting month (its first day) where one was named."""

    today: date
    month: date | None = None
