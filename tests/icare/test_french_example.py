"""The invented month in French: French labels, and a slip in every row but the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from icare_xl.check.engine import check
from icare_xl.icare import example, french_rows, library, messages, recognise
from icare_xl.icare.blank_workbook import Value, write_workbook
from icare_xl.model.sheet import Sheet
from icare_xl.rejected import rejections
from icare_xl.workbooks.file import FileHost
from tests.support.sheets import PREPARED, TODAY

FOUND = {
    5: ("client_validation_id", "IC130"), 6: ("client_birth_dt", "IC102"), 7: ("client_birth_dt", "IC101"),
    8: ("activity_postal_cd", "IC110"), 9: ("activity_start_dt", "IC101"), 10: ("formal_follow_up_ind", "IC104"),
    11: ("preferred_official_lang_id", "IC103"), 12: ("client_birth_dt", "IC100"), 13: ("support_received_ind", "IC103"),
    14: ("client_validation_id", "IC131"), 15: ("activity_start_dt", "IC101"),
}  # fmt: skip


def opened(path: Path, rows: dict[int, dict[str, Value]]) -> Sheet:
    write_workbook(example.template("fr"), path, rows, prepared=PREPARED)
    with FileHost(path) as host:
        return recognise.upload_sheet(host)


def test_its_labels_and_answers_are_french(tmp_path: Path) -> None:
    sheet = opened(tmp_path / "a.xlsx", example.month_with_mistakes("fr"))
    assert len(sheet.template.fields) == 119 and sheet.template.locale == "fr-CA"
    assert sheet.field("client_birth_dt").label == "Date de naissance du client (AAAA-MM-JJ)"
    assert sheet.grid.at(1, 0).text.startswith("Immigration, Réfugiés et Citoyenneté Canada\niEDEC\n")
    answers = [each.allowed.values for each in sheet.template.fields if each.kind == "yes-no" and each.allowed]
    assert len(answers) > 80 and {*answers} == {("Oui", "Non")}


def test_each_slip_is_found_in_its_cell_and_nothing_else(tmp_path: Path) -> None:
    report = check(opened(tmp_path / "a.xlsx", example.month_with_mistakes("fr")), TODAY)
    assert {each.row: (each.field, each.rule) for each in report.findings if each.row} == FOUND
    assert [each.rule for each in report.of_the_sheet] == ["IC012"]  # nobody has seen the edition itself
    assert report.diagnoses == ()
    good = {4 + number: french_rows.good_row(number) for number in range(20)}
    assert [each.rule for each in check(opened(tmp_path / "b.xlsx", good), TODAY).findings] == ["IC012"]


def test_its_rejected_rows_are_read(tmp_path: Path) -> None:
    found = rejections.read(opened(tmp_path / "a.xlsx", example.rejected_month("fr")), messages.shipped())
    assert list(found.rows) == [4, 5, 6]


def test_it_is_written_beside_the_english_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    monkeypatch.setattr(
        example, "write_workbook", lambda of, out, rows: written.append(of.locale) or out.write_bytes(b"")
    )
    for language in ("en", "fr"):
        example.write(tmp_path / example.FOLDER.to(language), language)
    assert written == ["en-CA", "en-CA", "fr-CA", "fr-CA"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["icare-demo", "iedec-demo"]


def test_what_is_known_second_hand_is_no_service_of_its_own() -> None:
    """Its ids are probable and not proven: it neither recognises a sheet nor makes a workbook for an upload."""
    assert library.french_layout() not in library.built_in()
    assert {each.locale for each in library.built_in()} == {"en-CA"}
