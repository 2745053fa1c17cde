"""Rejected files as they came back, kept a week for their owner alone, so that what was corrected in them can be listed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from icare_xl.excel.private_folder import short, tidy


def keep(copy: Path, book: str, uploads: Iterable[str], folder: Path) -> None:
    """Keep a copy of a workbook, unless one of the same uploads is kept already: that one is older, and less corrected."""
    tidy(folder)
    kept = folder / f"{short(book)}-{short(' '.join(sorted(uploads)))}.xlsx"
    if not kept.exists():
        for other in folder.glob(f"{short(book)}-*.xlsx"):
            other.unlink()
        shutil.copyfile(copy, kept)
        kept.chmod(0o600)


def as_it_was(book: str, folder: Path, uploads: Iterable[str] | None = None) -> Path | None:
    """The kept copy of a workbook, of these uploads where they are known."""
    which = "*" if uploads is None else short(" ".join(sorted(uploads)))
    return next(iter(folder.glob(f"{short(book)}-{which}.xlsx")), None)
