"""What only Windows does: open files that cannot be replaced, names that are too long, and a life in a real registry."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from icare_xl.cli.sentences import installed, uninstalled
from icare_xl.excel.install import LANGUAGE, OPTIONS, OUR_KEY, TRUSTED, built_addin, install, this_computer, uninstall
from icare_xl.excel.private_folder import forget, tidy
from icare_xl.excel.registry import Value
from icare_xl.icare import example
from icare_xl.model.errors import CannotRead, CannotWrite
from icare_xl.workbooks import atomic
from icare_xl.workbooks.atomic import output_file
from icare_xl.workbooks.excel.errors import NoExcel
from icare_xl.workbooks.file import FileHost
from tests.conftest import Run
from tests.excel.test_install import Excel

windows = pytest.mark.skipif(sys.platform != "win32", reason="Windows only")
may_install = pytest.mark.skipif(
    "ICARE_XL_MAY_INSTALL" not in os.environ, reason="only .ci/windows.py has a registry to spare"
)


def write(out: Path, text: str) -> None:
    with output_file(out) as temporary:
        temporary.write_text(text, "utf-8")


class TestOpenFiles:
    @windows
    def test_one_that_is_looked_at_for_a_moment_is_replaced(self, tmp_path: Path) -> None:
        out = tmp_path / "élèves.xlsx"
        out.write_bytes(b"before")
        scanner = out.open("rb")
        Timer(0.3, scanner.close).start()
        write(out, "after")
        assert out.read_bytes() == b"after"

    @windows
    def test_one_that_stays_open_stays_and_is_one_sentence(self, clean: Path, run: Run, tmp_path: Path) -> None:
        out = tmp_path / "marqué.xlsx"
        out.write_bytes(b"before")
        with out.open("rb"):
            result = run("check", clean, "--marked", out, "--lang", "fr")
        assert result.exit_code == 2 and result.stderr.startswith(f"Impossible d’écrire «\u00a0{out}\u00a0» (")
        assert out.read_bytes() == b"before" and list(tmp_path.iterdir()) == [out]

    @windows
    def test_a_kept_file_that_is_open_is_no_obstacle_and_forgotten_once_it_is_closed(self, tmp_path: Path) -> None:
        old, other = tmp_path / "a.xlsx", tmp_path / "b.json"
        for path in (old, other):
            path.touch()
            os.utime(path, (0, 0))
        with old.open("rb"):
            tidy(tmp_path)
            assert list(tmp_path.iterdir()) == [old]
            other.touch()
            with pytest.raises(PermissionError, match=r"a\.xlsx"):
                forget(tmp_path)
            assert list(tmp_path.iterdir()) == [old]
        forget(tmp_path)
        assert not list(tmp_path.iterdir())

    def test_of_a_system_that_refuses_for_a_moment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same, where no system does so of its own."""
        refusals, replace = [PermissionError(13, "Access is denied")] * 2, Path.replace

        def at_last(self: Path, out: Path) -> Path:
            if refusals:
                raise refusals.pop()
            return replace(self, out)

        monkeypatch.setattr(atomic, "PATIENCE", 5.0)
        monkeypatch.setattr(Path, "replace", at_last)
        write(tmp_path / "january.xlsx", "after")
        assert (tmp_path / "january.xlsx").read_text("utf-8") == "after" and len(list(tmp_path.iterdir())) == 1


class TestReadOnlyFiles:
    """Wine lets root replace and delete them, Windows nobody; so we look before."""

    def test_of_a_person_stays_as_it_is(self, tmp_path: Path) -> None:
        out = tmp_path / "january.xlsx"
        out.write_bytes(b"before")
        out.chmod(0o444)
        with pytest.raises(CannotWrite) as told:
            write(out, "after")
        assert "(it is read-only)" in told.value.text.en and "(il est en lecture seule)" in told.value.text.fr
        assert out.read_bytes() == b"before" and list(tmp_path.iterdir()) == [out]

    def test_of_ours_is_renewed_and_taken_out(self, tmp_path: Path) -> None:
        excel = Excel(tmp_path)
        excel.install()
        excel.computer.addin.chmod(0o444)
        excel.source.write_bytes(b"a newer one")
        excel.install()
        assert excel.computer.addin.read_bytes() == b"a newer one"
        excel.computer.addin.chmod(0o444)
        excel.uninstall()
        assert not excel.computer.folder.exists()


