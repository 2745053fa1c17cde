"""“This is right”: a warning that a person looked at is quiet until a cell changes that its rule looked at."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from icare_xl.check.engine import check, check_folder, recheck
from icare_xl.check.rules import RULES, FolderRule, Rule
from icare_xl.icare import library
from icare_xl.icare.example import good_row
from icare_xl.model.finding import Finding, Report
from icare_xl.model.sheet import Sheet
from icare_xl.upload.ledger import Ledger, open_ledger
from icare_xl.upload.ledger.errors import NoSuchAcceptance
from tests.check.test_rule_examples import sheets_of
from tests.conftest import Run
from tests.support.services import good
from tests.support.sheets import TODAY, sheet_of, small_workbook

SOME = 6  # of the fields that a rule looks at; some look at a whole row
SHORT = {"client_validation_id": "1234567"}  # IC130, a warning
WARNINGS = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    if rule.severity == "warning" and not isinstance(rule, FolderRule)
    for number, example in enumerate(rule.bad)
]


def checked(ledger: Ledger, sheet: Sheet, rules: list[Rule] | None = None) -> Report:
    return check(sheet, TODAY, rules=rules or RULES, memory=ledger.acceptances())


def short(**cells: str) -> Sheet:
    return sheet_of({4: good_row() | SHORT | cells, 5: good_row(1) | {"client_validation_id": "7654321"}})


def accept(ledger: Ledger, sheet: Sheet) -> Finding:
    found, *_ = checked(ledger, sheet).findings
    ledger.accept(sheet, [found], "checked-document", "jan.xlsx")
    return found


def codes(report: Report) -> list[tuple[int | None, str]]:
    return [(each.row, each.rule) for each in report.findings]


class TestOneRow:
    def test_it_is_quiet_and_told_apart(self, where: str) -> None:
        ledger = open_ledger(where, "Ana")
        accept(ledger, short())
        report = checked(open_ledger(where, "Ben"), short())
        assert codes(report) == [(5, "IC130")] and report.warnings == 1
        ((found, acceptance),) = report.accepted
        assert (found.row, acceptance.by, acceptance.reason, acceptance.cell) == (4, "Ana", "checked-document", "D4")

    def test_another_client_with_the_same_slip_is_told(self, where: str) -> None:
        ledger = open_ledger(where, "Ana")
        accept(ledger, short())
        other = sheet_of({4: good_row() | SHORT | {"client_birth_dt": "1981-02-03"}})
        assert codes(checked(ledger, other)) == [(4, "IC130")]

    @pytest.mark.parametrize("change", [{"client_validation_id": "1234568"}, {"client_validation_id": "1234567 "},
                                        {"client_birth_dt": "1971-01-01"}])  # fmt: skip
    def test_it_is_back_when_a_cell_changes_that_the_rule_looked_at(self, where: str, change: dict[str, str]) -> None:
        ledger = open_ledger(where, "Ana")
        accept(ledger, short())
        assert (4, "IC130") in codes(checked(ledger, short(**change)))

    def test_other_cells_may_change_and_rows_may_move(self, where: str) -> None:
        ledger = open_ledger(where, "Ana")
        accept(ledger, short())
        assert (4, "IC130") not in codes(checked(ledger, short(postal_cd="K1A0B1")))
        moved = sheet_of({9: good_row() | SHORT})
        assert codes(checked(ledger, moved)) == []

    def test_it_is_back_when_it_is_revoked(self, where: str) -> None:
        ledger = open_ledger(where, "Ana")
        accept(ledger, short())
        (known,) = ledger.acceptances().all
        assert ledger.revoke(known.id[:4]) == known
        assert (4, "IC130") in codes(checked(ledger, short())) and not ledger.acceptances().all
        with pytest.raises(NoSuchAcceptance):
            ledger.revoke(known.id)

    def test_it_is_quiet_where_one_row_is_checked_again(self, where: str) -> None:
        ledger = open_ledger(where, "Ana")
        accept(ledger, short())
        before, memory = checked(ledger, short()), ledger.acceptances()
        again = recheck(short(postal_cd="?"), before, [4], TODAY, memory=memory)
        assert again.accepted == before.accepted and (4, "IC130") not in codes(again)
        assert recheck(short(), again, [5], TODAY, memory=memory).accepted == before.accepted


def test_in_a_folder_it_is_quiet_too(where: str) -> None:
    ledger = open_ledger(where, "Ana")
    accept(ledger, short())
    (report,) = check_folder([short()], TODAY, memory=ledger.acceptances())
    assert (4, "IC130") not in codes(report) and len(report.accepted) == 1


def test_the_ledger_holds_no_value_of_the_row(where: str, tmp_path: Any) -> None:
    ledger = open_ledger(str(tmp_path / "here"), "Ana")
    accept(ledger, short())
    written = b"".join(path.read_bytes() for path in (tmp_path / "here").rglob("*") if path.is_file())
    row = good_row() | SHORT
    assert b"IC130" in written and not [
        text for text in row.values() if len(str(text)) > 3 and str(text).encode() in written
    ]


def test_what_is_in_the_ledger_already_goes_on(where: str) -> None:
    """Acceptances are kept beside saves, and neither is taken for the other."""
    ledger = open_ledger(where, "Ana")
    accept(ledger, short())
    history = ledger.history()
    assert not history.submissions and not history.problems and not history.stray


@pytest.mark.parametrize(("rule", "example"), WARNINGS)
def test_every_warning_is_quiet_until_a_cell_changes_that_it_looked_at(rule: Rule, example: Any, tmp_path: Any) -> None:
    ledger = open_ledger(str(tmp_path / "ledger"), "Ana")
    for sheet in sheets_of(rule, example):
        found = [each for each in checked(ledger, sheet, [rule]).findings if each.place]
        if not found:
            continue
        first = found[0]
        ledger.accept(sheet, found, "other", "a.xlsx")
        assert not [each for each in checked(ledger, sheet, [rule]).findings if each.place]
        looked = sorted(rule.looks_at(sheet, first.field))[:SOME] if first.field else []
        for id_ in looked:
            place = (first.row, sheet.layout.columns[id_])
            changed = sheet.changed({place: sheet.grid.at(*place).text + "x"})
            again = check(changed, TODAY, rules=[rule])
            same = [each for each in again.findings if each.place == first.place]
            quiet = [each for each, _ in checked(ledger, changed, [rule]).accepted if each.place == first.place]
            assert not (same and quiet), (rule.code, id_)


@pytest.mark.parametrize("rule", [each for each in RULES if each.severity == "warning"], ids=lambda rule: rule.code)
def test_a_rule_looks_at_the_cell_that_it_marks(rule: Rule) -> None:
    sheet = sheet_of({4: good("client_profile", 1)}, of=library.of_service("client_profile"))
    for each in sheet.fields():
        looked = rule.looks_at(sheet, each.id)
        assert not looked or each.id in looked


def test_the_certificate_names_who_found_it_right_and_when(run: Run, tmp_path: Path) -> None:
    """Such a warning needs no confirming, and is not among those that were merely left."""
    month, ledger = small_workbook(tmp_path / "jan.xlsx", {4: good_row() | SHORT}), tmp_path / "ledger"
    run("accept", month, "D4", "--reason", "confirmed-by-client", "--ledger", ledger, "--today", "2026-02-03")
    saved = run("save", month, tmp_path / "up.xlsx", "--ledger", ledger, "--yes", "--today", "2026-02-03")
    assert saved.exit_code == 0
    known = json.loads((tmp_path / "up_certificate.json").read_text("utf-8"))
    assert known["accepted"] == {}
    assert [(each["rule"], each["reason"]) for each in known["found_right"]] == [("IC130", "confirmed-by-client")]
    page = (tmp_path / "up_certificate.html").read_text("utf-8")
    assert "IC130, The client confirmed it" in page and escape(known["found_right"][0]["by"]) in page
