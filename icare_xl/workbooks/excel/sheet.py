"""One worksheet of an open workbook: its cells, as they are read and as ranges to work on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from icare_xl.model.addresses import Area, Place, a1, address, area_of, column_number, corners, joined
from icare_xl.model.cells import Stored
from icare_xl.model.grid import Grid
from icare_xl.model.sheet import FIRST_ROW
from icare_xl.workbooks.excel.errors import SheetTooLarge
from icare_xl.workbooks.excel.faults import is_no
from icare_xl.workbooks.excel.values import grid_of, rows_of

LONGEST_ADDRESS = 255  # Excel refuses more,
RANGES_PER_UNION = 30  # and takes no more at once
MOST_CELLS = 20_000_000
CELLS_PER_READ = 2_000_000  # of which an Excel of 32 bits has room
MOST_QUESTIONS = 1_000  # about merged cells, each two round trips
_SHOWN = -1
_SEEN = 12  # xlCellTypeVisible
_ROWS_PER_QUESTION = 20


class OpenSheet:
    """A worksheet, its name asked once. Rows are as Excel counts them, columns from 0."""

    def __init__(self, app: Any, api: Any, date1904: bool) -> None:
        self.app, self.api, self._date1904 = app, api, date1904
        self.name = str(api.Name)

    @property
    def visible(self) -> bool:
        return bool(self.api.Visible == _SHOWN)

    @cached_property
    def protected(self) -> bool:
        """Whether its cells cannot be changed; asked once a press, as nobody can protect it while a box is open."""
        return bool(self.api.ProtectContents)

    def range(self, address: str) -> Any:
        """Excel's range of one area."""
        return self.api.Range(address)

    def ranges(self, addresses: Iterable[str]) -> Iterator[Any]:
        """These areas as few ranges as there can be."""
        listed = list(addresses)
        texts = (
            list(joined(listed, LONGEST_ADDRESS, self._separator)) if len(listed) > 1 and self._separator else listed
        )
        for start in range(0, len(texts), RANGES_PER_UNION):
            some = [self.range(each) for each in texts[start : start + RANGES_PER_UNION]]
            yield self.app.Union(*some) if len(some) > 1 else some[0]

    @cached_property
    def _separator(self) -> str:
        """What this Excel takes between addresses: outside a macro the system’s country may decide. Nothing, where it takes
        neither sign.
        """
        for sign in ",;":
            try:
                self.range(f"A1{sign}A2")
            except Exception as fault:
                if not is_no(fault):
                    raise
            else:
                return sign
        return ""

    def read(self) -> Grid:
        """Every filled cell, hidden and filtered rows too. Raises SheetTooLarge."""
        used = self.api.UsedRange
        address = str(used.Address).replace("$", "")
        rows, columns = _size(address)
        if rows * columns > MOST_CELLS:
            raise SheetTooLarge(name=self.name, rows=rows, columns=columns)
        values: list[Sequence[Any]] = []
        formulas: list[Sequence[Any]] = []
        for first, last in _stretches(rows, max(1, CELLS_PER_READ // columns)):
            wanted = f"A{first}:{a1(last, columns - 1)}"
            block = used if wanted == address else self.range(wanted)
            some = list(rows_of(block.Value)) or [(None,)]
            values += some
            with_formulas = block.HasFormula is not False  # None: some of them
            formulas += rows_of(block.Formula) if with_formulas else [()] * len(some)
        return grid_of(values, formulas, self._date1904)

    def merged(self, end: Place) -> tuple[Area, ...]:
        """The areas of merged cells below the head of a sheet, as far as values go, or as many as so many questions find.

        Of several cells only a plain no can be believed; else their halves are asked, down to a cell, which knows its area.
        """
        found: list[Area] = []
        blocks = [((FIRST_ROW, 0), end)] if end[0] >= FIRST_ROW else []
        for _ in range(MOST_QUESTIONS):
            while blocks and any(_inside(blocks[-1], area) for area in found):
                blocks.pop()
            if not blocks:
                break
            block = blocks.pop()
            cells = self.range(address(block))
            if cells.MergeCells is False:
                continue
            if block[0] != block[1]:
                blocks += reversed(_halves(block))
            elif area := area_of(str(cells.MergeArea.Address)):
                found.append(area)
        return tuple(found)

    def stored(self, cells: Collection[Place]) -> dict[Place, Stored]:
        """What these cells hold, a day as its number, in one read."""
        if not cells:
            return {}
        (top, left), (bottom, right) = corners(cells)
        block = rows_of(self.range(f"{a1(top, left)}:{a1(bottom, right)}").Value2) or ((None,),)
        held = {(row, column): block[row - top][column - left] for row, column in cells}
        return {place: "" if value is None else value for place, value in held.items()}

    def font_colours(self, row: int, columns: Iterable[int]) -> dict[int, str]:
        """The colour (RRGGBB) of the font of these cells; not of one whose letters have several."""
        colours = {column: self.range(a1(row, column)).Font.Color for column in columns}
        return {
            column: int(colour).to_bytes(3, "little").hex().upper()
            for column, colour in colours.items()
            if colour is not None
        }

    def first_visible_row(self, rows: Sequence[int]) -> int | None:
        """The first of these rows (in order, up or down) that neither a filter nor anybody has hidden."""
        for start in range(0, len(rows), _ROWS_PER_QUESTION):
            some = rows[start : start + _ROWS_PER_QUESTION]
            if self._any_seen(some):
                for row in some:
                    if self.range(f"{row}:{row}").Height:
                        return row
        return None

    def _any_seen(self, rows: Sequence[int]) -> bool:
        """Whether one of these rows can be seen, for all that can be told in a few calls."""
        if not self.protected:
            return any(self._are_seen(each) is not None for each in self.ranges(f"{row}:{row}" for row in rows))
        return bool(self.range(f"{min(rows)}:{max(rows)}").Height)

    def hides_rows(self, first: int, last: int) -> bool:
        """Whether a filter or somebody hides one of these rows, or may."""
        seen = self._are_seen(self.range(f"{first}:{last}"))
        return seen is None or {*str(seen.EntireRow.Address).replace(";", ",").split(",")} != {f"${first}:${last}"}

    def _are_seen(self, rows: Any) -> Any | None:
        """What of these rows can be seen, or None: Excel refuses to find nothing, and to look in a protected sheet."""
        try:
            return rows.SpecialCells(_SEEN)
        except Exception as fault:
            if not is_no(fault):
                raise
            return None

    def those_with(self, member: str, cells: Sequence[Place]) -> list[Place]:
        """Which of these cells say yes to a member of Excel's ranges, such as MergeCells. Of several at once only a plain no
        can be believed. An older Excel may not know the member: then none has it.
        """
        (top, left), (bottom, right) = corners(cells)
        try:
            answer = getattr(self.range(f"{a1(top, left)}:{a1(bottom, right)}"), member)
        except Exception as fault:
            if not is_no(fault):
                raise
            return []
        if answer is False or len(cells) == 1:
            return list(cells) if answer is True else []
        middle = len(cells) // 2
        return self.those_with(member, cells[:middle]) + self.those_with(member, cells[middle:])


def _halves(block: Area) -> tuple[Area, Area]:
    """A block of several cells cut across its longer side."""
    (top, left), (bottom, right) = block
    if bottom - top >= right - left:
        middle = (top + bottom) // 2
        return ((top, left), (middle, right)), ((middle + 1, left), (bottom, right))
    middle = (left + right) // 2
    return ((top, left), (bottom, middle)), ((top, middle + 1), (bottom, right))


def _inside(block: Area, area: Area) -> bool:
    (top, left), (bottom, right) = area
    return top <= block[0][0] and left <= block[0][1] and block[1][0] <= bottom and block[1][1] <= right


def _stretches(rows: int, most: int) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of so many rows."""
    return ((first, min(first + most - 1, rows)) for first in range(1, rows + 1, most))


def _size(address: str) -> tuple[int, int]:
    """Rows and columns from A1 to the end of `B2:CQ2503`, of whole rows (`1:9`), or of whole columns (`A:C`)."""
    last = address.rpartition(":")[2]
    letters, digits = last.rstrip("0123456789"), last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits or 1_048_576), column_number(letters or "XFD") + 1
