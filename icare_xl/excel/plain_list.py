"""A list of sentences as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from icare_xl.model.text import Language, Text


def write(out: Path, title: Text, lines: Iterable[Text], language: Language) -> None:
    """One sentence in each row, on a sheet of this name."""
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        page = workbook.add_worksheet(title.to(language))
        page.set_column(0, 0, 110, workbook.add_format({"text_wrap": True, "valign": "top"}))
        for row, line in enumerate(lines):
            page.write_string(row, 0, line.to(language))
