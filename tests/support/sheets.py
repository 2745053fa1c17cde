"""Invented sheets for the tests: written as text tables, kept in memory or made into workbooks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from icare_xl.check.engine import check
from icare_xl.icare import library, recognise
from icare_xl.icare.blank_workbook import Value, write_workbook
from icare_xl.icare.example import good_row, template
from icare_xl.model.addresses import Area, area_of
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Finding
from icare_xl.model.grid import Grid
from icare_xl.model.sheet import FIRST_ROW, LostIds, Sheet
from icare_xl.model.template import ListOfValues, Template
from icare_xl.workbooks.file import FileHost

TODAY = CheckDate(date(2026, 2, 3))
Rows = Mapping[int, Mapping[str, Value]]


@dataclass
class MemoryBook:
    """A workbook that was never on a disk."""

    grids: dict[str, Grid]
    path: Path = Path("memory.xlsx")
    front: str | None = None
    hidden: set[str] = field(default_factory=lambda: {"LOV", "LOVIds"})

    @property
    def sheets(self) -> list[Named]:
        return [Named(name, name not in self.hidden) for name in self.grids]

    def grid(self, name: str) -> Grid:
        return self.grids[name]

    def merged(self, name: str) -> tuple[Area, ...]:
        return self.grids[name].merged

    def font_colours(self, name: str, row: int) -> dict[int, str]:
        return {}


@dataclass
class Named:
    name: str
    visible: bool


@cache
def lov_of(service: str, about: tuple[str, ...] = ()) -> dict[str, Grid]:
    """LOV and LOVIds as the template would have them."""
    of = library.of_service(service)
    head = about or (of.code or "", str(len(of.ids)), of.version or "", of.locale or "")
    flags = [f"Mandatory={str(field.required).lower()};" for field in of.fields]
    lists = [field.allowed for field in of.fields]
    values = [
        (row, column, Cell(text))
        for column, each in enumerate(lists)
        if each
        for row, text in enumerate(each.values, 3)
    ]
    ids = [
        (row, column, Cell(text))
        for column, each in enumerate(lists)
        if each
        for row, text in enumerate(each.ids, 3)
        if text
    ]
    first = [(1, column, Cell(text)) for column, text in enumerate(head) if text]
    return {"LOV": Grid.of([*first, *((2, column, Cell(flag)) for column, flag in enumerate(flags)), *values]),
            "LOVIds": Grid.of(ids)}  # fmt: skip


def as_cell(value: Value) -> Cell:
    """What Excel would hold for a value written in a test."""
    match value:
        case Cell():
            return value
        case bool():
            return Cell(str(value).upper(), Holds.BOOLEAN)
        case int() | float():
            day = date.fromordinal(date(1899, 12, 30).toordinal() + int(value)) if 0 < value < 2_900_000 else None
            return Cell(str(value), Holds.NUMBER, day=day)
        case date():
            return Cell(value.isoformat(), Holds.DATE, day=value)
    return Cell(value)


def sheet_of(
    rows: Rows,
    *,
    ids: Iterable[str] = (),
    of: Template | None = None,
    beside: str = "",
    announced: str | None = None,
    merged: Iterable[str] = (),
    lost: LostIds | None = None,
    first_row: int = FIRST_ROW,
) -> Sheet:
    """A sheet in memory. `ids` is its row 2 where that is not the template's; `beside` stands right of the table; `merged` are
    the addresses of merged areas, which empty no cell; `lost` is what the layout is to say of row 2.
    """
    of = of or replace(template(), source="workbook")
    found = list(ids) or list(of.ids)
    cells = [(2, column, Cell(id_)) for column, id_ in enumerate(found) if id_]
    cells += [
        (row, found.index(id_), as_cell(value))
        for row, given in rows.items()
        for id_, value in given.items()
        if value != ""
    ]
    if beside:
        cells.append((4, len(found) + 1, Cell(beside)))
    grid = Grid.of(cells)
    grid.merged = tuple(area for each in merged if (area := area_of(each)))
    layout = replace(recognise.match_columns(of.ids, found, announced), lost=lost, first_row=first_row)
    return Sheet("iCARE Template", of, layout, grid, recognise._filled_rows(grid, layout))


def table(text: str) -> dict[int, dict[str, Value]]:
    """Rows from a text table: `row | field id | …`, each laid over a good row of another client."""
    lines = [[word.strip() for word in line.split("|")] for line in text.strip().splitlines()]
    head, *body = lines
    return {int(values[0]): good_row(int(values[0])) | dict(zip(head[1:], values[1:], strict=True)) for values in body}


def brief(findings: Iterable[Finding]) -> list[tuple[str | None, str]]:
    return [(each.cell, each.rule) for each in findings]


def findings_in(rows: Rows, **how: object) -> list[tuple[str | None, str]]:
    return brief(check(sheet_of(rows, **how), TODAY).findings)  # type: ignore[arg-type]


def findings_of(path: Path) -> list[tuple[str | None, str]]:
    with FileHost(path) as host:
        return brief(check(recognise.upload_sheet(host), TODAY).findings)


PREPARED = 20  # rows, instead of 2,500, so that the tests are quick
_written: dict[str, bytes] = {}


LISTED = 12  # values of a list, instead of hundreds of languages


def with_short_lists(template: Template, rows: Rows) -> Template:
    """The template with the first values of its lists, and those of the rows."""
    fields = []
    for each in template.fields:
        if each.allowed and len(each.allowed.values) > LISTED:
            used = {row.get(each.id) for row in rows.values()} | {"English", "French", "Dari", "Ukrainian"}
            pairs = list(each.allowed.id_of.items())
            short = [*pairs[:LISTED], *(pair for pair in pairs[LISTED:] if pair[0] in used)]
            each = replace(each, allowed=ListOfValues(*map(tuple, zip(*short, strict=True))))
        fields.append(each)
    return replace(template, fields=tuple(fields))


def small_workbook(out: Path, rows: Rows | None = None, of: Template | None = None, **how: object) -> Path:
    """A workbook with few prepared rows; of the example's service also with short lists, and written but once."""
    rows = rows if rows is not None else {4: good_row()}
    key = repr((rows, how)) if of is None else ""
    if key in _written:
        out.write_bytes(_written[key])
        return out
    write_workbook(of or with_short_lists(template(), rows), out, rows, prepared=PREPARED, **how)  # type: ignore[arg-type]
    if key:
        _written[key] = out.read_bytes()
    return out


