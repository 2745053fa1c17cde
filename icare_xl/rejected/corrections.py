"""What was corrected in a rejected file, client by client, so that the case management system can be corrected too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from icare_xl.model.addresses import runs
from icare_xl.model.normalise import collapse_blanks
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Language, Text
from icare_xl.rejected import matching
from icare_xl.rejected.errors import DifferentServices
from icare_xl.workbooks.atomic import output_file
from icare_xl.workbooks.errors import OutputNotList
from icare_xl.workbooks.html import html_page

CLIENT = "client_validation_id"


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell that is not what it was. `client` is the identifier that the case management system still has."""

    client: str
    row_before: int
    row_after: int
    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """Sorted by client, then by row; `only_before` and `only_after` are Excel rows that match none of the other file."""

    found: tuple[Correction, ...]
    only_before: tuple[int, ...]
    only_after: tuple[int, ...]

    @property
    def by_client(self) -> Iterator[tuple[str, list[Correction]]]:
        for client, found in groupby(self.found, key=lambda each: each.client):
            yield client, list(found)


def compare(before: Sheet, after: Sheet) -> Corrections:
    """The cells that differ, outer blanks aside, in rows that are the same; column A does not count.

    Raises DifferentServices.
    """
    if len({sheet.template.service for sheet in (before, after)} - {None}) > 1:
        raise DifferentServices
    matches = matching.corrected(before, after)
    old, new = matching.values(before), matching.values(after)
    found = [
        Correction(
            old[one].get(CLIENT, ""),
            one,
            other,
            field.id,
            field.label,
            old[one].get(field.id, ""),
            new[other].get(field.id, ""),
        )
        for one, other in matches.pairs
        for field in after.fields()
        if collapse_blanks(old[one].get(field.id, "")) != collapse_blanks(new[other].get(field.id, ""))
    ]
    found.sort(key=lambda each: (each.client, each.row_before))
    return Corrections(tuple(found), matches.only_before, matches.only_after)


_TITLE = Text("Corrections to carry back", "Corrections à reporter")
_HEAD = (
    (Text("Client", "Client"), 18),
    (Text("Row", "Ligne"), 8),
    (Text("Field", "Champ"), 40),
    (Text("Old value", "Ancienne valeur"), 30),
    (Text("New value", "Nouvelle valeur"), 30),
)
_NO_CLIENT = Text("(no identifier)", "(aucun identifiant)")
_UNMATCHED = Text(
    "Rows not compared, as they match none of the other file: {before} (before), {after} (after).",
    "Lignes non comparées, car elles ne correspondent à aucune de l’autre fichier : {before} (avant), {after} (après).",
)
_STYLE = """
body { font: 15px/1.45 "Segoe UI", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
section { break-inside: avoid; margin-top: 2rem } table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #999; padding: .3rem .6rem; text-align: left; vertical-align: top } del { color: #8a1f11 }
"""


def unmatched(given: Corrections) -> Text | None:
    """The rows that could not be compared, if there are any."""
    if not given.only_before and not given.only_after:
        return None
    before, after = (runs(rows) or "–" for rows in (given.only_before, given.only_after))
    return _UNMATCHED.format(before=before, after=after)


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
            for column, value in enumerate((each.client, str(each.row_after), each.label, each.old, each.new)):
                page.write_string(row, column, _as_it_is(value))
        if missing := unmatched(given):
            page.write_string(row + 2, 0, missing.to(language))
        page.autofilter(0, 0, max(row, 1), len(_HEAD) - 1)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)


def _as_it_is(value: str) -> str:
    """XlsxWriter takes a text in <r> for the markup of one; so it gets that markup."""
    return f"<r><t>{escape(value)}</t></r>" if value.startswith("<r>") and value.endswith("</r>") else value


def page(given: Corrections, language: Language) -> str:
    """The same as HTML to print: a table for each client."""

    def cells(tag: str, texts: Sequence[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts) + "</tr>"

    def body() -> Iterator[str]:
        for client, found in given.by_client:
            yield f"<section><h2>{escape(client or _NO_CLIENT.to(language))}</h2><table>"
            yield cells("th", [text.to(language) for text, _ in _HEAD[1:]])
            yield from (cells("td", [str(each.row_after), each.label, each.old, each.new]) for each in found)
            yield "</table></section>"
        if missing := unmatched(given):
            yield f"<p>{escape(missing.to(language))}</p>"

    return html_page(_TITLE, _STYLE, body(), language)
