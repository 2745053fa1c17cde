"""A sheet with one cause has it at the top, and hardly anything above the first cell: in the terminal, the box and the list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from itertools import count, islice, takewhile
from pathlib import Path
from textwrap import wrap

import openpyxl
import pytest

from icare_xl.check.engine import check_folder
from icare_xl.check.error_list import Checked, Listing, write_list
from icare_xl.check.sentences import cause_named
from icare_xl.excel.dialog import Dialog
from icare_xl.excel.reading import Reading
from icare_xl.excel.session import Session
from icare_xl.model.finding import Diagnosis
from icare_xl.model.text import Language
from icare_xl.workbooks.excel.application import LONGEST_IN_BAR
from tests import support
from tests.conftest import Run
from tests.support.breaking import BREAKERS, Case, alone
from tests.support.breaking.written import write
from tests.support.sheets import TODAY

MOST = 7  # lines above the first cell
WIDE = 100  # signs of a line in a box
EVERY_CAUSE = pytest.mark.parametrize("code", sorted(BREAKERS))
LANGUAGES: tuple[Language, ...] = ("en", "fr")
_CELL = re.compile(r"[A-Z]{1,3}\d+ {2}")  # begins the line of a finding
_BLOCK = re.compile(r"<(h1|p|summary|tr)\b[^>]*>(.*?)</\1>", re.S)


# Where identifiers got into the column of record numbers, which takes any number, CA05 leaves that column out, and what is then
# odd in it is named too: three causes more, CA15 and CA16. The promise is not kept there:
#     "CA05 18": 8 lines in the terminal (en 6, 191, 133, 137, 134, 40, 0, 142 signs; fr 6, 212, 170, 174, 171, 58, 0, 162),
#     in the box 9 lines of 100 signs in English, 10 in French;
#     "CA05 30": 8 lines in the terminal (en 6, 173, 133, 134, 148, 40, 0, 124 signs; fr 6, 194, 170, 171, 178, 58, 0, 144),
#     in the box 9 lines of 100 signs in English, 9 in French.
# assert len(before) <= MOST  # of test_in_the_terminal, with these two
# assert len(texts) <= MOST and len(lines) <= MOST  # of test_in_the_box, with these two
LONGER: set[str] = set()


@cache
def sheets(code: str) -> list[Case]:
    """Sheets with this cause and no other fault, of which it is named first with exactly its rows."""
    broken = (case for number in count(0, 2) if (case := alone(code, number)).seed not in LONGER)
    known = (case for case in broken if case.hit(case.puts[0]))
    return [*islice(known, 10 if support.thorough else 2)]


def cause_of(case: Case) -> Diagnosis:
    return case.report.diagnoses[0]


@EVERY_CAUSE
def test_in_the_terminal(code: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is another file too, its lines come later."""
    for number, case in enumerate(sheets(code)):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        path = write(case, folder).name
        for language in LANGUAGES:
            words = [path, *(each.name for each in folder.glob("b.xlsx")), "--today", TODAY.today, "--lang", language]
            said = run("check", *words).stdout.splitlines()
            details = said[said.index(path) :]  # behind the total of several files
            before = [*takewhile(lambda line: line != "b.xlsx" and not _CELL.match(line), details)]
            assert before[:2] == [path, cause_of(case).told.to(language)], case.seed
            assert len(before) <= MOST, (case.seed, before)


@dataclass
class Told:
    """Excel, as far as a box needs it."""

    boxes: list[str] = field(default_factory=list)
    bar: str = ""
    longest_in_bar = LONGEST_IN_BAR

    def tell(self, text: str, title: str) -> None:
        self.boxes.append(text)

    def status(self, text: str) -> None:
        self.bar = text


@dataclass
class Box(Dialog):
    """What Check says of a sheet that was read."""

    reading: Reading
    tell_checked, _after_the_check = Session.tell_checked, Session._after_the_check


@pytest.mark.parametrize("code", [code for code, each in sorted(BREAKERS.items()) if not each.folder])
def test_in_the_box(code: str, tmp_path: Path) -> None:
    for case in sheets(code):
        for language in LANGUAGES:
            excel = Told()
            reading = Reading(case.sheet, TODAY, (), tmp_path / "messages.csv", lambda uploads: None)
            Box(excel, language, tmp_path, reading).tell_checked()  # type: ignore[arg-type]
            (box,) = excel.boxes
            texts = box.split("\n\n")
            lines = [line for text in texts for line in wrap(text, WIDE)]
            assert texts[0].startswith(cause_of(case).says.to(language)), case.seed
            assert excel.bar[:WIDE] == texts[0][:WIDE], case.seed
            assert len(texts) <= MOST and len(lines) <= MOST, (case.seed, [*map(len, lines)])


@EVERY_CAUSE
def test_in_the_list(code: str, tmp_path: Path) -> None:
    for case in sheets(code):
        files = [case.sheet, *case.others]
        reports = check_folder(files, TODAY)
        listing = Listing(
            [Checked(Path(f"{n}.xlsx"), *each) for n, each in enumerate(zip(files, reports, strict=True))]
        )
        for language in LANGUAGES:
            said = cause_named(cause_of(case)).to(language)
            for form, lines_of in ((".xlsx", rows_of), (".html", blocks_of)):
                out = tmp_path / f"list{form}"
                write_list(out, listing, language)
                lines = lines_of(out)
                before = [*takewhile(lambda line: not line.startswith("CA"), lines)]
                assert len(before) <= MOST and lines[len(before)] == said, (case.seed, before)


def rows_of(path: Path) -> list[str]:
    """What stands in column A of the summary."""
    book = openpyxl.load_workbook(path, read_only=True)
    found = [str(row[0] or "") for row in book.worksheets[0].iter_rows(max_col=1, values_only=True)]
    book.close()
    return found


def blocks_of(path: Path) -> list[str]:
    """The lines of a page; of a table's line, its first cell."""
    inside = (found[2].partition("</th>")[0] for found in _BLOCK.finditer(path.read_text("utf-8")))
    return [unescape(re.sub(r"<[^>]+>", "", each)) for each in inside]
