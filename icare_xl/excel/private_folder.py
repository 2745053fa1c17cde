"""Folders for what is kept on this computer for a week, for its owner alone."""

from __future__ import annotations

import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

KEPT_SECONDS = 7 * 24 * 3600


class PrivateFolders(NamedTuple):
    """What buttons changed, workbooks as they were when their notes were read, how sheets were last marked, and lists that were
    opened as a page.
    """

    undo_log: Path
    rejected: Path
    last_marks: Path
    pages: Path

    @classmethod
    def below(cls, folder: Path) -> PrivateFolders:
        return cls(folder / "journal", folder / "rejected", folder / "marks", folder / "pages")


def tidy(folder: Path) -> None:
    """Make the folder, for its owner alone, and let go of what is too old in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.iterdir():
        with suppress(OSError):  # Windows deletes nothing that is open: next time
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Let go of all that is in the folder. Raises the fault of the first file that is still there, after all the others."""
    left: list[OSError] = []
    for path in folder.iterdir():
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            left.append(fault)
    if left:
        raise left[0]


def short(text: str) -> str:
    """A name for a file that tells nothing."""
    return sha256(text.encode()).hexdigest()[:16]
