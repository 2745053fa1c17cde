"""What the program does, compared with what is written down in tests/expected: every command, every button, every rule.

`pytest tests/test_expected.py --thorough` compares. After a change that is meant, `… --refresh` writes the folder again; its
`git diff` then reads as old against new. See tests/recorded.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from icare_xl.excel.buttons.tab import BUTTONS
from icare_xl.icare.blank_workbook import write_workbook
from icare_xl.model.text import Language
from tests.recorded import inputs
from tests.recorded.commands import CASES
from tests.recorded.examples import KINDS, examples
from tests.recorded.plain import make_the_same
from tests.recorded.playing import Opening, Play, played
from tests.recorded.plays import PLAYS
from tests.recorded.transcript import Case, transcript
from tests.stand_in.engine import Excel, in_place

EXPECTED = Path(__file__).parent / "expected"
REFRESH = "pytest tests/test_expected.py --refresh"
pytestmark = pytest.mark.thorough
GENUINE = Case("genuine", ("genuine.xlsx",), "check genuine.xlsx --today 2026-02-03 : en fr json")
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
    """Old against new, as `git diff` shows it, each piece with the command or the button and the file that it belongs to."""
    old, new = expected.splitlines(), found.splitlines()
    lines = [
        f"{each} {_belongs_to(old, int(each.split()[1].lstrip('-').partition(',')[0]))}" if each[:2] == "@@" else each
        for each in unified_diff(old, new, "expected", "found", lineterm="", n=2)
    ]
    more = [f"… and {len(lines) - LONGEST} lines more"] if len(lines) > LONGEST else []
    told = [f"{each[:300]}…" if len(each) > 300 else each for each in lines[:LONGEST]]
    return "\n".join(
        [f"tests/expected/{name}.txt is not what happens now:", *told, *more, f"If it is meant: {REFRESH}"]
    )


def _belongs_to(lines: list[str], number: int) -> str:
    """The last command or button before a line, and the last file after that."""
    command = file = ""
    for line in lines[:number]:
        if line[:2] in ("$ ", "> "):
            command, file = line, ""
        elif line.partition(" ")[0] in ("wrote", "changed", "opened"):
            file = f", {line}"
    return command + file


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the inputs are made, each once."""
    return tmp_path_factory.mktemp("inputs")


def not_on_windows() -> None:
    if sys.platform == "win32":
        pytest.skip("written down where paths have slashes; what is different on Windows, tests/test_windows.py has")


@pytest.fixture
def folders(own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Path]]:
    """The folder that a case works in, and that of the person's settings, by the names under which they are shown.

    Its path is short wherever pytest has its own: a status bar cuts what is long.
    """
    with TemporaryDirectory(prefix="icare-", ignore_cleanup_errors=True) as temporary, monkeypatch.context() as inside:
        folder = Path(temporary, "folder")
        folder.mkdir()
        inside.chdir(folder)
        yield {"folder": folder, "settings": own_settings.parent}


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


@pytest.fixture
def excel() -> Iterator[Excel]:
    with in_place(Opening()) as excel:
        yield excel
        excel.close_all()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.name)
def test_buttons(
    play: Play, language: Language, excel: Excel, folders: dict[str, Path], made: Path,
    monkeypatch: pytest.MonkeyPatch, compare: Compare,
) -> None:  # fmt: skip
    not_on_windows()
    for name in ("own", "documents"):
        folders[name] = folders["folder"].with_name(name)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: folders["own"])
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: folders["documents"])
    for name in play.files:
        inputs.put(name, made, folders["folder"])
    if play.name == "example":  # the example is there already: `icare-xl demo` has how it is written
        folders["documents"].joinpath("icare-demo").mkdir(parents=True)
        for name in ("january.xlsx", "january_rejected.xlsx"):
            inputs.put(name, made, folders["documents"] / "icare-demo")
    make_the_same(monkeypatch, play.name)
    compare(f"buttons_{play.name}_{language}", played(play, excel, language, folders, monkeypatch))


@pytest.mark.parametrize("about", KINDS)
def test_rules(about: str, compare: Compare) -> None:
    compare(f"rules_about_{about}", examples(about))


def test_the_genuine_workbook(
    genuine: Path, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch, compare: Compare
) -> None:
    """Only what the check prints of it; the workbook is not the project's to ship."""
    not_on_windows()
    shutil.copyfile(genuine, folders["folder"] / GENUINE.files[0])
    make_the_same(monkeypatch, GENUINE.name)
    compare(GENUINE.name, transcript(GENUINE, folders))


def test_every_button_is_pressed() -> None:
    pressed = {word for play in PLAYS for word in play.lines.split()}
    assert not BUTTONS.keys() - pressed


def test_every_file_belongs_to_a_case() -> None:
    plays = [f"buttons_{play.name}_{language}" for play in PLAYS for language in ("en", "fr")]
    rules = [f"rules_about_{about}" for about in KINDS]
    assert {path.stem for path in EXPECTED.glob("*.txt")} == {
        *(case.name for case in (*CASES, GENUINE)),
        *plays,
        *rules,
    }
