"""Workbooks whose hidden row of ids is gone, through every command: nothing is damaged, and nothing of them is saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from icare_xl.icare import library
from icare_xl.model.addresses import a1
from tests.conftest import Run
from tests.icare.test_notes import FIRST
from tests.support.services import SERVICES, good
from tests.support.sheets import small_workbook, with_short_lists

Lose = Callable[[Worksheet], None]


def deleted(sheet: Worksheet) -> None:
    sheet.delete_rows(2)


def emptied(sheet: Worksheet) -> None:
    _write(sheet, lambda column: None)


def labelled(sheet: Worksheet) -> None:
    _write(sheet, lambda column: sheet.cell(3, column).value)


def junk(sheet: Worksheet) -> None:
    _write(sheet, lambda column: f"X{column}")


def no_title(sheet: Worksheet) -> None:
    sheet.merged_cells.ranges = set()
    sheet.delete_rows(1)


def row_above(sheet: Worksheet) -> None:
    sheet.merged_cells.ranges = set()
    sheet.insert_rows(1)


def _write(sheet: Worksheet, text: Callable[[int], Any]) -> None:
    for column in range(1, sheet.max_column + 1):
        sheet.cell(2, column).value = text(column)


LOSSES: dict[Lose, int] = {
    deleted: 3,
    emptied: 4,
    labelled: 4,
    junk: 4,
    no_title: 3,
    row_above: 5,
}  # the first row of data
EVERY_LOSS = pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)


def lost(path: Path, lose: Lose, *, lists: bool = True, french: bool = False) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    if french:
        for cell in sheet[3]:
            cell.value = f"Libellé {cell.column} (AAAA-MM-JJ)"
    lose(sheet)
    if not lists:
        del book["LOV"], book["LOVIds"]
    book.save(path)
    return path


def of_service(service: str, path: Path, *slips: dict[str, str]) -> Path:
    rows = {4 + number: good(service, number) | slip for number, slip in enumerate(slips)}
    return small_workbook(path, rows, of=with_short_lists(library.of_service(service), rows))


def values(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].values)


def document(run: Run, *words: object) -> Any:
    result = run(*words, "--json")
    assert result.stderr == ""
    return json.loads(result.stdout)


@EVERY_LOSS
@pytest.mark.parametrize("service", SERVICES)
def test_check_tells_it_once_and_save_refuses(service: str, lose: Lose, run: Run, tmp_path: Path) -> None:
    for lists in (True, False):
        path = lost(of_service(service, tmp_path / "jan.xlsx", {}, {}), lose, lists=lists)
        found = document(run, "check", path, "--today", "2026-02-03")
        assert [(each["cell"], each["rule"]) for each in found["findings"]] == [(None, "IC016")]
        assert (found["rows"], found["could_not_run"], found["template"]["service"]) == (2, [], service)
        for more in ((), ("--without", "IC016")):
            words = ("--yes", "--today", "2026-02-03", "--ledger", tmp_path / "ledger", *more)
            refused = document(run, "save", path, tmp_path / "out", *words)["refused"]
            assert refused["code"] == "header-changed" and "row 2 does not hold the column codes" in refused["en"]
        assert not (tmp_path / "out").exists()


@EVERY_LOSS
def test_fix_changes_checked_cells_alone(lose: Lose, run: Run, tmp_path: Path) -> None:
    path = lost(of_service("nars", tmp_path / "jan.xlsx", {}, {"postal_cd": "m1b 5k1"}), lose)
    before, cell = values(path), a1(LOSSES[lose] + 1, library.of_service("nars").ids.index("postal_cd"))
    changes = document(run, "fix", path, tmp_path / "fixed.xlsx", "--today", "2026-02-03")["changes"]
    assert [(each["cell"], each["new"]) for each in changes] == [(cell, "M1B5K1")]
    after = values(tmp_path / "fixed.xlsx")
    pairs = zip(chain(*before), chain(*after), strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1]] == [("m1b 5k1", "M1B5K1")]


@EVERY_LOSS
def test_notes_are_read_and_stripped_where_they_stand(lose: Lose, run: Run, tmp_path: Path) -> None:
    path = lost(of_service("nars", tmp_path / "back.xlsx", {"processing_details": FIRST}, {}), lose)
    first = LOSSES[lose]
    assert document(run, "notes", path)["notes"][0]["row"] == first
    assert document(run, "strip", path, tmp_path / "out.xlsx")["stripped"] == [f"A{first}"]
    before, after = values(path), values(tmp_path / "out.xlsx")
    assert [number for number, rows in enumerate(zip(before, after, strict=True)) if rows[0] != rows[1]] == [first - 1]


@EVERY_LOSS
def test_only_the_rejected_rows_are_kept_below_the_head(lose: Lose, run: Run, tmp_path: Path) -> None:
    sent = lost(of_service("nars", tmp_path / "sent.xlsx", {}, {}, {}), lose)
    back = of_service("nars", tmp_path / "back.xlsx", {}, {}, {"processing_details": FIRST})
    document(run, "only-rejected", sent, back, tmp_path / "again.xlsx")
    first, before, after = LOSSES[lose], values(sent), values(tmp_path / "again.xlsx")
    assert after[: first - 1] == before[: first - 1]
    assert [row for row in after[first - 1 :] if any(row)] == [before[first + 1]]


@pytest.mark.parametrize("lose", [deleted, emptied, labelled, junk], ids=lambda lose: lose.__name__)
@pytest.mark.parametrize("lists", [True, False], ids=["lists", "no lists"])
def test_where_nothing_tells_the_columns_nothing_is_done_to_them(
    lists: bool, lose: Lose, run: Run, tmp_path: Path
) -> None:
    path = of_service("nars", tmp_path / "back.xlsx", {"processing_details": FIRST}, {"postal_cd": "m1b 5k1"})
    lost(path, lose, french=True, lists=lists)
    found = document(run, "check", path, tmp_path / "back.xlsx")[0]
    assert [(each["cell"], each["rule"]) for each in found["findings"]] == [(None, "IC016")]
    assert "could not be checked" in found["findings"][0]["en"] and not found["could_not_run"]
    assert document(run, "save", path, tmp_path / "out", "--yes")["refused"]["code"] == "header-changed"
    assert document(run, "fix", path, tmp_path / "fixed.xlsx", "--all-suggestions")["changes"] == []
    assert values(tmp_path / "fixed.xlsx") == values(path)
    assert document(run, "notes", path)["notes"][0]["row"] == LOSSES[lose]
    good_one = of_service("nars", tmp_path / "good.xlsx", {}, {})
    ledger = ("--ledger", tmp_path / "ledger")
    for words in (
        ("strip", path, tmp_path / "new.xlsx"),
        ("only-rejected", good_one, path, tmp_path / "new.xlsx"),
        ("corrections", path, good_one, tmp_path / "new.xlsx"),
        ("ledger", "returned", path, *ledger),
    ):
        result = run(*words)
        assert result.exit_code == 2 and "does not hold the column codes" in result.stderr, words
    assert not (tmp_path / "new.xlsx").exists()
    for out in ("list.xlsx", "list.html"):
        assert run("check", path, "--list", tmp_path / out, "--marked", tmp_path / "marked.xlsx").exit_code == 1
