"""Lossless edits of a sheet's XML: bytes are cut at the cells that change, all others stay as they were."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from icare_xl.model.addresses import a1
from icare_xl.workbooks.xlsx.errors import RowsAreTied
from icare_xl.workbooks.xlsx.sheet import Shapes, merged_areas, rows_of, shapes_of
from icare_xl.workbooks.xlsx.text import escape

_TYPE = re.compile(rb'\s(?:t|cm|vm)="[^"]*"')
_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')


def put(xml: bytes, texts: Mapping[tuple[int, int], str]) -> bytes:
    """The sheet's XML with these texts in stored (row, column) cells, whatever they held; their formats are kept.

    An empty text empties the cell. A text stands in its cell and not among the shared ones, so that no other part of the
    package changes.
    """
    shapes = shapes_of(xml)
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


def keep_rows(xml: bytes, kept: Sequence[int], first: int) -> bytes:
    """The sheet's XML with these rows moved together, from row `first` down, and all rows below them emptied.

    Raises RowsAreTied where something is tied to a row, so that the row cannot be moved without it.
    """
    shapes = shapes_of(xml)
    stored = {number: (start, end) for number, start, end in _elements(xml, shapes) if number >= first}
    if not stored:
        return xml
    begin, end = min(stored.values())[0], max(stored.values())[1]
    if _is_tied(xml, begin, end, first, shapes):
        raise RowsAreTied()
    moved = {
        first + number: _renumbered(xml[slice(*stored[row])], row, first + number, shapes)
        for number, row in enumerate(kept)
    }
    below = {row: _emptied(xml[slice(*span)], shapes) for row, span in stored.items() if row not in moved}
    return xml[:begin] + b"".join(content for _, content in sorted((moved | below).items())) + xml[end:]


def _elements(xml: bytes, shapes: Shapes) -> Iterator[tuple[int, int, int]]:
    """Each stored row: its Excel number, and where in `xml` its element begins and ends."""
    number, at = 0, 0
    while match := shapes.row.search(xml, at):
        given = re.search(rb'\br="(\d+)"', match[1])
        number = int(given[1]) if given else number + 1
        at = match.end() if match[1].endswith(b"/") else xml.index(shapes.row_end, match.end()) + len(shapes.row_end)
        yield number, match.start(), at


def _is_tied(xml: bytes, begin: int, end: int, first: int, shapes: Shapes) -> bool:
    """Whether anything in the rows, or about them, holds on to their numbers."""
    prefix, after = shapes.prefix, xml[end:]
    return (
        re.search(rb"<%bf\b" % prefix, xml[begin:end]) is not None
        or any(bottom >= first for _, (bottom, _) in merged_areas(after, shapes))
        or re.search(rb"<%b(?:hyperlink|legacyDrawing)\b" % prefix, after) is not None
    )


def _renumbered(row: bytes, old: int, new: int, shapes: Shapes) -> bytes:
    """The element of a row under another number, and to be seen."""
    row = re.sub(rb'(<%brow\b[^>]*?)\shidden="(?:1|true)"' % shapes.prefix, rb"\1", row, count=1)
    row = re.sub(rb'(<%brow\b[^>]*?\br=")%d"' % (shapes.prefix, old), rb'\g<1>%d"' % new, row, count=1)
    return re.sub(rb'(<%bc\b[^>]*?\br="[A-Z]+)%d"' % (shapes.prefix, old), rb'\g<1>%d"' % new, row)


def _emptied(row: bytes, shapes: Shapes) -> bytes:
    """The element of a row with all its cells empty, their formats kept."""
    return shapes.cell.sub(lambda cell: b"<%bc%b/>" % (shapes.prefix, _TYPE.sub(b"", cell[1]).rstrip(b"/ ")), row)


def _cell(prefix: bytes, attributes: bytes, text: str) -> bytes:
    if not text:
        return b"<%bc%b/>" % (prefix, attributes)
    inside = b'<%bis><%bt xml:space="preserve">%b</%bt></%bis>' % (
        prefix,
        prefix,
        escape(text).encode(),
        prefix,
        prefix,
    )
    return b'<%bc%b t="inlineStr">%b</%bc>' % (prefix, attributes, inside, prefix)
