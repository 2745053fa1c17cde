"""A form as a workbook, ready to be opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icare_xl.excel.forms import layout
from icare_xl.excel.forms.form import WRONG, Column, Form, Row, in_words
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.as_it_is import as_it_is

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ON_TOP = 8  # sentences above the frozen head, below which rows must still be seen
_TOP: dict[str, Any] = {"valign": "top", "text_wrap": True}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "sentence": {},
    "head": {**_TOP, "bold": True, "bottom": 1},
    "head to fill in": {**_TOP, "bold": True, "border": 1, "bg_color": "#FFF2CC"},
    "plain": _TOP,
    "number": {"valign": "top", "align": "center"},
    "to fill in": {
        **_TOP,
        "border": 1,
        "bg_color": "#FFFBEF",
        "num_format": "@",
    },  # what is typed stays as it was typed
    "wrong": {**_TOP, "bold": True, "font_color": "#9C0006"},
}
Formats = dict[str, "Format"]


def write(out: Path, form: Form, language: Language) -> None:
    """The title, sentences, the head, a line a row; more sentences than fit above the head stand below the rows."""
    import xlsxwriter

    columns = (*form.kind.columns, WRONG)
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = {name: book.add_format(how) for name, how in _FORMATS.items()}
        sheet = _sheet(book, form, columns, language)
        head = _top(sheet, form.title, form.sentences[:MOST_ON_TOP], formats, language)
        for number, column in enumerate(columns):
            look = formats["head to fill in" if column.hint else "head"]
            sheet.write_string(head, number, column.head.to(language), look)
        sheet.write_string(head, len(columns), layout.head(form.kind.name, language))
        for at, row in enumerate(form.rows, head + 1):
            _row(sheet, at, form, row, formats, language)
        last = head + max(1, len(form.rows))
        for at, sentence in enumerate(form.sentences[MOST_ON_TOP:], last + 2):
            sheet.write_string(at, 0, as_it_is(sentence.to(language)), formats["sentence"])
        sheet.autofilter(head, 0, last, len(columns))  # the hidden column too, so that keys are sorted with their rows
        sheet.freeze_panes(head + 1, 1)
        sheet.repeat_rows(head)
        sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})


def filled_in(form: Form, row: Row, language: Language) -> dict[str, str]:
    """What the cells to fill in hold when a form is opened."""
    return {each.id: in_words(row.cells.get(each.id, ""), language).strip() for each in form.kind.to_fill_in}


def _sheet(book: Workbook, form: Form, columns: Sequence[Column], language: Language) -> Worksheet:
    sheet = book.add_worksheet(form.kind.title.to(language))
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
    sheet.set_column(len(columns), len(columns), None, None, {"hidden": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _top(sheet: Worksheet, title: Text, sentences: Sequence[Text], formats: Formats, language: Language) -> int:
    """What stands above the table; returns the row of its head, from 0."""
    sheet.write_string(0, 0, title.to(language), formats["title"])
    for at, sentence in enumerate(sentences, 1):
        sheet.write_string(at, 0, as_it_is(sentence.to(language)), formats["sentence"])
    return len(sentences) + 2


def _row(sheet: Worksheet, at: int, form: Form, row: Row, formats: Formats, language: Language) -> None:
    for number, column in enumerate(form.kind.columns):
        shown = row.cells.get(column.id, "")
        if isinstance(shown, int) and not column.hint:
            sheet.write_number(at, number, shown, formats["number"])
        else:
            look = formats["to fill in" if column.hint else "plain"]
            sheet.write_string(at, number, as_it_is(in_words(shown, language)), look)
        if column.hint:
            sheet.data_validation(
                at, number, at, number, _help(column.head, column.hint, row.choices.get(column.id), language)
            )
    sheet.write_blank(at, len(form.kind.columns), None, formats["wrong"])
    key = layout.key(form.kind.name, row.key, filled_in(form, row, language))
    sheet.write_string(at, len(form.kind.columns) + 1, key)


def _help(head: Text, hint: Text, choices: Sequence[Text] | None, language: Language) -> dict[str, Any]:
    """The drop-down of a cell and what Excel shows beside it. Whatever is typed is let in: Record tells what is wrong."""
    shown = {"input_title": head.to(language)[:32], "input_message": hint.to(language)[:255], "show_error": False}
    if choices:
        return {"validate": "list", "source": [each.to(language) for each in choices], **shown}
    return {"validate": "any", **shown}
