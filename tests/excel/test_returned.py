"""A rejected file, from the first check to the file that is uploaded again: each box names the next button."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from icare_xl.excel.buttons.tab import BUTTONS
from icare_xl.icare.example import good_row, rejected_month
from icare_xl.model.text import Language
from tests.conftest import Run
from tests.excel.test_buttons import DATA, NOTE, Press, behind, column_a, excel, marked, press
from tests.stand_in.engine import Excel
from tests.support.sheets import Rows, small_workbook

__all__ = ["excel", "press"]
IDENTIFIERS = {"D4": "87654321", "D5": "87654322", "D6": "87654323"}


@pytest.fixture
def book(excel: Excel, tmp_path: Path) -> xw.Book:
    rows = rejected_month()
    del rows[7]["processing_details"]  # a person's remark
    return excel.open(small_workbook(tmp_path / "rejected.xlsx", rows))


def next_button(excel: Excel, language: Language = "en") -> set[str]:
    """The buttons that the end of the last box names."""
    step = excel.alerts[-1].prompt.rpartition("\n\n")[2]
    return {name for name, button in BUTTONS.items() if button.label.to(language) in step}


def test_each_box_names_the_next_button(book: xw.Book, excel: Excel, press: Press) -> None:
    assert press("check").startswith("This file came back from iCARE, with notes on 3 rows.")
    assert next_button(excel) == {"read_notes"}
    press("read_notes")
    assert next_button(excel) == {"next_finding"}
    press("check")
    assert next_button(excel) == {"next_finding"}
    for cell, identifier in IDENTIFIERS.items():
        book.sheets[DATA].range(cell).value = identifier
    assert press("next_finding").startswith("All that iCARE’s notes are about was corrected")
    assert next_button(excel) == {"strip_notes"}
    press("check")
    assert next_button(excel) == {"strip_notes"}
    press("strip_notes", answer="yes")
    assert next_button(excel) == {"list_corrections"}
    press("list_corrections")
    assert "save_for_upload" in next_button(excel)


def test_it_says_so_in_french(book: xw.Book, excel: Excel, press: Press) -> None:
    assert press("check", "fr").startswith("Ce fichier est revenu d’iEDEC, avec des notes sur 3 lignes.")
    assert next_button(excel, "fr") == {"read_notes"}


def test_all_that_the_notes_say_is_listed_client_by_client(excel: Excel, press: Press, tmp_path: Path) -> None:
    rows: Rows = {row: good_row(row % 25) | {"processing_details": NOTE} for row in range(4, 54)}
    excel.open(small_workbook(tmp_path / "rejected.xlsx", rows))
    press("read_notes")
    assert excel.app.books.active.name == "rejected.xlsx"  # where Next goes on
    listed = behind(excel).sheets[0].used_range.raw_value
    clients = [row[0] for row in listed[1:] if row[1]]
    assert len(clients) == 50 * 3 and len({*clients}) == 25
    assert clients == sorted(clients, key=clients.index)  # all of one client together
    assert {str(row[4]).partition(".")[0] for row in listed[1:] if row[1]} == {"Unable to validate against database"}
    assert all("iCARE found no client" in row[5] for row in listed[1:] if row[1])


class TestNext:
    def test_walks_the_cells_that_the_notes_are_about_with_what_icare_said(
        self, book: xw.Book, excel: Excel, press: Press
    ) -> None:
        press("read_notes")
        book.sheets[DATA].range("A1").select()
        went = []
        for _ in range(3):
            press("next_finding")
            went.append(excel.app.selection.address.replace("$", ""))
        assert went == ["C4", "D4", "E4"]
        said = excel.app.status_bar
        assert said.startswith("Error, Date of Birth: “Unable to validate against database.” iCARE found no client")
        assert "(E4, 3 of 9)" in said

    def test_says_the_likely_slip(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        rows = rejected_month()
        rows[4] |= {"client_validation_id": "1234567"}
        book = excel.open(small_workbook(tmp_path / "rejected.xlsx", rows))
        press("read_notes")
        book.sheets[DATA].range("C4").select()
        press("next_finding")
        assert "The number of digits in D4 is 7" in excel.app.status_bar

    def test_leaves_out_what_was_corrected_and_its_mark_goes(self, book: xw.Book, excel: Excel, press: Press) -> None:
        press("read_notes")
        assert {row for row, _ in marked(excel)["warning"]} == {4, 5, 6}
        book.sheets[DATA].range("D5").value = "87654321"
        book.sheets[DATA].range("E4").select()
        press("next_finding")
        assert excel.app.selection.row == 6
        assert {row for row, _ in marked(excel)["warning"]} == {4, 6}

    def test_goes_on_to_what_the_check_finds(self, book: xw.Book, excel: Excel, press: Press) -> None:
        press("read_notes")
        for cell, identifier in IDENTIFIERS.items():
            book.sheets[DATA].range(cell).value = identifier
        book.sheets[DATA].range("F5").value = "?"
        press("next_finding")
        assert excel.app.selection.address == "$F$5" and "(F5, 1 of 1)" in excel.app.status_bar


def test_the_error_list_has_what_the_notes_are_about(book: xw.Book, excel: Excel, press: Press) -> None:
    press("read_notes")
    book.sheets[DATA].range("D4").value = "87654321"
    press("error_list")
    texts = [[str(cell) for cell in row] for row in excel.app.books.active.sheets["Findings"].used_range.raw_value]
    about_notes = [row for row in texts if "iCARE" in row]
    assert sorted(row[0] for row in about_notes) == ["C5", "C6", "D5", "D6", "E5", "E6"]
    assert not [row for row in texts if "IC010" in row]


def test_strip_says_what_is_not_corrected(book: xw.Book, excel: Excel, press: Press) -> None:
    press("read_notes")
    book.sheets[DATA].range("D5").value = "87654321"
    asked = press("strip_notes", answer="no")
    assert asked.startswith("Still as iCARE rejected: 2 rejected rows (row 4, 6).")
    assert any(column_a(excel))
    for cell, identifier in IDENTIFIERS.items():
        book.sheets[DATA].range(cell).value = identifier
    assert press("strip_notes", answer="no").startswith("Take iCARE’s notes out of 3 cells")


def test_notes_of_another_upload_are_not_compared_with_these(
    book: xw.Book, excel: Excel, press: Press, run: Run
) -> None:
    """The same name may come back again, with the notes of another upload."""
    press("read_notes")
    for cell in ("A4", "A5", "A6"):
        held = book.sheets[DATA].range(cell)
        held.value = str(held.value).replace("BUID:", "BUID:9")
    for cell, identifier in IDENTIFIERS.items():
        book.sheets[DATA].range(cell).value = identifier
    assert press("strip_notes", answer="no").startswith("Still as iCARE rejected: 3 rejected rows")
