"""The list of what was corrected, as a workbook or as a page to print: what to carry back, client by client."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape
from pathlib import Path

from icare_xl.model.text import Language, Text
from icare_xl.rejected.corrections import Corrections
from icare_xl.rejected.sentences import unmatched
from icare_xl.workbooks.as_it_is import as_it_is
from icare_xl.workbooks.atomic import output_file
from icare_xl.workbooks.errors import OutputNotList
from icare_xl.workbooks.html import html_page

_TITLE = Text("Corrections to carry back", "Corrections à reporter")
_HEAD = (
    (Text("Client", "Client"), 18),
    (Text("Row", "Ligne"), 8),
    (Text("Label", "Libellé"), 40),
    (Text("Old value", "Ancienne valeur"), 30),
    (Text("New value", "Nouvelle valeur"), 30),
    (Text("Done", "Fait"), 7),
)
_NO_CLIENT = Text("(no identifier)", "(aucun identifiant)")
_STYLE = """
section { break-inside: avoid; margin-top: 2rem } del { color: var(--gone) }
"""


def write(out: Path, given: Corrections, language: Language, inputs: Collection[Path] = ()) -> None:
    """The list as a workbook or as a page, by the ending of `out`; whole or not at all, and never over an input."""
    if out.suffix.lower() not in (".xlsx", ".html"):
        raise OutputNotList(path=out)
    with output_file(out, *inputs) as temporary:
        if out.suffix.lower() == ".html":
            temporary.write_text(page(given, language), "utf-8")
        else:
            write_workbook(temporary, given, language)


def write_workbook(out: Path, given: Corrections, language: Language) -> None:
    """One row for each corrected cell, the clients one after the other."""
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        head, plain = workbook.add_format({"bold": True, "bottom": 1}), workbook.add_format({"text_wrap": True})
        page = workbook.add_worksheet(_TITLE.to(language)[:31])
        for column, (text, width) in enumerate(_HEAD):
            page.set_column(column, column, width, plain)
            page.write_string(0, column, text.to(language), head)
        row = 0
        for row, each in enumerate(given.found, 1):
            for column, value in enumerate((each.client, str(each.row_after), each.label, each.old, each.new, "☐")):
                page.write_string(row, column, as_it_is(value))
        if missing := unmatched(given):
            page.write_string(row + 2, 0, missing.to(language))
        page.autofilter(0, 0, max(row, 1), len(_HEAD) - 1)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)


def page(given: Corrections, language: Language) -> str:
    """The same as HTML to print: a table for each client."""

    heads = [text.to(language) for text, _ in _HEAD[1:]]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)

    def row(texts: Sequence[str]) -> str:
        pairs = zip(heads, texts, strict=True)
        return "<tr>" + "".join(f'<td data-head="{escape(of)}">{escape(text)}</td>' for of, text in pairs) + "</tr>"

    def body() -> Iterator[str]:
        for client, found in given.by_client:
            yield f"<section><h2>{escape(client or _NO_CLIENT.to(language))}</h2><table>"
            yield f"<thead><tr>{head}</tr></thead><tbody>"
            yield from (row([str(each.row_after), each.label, each.old, each.new, "☐"]) for each in found)
            yield "</tbody></table></section>"
        if missing := unmatched(given):
            yield f"<p>{escape(missing.to(language))}</p>"

    return html_page(_TITLE, _STYLE, body(), language)
