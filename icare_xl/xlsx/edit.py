"""Lossless edits of a sheet's XML: bytes are cut at the cells that change, all others stay as they were."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from icare_xl.address import a1
from icare_xl.xlsx.sheet import escape, rows_of, shapes_of

_TYPE = re.compile(rb'\s(?:t|cm|vm)="[^"]*"')
_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')


def put(xml: bytes, texts: Mapping[tuple[int, int], str], path: Path) -> bytes:
    """The sheet's XML with these texts in stored (row, column) cells, whatever they held; their formats are kept.

    An empty text empties the cell. A text stands in its cell and not among the shared ones, so that no other part of the
    package changes.
    """
    shapes = shapes_of(xml, path)
    wanted: dict[int, dict[bytes, str]] = defaultdict(dict)
    for (row, column), text in texts.items():
        wanted[row][a1(row, column).encode()] = text
    pieces, last = [], 0
    for row, start, end in rows_of(xml, shapes):
        for cell in shapes.cell.finditer(xml, start, end) if row in wanted else ():
            reference = _REFERENCE.search(cell[1])
            if reference and reference[1] in wanted[row]:
                attributes = _TYPE.sub(b"", cell[1]).rstrip(b"/ ")
                pieces += [xml[last : cell.start()], _cell(shapes.prefix, attributes, wanted[row][reference[1]])]
                last = cell.end()
    return b"".join([*pieces, xml[last:]])


def _cell(prefix: bytes, attributes: bytes, text: str) -> bytes:
    if not text:
        return b"<%bc%b/>" % (prefix, attributes)
    inside = b'<%bis><%bt xml:space="preserve">%b</%bt></%bis>' % (prefix, prefix, escape(text), prefix, prefix)
    return b'<%bc%b t="inlineStr">%b</%bc>' % (prefix, attributes, inside, prefix)
