"""Whether a value would do in a field: what tells that it stands in a column that is not its own."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from icare_xl.check.causes.cause import Scene
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.columns import Column
from icare_xl.model.dates import likely_day, two_days
from icare_xl.model.normalise import collapse_blanks
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field

_SHAPES = {
    "postal": re.compile(r"[A-Za-z]\d[A-Za-z][ -]?\d[A-Za-z]\d", re.ASCII),
    "phone": re.compile(r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}", re.ASCII),
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "number": re.compile(r"\d{1,4}(?:[.,]\d+)?", re.ASCII),
    "identifier": re.compile(r"[A-Za-z]?\d{7,10}", re.ASCII),
}


_FORMS = ("IC101", "IC103", "IC110", "IC112", "IC113", "IC114", "IC116", "IC130", "IC132", "IC133")


def tells(field: Field) -> bool:
    """Whether the field takes only some values, so that a foreign one stands out."""
    return bool(field.allowed) or field.kind == "date" or field.kind in _SHAPES


def would_do(cell: Cell, field: Field) -> bool:
    """Whether a filled value is what the field asks for, small slips of form aside."""
    if field.allowed:
        return field.allowed.meant(cell.text) is not None
    if field.kind == "date":
        return cell.holds is not Holds.NUMBER and bool(likely_day(cell) or two_days(cell)) and len(cell.text) > 6
    shape = _SHAPES.get(field.kind)
    return bool(shape.fullmatch(collapse_blanks(cell.text))) if shape else not tells(field)


def fits(sheet: Sheet, at: Field, field: Field) -> NDArray[np.bool_]:
    """For each row, whether the value in the column of one field would do in another."""
    return sheet.column(at.id, Column).each(lambda cell: not cell.blank and would_do(cell, field))


def strange_rows(scene: Scene, least: int = 1) -> Sheet:
    """The rows in which so many values are of a form that their columns do not have."""
    found = Counter(finding.row for finding in scene.of_rules(*_FORMS))
    return scene.sheet.only({row for row, count in found.items() if row is not None and count >= least})


def in_order(sheet: Sheet) -> list[Field]:
    """The fields from left to right."""
    return sorted(sheet.fields(), key=lambda each: sheet.layout.columns[each.id])
