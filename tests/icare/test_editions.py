"""Blank workbooks of the built-in editions, and what changed between two editions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from icare_xl.icare import library
from icare_xl.model.template import Field, ListOfValues
from tests.check.test_folder import write
from tests.conftest import Run
from tests.support.sheets import small_workbook


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
            "This is a new edition (version 1400 instead of 800): columns added 1, removed 1, moved 1, renamed 1, "
            "now mandatory or no longer so 1; lists changed 1."
        )
        assert french[0].startswith("C’est une nouvelle édition (version 1400 au lieu de 800)\u00a0: ")
        assert len(english) == len(french) == 1 + 1 + 1 + 1 + 1 + 1 + 3

    def test_of_the_same_edition_says_so(self, run: Run, tmp_path: Path) -> None:
        path = write(tmp_path, "a.xlsx", "nars")
        result = run("compare", path, "nars", "--lang", "en")
        assert result.exit_code == 0 and result.output == "Both are the same edition (version ?).\n"

    def test_of_something_else_is_one_sentence(self, run: Run, tmp_path: Path) -> None:
        result = run("compare", "nars", tmp_path / "none.xlsx", "--lang", "en")
        assert result.exit_code == 2 and result.stderr.count("\n") == 1
