"""The workbooks of a month checked together, and rows of another month."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from icare_xl.icare import library
from tests.conftest import Run
from tests.support.services import good
from tests.support.sheets import small_workbook


def write(folder: Path, name: str, service: str, *rows: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    return small_workbook(folder / name, dict(enumerate(rows, 4)), of=library.of_service(service))


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """A month in which one client has no profile, one a doubtful number, one two birth dates; and courses with gaps."""
    folder = tmp_path / "january"
    ana, ben, cleo = (good("client_profile", number) for number in range(3))
    doubtful = {"client_validation_id": "1234567"}
    orientation = [good("information_orientation", number) for number in range(4)]
    write(folder, "1 profiles.xlsx", "client_profile", ana, ben | doubtful, cleo)
    write(
        folder, "2 orientation.xlsx", "information_orientation",
        orientation[0], orientation[1] | doubtful, orientation[1] | doubtful | {"start_dttm": "2026-01-01"},
        orientation[2] | {"client_birth_dt": "1952-03-04"}, orientation[3],
    )  # fmt: skip
    write(folder, "3 courses.xlsx", "lt_course_setup", good("lt_course_setup", 1))
    write(folder, "4 enrolments.xlsx", "lt_client_enrolment", good("lt_client_enrolment", 0),
          good("lt_client_enrolment", 2) | {"course_cd": "L-009"})  # fmt: skip
    write(folder, "5 exits.xlsx", "lt_client_exit", good("lt_client_exit", 2))
    (folder / "~$2 orientation.xlsx").write_bytes(b"Excel's lock file")
    (folder / "read me.txt").write_text("not a workbook")
    return folder


class TestFolder:
    def test_files_are_checked_each_and_with_each_other(self, run: Run, month: Path) -> None:
        result = run("check", month, "--json", "--today", "2026-02-03")
        assert result.exit_code == 0
        found = {
            Path(each["file"]).name[0]: [(finding["cell"], finding["rule"]) for finding in each["findings"]]
            for each in json.loads(result.stdout)
        }
        assert found == {
            "1": [("C5", "IC130"), ("C5", "IC405"), ("C6", "IC405"), ("D6", "IC402")],
            "2": [("D5", "IC130"), ("D6", "IC130"), ("E7", "IC402"), ("D8", "IC401")],
            "3": [],
            "4": [("E5", "IC402"), ("G5", "IC403")],
            "5": [("E4", "IC402"), ("F4", "IC404")],
        }

    def test_domino_says_how_many_rows_would_fall(self, run: Run, month: Path) -> None:
        lines = run("check", month, "--lang", "en").output.splitlines()
        dominoes = [line for line in lines if "IC405" in line]
        assert [line.partition("in this folder (")[2][0] for line in dominoes] == ["2", "3"]

    def test_without_profiles_nobody_is_missed(self, run: Run, month: Path) -> None:
        (month / "1 profiles.xlsx").unlink()
        assert "IC401" not in run("check", month, "--json").stdout

    def test_without_workbooks_is_one_sentence(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        result = run("check", tmp_path / "empty", "--lang", "en")
        assert result.exit_code == 2 and "holds no .xlsx workbook" in result.stderr


def test_rows_of_another_month_are_told_where_a_month_is_named(run: Run, tmp_path: Path) -> None:
    late = good("information_orientation", 1) | {"start_dttm": "2025-12-30", "end_dttm": "2025-12-31"}
    path = write(tmp_path, "jan.xlsx", "information_orientation", good("information_orientation", 0), late)
    found = json.loads(run("check", path, "--json", "--month", "2026-01").stdout)["findings"]
    assert [(each["cell"], each["rule"]) for each in found] == [("G5", "IC122")]
    assert json.loads(run("check", path, "--json").stdout)["findings"] == []


MONTHS = [
    ("community_connections", {"service_start_dt": "2025-11-03", "service_status_id": "Ongoing"}, []),
    ("community_connections", {"service_start_dt": "2026-02-03", "service_status_id": "Ongoing"}, ["IC122"]),
    ("information_orientation", {"start_dttm": "2025-12-30", "end_dttm": "2026-02-01"}, []),
    ("information_orientation", {"start_dttm": "2026-02-01", "end_dttm": "2026-02-01"}, ["IC122"]),
    ("lt_client_enrolment", {"first_class_dt": "2025-12-30"}, ["IC122"]),
    ("lt_course_setup", {"start_dt": "2025-09-01"}, []),
]


@pytest.mark.parametrize(("service", "dates", "told"), MONTHS)
def test_a_service_that_reaches_into_the_month_belongs_to_it(
    service: str, dates: dict[str, str], told: list[str], run: Run, tmp_path: Path
) -> None:
    path = write(tmp_path, "jan.xlsx", service, good(service, 0) | dates)
    found = json.loads(run("check", path, "--json", "--month", "2026-01", "--today", "2026-03-01").stdout)["findings"]
    assert [each["rule"] for each in found] == told


def test_a_folder_finds_workbooks_however_their_ending_is_written(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "jan", "a.xlsx", "nars", good("nars", 0)).rename(tmp_path / "jan/A.XLSX")
    assert len(json.loads(run("check", tmp_path / "jan", "--json").stdout)) == 1
