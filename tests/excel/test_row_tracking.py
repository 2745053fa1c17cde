"""Undo after people went on working: a cell is put back in the row it belongs to, wherever that row stands now."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from icare_xl.excel.row_tracking import client_digests, followed, row_digests
from icare_xl.excel.undo_log import Change
from icare_xl.model.addresses import Place
from icare_xl.model.cells import Cell
from icare_xl.model.grid import Grid

Row = dict[int, str]  # column -> text: 0 was changed by the button, 1 and 2 tell the client, 3 is anything else
FIRST = 4


def people(count: int) -> list[Row]:
    return [{0: "note", 1: f"id {number}", 2: f"born {number}", 3: "Yes"} for number in range(count)]


def grid_of(rows: list[Row]) -> Grid:
    return Grid.of(
        (row, column, Cell(text)) for row, texts in enumerate(rows, FIRST) for column, text in texts.items() if text
    )


def emptied(rows: list[Row], numbers: Iterable[int]) -> tuple[Change, list[Row]]:
    """The notes taken out of column 0 of the rows of these numbers (from 0), and all rows afterwards."""
    changed = [FIRST + number for number in numbers]
    rows = [row | ({0: ""} if number in changed else {}) for number, row in enumerate(rows, FIRST)]
    cells, grid = {(row, 0): "" for row in changed}, grid_of(rows)
    clients = client_digests(grid, changed, [1, 2])
    return Change("b", "s", cells, cells, rows=row_digests(grid), clients=clients), rows


def stands_at(change: Change, rows: list[Row]) -> dict[Place, str]:
    """Each cell of the change -> the birth date in whose row it stands now."""
    grid = grid_of(rows)
    return {place: grid.at(row, 2).text for place, (row, _) in followed(change, grid).items()}


@given(data=st.data(), count=st.integers(1, 9))
def test_whatever_people_did_no_cell_is_put_into_the_row_of_another_client(data: st.DataObject, count: int) -> None:
    some = st.sets(st.integers(0, count - 1))
    numbers = data.draw(some)
    change, rows = emptied(people(count), numbers)
    for number in data.draw(some):
        rows[number] |= data.draw(st.sampled_from([{1: f"new id {number}"}, {3: "No"}, {1: "", 3: ""}]))
    left = [row for number, row in enumerate(rows) if number not in deleted] if (deleted := data.draw(some)) else rows
    new = [{1: f"new {number}", 2: f"born in {number}", 3: "Yes"} for number in range(data.draw(st.integers(0, 3)))]
    now = stands_at(change, data.draw(st.permutations([*left, *new])))
    assert now == {(FIRST + n, 0): f"born {n}" for n in numbers if (FIRST + n, 0) in now}


@given(data=st.data(), count=st.integers(1, 9))
def test_rows_deleted_inserted_and_sorted_are_followed(data: st.DataObject, count: int) -> None:
    change, rows = emptied(people(count), range(count))
    deleted = data.draw(st.sets(st.integers(0, count - 1)))
    left = [row for number, row in enumerate(rows) if number not in deleted]
    left += [{1: f"somebody {number}"} for number in range(data.draw(st.integers(0, 3)))]
    now = stands_at(change, data.draw(st.permutations(left)))
    assert now == {(FIRST + n, 0): f"born {n}" for n in range(count) if n not in deleted}


@given(data=st.data(), count=st.integers(1, 9))
def test_rows_edited_are_found_by_their_client(data: st.DataObject, count: int) -> None:
    change, rows = emptied(people(count), range(count))
    for number in data.draw(st.sets(st.integers(0, count - 1))):
        rows[number] |= {3: "No"}
    assert stands_at(change, data.draw(st.permutations(rows))) == {(FIRST + n, 0): f"born {n}" for n in range(count)}


@given(data=st.data(), count=st.integers(1, 9))
def test_rows_whose_identifier_was_corrected_stay(data: st.DataObject, count: int) -> None:
    change, rows = emptied(people(count), range(count))
    for number in data.draw(st.sets(st.integers(0, count - 1))):
        rows[number] |= {1: "corrected", 3: "No"}
    assert stands_at(change, rows) == {(FIRST + n, 0): f"born {n}" for n in range(count)}


def test_two_clients_born_on_one_day_are_two() -> None:
    rows = [
        {0: "note", 1: "id A", 2: "born 1"},
        {0: "note", 1: "id C", 2: "born 3"},
        {1: "id B", 2: "born 1", 3: "Yes"},
    ]
    change, rows = emptied(rows, [0])
    rows[2] |= {3: "No"}
    assert followed(change, grid_of(rows[1:])) == {}


def test_a_row_that_held_nothing_else_is_found_again() -> None:
    change, rows = emptied([*people(1), {0: "note"}], [1])
    assert followed(change, grid_of(rows)) == {(5, 0): (5, 0)}


def test_of_one_client_with_several_rows_edited_none_is_guessed_once_rows_have_moved() -> None:
    rows = [{0: "note", 1: "id", 2: "born", 3: day} for day in ("Monday", "Tuesday", "Friday")]
    change, rows = emptied([*rows, *people(1)], range(3))
    rows = [*(row | {1: "corrected", 3: f"{row[3]}?"} for row in rows[:3]), rows[3]]
    assert set(followed(change, grid_of(rows))) == {(4, 0), (5, 0), (6, 0)}
    assert followed(change, grid_of([{3: "new"}, *rows])) == {}


def test_a_row_that_nothing_tells_apart_stays_while_all_others_do() -> None:
    course = [{0: "a", 3: f"course {number}"} for number in range(3)]
    change, rows = emptied(course, [1])
    rows[1] |= {3: "renamed"}
    assert set(followed(change, grid_of(rows))) == {(5, 0)}
    assert followed(change, grid_of([rows[1], rows[0], rows[2]])) == {}
