"""Lossless edits of a sheet's XML: bytes are cut at the cells that change, all others stay as they were."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from icare_xl.address import a1
from icare_xl.xlsx.sheet import rows_of, shapes_of

_TYPE = re.compile(rb'\s(?:t|cm|vm)="[^"]*"')


def empty(xml: bytes, cells: Collection[tuple[int, int]], path: Path) -> bytes:
    """The sheet's XML with the contents of these (row, column) cells gone, their formats kept."""
    shapes = shapes_of(xml, path)
    wanted: dict[int, set[bytes]] = defaultdict(set)
    for row, column in cells:
        wanted[row].add(a1(row, column).encode())
    pieces, last = [], 0
    for row, start, end in rows_of(xml, shapes):
        for cell in shapes.cell.finditer(xml, start, end) if row in wanted else ():
            reference = re.search(rb'\br="([A-Z]+\d+)"', cell[1])
            if reference and reference[1] in wanted[row]:
                pieces += [
                    xml[last : cell.start()],
                    b"<%bc%b/>" % (shapes.prefix, _TYPE.sub(b"", cell[1]).rstrip(b"/ ")),
                ]
                last = cell.end()
    return b"".join([*pieces, xml[last:]])
