"""Rows of new sheets as XML: quick for a million cells, and a text stays that very text whatever signs it has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from icare_xl.model.addresses import letters
from icare_xl.workbooks.xlsx.text import escape

_STYLE = re.compile(rb'<c r="[A-Z]+1" s="(\d+)"/>')
_ROWS = re.compile(rb"<sheetData(?:/>|>.*</sheetData>)", re.S)
_EXTENT = re.compile(rb'<dimension ref="[^"]*"/>')
_LINE, _HIGHEST = 15, 405  # points


def styles(sheet: bytes) -> list[int]:
    """The numbers of the formats of the blank cells in row 1, which a library wrote there to have them told."""
    return [int(number) for number in _STYLE.findall(sheet)]


class Row(NamedTuple):
    """Cells (see `text`, `number`, `formula`) from column A on, and how many lines of text the highest of them has."""

    cells: list[str]
    lines: int = 1


def filled(sheet: bytes, rows: Iterable[Row]) -> bytes:
    """The sheet's XML with these rows instead of its own."""
    columns: list[str] = []
    written = []
    for number, (cells, lines) in enumerate(rows, 1):
        while len(columns) < len(cells):
            columns.append(letters(len(columns)))
        inside = "".join([f'<c r="{column}{number}"{cell}' for column, cell in zip(columns, cells, strict=False)])
        height = f' ht="{min(lines * _LINE, _HIGHEST)}" customHeight="1"' if lines > 1 else ""
        written.append(f'<row r="{number}"{height}>{inside}</row>')
    extent = f'<dimension ref="A1:{columns[-1] if columns else "A"}{max(len(written), 1)}"/>'.encode()
    data = f"<sheetData>{''.join(written)}</sheetData>".encode()
    return _EXTENT.sub(extent, _ROWS.sub(lambda _: data, sheet, count=1), count=1)


@lru_cache(maxsize=65536)
def text(value: str, style: int) -> str:
    """A cell that holds a text, or nothing where the text is empty."""
    if not value:
        return f' s="{style}"/>'
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: int, style: int) -> str:
    return f' s="{style}"><v>{value}</v></c>'


def formula(inside: str, result: str, style: int) -> str:
    return f' s="{style}" t="str"><f>{escape(inside)}</f><v>{escape(result)}</v></c>'


def lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of this width, in digits: not every program measures it itself."""
    room = 1.1 * width
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(1 + int(len(line) / room) for line in text.split("\n"))
