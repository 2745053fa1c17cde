"""Where a workbook lives: on disk (`file`) or, through xlwings, in Excel. Hosts know cells and places, no rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from icare_xl.model.addresses import Area
from icare_xl.model.grid import Grid


class SheetName(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def visible(self) -> bool: ...


class Book(Protocol):
    """What the middle of the program needs of a host to read a workbook."""

    @property
    def path(self) -> Path: ...

    @property
    def sheets(self) -> Sequence[SheetName]: ...

    @property
    def front(self) -> str | None:
        """The sheet that a person has before their eyes, if one has."""
        ...

    def grid(self, name: str) -> Grid:
        """Every filled cell of a sheet."""
        ...

    def merged(self, name: str) -> tuple[Area, ...]:
        """The areas of merged cells of a sheet, of an open one those below its head."""
        ...

    def font_colours(self, name: str, row: int) -> Mapping[int, str]:
        """The colour of the font (RRGGBB) of the cells of a row, by column, as far as the workbook names it."""
        ...
