"""The causes are told first, seven at most, and a finding and its cell name theirs."""

from __future__ import annotations

import pytest

from icare_xl.check.engine import check
from icare_xl.check.sentences import causes_told, of_any_cell, rows_checked
from icare_xl.icare.example import good_row
from icare_xl.model.finding import Diagnosis, Report
from icare_xl.model.text import Text
from tests.support.causes import copied_down, each_alone
from tests.support.sheets import TODAY, sheet_of


def report_of(causes: int) -> Report:
    return check(sheet_of(copied_down(causes)), TODAY)


class TestTold:
    def test_with_what_to_do(self) -> None:
        (told,) = causes_told(report_of(1))
        assert told.en == (
            "Update Record ID 10387104 is on 2 rows (rows 4–5). Each would overwrite the same record: keep it on the row of "
            "that record only."
        )
        assert told.fr.startswith("Le numéro d’enregistrement à mettre à jour 10387104 figure sur 2 lignes")

    def test_of_none_nothing(self) -> None:
        assert causes_told(check(sheet_of({4: good_row()}), TODAY)) == []

    @pytest.mark.parametrize(
        ("causes", "en", "fr"),
        [(8, "… and 1 more cause.", "… et 1 autre cause."), (9, "… and 2 more causes.", "… et 2 autres causes.")],
    )
    def test_no_more_than_seven_and_how_many_more_there_are(
        self, causes: int, en: str, fr: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        each_alone(monkeypatch)
        assert len(causes_told(report_of(7))) == 7
        *seven, more = causes_told(report_of(causes))
        assert len(seven) == 7 and more == Text(en, fr)

    def test_causes_that_could_not_be_looked_for_are_said_and_block_nothing(self) -> None:
        for findings, checked in (((), "nothing to correct."), (report_of(1).findings, "0 errors, 2 warnings.")):
            report = Report(findings, could_not_explain=("CA15", "CA16"))
            told = rows_checked(2, report)
            assert told.en == (
                f"2 rows checked: {checked} Not all causes are known, as CA15, CA16 could not run; report this to the "
                "people who maintain icare-xl."
            )
            assert "faute d’avoir pu exécuter CA15, CA16" in told.fr and not report.blocks_saving


def test_what_is_true_of_any_cell_names_none() -> None:
    assert of_any_cell(Text("“{value}” is x.", "«\u00a0{value}\u00a0» y.")) == Text("“…” is x.", "«\u00a0…\u00a0» y.")


class TestAlike:
    def test_are_those_of_one_cause_or_of_one_rule_without_any(self) -> None:
        rows = copied_down(2) | {20: good_row(20) | {"postal_cd": "M1B5K1 "}, 21: good_row(21) | {"postal_cd": "?"}}
        report = check(sheet_of(rows), TODAY)
        alike = [[each.cell for each in report.like(found).findings] for found in report.findings]
        assert alike == [["B4", "B5"]] * 2 + [["B6", "B7"]] * 2 + [["F20"], ["F21"]]

    def test_a_cell_has_the_causes_of_its_findings_and_those_that_are_about_it(self) -> None:
        about = Diagnosis("CA01", *[Text("x.", "x.")] * 3, rows=(4, 5), cells=((4, 4), (5, 4)))
        found = report_of(1)
        report = Report(found.findings, diagnoses=(*found.diagnoses, about))
        assert [[each.code for each in report.causes_at(*place)] for place in ((4, 1), (4, 4), (4, 5))] == [
            ["CA15"], ["CA01"], [],
        ]  # fmt: skip
