"""The commands that look at more than one workbook: a month's folder, two editions; and what is set for good."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from icare_xl.icare import library
from icare_xl.model.template import Field, ListOfValues
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


@pytest.mark.parametrize("service", [each.service for each in library.built_in()])
def test_new_writes_a_blank_workbook_that_nothing_is_wrong_with(service: str, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "blank.xlsx"
    assert json.loads(run("new", service, out, "--json").stdout) == {"service": service, "out": str(out)}
    found = json.loads(run("check", out, "--json").stdout)
    assert (found["rows"], found["findings"], found["template"]["service"]) == (0, [], service)
    again = run("new", service, out, "--lang", "en")
    assert again.exit_code == 2 and "not overwritten" in again.stderr


def test_new_of_an_unknown_service_names_the_known_ones(run: Run, tmp_path: Path) -> None:
    result = run("new", "rap", tmp_path / "rap.xlsx", "--lang", "en")
    assert result.exit_code == 2 and "information_orientation" in result.stderr and not (tmp_path / "rap.xlsx").exists()


class TestCompare:
    def newer(self, out: Path) -> Path:
        """The next edition: a column added, one removed, one moved, one renamed, one now mandatory, a list changed."""
        old = library.of_service("lt_client_exit")
        fields = {field.id: field for field in old.fields}
        moved = fields.pop("course_cd")
        del fields["assessment_update_reason_id"]
        fields["exit_course_dt"] = replace(fields["exit_course_dt"], required=True)
        fields["training_status_id"] = replace(
            fields["training_status_id"],
            label="Status",
            allowed=ListOfValues(("Completed the course", "Gone"), ("", "")),
        )
        added = Field("delivery_id", "Delivery", "text")
        return small_workbook(out, {}, of=replace(old, version="1400", fields=(*fields.values(), moved, added)))

    def test_document(self, run: Run, tmp_path: Path) -> None:
        found = json.loads(run("compare", "lt_client_exit", self.newer(tmp_path / "new.xlsx"), "--json").stdout)
        assert found == {
            "added": [{"field": "delivery_id", "label": "Delivery"}],
            "removed": [{"field": "assessment_update_reason_id", "label": "Reason for update"}],
            "moved": [{"field": "course_cd", "label": "Course Code", "from": "F", "to": "AK"}],
            "renamed": [{"field": "training_status_id", "from": "Client's Training Status", "to": "Status"}],
            "mandatory": [{"field": "exit_course_dt", "label": "Date Client Exited Course (YYYY-MM-DD)", "mandatory": True}],
            "lists": [{"field": "training_status_id", "label": "Status", "added": ["Gone"],
                       "removed": ["Has advanced to the next CLB level", "Exited the course before completing"]}],
        }  # fmt: skip

    def test_begins_with_one_sentence(self, run: Run, tmp_path: Path) -> None:
        new = self.newer(tmp_path / "new.xlsx")
        english = run("compare", "lt_client_exit", new, "--lang", "en").output.splitlines()
        french = run("compare", "lt_client_exit", new, "--lang", "fr").output.splitlines()
        assert english[0] == (
            "This is a new edition (version 800, now 1400): columns added 1, removed 1, moved 1, renamed 1, "
            "now mandatory or no longer so 1; lists changed 1."
        )
        assert french[0].startswith("C’est une nouvelle édition (version 800, maintenant 1400)\u00a0: ")
        assert len(english) == len(french) == 1 + 1 + 1 + 1 + 1 + 1 + 3

    def test_of_the_same_edition_says_so(self, run: Run, tmp_path: Path) -> None:
        path = write(tmp_path, "a.xlsx", "nars")
        result = run("compare", path, "nars", "--lang", "en")
        assert result.exit_code == 0 and result.output == "Both are the same edition (version ?).\n"

    def test_of_something_else_is_one_sentence(self, run: Run, tmp_path: Path) -> None:
        result = run("compare", "nars", tmp_path / "none.xlsx", "--lang", "en")
        assert result.exit_code == 2 and result.stderr.count("\n") == 1


class TestSettings:
    def doubtful(self, tmp_path: Path) -> Path:
        row = good("client_profile", 0) | {"client_validation_id": "1234567", "postal_txt": "?"}
        return write(tmp_path, "p.xlsx", "client_profile", row)

    @pytest.mark.parametrize("without", ['["house"]', '["IC130"]', '["ic130"]'])
    def test_leave_out_house_rules_for_good(self, without: str, run: Run, tmp_path: Path, own_settings: Path) -> None:
        path = self.doubtful(tmp_path)
        assert json.loads(run("check", path, "--json").stdout)["warnings"] == 1
        own_settings.write_text(f"without = {without}", "utf-8")
        found = json.loads(run("check", path, "--json").stdout)
        assert (found["errors"], found["warnings"]) == (1, 0)

    @pytest.mark.parametrize(
        ("text", "named"), [('without = ["IC9999"]', "IC9999"), ("language = 3", "language"), ("without =", "Invalid value"),
                            ('without = "house"', "house"), ("without = [[1]]", "1")]
    )  # fmt: skip
    def test_that_are_wrong_name_themselves(
        self, text: str, named: str, run: Run, tmp_path: Path, own_settings: Path
    ) -> None:
        path = self.doubtful(tmp_path)
        own_settings.write_text(text, "utf-8")
        result = run("check", path, "--lang", "en")
        assert result.exit_code == 2 and named in result.stderr and "settings.toml" in result.stderr
