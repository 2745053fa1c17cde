"""Workbooks on the disk, checked each and with each other: those of a month."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from icare_xl.check.engine import Memory, check_folder
from icare_xl.check.error_list.listing import Checked, Listing
from icare_xl.check.errors import NoWorkbooks
from icare_xl.icare import recognise
from icare_xl.model.check_date import CheckDate
from icare_xl.model.errors import text_of
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text
from icare_xl.workbooks.file import FileHost


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks of a folder, but for the lock files of an open Excel. Raises NoWorkbooks."""
    found = [each for each in sorted(folder.iterdir()) if each.suffix.lower() == ".xlsx" and each.name[:2] != "~$"]
    if not found:
        raise NoWorkbooks(path=folder)
    return found


def check_files(
    paths: Iterable[Path],
    when: CheckDate,
    without: Collection[str] = (),
    name: str | None = None,
    memory: Memory | None = None,
) -> Listing:
    """What is wrong in each of these workbooks, in the sheet of this name where one is given, but for the warnings that `memory`
    has as right. One that cannot be used is left out, and the others are checked all the same.
    """
    sheets: dict[Path, Sheet] = {}
    left_out: dict[Path, Text] = {}
    for path in paths:
        if path in sheets or path in left_out:
            continue
        try:
            with FileHost(path) as host:
                sheets[path] = recognise.upload_sheet(host, name)
        except Exception as fault:
            left_out[path] = text_of(fault)
    reports = check_folder(list(sheets.values()), when, without, memory=memory)
    checked = [Checked(path, sheet, report) for (path, sheet), report in zip(sheets.items(), reports, strict=True)]
    return Listing(checked, left_out)
