"""What the two stand-ins for Excel promise to the other tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill

from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.marks import FORMULA
from tests.stand_in.backend import GRAY_25, LIGHT_UP, SOLID
from tests.stand_in.engine import EDIT_MODE, Excel
from tests.stand_in.libreoffice import Office
from tests.stand_in.windows import ComError

OURS = f"={FORMULA}"
ORANGE, SAND, PINK = 0x007BE0, 0xB8E3FF, 0xB3B3FF  # blue, green, red


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    """A workbook with a value of every kind, a rule of its user's, and sheets not to be seen."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Clients"
    sheet.append(["Name", "Born", "Number", "Agreed", "Fault", "Twice"])
    sheet.append(["Bo", datetime(2001, 2, 3), 7, True, "#N/A", "=C2*2"])
    sheet.append([None, datetime(2001, 2, 3, 12), 0.5, False, "#REF!", "plain"])
    sheet["E2"].data_type = sheet["E3"].data_type = "e"
    sheet["A1"].font = Font(color="FFFF0000")
    sheet.row_dimensions[3].hidden = True
    sheet.conditional_formatting.add("A1:F20", FormulaRule(["$C2=5"], fill=PatternFill("solid", bgColor="FF00FF00")))
    sheet.conditional_formatting.add("A1:F20", CellIsRule("greaterThan", ["9"], fill=PatternFill(bgColor="FF0000FF")))
    book.create_sheet("LOV").sheet_state = "hidden"
    book.create_sheet("Empty")
    book.save(tmp_path / "données é.xlsx")
    return tmp_path / "données é.xlsx"


@pytest.fixture
def book(excel: Excel, invented: Path) -> xw.Book:
    return excel.open(invented)


def values(area: xw.Range) -> list[list[object]]:
    return area.options(ndim=2, err_to_str=True, empty="").value


def test_every_kind_of_value_is_read(book: xw.Book) -> None:
    found = values(book.sheets["Clients"].range("A1:E4"))
    assert found == [
        ["Name", "Born", "Number", "Agreed", "Fault"],
        ["Bo", datetime(2001, 2, 3), 7.0, True, "#N/A"],
        ["", datetime(2001, 2, 3, 12), 0.5, False, "#REF!"],
        ["", "", "", "", ""],
    ]
    assert [type(value) for value in found[1][2:4]] == [float, bool]


