"""Proof, read back from the disk, that a written workbook differs from its original only as promised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from icare_xl.model.sheet import FIRST_ROW, Sheet
from icare_xl.model.text import Text
from icare_xl.workbooks.errors import NotAsPromised
from icare_xl.workbooks.file import FileHost, Proof

_OTHER_PARTS = Text("other parts of the workbook changed", "d’autres parties du classeur ont changé")
_OTHER_CELLS = Text("other cells changed", "d’autres cellules ont changé")
_DROP_DOWNS = Text("drop-downs changed", "des listes déroulantes ont changé")
_MARKS_LEFT = Text("marks are left", "il reste des marques")
_MORE_THAN_MARKS = Text("more than the marks changed", "autre chose que les marques a changé")


def only_marks_differ(host: FileHost) -> Proof:
    """Marks aside, every part of the package is the same, byte for byte."""
    return _proof(lambda copy: _MORE_THAN_MARKS if host.differences(copy) else None)


def only_emptied(host: FileHost, sheet: Sheet, cells: Collection[tuple[int, int]]) -> Proof:
    """These (row, column) cells are blank, every other cell and every other part is the same."""
    return only_changed(host, sheet, dict.fromkeys(cells, ""))


def only_changed(host: FileHost, sheet: Sheet, texts: Mapping[tuple[int, int], str]) -> Proof:
    """These (row, column) cells hold exactly these texts, every other cell and every other part is the same."""

    def broken(copy: FileHost) -> Text | None:
        if set(host.differences(copy)) - {host.part_of(sheet.name)}:
            return _OTHER_PARTS
        if host.drop_downs(sheet.name) != copy.drop_downs(sheet.name):
            return _DROP_DOWNS
        return None if sheet.grid.changed(texts).same_as(copy.grid(sheet.name)) else _OTHER_CELLS

    return _proof(broken)


def only_rows(host: FileHost, sheet: Sheet, kept: Sequence[int]) -> Proof:
    """These rows stand together from the first data row down, and marks aside every other part is the same."""

    def broken(copy: FileHost) -> Text | None:
        if set(host.differences(copy)) - {host.part_of(sheet.name)}:
            return _OTHER_PARTS
        if host.drop_downs(sheet.name) != copy.drop_downs(sheet.name):
            return _DROP_DOWNS
        return None if sheet.grid.with_rows(kept, FIRST_ROW).same_as(copy.grid(sheet.name)) else _OTHER_CELLS

    return _proof(broken)


def ready_for_upload(host: FileHost) -> Proof:
    """No mark is left, and every part of the package is the same, byte for byte: so are values, drop-downs, sheets."""

    def broken(copy: FileHost) -> Text | None:
        if copy.marked:
            return _MARKS_LEFT
        return _MORE_THAN_MARKS if host.differences(copy) else None

    return _proof(broken)


def _proof(broken: Callable[[FileHost], Text | None]) -> Proof:
    def prove(written: Path) -> None:
        with FileHost(written) as copy:
            if reason := broken(copy):
                raise NotAsPromised(reason=reason)

    return prove
