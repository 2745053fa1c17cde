"""What buttons changed in workbooks, kept for a week in files that only their owner can read, so as to put it back."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from icare_xl.grid import Stored

Marks = dict[str, list[str]]
KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Change:
    """Cells of one sheet before and after a button: address -> what was stored, and the text put there.

    `marks` are the areas under each of our marks, before and after, where those changed. `rows` tells each changed row
    (its number as text) from others, by a digest of its other cells.
    """

    book: str
    sheet: str
    before: dict[str, Stored]
    after: dict[str, str]
    marks: tuple[Marks, Marks] | None = None
    rows: dict[str, str] = field(default_factory=dict)


def remember(change: Change, folder: Path) -> None:
    """Write a change down."""
    tidy(folder)
    _write(folder / f"{time.time_ns()}.json", change)


def tidy(folder: Path) -> None:
    """Make the folder, for its owner alone, and let go of what is too old in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Let go of all that is in the folder."""
    for path in folder.iterdir():
        path.unlink(missing_ok=True)


def last(book: str, folder: Path) -> tuple[Path, Change] | None:
    """The latest change to a workbook, and the file that it is kept in."""
    return next(_changes(book, folder), None)


def marks(book: str, sheet: str, folder: Path) -> Marks:
    """The marks of a sheet, as the last change left them."""
    changes = (each for _, each in _changes(book, folder) if each.sheet == sheet and each.marks)
    return next((each.marks[1] for each in changes if each.marks), {})


def correct_marks(book: str, sheet: str, now: Marks, folder: Path) -> None:
    """The marks of a sheet have followed its cells, which is no change of its own: the last change of marks led here."""
    for path, change in _changes(book, folder):
        if change.sheet == sheet and change.marks:
            _write(path, replace(change, marks=(change.marks[0], now)))
            return


def _write(path: Path, change: Change) -> None:
    new = path.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(change), file, ensure_ascii=False)
    new.replace(path)


def _changes(book: str, folder: Path) -> Iterator[tuple[Path, Change]]:
    """The latest first."""
    for path in reversed(list(_files(folder))):
        try:
            change = Change(**json.loads(path.read_text("utf-8")))
        except (ValueError, TypeError):  # cut off when the machine went down
            continue
        if change.book == book:
            yield path, change


def _files(folder: Path) -> Iterator[Path]:
    """The oldest first."""
    yield from sorted(folder.glob("*.json"))
