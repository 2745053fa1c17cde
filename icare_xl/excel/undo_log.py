"""What buttons changed in workbooks, kept for a week in files that only their owner can read, so as to put it back."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from icare_xl.excel.private_folder import short, tidy
from icare_xl.model.addresses import Place, a1, areas, cells_of, place_of
from icare_xl.model.cells import Stored
from icare_xl.model.finding import MARKS, Mark, Marks
from icare_xl.model.text import Text

_UNKNOWN = Text("", "")  # the button of a change that was written down before buttons were
Marker = Literal["check", "notes", "nobody"]  # what the marks of a sheet are about; `nobody`: they were taken off


@dataclass(frozen=True, slots=True)
class Change:
    """Cells of one sheet before and after a button: what was stored in each, and the text put there.

    `marks` are those before (None where they were too many to read) and after, where they changed, `by` what they have
    been about since. `rows` tells each row, as the change left it, from others, and `clients` the client of each changed
    row, by column; both are digests that `row_tracking` makes. `button` is the label of what made the change.
    """

    book: str
    sheet: str
    before: Mapping[Place, Stored] = field(default_factory=dict)
    after: Mapping[Place, str] = field(default_factory=dict)
    marks: tuple[Marks | None, Marks] | None = None
    by: Marker | None = None
    rows: Mapping[int, str] = field(default_factory=dict)
    clients: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    button: Text = _UNKNOWN

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
        json.dump(_document(change), file, ensure_ascii=False)


def last(book: str, folder: Path) -> Change | None:
    """The latest change to a workbook."""
    return next((change for _, change in _changes(book, folder)), None)


def forget_last(book: str, folder: Path) -> None:
    """Let go of the latest change to a workbook, if there is one."""
    if latest := next(_changes(book, folder), None):
        latest[0].unlink()


def marked_by(book: str, sheet: str, folder: Path) -> Marker | None:
    """What the marks of a sheet are about, as far as is known."""
    return next((change.by for _, change in _changes(book, folder) if change.sheet == sheet and change.by), None)


def _changes(book: str, folder: Path) -> Iterator[tuple[Path, Change]]:
    """The latest first."""
    for path in sorted(folder.glob(f"{short(book)}-*.json"), reverse=True):
        try:
            change = _change(json.loads(path.read_text("utf-8")))
        except (ValueError, TypeError, LookupError, AttributeError):  # cut off when the machine went down
            continue
        yield path, change


def _document(change: Change) -> dict[str, Any]:
    """A change as JSON has it: cells and areas by address; rows and columns become texts, as JSON’s keys do by themselves."""
    return {
        "book": change.book,
        "sheet": change.sheet,
        "before": {a1(*place): held for place, held in change.before.items()},
        "after": {a1(*place): text for place, text in change.after.items()},
        "marks": change.marks and [marks and areas_by_mark(marks) for marks in change.marks],
        "by": change.by,
        "rows": change.rows,
        "clients": change.clients,
        "button": [change.button.en, change.button.fr],
    }


def _change(document: dict[str, Any]) -> Change:
    """Raises ValueError, TypeError, LookupError or AttributeError where it is none."""
    marks = document["marks"]
    return Change(
        book=document["book"],
        sheet=document["sheet"],
        before={place_of(cell): held for cell, held in document["before"].items()},
        after={place_of(cell): text for cell, text in document["after"].items()},
        marks=marks and (marks[0] and _marks(marks[0]), _marks(marks[1])),
        by=document["by"],
        rows={int(row): digest for row, digest in document["rows"].items()},
        clients={
            int(row): {int(column): digest for column, digest in client.items()}
            for row, client in document["clients"].items()
        },
        button=Text(*document.get("button", (_UNKNOWN.en, _UNKNOWN.fr))),
    )


def areas_by_mark(marks: Marks) -> dict[Mark, list[str]]:
    """The addresses of the areas under each mark."""
    return {mark: list(areas(cells)) for mark, cells in marks.items()}


def _marks(areas: Mapping[Mark, Sequence[str]]) -> Marks:
    return {mark: set(cells_of(areas.get(mark, ()))) for mark in MARKS}
