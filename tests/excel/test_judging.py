"""“Is it right as it stands?”, asked by Explain of a warning, and what comes of each answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from icare_xl.icare.example import good_row
from tests.excel.test_buttons import DATA, Press, excel, marked, press
from tests.stand_in.engine import Excel
from tests.support.sheets import small_workbook

__all__ = ["excel", "press"]
QUIET = "2 rows checked: 0 errors, 1 warning. Found right before: 1."


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
