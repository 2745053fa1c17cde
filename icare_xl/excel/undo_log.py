"""What buttons changed in workbooks, kept for a week in files that only their owner can read, so as to put it back."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from icare_xl.excel.private_folder import short, tidy
from icare_xl.model.cells import Stored

Marks = dict[str, list[str]]  # mark -> the areas under it
Marker = Literal["check", "notes", "nobody"]  # what the marks of a sheet are about; `nobody`: they were taken off


@dataclass(frozen=True, slots=True)
class Change:
    """Cells of one sheet before and after a button: address -> what was stored, and the text put there.

    `marks` are those before (None where they were too many to read) and after, where they changed, `by` what they have
    been about since. `rows` tells each row, as the change left it, from others, and `clients` the client of each changed
    row, by digests that `moved` makes.
    """

    book: str
    sheet: str
    before: dict[str, Stored] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    marks: tuple[Marks | None, Marks] | None = None
    by: Marker | None = None
    rows: dict[str, str] = field(default_factory=dict)
    clients: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.before.keys() != self.after.keys():
            raise ValueError("each cell has a before and an after")


def remember(change: Change, folder: Path) -> None:
    """Write a change down."""
    tidy(folder)
    number = time.time_ns()
    while (path := folder / f"{short(change.book)}-{number}.json").exists():  # some clocks tick only now and then
        number += 1
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(change), file, ensure_ascii=False)


def note_marks(book: str, sheet: str, marks: Marks, count: int | None, folder: Path) -> None:
    """Note how a sheet is marked now, and how many areas Excel makes of it, where that is known."""
    tidy(folder)
    _note(book, sheet, folder).write_text(f"{_digest(marks)} {'' if count is None else count}", "utf-8")


def are_noted(book: str, sheet: str, marks: Marks, count: int, folder: Path) -> bool:
    """Whether these are the marks that were noted last, in so many areas as Excel had then, if that was noted."""
    path = _note(book, sheet, folder)
    return path.exists() and path.read_text("utf-8").strip() in (_digest(marks), f"{_digest(marks)} {count}")


def _note(book: str, sheet: str, folder: Path) -> Path:
    return folder / f"{short(book)}-{short(sheet)}.txt"


def _digest(marks: Marks) -> str:
    return short(json.dumps(marks, sort_keys=True))


def last(book: str, folder: Path) -> tuple[Path, Change] | None:
    """The latest change to a workbook, and the file that it is kept in."""
    return next(_changes(book, folder), None)


def marked_by(book: str, sheet: str, folder: Path) -> Marker | None:
    """What the marks of a sheet are about, as far as is known."""
    return next((each.by for _, each in _changes(book, folder) if each.sheet == sheet and each.by), None)


def _changes(book: str, folder: Path) -> Iterator[tuple[Path, Change]]:
    """The latest first."""
    for path in sorted(folder.glob(f"{short(book)}-*.json"), reverse=True):
        try:
            yield path, Change(**json.loads(path.read_text("utf-8")))
        except (ValueError, TypeError, AttributeError):  # cut off when the machine went down
            continue
