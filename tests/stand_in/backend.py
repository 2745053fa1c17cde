"""What a backend must do: hold workbooks, and work on boxes of cells. It knows nothing of Excel's objects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

Box = tuple[int, int, int, int]  # top, left, bottom, right; the first row and column are 1
Areas = Sequence[Box]

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
EVERYTHING: Box = (1, 1, LAST_ROW, LAST_COLUMN)

ERRORS = {  # how COM gives the error of a cell
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
EXPRESSION = 2  # xlExpression, the kind of a rule with a formula
SOLID, LIGHT_UP, GRAY_25 = 1, 14, -4124  # XlPattern


@dataclass(frozen=True)
class Look:
    """The fill a rule gives. Colours are as in COM: blue, green, red from the highest byte."""

    color: int | None = None
    pattern: int = SOLID
    pattern_color: int | None = None


def rgb(color: int | None) -> str | None:
    """A COM colour as `RRGGBB`."""
    return None if color is None else f"{color & 255:02X}{color >> 8 & 255:02X}{color >> 16 & 255:02X}"


def from_rgb(text: str) -> int:
    return int(text[4:6] + text[2:4] + text[0:2], 16)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as first and last of those without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


class Literal(str):
    """A text that is none but a text, even where it begins with an equals sign."""


class Rule(Protocol):
    """One conditional format. It stays the same object's handle while others are deleted."""

    @property
    def kind(self) -> int: ...  # XlFormatConditionType

    @property
    def formula(self) -> str: ...  # with its equals sign

    @property
    def areas(self) -> list[Box]: ...

    look: Look
    stops: bool  # no rule behind it shows where it does

    def put_first(self) -> None: ...

    def delete(self) -> None: ...


class Sheet(Protocol):
    name: str
    visible: int  # -1 visible, 0 hidden, 2 very hidden
    protected: bool

    def rename(self, name: str) -> None: ...

    def used(self) -> Box: ...

    def values(self, box: Box) -> list[list[Any]]:
        """None, float, bool, text, datetime, or the number of an error."""
        ...

    def put(self, top: int, left: int, rows: Sequence[Sequence[Any]]) -> None: ...

    def formulas(self, box: Box) -> list[list[str]]: ...

    def has_formula(self, areas: Areas) -> bool | None: ...

    def clear(self, areas: Areas) -> None: ...

    def delete_row(self, row: int) -> None: ...

    def row_hidden(self, row: int) -> bool: ...

    def seen(self, area: Box) -> list[Box]:
        """The parts of an area that can be seen."""
        ...

    def filtered(self) -> set[int]:
        """The rows that a filter hides; nobody hid them by hand."""
        ...

    def filter_out(self, rows: Collection[int]) -> None:
        """As if a filter hid these rows, and no others."""
        ...

    def merged(self) -> list[Box]: ...

    def merge(self, box: Box) -> None: ...

    def tables(self) -> list[Box]: ...

    def add_table(self, box: Box) -> None: ...

    def font_color(self, row: int, column: int) -> int: ...

    def number_format(self, row: int, column: int) -> str: ...

    def set_number_format(self, areas: Areas, code: str) -> None: ...

    def rules(self) -> list[Rule]:
        """All rules of the sheet, the first to apply first."""
        ...

    def add_rule(self, areas: Areas, formula: str) -> Rule: ...


class Book(Protocol):
    name: str
    path: Path | None  # None while never saved
    read_only: bool
    structure_protected: bool

    def sheets(self) -> list[Sheet]: ...

    def active_sheet(self) -> str: ...

    def activate_sheet(self, name: str) -> None: ...

    def selection(self) -> list[Box]: ...

    def select(self, areas: Areas) -> None: ...

    def activate(self) -> None: ...

    def save_copy(self, path: Path) -> None: ...

    def close(self) -> None: ...


class Backend(Protocol):
    name: str

    def books(self) -> list[Any]: ...

    def active(self) -> Any | None: ...

    def open(self, path: Path, separator: str = ",") -> Any:
        """`separator` is what stands between the cells of a text file."""
        ...

    def add(self, template: Path | None = None) -> Any:
        """A new book, never saved, with the content of a template."""
        ...
