"""The undo log on disk: what was written last week can still be put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from icare_xl.excel import last_marks, undo_log
from icare_xl.excel.private_folder import short
from icare_xl.excel.undo_log import Change
from icare_xl.model.finding import Marks
from icare_xl.model.text import Text

BOOK, SHEET = "C:\\été.xlsx", "iCARE Template"
BEFORE: Marks = {"missing": set(), "wrong": {(4, 5), (5, 5)}, "warning": {(9, 7)}}
AFTER: Marks = {"missing": set(), "wrong": {(5, 5)}, "warning": {(9, 7)}}
TEXTS = (
    Change(
        BOOK, SHEET,
        before={(4, 5): "m1b5k1", (2503, 94): 41794.0, (5, 3): True},
        after={(4, 5): "M1B5K1", (2503, 94): "2014-06-04", (5, 3): "Yes"},
        marks=(BEFORE, AFTER),
        rows={4: "a1", 5: "ff"},
        clients={4: {2: "9", 3: ""}},
        button=Text("Propose", "Proposer"),
    ),
    r"""{"book": "C:\\été.xlsx", "sheet": "iCARE Template", """
    """"before": {"F4": "m1b5k1", "CQ2503": 41794.0, "D5": true}, """
    """"after": {"F4": "M1B5K1", "CQ2503": "2014-06-04", "D5": "Yes"}, """
    """"marks": [{"missing": [], "wrong": ["F4:F5"], "warning": ["H9"]}, {"missing": [], "wrong": ["F5"], "warning": ["H9"]}], """
    """"by": null, "rows": {"4": "a1", "5": "ff"}, "clients": {"4": {"2": "9", "3": ""}}, """
    """"button": ["Propose", "Proposer"]}""",
)  # fmt: skip
MARKS = (
    Change(BOOK, SHEET, marks=(None, AFTER), by="check"),
    r"""{"book": "C:\\été.xlsx", "sheet": "iCARE Template", "before": {}, "after": {}, """
    """"marks": [null, {"missing": [], "wrong": ["F5"], "warning": ["H9"]}], "by": "check", "rows": {}, "clients": {}, """
    """"button": ["", ""]}""",
)


@pytest.mark.parametrize(("change", "written"), [TEXTS, MARKS])
def test_a_change_is_written_and_read_as_it_always_was(change: Change, written: str, tmp_path: Path) -> None:
    undo_log.remember(change, tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.read_text("utf-8") == written
    assert undo_log.last(BOOK, tmp_path) == change
    undo_log.forget_last(BOOK, tmp_path)
    assert undo_log.last(BOOK, tmp_path) is None


def test_a_change_from_before_buttons_were_written_down_is_still_read(tmp_path: Path) -> None:
    old = MARKS[1].replace(', "button": ["", ""]', "")
    (tmp_path / f"{short(BOOK)}-1.json").write_text(old, "utf-8")
    assert undo_log.last(BOOK, tmp_path) == MARKS[0]


@pytest.mark.parametrize("cut_off", ["", "{", "{}", "[]", "null", TEXTS[1][:-90], TEXTS[1].replace('"F4"', '""')])
def test_a_change_that_was_cut_off_is_passed_over(cut_off: str, tmp_path: Path) -> None:
    undo_log.remember(MARKS[0], tmp_path)
    (tmp_path / f"{short(BOOK)}-9999999999999999999.json").write_text(cut_off, "utf-8")
    assert undo_log.marked_by(BOOK, SHEET, tmp_path) == "check"


def test_marks_are_noted_as_they_always_were(tmp_path: Path) -> None:
    last_marks.note("b", "s", BEFORE, 3, tmp_path)
    assert (tmp_path / "3e23e8160039594a-043a718774c572bd.txt").read_text("utf-8") == "be4a17a124419212 3"
    assert last_marks.are_noted("b", "s", BEFORE, 3, tmp_path)
    assert not last_marks.are_noted("b", "s", BEFORE, 4, tmp_path)
    assert not last_marks.are_noted("b", "s", AFTER, 3, tmp_path)
