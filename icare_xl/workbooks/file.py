"""A workbook on disk: read it, and write copies of it that differ only where announced."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType

from icare_xl.model.finding import Marks
from icare_xl.model.grid import Grid
from icare_xl.model.text import Text
from icare_xl.workbooks import marks
from icare_xl.workbooks.errors import MacroWorkbook, OutputNotXlsx, UnusualWorkbook
from icare_xl.workbooks.xlsx import edit
from icare_xl.workbooks.xlsx.package import Package
from icare_xl.workbooks.xlsx.workbook import SheetPart, Workbook

_TYPES = "[Content_Types].xml"
Proof = Callable[[Path], None]  # looks at a finished file before it takes its place, and raises to have it thrown away


class FileHost:
    """An .xlsx file. Every `save_…` writes a whole new file beside it or nothing, and never the file itself."""

    front: str | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self._package = Package(path)
        self._workbook = Workbook(self._package)

    def __enter__(self) -> FileHost:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._package.__exit__(kind, fault, trace)

    @property
    def sheets(self) -> tuple[SheetPart, ...]:
        return self._workbook.sheets

    def grid(self, name: str) -> Grid:
        return self._workbook.grid(name)

    def font_colours(self, name: str, row: int) -> Mapping[int, str]:
        return self._workbook.font_colours(name, row)

    def save_marked(
        self,
        out: Path,
        sheet: str,
        cells: Marks,
        prove: Proof | None = None,
    ) -> None:
        """A copy with these (row, column) cells marked, and no older marks."""
        parts = dict(self._unmarked)
        part, styles = self._workbook.sheet(sheet).part, self._workbook.styles_part
        if styles is None:
            raise UnusualWorkbook(
                path=self.path, reason=Text("it has no table of formats", "il n’a pas de table des formats")
            )
        if any(cells.values()):
            parts[styles], first = marks.add_formats(self.bare(styles))
            parts[part] = marks.mark(self.bare(part), cells, first)
        self._save(out, parts, prove)

    def save_emptied(
        self, out: Path, sheet: str, cells: Collection[tuple[int, int]], prove: Proof | None = None
    ) -> None:
        """A copy in which these (row, column) cells hold nothing."""
        self.save_changed(out, sheet, dict.fromkeys(cells, ""), prove)

    def save_changed(
        self, out: Path, sheet: str, texts: Mapping[tuple[int, int], str], prove: Proof | None = None
    ) -> None:
        """A copy in which these stored (row, column) cells hold these texts, or nothing for an empty one."""
        part = self._workbook.sheet(sheet).part
        parts = {part: edit.put(self._package.read(part), texts, self.path)} if texts else {}
        self._save(out, parts, prove)

    def save_rows(self, out: Path, sheet: str, kept: Sequence[int], first: int, prove: Proof | None = None) -> None:
        """A copy without marks in which only these rows are left, moved together from row `first` down."""
        part = self._workbook.sheet(sheet).part
        parts = self._unmarked | {part: edit.keep_rows(self.bare(part), kept, first, self.path)}
        self._save(out, parts, prove)

    def save_unmarked(self, out: Path, prove: Proof | None = None) -> None:
        """A copy without our marks."""
        self._save(out, self._unmarked, prove)

    @property
    def marked(self) -> bool:
        return bool(self._unmarked)

    def bare(self, part: str) -> bytes:
        """A part of the package as it is without our marks."""
        return self._unmarked.get(part) or self._package.read(part)

    def differences(self, other: FileHost) -> list[str]:
        """The parts of the package that are not the same, byte for byte and marks aside, in another one."""
        mine, theirs = self._package.names, other._package.names
        return [
            name
            for name in dict.fromkeys([*mine, *theirs])
            if name not in mine or name not in theirs or self._comparable(name) != other._comparable(name)
        ]

    def _comparable(self, part: str) -> bytes:
        bare = self.bare(part)
        return marks.comparable(bare) if part == self._workbook.styles_part else bare

    def part_of(self, sheet: str) -> str:
        """The part of the package that holds a sheet's cells."""
        return self._workbook.sheet(sheet).part

    def drop_downs(self, sheet: str) -> list[bytes]:
        """Every data validation of a sheet, as its XML."""
        xml = self._package.read(self._workbook.sheet(sheet).part)
        return re.findall(rb"<(?:\w+:)?dataValidation\b.*?(?:/>|</(?:\w+:)?dataValidation>)", xml, re.S)

    @property
    def macro_free(self) -> bool:
        """Whether the package is a plain .xlsx, by its own word and not only by its name."""
        return self.path.suffix.lower() == ".xlsx" and not self._holds_macros

    @property
    def _holds_macros(self) -> bool:
        return b"macroEnabled" in self._package.read(_TYPES)

    @cached_property
    def _unmarked(self) -> dict[str, bytes]:
        """The parts that change when all our marks are lifted, as they are then."""
        parts = {sheet.part: self._package.read(sheet.part) for sheet in self.sheets}
        changed = {part: bare for part, xml in parts.items() if (bare := marks.unmark(xml)) != xml}
        if changed and (styles := self._workbook.styles_part):
            changed[styles] = marks.remove_formats(self._package.read(styles))
        return changed

    def _save(self, out: Path, parts: Mapping[str, bytes], prove: Proof | None) -> None:
        if out.suffix.lower() != ".xlsx":
            raise OutputNotXlsx(path=out)
        if self._holds_macros:
            raise MacroWorkbook(path=self.path)
        self._package.save(out, parts, prove)
