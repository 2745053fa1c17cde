"""The error list: a workbook of its own with a row for everything there is to correct."""

from __future__ import annotations

from pathlib import Path

from icare_xl.model import Finding, Language, Report, Text
from icare_xl.say import ORIGIN, SEVERITY

_HEAD = (
    (Text("Cell", "Cellule"), 9),
    (Text("Field", "Champ"), 32),
    (Text("Value", "Valeur"), 24),
    (Text("What is wrong, and what to do", "Ce qui ne va pas et ce qu’il faut faire"), 80),
    (Text("Enter instead", "À inscrire à la place"), 24),
    (Text("Severity", "Gravité"), 14),
    (Text("Rule", "Règle"), 8),
    (Text("Where the rule comes from", "Origine de la règle"), 26),
)
_NAME = Text("Findings", "Constats")


def write_list(out: Path, report: Report, book: str, sheet: str, language: Language) -> None:
    """Write the list to `out`. Its links lead to the cells of `sheet` in the workbook `book`, a path or a name."""
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        bold = workbook.add_format({"bold": True, "bottom": 1})
        link = workbook.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        page = workbook.add_worksheet(_NAME.to(language))
        for column, (head, width) in enumerate(_HEAD):
            page.set_column(column, column, width, plain)
            page.write_string(0, column, head.to(language), bold)
        for row, each in enumerate(report.findings, 1):
            if each.cell:
                page.write_formula(row, 0, _link(book, sheet, each.cell), link, each.cell)
            for column, text in enumerate(_words(each, language), 1):
                page.write_string(row, column, text)
        page.autofilter(0, 0, max(len(report.findings), 1), len(_HEAD) - 1)
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)


def _words(found: Finding, language: Language) -> list[str]:
    return [
        found.label or "",
        found.value,
        found.message.to(language),
        found.suggestion or "",
        SEVERITY[found.severity].to(language),
        found.rule,
        ORIGIN[found.origin].to(language),
    ]


def _link(book: str, sheet: str, cell: str) -> str:
    """A formula, since Excel keeps at most 65,530 links of the other kind on a sheet."""
    target = f"[{book}]'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
    return f'=HYPERLINK({_literal(target)},"{cell}")'


def _literal(text: str) -> str:
    """A text in a formula, in pieces of no more than the 255 signs that Excel takes."""
    pieces = (text[start : start + 250] for start in range(0, len(text), 250))
    return "&".join('"{}"'.format(piece.replace('"', '""')) for piece in pieces)
