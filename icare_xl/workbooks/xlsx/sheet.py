"""The XML of one worksheet read into a grid, with what other readers hide: errors, formulas, real dates."""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from icare_xl.model.addresses import column_number
from icare_xl.model.cells import BLANK, Cell, Holds, number_cell, whole_seconds
from icare_xl.model.grid import Grid
from icare_xl.model.text import Text
from icare_xl.workbooks.errors import DamagedWorkbook, UnusualWorkbook

_NOT_UTF8 = Text("a sheet is not written in UTF-8", "une feuille n’est pas écrite en UTF-8")
_ODD_CELLS = Text(
    "its cells are not written as Excel writes them", "ses cellules ne sont pas écrites à la manière d’Excel"
)
LAST_ROW_OF_EXCEL = 1_048_576
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0B-\x1F\uFFFE\uFFFF]")
_NUMBER_OF_ROW = re.compile(rb'\br="(\d+)"')
_NUMBER_OF_CELL = re.compile(rb'\br="[A-Z]+(\d+)"')
_PHONETIC = re.compile(rb"<(\w+:)?rPh\b.*?</(\w+:)?rPh>", re.S)
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


class Shapes(NamedTuple):
    """What to look for in a sheet's XML, for the namespace prefix it uses (most use none)."""

    row: re.Pattern[bytes]  # 1: attributes
    filled: re.Pattern[bytes]  # 1: letters, 2: other attributes, 3: the value where that is all, 4: else the inside
    cell: re.Pattern[bytes]  # 1: attributes of any cell
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
        odd=re.compile(rb"</%b(?:row|c|v|is|t|sheetData)\s|<%b(?:row|c)\s[^>]*'" % (prefix, prefix)),
        row_end=b"</%brow>" % prefix,
        cell_end=b"</%bc>" % prefix,
        prefix=prefix,
    )


def shapes_of(xml: bytes, path: Path) -> Shapes:
    """The shapes for a sheet that `checked_shapes` has let pass before."""
    root = re.search(rb"<(?:(\w+):)?worksheet\b", xml[:4096])
    if root is None:
        raise UnusualWorkbook(path=path, reason=_NOT_UTF8)
    return _shapes(root[1] + b":" if root[1] else b"")


def checked_shapes(xml: bytes, path: Path) -> Shapes:
    """Raises DamagedWorkbook for XML that is broken, UnusualWorkbook for XML that cannot be read by position."""
    shapes = shapes_of(xml, path)
    encoding = re.match(rb"[^<]*<\?xml[^>]*encoding=.([\w-]+)", xml)
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
        raise UnusualWorkbook(path=path, reason=_NOT_UTF8)
    for sign in (b"<!--", b"<![CDATA[", b"<!DOCTYPE"):
        if sign in xml:
            raise UnusualWorkbook(
                path=path,
                reason=Text("a sheet has {sign} in it", "une feuille contient {sign}").format(sign=sign.decode()),
            )
    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise DamagedWorkbook(
            path=path, reason=Text("a sheet is broken off or garbled", "une feuille est tronquée ou illisible")
        ) from fault
    if shapes.odd.search(xml):
        raise UnusualWorkbook(path=path, reason=_ODD_CELLS)
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


def styles_of_row(xml: bytes, row: int, path: Path) -> Iterator[tuple[int, int]]:
    """The stored cells of a row: column, and number of the cell format."""
    shapes = shapes_of(xml, path)
    for number, start, end in rows_of(xml, shapes):
        if number == row:
            for cell in shapes.cell.finditer(xml, start, end):
                given = dict(_ATTRIBUTE.findall(cell[1]))
                yield column_number(given[b"r"].rstrip(b"0123456789").decode()), int(given.get(b"s", b"0"))
        if number >= row:
            return


def unescape(text: str) -> str:
    """Excel writes signs that XML cannot hold as _x000D_."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def escape(text: str) -> bytes:
    """A text as a sheet stores it; what `unescape` and XML undo."""
    plain = _LOOKS_ESCAPED.sub("_x005F_", text)
    return html.escape(_NOT_IN_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", plain), quote=False).encode()


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Reads sheets of one workbook, whose shared texts, date styles and date system it holds."""

    path: Path
    shared: list[str]
    date_styles: frozenset[int]
    date1904: bool

    def read(self, xml: bytes) -> Grid:
        """Every filled cell. Raises DamagedWorkbook or UnusualWorkbook rather than read something else than Excel would."""
        shapes, grid = checked_shapes(xml, self.path), Grid()
        codes: dict[tuple[bytes, bytes, bytes], int] = {}
        index = {BLANK: 0}
        columns: dict[bytes, tuple[array[int], array[int]]] = {}
        for row, start, end in rows_of(xml, shapes):
            if row > LAST_ROW_OF_EXCEL:
                raise DamagedWorkbook(
                    path=self.path, reason=Text("it has a row {row}", "il a une ligne {row}").format(row=row)
                )
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
                raise DamagedWorkbook(
                    path=self.path,
                    reason=Text("it has a column {name}", "il a une colonne {name}").format(name=name.decode()),
                )
            grid.columns[column_number(name.decode())] = _ascending(rows, ids)
        return grid

    def _letters(self, attributes: bytes) -> bytes:
        named = re.search(rb'\br="([A-Z]+)\d+"', attributes)
        if named is None:
            raise UnusualWorkbook(path=self.path, reason=_ODD_CELLS)
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
            raise DamagedWorkbook(
                path=self.path,
                reason=Text("a cell holds “{text}”", "une cellule contient « {text} »").format(text=text),
            ) from fault

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
