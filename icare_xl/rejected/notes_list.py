"""All that iCARE’s notes say as a workbook: client by client, a line for each row and message."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from icare_xl.check.error_list.links import link
from icare_xl.check.error_list.listing import CARE
from icare_xl.model.addresses import a1
from icare_xl.model.client import IDENTIFIER
from icare_xl.model.sheet import NOTES
from icare_xl.model.text import Language, Text
from icare_xl.rejected.rejections import Complaint, Rejected
from icare_xl.rejected.sentences import UNEXPLAINED
from icare_xl.workbooks.as_it_is import as_it_is
from icare_xl.workbooks.atomic import output_file

_TITLE = Text("iCARE’s notes", "Notes d’iEDEC")
_HEAD = (
    (Text("Client", "Client"), 16),
    (Text("Cell", "Cellule"), 9),
    (Text("Column", "Colonne"), 28),
    (Text("Value", "Valeur"), 20),
    (Text("What iCARE says", "Ce que dit iEDEC"), 50),
    (Text("What it means, and what to do", "Ce que cela signifie et ce qu’il faut faire"), 50),
    (Text("What may be behind it", "Ce qui peut en être la cause"), 40),
    (Text("Done", "Fait"), 7),
)


def write(out: Path, rejected: Rejected, file: Path, language: Language) -> None:
    """`file` is the workbook that the cells are in. A note that names no cell of the sheet stands with its own."""
    import xlsxwriter

    with output_file(out) as temporary, xlsxwriter.Workbook(temporary, {"strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        linked = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        page = book.add_worksheet(_TITLE.to(language))
        for column, (text, width) in enumerate(_HEAD):
            page.set_column(column, column, width)
            page.write_string(0, column, text.to(language), head)
        row = 0
        for row, (cell, texts) in enumerate(_lines(rejected, language), 1):
            for column, said in enumerate(texts):
                page.write_string(row, column, as_it_is(said), plain)
            page.write_formula(row, 1, link(file, rejected.sheet.name, cell), linked, cell)
            page.write_string(row, len(_HEAD) - 1, "☐", plain)
        page.write_string(row + 2, 0, CARE.to(language))
        page.autofilter(0, 0, max(row, 1), len(_HEAD) - 1)
        page.freeze_panes(1, 2)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)


def _lines(rejected: Rejected, language: Language) -> Iterator[tuple[str, list[str]]]:
    """The cell, and what stands in each column but the last."""
    for client in rejected.by_row:
        for each in client.complaints:
            for place in each.about or [(each.row, rejected.sheet.layout.columns[NOTES])]:
                yield a1(*place), [text.to(language) for text in _texts(rejected, each, place)]


def _texts(rejected: Rejected, each: Complaint, place: tuple[int, int]) -> list[Text]:
    sheet, message = rejected.sheet, each.message
    field = sheet.field_at(place[1])
    who = sheet.grid.at(each.row, sheet.layout.columns[IDENTIFIER]).text if sheet.has(IDENTIFIER) else ""
    known = [text for text in (message.meaning, message.fix) if text]
    return [
        Text(who, who),
        Text("", ""),
        Text(*[field.label if field and place[1] != sheet.layout.columns[NOTES] else ""] * 2),
        Text(*[sheet.grid.at(*place).text if each.about else ""] * 2),
        each.words,
        Text.joined(known or [UNEXPLAINED]),
        Text.joined(each.causes),
    ]
