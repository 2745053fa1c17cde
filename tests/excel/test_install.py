"""The add-in in Excel's list, shown as a line: `A ours - B` is OPEN, OPEN1, nothing in OPEN2, and OPEN3."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icare_xl.excel import install as installing
from icare_xl.excel.errors import ExcelIsOpen, OnlyInPart
from icare_xl.excel.install import LANGUAGE, OPTIONS, OUR_KEY, TRUSTED, Computer, install, uninstall
from icare_xl.excel.registry import Registry, Value
from icare_xl.model.errors import CannotWrite, NoSuchFile
from tests.conftest import Run
from tests.support import some

SPELLINGS = ['"{}"', "{}", '/R "{}"', "/R {}", '/r /f "{}"', '  "{}" ', '/R"{}"']


class FakeRegistry:
    """In memory, heedless of case as Windows is; refuses after so many changes, where a test says how many."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, Value]] = {}
        self.refuses_after = sys.maxsize

    def values(self, key: str) -> dict[str, Value]:
        return dict(self.keys.get(key.lower(), {}))

    def write(self, key: str, name: str, value: Value) -> None:
        self._change()
        values = self.keys.setdefault(key.lower(), {})
        values[next((old for old in values if old.lower() == name.lower()), name)] = value

    def delete(self, key: str, name: str) -> None:
        self._change()
        values = self.keys[key.lower()]
        del values[next(old for old in values if old.lower() == name.lower())]

    def delete_key(self, key: str) -> None:
        self._change()
        self.keys.pop(key.lower(), None)

    def _change(self) -> None:
        if not self.refuses_after:
            raise PermissionError(13, "Access is denied")
        self.refuses_after -= 1


class Excel:
    """One user's Excel, closed, with add-ins in its list."""

    def __init__(self, folder: Path, listed: str = "") -> None:
        self.registry = FakeRegistry()
        self.is_open = False
        self.source = folder / "built.xlam"
        self.source.write_bytes(b"the add-in")
        python = folder / "python.exe"
        self.computer = Computer(self.registry, lambda: self.is_open, folder / "Local" / "IcareXL", python)
        for number, word in enumerate(listed.split()):
            if word != "-":
                self.put(number, f'"{self.computer.addin}"' if word == "ours" else f'"C:\\Add-ins\\{word}.xlam"')

    def put(self, number: int, line: str) -> None:
        self.registry.write(OPTIONS, f"OPEN{number or ''}", Value(line))

    def install(self) -> str:
        return install(self.computer, self.source)

    def uninstall(self) -> list[str]:
        return uninstall(self.computer)

    @property
    def listed(self) -> str:
        lines = {int(name[4:] or 0): str(value.data) for name, value in self.registry.values(OPTIONS).items()}
        files = {number: PureWindowsPath(line.strip('"')).stem for number, line in lines.items()}
        line = " ".join(files.get(number, "-") for number in range(max(files, default=-1) + 1))
        return line.replace("icare-xl", "ours")


@pytest.fixture
def excel(tmp_path: Path) -> Excel:
    return Excel(tmp_path)


