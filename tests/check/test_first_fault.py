"""One fault hides no other: a cell is judged by what it will hold once its first fault is corrected."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icare_xl.check.engine import check
from icare_xl.icare import library
from icare_xl.icare.blank_workbook import Value
from icare_xl.icare.example import good_row
from icare_xl.model.cells import Cell
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE
from icare_xl.model.dates import certain_day, iso_day, two_days
from icare_xl.model.template import ListOfValues
from tests.support import some
from tests.support.services import good
from tests.support.sheets import TODAY, brief, findings_in, sheet_of

FOSS, LANDING = "FOSS/GCMS Client ID", "IMM5292, IMM5509, IMM1000 Number"
START, END = "start_dttm", "end_dttm"


def codes(rows: dict[int, dict[str, Value]]) -> list[str]:
    return [f"{cell} {code}" for cell, code in findings_in({row: good_row(row) | given for row, given in rows.items()})]


@pytest.mark.parametrize(
    "type_", [FOSS, f"{FOSS} 3", f"{FOSS}1", "foss/gcms client id", " FOSS/GCMS Client ID", "FOSS"]
)
@pytest.mark.parametrize(("identifier", "code"), [("1234567", "IC130"), ("T123456789", "IC132"), ("12345678", "")])
def test_an_inexact_type_of_identifier_silences_no_rule_about_it(type_: str, identifier: str, code: str) -> None:
    found = codes({5: {IDENTIFIER_TYPE: type_, IDENTIFIER: identifier}})
    assert [each for each in found if each.startswith("D5")] == ([f"D5 {code}"] if code else [])


@pytest.mark.parametrize(
    "identifier", ["xxxxxxxxx", "4", "n/a", "?", "One", "1978-05-20", "123456789", "CAN000123456789"]
)
@pytest.mark.parametrize("type_", ["", "Passport", LANDING, f"{LANDING} 2"])
def test_junk_is_told_whatever_its_type(type_: str, identifier: str) -> None:
    assert "D5 IC133" in codes({5: {IDENTIFIER_TYPE: type_, IDENTIFIER: identifier}})


@pytest.mark.parametrize("identifier", ["-", "—", "?", "１２３４５６７８", "12345678x", "1/2/1978"])
def test_what_has_no_plain_digits_alone_is_no_client_id(identifier: str) -> None:
    (said,) = (
        each.message.en
        for each in check(sheet_of({4: good_row() | {IDENTIFIER: identifier}}), TODAY).findings
        if each.rule == "IC130"
    )
    assert ("is a date" if "/" in identifier else "has letters or other characters in it") in said


@pytest.mark.parametrize(
    ("count", "told"), [(1, "has 1 digit,"), (7, "has 7 digits,"), (9, "has 9 digits,"), (11, "has 11 digits,")]
)
def test_a_zero_is_missed_only_where_one_would_do(count: int, told: str) -> None:
    (said,) = check(sheet_of({4: good_row() | {IDENTIFIER: "4" * count}}), TODAY).findings
    assert told in said.message.en
    assert ("a zero at the start" in said.message.en) == (count in (7, 9)) == ("un zéro initial" in said.message.fr)


DAYS: list[tuple[Value, Value]] = [
    (43256, "2018/6/4"), ("June 5, 2018", date(2018, 6, 4)), ("25/06/2018", "2018‑06‑24"), ("20180605", 43255),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end"), DAYS, ids=str)
def test_a_day_in_another_form_silences_no_rule_about_its_order(start: Value, end: Value) -> None:
    assert "CP5 IC201" in codes({5: {START: start, END: end}})
    assert "CP5 IC201" not in codes({5: {START: end, END: start}})
    assert "E5 IC202" in codes({5: {BIRTH_DATE: start, START: end, END: start}})


@pytest.mark.parametrize("ambiguous", ["03/04/2018", "3-4-2018", "03/04/18", "5 June", "4"])
def test_what_can_be_two_days_is_compared_with_none(ambiguous: str) -> None:
    told = codes({5: {START: ambiguous, END: "2014-01-01"}, 6: {BIRTH_DATE: ambiguous}})
    assert not {"CP5 IC201", "E6 IC202", "E6 IC120"} & {*told}


def test_a_sentence_about_a_day_in_another_form_tells_the_day() -> None:
    report = check(sheet_of({4: good_row() | {START: 43256, END: "2018/6/4", BIRTH_DATE: "2099/1/1"}}), TODAY)
    said = {each.rule: each.message.en for each in report.findings}
    assert said["IC201"] == "The end 2018/6/4 (2018-06-04) is before the start 43256 (2018-06-05). Correct one of them."
    assert said["IC120"].startswith("The date of birth 2099/1/1 (2099-01-01) is in the future")


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/. ‑][0-9]{1,2}[-/. ‑][0-9]{1,4}", fullmatch=True))
@settings(max_examples=some(300), deadline=None)
def test_a_certain_day_is_the_only_one(text: str) -> None:
    cell = Cell(text)
    if day := certain_day(cell):
        assert two_days(cell) is None and certain_day(Cell(day.isoformat())) == day
    if day := iso_day(cell):
        assert certain_day(cell) == day


class TestTwins:
    """The same service twice is that of one client: identifier and date of birth agree."""

    def told(self, *rows: dict[str, Value]) -> list[tuple[int | None, str, str]]:
        sheet = sheet_of({4 + n: good_row() | {IDENTIFIER: "12345678"} | row for n, row in enumerate(rows)})
        found = check(sheet, TODAY).findings
        return [(each.row, each.rule, each.message.en) for each in found if each.rule in ("IC301", "IC305")]

    def test_are_born_on_the_same_day(self) -> None:
        one, other = {BIRTH_DATE: "1978-05-20"}, {BIRTH_DATE: "1979-01-01"}
        assert self.told(one, other) == []
        ((row, code, says),) = self.told(one, other, other | {"postal_cd": "M1B5K2"})
        assert (row, code) == (6, "IC305") and says.startswith("Row 5 has the same values")

    def test_may_be_where_a_day_is_not_certain(self) -> None:
        one, other = {BIRTH_DATE: "1985-04-03"}, {BIRTH_DATE: "03/04/1985"}
        assert [each[:2] for each in self.told(one, other)] == [(5, "IC305")]
        assert [each[:2] for each in self.told(other, one)] == [(5, "IC305")]

    def test_are_told_by_the_day_whatever_its_form(self) -> None:
        forms: list[Value] = ["1985-04-13", date(1985, 4, 13), "1985/4/13", "13/04/1985", 31150]
        found = self.told(*({BIRTH_DATE: form} for form in forms))
        assert [each[:2] for each in found] == [(row, "IC301") for row in (5, 6, 7, 8)]
        assert all("in row 4." in says for _, _, says in found)

    def test_are_not_told_of_rows_without_an_identifier(self) -> None:
        assert self.told({IDENTIFIER: ""}, {IDENTIFIER: ""}) == []

    def test_are_told_by_the_day_of_the_service(self) -> None:
        assert [each[:2] for each in self.told({START: "2026-01-05"}, {START: "2026/1/5", "postal_cd": "M1B5K2"})] == [
            (5, "IC305")
        ]


def test_a_dragged_type_is_no_other_type() -> None:
    rows = {
        4 + n: {IDENTIFIER_TYPE: f"{FOSS} {n}", IDENTIFIER: "12345678", START: f"2026-01-{10 + n}"} for n in range(3)
    }
    assert not [each for each in codes(rows) if "IC303" in each]


@pytest.mark.parametrize("text", ["Ongoing 2", "ongoing", "ONGOING3"])
def test_an_answer_written_otherwise_asks_for_what_it_asks(text: str) -> None:
    row = good("community_connections", 1) | {"service_status_id": text, "service_end_dt": "2026-01-31"}
    found = brief(check(sheet_of({4: row}, of=library.of_service("community_connections")), TODAY).findings)
    assert ("AJ4", "IC213") in found


@pytest.mark.parametrize("yes", ["Yes", "yes", "Yes 2", "Oui"])
def test_a_yes_written_otherwise_asks_for_what_a_yes_asks(yes: str) -> None:
    assert "BU5 IC210" in codes({5: {"support_received_ind": yes}})


@given(st.sampled_from(["Yes", "N/A", "Pre-CLB", "1", "Level 2"]), st.text(" 0123456789", max_size=4))
def test_a_dragged_text_means_the_value_before_its_number(value: str, more: str) -> None:
    allowed = ListOfValues(("Yes", "N/A", "Pre-CLB", "1", "2", "Level 2"), ("",) * 6)
    meant = allowed.meant(value + more)
    assert meant in (None, *allowed.values)
    assert meant is None or (value + more).startswith(meant)
    assert not (more.strip() in ("1", "2") and meant == value)
