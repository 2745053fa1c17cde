"""What is generated is fresh, and what the catalogue of rules asks is answered or declined with a reason."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from icare_xl.check import rule_book
from icare_xl.check.causes import CAUSES
from icare_xl.icare import library, recognise
from icare_xl.icare.blank_workbook import write_workbook
from icare_xl.model.template import Template
from icare_xl.workbooks.file import FileHost
from tests.support.sheets import PREPARED

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT.parent / "shared/domain/rules.md"
REFRESH = "python .ci/refresh.py"


def test_the_page_of_rules_is_fresh() -> None:
    assert (ROOT / "docs/rules.md").read_text("utf-8") == rule_book.rule_book(), f"run {REFRESH}"


def test_the_page_has_every_cause() -> None:
    page = rule_book.rule_book()
    assert all(f"### {cause.code} {cause.name}\n" in page for cause in CAUSES)


def test_a_long_example_of_a_cause_is_shown_in_brief() -> None:
    rows = {row: {f"id{n}": str(n) for n in range(6)} for row in range(4, 12)}
    example = {"service": "nars", "rows": rows, "others": [{"rows": {4: {}}}], "about": [4, 5, 9]}
    shown = rule_book._sheet(example)
    assert shown.startswith("`nars`, row 4: id0 `0`, id1 `1`, id2 `2`, id3 `3`, … and 2 more; row 5: id0")
    assert shown.endswith("; … and 4 more; beside it good row 4 (named for rows 4–5, 9)")


def test_every_entry_of_the_catalogue_is_answered_or_declined() -> None:
    if not CATALOGUE.exists():
        pytest.skip("the catalogue is not here")
    entries = set(re.findall(rf"^\| ({rule_book.CATALOGUE_ID.pattern}) \|", CATALOGUE.read_text("utf-8"), re.M))
    assert len(entries) == 143
    assert entries == set(rule_book.answers()) | set(rule_book.left_out())


def test_no_entry_is_both_answered_and_declined() -> None:
    assert not set(rule_book.answers()) & set(rule_book.left_out())


@pytest.mark.parametrize("template", library.built_in(), ids=lambda template: template.service)
class TestBlankWorkbook:
    def test_is_fresh(self, template: Template, tmp_path: Path) -> None:
        write_workbook(template, tmp_path / "new.xlsx", prepared=PREPARED)
        with FileHost(tmp_path / "new.xlsx") as new, FileHost(ROOT / f"templates/{template.service}.xlsx") as shipped:
            assert [(sheet.name, sheet.visible) for sheet in new.sheets] == [
                (sheet.name, sheet.visible) for sheet in shipped.sheets
            ]
            for sheet in new.sheets:
                assert new.grid(sheet.name).same_as(shipped.grid(sheet.name)), f"run {REFRESH}"
                assert new.drop_downs(sheet.name) == shipped.drop_downs(sheet.name), f"run {REFRESH}"

    def test_describes_the_very_template_it_was_built_from(self, template: Template) -> None:
        with FileHost(ROOT / f"templates/{template.service}.xlsx") as host:
            read = recognise.upload_sheet(host).template
        assert read.source == "workbook" and read.fields == template.fields
        assert (read.service, read.code, read.version, read.locale, read.edition) == (
            template.service, template.code, template.version, template.locale, template.edition,
        )  # fmt: skip

    @pytest.mark.thorough
    def test_has_the_layout_of_the_genuine_one(self, template: Template) -> None:
        book = openpyxl.load_workbook(ROOT / f"templates/{template.service}.xlsx")
        sheet, lov, _ = book.worksheets
        width = len(template.fields)
        assert [each.title for each in book.worksheets] == ["iCARE Template", "LOV", "LOVIds"]
        assert [each.sheet_state for each in book.worksheets] == ["visible", "hidden", "hidden"]
        assert sheet.row_dimensions[2].hidden and [each.bounds for each in sheet.merged_cells.ranges] == [
            (1, 1, width, 1)
        ]
        assert str(sheet["A1"].value).splitlines()[-1] == template.title
        for cell, field in zip(sheet[3], template.fields, strict=True):
            assert cell.fill.fgColor.rgb == "FF0000FF"
            assert cell.font.color.rgb == ("FFFFA500" if field.required else "FFFFFFFF")
        assert sheet.max_row == 2503 and {cell.number_format for cell in sheet[2503]} == {"@"}
        assert lov["B1"].value == width
        lists = {str(each.sqref) for each in sheet.data_validations.dataValidation}
        wanted = {
            f"{c.column_letter}4:{c.column_letter}2503"
            for c, f in zip(sheet[3], template.fields, strict=True)
            if f.allowed
        }
        assert lists == wanted


def test_the_definitions_are_what_was_found() -> None:
    """528 columns, 97 mandatory, 58 lists, in the eight templates of 2018."""
    fields = [field for template in library.built_in() for field in template.fields]
    assert len(library.built_in()) == 8
    assert (len(fields), sum(field.required for field in fields)) == (528, 97)
    assert len({field.allowed for field in fields if field.allowed}) == 58
