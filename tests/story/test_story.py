"""The story is what happens, in both languages, in both stand-ins for Excel; and each step leads to the next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from icare_xl.excel.buttons.tab import BUTTONS
from icare_xl.model.text import Language
from tests.conftest import an_excel
from tests.stand_in.engine import Excel
from tests.story.stage import FILES, told
from tests.story.teller import Teller

excel = pytest.fixture(params=["openpyxl", "libreoffice"])(an_excel)
pytestmark = pytest.mark.thorough
COMMAND_LINE = re.compile(r"--\w|\bicare-xl (?!is\b|has\b|knows\b)\w|\bpending\b|\bwithdrawn\b|exit code")


@pytest.fixture(params=["en", "fr"])
def teller(request: pytest.FixtureRequest, excel: Excel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Teller:
    return told(excel, request.param, tmp_path, monkeypatch)


def test_is_told_as_it_happens(teller: Teller) -> None:
    """`python -m tests.story` writes it again. After each step no row was in two files in force (see the teller)."""
    assert teller.story == FILES[teller.language].read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_step_names_the_next(language: Language) -> None:
    """What was seen names the button that is pressed then, unless another workbook was opened. A finding at the bottom of the
    window is corrected as the person sees fit, and then the walk goes on.
    """
    labels = {f"**{button.label.to(language)}**": button for button in BUTTONS.values()}
    walking = {"next_finding", "propose", "explain_cell", "fix_format"}
    seen, lost = "", []
    for line in FILES[language].read_text("utf-8").splitlines():
        if line.startswith(("#", "Opens ", "Ouvre ")):
            seen = ""
        elif line.startswith(("> ", "*")) and line not in labels:
            seen += line
        elif button := labels.get(line):
            on_the_walk = seen.startswith("*") and button.id in walking
            if seen and not on_the_walk and button.label.to(language) not in seen:
                lost.append((line, seen[-200:]))
            seen = ""
    assert not lost


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_word_of_the_command_line_is_in_it(language: Language) -> None:
    text = FILES[language].read_text("utf-8")
    assert not COMMAND_LINE.search(text.replace("python -m tests.story", ""))
