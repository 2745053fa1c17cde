from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from icare_xl.cli.command import main
from icare_xl.icare.example import good_row, template
from tests import support
from tests.stand_in import libreoffice
from tests.stand_in.backend import Backend
from tests.stand_in.engine import Excel, in_place
from tests.stand_in.libreoffice import Office
from tests.stand_in.with_libreoffice import LibreOfficeBackend
from tests.stand_in.with_openpyxl import OpenpyxlBackend
from tests.support import browser, postgres
from tests.support.sheets import as_excel_saves_it, small_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

gc.set_threshold(100_000, 50, 50)  # a workbook in memory is many objects that all live on
Run = Callable[..., Result]
# The program that a fixture or a parameter asks for.
LIVE = {"chromium": "Chromium", "libreoffice": "LibreOffice", "office": "LibreOffice", "postgresql": "PostgreSQL"}
GENUINE = Path(__file__).parents[2] / "shared/domain/real/information_orientation_591_en-CA.xlsx"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough", action="store_true", help="Also what takes long, all random cases, and a French Excel."
    )
    told = "How many cases tests/workbooks/test_live_writing.py plays (a sixteenth of them in LibreOffice)."
    parser.addoption("--cases", type=int, help=told)
    parser.addoption("--refresh", action="store_true", help="Write tests/expected again instead of comparing with it.")


def pytest_configure(config: pytest.Config) -> None:
    support.thorough = config.getoption("--thorough") or config.getoption("--refresh")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks as `live` what asks for another program, by a fixture or by a parameter of one.

    Where the tests are shared out (`--dist loadgroup`), those of one program go to one worker, which starts it once. What takes
    long by its nature, and what is played in a French Excel too, is left out unless tests are to be thorough; and so are live
    tests, where nobody chooses by that marker.
    """
    for item in items:
        asked = (*getattr(item, "fixturenames", ()), *_parameters(item))
        names = {each for each in asked if isinstance(each, str)}
        for program in {LIVE[name] for name in names & LIVE.keys()}:
            item.add_marker(pytest.mark.live)
            item.add_marker(pytest.mark.xdist_group(program))
    if not support.thorough:
        left_out = [name for name in ("thorough", "live") if name not in config.option.markexpr]
        later, now = [], []
        for item in items:
            waits = any(map(item.get_closest_marker, left_out)) or "french" in _parameters(item)
            (later if waits else now).append(item)
        config.hook.pytest_deselected(items=later)
        items[:] = now


def _parameters(item: pytest.Item) -> Collection[object]:
    return item.callspec.params.values() if hasattr(item, "callspec") else ()


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settings file and a ledger of the test's own (none, unless it writes them), whatever the developer has set."""
    folder = tempfile.mkdtemp(prefix="config-", dir=tmp_path_factory.getbasetemp())  # mktemp counts all there are
    path = Path(folder, "settings.toml")
    monkeypatch.setattr("icare_xl.settings.settings_file", lambda: path)
    monkeypatch.setattr("icare_xl.settings.default_ledger", lambda: path.parent / "ledger")
    return path


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page comes up before the person who runs the tests."""
    monkeypatch.setattr("webbrowser.open", lambda url: True)


@pytest.fixture
def run() -> Run:
    """The command line: `run("check", path, "--json")`."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def genuine() -> Path:
    """The one genuine workbook; it is not the project's to ship."""
    if not GENUINE.exists():
        pytest.skip("the genuine workbook is not here")
    return GENUINE


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented workbook without a fault, stored the way Excel stores it."""
    folder = tmp_path_factory.mktemp("clean")
    plain = small_workbook(folder / "plain.xlsx", {row: good_row(row) for row in (4, 5, 6)}, of=template())
    return as_excel_saves_it(plain, folder / "clean.xlsx")


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for all tests."""
    if reason := libreoffice.missing():
        pytest.skip(reason)
    office = Office()
    yield office
    office.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests."""
    if reason := browser.missing():
        pytest.skip(reason)
    with browser.chromium() as found:
        yield found


@pytest.fixture(params=["openpyxl", "libreoffice"])
def excel(request: pytest.FixtureRequest) -> Iterator[Excel]:
    """Excel, or what stands in for it; see tests/stand_in."""
    yield from an_excel(request)


def an_excel(request: pytest.FixtureRequest) -> Iterator[Excel]:
    """An Excel over what the request names; `french`: over openpyxl, in a French Windows."""
    if request.param == "french" and sys.platform == "win32":
        pytest.skip("a French Excel differs from an English one on any system alike")
    backend: Backend = OpenpyxlBackend()
    if request.param == "libreoffice":
        backend = LibreOfficeBackend(request.getfixturevalue("office").desktop)
    with in_place(backend) as excel:
        excel.french = request.param == "french"
        yield excel
        excel.close_all()
        assert not excel.off_screen


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of one PostgreSQL for all tests."""
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.running() as url:
        yield url


@pytest.fixture(params=["folder", "sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A ledger that does not exist yet, of each kind."""
    if request.param == "folder":
        yield str(tmp_path / "ledger")
    elif request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
    else:
        url = request.getfixturevalue("postgresql")
        yield url
        postgres.empty(url)