def rewrite(path: Path, out: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a package with each part passed through `change`."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, change(info.filename, old.read(info)))
    return out


def as_excel_saves_it(path: Path, out: Path) -> Path:
    """The same workbook with its drop-downs as x14 extensions, as in the genuine template."""

    def move(name: str, xml: bytes) -> bytes:
        block = re.search(rb"<dataValidations.*</dataValidations>", xml, re.S)
        if not block:
            return xml
        each = re.findall(rb'<dataValidation type="list"[^>]*sqref="([^"]*)"><formula1>([^<]*)</formula1>', block[0])
        x14 = b"".join(
            b'<x14:dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1"><x14:formula1>'
            b"<xm:f>%b</xm:f></x14:formula1><xm:sqref>%b</xm:sqref></x14:dataValidation>" % (formula, area)
            for area, formula in each
        )
        extension = (
            b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
            b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations '
            b'count="%d" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">%b</x14:dataValidations></ext>'
            b"</extLst></worksheet>" % (len(each), x14)
        )
        return xml.replace(block[0], b"").replace(b"</worksheet>", extension)

    return rewrite(path, out, move)


def put(xml: bytes, values: Mapping[str, str]) -> bytes:
    """A sheet's XML with raw cell XML (`t="n"><v>1</v>`) in these prepared cells, as another program would write it."""
    for address, inside in values.items():
        name = address.encode()
        cell = re.compile(rb'<c r="%b"( s="\d+")?[^>]*?(?:/>|>.*?</c>)' % name, re.S)
        found = cell.search(xml)
        assert found, address
        written = b'<c r="%b"%b %b</c>' % (name, found[1] or b"", inside.encode())
        xml = xml[: found.start()] + written + xml[found.end() :]
    return xml


def text_cell(text: str) -> str:
    return f't="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def column_of(field_id: str) -> int:
    return template().ids.index(field_id)


def sheet_xml(path: Path, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(part)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def by_calamine(path: Path, sheet: int = 0, **how: bool) -> list[list[Any]]:
    """The rows of a sheet as calamine reads them, which has nothing in common with openpyxl or us."""
    why = "python-calamine does not load here; wine 8 lacks the bcryptprimitives.dll that Windows has"
    calamine: Any = pytest.importorskip("python_calamine", reason=why, exc_type=ImportError)
    return calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python(**how)
