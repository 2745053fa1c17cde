"""Our marks in an open sheet: conditional formats that are ours by their formula."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from icare_xl.model.addresses import Place, areas, cells_of
from icare_xl.model.finding import MARKS, Mark, Marks
from icare_xl.workbooks.excel.sheet import OpenSheet
from icare_xl.workbooks.marks import FORMULA, LOOKS, Look

MOST_AREAS = 300  # at two calls each
_WITH_FORMULA = 2  # the type of such rules
_IGNORED = 1  # an operator; left out, it would take the formula with it: pywin32 sends no argument behind one not given
_PATTERNS = {"solid": 1, "lightUp": 14, "lightGray": -4124}
_CELLS = re.compile(r"[A-Z]+\d{1,6}(:[A-Z]+\d{1,6})?")  # whole columns end in row 1,048,576


class LiveMarks:
    """The marks of one sheet."""

    def __init__(self, sheet: OpenSheet) -> None:
        self.sheet = sheet

    @property
    def count(self) -> int:
        """How many areas they have."""
        return sum(rule.AppliesTo.Areas.Count for rule in self.rules)

    def read(self) -> Marks | None:
        """The cells under each mark; they follow rows that are inserted, deleted or cut, but not sorted ones. None where
        they are too many to ask for, or whole rows or columns, as after pasting.
        """
        parts = [rule.AppliesTo.Areas for rule in self.rules]
        counts = [each.Count for each in parts]
        if sum(counts) > MOST_AREAS:
            return None
        cells: dict[Mark, set[Place]] = {mark: set() for mark in MARKS}
        mark_of = {_colour(look.ground): mark for mark, look in LOOKS.items()}
        for rule, each, count in zip(self.rules, parts, counts, strict=True):
            addresses = [str(each(number).Address).replace("$", "") for number in range(1, count + 1)]
            if any(not _CELLS.fullmatch(address) for address in addresses):
                return None
            if mark := mark_of.get(rule.Interior.Color):  # None where somebody took the fill away
                cells[mark].update(cells_of(addresses))
        return cells

    def put(self, cells: Marks) -> None:
        """Mark these cells and no others. All that can fail by itself is made before an old mark goes."""
        wanted = [
            (look, each) for mark, look in LOOKS.items() for each in self.sheet.ranges(areas(cells.get(mark, ())))
        ]
        for rule in self.rules:
            rule.Delete()
        del self.rules
        for look, each in wanted:
            rule = each.FormatConditions.Add(_WITH_FORMULA, _IGNORED, f"={FORMULA}")
            _fill(rule.Interior, look)
            rule.StopIfTrue = False  # else the person’s own rules for the cell would rest
            rule.SetFirstPriority()  # else a colour of the person’s own rules would hide it

    @cached_property
    def rules(self) -> list[Any]:
        """Our rules, the last first, so that each can be deleted by its place. Only those with a formula have one: xlwings
        would ask a data bar for it for ever.
        """
        rules = self.sheet.api.Cells.FormatConditions
        found = [rules(number) for number in range(rules.Count, 0, -1)]
        return [
            each for each in found if each.Type == _WITH_FORMULA and each.Formula1.replace(" ", "") == f"={FORMULA}"
        ]


def _fill(interior: Any, look: Look) -> None:
    if look.pattern != "solid":
        interior.Pattern = _PATTERNS[look.pattern]
        interior.PatternColor = _colour(look.ink)
    interior.Color = _colour(look.ground)


def _colour(rgb: str) -> int:
    """RRGGBB as Excel counts colours: red is the lowest byte."""
    return int.from_bytes(bytes.fromhex(rgb), "little")
