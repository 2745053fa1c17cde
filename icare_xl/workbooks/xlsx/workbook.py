"""The parts of a workbook that are not cells: which sheets it has, its shared texts, which styles show dates."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from icare_xl.model.grid import Grid
from icare_xl.workbooks.xlsx.errors import Damage, Damaged, OldFormat
from icare_xl.workbooks.xlsx.package import Package
from icare_xl.workbooks.xlsx.sheet import SheetReader, styles_of_row
from icare_xl.workbooks.xlsx.text import unescape

_STANDARD_ORANGES = {52: "FF9900", 53: "FF6600"}  # of the palette that every workbook has
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_DATE_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet of the workbook, and the part of the package that holds it."""

    name: str
    part: str
    visible: bool


class Workbook:
    """A package read as a workbook. Grids are read when asked for, and once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._grids: dict[str, Grid] = {}

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets in the order of their tabs (chart and dialog sheets have no cells and are left out)."""
        return tuple(
            SheetPart(
                sheet.get("name", ""),
                target,
                visible=sheet.get("state", "visible") == "visible",
            )
            for sheet in self._root.iterfind("{*}sheets/{*}sheet")
            if (target := self._relations["worksheet"].get(_relation_id(sheet)))
        )

    def sheet(self, name: str) -> SheetPart:
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def grid(self, name: str) -> Grid:
        """Every filled cell of a sheet."""
        if name not in self._grids:
            self._grids[name] = self._reader.read(self.package.read(self.sheet(name).part))
        return self._grids[name]

    def font_colours(self, name: str, row: int) -> dict[int, str]:
        """The colour of the font (RRGGBB) of the stored cells of a row, by column, where it is given as such or indexed."""
        if self.styles_part is None:
            return {}
        try:
            return self._font_colours(self._xml(self.styles_part), name, row)
        except (ValueError, IndexError, KeyError) as fault:
            raise Damaged(Damage.FORMATS) from fault

    def _font_colours(self, styles: ElementTree.Element, name: str, row: int) -> dict[int, str]:
        own = styles.iterfind("{*}colors/{*}indexedColors/{*}rgbColor")
        palette = dict(enumerate(each.get("rgb", "")[-6:] for each in own)) or _STANDARD_ORANGES
        fonts = [_colour(font.find("{*}color"), palette) for font in styles.iterfind("{*}fonts/{*}font")]
        of_style = [fonts[int(each.get("fontId", 0))] for each in styles.iterfind("{*}cellXfs/{*}xf")]
        xml = self.package.read(self.sheet(name).part)
        stored = styles_of_row(xml, row)
        return {column: colour for column, style in stored if (colour := of_style[style])}

    @property
    def styles_part(self) -> str | None:
        return next(iter(self._relations["styles"].values()), None)

    @cached_property
    def _reader(self) -> SheetReader:
        counts_from_1904 = self._root.find("{*}workbookPr[@date1904]")
        return SheetReader(
            shared=self._shared_texts(),
            date_styles=self._date_styles(),
            date1904=counts_from_1904 is not None and counts_from_1904.get("date1904") in ("1", "true"),
        )

    @cached_property
    def _main_part(self) -> str:
        for relation in self._xml("_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath("/" + relation.get("Target", "")).lstrip("/")
        raise Damaged(Damage.NO_MAIN_PART)

    @cached_property
    def _root(self) -> ElementTree.Element:
        if self._main_part.endswith(".bin"):
            raise OldFormat()
        return self._xml(self._main_part)

    @cached_property
    def _relations(self) -> dict[str, dict[str, str]]:
        """Kind of relation (the last word of its type) -> relation id -> part."""
        folder, name = posixpath.split(self._main_part)
        found: dict[str, dict[str, str]] = {"worksheet": {}, "sharedStrings": {}, "styles": {}}
        for relation in self._xml(f"{folder}/_rels/{name}.rels".lstrip("/")):
            kind = relation.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", "")))
            found.setdefault(kind, {})[relation.get("Id", "")] = target.lstrip("/")
        return found

    def _shared_texts(self) -> list[str]:
        part = next(iter(self._relations["sharedStrings"].values()), None)
        if part is None:
            return []
        return [unescape(_text(item)) for item in self._xml(part).iterfind("{*}si")]

    def _date_styles(self) -> frozenset[int]:
        """Indexes of the cell formats that show a number as a date or a time."""
        if self.styles_part is None:
            return frozenset()
        try:
            return self._date_formats(self._xml(self.styles_part))
        except ValueError as fault:
            raise Damaged(Damage.FORMATS) from fault

    def _date_formats(self, styles: ElementTree.Element) -> frozenset[int]:
        dates = _DATE_FORMATS | {
            int(custom.get("numFmtId", 0))
            for custom in styles.iterfind("{*}numFmts/{*}numFmt")
            if re.search("[dmyhs]", _NOT_DATE_CODE.sub("", custom.get("formatCode", "")).lower().replace("general", ""))
        }
        formats = styles.iterfind("{*}cellXfs/{*}xf")
        return frozenset(n for n, style in enumerate(formats) if int(style.get("numFmtId", 0)) in dates)

    def _xml(self, part: str) -> ElementTree.Element:
        try:
            return ElementTree.fromstring(self.package.read(part))
        except (ElementTree.ParseError, LookupError, ValueError) as fault:
            raise Damaged(Damage.GARBLED_PART, name=part) from fault


def _colour(given: ElementTree.Element | None, palette: Mapping[int, str]) -> str:
    if given is None:
        return ""
    return given.get("rgb", "")[-6:] or palette.get(int(given.get("indexed", -1)), "")


def _relation_id(sheet: ElementTree.Element) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _text(item: ElementTree.Element) -> str:
    """A shared text: one piece as most are, or several, each in a format of its own, without how they are pronounced."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return item[0].text or ""
    return "".join(piece.text or "" for piece in [*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t")])