class TestTheListOfAddIns:
    @pytest.mark.parametrize(
        ("before", "after", "slot"),
        [
            ("", "ours", "OPEN"),
            ("A", "A ours", "OPEN1"),
            ("A B C", "A B C ours", "OPEN3"),
            ("A - B", "A ours B", "OPEN1"),
            ("- A", "ours A", "OPEN"),
            ("A - B - C", "A ours B - C", "OPEN1"),
            ("A ours B", "A ours B", "OPEN1"),
            ("A ours - B", "A ours - B", "OPEN1"),
            ("A - ours", "A ours", "OPEN1"),  # ours was behind a gap, where Excel does not read
            ("A - B ours C", "A ours B - C", "OPEN1"),
            ("ours A ours", "ours A ours", "OPEN"),  # without the second, a further add-in would not be read
            ("ours - ours", "ours", "OPEN"),
        ],
    )
    def test_after_installing(self, before: str, after: str, slot: str, tmp_path: Path) -> None:
        excel = Excel(tmp_path, before)
        assert (excel.install(), excel.listed) == (slot, after)
        once = deepcopy(excel.registry.keys)
        assert (excel.install(), excel.registry.keys) == (slot, once)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("ours", ""),
            ("A ours", "A"),
            ("ours A", "A"),
            ("A ours B C", "A B C"),
            ("A ours B ours", "A B"),
            ("A ours - B", "A B"),
            ("A - ours B", "A B"),
            ("A - B", "A - B"),  # not ours to mend
        ],
    )
    def test_after_uninstalling(self, before: str, after: str, tmp_path: Path) -> None:
        excel = Excel(tmp_path, before)
        excel.uninstall()
        assert excel.listed == after
        assert excel.uninstall() == [] and excel.listed == after

    @pytest.mark.parametrize("spelling", SPELLINGS)
    @pytest.mark.parametrize("change", [str, str.upper, lambda path: path.replace("/", "\\")])
    def test_ours_in_any_spelling_is_ours(self, spelling: str, change: Callable[[str], str], tmp_path: Path) -> None:
        excel = Excel(tmp_path, "A - B")
        excel.put(1, spelling.format(change(str(excel.computer.addin))))
        assert (excel.install(), excel.listed) == ("OPEN1", "A ours B")
        assert excel.registry.values(OPTIONS)["OPEN1"] == Value(f'"{excel.computer.addin}"')

    @pytest.mark.parametrize("line", ["/A Some.AddIn", '"C:\\Other\\icare-xl.xlam"', "icare-xl.xlam", '"', "", 7, b"x"])
    def test_others_are_never_ours(self, line: str | int | bytes, excel: Excel) -> None:
        value = Value(line, 2)
        excel.registry.write(OPTIONS, "OPEN", value)
        assert excel.install() == "OPEN1"
        excel.uninstall()
        assert excel.registry.values(OPTIONS) == {"OPEN": value}

    def test_other_settings_of_excel_stay(self, excel: Excel) -> None:
        others = {name: Value(name) for name in ("Font", "OPENED", "OPEN0", "OPEN01", "AutoOpen1", "OPEN 2")}
        for name, value in others.items():
            excel.registry.write(OPTIONS, name, value)
        excel.install()
        excel.uninstall()
        assert excel.registry.values(OPTIONS) == others

    def test_names_are_read_in_any_case(self, excel: Excel) -> None:
        excel.registry.write(OPTIONS, "Open", Value("B"))
        assert excel.install() == "OPEN1"