class TestLongPaths:
    """Wine takes them; a Windows as it comes says that there is no such file."""

    @pytest.fixture
    def long(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(atomic, "LONGEST_PATH", len(str(tmp_path)) + 40)
        return tmp_path / f"{'x' * 40}.xlsx"

    def test_cannot_be_written_for_that_reason(self, long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tempfile.mkstemp", not_there)
        with pytest.raises(CannotWrite) as told:
            write(long, "x")
        assert "too long for Windows" in told.value.text.en and "trop longs pour Windows" in told.value.text.fr

    def test_cannot_be_read_for_that_reason(self, long: Path) -> None:
        with pytest.raises(CannotRead, match="too long for Windows"):
            FileHost(long)


def not_there(**_: object) -> None:
    raise FileNotFoundError(2, "No such file or directory")


def icare(*words: str | Path, program: str = "python.exe") -> tuple[int, str]:
    """The command line in a process of its own, as the buttons start it; exit code, and what it printed in UTF-8."""
    command = [Path(sys.executable).with_name(program), "-m", "icare_xl", *words, "--lang", "fr"]
    done = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    return done.returncode, (done.stdout + done.stderr).decode().replace("\r\n", "\n")


@may_install
@windows
def test_from_install_to_uninstall(tmp_path: Path) -> None:
    computer, folder = this_computer(), tmp_path / "démo"
    registry, other = computer.registry, Value(r'"C:\Compléments\Autre.xlam"')
    registry.write(OPTIONS, "OPEN", other)

    assert icare("install") == (0, f"{installed(computer.addin).fr}\n")
    assert computer.addin.read_bytes() == built_addin().read_bytes()
    assert registry.values(OPTIONS) == {"OPEN": other, "OPEN1": Value(f'"{computer.addin}"')}
    assert registry.values(TRUSTED)["Path"].data == f"{computer.addin.parent}\\"
    assert registry.values(OUR_KEY) == {"Python": Value(str(Path(sys.executable).with_name("pythonw.exe")))}
    told = subprocess.run(["reg", "query", rf"HKCU\{OPTIONS}", "/v", "OPEN1"], capture_output=True)
    assert told.returncode == 0 and b"icare-xl.xlam" in told.stdout  # another program sees it too

    code, said = icare("press", "check", "--hwnd", "5")
    assert code and said == f"{NoExcel().text.fr}\n"
    assert icare("press", "check", "--hwnd", "5", program="pythonw.exe") == (code, said)

    code, said = icare("demo", folder)
    assert code == 0 and "Vérifier le mois et marquer les cellules à corriger." in said
    assert {path.name for path in folder.iterdir()} >= {*example.WORKBOOKS, "january_checked.xlsx", "upload"}

    registry.write(OUR_KEY, LANGUAGE, Value("fr"))
    assert icare("uninstall") == (0, f"{uninstalled(True).fr}\n")
    assert registry.values(OPTIONS) == {"OPEN": other} and not registry.values(TRUSTED) | registry.values(OUR_KEY)
    assert not computer.addin.exists()
    assert icare("uninstall") == (0, f"{uninstalled(False).fr}\n")


@may_install
@windows
def test_an_add_in_that_is_in_use_is_taken_out_by_a_second_run() -> None:
    computer = this_computer()
    install(computer, built_addin())
    with computer.addin.open("rb"), pytest.raises(Exception, match="only part"):
        uninstall(computer)
    assert uninstall(computer) == [OUR_KEY, str(computer.addin)]
