"""What the program does, compared with what is written down in tests/expected: every command, every button, every rule.

After a change that is meant, `pytest tests/test_expected.py --refresh` writes the folder again; its `git diff` then reads as
old against new. See tests/recorded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

from icare_xl.blank import write_workbook
from tests.recorded import inputs
from tests.recorded.commands import CASES
from tests.recorded.plain import make_the_same
from tests.recorded.transcript import Case, transcript

EXPECTED = Path(__file__).parent / "expected"
REFRESH = "pytest tests/test_expected.py --refresh"
LONGEST = 60  # lines of a difference
Compare = Callable[[str, str], None]


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """`compare("check", text)` compares with what is written down of a case, or writes it down where that is asked for."""

    def compare(name: str, text: str) -> None:
        path = EXPECTED / f"{name}.txt"
        if request.config.getoption("--refresh"):
            path.write_text(text, "utf-8", newline="\n")
            return
        expected = path.read_text("utf-8") if path.exists() else ""
        if text != expected:
            pytest.fail(difference(name, expected, text), pytrace=False)

    return compare


def difference(name: str, expected: str, found: str) -> str:
    """Old against new, as `git diff` shows it, with the command or the button that it belongs to."""
    lines = list(
        unified_diff(*(each.splitlines() for each in (expected, found)), "expected", "found", lineterm="", n=2)
    )
    more = [f"… and {len(lines) - LONGEST} lines more"] if len(lines) > LONGEST else []
    told = [f"{each[:300]}…" if len(each) > 300 else each for each in lines[:LONGEST]]
    return "\n".join(
        [f"tests/expected/{name}.txt is not what happens now:", *told, *more, f"If it is meant: {REFRESH}"]
    )


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the inputs are made, each once."""
    return tmp_path_factory.mktemp("inputs")


def not_on_windows() -> None:
    if sys.platform == "win32":
        pytest.skip("written down where paths have slashes; what is different on Windows, tests/test_windows.py has")


@pytest.fixture
def folders(tmp_path: Path, own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The folder that a case works in, and that of the person's settings, by the names under which they are shown."""
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return {"folder": folder, "settings": own_settings.parent}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_commands(
    case: Case, folders: dict[str, Path], made: Path, monkeypatch: pytest.MonkeyPatch, compare: Compare
) -> None:
    not_on_windows()
    monkeypatch.setitem(write_workbook.__kwdefaults__, "prepared", 20)  # the demo's 2,500 rows take seconds
    for name in case.files:
        inputs.put(name, made, folders["folder"])
    make_the_same(monkeypatch, case.name)
    compare(case.name, transcript(case, folders))


def test_every_file_belongs_to_a_case() -> None:
    assert {path.stem for path in EXPECTED.glob("*.txt")} == {case.name for case in CASES}
