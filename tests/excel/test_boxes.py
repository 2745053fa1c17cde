"""What a box holds: as much as a small screen shows, and always what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icare_xl.cli import main
from icare_xl.excel import next_steps, press  # every fault that can be told is loaded with it
from icare_xl.excel.buttons.tab import BUTTONS
from icare_xl.excel.dialog import LINES, Dialog, lines_shown
from icare_xl.model.errors import IcareError
from icare_xl.model.text import Language, Text
from tests.stand_in.engine import shown_in_box
from tests.support import ROOT
from tests.support.boxes import STEPS, is_step

LONG = st.text("abc déf \n", max_size=900).map(lambda text: Text(text, text))


class _Screen:
    """An Excel that only shows boxes."""

    longest_in_bar = longest_prompt = 255

    def __init__(self) -> None:
        self.box = ""

    def status(self, text: str) -> None:
        pass

    def tell(self, text: str, title: str) -> None:
        self.box = text


def told(*texts: Text, language: Language = "en") -> str:
    screen = _Screen()
    Dialog(screen, language, Path()).tell(*texts, then=next_steps.GO_ON)  # type: ignore[arg-type]
    return screen.box


@given(st.lists(LONG, min_size=1, max_size=30))
def test_a_box_has_at_most_twelve_lines_as_shown(texts: list[Text]) -> None:
    box = told(*texts)
    assert lines_shown(box) <= LINES and len(shown_in_box(box)) <= LINES
    assert box.endswith(next_steps.GO_ON.en)


def test_what_does_not_fit_is_counted() -> None:
    assert "… and 11 more." in told(*(Text(f"Line {number}.", "") for number in range(20)))


def test_a_very_long_text_is_cut_quickly() -> None:
    box = told(Text("word " * 200_000, ""))
    assert "…" in box and lines_shown(box) <= LINES


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_comes_next_names_buttons_as_the_ribbon_does(language: Language) -> None:
    labels = [button.label.to(language) for button in BUTTONS.values()]
    for step in STEPS:
        text = step.to(language)
        if "press" in step.en and "{button}" not in step.en:
            assert any(label in text for label in labels), text


def recorded_boxes() -> Iterator[tuple[str, str, str]]:
    """The boxes of all recorded plays: the play, the buttons of the box, what it says."""
    for path in sorted((ROOT / "tests/expected").glob("buttons_*.txt")):
        kind, lines = "", list[str]()
        for line in [*path.read_text("utf-8").splitlines(), "end"]:
            if kind and not line.startswith("  ") and line:
                yield path.stem, kind, "\n".join(lines).strip()
                kind = ""
            if match := re.match(r"(\w+) box: ", line):
                kind, lines = match[1], []
            elif kind:
                lines.append(line[2:])


def faults(of: type[IcareError]) -> list[type[IcareError]]:
    return [each for one in of.__subclasses__() for each in (one, *faults(one))]


assert press
COMMAND_LINE = re.compile(rf"--\w|\bicare-xl ({'|'.join(main.commands)})\b|\bpending\b|\bwithdrawn\b|exit code")
BOXES = list(recorded_boxes())
FAULTS = [
    re.compile(re.sub(r"\\\{\w+\\\}", "(?s:.*)", re.escape(text)))
    for each in faults(IcareError)
    for text in (each.says.en, each.says.fr)
]


def test_every_recorded_box_fits_and_says_what_comes_next_or_asks_or_tells_what_stands_in_the_way() -> None:
    for play, kind, text in BOXES:
        assert len(shown_in_box(text)) <= LINES, (play, text)
        if kind == "ok":
            step = text.rpartition("\n\n")[2]
            assert is_step(step) or any(fault.fullmatch(text) for fault in FAULTS), (play, text)


def test_no_recorded_box_has_a_word_of_the_command_line() -> None:
    for play, _, text in BOXES:
        assert not COMMAND_LINE.search(text), (play, text)
