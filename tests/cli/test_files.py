"""The files of a command line: inputs that cannot be read, outputs that would be inputs, and what is replaced."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from icare_xl.check.engine import check
from icare_xl.cli.output import Output
from icare_xl.icare import recognise
from icare_xl.icare.example import good_row
from icare_xl.workbooks.file import FileHost
from tests.conftest import Run
from tests.support.sheets import TODAY, small_workbook

WRONG = {"postal_cd": "?"}


@pytest.fixture
def january(tmp_path: Path) -> Path:
    return small_workbook(tmp_path / "january.xlsx", {4: good_row() | WRONG})


class TestInputs:
    def test_a_misspelt_name_is_found(self, run: Run, january: Path) -> None:
        result = run("check", january.with_name("januray.xlsx"), "--lang", "en")
        assert result.exit_code == 2 and "perhaps “january.xlsx” is meant." in result.stderr

    def test_a_folder_is_none(self, run: Run, tmp_path: Path) -> None:
        for lang, told in (
            ("en", "is a folder; name the workbook in it."),
            ("fr", "est un dossier; nommez le classeur"),
        ):
            result = run("notes", tmp_path, "--lang", lang)
            assert result.exit_code == 2 and told in result.stderr

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="anybody may read it here")
    def test_one_of_somebody_else(self, run: Run, january: Path) -> None:
        january.chmod(0)
        assert "may not be read by you" in run("check", january, "--lang", "en").stderr


class TestOutputs:
    @pytest.mark.parametrize(
        "words",
        ["check {0} --marked {0}", "check {0} --list {0}", "notes {0} --marked {0}", "strip {0} {0}", "fix {0} {0}",
         "unmark {0} {0}", "only-rejected {0} {0} {0}", "corrections {0} {0} {0}", "save {0} {0}"],
    )  # fmt: skip
    def test_onto_the_input_is_refused_before_the_work(self, run: Run, tmp_path: Path, words: str) -> None:
        damaged = tmp_path / "damaged.xlsx"
        damaged.write_bytes(b"PK no workbook")
        result = run(*(word.format(damaged) for word in words.split()), "--lang", "en")
        assert result.exit_code == 2 and "is the workbook itself" in result.stderr
        assert damaged.read_bytes() == b"PK no workbook"

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
    def test_through_links_too(self, run: Run, january: Path) -> None:
        soft, hard = january.with_name("soft.xlsx"), january.with_name("hard.xlsx")
        soft.symlink_to(january)
        hard.hardlink_to(january)
        for out in (soft, hard):
            assert "is the workbook itself" in run("check", january, "--marked", out, "--lang", "en").stderr

    def test_into_a_file_of_the_folder_that_is_checked_is_refused(self, run: Run, january: Path) -> None:
        result = run("check", january.parent, january, "--list", january, "--lang", "en")
        assert result.exit_code == 2 and "is the workbook itself" in result.stderr

    def test_what_was_there_is_said_to_be_replaced(self, run: Run, january: Path, tmp_path: Path) -> None:
        out = tmp_path / "marked.xlsx"
        assert "replaced" not in run("check", january, "--marked", out, "--lang", "en").output
        told = run("check", january, "--marked", out, "--lang", "en")
        assert f"The file that was there before was replaced: {out}" in told.stdout
        as_json = run("check", january, "--marked", out, "--lang", "en", "--json")
        assert "was replaced" in as_json.stderr and "was replaced" not in as_json.stdout


class TestSeveral:
    def test_have_a_total_first_and_a_line_each(self, run: Run, january: Path, tmp_path: Path) -> None:
        small_workbook(tmp_path / "other.xlsx", {4: good_row(1)})
        (tmp_path / "broken.xlsx").write_bytes(b"nothing")
        lines = run("check", tmp_path, "--lang", "en").stdout.splitlines()
        assert lines[0].startswith("2 files checked: 1 error, ") and lines[0].endswith("Cannot be used: 1 file.")
        assert lines[1].startswith("january.xlsx: 1 row checked: 1 error, ")
        assert lines[2].startswith("other.xlsx: 1 row checked: ")
        assert lines[3:5] == ["", str(january)]

    def test_in_french(self, run: Run, january: Path, tmp_path: Path) -> None:
        small_workbook(tmp_path / "other.xlsx", {4: good_row(1)})
        assert run("check", tmp_path, "--lang", "fr").stdout.startswith("2 fichiers vérifiés\u00a0: 1 erreur, ")


def test_severity_is_a_word_on_a_narrow_terminal_without_colour(
    january: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    with FileHost(january) as host:
        report = check(recognise.upload_sheet(host), TODAY)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    Output(False, "en").findings(report.findings)
    told = capsys.readouterr().out
    assert "error" in told and "IC110" in told and "\x1b[3" not in told
