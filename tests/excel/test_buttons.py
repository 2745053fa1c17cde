"""Every button, pressed in Excel: what it does to the sheet, what it says, and what it never touches."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.request import url2pathname

import openpyxl
import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from icare_xl.check.diagnose import diagnosed
from icare_xl.check.engine import check
from icare_xl.excel import press as pressing
from icare_xl.excel import undo_log
from icare_xl.excel.buttons.tab import BUTTONS
from icare_xl.excel.errors import NoSuchButton
from icare_xl.excel.row_tracking import row_digests
from icare_xl.excel.undo_log import Change
from icare_xl.icare import library, recognise
from icare_xl.icare.blank_workbook import write_workbook
from icare_xl.icare.example import WORKBOOKS, good_row, month_with_mistakes, rejected_month
from icare_xl.model.addresses import a1
from icare_xl.model.cells import Cell
from icare_xl.model.client import IDENTITY
from icare_xl.model.finding import Mark, Report
from icare_xl.model.text import Language
from icare_xl.workbooks.excel import ExcelHost, attach
from icare_xl.workbooks.excel import sheet as hosts_excel
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.marks import FORMULA, LOOKS
from tests.cli.test_lost_row_2 import LOSSES, Lose, deleted, emptied, junk, labelled, lost
from tests.conftest import Run, an_excel
from tests.icare.test_notes import FIRST
from tests.icare.test_other_sheets import options
from tests.stand_in.backend import from_rgb
from tests.stand_in.engine import Excel
from tests.support import some
from tests.support.boxes import said
from tests.support.causes import copied_down, curing, each_alone
from tests.support.sheets import PREPARED, TODAY, Rows, put, rewrite, small_workbook
from tests.test_genuine import row_cells, with_cells

Press = Callable[..., str]
DATA = "iCARE Template"
MARKED_MONTH = (
    "12 rows checked: 7 errors, 4 warnings.\n\nOrange: 1 to fill in. Red: 6 to correct. Yellow: 4 to look at."
)
LEFT_A5 = "Left alone, as the row was changed, moved or deleted since: A5 (where it was then)."
REMARK, NOTE = "checked on paper, Ana", str(rejected_month()[4]["processing_details"])


@pytest.fixture(params=["openpyxl", "libreoffice", "french"])
def excel(request: pytest.FixtureRequest) -> Iterator[Excel]:
    """Every button is pressed in a French Excel too."""
    yield from an_excel(request)


@pytest.fixture
def press(excel: Excel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Press:
    """`press("check")` presses a button and returns what the last box said, without the step that comes next."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "documents")
    monkeypatch.setattr("icare_xl.icare.example.write_workbook", partial(write_workbook, prepared=PREPARED))

    def press(action: str, language: Language = "en", answer: str | None = None) -> str:
        excel.alerts.clear()
        excel.calls.clear()
        excel.answers[:] = [answer] if answer else []
        pressing.press(action, attach(excel.hwnd), language, date(2026, 2, 3), lambda _: None)
        return said(excel.alerts)

    return press


def workbook(path: Path, rows: Rows) -> Path:
    """The blank workbook of the example's service, with these rows."""
    return small_workbook(path, rows)


def marked(excel: Excel, sheet: str = DATA) -> dict[Mark, set[tuple[int, int]]]:
    """The (row, column) cells under each of our marks, as the spreadsheet program has them."""
    mark_of = {from_rgb(look.ground): mark for mark, look in LOOKS.items()}
    found: dict[Mark, set[tuple[int, int]]] = {mark: set() for mark in LOOKS}
    for rule in rules(excel, sheet):
        if rule.formula == f"={FORMULA}":
            found[mark_of[rule.look.color]] |= {
                (row, column - 1)
                for top, left, bottom, right in rule.areas
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
            }
    return found


def rules(excel: Excel, sheet: str = DATA) -> list[Any]:
    book = excel.backend.active()
    assert book
    return next(each.rules() for each in book.sheets() if each.name == sheet)


def expected(path: Path) -> Mapping[Mark, set[tuple[int, int]]]:
    with FileHost(path) as host:
        return check(recognise.upload_sheet(host), TODAY).cells_to_mark


def page_at(url: str) -> str:
    return Path(url2pathname(url.removeprefix("file:"))).read_text("utf-8")


def behind(excel: Excel) -> xw.Book:
    """The workbook that was opened last, behind the one in front."""
    return next(book for book in reversed(excel.app.books) if book != excel.app.books.active)


def column_a(excel: Excel) -> list[str | None]:
    return [value for (value,) in excel.app.books.active.sheets[DATA].range("A4:A8").options(ndim=2).value]


