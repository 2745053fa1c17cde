"""The XML of one worksheet read into a grid, with what other readers hide: errors, formulas, real dates."""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from itertools import islice
from typing import NamedTuple
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from icare_xl.model.addresses import Area, area_of, column_number
from icare_xl.model.cells import BLANK, Cell, Holds, number_cell, whole_seconds
from icare_xl.model.grid import Grid
from icare_xl.workbooks.xlsx.errors import Damage, Damaged, Oddity, Unusual
from icare_xl.workbooks.xlsx.text import unescape

LAST_ROW_OF_EXCEL = 1_048_576
MOST_MERGED = 20_000  # areas that are looked at
_NUMBER_OF_ROW = re.compile(rb'\br="(\d+)"')
_NUMBER_OF_CELL = re.compile(rb'\br="[A-Z]+(\d+)"')
_PHONETIC = re.compile(rb"<(\w+:)?rPh\b.*?</(\w+:)?rPh>", re.S)
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_MERGED = re.compile(rb"""\sref\s*=\s*["']([^"']*)""")


class Shapes(NamedTuple):
    """What to look for in a sheet's XML, for the namespace prefix it uses (most use none)."""

    row: re.Pattern[bytes]  # 1: attributes
    filled: re.Pattern[bytes]  # 1: letters, 2: other attributes, 3: the value where that is all, 4: else the inside
    cell: re.Pattern[bytes]  # 1: attributes of any cell
    merged: re.Pattern[bytes]  # 1: attributes of merged cells
    odd: re.Pattern[bytes]  # legal XML that these patterns would misread
    row_end: bytes
    cell_end: bytes
    prefix: bytes


@cache
def _shapes(prefix: bytes) -> Shapes:
    return Shapes(
        row=re.compile(rb"<%brow\b([^>]*)>" % prefix),
        filled=re.compile(
            rb'<%bc(?: r="([A-Z]+)\d+")?(|\s[^>]*[^/>])>(?:<%bv>([^<]*)</%bv>|(.*?))</%bc>' % ((prefix,) * 4),
            re.S,
        ),
        cell=re.compile(rb"<%bc\b([^>]*?)(?:/>|>.*?</%bc>)" % (prefix, prefix), re.S),
        merged=re.compile(rb"<%bmergeCell(\s[^>]*)>" % prefix),
        odd=re.compile(rb"</%b(?:row|c|v|is|t|sheetData)\s|<%b(?:row|c)\s[^>]*'" % (prefix, prefix)),
        row_end=b"</%brow>" % prefix,
        cell_end=b"</%bc>" % prefix,
        prefix=prefix,
    )


def shapes_of(xml: bytes) -> Shapes:
    """The shapes for a sheet that `checked_shapes` has let pass before."""
    root = re.search(rb"<(?:(\w+):)?worksheet\b", xml[:4096])
    if root is None:
        raise Unusual(Oddity.ENCODING)
    return _shapes(root[1] + b":" if root[1] else b"")


def checked_shapes(xml: bytes) -> Shapes:
    """Raises Damaged for XML that is broken, Unusual for XML that cannot be read by position."""
    shapes = shapes_of(xml)
    encoding = re.match(rb"[^<]*<\?xml[^>]*encoding=.([\w-]+)", xml)
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
        raise Unusual(Oddity.ENCODING)
    for sign in (b"<!--", b"<![CDATA[", b"<!DOCTYPE"):
        if sign in xml:
            raise Unusual(Oddity.MARKUP, sign=sign.decode())
    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise Damaged(Damage.SHEET) from fault
    if shapes.odd.search(xml):
        raise Unusual(Oddity.CELLS)
    return shapes


def rows_of(xml: bytes, shapes: Shapes) -> Iterator[tuple[int, int, int]]:
    """Each stored row that has cells: its Excel number, and where in `xml` its cells begin and end."""
    number, at = 0, 0
    while match := shapes.row.search(xml, at):
        at = match.end()
        given = _NUMBER_OF_ROW.search(match[1]) or _NUMBER_OF_CELL.search(xml, at, at + 80)
        number = int(given[1]) if given else number + 1
        if not match[1].endswith(b"/"):
            end = xml.index(shapes.row_end, at)
            yield number, at, end
            at = end


def styles_of_row(xml: bytes, row: int) -> Iterator[tuple[int, int]]:
    """The stored cells of a row: column, and number of the cell format."""
    shapes = shapes_of(xml)
    for number, start, end in rows_of(xml, shapes):
        if number == row:
            for cell in shapes.cell.finditer(xml, start, end):
                given = dict(_ATTRIBUTE.findall(cell[1]))
                yield column_number(given[b"r"].rstrip(b"0123456789").decode()), int(given.get(b"s", b"0"))
        if number >= row:
            return


