"""“Is it right as it is?”, asked by Explain of a warning, and what comes of each answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from icare_xl.icare.example import good_row
from tests.excel.test_buttons import DATA, Press, excel, marked, press
from tests.stand_in.engine import Excel
from tests.support.sheets import small_workbook

__all__ = ["excel", "press"]
QUIET = "2 rows checked: 0 errors, 1 warning. 1 warning was found right before."


@pytest.fixture
def book(excel: Excel, tmp_path: Path) -> xw.Book:
    rows = {4 + n: good_row(n) | {"client_validation_id": f"123456{n}"} for n in range(2)}
    book = excel.open(small_workbook(tmp_path / "jan.xlsx", rows))
    book.sheets[DATA].range("D4").select()
    return book


def test_yes_and_a_reason_make_it_quiet(book: xw.Book, excel: Excel, press: Press) -> None:
    press("check")
    excel.typed[:] = ["2"]
    told = press("explain_cell", answer="yes")
    assert told.startswith("It is remembered as right.")
    assert marked(excel)["warning"] == {(5, 3)}
    assert press("check").startswith(QUIET)
    book.sheets[DATA].range("A1").select()
    press("next_finding")
    assert excel.app.selection.address == "$D$5" and "1 of 1" in excel.app.status_bar


@pytest.mark.parametrize(("answer", "typed"), [("no", []), ("yes", []), ("yes", ["9"])])
def test_no_and_no_reason_change_nothing(
    book: xw.Book, excel: Excel, press: Press, answer: str, typed: list[str]
) -> None:
    excel.typed[:] = typed
    press("explain_cell", answer=answer)
    assert press("check").startswith("2 rows checked: 0 errors, 2 warnings.")


def test_the_cell_says_who_found_it_right_and_takes_it_back(book: xw.Book, excel: Excel, press: Press) -> None:
    excel.typed[:] = ["1"]
    press("explain_cell", answer="yes")
    asked = press("explain_cell", answer="no")
    assert "Found right: I looked at the document (" in asked and "Say it again from now on?" in asked
    assert press("explain_cell", answer="yes") == "It is said again from now on."
    assert press("check").startswith("2 rows checked: 0 errors, 2 warnings.")


def test_another_value_is_told_again(book: xw.Book, excel: Excel, press: Press) -> None:
    excel.typed[:] = ["1"]
    press("explain_cell", answer="yes")
    book.sheets[DATA].range("D4").value = "7654321"
    assert press("check").startswith("2 rows checked: 0 errors, 2 warnings.")


def test_an_error_is_not_asked_about(book: xw.Book, excel: Excel, press: Press) -> None:
    book.sheets[DATA].range("E4").value = "1990-13-01"
    book.sheets[DATA].range("E4").select()
    press("explain_cell")
    assert excel.alerts[-1].buttons == "ok"


def test_a_check_goes_on_where_the_ledger_cannot_be_reached(
    book: xw.Book, press: Press, own_settings: Path, tmp_path: Path
) -> None:
    own_settings.write_text(f"ledger = '{tmp_path / 'gone' / 'ledger'}'\n", "utf-8")
    told = press("check")
    assert told.startswith("2 rows checked: 0 errors, 2 warnings.") and "cannot be reached" in told


class TestTheList:
    def test_takes_back_what_is_right(self, book: xw.Book, excel: Excel, press: Press) -> None:
        press("error_list")
        answer(excel, "D4", "The client confirmed it")
        assert press("record").startswith("1 row recorded.")
        excel.app.books["jan.xlsx"].activate()
        assert press("check").startswith(QUIET)
        press("error_list")
        (right,) = [row for row in rows(excel) if "The client confirmed it (" in " ".join(map(str, row))]
        assert right[0] == "D4"

    def test_says_beside_the_row_what_cannot_be_recorded(self, book: xw.Book, excel: Excel, press: Press) -> None:
        book.sheets[DATA].range("E5").value = "1990-13-01"
        press("error_list")
        answer(excel, "D4", "The client confirmed it")
        answer(excel, "D5", "because")
        answer(excel, "E5", "The client confirmed it")
        excel.app.books["jan.xlsx"].sheets[DATA].range("D4").value = "7654321"
        assert press("record").startswith("0 rows recorded. 3 rows not recorded;")
        said = {row[0]: str(row[-2]) for row in rows(excel)}
        assert said["D4"].startswith("This warning is no longer in D4 of “jan.xlsx”")
        assert "“because” is none of the choices" in said["D5"] and said["E5"].startswith("Only a warning can be right")

    def test_settings_list_what_was_found_right_and_take_it_back(
        self, book: xw.Book, excel: Excel, press: Press
    ) -> None:
        excel.typed[:] = ["1"]
        press("explain_cell", answer="yes")
        press("settings")
        (row,) = [
            number
            for number, each in enumerate(rows(excel), 1)
            if str(each[0]).startswith("Found right: D4 of jan.xlsx")
        ]
        excel.app.books.active.sheets.active.range((row, 2)).value = "say it again"
        assert press("record").startswith("1 row recorded.")
        excel.app.books["jan.xlsx"].activate()
        assert press("check").startswith("2 rows checked: 0 errors, 2 warnings.")


def rows(excel: Excel) -> list[list[object]]:
    sheets = excel.app.books.active.sheets
    sheet = sheets["Findings"] if "Findings" in [each.name for each in sheets] else sheets.active
    sheet.activate()
    return [list(row) for row in sheet.used_range.raw_value]


def answer(excel: Excel, cell: str, reason: str) -> None:
    """Choose a reason in the row of the list about this cell."""
    found = rows(excel)
    column = found[0].index("This is right") + 1
    (row,) = [number for number, each in enumerate(found, 1) if each[0] == cell]
    excel.app.books.active.sheets.active.range((row, column)).value = reason
