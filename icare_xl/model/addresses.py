"""Names of cells: `E7` is row 7, column 4 (columns count from 0, rows as Excel counts them)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

Place = tuple[int, int]  # row as Excel counts it, column from 0
Places = Collection[Place]
Area = tuple[Place, Place]  # its first and its last cell
END: Place = (1_048_576, 16_383)  # the last cell of a sheet
_AREA = re.compile(r"\s*\$?([A-Z]{0,3})\$?(\d{0,7}):\$?([A-Z]{0,3})\$?(\d{0,7})\s*", re.ASCII)


@cache
def letters(column: int) -> str:
    """The letters of a column: 0 is A, 94 is CQ."""
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


@cache
def column_number(text: str) -> int:
    """The column that letters name: A is 0, CQ is 94."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def a1(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def place_of(address: str) -> Place:
    """Row and column of `E7`."""
    name = address.rstrip("0123456789")
    return int(address[len(name) :]), column_number(name)


def area_of(address: str) -> Area | None:
    """The area that `C10:C12`, `$C$12:$C$10`, `C:C` or `10:12` names; None where it names none of several cells."""
    named = _AREA.fullmatch(address.upper())
    parts = {(bool(named[1]), bool(named[2])), (bool(named[3]), bool(named[4]))} if named else set()
    if named is None or len(parts) > 1 or (False, False) in parts:
        return None
    columns = sorted((column_number(named[1] or "A"), column_number(named[3] or letters(END[1]))))
    rows = sorted((int(named[2] or 1), int(named[4] or END[0])))
    first, last = zip(rows, columns, strict=True)
    inside = first[0] >= 1 and last[0] <= END[0] and last[1] <= END[1]
    return (first, last) if inside and first != last else None


def areas(cells: Places) -> Iterator[str]:
    """The addresses of cells, runs down a column joined: `E7`, `E9:E12`."""
    run: tuple[int, int, int] | None = None  # column, first row, last row
    for column, row in sorted((column, row) for row, column in cells):
        if run and run[0] == column and row == run[2] + 1:
            run = (column, run[1], row)
            continue
        if run:
            yield _area(*run)
        run = (column, row, row)
    if run:
        yield _area(*run)


def cells_of(addresses: Iterable[str]) -> Iterator[Place]:
    """The cells of `E7`, `E9:E12`."""
    for address in addresses:
        first, _, last = address.partition(":")
        (top, left), (bottom, right) = place_of(first), place_of(last or first)
        yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def corners(cells: Collection[Place]) -> tuple[Place, Place]:
    """The first and the last cell of the block around these cells."""
    rows, columns = zip(*cells, strict=True)
    return (min(rows), min(columns)), (max(rows), max(columns))


def runs(rows: Iterable[int], most: int | None = None) -> str:
    """`4–12, 15, …`: ascending row numbers, those without a gap joined; of many, the first."""
    ends: list[list[int]] = []  # of each run: its first row, and its last where that is another
    for row in rows:
        if ends and row == ends[-1][-1] + 1:
            ends[-1][1:] = [row]
        else:
            ends.append([row])
    return ", ".join(["–".join(map(str, run)) for run in ends[:most]] + ["…"] * (most is not None and len(ends) > most))


def address(area: Area) -> str:
    """`C10:C12`: the address of an area."""
    return f"{a1(*area[0])}:{a1(*area[1])}"


def joined(addresses: Iterable[str], longest: int, sign: str) -> Iterator[str]:
    """`E7,E9:E12,…`: the addresses, `sign` between them, in as few texts of at most `longest` letters as keep their order."""
    text = ""
    for address in addresses:
        if text and len(text) + 1 + len(address) > longest:
            yield text
            text = ""
        text = f"{text}{sign}{address}" if text else address
    if text:
        yield text


def _area(column: int, first: int, last: int) -> str:
    return a1(first, column) if first == last else f"{a1(first, column)}:{a1(last, column)}"