def merged_areas(xml: bytes, shapes: Shapes) -> Iterator[Area]:
    """The areas of merged cells, as far as they are written so that they name one: others take nothing from a cell."""
    start = xml.rfind(b"<%bmergeCells" % shapes.prefix)
    for each in shapes.merged.finditer(xml, start) if start >= 0 else ():
        named = _MERGED.search(each[1])
        if named and (area := area_of(_text(named[1]))):
            yield area


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Reads sheets of one workbook, whose shared texts, date styles and date system it holds."""

    shared: list[str]
    date_styles: frozenset[int]
    date1904: bool

    def read(self, xml: bytes) -> Grid:
        """Every filled cell. Raises Damaged or Unusual rather than read something else than Excel would."""
        shapes, grid = checked_shapes(xml), Grid()
        codes: dict[tuple[bytes, bytes, bytes], int] = {}
        index = {BLANK: 0}
        columns: dict[bytes, tuple[array[int], array[int]]] = {}
        for row, start, end in rows_of(xml, shapes):
            if row > LAST_ROW_OF_EXCEL:
                raise Damaged(Damage.ROW, row=row)
            if xml.find(shapes.cell_end, start, end) < 0:
                continue  # prepared rows: formats, no values
            for letters, attributes, value, inside in shapes.filled.findall(xml, start, end):
                key = (attributes, value, inside)
                code = codes.get(key)
                if code is None:
                    cell = self._cell(attributes, value, inside, shapes.prefix)
                    code = codes[key] = index.setdefault(cell, len(grid.cells))
                    if code == len(grid.cells):
                        grid.cells.append(cell)
                if code:
                    name = letters or self._letters(attributes)
                    if name not in columns:
                        columns[name] = (array("i"), array("i"))
                    rows, ids = columns[name]
                    rows.append(row)
                    ids.append(code)
        for name, (rows, ids) in columns.items():
            if len(name) > 3 or (name > b"XFD" and len(name) == 3):
                raise Damaged(Damage.COLUMN, name=name.decode())
            grid.columns[column_number(name.decode())] = _ascending(rows, ids)
        grid.merged = tuple(dict.fromkeys(islice(merged_areas(xml, shapes), MOST_MERGED)))
        return grid

    def _letters(self, attributes: bytes) -> bytes:
        named = re.search(rb'\br="([A-Z]+)\d+"', attributes)
        if named is None:
            raise Unusual(Oddity.CELLS)
        return named[1]

    def _cell(self, attributes: bytes, value: bytes, inside: bytes, prefix: bytes) -> Cell:
        given = dict(_ATTRIBUTE.findall(attributes))
        kind = given.get(b"t", b"n")
        formula = b"<%bf" % prefix in inside
        if kind == b"inlineStr":
            texts = re.findall(rb"<%bt(?:\s[^>]*)?>([^<]*)</%bt>" % (prefix, prefix), _PHONETIC.sub(b"", inside))
            return Cell(_text(b"".join(texts)))
        if inside and (stored := re.search(rb"<%bv[^>]*>([^<]*)</%bv>" % (prefix, prefix), inside)):
            value = stored[1]
        text = _text(value)
        if not text:
            return BLANK if not formula else Cell("", formula=True)
        try:
            return self._typed(kind, text, int(given.get(b"s", b"0")), formula)
        except (ValueError, IndexError) as fault:
            raise Damaged(Damage.CELL, text=text) from fault

    def _typed(self, kind: bytes, text: str, style: int, formula: bool) -> Cell:
        match kind:
            case b"s":
                return Cell(self.shared[int(text)], formula=formula)
            case b"str":
                return Cell(text, formula=formula)
            case b"b":
                return Cell("TRUE" if text == "1" else "FALSE", Holds.BOOLEAN, formula)
            case b"e":
                return Cell(text, Holds.ERROR, formula)
            case b"d":
                time_of_day = whole_seconds(time.fromisoformat(text[11:] or "00:00"))
                return Cell(text[:10], Holds.DATE, formula, date.fromisoformat(text[:10]), time_of_day)
        return number_cell(text, style in self.date_styles, formula, self.date1904)


def _text(stored: bytes) -> str:
    text = stored.decode()
    return unescape(html.unescape(text) if "&" in text else text)


def _ascending(rows: array[int], codes: array[int]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    row, code = np.frombuffer(rows, np.int32), np.frombuffer(codes, np.int32)
    order = np.argsort(row, kind="stable")
    return row[order], code[order]
