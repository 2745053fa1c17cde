"""Merged cells over rows of data: each cell that they leave blank is told once, as what it is, and the sheet as a whole."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from icare_xl.check.engine import check
from icare_xl.check.fixes import proposals
from icare_xl.icare import recognise
from icare_xl.icare.example import good_row, template
from icare_xl.model.addresses import a1, areas
from icare_xl.model.finding import Report
from icare_xl.workbooks.file import FileHost
from tests.support.sheets import TODAY, Rows, brief, sheet_of, small_workbook

DATA = "iCARE Template"


def report_on(rows: Rows, *merged: str) -> Report:
    report = check(sheet_of(rows, merged=merged), TODAY)
    assert report.could_not_run == () == report.could_not_explain
    return report


def with_blanks(field: str, *rows: int, last: int = 8) -> Rows:
    return {row: good_row(row) | ({field: ""} if row in rows else {}) for row in range(4, last + 1)}


def test_a_cell_under_merged_ones_is_not_called_blank() -> None:
    report = report_on(with_blanks("postal_cd", 5, 6, 8), "F4:F6")
    assert brief(report.findings) == [("F5", "IC017"), ("F6", "IC017"), ("F8", "IC100")]
    (told,) = report.diagnoses
    assert told.says.en == "Cells are merged (F4:F6): only the first cell of an area holds its value."
    assert (told.rows, list(areas(told.cells)), told.explains) == ((5, 6), ["F5:F6"], report.findings[:2])
    assert "merged with F4" in report.findings[1].message.en
    assert report.blocks_saving


def test_the_first_of_them_is_blank_where_it_is() -> None:
    report = report_on(with_blanks("postal_cd", 5, 6), "F5:F6")
    assert brief(report.findings) == [("F5", "IC100"), ("F6", "IC017")]


def test_those_across_columns_swallow_the_columns() -> None:
    report = report_on(with_blanks("postal_cd", 5), "E5:F5")
    assert brief(report.findings) == [("F5", "IC017")]
    assert "merged with E5" in report.findings[0].message.en


def test_what_other_rules_miss_there_has_the_same_cause() -> None:
    row = {"support_received_ind": "Yes", "translation_ind": "Yes", "translation_language_from_id": "English"}
    to = {"translation_language_to_id": "Dari"}
    report = report_on({4: good_row(4) | row | to, 5: good_row(5) | row}, "CK4:CK5")
    assert brief(report.findings) == [("CK5", "IC212")]
    assert [(each.code, each.explains) for each in report.diagnoses] == [("CA18", report.findings)]


@pytest.mark.parametrize(
    "merged",
    ["A1:CQ1", "A3:D3", "F9:F20", "F8:F20", "B4:B8", "Q4:AE8", "CS4:CT8", "M4:N4"],
    ids=["title", "labels", "below", "reaching below", "blank", "blank block", "beside", "across"],
)
def test_where_nothing_is_lost_nothing_is_told(merged: str) -> None:
    report = report_on(with_blanks("postal_cd"), merged)
    assert (report.findings, report.diagnoses) == ((), ())


def test_a_value_that_stands_under_merged_cells_is_there() -> None:
    """Copying the format of merged cells leaves values under them."""
    assert report_on(with_blanks("postal_cd"), "F4:F8") == Report((), ())


def test_many_are_told_in_one_sentence() -> None:
    areas = [f"F{row}:F{row + 1}" for row in range(4, 24, 2)]
    (told,) = report_on(with_blanks("postal_cd", *range(5, 25, 2), last=23), *areas).diagnoses
    assert "(F4:F5, F6:F7, F8:F9 and 7 more)" in told.says.en and "(F4:F5, F6:F7, F8:F9 et 7 de plus)" in told.says.fr
    assert told.rows == tuple(range(5, 25, 2))


def test_a_giant_one_is_told_of_the_rows_of_the_sheet_alone() -> None:
    report = report_on(with_blanks("postal_cd", 5), "A1:XFD1048576")
    assert brief(report.findings) == [("F5", "IC017")]


def test_nothing_is_proposed_under_merged_cells() -> None:
    report = report_on(with_blanks("postal_cd", 5, 6), "F4:F6")
    assert proposals(report) == {}
    assert not any(each.cure for each in report.diagnoses)


def test_as_openpyxl_writes_it(tmp_path: Path) -> None:
    own = openpyxl.load_workbook(small_workbook(tmp_path / "jan.xlsx", with_blanks("postal_cd")))
    own[DATA].merge_cells("F5:F7")
    own.save(tmp_path / "merged.xlsx")
    with FileHost(tmp_path / "merged.xlsx") as host:
        found = check(recognise.upload_sheet(host), TODAY).findings
    assert [each for each in brief(found) if each[0]] == [("F6", "IC017"), ("F7", "IC017")]


def test_as_xlsxwriter_writes_it(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "merged.xlsx") as book:
        sheet = book.add_worksheet(DATA)
        sheet.merge_range("A1:CQ1", "iCARE")
        sheet.write_row(1, 0, template().ids)
        for row in range(4, 8):
            values = good_row(row) | ({"postal_cd": ""} if row == 6 else {})
            sheet.write_row(row - 1, 0, [str(values.get(id_, "")) for id_ in template().ids])
        sheet.merge_range("F5:F6", "M1B5K1")
    with FileHost(tmp_path / "merged.xlsx") as host:
        report = check(recognise.upload_sheet(host), TODAY)
    assert [each for each in brief(report.findings) if each[0]] == [(a1(6, 5), "IC017")]
    assert [each.code for each in report.diagnoses] == ["CA18"]
