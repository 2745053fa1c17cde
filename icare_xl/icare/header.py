"""Where the head of an upload sheet stands: its field ids and labels, also where people have lost row 2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from icare_xl.icare import library
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER
from icare_xl.model.grid import Grid
from icare_xl.model.normalise import alphanumeric
from icare_xl.model.sheet import FIRST_ROW, NOTES, LostIds
from icare_xl.model.template import Template

_IDS_ROW = 2
_ROWS = (2, 1, 3, 4, 5)  # where the head may have got to, its own place first
_SIGNS = {NOTES, IDENTIFIER, BIRTH_DATE, "update_record_id", "course_cd"}
_ID = re.compile(r"[a-z][A-Za-z0-9]*(?:\[\d+\])?(?:_?[A-Za-z0-9]+(?:\[\d+\])?)*")
_SURE = 0.9  # of the labels of a template, and of those of the sheet
_DIFFERENT = 0.7  # of the labels of a row: some stand in it more than once
_FEWEST_IDS, _FEWEST_LABELS, _FEWEST_OF_A_CLIENT = 3, 8, 2
_OF_A_CLIENT = re.compile(r"\d{8}|\d{10}|\d{4}-\d\d-\d\d|[A-Z]\d[A-Z] ?\d[A-Z]\d", re.ASCII)
_FORMAT = re.compile(r"YYYY-MM-DD|AAAA-MM-JJ|A#A#A#|###-###-####")  # no table but iCARE's asks for these in its labels
_ICARE = re.compile("icare|iedec", re.I)


@dataclass(frozen=True, slots=True)
class Header:
    """Ids and labels from column A on, of one length, `""` where unknown; `template` is the one that the labels are of."""

    ids: list[str]
    labels: list[str]
    first_row: int = FIRST_ROW
    lost: LostIds | None = None
    template: Template | None = None


def find(grid: Grid, lists: int | None) -> Header | None:
    """The head of an upload sheet, or None where the sheet is none. `lists` is how many columns the hidden sheet LOV of the
    workbook describes, None without one.
    """
    return _with_ids(grid, lists) or _with_own_labels(grid, lists) or _with_other_labels(grid, lists)


def _with_ids(grid: Grid, lists: int | None) -> Header | None:
    for row in _ROWS:
        ids = _texts(grid, row)
        if _are_ids(ids, lists):
            lost = None if row == _IDS_ROW else LostIds("elsewhere", "ids", row)
            labels = _texts(grid, row + 1, len(ids))
            if _are_of_a_client(labels):
                return Header(ids, [""] * len(ids), row + 1, lost)
            return Header(ids, labels, row + 2, lost)
    return None


def _are_of_a_client(texts: Sequence[str]) -> bool:
    """Whether a row that should hold labels has the first client: identifiers, days and postal codes, which no label is."""
    return sum(bool(_OF_A_CLIENT.fullmatch(text)) for text in texts) >= _FEWEST_OF_A_CLIENT


def _are_ids(texts: Sequence[str], lists: int | None) -> bool:
    """Whether a row shares more than half of its texts with a template, or consists mostly of what has the form of an id."""
    filled = [text for text in texts if text]
    shaped = [text for text in filled if "_" in text and _ID.fullmatch(text)]
    if len(shaped) < _FEWEST_IDS or len(shaped) * 2 <= len(filled):
        return False
    described = lists is not None and len(filled) * 2 > lists
    return described or bool(_SIGNS & set(shaped)) or library.recognise(texts) is not None


def _with_own_labels(grid: Grid, lists: int | None) -> Header | None:
    """By labels that are a template's beyond doubt; where two rows hold them, the lower one is row 3. In row 1 they may be
    those of any table, unless the workbook has lists.
    """
    for row in (5, 4, 3, 2, *([1] if lists else [])):
        labels = _texts(grid, row)
        for template in library.built_in():
            columns = _columns(_keys(template), [alphanumeric(label) for label in labels])
            if len(columns) >= _SURE * max(len(template.ids), sum(map(bool, labels))):
                ids = [template.ids[columns[column]] if column in columns else "" for column in range(len(labels))]
                return Header(ids, labels, row + 1, LostIds(_row_2(grid, row, labels), "labels", row), template)
    return None


@cache
def _keys(template: Template) -> list[str]:
    return [alphanumeric(field.label) for field in template.fields]


def _columns(expected: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Column -> number of the field whose label it has, where the order of all labels leaves no choice.

    Labels repeat: where a column is missing among such, it is another one seen from the left than from the right.
    """
    if len(set(expected) & set(found)) * 2 < len(set(expected)):
        return {}  # the alignment takes its time
    last, end = len(expected) - 1, len(found) - 1
    from_right = {(end - column, last - number) for column, number in _aligned(expected[::-1], found[::-1])}
    return dict(set(_aligned(expected, found)) & from_right)


def _aligned(expected: Sequence[str], found: Sequence[str]) -> Iterator[tuple[int, int]]:
    for number, column, size in SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks():
        yield from zip(range(column, column + size), range(number, number + size), strict=True)


def _with_other_labels(grid: Grid, lists: int | None) -> Header | None:
    """A sheet that surely is iCARE's, though nothing says which field a column is."""
    various, row = max((_various(grid, row, lists), row) for row in _ROWS)
    if not various:
        return None
    labels = _texts(grid, row)
    lost = LostIds(_row_2(grid, row, labels), None, row)
    return Header([NOTES, *[""] * (len(labels) - 1)], labels, row + 1, lost)


def _various(grid: Grid, row: int, lists: int | None) -> int:
    """How many texts a row has that may be labels: as many as LOV describes, or asking for a format below iCARE's title."""
    filled = [text for text in _texts(grid, row) if text]
    various = len(set(filled))
    titled = any(_ICARE.search(grid.at(above, 0).text) for above in range(1, row))
    formats = titled and various >= _FEWEST_LABELS and any(map(_FORMAT.search, filled))
    described = lists is not None and len(filled) >= _SURE * lists
    return various if various >= _DIFFERENT * len(filled) and (formats or described) else 0


def _row_2(grid: Grid, row: int, labels: Sequence[str]) -> Literal["deleted", "empty", "labels", "others"]:
    """What became of row 2, where the labels are in this row."""
    texts = _texts(grid, _IDS_ROW)
    if row == _IDS_ROW:
        return "deleted"
    if not any(texts):
        return "empty"
    same = sum(text == label != "" for text, label in zip(texts, labels, strict=False))
    return "labels" if same * 2 > sum(map(bool, texts)) else "others"


def _texts(grid: Grid, row: int, width: int | None = None) -> list[str]:
    """A row from column A to its last filled cell, or of this width."""
    filled = grid.row(row)
    width = max(filled, default=-1) + 1 if width is None else width
    return [filled[column].text.strip() if column in filled else "" for column in range(width)]
