"""Proof, read back from the disk, that a written workbook differs from its original only as promised.

Each function raises NotAsPromised where it does not, for the written file to be thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from icare_xl.model.grid import Grid
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text
from icare_xl.workbooks.errors import NotAsPromised
from icare_xl.workbooks.file import FileHost

_OTHER_PARTS = Text("other parts of the workbook changed", "d’autres parties du classeur ont changé")
_OTHER_CELLS = Text("other cells changed", "d’autres cellules ont changé")
_DROP_DOWNS = Text("drop-downs changed", "des listes déroulantes ont changé")
_MARKS_LEFT = Text("some marks are left", "il reste des marques")
_MORE_THAN_MARKS = Text("more than the marks changed", "autre chose que les marques a changé")


def prove_only_marks_differ(host: FileHost, written: Path) -> None:
    """Marks aside, every part of the package is the same, byte for byte."""
    with FileHost(written) as copy:
        _must(not host.differences(copy), _MORE_THAN_MARKS)


def prove_ready_for_upload(host: FileHost, written: Path) -> None:
    """No mark is left, and every part of the package is the same, byte for byte: so are values, drop-downs, sheets."""
    with FileHost(written) as copy:
        _must(not copy.marked, _MARKS_LEFT)
        _must(not host.differences(copy), _MORE_THAN_MARKS)


def prove_only_changed(host: FileHost, sheet: Sheet, texts: Mapping[tuple[int, int], str], written: Path) -> None:
    """These (row, column) cells hold exactly these texts, every other cell and every other part is the same."""
    _prove_cells(host, sheet.name, sheet.grid.changed(texts), written)


def prove_only_rows(host: FileHost, sheet: Sheet, kept: Sequence[int], written: Path) -> None:
    """These rows stand together from the first data row down, and marks aside every other part is the same."""
    _prove_cells(host, sheet.name, sheet.grid.with_rows(kept, sheet.first_row), written)


def _prove_cells(host: FileHost, sheet: str, promised: Grid, written: Path) -> None:
    with FileHost(written) as copy:
        _must(set(host.differences(copy)) <= {host.part_of(sheet)}, _OTHER_PARTS)
        _must(host.drop_downs(sheet) == copy.drop_downs(sheet), _DROP_DOWNS)
        _must(promised.same_as(copy.grid(sheet)), _OTHER_CELLS)


def _must(kept: bool, reason: Text) -> None:
    if not kept:
        raise NotAsPromised(reason=reason)
