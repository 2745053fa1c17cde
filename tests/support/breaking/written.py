"""Broken sheets as workbooks on a disk."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from icare_xl.icare.blank_workbook import write_workbook
from tests.support.breaking.fields import blank
from tests.support.breaking.page import BESIDE, Page
from tests.support.breaking.play import Case, merged
from tests.support.sheets import PREPARED


def write(case: Case, folder: Path) -> Path:
    """The workbook of the sheet, and in the same folder the other one, where there is one."""
    page, path = case.page, folder / "a.xlsx"
    if page.profile is not None:
        write_workbook(blank(page.profile_of), folder / "b.xlsx", page.profile, prepared=PREPARED)
    down = 3 - len(page.head.rows) if page.head else 0  # so many rows are deleted above
    rows = {
        number + down: {id_: value for id_, value in row.items() if not isinstance(value, bool)}
        for number, row in page.rows.items()
    }
    write_workbook(page.template, path, rows, prepared=PREPARED)
    book = openpyxl.load_workbook(path)
    _finish(page, book.worksheets[0])
    if page.head and not page.head.lists:
        del book["LOV"], book["LOVIds"]
    book.save(path)
    return path


def _finish(page: Page, sheet: Worksheet) -> None:
    """What is no cell of the template, or no value that it may have."""
    ids = [*page.template.ids, BESIDE]
    if page.head:
        for area in [*sheet.merged_cells.ranges]:
            sheet.unmerge_cells(str(area))
        if deleted := 3 - len(page.head.rows):
            sheet.delete_rows(1, deleted)
        for number, texts in enumerate(page.head.rows, 1):
            for column in range(1, len(ids)):
                sheet.cell(number, column).value = texts[column - 1] if column <= len(texts) else None
    for number, row in page.rows.items():
        for id_, value in row.items():
            if id_ == BESIDE or isinstance(value, bool):
                sheet.cell(number, ids.index(id_) + 1).value = value  # type: ignore[assignment]
    for area in merged(page):
        sheet.merge_cells(area)
