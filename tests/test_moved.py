"""Undo after people went on working: a cell is put back in the row it belongs to, wherever that row stands now."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from icare_xl.address import a1
from icare_xl.grid import Cell, Grid
from icare_xl.journal import Change
from icare_xl.moved import digests, followed

Row = dict[int, str]  # column -> text; column 1 tells the client, column 2 is edited, the button changed column 0
FIRST = 4


def grid_of(rows: list[Row]) -> Grid:
    return Grid.of(
        (row, column, Cell(text)) for row, texts in enumerate(rows, FIRST) for column, text in texts.items() if text
    )


def emptied(rows: list[Row]) -> tuple[Change, list[Row]]:
    """The notes taken out of column 0, as the journal has it, and the rows afterwards."""
    grid, numbers = grid_of(rows), range(FIRST, FIRST + len(rows))
    told_by = {str(row): digest for row, digest in digests(grid, {0}, numbers).items()}
    after = {a1(row, 0): "" for row in numbers}
    return Change("b", "s", {}, after, rows=told_by), [row | {0: ""} for row in rows]


def clients(rows: list[Row], change: Change) -> dict[str, str]:
    """Each cell of the change, and the client in whose row it stands now."""
    grid = grid_of(rows)
    return {cell: grid.at(row, 1).text for cell, (row, _) in followed(change, grid).items()}


def people(count: int) -> list[Row]:
    return [{0: "note", 1: f"client {number}", 2: "Yes"} for number in range(count)]


@given(data=st.data(), count=st.integers(1, 9))
def test_rows_deleted_inserted_and_sorted_are_followed(data: st.DataObject, count: int) -> None:
    change, rows = emptied(people(count))
    deleted = data.draw(st.sets(st.integers(0, count - 1)))
    left = [row for number, row in enumerate(rows) if number not in deleted]
    left += [{1: f"somebody {number}"} for number in range(data.draw(st.integers(0, 3)))]
    now = clients(data.draw(st.permutations(left)), change)
    wanted = {a1(FIRST + n, 0): f"client {n}" for n in range(count) if n not in deleted}
    assert {cell: client for cell, client in now.items() if cell in wanted} == wanted
    assert not {client for cell, client in now.items() if cell not in wanted} & {row[1] for row in rows}


@given(data=st.data(), count=st.integers(1, 9))
def test_rows_edited_where_they_stand_stay(data: st.DataObject, count: int) -> None:
    change, rows = emptied(people(count))
    for number in data.draw(st.sets(st.integers(0, count - 1))):
        rows[number] |= {2: "No"}
    assert clients(rows, change) == {a1(FIRST + n, 0): f"client {n}" for n in range(count)}


@given(data=st.data(), count=st.integers(3, 9))
def test_a_row_edited_while_others_moved_is_left_alone(data: st.DataObject, count: int) -> None:
    change, rows = emptied(people(count))
    edited = data.draw(st.integers(1, count - 1))
    rows[edited] |= {2: "No"}
    now = clients(rows[1:], change)
    wanted = {a1(FIRST + n, 0): f"client {n}" for n in range(1, count) if n != edited}
    assert {cell: client for cell, client in now.items() if cell != a1(FIRST, 0)} == wanted


def test_of_rows_that_are_alike_those_that_stayed_are_known() -> None:
    change, rows = emptied([{0: "note", 1: "client 1"}, {0: "note", 1: "client 1"}, {0: "note", 1: "client 2"}])
    assert set(followed(change, grid_of(rows))) == {"A4", "A5", "A6"}
    assert set(followed(change, grid_of(rows[1:]))) == {"A4", "A6"}
