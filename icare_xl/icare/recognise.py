"""From the cells of a workbook to a sheet: which sheet it is, which template, where each field stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from icare_xl.icare import library
from icare_xl.icare.errors import NoIcareSheet, NoSuchSheet, SeveralIcareSheets
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER
from icare_xl.model.grid import Grid
from icare_xl.model.sheet import FIRST_ROW, NOTES, Layout, Sheet
from icare_xl.model.template import Template
from icare_xl.model.text import Text
from icare_xl.workbooks.host import Book

_SIGNS = {NOTES, IDENTIFIER, BIRTH_DATE, "update_record_id", "course_cd"}
_HIDDEN = {"lov", "lovids"}


def upload_sheet(book: Book, name: str | None = None) -> Sheet:
    """The sheet called `name`; without a name the iCARE sheet in front, else the only one. Raises where there is none."""
    name = _choose(book, name)
    grid = book.grid(name)
    ids, labels = _header(grid)
    template = _from_hidden_sheets(book, ids, labels) or library.recognise(ids, labels)
    if template is None:
        template = library.unknown(ids, labels, _orange(book.font_colours(name, 3)))
    layout = match_columns(template.ids, ids, announced=_announced(book))
    return Sheet(name, template, layout, replace(grid, merged=book.merged(name)), _filled_rows(grid, layout))


def match_columns(expected: Sequence[str], found: Sequence[str], announced: str | None = None) -> Layout:
    """Compare row 2 with a template; where an id is unreadable, its place between its neighbours tells."""
    columns: dict[str, int] = {}
    repeated = []
    for column, id_ in enumerate(found):
        if id_ in columns:
            repeated.append((columns[id_], column, id_))
        elif id_:
            columns[id_] = column
    unknown = {column: id_ for id_, column in columns.items() if id_ not in set(expected)}
    for id_ in unknown.values():
        del columns[id_]

    wrong, moved = [], []
    for _, first, last, start, stop in _differences(expected, found):
        moved += [(column, found[column]) for column in range(start, stop) if columns.get(found[column]) == column]
        absent = [id_ for id_ in expected[first:last] if id_ not in columns]
        free = [column for column in range(start, stop) if column in unknown or not found[column]]
        if len(absent) == len(free):
            wrong += list(zip(free, absent, strict=True))
    for column, id_ in wrong:
        columns[id_] = column
        unknown.pop(column, None)
    unknown |= {column: "" for column, id_ in enumerate(found) if not id_ and column not in columns.values()}
    return Layout(
        columns,
        tuple(found),
        tuple(wrong),
        tuple(id_ for id_ in expected if id_ not in columns),
        tuple(moved),
        tuple(sorted(unknown.items())),
        tuple(repeated),
        announced,
    )


def _differences(expected: Sequence[str], found: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    changes = SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
    return [change for change in changes if change[0] != "equal"]


def _choose(book: Book, name: str | None) -> str:
    names = [sheet.name for sheet in book.sheets]
    if name is not None:
        if name not in names:
            raise NoSuchSheet(path=book.path, name=name, names=_quoted(names))
        if name.lower() in _HIDDEN or not _is_upload_sheet(book.grid(name)):
            raise NoIcareSheet(path=book.path)
        return name
    if book.front and book.front.lower() not in _HIDDEN and _is_upload_sheet(book.grid(book.front)):
        return book.front
    visible = [sheet.name for sheet in book.sheets if sheet.visible and sheet.name.lower() not in _HIDDEN]
    upload = [each for each in visible if _is_upload_sheet(book.grid(each))]
    if not upload:
        raise NoIcareSheet(path=book.path)
    if len(upload) > 1:
        raise SeveralIcareSheets(path=book.path, names=_quoted(upload))
    return upload[0]


def _quoted(names: Sequence[str]) -> Text:
    return Text(", ".join(f"“{name}”" for name in names), ", ".join(f"« {name} »" for name in names))


def _is_upload_sheet(grid: Grid) -> bool:
    ids, title = _header(grid)[0], grid.at(1, 0).text.lower()
    return bool(_SIGNS & set(ids)) or (len(ids) > 2 and ("icare" in title or "iedec" in title))


def _header(grid: Grid) -> tuple[list[str], list[str]]:
    """Rows 2 and 3 from column A to the last id, both of one length, `""` where blank."""
    row = grid.row(2)
    width = max(row, default=-1) + 1
    return (
        [row[column].text.strip() if column in row else "" for column in range(width)],
        [grid.at(3, column).text.strip() for column in range(width)],
    )


def _orange(colours: Mapping[int, str]) -> set[int]:
    """The columns whose label has the orange font of a mandatory field (FFA500 in the genuine templates)."""
    return {
        column
        for column, colour in colours.items()
        if colour[:2] >= "E0" and "60" <= colour[2:4] <= "B8" and colour[4:] <= "40"
    }


def _hidden(book: Book, name: str) -> Grid | None:
    return next((book.grid(sheet.name) for sheet in book.sheets if sheet.name.lower() == name), None)


def _from_hidden_sheets(book: Book, ids: Sequence[str], labels: Sequence[str]) -> Template | None:
    lov = _hidden(book, "lov")
    return library.from_workbook(ids, labels, lov, _hidden(book, "lovids") or Grid()) if lov else None


def _announced(book: Book) -> str | None:
    lov = _hidden(book, "lov")
    return lov.at(1, 1).text or None if lov else None


def _filled_rows(grid: Grid, layout: Layout) -> NDArray[np.int32]:
    """Excel numbers of the rows that hold a value in any field but column A; prepared or blank rows do not count."""
    blank = np.fromiter((cell.blank for cell in grid.cells), np.bool_, len(grid.cells))
    filled = [np.empty(0, np.int32)]
    for id_, column in layout.columns.items():
        if id_ != NOTES and column in grid.columns:
            rows, codes = grid.columns[column]
            filled.append(rows[(rows >= FIRST_ROW) & ~blank[codes]])
    return np.unique(np.concatenate(filled))
