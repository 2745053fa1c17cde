"""The workbooks that the story begins with: what the case management system exports. All people are invented."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from icare_xl.icare import library
from icare_xl.icare.blank_workbook import Value
from icare_xl.icare.example import month_with_mistakes
from tests.support.services import good
from tests.support.sheets import small_workbook

Row = Mapping[str, Value]
MANY = 2_510  # rows: more than a file may hold


def write(folder: Path) -> None:
    _profiles(folder / "january_profiles.xlsx", 4, "2026-01")
    small_workbook(folder / "january.xlsx", month_with_mistakes())
    _orientation(folder / "february.xlsx", 5, "2026-02")
    _orientation(folder / "february_late.xlsx", 4, "2026-02", first=40)
    _profiles(folder / "march_profiles.xlsx", MANY, "2026-03")


def _profiles(path: Path, count: int, month: str) -> None:
    rows = {4 + number: good("client_profile", number) for number in range(count)}
    small_workbook(path, rows, of=library.of_service("client_profile"))


def _orientation(path: Path, count: int, month: str, first: int = 0) -> None:
    small_workbook(
        path, {4 + number: _of(month, good("information_orientation", first + number)) for number in range(count)}
    )


def _of(month: str, row: Row) -> dict[str, Value]:
    """The same services in another month."""
    return {
        id_: value.replace("2026-01-", f"{month}-") if isinstance(value, str) else value for id_, value in row.items()
    }
