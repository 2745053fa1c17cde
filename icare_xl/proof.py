"""Proof, read back from the disk, that a written workbook differs from its original only as promised."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from icare_xl.errors import NotAsPromised
from icare_xl.hosts.file import FileHost, Proof
from icare_xl.sheet import Sheet


def only_marks_differ(host: FileHost) -> Proof:
    """Marks aside, every part of the package is the same, byte for byte."""
    return _proof(lambda copy: "more than the marks changed" if host.differences(copy) else None)


def only_emptied(host: FileHost, sheet: Sheet, cells: Collection[tuple[int, int]]) -> Proof:
    """These (row, column) cells are blank, every other cell and every other part is the same."""

    def broken(copy: FileHost) -> str | None:
        if set(host.differences(copy)) - {host.part_of(sheet.name)}:
            return "other parts of the workbook changed"
        if host.drop_downs(sheet.name) != copy.drop_downs(sheet.name):
            return "drop-downs changed"
        return None if sheet.grid.without(cells).same_as(copy.grid(sheet.name)) else "other cells changed"

    return _proof(broken)


def ready_for_upload(host: FileHost) -> Proof:
    """No mark is left, and every part of the package is the same, byte for byte: so are values, drop-downs, sheets."""

    def broken(copy: FileHost) -> str | None:
        if copy.marked:
            return "marks are left"
        return "more than the marks changed" if host.differences(copy) else None

    return _proof(broken)


def _proof(broken: Callable[[FileHost], str | None]) -> Proof:
    def prove(written: Path) -> None:
        with FileHost(written) as copy:
            if reason := broken(copy):
                raise NotAsPromised(reason=reason)

    return prove
