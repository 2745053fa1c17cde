"""The files of a folder, each as a few lines of text: the parts of a workbook, a short text itself, a digest of all else."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.recorded.plain import plain, without_folders

Told = dict[str, list[str]]  # name of a file -> its lines
SHOWN = {".csv", ".json", ".key", ".toml", ".txt"}
LONGEST = 4000  # signs; of a longer text there is a digest


class Files:
    """The files below some folders, by name; the first folder needs no name. What did not change is not read again.

    `workbook` tells what is in a workbook, where its parts are not what counts.
    """

    def __init__(self, folders: Mapping[str, Path], workbook: Callable[[Path], Iterator[str]] | None = None) -> None:
        self._folders, self._workbook = folders, workbook
        self._read: dict[tuple[Path, int, int, int], list[str]] = {}

    def contents(self) -> Told:
        found: Told = {}
        for number, (name, folder) in enumerate(self._folders.items()):
            for path in sorted(each for each in folder.rglob("*") if each.is_file()):
                shown = path.relative_to(folder).as_posix()
                found[f"<{name}>/{shown}" if number else shown] = self._lines(path)
        return found

    def _lines(self, path: Path) -> list[str]:
        stat = path.stat()
        key = (path, stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if key not in self._read:
            told = self._workbook(path) if self._workbook and path.suffix == ".xlsx" else lines(path, self._folders)
            self._read[key] = list(told)
        return self._read[key]


def lines(path: Path, folders: Mapping[str, Path]) -> Iterator[str]:
    """A file: its parts where it is a package, its text where that is short, else its size and digest."""
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            width = max(map(len, package.namelist()))
            for name in package.namelist():
                yield f"{name:{width}}  {digest(without_folders(package.read(name), folders))}"
        return
    text = plain(content.decode("utf-8", "surrogateescape"), folders)
    if path.suffix in SHOWN and len(text) <= LONGEST:
        yield from text.splitlines()
    else:
        yield digest(text.encode("utf-8", "surrogateescape"))


def digest(content: bytes) -> str:
    return f"{len(content):7} {hashlib.sha256(content).hexdigest()[:12]}"


def changes(before: Told, after: Told, called: Callable[[str], str] = str) -> Iterator[str]:
    """What was written, changed or deleted in between; `called` gives a name for one that differs from run to run."""
    for name in sorted(before.keys() | after.keys(), key=lambda name: (called(name), name)):
        if name not in after:
            yield f"deleted {called(name)}"
        elif before.get(name) != after[name]:
            yield f"{'changed' if name in before else 'wrote'} {called(name)}"
            yield from (f"  {line}" for line in after[name])
