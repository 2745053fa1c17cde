"""The command `accept`, and a check that remembers."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from icare_xl.icare.example import good_row
from tests.conftest import Run
from tests.support.sheets import small_workbook

BIRTH = {"client_birth_dt": "1990-13-01"}  # an error
SHORT = {"client_validation_id": "1234567"}  # a warning


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return small_workbook(tmp_path / "jan.xlsx", {4: good_row() | SHORT, 5: good_row(1) | BIRTH})


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


def accept(run: Run, month: Path, ledger: Path, *words: object):
    return run("accept", month, *words, "--ledger", ledger, "--json", "--today", "2026-02-03")


def checked(run: Run, month: Path, *words: object):
    return json.loads(run("check", month, "--json", "--today", "2026-02-03", *words).stdout)


def test_a_warning_is_accepted_and_says_who_when_and_why(run: Run, month: Path, ledger: Path) -> None:
    (found,) = json.loads(accept(run, month, ledger, "D4", "--reason", "checked-document").stdout)
    assert {*found} >= {"id", "cell", "rule", "reason", "by", "when"}
    assert (found["cell"], found["rule"], found["reason"]) == ("D4", "IC130", "checked-document")
    assert json.loads(run("accept", "--list", "--ledger", ledger, "--json").stdout) == [found]


def test_a_check_with_that_ledger_counts_it_apart(run: Run, month: Path, ledger: Path) -> None:
    (known,) = json.loads(accept(run, month, ledger, "D4", "--reason", "other").stdout)
    before, after = checked(run, month), checked(run, month, "--ledger", ledger)
    assert (before["warnings"], before["accepted"]) == (1, 0) and (after["warnings"], after["accepted"]) == (0, 1)
    assert [each["cell"] for each in after["findings"]] == [each["cell"] for each in before["findings"]]
    (accepted,) = [each for each in after["findings"] if "accepted" in each]
    assert accepted["accepted"] == {name: known[name] for name in ("id", "reason", "by", "when")}
    told = run("check", month, "--ledger", ledger, "--lang", "en").stdout
    assert "1 warning was found right before." in told and "IC130" not in told


@pytest.mark.parametrize(("cell", "code"), [("E5", 1), ("F4", 1), ("nowhere", 2)])
def test_an_error_and_a_clean_cell_are_refused_and_nothing_is_remembered(
    run: Run, month: Path, ledger: Path, cell: str, code: int
) -> None:
    result = accept(run, month, ledger, "D4", cell, "--reason", "other")
    assert result.exit_code == code and cell in result.stderr
    assert json.loads(run("accept", "--list", "--ledger", ledger, "--json").stdout) == []


def test_it_is_revoked_by_its_id(run: Run, month: Path, ledger: Path) -> None:
    (known,) = json.loads(accept(run, month, ledger, "D4", "--reason", "other").stdout)
    assert run("accept", "--revoke", known["id"], "--ledger", ledger).exit_code == 0
    assert checked(run, month, "--ledger", ledger)["warnings"] == 1


def test_the_list_has_it_last_and_struck_through(run: Run, month: Path, ledger: Path, tmp_path: Path) -> None:
    accept(run, month, ledger, "D4", "--reason", "confirmed-by-client")
    out, page = tmp_path / "list.xlsx", tmp_path / "list.html"
    for each in (out, page):
        assert run("check", month, "--ledger", ledger, "--list", each, "--lang", "en").exit_code == 1
    rows = list(openpyxl.load_workbook(out)["Findings"].iter_rows())
    assert [row[2].font.strike for row in rows] == [None, None, True]
    assert rows[-1][0].value.endswith('"D4")') and str(rows[-1][-1].value).startswith("The client confirmed it (")
    assert '<tr class="right"' in page.read_text("utf-8") and "The client confirmed it (" in page.read_text("utf-8")
