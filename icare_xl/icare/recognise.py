"""From the cells of a workbook to a sheet: which sheet it is, which template, where each field stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from icare_xl.icare import header, library, options
from icare_xl.icare.errors import ColumnsUnknown, NoIcareSheet, NoneOfThemInFront, NoSuchSheet, SeveralIcareSheets
from icare_xl.icare.header import Header
from icare_xl.model.grid import Grid
from icare_xl.model.sheet import NOTES, Layout, Sheet
from icare_xl.model.template import Field, Template
from icare_xl.model.text import Text
from icare_xl.workbooks.host import Book

_HIDDEN = {"lov", "lovids"}


def upload_sheet(book: Book, name: str | None = None) -> Sheet:
    """The sheet called `name`; without a name the iCARE sheet in front, else the only one. Raises where there is none."""
    name, head = _choose(book, name)
    grid = book.grid(name)
    layout, template = _columns(book, name, head)
    return Sheet(name, template, layout, replace(grid, merged=book.merged(name)), _filled_rows(grid, layout))


def must_tell_columns(sheet: Sheet) -> None:
    """For what cannot be done without the columns. Raises ColumnsUnknown."""
    if sheet.layout.unknown:
        raise ColumnsUnknown(sheet=sheet.name)


def _columns(book: Book, name: str, head: Header) -> tuple[Layout, Template]:
    """Which template a sheet has, and where its fields stand."""
    if head.lost and not head.lost.told_by:
        template = _nothing_but_notes(book)
    else:
        described = _from_hidden_sheets(book, head.ids, head.labels)
        built_in = head.template or library.recognise(head.ids, head.labels)
        template = described or built_in or _undescribed(book, name, head)
    layout = match_columns(template.ids, head.ids, announced=_announced(book))
    return replace(layout, lost=head.lost, first_row=head.first_row), template


def _undescribed(book: Book, name: str, head: Header) -> Template:
    return library.unknown(head.ids, head.labels, _orange(book.font_colours(name, head.first_row - 1)))


def _nothing_but_notes(book: Book) -> Template:
    """Where nothing tells the columns, all we know is what column A is for."""
    lov = _hidden(book, "lov")
    code, version, locale = (lov.at(1, column).text or None if lov else None for column in (0, 2, 3))
    return Template(None, code, version, locale, (Field(NOTES, NOTES, "text"),), "workbook" if lov else None)


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


def _choose(book: Book, name: str | None) -> tuple[str, Header]:
    names = [sheet.name for sheet in book.sheets]
    if name is not None and name not in names:
        raise NoSuchSheet(path=book.path, name=name, names=_quoted(names))
    wanted = name if name is not None else book.front
    if wanted is not None and (head := _header(book, wanted)):
        return wanted, head
    if name is not None:
        raise NoIcareSheet(path=book.path)
    found = [(sheet.name, head) for sheet in book.sheets if sheet.visible and (head := _header(book, sheet.name))]
    if not found:
        raise NoIcareSheet(path=book.path)
    if len(found) > 1:
        several = SeveralIcareSheets if book.front is None else NoneOfThemInFront
        raise several(path=book.path, names=_quoted([each for each, _ in found]))
    return found[0]


def _quoted(names: Sequence[str]) -> Text:
    return Text(", ".join(f"“{name}”" for name in names), ", ".join(f"« {name} »" for name in names))


def _header(book: Book, name: str) -> Header | None:
    """The head of an upload sheet; None for any other sheet, however much it looks like one."""
    if name.lower() in _HIDDEN:
        return None
    grid, lov = book.grid(name), _hidden(book, "lov")
    found = header.find(grid, _described(lov) if lov else None)
    return None if found is None or options.are_listed(grid, found.first_row, lov) else found


def _described(lov: Grid) -> int | None:
    """How many columns LOV describes."""
    return sum("mandatory=" in cell.text.lower() for cell in lov.row(2).values()) or None


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
            filled.append(rows[(rows >= layout.first_row) & ~blank[codes]])
    return np.unique(np.concatenate(filled))
