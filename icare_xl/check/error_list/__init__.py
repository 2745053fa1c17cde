"""The error list: everything there is to correct, as a workbook or as a web page."""

from __future__ import annotations

from pathlib import Path

from icare_xl.check.error_list import page, workbook
from icare_xl.check.error_list.listing import Checked, Listing
from icare_xl.model.text import Language
from icare_xl.workbooks.atomic import output_file
from icare_xl.workbooks.errors import OutputNotList

__all__ = ["Checked", "Listing", "must_be_a_list", "write_list"]

_FORMS = {".xlsx": workbook.write, ".html": page.write}


def must_be_a_list(out: Path) -> None:
    """Raises where the name does not say which of the two forms is wanted."""
    if out.suffix.lower() not in _FORMS:
        raise OutputNotList(path=out)


def write_list(out: Path, listing: Listing, language: Language) -> None:
    """Write the form that the name of `out` asks for: whole or not at all, never over a workbook that was checked."""
    must_be_a_list(out)
    with output_file(out, *(each.file for each in listing.checked), *listing.left_out) as temporary:
        _FORMS[out.suffix.lower()](temporary, listing, language)
