"""Every button over real COM, from another process than the stand-in for Excel: it ends as it does beside the stand-in."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from icare_xl.excel import press as pressing
from icare_xl.excel.buttons.tab import BUTTONS
from icare_xl.excel.dialog import TITLE
from icare_xl.icare.example import WORKBOOKS, write
from icare_xl.workbooks.excel import attach
from icare_xl.workbooks.marks import FORMULA, LOOKS
from tests.stand_in.engine import Excel, in_place
from tests.stand_in.with_openpyxl import OpenpyxlBackend
from tests.support import ROOT

over_com: Any = pytest.importorskip(
    "tests.stand_in.over_com", reason="COM is there on Windows only", exc_type=ImportError
)

JANUARY, REJECTED = WORKBOOKS
BEFORE = {  # what is pressed first, so that a button has something to do
    "previous_finding": ["next_finding"],
    "next_of_its_kind": ["next_finding"],
    "explain_cell": ["next_finding"],
    "propose": ["next_finding"],
    "clear_marks": ["check"],
    "list_corrections": ["read_notes", "strip_notes"],
    "undo": ["fix_format", "check"],
    "forget": ["fix_format"],
}
OF_REJECTED = {"read_notes", "strip_notes", "list_corrections"}


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    server = over_com.Server()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("démo")
    write(folder)
    return folder


def play(action: str, excel: Excel, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press the button, with what has to come before it; every question is answered yes."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: own)
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: own / "documents")
    monkeypatch.setattr("icare_xl.settings.default_ledger", lambda: own / "ledger")
    for each in [*BEFORE.get(action, []), action]:
        excel.answers[:] = ["yes"]
        pressing.press(each, attach(excel.hwnd), "fr", date(2026, 2, 3), lambda _: None)
    assert not (own / "log.txt").exists(), (own / "log.txt").read_text("utf-8")


@pytest.mark.parametrize("action", BUTTONS)
def test_a_press_ends_as_beside_the_stand_in(
    action: str, example: Path, server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = [] if BUTTONS[action].alone else [example / (REJECTED if action in OF_REJECTED else JANUARY)]
    with in_place(OpenpyxlBackend()) as excel:
        for path in books:
            excel.open(path)
        play(action, excel, tmp_path / "beside", monkeypatch)
        beside = over_com.state(excel)
    name = server.ask("new", *map(str, books))
    with over_com.attached(name) as boxes:
        play(action, boxes, tmp_path / "over", monkeypatch)
    held, typed, calls = server.ask("state")
    assert held == beside
    shown = said([*boxes.alerts, *typed], tmp_path / "over")  # Excel itself shows what asks for a text or a file
    assert sorted(shown) == sorted(said(excel.alerts, tmp_path / "beside"))
    assert Counter(calls) == Counter(excel.calls)  # the members of a collection are asked for ahead


def said(alerts: Iterable[Iterable[object]], own: Path) -> list[tuple[str, ...]]:
    """The boxes, whatever their folder is named."""
    return [tuple(str(each).replace(str(own), "…") for each in alert) for alert in alerts]


def test_the_command_of_a_button_does_so_in_a_process_of_its_own(server: Any, example: Path) -> None:
    name = server.ask("new", str(example / JANUARY))
    words = [sys.executable, "-m", "tests.stand_in.over_com", name, *["press", "check", "--hwnd", "1", "--lang", "fr"]]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    [(prompt, title, *_)] = json.loads(done.stdout)
    assert prompt.startswith("12 lignes vérifiées") and title == TITLE.fr
    ([held], _, _) = server.ask("state")
    rules = held["sheets"][held["front"]][2]
    assert len(rules) == len(LOOKS) and {formula for _, formula, *_ in rules} == {f"={FORMULA}"}