any_list = settings(max_examples=some(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class TestAnyListOfAddIns:
    lists = st.lists(st.sampled_from(["A", "B", "C", "-", "ours"]), max_size=8).map(" ".join)

    @staticmethod
    def others(listed: str) -> list[str]:
        return [word for word in listed.split() if word not in ("-", "ours")]

    @any_list
    @given(listed=lists)
    def test_ours_is_read_and_every_other_is_still_there(self, listed: str, tmp_path: Path) -> None:
        excel = Excel(tmp_path, listed)
        excel.install()
        assert "ours" in excel.listed.partition("-")[0]
        read, still = (self.others(line.partition("-")[0]) for line in (listed, excel.listed))
        assert still[: len(read)] == read
        assert self.others(excel.listed) == self.others(listed)

    @any_list
    @given(listed=lists)
    def test_uninstalling_gives_the_others_back_in_order_without_a_gap(self, listed: str, tmp_path: Path) -> None:
        excel = Excel(tmp_path, listed)
        excel.install()
        excel.uninstall()
        assert excel.listed.split() == self.others(listed)

    @any_list
    @given(listed=lists, changes=st.integers(0, 12))
    def test_a_second_run_repairs_an_installation_cut_off(self, listed: str, changes: int, tmp_path: Path) -> None:
        excel = Excel(tmp_path, listed)
        cut_off(excel, changes, excel.install)
        assert self.others(excel.listed) == self.others(listed)
        excel.install()
        assert "ours" in excel.listed.partition("-")[0]
        assert self.others(excel.listed) == self.others(listed)
        assert excel.registry.values(TRUSTED).keys() == {"Path", "Description"}

    @any_list
    @given(listed=lists, changes=st.integers(0, 12))
    def test_a_removal_cut_off_loses_no_other_add_in(self, listed: str, changes: int, tmp_path: Path) -> None:
        excel = Excel(tmp_path, listed)
        excel.install()
        cut_off(excel, changes, excel.uninstall)
        excel.uninstall()
        assert set(self.others(excel.listed)) == set(self.others(listed))
        assert set(excel.registry.keys) <= {OPTIONS.lower()} and not excel.computer.addin.exists()


def cut_off(excel: Excel, changes: int, job: Callable[[], object]) -> None:
    """Runs a job that Windows stops after some changes to the registry."""
    excel.registry.refuses_after = changes
    try:
        job()
    except OnlyInPart as fault:
        assert "Access is denied" in fault.text.en
    excel.registry.refuses_after = sys.maxsize


class TestInstalling:
    def test_copies_trusts_and_names_the_python(self, excel: Excel) -> None:
        excel.install()
        addin, folder = excel.computer.addin, excel.computer.folder
        assert addin.read_bytes() == b"the add-in" and list(folder.iterdir()) == [addin]
        assert excel.registry.values(TRUSTED) == {"Path": Value(f"{folder}\\"), "Description": Value("icare-xl")}
        assert excel.registry.values(OUR_KEY) == {"Python": Value(str(excel.computer.python))}

    def test_again_renews_the_copy_and_keeps_the_language(self, excel: Excel) -> None:
        excel.install()
        excel.registry.write(OUR_KEY, LANGUAGE, Value("fr"))
        excel.source.write_bytes(b"a newer one")
        excel.install()
        assert excel.computer.addin.read_bytes() == b"a newer one"
        assert excel.registry.values(OUR_KEY)[LANGUAGE] == Value("fr")

    def test_changes_nothing_while_excel_is_open(self, excel: Excel) -> None:
        excel.is_open = True
        with pytest.raises(ExcelIsOpen):
            excel.install()
        assert not excel.registry.keys and not excel.computer.folder.exists()

    def test_changes_nothing_where_the_old_copy_is_locked(self, excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
        excel.install()
        excel.registry.refuses_after = 0
        excel.source.write_bytes(b"a newer one")
        monkeypatch.setattr(Path, "replace", locked)
        with pytest.raises(CannotWrite, match="in use"):
            excel.install()
        assert [each.read_bytes() for each in excel.computer.folder.iterdir()] == [b"the add-in"]

    def test_needs_the_built_file(self, excel: Excel) -> None:
        excel.source.unlink()
        with pytest.raises(NoSuchFile):
            excel.install()
        assert not excel.registry.keys

    def test_prefers_the_python_without_a_console(self, tmp_path: Path) -> None:
        assert installing.without_console(tmp_path / "python.exe") == tmp_path / "python.exe"
        (tmp_path / "pythonw.exe").touch()
        assert installing.without_console(tmp_path / "python.exe") == tmp_path / "pythonw.exe"


class TestUninstalling:
    def test_says_what_was_removed_and_leaves_no_trace(self, tmp_path: Path) -> None:
        excel = Excel(tmp_path, "A")
        excel.install()
        addin = excel.computer.addin
        assert excel.uninstall() == [rf"{OPTIONS}\OPEN1", TRUSTED, OUR_KEY, str(addin)]
        assert set(excel.registry.keys) == {OPTIONS.lower()} and not addin.parent.exists()

    def test_leaves_other_files_in_the_folder(self, excel: Excel) -> None:
        excel.install()
        log = excel.computer.folder / "log.txt"
        log.touch()
        excel.uninstall()
        assert list(excel.computer.folder.iterdir()) == [log]

    def test_changes_nothing_while_excel_is_open(self, excel: Excel) -> None:
        excel.install()
        excel.is_open = True
        with pytest.raises(ExcelIsOpen):
            excel.uninstall()
        assert excel.listed == "ours" and excel.computer.addin.exists()

    def test_of_a_locked_file_is_finished_by_a_second_run(self, excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
        excel.install()
        with monkeypatch.context() as patched, pytest.raises(OnlyInPart, match="in use"):
            patched.setattr(Path, "unlink", locked)
            excel.uninstall()
        assert excel.listed == "" and excel.computer.addin.exists()
        assert excel.uninstall() == [OUR_KEY, str(excel.computer.addin)]


def locked(*_: object, **__: object) -> None:
    raise PermissionError(13, "in use")


class TestCommandLine:
    @pytest.fixture(autouse=True)
    def here(self, excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("icare_xl.excel.install.this_computer", lambda: excel.computer)
        monkeypatch.setattr("icare_xl.excel.install.built_addin", lambda: excel.source)

    def test_documents(self, run: Run, excel: Excel) -> None:
        addin = str(excel.computer.addin)
        python = str(excel.computer.python)
        assert json.loads(run("install", "--json").stdout) == {"addin": addin, "python": python, "slot": "OPEN"}
        removed = [rf"{OPTIONS}\OPEN", TRUSTED, OUR_KEY, addin]
        assert json.loads(run("uninstall", "--json").stdout) == {"removed": removed}
        assert json.loads(run("uninstall", "--json").stdout) == {"removed": []}

    def test_sentences(self, run: Run, excel: Excel) -> None:
        sentences = [run(*words.split(), "--lang", "en") for words in ("install", "uninstall", "uninstall")]
        assert [(each.exit_code, each.output) for each in sentences] == [
            (0, f"The add-in is installed; start Excel to find its buttons: {excel.computer.addin}\n"),
            (0, "The add-in is no longer in Excel.\n"),
            (0, "The add-in is not installed; nothing was changed.\n"),
        ]

    @pytest.mark.parametrize("name", ["install", "uninstall"])
    def test_an_open_excel_is_one_sentence(self, name: str, run: Run, excel: Excel) -> None:
        excel.is_open = True
        result = run(name, "--lang", "fr")
        assert result.exit_code == 2 and result.stderr.startswith("Excel est ouvert") and not result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="what other systems say")
@pytest.mark.parametrize("name", ["install", "uninstall"])
def test_without_windows_the_commands_are_what_there_is(name: str, run: Run) -> None:
    result = run(name, "--lang", "en")
    assert result.exit_code == 2 and result.stderr == (
        "The buttons need Excel for Windows; on this computer, the icare-xl commands do everything without Excel.\n"
    )


def windows_registry() -> Registry:
    if sys.platform != "win32":
        pytest.skip("Windows only")
    from icare_xl.excel.registry import WindowsRegistry

    return WindowsRegistry()


@pytest.mark.parametrize("made", [FakeRegistry, windows_registry])
def test_the_registry_of_the_tests_behaves_as_the_real_one(made: Callable[[], Registry]) -> None:
    registry, key = made(), r"Software\IcareXL-tests\Inner"
    registry.delete_key(key)
    assert registry.values(key) == {}
    registry.write(key, "Open", Value("é"))
    registry.write(key, "OPEN", Value("%TEMP%", 2))
    registry.write(key.upper(), "other", Value(7, 4))
    assert registry.values(key) == {"Open": Value("%TEMP%", 2), "other": Value(7, 4)}
    registry.delete(key, "OTHER")
    assert list(registry.values(key)) == ["Open"]
    registry.delete_key(key)
    assert registry.values(key) == {}
    registry.delete_key(r"Software\IcareXL-tests")
