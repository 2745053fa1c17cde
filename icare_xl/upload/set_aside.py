"""Files whose place another took: moved out of the way, so that nobody uploads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from icare_xl.upload import certificate
from icare_xl.upload.ledger import Submission

FOLDER = "replaced"
Moves = list[tuple[Path, Path]]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A replaced file: `moved` is where it is now, None where it stays; `found` where it is or was, None where nobody knows."""

    submission: Submission
    found: Path | None
    moved: Path | None


def beside(submission: Submission, folder: Path) -> Path | None:
    """The file in a folder, told by its name and its SHA-256."""
    path = folder / submission.saved.about.file
    return path if _is(submission, path) else None


def can_be_moved(path: Path) -> bool:
    """Whether no program has it open: Excel lets nobody else write to a workbook that it has open."""
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


@contextmanager
def set_aside(submissions: Iterable[Submission], folder: Path) -> Iterator[list[SetAside]]:
    """Move them, with their certificates, into a folder below; back again where the block raises."""
    moves: Moves = []
    try:
        yield [_moved(each, folder, moves) for each in submissions]
    except BaseException:
        for old, new in reversed(moves):
            with suppress(OSError):
                new.rename(old)
        raise


def _moved(submission: Submission, folder: Path, moves: Moves) -> SetAside:
    path = beside(submission, folder)
    if path is None:
        before = _moved_before(submission, folder / FOLDER)
        return SetAside(submission, before, before)
    target = _free(folder / FOLDER / path.name)
    try:
        target.parent.mkdir(exist_ok=True)
        path.rename(target)
    except OSError:
        return SetAside(submission, path, None)
    moves.append((path, target))
    for old, new in zip(certificate.beside(path), certificate.beside(target), strict=True):
        with suppress(OSError):
            old.rename(new)
            moves.append((old, new))
    return SetAside(submission, path, target)


def _moved_before(submission: Submission, folder: Path) -> Path | None:
    """Where a save that broke off has left it."""
    name = Path(submission.saved.about.file)
    there = folder.glob(f"*{name.suffix}") if folder.is_dir() else ()
    return next((path for path in there if path.name.startswith(name.stem) and _is(submission, path)), None)


def _is(submission: Submission, path: Path) -> bool:
    try:
        return certificate.digest(path) == submission.saved.about.sha256
    except OSError:
        return False


def _free(path: Path) -> Path:
    """The path, or one with a number, where neither a file nor a certificate of one is."""
    numbered = (path.with_stem(f"{path.stem}_{number}") for number in count(2))
    return path if _nothing_at(path) else next(filter(_nothing_at, numbered))


def _nothing_at(path: Path) -> bool:
    there: Sequence[Path] = (path, *certificate.beside(path))
    return not any(each.exists() for each in there)