def test_raw_values_are_as_in_com(book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    assert sheet.range("E2").raw_value == -2146826246
    assert sheet.range("A3").raw_value is None
    assert sheet.range("A2:C2").raw_value[0][0] == "Bo"


def test_one_reading_is_one_value_call(excel: Excel, book: xw.Book) -> None:
    area = book.sheets["Clients"].range("A1:E4")
    excel.calls.clear()
    values(area)
    assert excel.calls.count("Range.Value") == 1
    assert len(excel.calls) < 15  # xlwings asks for the shape and the application too


def test_what_is_written_is_read(book: xw.Book) -> None:
    sheet = book.sheets["Empty"]
    sheet.range("B2").value = [["a", 1], [True, None]]
    sheet.range("A5:B5").value = "same"
    assert values(sheet.range("B2:C3")) == [["a", 1.0], [True, ""]]
    assert values(sheet.range("A5:B5")) == [["same", "same"]]


def test_a_date_is_written(book: xw.Book) -> None:
    cell = book.sheets["Empty"].range("A1")
    cell.value = datetime(2026, 1, 31)
    assert cell.value == datetime(2026, 1, 31)


def test_scattered_cells_are_emptied_in_one_call(excel: Excel, book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    area = sheet.range("A2,C2:C3,F3")
    excel.calls.clear()
    area.clear_contents()
    assert excel.calls == ["Range.ClearContents"]
    assert values(sheet.range("A2:C3")) == [["", datetime(2001, 2, 3), ""], ["", datetime(2001, 2, 3, 12), ""]]
    assert sheet.range("F3").value is None


def test_an_address_has_255_characters_at_most(book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    longest = ",".join(["A10"] * 64)
    assert len(longest) == 255
    assert sheet.range(longest).row == 10
    with pytest.raises(ComError):
        sheet.range(longest.replace("A10", "AA1", 1) + "0")


def test_ranges_by_number(book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    assert sheet.range((2, 3)).address == "$C$2"
    assert sheet.range((2, 1), (3, 2)).address == "$A$2:$B$3"
    assert sheet.range((2, 1), (3, 2)).shape == (2, 2)
    assert sheet.used_range.address == "$A$1:$F$3"
    assert sheet.range("B:B").shape == (1048576, 1)


def test_formulas(book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    assert sheet.range("F2").formula == "=C2*2"
    assert [sheet.range(area).api.HasFormula for area in ("F2", "F3", "F2:F3")] == [True, False, None]


def test_fonts_and_number_formats(book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    assert sheet.range("A1").font.color == (255, 0, 0)
    assert sheet.range("A2").number_format == "General"
    sheet.range("A2:A3").number_format = "@"
    assert sheet.range("A3").number_format == "@"


def test_a_saved_copy_shows_the_real_fill(excel: Excel, book: xw.Book, tmp_path: Path) -> None:
    rule = book.sheets["Empty"].range("A1:A2,C3").api.FormatConditions.Add(Type=2, Formula1=OURS)
    rule.Interior.Pattern = LIGHT_UP
    rule.Interior.PatternColor = ORANGE
    rule.Interior.Color = SAND
    assert (rule.Interior.Pattern, rule.Interior.PatternColor, rule.Interior.Color) == (LIGHT_UP, ORANGE, SAND)
    book.api.SaveCopyAs(str(tmp_path / "marked.xlsx"))
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as package:
        styles = package.read("xl/styles.xml").decode()
    assert '<bgColor rgb="FFFFE3B8"' in styles
    if excel.name == "openpyxl":  # LibreOffice has no patterns
        assert '<patternFill patternType="lightUp"><fgColor rgb="FFE07B00"' in styles


def rules(sheet: xw.Sheet) -> list[tuple[str, str | None]]:
    return sorted((rule.type, rule.formula) for rule in sheet.cells.conditional_formats)


THEIRS = [("cell_value", None), ("custom", "=$C2=5")]


def test_rules_on_a_union_are_removed_exactly(excel: Excel, book: xw.Book, tmp_path: Path) -> None:
    sheet = book.sheets["Clients"]
    assert rules(sheet) == THEIRS
    area = excel.app.api.Union(sheet.range("A2,C3").api, sheet.range("F2").api)
    for pattern, ground, over in ((LIGHT_UP, SAND, ORANGE), (GRAY_25, SAND, ORANGE), (SOLID, PINK, None)):
        rule = area.FormatConditions.Add(Type=2, Formula1=OURS)
        rule.Interior.Color = ground
        rule.Interior.Pattern = pattern
        if over is not None:
            rule.Interior.PatternColor = over
        rule.SetFirstPriority()
    assert rules(sheet) == sorted([*THEIRS, *[("custom", OURS)] * 3])
    assert rule.Interior.Color == PINK
    assert rule.AppliesTo.Address == "$A$2,$F$2,$C$3"

    book.api.SaveCopyAs(str(tmp_path / "marked.xlsx"))
    with FileHost(tmp_path / "marked.xlsx") as host:
        assert host.marked
    for each in [rule for rule in sheet.cells.conditional_formats if rule.formula == OURS]:
        each.delete()
    assert rules(sheet) == THEIRS
    book.api.SaveCopyAs(str(tmp_path / "bare.xlsx"))
    with FileHost(tmp_path / "bare.xlsx") as host:
        assert not host.marked

    book.close()
    sheet = excel.open(tmp_path / "marked.xlsx").sheets["Clients"]
    assert rules(sheet) == sorted([*THEIRS, *[("custom", OURS)] * 3])
    for each in [rule for rule in sheet.cells.conditional_formats if rule.formula == OURS]:
        each.delete()
    assert rules(sheet) == THEIRS


def test_rules_are_counted_and_removed_by_number(book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    for address in ("A2,B9", "B2:B4"):
        sheet.range(address).conditional_formats.add_custom(OURS, fill_color=(255, 227, 184))
    conditions = sheet.api.Cells.FormatConditions
    assert conditions.Count == 4
    for number in range(conditions.Count, 0, -1):
        rule = conditions(number)
        if rule.Type == 2 and rule.Formula1 == OURS:
            rule.Delete()
    assert conditions.Count == 2
    assert rules(sheet) == THEIRS


def test_of_two_rules_on_the_same_cells_one_is_removed(book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    custom, greater = sorted(sheet.cells.conditional_formats, key=lambda rule: rule.type, reverse=True)
    color = greater.fill_color
    custom.delete()
    assert rules(sheet) == THEIRS[:1]
    assert (greater.fill_color, greater.formula1) == (color, "=9")
    greater.delete()
    assert rules(sheet) == []


def test_a_saved_copy_leaves_the_name(book: xw.Book, invented: Path, tmp_path: Path) -> None:
    book.sheets["Empty"].range("A1").value = "new"
    book.api.SaveCopyAs(str(tmp_path / "copy.xlsx"))
    assert (book.name, book.fullname, book.api.Path) == (invented.name, str(invented), str(invented.parent))
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx")["Empty"]["A1"].value == "new"
    assert openpyxl.load_workbook(invented)["Empty"]["A1"].value is None


def test_a_book_from_a_template_was_never_saved(excel: Excel, book: xw.Book, invented: Path) -> None:
    excel.app.api.Workbooks.Add(Template=str(invented))
    added = excel.app.books.active
    assert (added.api.Path, added.api.FullName) == ("", added.name)
    assert added.name.startswith(invented.stem) and added.name != invented.name
    assert added.sheets["Clients"].range("A2").value == "Bo"
    assert {each.name for each in excel.app.books} == {book.name, added.name}
    book.activate()
    assert excel.app.books.active.name == book.name


def test_books_are_opened_added_and_closed(excel: Excel, book: xw.Book, invented: Path) -> None:
    added = excel.app.books.add()
    assert excel.app.books.active.name == added.name
    added.close()
    assert [each.name for each in excel.app.books] == [invented.name]
    excel.app.books.open(invented)  # already open: found again
    assert len(excel.app.books) == 1


def test_sheets(book: xw.Book) -> None:
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [("Clients", -1), ("LOV", 0), ("Empty", -1)]
    assert book.sheets.active.name == "Clients"
    book.sheets["Empty"].activate()
    assert book.sheets.active.name == "Empty"
    with pytest.raises(ComError):
        book.sheets["LOV"].activate()


def test_the_selection(excel: Excel, book: xw.Book) -> None:
    sheet = book.sheets["Clients"]
    sheet.range("B2").select()
    assert excel.app.selection.address == "$B$2"
    sheet.range("A2,C3:D4").select()
    assert excel.app.selection.address == "$A$2,$C$3:$D$4"
    with pytest.raises(ComError):  # as in Excel, it must be in front
        book.sheets["Empty"].range("A1").select()


def test_no_book_is_open(excel: Excel) -> None:
    app = excel.app
    assert app.books.active.api is None
    assert app.api.ActiveSheet is None
    assert list(app.books) == []
    assert list(xw.apps) == [app]
    excel.listed_without_book = False
    assert list(xw.apps) == []


def test_the_application(excel: Excel, book: xw.Book) -> None:
    app = next(app for app in xw.apps if app.hwnd == excel.hwnd)
    with app.properties(screen_updating=False, calculation="manual", enable_events=False, display_alerts=False):
        assert (app.screen_updating, app.calculation) == (False, "manual")
    assert (app.screen_updating, app.calculation, app.enable_events) == (True, "automatic", True)
    app.status_bar = "Checking"
    assert app.status_bar == "Checking"
    app.status_bar = False
    assert app.status_bar is False
    assert app.api.Ready and app.api.ProtectedViewWindows.Count == 0
    assert "Application.StatusBar =" in excel.calls


def test_alerts_are_kept_and_answered(excel: Excel) -> None:
    excel.answers.append("no")
    asked = [excel.app.alert("Save?", "iCARE", buttons="yes_no_cancel", mode="info") for _ in range(2)]
    assert asked == ["no", "yes"]
    assert excel.alerts[0] == ("Save?", "iCARE", "yes_no_cancel", "info")


def test_edit_mode_refuses_all_but_the_question_whether_excel_is_ready(excel: Excel, book: xw.Book) -> None:
    app, area = excel.app, book.sheets["Clients"].range("A1")
    excel.edit_mode = True
    assert app.api.Ready is False
    with pytest.raises(ComError) as caught:
        _ = area.value
    assert caught.value.args[0] == caught.value.hresult == EDIT_MODE
    excel.edit_mode = False
    excel.fault = lambda call: call == "Range.Value ="
    with pytest.raises(ComError):
        area.value = "x"
    assert area.value == "Name"


def test_protection_is_real(excel: Excel, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.protection.sheet = True
    made.save(tmp_path / "locked.xlsx")
    book = excel.open(tmp_path / "locked.xlsx")
    sheet = book.sheets.active
    assert sheet.api.ProtectContents and not book.api.ProtectStructure
    book.api.Protect()
    assert book.api.ProtectStructure
    with pytest.raises(ComError):
        sheet.range("A1").value = 1
    sheet.api.Unprotect()
    sheet.range("A1").value = 1
    assert sheet.range("A1").value == 1.0


def test_what_a_test_can_pretend(excel: Excel, book: xw.Book) -> None:
    assert not book.api.ReadOnly and not book.api.MultiUserEditing
    excel.read_only = excel.shared = True
    excel.protected_views = 1
    excel.chart, excel.url = "Chart1", "https://agency.example/Documents"
    assert book.api.ReadOnly and book.api.MultiUserEditing
    assert excel.app.api.ProtectedViewWindows.Count == 1
    assert excel.app.api.ActiveSheet.Name == "Chart1"
    assert excel.app.selection is None
    assert book.api.FullName == f"https://agency.example/Documents/{book.name}"


PROGRAM = """
import sys, xlwings
app = next(app for app in xlwings.apps if app.hwnd == int(sys.argv[1]))
sheet = app.books.active.sheets.active
sheet.range("A2").value = sheet.range("A2").value + "!"
print(sheet.range("A2").value, app.alert("Go on?", "t", buttons="yes_no"))
sys.exit(3)
"""


def pressed(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Another process that runs PROGRAM as a module, told to find its Excel there."""
    (tmp_path / "program.py").write_text(PROGRAM)
    launcher = Path(__file__).parent / "press.py"
    everything = os.environ | environment | {"PYTHONPATH": str(tmp_path), "EXCEL_REPORT": str(tmp_path / "report.json")}
    command = [sys.executable, str(launcher), "-m", "program", "1"]
    return subprocess.run(command, env=everything, capture_output=True, text=True, timeout=120, check=False)


def test_another_process_works_on_the_same_libreoffice(
    office: Office, excel: Excel, book: xw.Book, tmp_path: Path
) -> None:
    if excel.name == "openpyxl":
        pytest.skip("a workbook in memory is not shared")
    found = pressed(tmp_path, EXCEL_PORT=str(office.port), EXCEL_ANSWERS="no")
    assert (found.returncode, found.stdout, found.stderr) == (3, "Bo! no\n", "")
    assert book.sheets["Clients"].range("A2").value == "Bo!"
    told = json.loads((tmp_path / "report.json").read_text())
    assert told["calls"].count("Range.Value =") == 1 and told["alerts"][0]["prompt"] == "Go on?"


def test_another_process_opens_a_workbook_with_openpyxl(invented: Path, tmp_path: Path) -> None:
    found = pressed(tmp_path, EXCEL_BOOK=str(invented))
    assert (found.returncode, found.stdout, found.stderr) == (3, "Bo! yes\n", "")


@pytest.mark.thorough
def test_the_genuine_workbook_is_read_within_a_second(excel: Excel, genuine: Path, tmp_path: Path) -> None:
    copy = tmp_path / genuine.name
    copy.write_bytes(genuine.read_bytes())
    sheet = excel.open(copy).sheets[0]
    start = time.perf_counter()
    found = values(sheet.range((1, 1), (2503, 95)))
    assert time.perf_counter() - start < 1
    assert len(found) == 2503 and len(found[0]) == 95