class TestCheck:
    def test_marks_exactly_the_failing_cells(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", month_with_mistakes())
        excel.open(path)
        assert press("check") == MARKED_MONTH
        assert marked(excel) == expected(path)
        assert all(marked(excel).values())

    def test_again_marks_no_cell_twice_and_lets_go_of_what_is_mended(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", {4: good_row() | {"postal_cd": "?"}}))
        press("check")
        before = len(rules(excel))
        press("check")
        assert len(rules(excel)) == before
        column = library.of_service("information_orientation").ids.index("postal_cd") + 1
        book.sheets[DATA].range((4, column)).value = "M1B5K1"
        assert press("check") == "1 row checked: nothing to correct."
        assert marked(excel) == {"missing": set(), "wrong": set(), "warning": set()}

    @pytest.mark.thorough
    def test_of_the_genuine_workbook(self, excel: Excel, press: Press, genuine: Path, tmp_path: Path) -> None:
        faults = row_cells(4, good_row()) | row_cells(2503, good_row(7) | {"postal_cd": "?", "start_dttm": "yesterday"})
        path = with_cells(genuine, tmp_path / "genuine.xlsx", faults)
        excel.open(path)
        press("check")
        assert marked(excel) == expected(path)

    def test_changes_no_value(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        press("check")
        assert not [
            call
            for call in excel.calls
            if re.fullmatch(r"Range\.(Value|Formula|ClearContents).*=?", call) and "=" in call
        ]

    def test_looks_at_hidden_rows_too(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = hide(workbook(tmp_path / "jan.xlsx", month_with_mistakes()), 6, out=tmp_path / "hidden.xlsx")
        excel.open(path)
        press("check")
        assert any(row == 6 for cells in marked(excel).values() for row, _ in cells)

    def test_goes_to_the_icare_sheet(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", month_with_mistakes())
        own = openpyxl.load_workbook(path)
        own.active = own.create_sheet("Ana")
        own.save(path)
        book = excel.open(path)
        assert book.sheets.active.name == "Ana"
        assert press("check").startswith("12 rows")
        assert book.sheets.active.name == DATA

    def test_of_a_thousand_scattered_cells_takes_few_round_trips_and_one_read(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        ids = [field.id for field in library.of_service("information_orientation").fields if field.allowed]
        rows = {4 + n: good_row(n) | ({ids[7 * n % len(ids)]: "?"} if n % 5 < 2 else {}) for n in range(2500)}
        excel.open(workbook(tmp_path / "large.xlsx", rows))
        press("check")
        assert sum(map(len, marked(excel).values())) >= 1000
        calls = Counter(excel.calls)
        assert calls["Range.Value"] == 3  # the sheet once, and the two hidden ones with its lists
        on_cells = re.compile(
            r"Worksheet\.(Range|UsedRange|Cells)|Range\.|FormatCondition|Interior\.|Application\.Union"
        )
        assert (
            sum(count for call, count in calls.items() if on_cells.match(call)) <= 66
        )  # two of them ask for merged cells
        assert sum(calls.values()) <= 90  # with finding the workbook, its sheets and whether they can be changed


def hide(path: Path, *rows: int, out: Path) -> Path:
    book = openpyxl.load_workbook(path)
    for row in rows:
        book[DATA].row_dimensions[row].hidden = True
    book.save(out)
    return out


STEPS = ["check", "clear_marks", "next_finding", "fix_format", "propose", "strip_notes", "read_notes"]


class TestUndo:
    @given(steps=st.lists(st.sampled_from(STEPS), min_size=2, max_size=6))
    @settings(max_examples=some(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_goes_back_one_step_at_a_time(self, excel: Excel, press: Press, tmp_path: Path, steps: list[str]) -> None:
        path = workbook(tmp_path / f"{len(list(tmp_path.iterdir()))}.xlsx", slips())
        book, befores = excel.open(path), []
        for step in steps:
            before, kept = state(excel, book), changes_kept(tmp_path)
            press(step, answer="yes")
            befores += [before] * (changes_kept(tmp_path) - kept)
        for before in reversed(befores):
            press("undo")
            assert state(excel, book) == before
        assert press("undo") == "Nothing to undo in this workbook."
        book.close()

    def test_of_a_check_takes_the_marks_off_again(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        press("check")
        assert press("undo").endswith("The marks are as they were before.")
        assert not rules(excel)

    def test_never_brings_what_was_of_one_workbook_into_another_of_its_name(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            excel.url = f"https://agency.sharepoint.com/{folder}"
            book = excel.open(workbook(tmp_path / folder / "upload.xlsx", rejected_month()))
            if folder == "a":
                press("strip_notes", answer="yes")
                book.close()
        assert press("undo") == "Nothing to undo in this workbook."

    def test_of_what_an_error_kept_from_being_written_leaves_all_as_it_is(
        self, excel: Excel, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", {4: good_row() | {"postal_cd": "m1b5k1"}}))
        book.sheets[DATA].range("F4").select()
        with monkeypatch.context() as broken:
            broken.setattr("icare_xl.workbooks.excel.writing.typed", lambda *_: 1 / 0)
            assert "all cells of the sheet “iCARE Template” are as they were" in press("propose", answer="yes")
        assert "ZeroDivisionError" in (tmp_path / "own/log.txt").read_text("utf-8")
        assert press("undo") == "Nothing to undo in this workbook."
        assert held(excel)["F4"][0] == "m1b5k1"

    def test_of_cells_that_tell_a_row_takes_no_other_row_for_it(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        rows = {row: good_row() | {"client_validation_id": f"1000000{row}"} for row in (4, 5, 6, 7)}
        rows[4] |= {"postal_cd": "m1b 5k1"}
        rows[6] |= {"client_birth_dt": date(1978, 5, 20)}
        book = excel.open(workbook(tmp_path / "jan.xlsx", rows))
        press("fix_format", answer="yes")
        book.sheets[DATA].range("4:4").api.EntireRow.Delete()
        press("undo")
        assert [held(excel)[f"F{row}"][0] for row in (4, 5, 6)] == ["M1B5K1"] * 3

    def test_in_a_sheet_that_was_hidden_since(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "plain.xlsx", rejected_month())
        two = openpyxl.load_workbook(path)
        two.create_sheet("Ours")
        two.save(tmp_path / "rejected.xlsx")
        book = excel.open(tmp_path / "rejected.xlsx")
        before = column_a(excel)
        press("strip_notes", answer="yes")
        book.sheets["Ours"].activate()
        book.sheets[DATA].api.Visible = 0
        assert "3 cells put back (" in press("undo")
        assert column_a(excel) == before

    def test_of_nothing_where_the_sheet_could_not_be_written(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        book.sheets[DATA].api.Protect()
        assert press("strip_notes", answer="yes").startswith("The sheet “iCARE Template” is protected")
        assert len(excel.alerts) == 1  # nothing was asked
        book.sheets[DATA].api.Unprotect()
        assert press("undo") == "Nothing to undo in this workbook."

    def test_of_many_cells_takes_few_round_trips(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        rows = {4 + n: good_row(n) | {"postal_cd": "m1b 5k1"} for n in range(300)}
        excel.open(workbook(tmp_path / "jan.xlsx", rows))
        for action in ("fix_format", "undo"):
            press(action, answer="yes")
            assert len(excel.calls) < 150

    def test_leaves_a_formula_typed_since(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", {4: good_row() | {"postal_cd": Cell("M1B5K1", formula=True)}})
        with FileHost(path) as host:
            rows = row_digests(host.grid(DATA))
        (tmp_path / "own").mkdir()
        change = Change(str(path), DATA, {(4, 5): "m1b5k1"}, {(4, 5): "M1B5K1"}, rows=rows)
        undo_log.remember(change, tmp_path / "own/journal")
        excel.open(path)
        assert "0 cells put back. Left alone" in press("undo")

    def test_gives_no_mark_to_a_cell_that_is_right_now(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(
            workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | {"postal_cd": "m1b5k1"} for n in range(2)})
        )
        press("check")
        book.sheets[DATA].range("F4").select()
        press("propose", answer="yes")
        book.sheets[DATA].range("F5").value = "M1B5K1"
        press("next_finding")
        press("undo")
        assert marked(excel)["wrong"] == {(4, 5)}

    def test_of_marks_after_a_row_was_deleted_shows_what_is_wrong_now(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        rows = {4: good_row(), **{row: good_row(row) | {"postal_cd": "?"} for row in (5, 7)}, 6: good_row(6)}
        book = excel.open(workbook(tmp_path / "jan.xlsx", rows))
        press("check")
        book.sheets[DATA].range("F6").value = "?"
        press("check")
        book.sheets[DATA].range("4:4").api.EntireRow.Delete()
        assert press("undo").endswith("The old marks cannot be brought back; Check sheet marks what is wrong now.")
        assert marked(excel)["wrong"] == {(4, 5), (5, 5), (6, 5)}
        assert press("undo").endswith("The marks are as they were before.") and not rules(excel)


class TestMarks:
    def test_stay_right_where_a_row_was_deleted(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        slips = {row: good_row(row) | {"postal_cd": "m1b5k1"} for row in (5, 7, 9)}
        book = excel.open(workbook(tmp_path / "jan.xlsx", {4: good_row(), 6: good_row(6), 8: good_row(8), **slips}))
        press("check")
        book.sheets[DATA].range("4:4").api.EntireRow.Delete()
        assert marked(excel)["wrong"] == {(4, 5), (6, 5), (8, 5)}
        book.sheets[DATA].range("F4").select()
        press("propose", answer="yes")
        assert marked(excel)["wrong"] == {(6, 5), (8, 5)}
        press("undo")
        assert marked(excel)["wrong"] == {(4, 5), (6, 5), (8, 5)}

    def test_of_a_marked_file_that_nobody_knows_go_and_come_back(
        self, excel: Excel, press: Press, run: Run, tmp_path: Path
    ) -> None:
        path = workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | {"postal_cd": "m1b5k1"} for n in range(2)})
        run("check", path, "--marked", tmp_path / "marked.xlsx")
        excel.open(tmp_path / "marked.xlsx").sheets[DATA].range("F4").select()
        press("propose", answer="yes")
        assert marked(excel)["wrong"] == {(5, 5)}
        press("clear_marks")
        assert press("undo").endswith("The marks are as they were before.") and marked(excel)["wrong"] == {(5, 5)}

    def test_of_notes_stay_until_their_cell_is_edited_by_a_button(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        rows = rejected_month()
        rows[4] |= {"client_birth_dt": "20 May 1978"}
        book = excel.open(workbook(tmp_path / "rejected.xlsx", rows))
        press("read_notes")
        before = set().union(*marked(excel).values())
        press("next_finding")
        press("strip_notes", answer="yes")
        press("next_finding")
        assert set().union(*marked(excel).values()) == before and (4, 4) in before
        book.sheets[DATA].range("E4").select()
        press("propose", answer="yes")
        assert set().union(*marked(excel).values()) == before - {(4, 4)}

    def test_follow_what_is_corrected_where_the_workbook_is_read_only(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | {"postal_cd": "?"} for n in range(2)}))
        press("check")
        book.sheets[DATA].range("F4").value = "M1B5K1"
        excel.read_only = True
        assert press("next_finding") == "" and excel.app.selection.address == "$F$5"
        assert marked(excel)["wrong"] == {(5, 5)}


def slips() -> Rows:
    """Rejected rows with all that the buttons change."""
    rows = rejected_month()
    rows[5] |= {"postal_cd": "m1b 5k1", "client_birth_dt": date(1978, 5, 20)}
    rows[6] |= {"service_language_id": "Ukranian", "client_validation_id": 12345678}
    return rows


def changes_kept(folder: Path) -> int:
    return len(list((folder / "own/journal").glob("*")))


def state(excel: Excel, book: xw.Book) -> tuple[object, ...]:
    """Every value, the number formats of the filled cells, and every conditional format."""
    book.activate()
    block = book.sheets[DATA].range("A1:CQ12").raw_value
    filled = [
        (row, column) for row, line in enumerate(block, 1) for column, value in enumerate(line, 1) if value and row > 3
    ]
    formats = [book.sheets[DATA].range(place).number_format for place in filled]
    return block, formats, [(rule.formula, rule.areas, rule.look) for rule in rules(excel)]


class TestClearMarks:
    def test_gives_back_every_format(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", month_with_mistakes())
        own = openpyxl.load_workbook(path)
        yellow = PatternFill("solid", bgColor="FFFF00")
        own[DATA].conditional_formatting.add("A4:Z20", FormulaRule(formula=["$C4=5"], fill=yellow))
        own.save(path)
        excel.open(path)
        before = [(rule.formula, rule.areas, rule.look) for rule in rules(excel)]
        press("check")
        assert len(rules(excel)) > len(before) == 1
        assert press("clear_marks") == "The marks are gone."
        assert [(rule.formula, rule.areas, rule.look) for rule in rules(excel)] == before
        assert press("clear_marks") == "There are no marks in this workbook."


class TestGoing:
    def test_next_and_previous_go_round(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", month_with_mistakes())
        book = excel.open(path)
        places = sorted(set().union(*expected(path).values()))
        book.sheets[DATA].range("A1").select()
        went = []
        for _ in range(len(places) + 1):
            assert press("next_finding") == ""
            went.append(excel.app.selection.address.replace("$", ""))
        assert went == [a1(*place) for place in [*places, places[0]]]
        press("previous_finding")
        assert excel.app.selection.address.replace("$", "") == a1(*places[-1])
        assert excel.app.status_bar.endswith(f"({a1(*places[-1])}, {len(places)} of {len(places)})")

    def test_takes_the_marks_off_what_was_corrected(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        rows = {4: good_row() | {"postal_cd": "?"}, 5: good_row(1) | {"postal_cd": "??"}}
        book = excel.open(workbook(tmp_path / "jan.xlsx", rows))
        press("check")
        column = library.of_service("information_orientation").ids.index("postal_cd") + 1
        book.sheets[DATA].range((4, column)).value = "M1B5K1"
        press("next_finding")
        assert set().union(*marked(excel).values()) == {(5, column - 1)}

    def test_by_rule_stays_with_the_same_kind(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        slips = {"postal_cd": "?", "start_dttm": "yesterday"}
        excel.open(workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | slips for n in range(3)}))
        press("next_finding")
        first = excel.app.selection.address
        went = [(press("next_of_its_kind"), excel.app.selection.address)[1] for _ in range(3)]
        assert went == [first.replace("4", "5"), first.replace("4", "6"), first]
        assert excel.app.status_bar.endswith("1 of 3)")

    def test_says_where_a_row_is_hidden(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", {4: good_row(), 5: good_row(1) | {"postal_cd": "?"}})
        excel.open(hide(path, 5, out=tmp_path / "hidden.xlsx"))
        press("next_finding")
        assert excel.app.status_bar.endswith("(F5, 1 of 1) The row is hidden.")

    def test_passes_over_hidden_rows_while_another_can_be_seen(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        path = workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | {"postal_cd": "?"} for n in range(7)})
        excel.open(hide(path, 5, 6, 9, out=tmp_path / "hidden.xlsx"))
        went = []
        for _ in range(5):
            press("next_finding")
            went.append(excel.app.selection.row)
        assert went == [4, 7, 8, 10, 4]
        assert excel.app.status_bar.endswith("(F4, 1 of 7)")
        press("next_finding")
        assert excel.app.status_bar.endswith("(F7, 4 of 7) In hidden rows: 2 cells.")
        press("previous_finding")
        press("previous_finding")
        assert excel.app.selection.row == 10

    def test_by_rule_goes_on_with_its_kind_when_the_cell_is_corrected(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        rows = {
            4: good_row() | {"postal_cd": "?"},
            5: good_row(1) | {"start_dttm": "yesterday"},
            6: good_row(2) | {"postal_cd": "?"},
        }
        book = excel.open(workbook(tmp_path / "jan.xlsx", rows))
        press("next_finding")
        book.sheets[DATA].range("F4").value = "M1B5K1"
        press("next_of_its_kind")
        assert excel.app.selection.address == "$F$6"
        book.sheets[DATA].range("F6").value = "M1B5K1"
        assert press("next_of_its_kind").startswith("No cell with this kind of finding is left;")

    def test_by_rule_visits_cells_that_have_another_finding_too(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        excel.open(workbook(tmp_path / "jan.xlsx", {row: good_row(row) | {"postal_cd": text} for row, text in
                                                   ((4, " M1B5K1"), (5, " D1B5K1"), (6, " M1B5K1"))}))  # fmt: skip
        went = []
        for _ in range(3):
            press("next_of_its_kind")
            went.append((excel.app.selection.row, excel.app.status_bar[-7:-1]))
        assert went == [(4, "1 of 3"), (5, "2 of 3"), (6, "3 of 3")]

    def test_says_what_is_wrong_with_the_whole_sheet(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", {4: good_row()}))
        book.sheets[DATA].range("CR2:CR3").value = None
        book.sheets[DATA].range("CQ2:CQ3").value = None
        assert press("next_finding") == press("check")
        book.sheets[DATA].range("F4").value = "?"
        press("next_finding")
        assert excel.app.status_bar.endswith("(F4, 1 of 1) About the whole sheet: 1 finding.")

    def test_of_a_clean_sheet_says_so(self, excel: Excel, press: Press, clean: Path) -> None:
        excel.open(clean)
        assert press("next_finding") == "3 rows checked: nothing to correct."

    def test_explain_says_what_why_how_and_where_from_or_that_nothing_is_wrong(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", {4: good_row() | {"postal_cd": "m1b5k1"}}))
        book.sheets[DATA].range("A1").select()
        press("next_finding")
        assert press("explain_cell").splitlines() == [
            "F4, Postal Code where the service was received",
            "“m1b5k1” has small letters, spaces or other characters in it. Enter capital letters and digits in turn without spaces, "
            "such as M1B5K1.",
            "Enter instead: M1B5K1",
            "This is the same code with capital letters and without spaces or dashes.",
            "Why: The labels of the templates and the vendors’ help ask for A#A#A# with no space.",
            "(error, rule IC110; origin: a public document)",
        ]
        assert "Pourquoi : Les libellés des modèles" in press("explain_cell", "fr")
        for cell in ("D4", "D500"):  # what belongs there
            book.sheets[DATA].range(cell).select()
            told = press("explain_cell")
            assert told.startswith(f"{cell}, Unique Identifier Value: nothing to correct.\n") and "mandatory" in told
        for cell in ("D2", "D3", "ZZ4"):
            book.sheets[DATA].range(cell).select()
            assert press("explain_cell") == f"{cell}: no rule looks at this cell."


_CAUSE = "Update Record ID 10387104 is on 2 rows (rows 4–5)."
_FIX = "Each would overwrite the same record: keep it on the row of that record only."


class TestCauses:
    def test_come_first_in_the_box_and_in_the_status_bar(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "jan.xlsx", copied_down(1)))
        counts, colours = "2 rows checked: 0 errors, 2 warnings.", "Yellow: 2 to look at."
        assert press("check").split("\n\n") == [f"{_CAUSE} {_FIX}", counts, colours]
        assert excel.app.status_bar == f"{_CAUSE} {_FIX}"
        assert press("check", "fr").startswith(
            "Le numéro d’enregistrement à mettre à jour 10387104 figure sur 2 lignes"
        )

    def test_are_as_many_as_a_box_holds_and_it_still_has_the_counts(
        self, excel: Excel, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        each_alone(monkeypatch)
        path = workbook(tmp_path / "jan.xlsx", copied_down(9))
        excel.open(path)
        first, counts, colours, second, more = press("check").splitlines()
        assert _FIX in first and _FIX in second and more == "… and 6 more."
        assert (counts, colours) == ("18 rows checked: 0 errors, 18 warnings.", "Yellow: 18 to look at.")
        assert press("check", "fr").splitlines()[-1].startswith("… et ")

    def test_what_one_explains_of_the_whole_sheet_is_not_said_again(
        self, excel: Excel, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", copied_down(1)))
        book.sheets[DATA].range("CQ2:CQ3").value = None
        before = press("check").splitlines()

        def explained(*asked: Any) -> Report:
            report = diagnosed(*asked)
            first = replace(report.diagnoses[0], explains=(*report.diagnoses[0].explains, *report.of_the_sheet))
            return replace(report, diagnoses=(first,))

        monkeypatch.setattr("icare_xl.check.engine.diagnosed", explained)
        now = press("check")
        assert now.split("\n\n") == before[:3] and len(before) > 3

    def test_are_named_where_a_cell_is_explained(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        rows = copied_down(1)
        book = excel.open(workbook(tmp_path / "jan.xlsx", {**rows, 5: rows[5] | {"update_record_id": "10387104"}}))
        part = [
            f"Part of: {_CAUSE} {_FIX}",
            "Why: The number names one record in iCARE; where it is copied down, each row overwrites that record in turn.",
            "(cause CA15; origin: inferred by us)",
        ]
        book.sheets[DATA].range("B5").select()  # it has no finding
        assert press("explain_cell").splitlines() == part
        book.sheets[DATA].range("B4").select()  # with its finding, that is more than a box holds
        assert press("explain_cell", answer="no").split("\n\n")[-2] == f"{_CAUSE} {_FIX}"
        assert "Le numéro d’enregistrement" in press("explain_cell", "fr", "no")
        book.sheets[DATA].range("B5").select()
        assert press("propose") == f"B5: {_CAUSE} {_FIX} Nothing can be proposed here."

    def test_next_of_its_kind_stays_within_one(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        alone = good_row(9) | {"postal_cd": "M1B5K1 "}
        rows = [copied_down(2)[row] for row in (4, 6, 5, 7)]  # of two causes, in turn
        book = excel.open(workbook(tmp_path / "jan.xlsx", dict(enumerate([*rows, alone], 4))))
        went = []
        for cell in ("B4", "B5", "F8"):  # all are of one rule
            book.sheets[DATA].range(cell).select()
            for _ in range(2):
                press("next_of_its_kind")
                went.append(excel.app.selection.address.replace("$", ""))
        assert went == ["B6", "B4", "B7", "B5", "F8", "F8"]
        assert excel.app.status_bar.endswith("(F8, 1 of 1)")

    def test_next_of_its_kind_goes_on_where_the_cell_was_corrected(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", {**copied_down(1), 20: good_row(20) | {"postal_cd": "?"}}))
        press("next_finding")
        book.sheets[DATA].range("B4").value = "10387104"
        press("next_of_its_kind")
        assert excel.app.selection.address == "$B$5"
        book.sheets[DATA].range("B5").value = "10387104"
        assert press("next_of_its_kind").startswith("No cell with this kind of finding is left")


class TestCures:
    """One question puts right all cells of a cause, and one Undo takes that back."""

    COPIED = {"update_record_id": "10387104", "assessment_update_reason_id": "Correct error"}  # noqa: RUF012

    @pytest.fixture
    def book(self, excel: Excel, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> xw.Book:
        curing(monkeypatch)
        rows = {4 + n: good_row(n) | self.COPIED for n in range(3)}
        rows[5] |= {"postal_cd": "m1b5k1"}
        return excel.open(workbook(tmp_path / "jan.xlsx", rows))

    def test_lists_every_cell_and_is_one_step(self, book: xw.Book, excel: Excel, press: Press) -> None:
        book.sheets[DATA].range("B5").select()
        before = held(excel)
        asked = press("propose", answer="no").split("\n\n")
        assert asked == [
            "Update Record ID 10387104 is on 3 rows (rows 4–6). Put right 2 cells in one step?",
            "B5: “10387104” → “”.",
            "B6: “10387104” → “”.",
        ]
        assert held(excel) == before
        assert press("propose", answer="yes") == "2 cells corrected. Undo puts back what was there."
        assert [held(excel).get(cell, ("",))[0] for cell in ("B4", "B5", "B6")] == ["10387104", "", ""]
        assert "2 cells put back (" in press("undo")
        assert held(excel) == before
        assert press("undo") == "Nothing to undo in this workbook."

    def test_asks_in_french(self, book: xw.Book, press: Press) -> None:
        book.sheets[DATA].range("B5").select()
        assert "Corriger 2 cellules en une seule fois?" in press("propose", "fr", answer="no")

    def test_declined_is_followed_by_what_the_cell_has_of_its_own(
        self, book: xw.Book, excel: Excel, press: Press
    ) -> None:
        book.sheets[DATA].range("B5").value = "10387104 "
        book.sheets[DATA].range("B5").select()
        press("propose", answer="no")
        assert [alert.prompt.partition("\n")[0] for alert in excel.alerts[:2]] == [
            "Update Record ID 10387104 is on 3 rows (rows 4–6). Put right 2 cells in one step?",
            "B5 holds “10387104 ”. Put “10387104” there instead?",
        ]

    def test_leaves_a_formula_as_it_is(
        self, excel: Excel, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        curing(monkeypatch)
        path = workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | self.COPIED for n in range(3)})
        formula = {"B5": 't="str"><f>"1038"&amp;"7104"</f><v>10387104</v>'}
        book = excel.open(
            rewrite(path, tmp_path / "f.xlsx", lambda name, xml: put(xml, formula) if "sheet1" in name else xml)
        )
        before = book.sheets[DATA].range("B5").formula
        book.sheets[DATA].range("B6").select()
        told = press("propose", answer="yes").split("\n\n")
        assert told[0].startswith("1 cell corrected.") and told[1].startswith("B5 holds a formula and stays as it is.")
        assert book.sheets[DATA].range("B5").formula == before and "B6" not in held(excel)

    def test_other_cells_are_proposed_for_as_before(self, book: xw.Book, press: Press) -> None:
        book.sheets[DATA].range("F5").select()
        assert press("propose", answer="no").startswith("F5 holds “m1b5k1”.")

    def test_of_more_cells_than_a_box_holds_is_listed_on_a_page(
        self, excel: Excel, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        curing(monkeypatch)
        book = excel.open(workbook(tmp_path / "many.xlsx", {4 + n: good_row(n) | self.COPIED for n in range(28)}))
        pages: list[str] = []
        monkeypatch.setattr("webbrowser.open", lambda url: pages.append(page_at(url)))
        book.sheets[DATA].range("B9").select()
        assert press("propose", answer="yes").startswith("27 cells corrected.")
        assert pages[0].count("<li>") == 27 and "B31: “10387104” → “”." in pages[0]
        assert "27 cells put back (" in press("undo")


class TestNotes:
    def test_are_read_and_explained(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        told = press("read_notes").splitlines()
        assert told[0] == "3 rows rejected: 3 for identity; 3 clients."
        assert told[2].startswith("“Unable to validate against database.” iCARE found no client")
        assert told[3:] == [f"Row {row}: see C{row}, D{row}, E{row}." for row in (4, 5, 6)]
        french = press("read_notes", language="fr").splitlines()
        assert french[0] == "3 lignes rejetées\u00a0: 3 pour l’identité; 3 clients."
        assert french[2].startswith("«\u00a0Impossible de valider")

    def test_mark_the_cells_they_are_about(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        rows = rejected_month()
        rows[5] |= {
            "processing_details": NOTE.replace("[1] (Client)", "[XML:postal_cd, end_dttm] (Service)"),
            "postal_cd": "",
        }
        excel.open(workbook(tmp_path / "rejected.xlsx", rows))
        press("read_notes")
        column = library.of_service("information_orientation").ids.index
        assert marked(excel) == {
            "missing": {(5, column("postal_cd"))},
            "wrong": {(5, column("end_dttm"))},
            "warning": {(row, column(id_)) for row in (4, 6) for id_ in IDENTITY},
        }

    def test_a_sheet_without_notes_keeps_its_marks(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        press("check")
        before = marked(excel)
        assert press("read_notes") == "Column A holds no note from iCARE."
        assert marked(excel) == before

    def test_are_explained_at_their_cell_and_at_those_they_point_to(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        rows = rejected_month()
        rows[4] |= {"client_validation_id": "1234567"}
        book = excel.open(workbook(tmp_path / "rejected.xlsx", rows))
        note = "A4: “Unable to validate against database.” iCARE found no client"
        for cell in ("A4", "C4", "D4", "E4"):
            book.sheets[DATA].range(cell).select()
            told = press("explain_cell")
            assert note in told and "Compare the identifier" in told and "The number of digits in D4 is 7" in told
            assert told.endswith("opened in your browser says all.") == (cell == "D4")  # which has a finding, too
        for cell in ("F4", "D7", "A7"):
            book.sheets[DATA].range(cell).select()
            assert "iCARE found no client" not in press("explain_cell")

    def test_nobody_has_explained_are_written_down_once(
        self, excel: Excel, press: Press, tmp_path: Path, own_settings: Path
    ) -> None:
        rows = rejected_month()
        rows[5] |= {"processing_details": NOTE.partition("[1]")[0] + "[1] (Service) Too late. / (Service) Trop tard."}
        excel.open(workbook(tmp_path / "rejected.xlsx", rows))
        assert "1 new message was written down" in press("read_notes")
        assert own_settings.with_name("messages.csv").read_text("utf-8-sig").endswith("\nToo late.,Trop tard.,,,,,,,\n")
        assert "written down" not in press("read_notes")

    def test_are_stripped_when_agreed_and_put_back(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        before = column_a(excel)
        still = "Still as iCARE rejected: 3 rejected rows (row 4, 5, 6)."
        asked = press("strip_notes", answer="no")
        assert asked == f"{still} Take iCARE’s notes out of 3 cells of column A (1 remark kept)?"
        assert column_a(excel) == before
        told = press("strip_notes", answer="yes").split("\n\n")
        assert told[0] == "Notes taken out of 3 cells of column A, 1 remark kept."
        assert told[1] == "3 rejected rows of a file that is not in the ledger: Client 3."
        assert column_a(excel) == [None, None, None, REMARK, None]
        assert "3 cells put back (" in press("undo")
        assert column_a(excel) == before
        assert press("undo") == "Nothing to undo in this workbook."

    def test_undo_leaves_what_changed_since(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        press("strip_notes", answer="yes")
        book.sheets[DATA].range("A5").value = "asked Maria"
        assert press("undo").endswith(LEFT_A5)
        assert column_a(excel)[1] == "asked Maria"

    def test_undo_follows_rows_that_have_moved(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        before = column_a(excel)
        press("strip_notes", answer="yes")
        data = book.sheets[DATA]
        data.range("A5:CQ12").value = data.range("A6:CQ13").raw_value  # the second row deleted
        assert press("undo").endswith(LEFT_A5)
        assert column_a(excel) == [before[0], *before[2:], None]

    def test_undo_stays_with_rows_that_were_corrected(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        before = column_a(excel)
        press("strip_notes", answer="yes")
        for row in (4, 5, 6, 7):
            book.sheets[DATA].range(f"D{row}").value = f"8765432{row}"
        assert "3 cells put back (" in press("undo")
        assert column_a(excel) == before

    def test_undo_in_a_sheet_that_is_gone_asks_whether_to_let_go(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        book = excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        press("read_notes")
        press("strip_notes", answer="yes")
        book.sheets[DATA].name = "January"
        assert press("undo", answer="no").startswith("The last change was in the sheet “iCARE Template”")
        book.sheets["January"].name = DATA
        assert "3 cells put back (" in press("undo")
        book.sheets[DATA].name = "January"
        assert press("undo", answer="yes") == "Nothing to undo in this workbook."

    def test_stripping_a_sheet_without_notes_asks_nothing(self, excel: Excel, press: Press, clean: Path) -> None:
        excel.open(clean)
        assert press("strip_notes") == "No cell of column A holds iCARE’s notes alone; 0 remarks kept."


class TestCorrections:
    def test_lists_what_was_corrected_since_the_notes_were_read(
        self, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        book = excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        press("read_notes")
        column = library.of_service("information_orientation").ids.index("postal_cd") + 1
        book.sheets[DATA].range((5, column)).value = "K1A0B1"
        press("strip_notes", answer="yes")
        told = press("list_corrections")
        assert told.startswith("Corrected since the notes were read: 1 cell, for 1 client.")
        listed = behind(excel).sheets[0].used_range.raw_value
        client, label = good_row(1)["client_validation_id"], "Postal Code where the service was received"
        assert [tuple(row) for row in listed][1:] == [(client, "5", label, "M1B5K1", "K1A0B1", "☐")]

    def test_needs_the_file_as_it_was(self, excel: Excel, press: Press, clean: Path) -> None:
        excel.open(clean)
        assert press("list_corrections").startswith("Nothing is known of this file before it was corrected.")


class TestForget:
    def test_deletes_what_is_kept_of_clients_when_agreed(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        press("read_notes")
        press("strip_notes", answer="yes")
        asked = "Delete what is kept on this computer for Undo (2 changes), for Corrections (1 file) and for List as a page (0 files)?"
        assert press("forget", answer="no") == asked and changes_kept(tmp_path) == 2
        assert press("forget", answer="yes") == "Deleted. What was changed before can no longer be undone."
        assert not [path for name in ("journal", "rejected") for path in (tmp_path / "own" / name).iterdir()]
        assert press("forget").startswith("Nothing is kept on this computer for Undo, Corrections or List as a page.")
        assert press("undo") == "Nothing to undo in this workbook."

    def test_the_marks_of_notes_stay(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        press("read_notes")
        before = marked(excel)
        press("forget", answer="yes")
        press("next_finding")
        assert marked(excel) == before

    def test_marks_still_go_with_what_is_corrected(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | {"postal_cd": "?"} for n in range(2)}))
        press("check")
        press("forget", answer="yes")
        book.sheets[DATA].range("F4").value = "M1B5K1"
        press("next_finding")
        assert set().union(*marked(excel).values()) == {(5, 5)}


class TestFixing:
    def test_a_cell_loses_its_mark_as_soon_as_it_is_corrected(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        rows = {4: good_row(), 5: good_row() | {"postal_cd": "M1B 5K1"}}
        book = excel.open(workbook(tmp_path / "jan.xlsx", rows))
        press("check")
        before = marked(excel)
        column = library.of_service("information_orientation").ids.index("postal_cd")
        book.sheets[DATA].range((5, column + 1)).select()
        press("propose", answer="yes")
        assert before["wrong"] == {(5, column)}
        assert marked(excel)["wrong"] == {(5, 3)}  # now it is the same row twice
        press("undo")
        assert marked(excel) == before

    SLIPS = {"postal_cd": "m1b 5k1", "client_birth_dt": date(1978, 5, 20), "service_language_id": "Ukranian"}  # noqa: RUF012

    def test_lists_every_safe_change_and_makes_it_when_agreed(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "jan.xlsx", {4: good_row() | self.SLIPS}))
        before = held(excel)
        told = press("fix_format", answer="no")
        assert told == (
            "Correct the format of 2 cells?\n\n"
            "E4: “1978-05-20” → “1978-05-20”. This is the same value as text.\n\n"
            "F4: “m1b 5k1” → “M1B5K1”. This is the same code with capital letters and without spaces or dashes."
        )
        assert held(excel) == before
        assert press("fix_format", answer="yes") == "2 cells corrected. Undo puts back what was there."
        assert held(excel) == before | {"E4": ("1978-05-20", before["E4"][1]), "F4": ("M1B5K1", before["F4"][1])}
        assert press("fix_format").startswith("No correction is certain here.")
        assert "2 cells put back (" in press("undo")
        assert held(excel) == before

    def test_proposes_for_the_selected_cell(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = small_workbook(
            tmp_path / "jan.xlsx", {4: good_row() | self.SLIPS}, of=library.of_service("information_orientation")
        )
        book = excel.open(path)
        book.sheets[DATA].range("H4").select()
        told = press("propose", answer="no")
        assert told == (
            "H4 holds “Ukranian”. Put “Ukrainian” there instead?\n\n"
            "1. “Ukrainian” (likely). This is the closest text in the list; no other is nearly as close."
        )
        assert held(excel)["H4"][0] == "Ukranian"
        assert press("propose", answer="yes") == "1 cell corrected. Undo puts back what was there."
        assert held(excel)["H4"][0] == "Ukrainian"
        assert "263 values" in press("propose")

    def test_proposes_nothing_where_nothing_is_clear(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        book = excel.open(workbook(tmp_path / "jan.xlsx", {4: good_row() | {"service_language_id": "Klingon"}}))
        book.sheets[DATA].range("H4").select()
        assert press("propose").endswith("Pick a value from the list. Nothing can be proposed here.")

    def test_leaves_formulas_alone_and_says_so(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", {4: good_row(), 5: good_row(1) | {"postal_cd": "m1b5k1"}})
        formula = {"F4": 't="str"><f>"M1B "&amp;"5K1"</f><v>M1B 5K1</v>'}
        book = excel.open(
            rewrite(path, tmp_path / "f.xlsx", lambda name, xml: put(xml, formula) if "sheet1" in name else xml)
        )
        before = held(excel)["F4"]
        assert "F4 holds a formula" in press("fix_format", answer="yes")
        assert held(excel)["F5"][0] == "M1B5K1"
        book.sheets[DATA].range("F4").select()
        assert press("propose", answer="yes").startswith("F4 holds a formula and stays as it is.")
        assert held(excel)["F4"] == before

    @pytest.mark.parametrize(
        ("cell", "value", "format_"),
        [("E4", date(1978, 5, 20), "yyyy-mm-dd"), ("E4", date(1978, 5, 20), "d/m/yy"), ("E4", 28630.0, "General"),
         ("E4", 28630.0, "@"), ("D4", 10000001.0, "General"), ("D4", 10000001.0, "@"), ("D4", 10000001.0, "0.00"),
         ("BR4", False, "General")],
    )  # fmt: skip
    def test_undo_puts_back_numbers_days_and_booleans_in_their_formats(
        self, cell: str, value: object, format_: str, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        own = workbook(tmp_path / "jan.xlsx", {4: good_row()})
        edited = openpyxl.load_workbook(own)
        edited[DATA][cell].value, edited[DATA][cell].number_format = value, format_
        edited.save(own)
        book = excel.open(own)
        book.sheets[DATA].range(cell).select()
        before = held(excel)
        assert press("propose", answer="yes").startswith("1 cell corrected.")
        assert isinstance(held(excel)[cell][0], str) and held(excel)[cell][1] == before[cell][1]
        assert "1 cell put back (" in press("undo")
        assert held(excel) == before
        assert type(held(excel)[cell][0]) is type(before[cell][0])


def held(excel: Excel) -> dict[str, tuple[Any, str]]:
    """What the first filled rows hold, days as numbers, and in which number format."""
    sheet = excel.app.books.active.sheets[DATA]
    values = sheet.range("A4:CQ6").api.Value2
    return {
        a1(4 + row, column): (value, sheet.range(a1(4 + row, column)).number_format)
        for row, cells in enumerate(values)
        for column, value in enumerate(cells)
        if value is not None
    }


class TestSave:
    def test_writes_a_copy_and_the_book_keeps_its_name(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        rows = {4: good_row(), 5: good_row(1) | {"client_validation_id": "1234567"}}
        path = workbook(tmp_path / "jan.xlsx", rows)
        book = excel.open(path)
        press("check")
        out = tmp_path / "upload" / "jan_upload.xlsx"
        told = press("save_for_upload", answer="no")
        assert told == "Nothing was saved." and not out.exists()
        assert excel.alerts[0].prompt.endswith(
            "since iCARE rejects the services of clients that it does not know. Save all the same?"
        )
        told = press("save_for_upload", answer="yes")
        assert told.startswith(f"2 rows ready for upload, 1 warning: {out}\n\nNo Client Profile was saved for")
        assert excel.app.books.active.name == "jan.xlsx" and book.fullname == str(path)
        assert any(marked(excel).values())
        with FileHost(out) as saved, FileHost(path) as original:
            assert not saved.marked
            assert saved.grid(DATA).same_as(original.grid(DATA))
            assert [sheet.name for sheet in saved.sheets] == [sheet.name for sheet in original.sheets]

    def test_asks_for_the_account_where_there_are_several(
        self, excel: Excel, press: Press, tmp_path: Path, own_settings: Path
    ) -> None:
        own_settings.write_text('accounts = ["A-1", "B-2"]\nnaming = "{account}_{service}_{month}"\n', "utf-8")
        excel.open(workbook(tmp_path / "jan.xlsx", {4: good_row()}))
        assert press("save_for_upload").startswith("Nothing was saved: the agency has several accounts (A-1, B-2).")
        excel.typed[:] = ["B-2"]
        told = press("save_for_upload", answer="yes")
        assert "B-2_information_orientation_2026-01.xlsx" in told

    def test_is_refused_while_errors_remain_and_marks_them(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", month_with_mistakes())
        excel.open(path)
        assert press("save_for_upload") == "Nothing was saved: 7 errors remain. Correct them and save again."
        assert marked(excel) == expected(path)
        assert not (tmp_path / "upload").exists()


@pytest.mark.parametrize("french", [False, True], ids=["our labels", "other labels"])
@pytest.mark.parametrize("lose", [deleted, emptied, labelled, junk], ids=lambda lose: lose.__name__)
class TestLostRow2:
    """One sentence, and no button touches a cell that was not checked."""

    def opened(self, excel: Excel, tmp_path: Path, lose: Lose, french: bool) -> Path:
        rows = {4: {"processing_details": FIRST, **good_row()}, 5: good_row(1) | {"postal_cd": "m1b 5k1"}}
        path = lost(workbook(tmp_path / "jan.xlsx", rows), lose, french=french)
        excel.open(path)
        return path

    def test_is_told_and_never_saved(
        self, excel: Excel, press: Press, tmp_path: Path, lose: Lose, french: bool
    ) -> None:
        path = self.opened(excel, tmp_path, lose, french)
        told = press("check")
        assert told.startswith("Row 2, where the hidden column codes belong, ")
        assert ("0 rows checked: 1 error" if french else "2 rows checked: 3 errors") in told
        assert told.count("Row 2, where the hidden column codes belong") == 1 and "Delete" not in told
        assert marked(excel) == expected(path)
        assert press("save_for_upload", answer="yes").startswith(
            "Nothing was saved: row 2 does not hold the column codes."
        )
        assert not (tmp_path / "upload").exists()

    def test_fix_and_strip_change_what_was_checked(
        self, excel: Excel, press: Press, tmp_path: Path, lose: Lose, french: bool
    ) -> None:
        self.opened(excel, tmp_path, lose, french)
        before = held(excel)
        press("fix_format", answer="yes")
        fixed = {cell for cell, was in before.items() if held(excel).get(cell) != was}
        postal, note = (f"F{LOSSES[lose] + 1}", f"A{LOSSES[lose]}")
        assert fixed == (set() if french else {postal})
        assert "reject" in press("read_notes")
        told = press("strip_notes", answer="yes")
        assert told.startswith("Row 2 of “iCARE Template” does not hold the column codes") == french
        assert (excel.app.books.active.sheets[DATA].range(note).value is not None) == french
        for _ in range(0 if french else 3):  # of strip, of the marks of the notes, of fix
            press("undo")
        assert held(excel) == before

    def test_every_other_button_says_something(
        self, excel: Excel, press: Press, tmp_path: Path, lose: Lose, french: bool
    ) -> None:
        self.opened(excel, tmp_path, lose, french)
        before = held(excel)
        for each in ("next_finding", "next_of_its_kind", "explain_cell", "propose", "list_corrections"):
            assert "unexpected" not in press(each, answer="no").lower()
        assert held(excel) == before


def test_the_sheet_in_front_is_not_taken_where_it_lists_options(excel: Excel, press: Press, tmp_path: Path) -> None:
    path = workbook(tmp_path / "jan.xlsx", {4: good_row()})
    book = openpyxl.load_workbook(path)
    listed = book.create_sheet("Options")
    for row in options(library.of_service("information_orientation")):
        listed.append(row)
    book.active = listed
    book.save(path)
    excel.open(path).sheets["Options"].activate()
    assert press("check") == "1 row checked: nothing to correct."
    assert not any(marked(excel, "Options").values())


class TestStart:
    @pytest.mark.parametrize("service", [template.service for template in library.built_in()])
    def test_a_new_sheet_is_a_blank_workbook_that_nobody_has_saved(
        self, excel: Excel, press: Press, service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if excel.name == "openpyxl":  # which takes seconds for 2,500 rows
            small = small_workbook(tmp_path / "small.xlsx", {}, library.of_service(service)).read_bytes()
            monkeypatch.setattr("icare_xl.icare.library.blank_workbook", lambda _: small)
        press(f"new_{service}")
        book = excel.app.books.active
        assert book.api.Path == "" and book.name.startswith(service)
        assert tuple(book.sheets[DATA].used_range.raw_value[1]) == library.of_service(service).ids

    def test_the_example_opens_both_workbooks(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        for _ in range(2):
            assert press("try_example").startswith("An invented month is open")
            assert excel.app.books.active.name == WORKBOOKS[0]
        assert {book.name for book in excel.app.books} >= {*WORKBOOKS}
        assert press("check") == MARKED_MONTH

    def test_the_list_is_a_new_workbook_with_every_finding(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = workbook(tmp_path / "jan.xlsx", month_with_mistakes())
        excel.open(path)
        press("error_list")
        book = excel.app.books.active
        assert book.api.Path == ""
        cells = [row[0] for row in book.sheets[1].used_range.options(ndim=2).value[1:]]
        with FileHost(path) as host:
            assert cells == [found.cell for found in check(recognise.upload_sheet(host), TODAY).findings]

    def test_help_is_a_page_in_the_persons_language(
        self, excel: Excel, press: Press, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[str] = []
        monkeypatch.setattr("webbrowser.open", opened.append)
        press("help", language="fr")
        page = page_at(opened[0])
        assert '<html lang="fr">' in page and "Vérifier la feuille" in page and "IC101" in page
        assert "<th>CA15</th><td>Le numéro d’enregistrement à mettre à jour … figure sur … lignes" in page
        assert (
            "Les libellés du modèle demandent le format AAAA-MM-JJ." in page
            and "{" not in page.partition("</style>")[2]
        )

    def test_the_language_is_the_other_one(self, excel: Excel, press: Press) -> None:
        assert press("language", language="en") == "Les boutons et les messages sont désormais en français."
        assert press("language", language="fr") == "The buttons and messages are in English from now on."


NEEDS_A_WORKBOOK = [id_ for id_, each in BUTTONS.items() if not each.alone]


KEYS = {each.keytip: each.id for each in BUTTONS.values() if not each.id.startswith("new_")}


@pytest.mark.skipif(sys.platform == "win32", reason="takes minutes, and nothing in it is of Windows")
@pytest.mark.thorough
def test_the_example_is_played_with_the_keyboard_alone(excel: Excel, press: Press, tmp_path: Path) -> None:
    """Alt, IC, and a letter for each button; typing into the selected cell; Enter for yes. From the example to the file."""
    typed = {"client_birth_dt": "1985-04-03", "end_dttm": "2026-01-30", "support_received_ind": "No"}
    fields = {field.id: field for field in library.of_service("information_orientation").fields}
    press(KEYS["D"])
    press(KEYS["C"])
    for _ in range(20):
        if press(KEYS["U"], answer="yes").startswith("12 rows ready for upload"):
            break
        told = press(KEYS["N"])
        assert not told, told
        field = fields[excel.app.books.active.sheets[DATA].range((2, excel.app.selection.column)).value]
        before = excel.app.selection.raw_value
        press(KEYS["O"], answer="yes")
        if excel.app.selection.raw_value == before:
            first = field.allowed.values[0] if field.allowed else ""
            excel.app.selection.value = typed.get(field.id) or good_row().get(field.id, first)
    assert (tmp_path / "documents/icare-demo/upload/january_upload.xlsx").exists()


def test_more_changes_than_fit_a_box_are_listed_on_a_page(
    excel: Excel, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: pages.append(page_at(url)))
    excel.open(workbook(tmp_path / "jan.xlsx", {4 + n: good_row(n) | {"postal_cd": "m1b 5k1"} for n in range(20)}))
    press("fix_format", answer="yes")
    assert pages[0].count("<li>") == 20 and "F23" in pages[0]
    assert not list((tmp_path / "own").glob("*.html"))


class TestTrouble:
    """Each is told in a sentence, and nothing is touched."""

    @pytest.mark.parametrize("action", NEEDS_A_WORKBOOK)
    def test_no_workbook(self, action: str, excel: Excel, press: Press) -> None:
        assert press(action).startswith("No workbook is open;")

    def test_protected_view(self, excel: Excel, press: Press) -> None:
        excel.protected_views = 1
        assert press("check").startswith("The workbook is open in Protected View;")

    @pytest.mark.parametrize("action", NEEDS_A_WORKBOOK)
    def test_a_cell_being_edited(self, action: str, excel: Excel, press: Press, clean: Path) -> None:
        excel.open(clean)
        excel.edit_mode = True
        assert press(action).startswith("A cell is being edited;")

    def test_a_cell_being_edited_in_the_middle(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        excel.fault = lambda call: call == "FormatConditions.Add"
        assert press("check").startswith("A cell is being edited;")
        assert excel.app.screen_updating is True and excel.app.calculation == "automatic"

    def test_a_chart_in_front(self, excel: Excel, press: Press, clean: Path) -> None:
        excel.open(clean)
        excel.chart = "Chart1"
        assert press("check").startswith("“Chart1” is a chart;")

    @pytest.mark.parametrize("action", ["check", "strip_notes"])
    def test_a_protected_sheet(self, action: str, excel: Excel, press: Press, tmp_path: Path) -> None:
        excel.open(workbook(tmp_path / "rejected.xlsx", rejected_month()))
        book = excel.backend.active()
        assert book
        next(each for each in book.sheets() if each.name == DATA).protected = True
        assert press(action, answer="yes").startswith("The sheet “iCARE Template” is protected,")
        assert column_a(excel)[0] == NOTE and not rules(excel)

    @pytest.mark.parametrize(
        ("attribute", "sentence"),
        [("shared", "“jan.xlsx” is a shared"), ("final", "“jan.xlsx” is marked as final")],
    )
    def test_a_workbook_that_cannot_be_changed(
        self, attribute: str, sentence: str, excel: Excel, press: Press, tmp_path: Path
    ) -> None:
        excel.open(workbook(tmp_path / "jan.xlsx", month_with_mistakes()))
        setattr(excel, attribute, True)
        excel.read_only = attribute == "final"
        assert press("check").startswith(sentence)
        assert not rules(excel)

    def test_a_workbook_never_saved(self, excel: Excel, press: Press) -> None:
        press("new_nars")
        assert "was never saved;" in press("save_for_upload")

    def test_a_workbook_without_an_icare_sheet(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        path = tmp_path / "other.xlsx"
        openpyxl.Workbook().save(path)
        excel.open(path)
        assert "has no iCARE upload sheet" in press("check")

    def test_a_fault_of_ours_is_logged_without_client_data(
        self, excel: Excel, press: Press, clean: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        excel.open(clean)

        def broken(*_: object, **__: object) -> None:
            raise ValueError("12345678 born 1980-01-01")

        monkeypatch.setattr("icare_xl.excel.reading.check", broken)
        assert press("check").startswith("Something went wrong on our side (ValueError, test_buttons.py:")
        log = (tmp_path / "own" / "log.txt").read_text("utf-8")
        assert "check" in log and "ValueError" in log and "12345678" not in log

    def test_no_such_button(self, excel: Excel, press: Press) -> None:
        with pytest.raises(NoSuchButton):
            press("dance")


@pytest.mark.thorough
def test_excel_and_the_file_on_disk_are_read_alike(excel: Excel, tmp_path: Path) -> None:
    path = tmp_path / "kinds.xlsx"
    cells = {
        "postal_cd": "=1/0", "client_birth_dt": date(1980, 5, 20), "client_validation_id": 10000001,
        "topic_housing_given_ind": True, "orientation_length_hours_no": 1.5, "email_txt": "a\nb é",
        "start_dttm": "2026-01-05", "client_validation_type_id": "=\"FOSS\"",
    }  # fmt: skip
    write_workbook(library.of_service("information_orientation"), path, {4: good_row() | cells, 9: good_row(1)})
    excel.open(path)
    book = attach(excel.hwnd).workbook()
    with FileHost(path) as host:
        for name in (DATA, "LOV", "LOVIds"):
            live, stored = book.grid(name), host.grid(name)
            assert [live.row(row) for row in range(1, 12)] == [stored.row(row) for row in range(1, 12)]
            assert live.same_as(stored)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)


@given(
    texts=st.lists(
        st.one_of(TEXTS, st.sampled_from(["00123", "=1+1", "'x", "-4", "1.50", "@a"])), min_size=1, max_size=5
    )
)
@settings(max_examples=some(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_put_back_is_the_text_it_was(excel: Excel, blank_book: ExcelHost, texts: list[str]) -> None:
    cells = {(4 + number, 0): text for number, text in enumerate(texts)}
    blank_book.write(DATA, cells)
    assert {place: blank_book.grid(DATA).at(*place) for place in cells} == {
        place: Cell(text) for place, text in cells.items()
    }


@pytest.fixture
def blank_book(excel: Excel, tmp_path: Path) -> ExcelHost:
    """Without prepared rows, so that Excel makes numbers of what looks like one."""
    path = tmp_path / "blank.xlsx"
    write_workbook(library.of_service("information_orientation"), path, prepared=0)
    excel.open(path)
    return attach(excel.hwnd).workbook()


@pytest.mark.parametrize(
    ("address", "size"),
    [("A1:CQ2503", (2503, 95)), ("B2:C3", (3, 3)), ("D7", (7, 4)), ("1:9", (9, 16_384)), ("A:C", (1_048_576, 3))],
)
def test_the_size_of_a_used_range(address: str, size: tuple[int, int]) -> None:
    assert hosts_excel._size(address) == size
