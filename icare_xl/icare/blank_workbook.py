"""Our own upload workbooks, in the genuine layout, from a template and (for demo and tests) invented rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from icare_xl.model.cells import Cell
from icare_xl.model.sheet import FIRST_ROW, LAST_ROW
from icare_xl.model.template import Field, Template
from icare_xl.model.text import Text

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | float | date | Cell
_ON_A_PAGE = 300  # signs beside each other, at half their size
_TITLE = Text(
    "Immigration, Refugees and Citizenship Canada\niCARE - Immigration Contribution Agreement Reporting Environment\n{title}\n",
    "Immigration, Réfugiés et Citoyenneté Canada\niEDEC\n{title}\n",
)


def write_workbook(
    template: Template,
    out: Path,
    rows: Mapping[int, Mapping[str, Value]] | None = None,
    *,
    sheet_name: str = "iCARE Template",
    prepared: int = LAST_ROW - FIRST_ROW + 1,
) -> None:
    """Write `out` with hidden LOV and LOVIds sheets, drop-downs, and `rows`: Excel row number -> field id -> value.

    Text is stored as text, numbers and dates as such; a Cell becomes a formula that gives its text, or #N/A where it is an
    error. `prepared` is how many rows from row 4 on have the format Text.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"created": datetime(2018, 7, 16)})  # the same rows give the same bytes
        text = book.add_format({"num_format": "@", "align": "left", "valign": "top", "text_wrap": True})
        sheet = book.add_worksheet(sheet_name)
        _write_header(sheet, template, book)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row in range(FIRST_ROW, FIRST_ROW + prepared):
            given = (rows or {}).get(row, {})
            for column, field in enumerate(template.fields):
                _write(sheet, row - 1, column, given.get(field.id), text, day)
        for row, given in (rows or {}).items():
            if row >= FIRST_ROW + prepared:
                for column, field in enumerate(template.fields):
                    _write(sheet, row - 1, column, given.get(field.id), None, day)
        _write_lists(book, sheet, template)
        _lay_out(sheet, template)


def _width(field: Field) -> int:
    """Of its column, in signs."""
    return max(18, min(60, len(field.label) + 2))


def _lay_out(sheet: Worksheet, template: Template) -> None:
    """The head stays in sight and is on each printed page; few pages beside each other hold all columns, and can be read."""
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.repeat_rows(0, FIRST_ROW - 2)
    sheet.set_landscape()
    sheet.fit_to_pages(ceil(sum(map(_width, template.fields)) / _ON_A_PAGE), 0)


def _write_header(sheet: Worksheet, template: Template, book: xlsxwriter.Workbook) -> None:
    last = len(template.fields) - 1
    title = {"bold": True, "font_size": 18, "font_color": "#FFFFFF", "bg_color": "#A9A9A9", "text_wrap": True}
    sheet.merge_range(0, 0, 0, last, title_of(template), book.add_format(title))
    sheet.set_row(0, 99.95)
    sheet.set_row(1, None, None, {"hidden": True})
    head = {"bold": True, "bg_color": "#0000FF", "border": 1}
    mandatory = book.add_format({**head, "font_color": "#FFA500"})
    optional = book.add_format({**head, "font_color": "#FFFFFF"})
    for column, field in enumerate(template.fields):
        sheet.write_string(1, column, field.id)
        sheet.write_string(2, column, field.label, mandatory if field.required else optional)
        sheet.set_column(column, column, _width(field))


def title_of(template: Template) -> str:
    """The heading above the columns, in the language of the template."""
    french = (template.locale or "").startswith("fr")
    return _TITLE.format(title=template.title or "").to("fr" if french else "en")


def _write(sheet: Worksheet, row: int, column: int, value: Value | None, text: Format | None, day: Format) -> None:
    if value is None or value == "":
        if text:
            sheet.write_blank(row, column, None, text)
    elif isinstance(value, Cell):
        sheet.write_formula(row, column, "=NA()" if value.is_error else f'="{value.text}"', text, value.text)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, text)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_number(row, column, value)


def _write_lists(book: xlsxwriter.Workbook, sheet: Worksheet, template: Template) -> None:
    from xlsxwriter.utility import xl_range_abs

    lov, ids = book.add_worksheet("LOV"), book.add_worksheet("LOVIds")
    for column, about in enumerate((template.code, len(template.fields), template.version, template.locale)):
        if about is not None:
            lov.write(0, column, int(about) if str(about).isdigit() else about)
    for column, field in enumerate(template.fields):
        lov.write_string(1, column, f"Mandatory={str(field.required).lower()};")
        if field.allowed:
            lov.write_column(2, column, field.allowed.values)
            ids.write_column(2, column, field.allowed.ids)
            source = [2, column, 1 + len(field.allowed.values), column]
            area = f"=LOV!{xl_range_abs(*source)}"
            sheet.data_validation(
                FIRST_ROW - 1,
                column,
                LAST_ROW - 1,
                column,
                {"validate": "list", "source": area, "ignore_blank": True},
            )
    lov.hide()
    ids.hide()
