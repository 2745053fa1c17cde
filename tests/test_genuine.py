"""The one genuine workbook: its redacted row, faults put into it, and its drop-downs through every command."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from icare_xl.icare import recognise
from icare_xl.icare.example import good_row, template
from icare_xl.model.addresses import a1
from icare_xl.model.cells import Cell
from icare_xl.settings import Settings
from icare_xl.upload import saving
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.proof import prove_only_changed
from tests.check.test_engine import FAULTS
from tests.support.sheets import TODAY, findings_of, parts, put, rewrite, text_cell
from tests.workbooks.test_lossless import TestStrip, mark, unmark

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"


def with_cells(path: Path, out: Path, cells: dict[str, str]) -> Path:
    return rewrite(path, out, lambda name, xml: put(xml, cells) if name == SHEET else xml)


def raw(value: object) -> str:
    """A value as Excel stores it in place."""
    match value:
        case Cell(text=text, formula=True):
            return f't="str"><f>"x"</f><v>{text}</v>'
        case Cell(text=text):
            return f't="e"><v>{text}</v>'
        case date():
            return f't="d"><v>{value.isoformat()}</v>'
        case int():
            return f"><v>{value}</v>"
    return text_cell(str(value)) if value else ">"


def row_cells(row: int, values: dict[str, object]) -> dict[str, str]:
    return {a1(row, template().ids.index(id_)): raw(value) for id_, value in values.items()}


def test_describes_the_template_that_ships_with_the_project(genuine: Path) -> None:
    with FileHost(genuine) as host:
        found = recognise.upload_sheet(host).template
    assert found.source == "workbook" and found.fields == template().fields


def test_has_only_the_fault_that_its_redaction_left(genuine: Path) -> None:
    assert findings_of(genuine) == [("D4", "IC130")]


@pytest.mark.thorough
@pytest.mark.parametrize(("fault", "found"), FAULTS, ids=str)
def test_a_fault_is_found_in_exactly_its_cell(
    fault: dict[str, object], found: list[tuple[str, str]], genuine: Path, tmp_path: Path
) -> None:
    cells = row_cells(4, good_row(4)) | row_cells(5, good_row(5) | fault) | row_cells(9, good_row(9))
    assert findings_of(with_cells(genuine, tmp_path / "faulty.xlsx", cells)) == found


@pytest.mark.thorough
def test_marked_and_saved_copies_keep_every_part(genuine: Path, tmp_path: Path) -> None:
    clean = with_cells(genuine, tmp_path / "clean.xlsx", {"D4": text_cell("12345678")})
    marked = mark(clean, tmp_path / "marked.xlsx")
    before, after = parts(clean), parts(marked)
    assert {name for name in before if before[name] != after[name]} == {SHEET, STYLES}
    assert parts(unmark(marked, tmp_path / "bare.xlsx")) == before
    for source in (clean, marked):
        with FileHost(source) as host:
            sheet = recognise.upload_sheet(host)
            outcome = saving.save(host, sheet, saving.SaveOptions(tmp_path / "saved.xlsx", TODAY, Settings("")))
            assert outcome.report.findings == () and not outcome.refused
        assert parts(tmp_path / "saved.xlsx") == before
    for copy in (marked, tmp_path / "saved.xlsx"):
        assert len(re.findall(rb"<x14:dataValidation ", parts(copy)[SHEET])) == 88


def test_strip_leaves_all_but_the_notes(genuine: Path, tmp_path: Path) -> None:
    rejected = with_cells(genuine, tmp_path / "r.xlsx", {"A4": text_cell(TestStrip.NOTE), "A5": text_cell("ask Maria")})
    with FileHost(rejected) as host:
        sheet = recognise.upload_sheet(host)
        with host.copy_changed(tmp_path / "out.xlsx", sheet.name, {(4, 0): ""}) as written:
            prove_only_changed(host, sheet, {(4, 0): ""}, written)
    before, after = parts(rejected), parts(tmp_path / "out.xlsx")
    assert {name for name in before if before[name] != after[name]} == {SHEET}
    note = re.search(rb'<c r="A4"[^>]*>.*?</c>', before[SHEET], re.S)
    assert note and before[SHEET].replace(note[0], b'<c r="A4" s="4"/>') == after[SHEET]
