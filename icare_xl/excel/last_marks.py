"""How each sheet was last marked, noted for marks that are too many to be read from Excel."""

from __future__ import annotations

import json
from pathlib import Path

from icare_xl.excel.private_folder import short, tidy
from icare_xl.excel.undo_log import areas_by_mark
from icare_xl.model.finding import Marks


def note(book: str, sheet: str, marks: Marks, areas: int | None, folder: Path) -> None:
    """Note how a sheet is marked now, and how many areas Excel makes of it, where that is known."""
    tidy(folder)
    _path(book, sheet, folder).write_text(f"{_digest(marks)} {'' if areas is None else areas}", "utf-8")


def are_noted(book: str, sheet: str, marks: Marks, areas: int, folder: Path) -> bool:
    """Whether these are the marks that were noted last, in so many areas as Excel had then, if that was noted."""
    path, digest = _path(book, sheet, folder), _digest(marks)
    return path.exists() and path.read_text("utf-8").strip() in (digest, f"{digest} {areas}")


def _path(book: str, sheet: str, folder: Path) -> Path:
    return folder / f"{short(book)}-{short(sheet)}.txt"


def _digest(marks: Marks) -> str:
    return short(json.dumps(areas_by_mark(marks), sort_keys=True))
