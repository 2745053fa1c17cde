"""A workbook on disk: read it, and write copies of it that differ only where announced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property, wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar

from icare_xl.model.addresses import Area
from icare_xl.model.finding import Marks
from icare_xl.model.grid import Grid
from icare_xl.model.text import Text
from icare_xl.workbooks import marks
from icare_xl.workbooks.atomic import output_file
from icare_xl.workbooks.errors import MacroWorkbook, OutputNotXlsx, UnusualWorkbook
from icare_xl.workbooks.faults import in_words
from icare_xl.workbooks.xlsx import edit
from icare_xl.workbooks.xlsx.errors import XlsxError
from icare_xl.workbooks.xlsx.package import Package
from icare_xl.workbooks.xlsx.workbook import SheetPart, Workbook

_TYPES = "[Content_Types].xml"
Copy = AbstractContextManager[Path]
P = ParamSpec("P")
T = TypeVar("T")


def _in_words(method: Callable[Concatenate[FileHost, P], T]) -> Callable[Concatenate[FileHost, P], T]:
    """The method, saying what is wrong with the package in a sentence that names the file."""

    @wraps(method)
    def told(host: FileHost, /, *args: P.args, **words: P.kwargs) -> T:
        try:
            return method(host, *args, **words)
        except XlsxError as fault:
            raise in_words(fault, host.path) from fault

    return told


class FileHost:
    """An .xlsx file, which itself is never written.

    `with host.copy_…(out) as written:` gives the path of the finished copy, for the block to look at. The copy takes its
    place when the block ends, and is thrown away where the block raises.
    """

    front: str | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._package = Package(path)
        except (OSError, XlsxError) as fault:
            raise in_words(fault, path) from fault
        self._workbook = Workbook(self._package)

    def __enter__(self) -> FileHost:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._package.__exit__(kind, fault, trace)

    @property
    @_in_words
    def sheets(self) -> tuple[SheetPart, ...]:
        return self._workbook.sheets

    @_in_words
    def grid(self, name: str) -> Grid:
        return self._workbook.grid(name)

    def merged(self, name: str) -> tuple[Area, ...]:
        """The areas of merged cells of a sheet."""
        return self.grid(name).merged

    @_in_words
    def font_colours(self, name: str, row: int) -> Mapping[int, str]:
        return self._workbook.font_colours(name, row)

    def copy_marked(self, out: Path, sheet: str, cells: Marks) -> Copy:
        """A copy with these (row, column) cells marked, and no older marks."""
        parts = dict(self._unmarked)
        part, styles = self.part_of(sheet), self._styles_part
        if styles is None:
            raise UnusualWorkbook(
                path=self.path, reason=Text("it has no table of formats", "il n’a pas de table des formats")
            )
        if any(cells.values()):
            parts[styles], first = marks.add_formats(self.bare(styles))
            parts[part] = marks.mark(self.bare(part), cells, first)
        return self._copy(out, parts)

    @_in_words
    def copy_changed(self, out: Path, sheet: str, texts: Mapping[tuple[int, int], str]) -> Copy:
        """A copy in which these stored (row, column) cells hold these texts, or nothing for an empty one."""
        part = self.part_of(sheet)
        return self._copy(out, {part: edit.put(self._read(part), texts)} if texts else {})

    @_in_words
    def copy_of_rows(self, out: Path, sheet: str, kept: Sequence[int], first: int) -> Copy:
        """A copy without marks in which only these rows are left, moved together from row `first` down."""
        part = self.part_of(sheet)
        return self._copy(out, self._unmarked | {part: edit.keep_rows(self.bare(part), kept, first)})

    def copy_without_marks(self, out: Path) -> Copy:
        """A copy that differs only in that our marks are gone."""
        return self._copy(out, self._unmarked)

    @contextmanager
    def _copy(self, out: Path, parts: Mapping[str, bytes]) -> Iterator[Path]:
        if out.suffix.lower() != ".xlsx":
            raise OutputNotXlsx(path=out)
        if self._holds_macros:
            raise MacroWorkbook(path=self.path)
        with output_file(out, self.path) as temporary:
            self._write(temporary, parts)
            yield temporary

    @_in_words
    def _write(self, target: Path, parts: Mapping[str, bytes]) -> None:
        self._package.write(target, parts)

    @_in_words
    def _read(self, part: str) -> bytes:
        return self._package.read(part)

    @property
    @_in_words
    def _styles_part(self) -> str | None:
        return self._workbook.styles_part

    @property
    def marked(self) -> bool:
        return bool(self._unmarked)

    def bare(self, part: str) -> bytes:
        """A part of the package as it is without our marks."""
        return self._unmarked.get(part) or self._read(part)

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
        return marks.comparable(bare) if part == self._styles_part else bare

    @_in_words
    def part_of(self, sheet: str) -> str:
        """The part of the package that holds a sheet's cells."""
        return self._workbook.sheet(sheet).part

    def drop_downs(self, sheet: str) -> list[bytes]:
        """Every data validation of a sheet, as its XML."""
        xml = self._read(self.part_of(sheet))
        return re.findall(rb"<(?:\w+:)?dataValidation\b.*?(?:/>|</(?:\w+:)?dataValidation>)", xml, re.S)

    @property
    def macro_free(self) -> bool:
        """Whether the package is a plain .xlsx, by its own word and not only by its name."""
        return self.path.suffix.lower() == ".xlsx" and not self._holds_macros

    @property
    def _holds_macros(self) -> bool:
        return b"macroEnabled" in self._read(_TYPES)

    @cached_property
    def _unmarked(self) -> dict[str, bytes]:
        """The parts that change when all our marks are lifted, as they are then."""
        parts = {sheet.part: self._read(sheet.part) for sheet in self.sheets}
        changed = {part: bare for part, xml in parts.items() if (bare := marks.unmark(xml)) != xml}
        if changed and (styles := self._styles_part):
            changed[styles] = marks.remove_formats(self._read(styles))
        return changed
