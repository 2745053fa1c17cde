"""The error list as a workbook: a summary with its chart, then every finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from icare_xl.check.error_list import summary
from icare_xl.check.error_list.chart import chart
from icare_xl.check.error_list.links import link
from icare_xl.check.error_list.listing import CARE, RIGHT, SEVERITY_OF, TITLE, Head, Line, Listing, words
from icare_xl.check.error_list.summary import Summary
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.marks import LOOKS, Look
from icare_xl.workbooks.xlsx import rows as xml
from icare_xl.workbooks.xlsx.package import Package
from icare_xl.workbooks.xlsx.rows import Row

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = 1_048_576  # of a sheet in Excel; what does not fit goes on in the next sheet
_SUMMARY = Text("Summary", "Sommaire")
_WIDTHS = (34, 62, 10, 15, 10)
_PATTERNS = {"solid": 1, "lightGray": 4, "lightUp": 14}  # as XlsxWriter counts them
_TOP: dict[str, Any] = {"valign": "top", "text_wrap": True}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "section": {"bold": True, "font_size": 12},
    "head": {**_TOP, "bold": True, "bottom": 1},
    "figure head": {**_TOP, "bold": True, "bottom": 1, "align": "right"},
    "sentence": {},
    "plain": _TOP,
    "value": {**_TOP, "quote_prefix": True},  # a text, also after somebody edits it
    "right": {**_TOP, "font_strikeout": True, "quote_prefix": True},  # found right by a person
    "link": {"valign": "top", "font_color": "#0563C1", "underline": 1},
}
Style = dict[str, int]


def write(out: Path, listing: Listing, language: Language) -> None:
    """XlsxWriter writes all but the cells, for which it would take too long; `xlsx.rows` puts them in."""
    counted, per_sheet = summary.summary(listing), LAST_ROW - 1
    lines = listing.all
    pages = [lines[start : start + per_sheet] for start in range(0, len(lines), per_sheet)] or [[]]
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        empty = Path(folder, "empty.xlsx")
        _write_empty(empty, listing, counted, [len(page) for page in pages], language)
        with Package(empty) as package:
            parts = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(pages) + 2)]
            style = dict(zip([*_FORMATS, *LOOKS], xml.styles(package.read(parts[0])), strict=True))
            tables = [_summary(listing, counted, style, language)]
            tables += [_findings(listing, page, style, language) for page in pages]
            cells = {part: xml.filled(package.read(part), table) for part, table in zip(parts, tables, strict=True)}
            package.write(out, cells)


def _summary(listing: Listing, counted: Summary, style: Style, language: Language) -> Iterator[Row]:
    def say(text: Text | str, how: str) -> str:
        return xml.text(words(text, language), style[how])

    yield Row([say(TITLE, "title")], 2)
    yield from (Row([say(sentence, "sentence")]) for sentence in _sentences(listing))
    for section in counted:
        yield Row([])
        yield Row([say(section.title, "section")])
        figures = (summary.ERRORS, summary.WARNINGS, summary.TOTAL)
        heads = [say(head, "head") for head in (section.name, section.about)]
        yield Row([*heads, *(say(head, "figure head") for head in figures)])
        for count in section.counts:
            numbers = [xml.number(each, style["plain"]) for each in (count.errors, count.warnings, count.total)]
            high = max(
                xml.lines(words(text, language), width)
                for text, width in zip((count.name, count.about), _WIDTHS, strict=False)
            )
            yield Row([say(count.name, count.mark or "value"), say(count.about, "plain"), *numbers], high)


def _sentences(listing: Listing) -> list[Text]:
    return [*summary.opening(listing), CARE]


def _first_row_of_columns(listing: Listing, counted: Summary) -> int:
    """Where `_summary` begins to count the columns, from 0: a blank, a title and a head come before each table."""
    before = takewhile(lambda section: section is not counted.columns, counted)
    return 1 + len(_sentences(listing)) + sum(3 + len(section.counts) for section in before) + 3


def _findings(listing: Listing, lines: Sequence[Line], style: Style, language: Language) -> Iterator[Row]:
    yield Row([xml.text(column.name.to(language), style["head"]) for column in listing.columns], 2)
    columns = [(each, style["value" if each.free else "plain"]) for each in listing.columns]
    for line in lines:
        texts = [column.says(line, language) for column in listing.columns]
        cells = [
            xml.text(text, _how(line, column, plain, style))
            for text, (column, plain) in zip(texts, columns, strict=True)
        ]
        if line.found.cell:
            cells[0] = xml.formula(link(line.file, line.sheet, texts[0]), texts[0], style["link"])
        yield Row(cells, max(xml.lines(text, column.width) for text, (column, _) in zip(texts, columns, strict=True)))


def _how(line: Line, column: Head, plain: int, style: Style) -> int:
    """How a column of a line looks: struck through, where a person found it right, but for who did."""
    if line.accepted:
        return plain if column is RIGHT else style["right"]
    return style[line.found.mark] if column is SEVERITY_OF else plain


def _write_empty(out: Path, listing: Listing, counted: Summary, lengths: Sequence[int], language: Language) -> None:
    """The workbook without its cells; row 1 of the first sheet shows every format there is."""
    import xlsxwriter

    with xlsxwriter.Workbook(out) as book:
        title = TITLE.to(language)
        book.set_properties({"title": listing.title.to(language)})
        front = book.add_worksheet(_SUMMARY.to(language))
        for column, how in enumerate(_formats(book)):
            front.write_blank(0, column, None, how)
        for column, width in enumerate(_WIDTHS):
            front.set_column(column, column, width)
        if counted.columns.counts:
            first = _first_row_of_columns(listing, counted)
            front.insert_chart(0, len(_WIDTHS) + 1, *chart(book, front.name, counted.columns, first, language))
        _prepare_for_print(front)
        for number, length in enumerate(lengths, 1):
            page = book.add_worksheet(f"{title} {number}" if number > 1 else title)
            for column, head in enumerate(listing.columns):
                page.set_column(column, column, head.width, None, {"hidden": head.hidden})
                if head.choices and length:
                    page.data_validation(1, column, length, column, _drop_down(head, language))
            page.autofilter(0, 0, max(length, 1), len(listing.columns) - 1)
            page.freeze_panes(1, 1)
            page.ignore_errors({"number_stored_as_text": f"A1:Z{length + 1}"})
            page.repeat_rows(0)
            _prepare_for_print(page)


def _drop_down(head: Head, language: Language) -> dict[str, Any]:
    """Whatever is typed is let in; what takes the list back tells what is wrong."""
    shown = {"show_error": False, "source": [each.to(language) for each in head.choices]}
    hint = (
        {"input_title": head.name.to(language)[:32], "input_message": head.hint.to(language)[:255]} if head.hint else {}
    )
    return {"validate": "list", **shown, **hint}


def _formats(book: Workbook) -> list[Format]:
    own = [book.add_format(how) for how in _FORMATS.values()]
    return own + [book.add_format({**_TOP, **_fill(look)}) for look in LOOKS.values()]


def _fill(look: Look) -> dict[str, Any]:
    return {"pattern": _PATTERNS[look.pattern], "bg_color": f"#{look.ground}", "fg_color": f"#{look.ink}"}


def _prepare_for_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
