"""What Excel for Windows does by its documentation and its users' reports, row by row of docs/excel.md, and that no button is
caught out by it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from icare_xl.icare import library
from icare_xl.icare.example import good_row, month_with_mistakes, rejected_month
from icare_xl.workbooks.excel import attach
from icare_xl.workbooks.excel.errors import MergedCells
from tests.conftest import Run
from tests.excel.test_buttons import DATA, Press, column_a, excel, held, marked, page_at, press, rules
from tests.stand_in.engine import EDIT_MODE, Excel
from tests.stand_in.windows import ComError
from tests.support import ROOT
from tests.support.sheets import small_workbook

__all__ = ["excel", "press"]  # fixtures

CLOUD = "https://agency-my.sharepoint.com/personal/ana/Documents"
CODES = {4: "m1b 5k1", 5: "k1a 0b1", 6: "h2x 1y4", 7: "v6b 2w9"}
RIGHT = {4: "M1B5K1", 5: "K1A0B1", 6: "H2X1Y4", 7: "V6B2W9"}


@pytest.fixture
def codes(tmp_path: Path) -> Path:
    """Four clients, each with a postal code of its own that Fix format puts right."""
    return small_workbook(
        tmp_path / "codes.xlsx", {row: good_row(row) | {"postal_cd": code} for row, code in CODES.items()}
    )


def front(excel: Excel) -> Any:
    """The iCARE sheet, as the spreadsheet program has it."""
    book = excel.backend.active()
    assert book
    return next(each for each in book.sheets() if each.name == DATA)


def postal(book: xw.Book) -> dict[int, Any]:
    return {row: book.sheets[DATA].range(f"F{row}").raw_value for row in CODES}


class TestValuesReachTheirCells:
    def test_where_a_filter_hides_rows(self, excel: Excel, press: Press, codes: Path) -> None:
        """An array would put its first element into every row that can be seen (xlwings #747, #679, #1483)."""
        book = excel.open(codes)
        front(excel).filter_out([5, 6])
        assert press("fix_format", answer="yes").startswith("4 cells corrected.")
        assert postal(book) == RIGHT
        assert "4 cells put back (" in press("undo")
        assert postal(book) == CODES

    def test_where_a_filtered_table_hides_rows(self, excel: Excel, press: Press, codes: Path) -> None:
        book = excel.open(codes)
        front(excel).add_table((3, 1, 7, 95))
        front(excel).filter_out([4, 7])
        press("fix_format", answer="yes")
        assert postal(book) == RIGHT

    def test_notes_in_filtered_rows_are_stripped_and_come_back(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        """ClearContents passes over filtered rows, as the Delete key does."""
        excel.open(small_workbook(tmp_path / "rejected.xlsx", rejected_month()))
        before = column_a(excel)
        front(excel).filter_out([5])
        assert press("strip_notes", answer="yes").startswith("Notes taken out of 3 cells")
        assert column_a(excel)[:3] == [None] * 3
        press("undo")
        assert column_a(excel) == before

    def test_a_cell_under_merged_ones_is_refused_before_anything_is_written(self, excel: Excel, codes: Path) -> None:
        """It takes nothing, and Excel says nothing."""
        book = excel.open(codes)
        front(excel).merge((6, 5, 6, 6))
        with pytest.raises(
            MergedCells, match="Merged cells cover F6 in the sheet “iCARE Template”, so nothing was written"
        ):
            attach(excel.hwnd).workbook().write(DATA, {(row, 5): code for row, code in RIGHT.items()})
        assert postal(book) == CODES | {6: None}

    def test_the_first_of_merged_cells_takes_its_value(self, excel: Excel, press: Press, codes: Path) -> None:
        book = excel.open(codes)
        front(excel).merge((4, 6, 4, 7))
        press("fix_format", answer="yes")
        assert postal(book) == RIGHT
        press("undo")
        assert postal(book) == CODES

    def test_a_note_in_merged_cells_is_taken_out(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        """ClearContents is refused even for the first of merged cells: “We can't do that to a merged cell.”"""
        excel.open(small_workbook(tmp_path / "rejected.xlsx", rejected_month()))
        front(excel).merge((4, 1, 4, 2))
        assert press("strip_notes", answer="yes").startswith("Notes taken out of 3 cells")
        assert column_a(excel)[:3] == [None] * 3

    def test_what_one_formula_fills_is_refused(self, excel: Excel, press: Press, codes: Path) -> None:
        """A value in the way of spilled results makes #SPILL! of all of them; a part of an array cannot be changed."""
        other = openpyxl.load_workbook(codes)
        other[DATA]["ZA1"] = "=1+1"
        other.save(codes)
        book = excel.open(codes)
        excel.spills = [(5, 6, 6, 6)]
        told = press("fix_format", answer="yes")
        assert told.startswith("One formula fills F5, F6 in the sheet “iCARE Template” together with other cells")
        assert postal(book) == CODES and press("undo") == "Nothing to undo in this workbook."
        excel.spills = None  # an older Excel does not know them
        assert press("fix_format", answer="yes").startswith("4 cells corrected.")

    def test_no_table_grows(self, excel: Excel, press: Press, codes: Path) -> None:
        """A table takes in the column beside it when something is put there (AutoCorrect.AutoExpandListRange)."""
        book = excel.open(codes)
        front(excel).add_table((3, 1, 7, 5))
        head = book.sheets[DATA].range("F3").raw_value
        press("fix_format", answer="yes")
        assert postal(book) == RIGHT and book.sheets[DATA].range("F3").raw_value == head
        assert excel.app.api.AutoCorrect.AutoExpandListRange is True

    def test_code_of_others_sleeps_meanwhile(self, excel: Excel, press: Press, codes: Path) -> None:
        """Worksheet_Change of another add-in follows each change, unless EnableEvents is off."""
        book = excel.open(codes)
        excel.on_change = lambda cells: front(excel).put(20, 1, [["changed by another add-in"]])
        press("fix_format", answer="yes")
        assert postal(book) == RIGHT and book.sheets[DATA].range("A20").raw_value is None
        assert excel.app.enable_events is True

    def test_nobody_can_type_or_sort_meanwhile(self, excel: Excel, press: Press, codes: Path) -> None:
        """Excel takes input between our calls, as VBA waits with its messages pumped; Interactive keeps it out."""
        book = excel.open(codes)

        def sort(call: str) -> None:
            if call in ("Range.Value2 =", "Range.NumberFormat"):
                for row, code in zip(CODES, reversed(CODES.values()), strict=True):
                    front(excel).put(row, 6, [[code]])

        excel.user = sort
        press("fix_format", answer="yes")
        assert postal(book) == RIGHT and excel.app.interactive is True

    def test_a_sheet_that_was_sorted_while_the_question_was_open_is_not_written(
        self, excel: Excel, press: Press, codes: Path
    ) -> None:
        """A box stops only its own window: another one of the same workbook can be worked in."""
        book = excel.open(codes)
        sorted_ = dict(zip(CODES, reversed(CODES.values()), strict=True))

        def sort() -> None:
            for row, code in sorted_.items():
                front(excel).put(row, 6, [[code]])

        excel.at_box = sort
        told = press("fix_format", answer="yes")
        assert told.startswith(
            "The sheet “iCARE Template” was changed while this button was at work, so nothing was written"
        )
        assert postal(book) == sorted_
        assert press("undo") == "Nothing to undo in this workbook."

    @pytest.mark.parametrize("text", ["#N/A", "VRAI", "faux", "TRUE", "1,5", "1/2", "(5)", " 12", "5 %", "=A1", "'x"])
    def test_texts_stay_texts_in_every_country(self, text: str, excel: Excel, press: Press, tmp_path: Path) -> None:
        """What is put into a cell is read as if somebody had typed it, in the language of the call."""
        rows = rejected_month()
        book = excel.open(small_workbook(tmp_path / "rejected.xlsx", rows))
        front(excel).set_number_format([(4, 6, 5, 6)], "General")
        attach(excel.hwnd).workbook().write(DATA, {(4, 5): text, (5, 5): text})
        assert [book.sheets[DATA].range(f"F{row}").raw_value for row in (4, 5)] == [text, text]


class TestWhereWritingFails:
    @pytest.mark.parametrize("number", range(1, 7))
    def test_in_the_middle_all_is_put_back_and_said(self, number: int, excel: Excel, press: Press, codes: Path) -> None:
        book = excel.open(codes)
        front(excel).filter_out([5])
        before, seen = held(excel), 0

        def once(call: str) -> bool:
            nonlocal seen
            seen += call in ("Range.Value2 =", "Range.NumberFormat")
            return seen == number and call in ("Range.Value2 =", "Range.NumberFormat")

        excel.fault = once
        told = press("fix_format", answer="yes")
        excel.fault = lambda call: False
        assert told.startswith(
            ("Excel did not take every value, so those that stood there were put back", "A cell is being edited")
        )
        assert postal(book) == CODES and held(excel) == before
        assert press("undo") == "Nothing to undo in this workbook."

    def test_for_good_the_cells_are_named_and_undo_takes_them_back(
        self, excel: Excel, press: Press, codes: Path
    ) -> None:
        book, seen = excel.open(codes), 0
        front(excel).filter_out([5])

        def from_the_third_on(call: str) -> bool:
            nonlocal seen
            seen += call == "Range.Value2 ="
            return seen > 2 and call == "Range.Value2 ="

        excel.fault = from_the_third_on
        told = press("fix_format", answer="yes")
        excel.fault = lambda call: False
        assert told.startswith("Excel did not take every value, and it is not certain what these cells")
        assert "F4, F5." in told and "nothing was" not in told
        press("undo")
        assert postal(book) == CODES

    def test_of_a_setting_that_excel_does_not_take_back_undo_is_still_there(
        self, excel: Excel, press: Press, codes: Path
    ) -> None:
        """The values are written then, and calculation is to be as it was."""
        book, seen = excel.open(codes), 0

        def the_second_time(call: str) -> bool:
            nonlocal seen
            seen += call == "Application.Calculation ="
            return seen == 2 and call == "Application.Calculation ="

        excel.fault = the_second_time
        press("fix_format", answer="yes")
        excel.fault = lambda call: False
        assert postal(book) == RIGHT and excel.app.interactive is True
        assert "4 cells put back (" in press("undo") and postal(book) == CODES

    def test_nothing_of_ours_says_that_nothing_was_changed(
        self, excel: Excel, press: Press, codes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        excel.open(codes)
        monkeypatch.setattr("icare_xl.excel.sentences.corrected", lambda count: 1 / 0)
        told = press("fix_format", answer="yes")
        assert "Press Undo to take back what the button changed" in told and "nothing was changed" not in told

    def test_another_refusal_of_excel_names_its_code(
        self, excel: Excel, press: Press, codes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        excel.open(codes)

        def refuse(*_: object, **__: object) -> None:
            raise ComError(-2147352567, "Exception occurred.", (0, None, None, None, 0, -2146827284), None)

        monkeypatch.setattr("tests.stand_in.com.Range.SpecialCells", refuse)
        monkeypatch.setattr("tests.stand_in.com.FormatConditions.Add", refuse)
        assert "(code 0x800A03EC, " in press("check")


class TestMarks:
    def test_leave_the_persons_own_formats_on(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        """StopIfTrue is True of a rule that code made: then no other rule of the cell shows."""
        path = small_workbook(tmp_path / "jan.xlsx", month_with_mistakes())
        own = openpyxl.load_workbook(path)
        own[DATA].conditional_formatting.add(
            "A4:CQ20", FormulaRule(["$C4<>0"], fill=PatternFill("solid", bgColor="FFFF00"))
        )
        own.save(path)
        excel.open(path)
        press("check")
        assert len(rules(excel)) > 1 and not any(rule.stops for rule in rules(excel))

    def test_that_are_there_go_only_when_the_new_ones_can_be_made(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        excel.open(small_workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        press("check")
        before = marked(excel)
        excel.fault = lambda call: call == "Application.Union" or (call == "Worksheet.Range" and any(before.values()))
        press("check")
        excel.fault = lambda call: False
        assert marked(excel) == before

    def test_too_many_to_read_are_not_made_again_at_every_step(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        ids = [field.id for field in library.of_service("information_orientation").fields if field.allowed]
        rows = {4 + n: good_row(n) | {ids[7 * n % len(ids)]: "?", "postal_cd": "?"} for n in range(0, 700, 2)}
        book = excel.open(small_workbook(tmp_path / "many.xlsx", rows))
        press("check")
        before = marked(excel)
        for _ in range(2):
            press("next_finding")
            assert "FormatConditions.Add" not in excel.calls
        book.sheets[DATA].range("F4").value = "M1B5K1"
        press("next_finding")
        assert marked(excel)["wrong"] == before["wrong"] - {(4, 5)}
        press("next_finding")
        assert "FormatConditions.Add" not in excel.calls

    def test_go_into_a_workbook_that_is_open_for_reading_only(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        """It can be changed; only saving it under its name fails."""
        excel.open(small_workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        excel.read_only = True
        told = press("check")
        assert told.startswith("12 rows checked: 7 errors, 4 warnings.") and any(marked(excel).values())
        assert "“jan.xlsx” is open for reading only; save it under another name to keep what you see." in told


class TestGoing:
    @pytest.mark.parametrize("mixed", [None, False, True])
    def test_never_lands_in_a_hidden_row_whatever_excel_says_of_some(
        self, mixed: bool | None, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        """Of rows of which only some are hidden, Hidden may be Null or that of the first."""
        excel.some_rows_hidden = mixed
        excel.open(small_workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | {"postal_cd": "?"} for n in range(60)}))
        front(excel).filter_out([*range(5, 40), *range(41, 50)])
        went = []
        for _ in range(3):
            press("next_finding")
            went.append(excel.app.selection.row)
        assert went == [4, 40, 50]

    def test_past_a_thousand_hidden_rows_takes_few_round_trips(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        if excel.name == "libreoffice":
            pytest.skip("counted on openpyxl; hiding a thousand rows one by one is slow here")
        rows = {4 + n: good_row(n) | ({"postal_cd": "?"} if n % 2 else {}) for n in range(2004)}
        book = excel.open(small_workbook(tmp_path / "many.xlsx", rows))
        front(excel).filter_out(range(5, 2006, 2))
        book.sheets[DATA].range("F4").select()
        press("next_finding")
        assert excel.app.selection.row == 2007
        assert len(excel.calls) < 400

    def test_in_a_protected_sheet_asks_nothing_that_excel_refuses_there(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        excel.open(small_workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | {"postal_cd": "?"} for n in range(40)}))
        front(excel).filter_out(range(4, 30))
        front(excel).protected = True
        press("next_finding")
        assert excel.app.selection.row == 30

    def test_to_a_sheet_that_somebody_left_meanwhile_is_told(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", {4: good_row() | {"postal_cd": "?"}})
        own = openpyxl.load_workbook(path)
        own.create_sheet("Ana")
        own.save(path)
        excel.open(path)

        def leave(call: str) -> None:
            if call == "Range.Select":
                excel.backend.active().activate_sheet("Ana")  # type: ignore[union-attr]

        excel.user = leave
        told = press("next_finding")
        assert told.startswith(
            "Another sheet or workbook came to the front in the meantime; go back to the sheet “iCARE Template”"
        )


class TestReading:
    def test_letters_of_several_colours_have_none(
        self, excel: Excel, press: Press, codes: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Font.Color is Null of a cell whose letters have several; a head may have a red star."""
        excel.open(codes)
        monkeypatch.setattr("tests.stand_in.com.Font.Color", None)
        assert attach(excel.hwnd).workbook().font_colours(DATA, 3) == {}

    def test_a_name_too_long_for_excel_is_shortened(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        """Excel saves no path of more than 218 characters, and a workbook in the cloud may have a long name."""
        name = f"{'january ' * 24}.xlsx"
        book = excel.open(small_workbook(tmp_path / "jan.xlsx", {4: good_row()}))
        host = attach(excel.hwnd).workbook()
        host.__dict__["name"] = name
        with host.copy() as path:
            assert len(str(path)) <= 218 and path.suffix == ".xlsx" and path.exists()
        assert book.name == "jan.xlsx"


class TestTheBar:
    def test_is_given_back_by_the_next_press(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        """A text stays in the bar for ever, and hides Excel's own “12 of 2500 records found”."""
        excel.open(small_workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        press("next_finding")
        assert isinstance(excel.app.status_bar, str)
        press("error_list")
        assert excel.app.status_bar is False

    def test_takes_no_more_than_it_can_hold(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(small_workbook(tmp_path / "jan.xlsx", {4: good_row() | {"postal_cd": "?" * 300}}))
        book.sheets[DATA].range("CR2:CR3").value = book.sheets[DATA].range("CQ2:CQ3").value = None
        front(excel).filter_out([4])
        press("next_finding", language="fr")
        assert len(excel.app.status_bar) <= 255 and "(F4, 1 sur 1)" in excel.app.status_bar
        front(excel).filter_out([])
        assert "Pourquoi" in press("explain_cell", language="fr")


class TestQuestions:
    def test_an_account_among_many_is_chosen_by_its_number(
        self, excel: Excel, press: Press, tmp_path: Path, own_settings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """InputBox opens no box for a prompt of more than 255 characters, and gives an error back."""
        names = [f"Agreement {number:04} of the Invented Newcomer Centre" for number in range(1, 21)]
        own_settings.write_text(f'accounts = {names}\nnaming = "{{account}}"\n'.replace("'", '"'), "utf-8")
        excel.open(small_workbook(tmp_path / "jan.xlsx", {4: good_row()}))
        opened: list[str] = []
        monkeypatch.setattr("webbrowser.open", lambda url: opened.append(page_at(url)))
        excel.typed[:] = ["13"]
        told = press("save_for_upload")
        assert "Agreement 0013 of the Invented Newcomer Centre.xlsx" in told
        assert "<li>Agreement 0020" in opened[0]


class TestTheCloud:
    """FullName is an address where OneDrive or SharePoint keeps the folder; Known Folder Move does so with Documents."""

    def test_the_copy_goes_to_a_folder_that_is_asked_for_once(
        self, excel: Excel, press: Press, tmp_path: Path, own_settings: Path
    ) -> None:
        excel.open(small_workbook(tmp_path / "jan.xlsx", {4: good_row()}))
        excel.url = CLOUD
        assert press("save_for_upload") == "Nothing was saved."
        (tmp_path / "local").mkdir()
        excel.folders = ["https://agency.sharepoint.com/sites/a"]
        assert press("save_for_upload").startswith("“https://agency.sharepoint.com/sites/a” is a place on the web;")
        excel.folders = [str(tmp_path / "local")]
        assert str(tmp_path / "local/jan_upload.xlsx") in press("save_for_upload", answer="yes")
        excel.open(small_workbook(tmp_path / "feb.xlsx", {4: good_row(9)}))
        assert str(tmp_path / "local/feb_upload.xlsx") in press("save_for_upload", answer="yes")
        assert 'upload_folder = "' in own_settings.read_text("utf-8")

    def test_a_change_is_undone_after_opening_again(self, excel: Excel, press: Press, codes: Path) -> None:
        excel.url = CLOUD
        book = excel.open(codes)
        press("fix_format", answer="yes")
        assert postal(book) == RIGHT and "4 cells put back (" in press("undo") and postal(book) == CODES

    def test_the_example_lies_outside_of_it(
        self, excel: Excel, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        press("try_example")
        assert (tmp_path / "home/icare-demo/january.xlsx").exists() and not (tmp_path / "documents").exists()

    def test_the_example_in_the_cloud_is_found_again(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        press("try_example")
        excel.url = f"{CLOUD}/icare-demo"
        assert press("try_example").startswith("An invented month is open")

    def test_another_workbook_of_the_examples_name_is_told(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(small_workbook(tmp_path / "january.xlsx", {4: good_row()}))
        assert press("try_example").startswith("Another workbook named “january.xlsx” is open,")

    def test_autosave_is_told_of_before_the_first_mark(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(small_workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        excel.url, excel.autosave = CLOUD, True
        told = press("check", answer="no")
        assert excel.alerts[0].prompt.startswith("AutoSave is on, so the marks are saved in the cloud at once")
        assert told.endswith("No cell was marked.") and not rules(excel)
        press("check", answer="yes")
        assert rules(excel) and len(excel.alerts) == 2
        press("check")
        assert len(excel.alerts) == 1
        assert "AutoSave is on: what is changed is saved in the cloud at once." in press("fix_format", answer="no")

    def test_an_excel_without_autosave_is_not_asked_twice(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(small_workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        excel.url, excel.autosave = CLOUD, None
        assert press("check").startswith("12 rows checked") and rules(excel)


class TestAttaching:
    def test_protected_view_in_front_of_another_workbook(self, excel: Excel, press: Press, codes: Path) -> None:
        """ActiveWorkbook speaks of the workbook behind it."""
        excel.open(codes)
        excel.protected_view_in_front = True
        assert press("check").startswith("The workbook is open in Protected View;") and not rules(excel)

    SHAPES = (  # as pywin32 gives them
        (EDIT_MODE, "OLE error 0x800ac472", None, None),
        (-2147352567, "Exception occurred.", (0, None, None, None, 0, EDIT_MODE), None),
        (-2147418111, "Call was rejected by callee.", None, None),
        (-2147417846, "The message filter indicated that the application is busy.", None, None),
    )

    @pytest.mark.parametrize("shape", SHAPES, ids=["alone", "in its details", "rejected", "later"])
    @pytest.mark.parametrize(
        "at", ["Application.ActiveSheet", "Worksheets.Item", "Range.Value", "Application.StatusBar ="]
    )
    def test_a_refused_call_ends_with_the_sentence_about_the_cell(
        self, at: str, shape: tuple[Any, ...], excel: Excel, press: Press, codes: Path
    ) -> None:
        """xlwings repeats some of them for ever, and takes others for no answer (N_COM_ATTEMPTS = 0)."""
        excel.open(codes)
        excel.fault, excel.refusal = lambda call: call == at, shape
        assert press("check").startswith("A cell is being edited;")

    def test_xlwings_ends_no_excel_when_a_press_ends(self, tmp_path: Path) -> None:
        """Apps.cleanup, registered at exit, ends every Excel that it does not list, whoever it belongs to."""
        program = (
            "import atexit\n"
            "from tests.stand_in.windows import xlwindows\n"
            "xlwindows.Apps.cleanup = staticmethod(lambda: print('ended'))\n"
            "{}\n"
        )
        root = ROOT
        for line, printed in (("", "ended"), ("import icare_xl.workbooks.excel", "")):
            command = [sys.executable, "-c", program.format(line)]
            done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
            assert done.stdout.strip() == printed

    def test_where_no_excel_is_found_the_exit_code_says_so(self, run: Run, excel: Excel) -> None:
        """pythonw has nowhere to print to: the add-in has a text for the code."""
        if sys.platform == "win32":
            pytest.skip("needs a machine without Excel")
        excel.listed_without_book = False
        assert run("press", "check", "--hwnd", "1").exit_code == 3

    def test_where_excel_is_busy_the_exit_code_says_so(
        self, run: Run, excel: Excel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(hwnd: int) -> None:
            raise ComError(-2147418111, "Call was rejected by callee.", None, None)

        monkeypatch.setattr("tests.stand_in.windows.xlwindows.get_xl_app_from_hwnd", busy)
        assert run("press", "check", "--hwnd", "1").exit_code == 4


def test_each_row_of_the_page_names_tests_that_there_are() -> None:
    page = (ROOT / "docs/excel.md").read_text("utf-8")
    there = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    named = re.findall(r"`(test_\w+|Test\w+)(…?)`", page)
    assert len(named) > 40
    assert not [
        name for name, cut in named if not re.search(rf"(def|class) {name}{'' if cut else chr(92) + 'b'}", there)
    ]
    numbers = [int(number) for number in re.findall(r"^\| E(\d+) \|", page, re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
