"""The promise of a check: every fault in exactly its cell, and nothing on a clean sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icare_xl.check.engine import check, recheck
from icare_xl.check.rules import RULES
from icare_xl.icare import library
from icare_xl.icare.blank_workbook import Value
from icare_xl.icare.example import good_row
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.sheet import NOTES, Sheet
from tests.support import some
from tests.support.services import good
from tests.support.sheets import TODAY, brief, findings_in, findings_of, sheet_of, small_workbook, table

CHILD = "childminding_NewcomerChildren[{}]childminding_{}_id"


def test_a_clean_sheet_gives_no_finding() -> None:
    assert findings_in({row: good_row(row) for row in range(4, 60)}) == []


def test_a_clean_workbook_gives_no_finding(clean: Path) -> None:
    assert findings_of(clean) == []


FAULTS: list[tuple[dict[str, Value], list[tuple[str, str]]]] = [
    ({"postal_cd": ""}, [("F5", "IC100")]),
    ({"postal_cd": " \u00a0"}, [("F5", "IC100")]),
    ({"client_birth_dt": "1990-13-01"}, [("E5", "IC101")]),
    ({"client_birth_dt": "03/04/1985"}, [("E5", "IC102")]),
    ({"client_birth_dt": date(1985, 4, 3)}, [("E5", "IC106")]),
    ({"client_birth_dt": 31140}, [("E5", "IC101")]),
    ({"client_birth_dt": "2030-01-01"}, [("E5", "IC120")]),
    ({"client_birth_dt": "2026-01-30"}, [("E5", "IC202")]),
    ({"end_dttm": "2026-01-01"}, [("CP5", "IC201")]),
    ({"end_dttm": "2026-03-01"}, [("CP5", "IC121")]),
    ({"service_language_id": "Klingon"}, [("H5", "IC103")]),
    ({"service_language_id": "ENGLISH"}, [("H5", "IC104")]),
    ({"postal_cd": "M1B 5K1"}, [("F5", "IC110")]),
    ({"postal_cd": "M1B5O1"}, [("F5", "IC111")]),
    ({"client_validation_id": 12345678}, [("D5", "IC105")]),
    ({"client_validation_id": "1234567"}, [("D5", "IC130")]),
    ({"client_validation_id": "12-3456-7890"}, [("D5", "IC131")]),
    ({"client_validation_id": "T123456789"}, [("D5", "IC132")]),
    ({"client_validation_id": Cell("#N/A", Holds.ERROR)}, [("D5", "IC107")]),
    ({"client_validation_id": Cell("12345678", formula=True)}, [("D5", "IC108")]),
    ({"update_record_id": "10000001"}, [("CQ5", "IC220")]),
    ({"processing_details": "ask Maria"}, [("A5", "IC011")]),
    ({"target_group_specific_ind": "Yes"}, [("Q5", "IC210")]),
    ({"target_group_youth_ind": "Yes"}, [("S5", "IC211")]),
    ({"counselling_ind": "Yes"}, [("CO5", "IC211")]),
    ({"support_received_ind": "Yes", "translation_ind": "Yes", "translation_language_from_id": "English"},
     [("CK5", "IC212")]),
    ({"interpretation_language_to_id": "Dari"}, [("CN5", "IC213")]),
    ({CHILD.format(2, "age"): "Infant (6-18 months)"}, [("BY5", "IC213"), ("BZ5", "IC220")]),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "found"), FAULTS, ids=str)
def test_a_fault_is_found_in_exactly_its_cell(fault: dict[str, Value], found: list[tuple[str, str]]) -> None:
    rows = {4: good_row(4), 5: good_row(5) | fault, 6: good_row(6)}
    assert findings_in(rows) == found


def test_children_are_entered_from_the_first_place_on() -> None:
    care = {"support_received_ind": "Yes", "childminding_ind": "Yes"}
    for child in (1, 3):
        care |= {CHILD.format(child, "age"): "Infant (6-18 months)", CHILD.format(child, "type"): "Short term"}
    assert findings_in({4: good_row() | care}) == [("BY4", "IC222")]


def test_an_exact_duplicate_names_the_first_row() -> None:
    sheet = sheet_of({4: good_row(), 9: good_row(), 12: good_row() | {"end_dttm": date(2026, 1, 5)}})
    findings = check(sheet, TODAY).findings
    assert brief(findings) == [("D9", "IC301"), ("D12", "IC301"), ("CP12", "IC106")]
    assert "row 4" in findings[0].message.en


def test_the_same_client_on_many_honest_rows_is_nothing() -> None:
    rows = {
        row: good_row() | {"start_dttm": f"2026-01-{row:02}", "end_dttm": f"2026-01-{row:02}"} for row in range(4, 23)
    }
    assert findings_in(rows) == []


def test_one_identifier_with_two_birth_dates_marks_both() -> None:
    rows = table("""
        row | client_validation_id | client_birth_dt
        4   | 12345678             | 1978-05-20
        5   | 1234-5678            | 1978-05-21
        6   | 87654321             | 1978-05-21
    """)
    assert findings_in(rows) == [("E4", "IC302"), ("D5", "IC131"), ("E5", "IC302")]


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("english", "English"), ("English\u00a0", "English"), ("  English", "English"), ("DARI", "Dari"),
        ("Plautdietsch (mennonite low german)", "Plautdietsch (Mennonite Low German) "),
    ],
)  # fmt: skip
def test_the_exact_text_of_the_list_is_proposed(typed: str, suggestion: str) -> None:
    findings = check(sheet_of({4: good_row() | {"service_language_id": typed}}), TODAY).findings
    assert [(each.rule, each.suggestion) for each in findings] == [("IC104", suggestion)]


@pytest.mark.parametrize("quote", "'`´‘")
def test_any_apostrophe_is_recognised(quote: str) -> None:
    typed = f"Temporary Resident or Minister{quote}s Permit Number"
    row = good_row() | {"client_validation_type_id": typed, "client_validation_id": "F123456789"}
    findings = check(sheet_of({4: row}), TODAY).findings
    assert [each.suggestion for each in findings] == ["Temporary Resident or Minister’s Permit Number"]


def test_trailing_blank_of_the_list_itself_is_right() -> None:
    assert findings_in({4: good_row() | {"service_language_id": "Plautdietsch (Mennonite Low German) "}}) == []


def test_a_placeholder_for_many_clients_does_not_list_them_all() -> None:
    rows = {row: good_row(row) | {"client_validation_id": "99999999"} for row in range(4, 304)}
    findings = [each for each in check(sheet_of(rows), TODAY).findings if each.rule == "IC302"]
    assert len(findings) == 300 and max(len(each.message.en) for each in findings) < 250


def test_a_suffix_from_drag_filling_is_recognised() -> None:
    row = good_row() | {"client_validation_type_id": "FOSS/GCMS Client ID 3"}
    findings = check(sheet_of({4: row}), TODAY).findings
    assert [(each.rule, each.suggestion) for each in findings] == [("IC104", "FOSS/GCMS Client ID")]


def test_nothing_is_proposed_that_another_rule_forbids() -> None:
    """Excel turns what looks like a date into one; the day is no value of a list, no postal code, no identifier."""
    day = date(2026, 1, 2)
    row = good_row() | {
        "service_language_id": day,
        "postal_cd": day,
        "client_validation_id": day,
        "group_clients_no_id": 3,
    }
    assert {each.suggestion for each in check(sheet_of({4: row}), TODAY).findings} == {None}


def test_blank_rows_between_records_and_rows_of_blanks_are_nothing() -> None:
    assert findings_in({4: good_row(4), 9: good_row(9), 20: {"postal_cd": "  "}}) == []


def test_rows_below_the_prepared_ones_are_told_once() -> None:
    rows = {row: good_row(row) for row in (4, 2503, 2504, 2505)}
    sheet = sheet_of(rows)
    findings = [each for each in check(sheet, TODAY).findings if each.rule == "IC007"]
    assert [each.cell for each in findings] == ["A2504"]
    assert findings[0].message.en.startswith("Filled rows below row 2503, where the 2,500 prepared rows end: 2.")


def test_a_house_rule_can_be_left_out() -> None:
    sheet = sheet_of({4: good_row() | {"client_validation_id": "1234567", "postal_cd": "?"}})
    assert brief(check(sheet, TODAY).findings) == [("D4", "IC130"), ("F4", "IC110")]
    assert brief(check(sheet, TODAY, without=["house"]).findings) == [("F4", "IC110")]
    assert brief(check(sheet, TODAY, without=["IC130", "IC110"]).findings) == []


def test_a_rule_that_crashes_is_told_and_blocks_saving() -> None:
    def crash(sheet: Sheet) -> None:
        raise ZeroDivisionError

    broken = replace(RULES[0], code="IC999", ask=crash)
    report = check(sheet_of({4: good_row() | {"postal_cd": ""}}), TODAY, rules=[*RULES, broken])
    assert brief(report.findings) == [("F4", "IC100")]
    assert report.could_not_run == ("IC999",)
    assert report.blocks_saving


def test_findings_come_in_reading_order() -> None:
    rows = {5: good_row(5) | {"end_dttm": "", "client_birth_dt": ""}, 4: good_row(4) | {"end_dttm": ""}}
    assert findings_in(rows) == [("CP4", "IC100"), ("E5", "IC100"), ("CP5", "IC100")]


def test_the_suggestion_heals_the_cell(tmp_path: Path) -> None:
    slips: dict[str, Value] = {
        "client_birth_dt": "1978/5/20", "postal_cd": "m1b 5k1", "service_language_id": "english ",
        "client_validation_id": "12-3456-7890",
    }  # fmt: skip
    findings = check(sheet_of({4: good_row() | slips}), TODAY).findings
    assert len(findings) == 4
    healed = slips | {each.field: each.suggestion for each in findings}  # type: ignore[dict-item]
    assert findings_of(small_workbook(tmp_path / "healed.xlsx", {4: good_row() | healed})) == []


TRIED = ["", " ", "?", "Yes", "No", "yes", "English", "Dari", "M1B5K1", "M1B 5K1", "12345678", "12345679", "0", "100",
         "1978-05-20", "2018-06-05", "03/04/2018", "25/04/2018", "2026-01-15", "Infant (6-18 months)"]  # fmt: skip


@pytest.mark.parametrize("service", sorted(library.services()))
@given(data=st.data())
@settings(max_examples=some(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_row_checked_again_gives_what_the_whole_sheet_gives(service: str, data: st.DataObject) -> None:
    of = replace(library.of_service(service), source="workbook")
    ids = st.sampled_from([id_ for id_ in of.ids if id_ != NOTES])
    slips = st.dictionaries(ids, st.sampled_from(TRIED), max_size=6)
    sheet = sheet_of({row: good(service, row, full=True) | data.draw(slips) for row in range(4, 9)}, of=of)
    rows = data.draw(st.sets(st.sampled_from(sheet.rows.tolist()), min_size=1, max_size=2))
    texts = {(row, sheet.layout.columns[id_]): text for row in rows for id_, text in data.draw(slips).items()}
    changed = sheet.changed(texts)
    assert recheck(changed, check(sheet, TODAY), rows, TODAY) == check(changed, TODAY)
