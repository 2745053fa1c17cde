"""Status, Month and Settings: lists that a person fills in, and Record, which takes them back."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from icare_xl import settings
from icare_xl.check.codes import CODES
from icare_xl.excel import press as pressing
from icare_xl.excel.forms.record import KINDS
from icare_xl.excel.forms.settings_form import _PROVINCES, LINES
from icare_xl.excel.forms.status_form import CHOICES, STATUS_FORM
from icare_xl.icare.deadline import CALENDARS
from icare_xl.icare.example import good_row
from icare_xl.model.spoken_dates import spoken_month
from icare_xl.model.text import Language
from icare_xl.upload.ledger import STATUSES, Ledger, Particulars, open_ledger
from icare_xl.upload.sentences import STANDING
from icare_xl.workbooks.excel import attach
from tests.conftest import an_excel
from tests.stand_in.engine import Excel
from tests.support import some
from tests.support.boxes import said
from tests.support.sheets import sheet_of

HIDDEN = "icare-xl"
PENDING, PROCESSED = STANDING["pending"], STANDING["processed"]


@pytest.fixture(params=["openpyxl"])
def excel(request: pytest.FixtureRequest) -> Iterator[Excel]:
    yield from an_excel(request)


class Desk:
    """A person at Excel. `language` is that of the buttons, which a form may change."""

    def __init__(self, excel: Excel) -> None:
        self.excel, self.language = excel, "en"

    def press(self, action: str, language: Language | None = None) -> str:
        """What the last box said."""
        self.language = language or self.language
        self.excel.alerts.clear()
        pressing.press(action, attach(self.excel.hwnd), self.language, date(2026, 2, 3), self._keep)  # type: ignore[arg-type]
        return said(self.excel.alerts)

    def _keep(self, language: Language) -> None:
        self.language = language

    @property
    def cells(self) -> list[list[str]]:
        values = self.excel.app.books.active.sheets[0].used_range.options(ndim=2).value
        return [["" if value is None else str(value) for value in row] for row in values]

    @property
    def head(self) -> int:
        """The row of the heads, from 0."""
        return next(at for at, row in enumerate(self.cells) if row[-1].startswith(HIDDEN))

    @property
    def top(self) -> str:
        return "\n".join(row[0] for row in self.cells[: self.head])

    @property
    def rows(self) -> list[dict[str, str]]:
        """What stands in each row, by head."""
        cells = self.cells
        return [dict(zip(cells[self.head], row, strict=True)) for row in cells[self.head + 1 :]]

    def row(self, name: str) -> dict[str, str]:
        return next(row for row in self.rows if name in row.values())

    def type(self, name: str, head: str, value: Any) -> None:
        """Into the row with this name, below this head."""
        at = next(at for at, row in enumerate(self.cells) if at > self.head and name in row)
        self.excel.app.books.active.sheets[0].cells(at + 1, self.cells[self.head].index(head) + 1).value = value


@pytest.fixture
def desk(excel: Excel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "documents")
    return Desk(excel)


@pytest.fixture
def ledger(own_settings: Path) -> Ledger:
    """Of January: two files of 3 rows and one; of December, one of another service."""
    ledger = open_ledger(own_settings.parent / "ledger", "ana")
    for number, (file, month, service, rows) in enumerate(
        [("jan.xlsx", 1, "information_orientation", 3), ("jan_2.xlsx", 1, "information_orientation", 1),
         ("dec.xlsx", 12, "nars", 1)]
    ):  # fmt: skip
        sheet = sheet_of({row: good_row(100 * number + row) for row in range(4, 4 + rows)})
        about = Particulars(service, date(2026 if month == 1 else 2025, month, 1), file, "0" * 64, account="North York")
        ledger.complete(ledger.claim(about, ledger.prints(sheet), Path(file)))
    return ledger


def standing(ledger: Ledger) -> dict[str, tuple[str, int | None, int | None]]:
    return {
        each.saved.about.file: (each.standing, each.accepted, each.counted) for each in ledger.history().submissions
    }


def saved(excel: Excel, tmp_path: Path) -> Any:
    """The sheet in front as openpyxl reads it from a file."""
    path = tmp_path / "form.xlsx"
    excel.app.books.active.api.SaveCopyAs(str(path))
    return openpyxl.load_workbook(path).worksheets[0]


class TestTheStatusForm:
    def test_has_the_deadline_what_is_missing_and_a_row_for_each_file_of_the_month(
        self, desk: Desk, ledger: Ledger
    ) -> None:
        assert desk.press("status") == ""
        assert (
            "January 2026: upload by 6 February 2026" in desk.top
            and "Nothing was saved yet for: Needs Assessment and Referrals." in desk.top
        )
        assert [row["File"] for row in desk.rows] == ["jan.xlsx", "jan_2.xlsx"]
        row = desk.row("jan.xlsx")
        assert (row["By"], row["Account"], row["Rows"], row["Status now"]) == (
            "ana", "North York", "3.0", STANDING["saved"].en,
        )  # fmt: skip
        assert row["What to do"].startswith("Upload it once") and not row["New status"] and not row["What is wrong"]

    def test_is_in_french_and_needs_no_workbook(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status", "fr")
        assert "Janvier 2026\u00a0: téléversement au plus tard" in desk.top
        assert desk.row("jan.xlsx")["Statut actuel"] == STANDING["saved"].fr

    def test_without_any_file_says_so(self, desk: Desk) -> None:
        desk.press("status")
        assert "No file was saved for this month yet." in desk.top and desk.rows == []

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_has_drop_downs_a_frozen_head_and_a_hidden_key_and_is_one_page_wide(
        self, language: Language, desk: Desk, ledger: Ledger, tmp_path: Path
    ) -> None:
        desk.press("status", language)
        sheet = saved(desk.excel, tmp_path)
        lists = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
        words = ",".join(CHOICES[status].to(language) for status in STATUSES)
        assert {each.formula1 for each in lists} == {f'"{words}"'}
        assert all(each.prompt and not each.showErrorMessage for each in sheet.data_validations.dataValidation)
        assert sheet.freeze_panes == f"B{desk.head + 2}"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.column_dimensions["M"].hidden and sheet.auto_filter.ref.endswith(f"M{desk.head + 3}")
        assert not sheet.protection.sheet

    def test_more_than_fits_above_the_frozen_head_stands_below(
        self, desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("icare_xl.excel.forms.writing.MOST_ON_TOP", 2)
        desk.press("status")
        assert "Nothing was saved yet for" not in desk.top and "Nothing was saved yet for" in desk.cells[-1][0]
        assert desk.press("record").startswith("Nothing was filled in")


def test_no_choice_has_the_comma_that_parts_the_choices_of_a_drop_down() -> None:
    choices = [*(CHOICES[status] for status in STATUSES), *(each for line in LINES for each in line.choices)]
    assert not [each for each in choices if "," in each.en + each.fr]


class TestRecordingAStatus:
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_puts_what_was_filled_in_into_the_ledger_and_shows_it(
        self, language: Language, desk: Desk, ledger: Ledger
    ) -> None:
        desk.press("status", language)
        heads = {each.id: each.head.to(language) for each in STATUS_FORM.columns}
        desk.type("jan.xlsx", heads["new"], PROCESSED.to(language))
        desk.type("jan.xlsx", heads["accepted"], 2)
        desk.type("jan.xlsx", heads["rejected"], "1")
        desk.type("jan_2.xlsx", heads["new"], PENDING.to(language).upper())
        told = desk.press("record")
        assert told == {"en": "2 rows recorded.", "fr": "2 lignes inscrites."}[language]
        assert standing(ledger)["jan.xlsx"] == ("processed", 2, 1)
        assert standing(ledger)["jan_2.xlsx"][0] == "pending" and standing(ledger)["dec.xlsx"][0] == "saved"
        assert desk.row("jan.xlsx")[heads["now"]].startswith(f"{PROCESSED.to(language)}")
        assert desk.row("jan.xlsx")[heads["new"]] == PROCESSED.to(language)

    def test_again_records_nothing_twice(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status")
        desk.type("jan.xlsx", "New status", PENDING.en)
        desk.press("record")
        before = len(list(Path(ledger.where).rglob("*.json")))
        assert desk.press("record").startswith("Nothing was filled in or changed since")
        assert len(list(Path(ledger.where).rglob("*.json"))) == before

    def test_records_the_right_rows_and_names_the_wrong_cells_beside_theirs(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status")
        desk.type("jan.xlsx", "New status", "gone")
        desk.type("jan_2.xlsx", "New status", PENDING.en)
        told = desk.press("record")
        assert told.startswith("1 row recorded. 1 row not recorded;")
        assert f"Row {desk.head + 2}: New status: “gone” is none of the choices." in told
        assert desk.row("jan.xlsx")["What is wrong"].startswith("New status: “gone” is none of the choices.")
        assert not desk.row("jan_2.xlsx")["What is wrong"] and standing(ledger)["jan.xlsx"][0] == "saved"
        desk.type("jan.xlsx", "New status", PENDING.en)
        assert desk.press("record") == "1 row recorded."
        assert not desk.row("jan.xlsx")["What is wrong"] and standing(ledger)["jan.xlsx"][0] == "pending"

    @pytest.mark.parametrize(
        ("new", "accepted", "rejected", "wrong"),
        [
            (PROCESSED.en, "three", "", "Accepted rows: “three” is no whole number."),
            (PROCESSED.en, 1.5, "", "Accepted rows: “1"),
            (PROCESSED.en, "", "-1", "Rejected rows: “-1” is no whole number."),
            (PROCESSED.en, 3, 1, "“jan.xlsx” was saved with 3 rows"),
            (PENDING.en, 3, "", "Rows are counted only once a file is processed."),
            ("", 3, "", "Rows are counted only once a file is processed."),
        ],
    )
    def test_counts_are_whole_numbers_of_a_processed_file_within_its_rows(
        self, new: str, accepted: Any, rejected: Any, wrong: str, desk: Desk, ledger: Ledger
    ) -> None:
        desk.press("status")
        for head, value in (("New status", new), ("Accepted rows", accepted), ("Rejected rows", rejected)):
            if value != "":
                desk.type("jan.xlsx", head, value)
        assert desk.press("record").startswith("0 rows recorded. 1 row not recorded;")
        assert desk.row("jan.xlsx")["What is wrong"].startswith(wrong)
        assert standing(ledger)["jan.xlsx"] == ("saved", None, None)

    def test_stays_with_its_file_where_rows_were_sorted(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status")
        sheet, at = desk.excel.app.books.active.sheets[0], desk.head + 2
        block = sheet.range((at, 1), (at + 1, 13))
        block.value = block.options(ndim=2).value[::-1]
        desk.type("jan.xlsx", "New status", PENDING.en)
        assert desk.press("record") == "1 row recorded."
        assert standing(ledger)["jan.xlsx"][0] == "pending" and standing(ledger)["jan_2.xlsx"][0] == "saved"

    def test_of_a_row_that_was_copied_and_filled_in_otherwise_is_told(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status")
        sheet, at = desk.excel.app.books.active.sheets[0], desk.head + 2
        sheet.range((at + 2, 1), (at + 2, 13)).value = sheet.range((at, 1), (at, 13)).value
        desk.type("jan.xlsx", "New status", PENDING.en)
        sheet.cells(at + 2, 8).value = "deleted"
        assert desk.press("record").startswith("0 rows recorded. 2 rows not recorded;")
        assert standing(ledger)["jan.xlsx"][0] == "saved"

    def test_below_the_list_is_told(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status")
        desk.excel.app.books.active.sheets[0].cells(desk.head + 6, 8).value = "uploaded"
        assert "This row was not here when the workbook opened" in desk.press("record")

    def test_of_a_file_that_another_ledger_holds_is_told(
        self, desk: Desk, ledger: Ledger, own_settings: Path, tmp_path: Path
    ) -> None:
        desk.press("status")
        desk.type("jan.xlsx", "New status", PENDING.en)
        (tmp_path / "other").mkdir()
        own_settings.write_text(f"ledger = '{tmp_path / 'other'}'", "utf-8")
        assert "This file is not in the ledger that is set now." in desk.press("record")

    def test_where_a_heading_is_gone_records_nothing(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status")
        desk.type("jan.xlsx", "New status", PENDING.en)
        desk.excel.app.books.active.sheets[0].cells(desk.head + 1, 9).value = "OK"
        assert desk.press("record").startswith("The headings “Accepted rows” are missing")
        assert standing(ledger)["jan.xlsx"][0] == "saved"

    def test_on_a_protected_sheet_records_nothing(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status")
        desk.type("jan.xlsx", "New status", PENDING.en)
        desk.excel.app.books.active.sheets[0].api.Protect()
        assert "is protected" in desk.press("record") and standing(ledger)["jan.xlsx"][0] == "saved"

    def test_where_excel_refuses_what_is_wrong_the_box_tells_it(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("status")
        desk.type("jan.xlsx", "New status", PENDING.en)
        desk.type("jan_2.xlsx", "New status", "gone")
        sheet, real = desk.excel.app.books.active.sheets[0], type(ledger).set_status

        def meanwhile(*given: Any) -> Any:  # somebody types while the ledger is written
            sheet.cells(1, 6).value = "typed meanwhile"
            return real(*given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(ledger), "set_status", meanwhile)
            told = desk.press("record")
        assert told.startswith("1 row recorded. 1 row not recorded;") and "“gone” is none of the choices" in told
        assert standing(ledger)["jan.xlsx"][0] == "pending"
        assert desk.press("record").startswith("1 row recorded. 1 row not recorded;")  # the sheet shows it now
        assert desk.row("jan_2.xlsx")["What is wrong"]


def test_a_sheet_that_is_no_form_is_told_which_there_are(desk: Desk, clean: Path) -> None:
    desk.excel.open(clean)
    assert "Press Status or Settings" in desk.press("record")


class TestMonth:
    @pytest.mark.parametrize(
        ("action", "typed", "month"),
        [("month_last", "", "2026-01"), ("month_running", "", "2026-02"), ("month_other", "3", "2025-12"),
         ("month_other", "2024-07", "2024-07"), ("month_other", "2026-02", "2026-02")],
    )  # fmt: skip
    def test_opens_the_same_list_for_any_month(
        self, action: str, typed: str, month: str, desk: Desk, ledger: Ledger
    ) -> None:
        desk.excel.typed[:] = [typed] if typed else []
        desk.press(action)
        assert (
            f"Files of {spoken_month(date.fromisoformat(month + '-01')).en}" in desk.top
            and f"{spoken_month(date.fromisoformat(f'{month}-01')).en}: upload by" in desk.top
        )
        assert [row["File"] for row in desk.rows] == {
            "2026-01": ["jan.xlsx", "jan_2.xlsx"],
            "2025-12": ["dec.xlsx"],
        }.get(month, [])

    def test_lists_the_months_that_the_ledger_holds(self, desk: Desk, ledger: Ledger) -> None:
        desk.press("month_other")
        assert "1. 2026-02\n2. 2026-01\n3. 2025-12" in desk.excel.alerts[-1].prompt

    def test_that_is_none_is_told(self, desk: Desk, ledger: Ledger) -> None:
        desk.excel.typed[:] = ["Smarch"]
        assert desk.press("month_other") == "“Smarch” is no month from 2000 to 2099."

    def test_that_is_set_is_the_one_of_status(self, desk: Desk, ledger: Ledger, own_settings: Path) -> None:
        own_settings.write_text('month = "2025-12"', "utf-8")
        desk.press("status")
        assert [row["File"] for row in desk.rows] == ["dec.xlsx"]

    def test_says_where_the_ledger_cannot_be_reached(self, desk: Desk, own_settings: Path) -> None:
        own_settings.write_text('ledger = "unplugged/team/ledger"', "utf-8")
        assert "cannot be reached" in desk.press("status")


def value(name: str) -> Any:
    return settings.load(settings.settings_file(), CODES).value(name)


class TestTheSettingsForm:
    def test_has_a_row_for_each_setting_in_plain_words(self, desk: Desk, own_settings: Path) -> None:
        own_settings.write_text('province = "ON"\nwithout = ["house", "IC201"]\naccounts = ["B", "A"]', "utf-8")
        desk.press("settings", "fr")
        assert len(desk.rows) == len(LINES) == len(settings.SETTINGS)
        assert desk.row("Province ou territoire")["Valeur"] == "Ontario"
        assert desk.row("Comptes")["Valeur"] == "A; B"
        assert desk.row("Règles laissées de côté")["Valeur"] == "IC201; tout ce qui est seulement déduit"
        assert {row["Vaut pour"] for row in desk.rows} == {"moi"}

    def test_knows_every_province_that_has_a_calendar(self) -> None:
        assert list(_PROVINCES) == list(CALENDARS)

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_has_drop_downs(self, language: Language, desk: Desk, tmp_path: Path) -> None:
        desk.press("settings", language)
        found = [each.formula1.strip('"').split(",") for each in saved(desk.excel, tmp_path).data_validations.dataValidation
                 if each.type == "list"]  # fmt: skip
        assert [text.to(language) for text in _PROVINCES.values()] in found
        assert {"en": ["leave as it is", "choose a folder…"], "fr": ["laisser tel quel", "choisir un dossier…"]}[
            language
        ] in found

    @pytest.mark.parametrize(
        ("row", "typed", "name", "kept"),
        [
            ("Province or territory", "Ontario", "province", "ON"),
            ("Province or territory", "qc", "province", "QC"),
            ("Province or territory", "Québec", "province", "QC"),
            ("Agency", "Newcomer House", "agency", "Newcomer House"),
            ("Accounts", "North York; Scarborough ;", "accounts", ("North York", "Scarborough")),
            ("Closing days", "2026-08-03", "closing_days", (date(2026, 8, 3),)),
            ("Reporting month", "2025-12", "month", date(2025, 12, 1)),
            ("Rules left out", "ic201; all that is only inferred", "without", frozenset({"IC201", "house"})),
            ("Names of saved copies", "{agency}_{month}", "naming", "{agency}_{month}"),
            ("Folder for copies", "C:\\icare", "upload_folder", "C:\\icare"),
        ],
    )
    def test_sets_what_was_typed_and_unsets_what_was_emptied(
        self, row: str, typed: str, name: str, kept: Any, desk: Desk, own_settings: Path
    ) -> None:
        own_settings.write_text("# mine\n", "utf-8")
        desk.press("settings")
        desk.type(row, "Value", typed)
        assert desk.press("record") == "1 row recorded." and value(name) == kept
        assert desk.press("record").startswith("Nothing was filled in")
        desk.type(row, "Value", None)
        assert desk.press("record") == "1 row recorded." and not value(name)
        assert own_settings.read_text("utf-8") == "# mine\n"

    @pytest.mark.parametrize(
        ("row", "typed", "wrong"),
        [
            ("Province or territory", "Bavaria", "Province or territory: “Bavaria” is none of the choices."),
            (
                "Closing days",
                "3 August",
                "Closing days: “3 August” cannot go here. Enter a list of days such as 2026-08-03.",
            ),
            ("Reporting month", "March", "Reporting month: “March” cannot go here. Enter a month as 2026-03."),
            ("Rules left out", "IC9999", "Rules left out: “IC9999” cannot go here. Enter codes such as IC201"),
            ("Ledger folder", "team", "Ledger folder: “team” cannot go here. Enter a whole path"),
            ("Ledger folder", "postgresql://ana:***@host/x", "Ledger folder: “postgresql://ana:***@host/x” cannot"),
        ],
    )
    def test_names_what_is_wrong_and_records_the_rest(
        self, row: str, typed: str, wrong: str, desk: Desk, own_settings: Path
    ) -> None:
        desk.press("settings")
        desk.type(row, "Value", typed)
        desk.type("Agency", "Value", "Newcomer House")
        assert desk.press("record").startswith("1 row recorded. 1 row not recorded;")
        assert desk.row(row)["What is wrong"].startswith(wrong) and desk.row(row)["Value"] == typed
        assert value("agency") == "Newcomer House" and settings.load(own_settings, CODES).problems == ()

    def test_is_for_the_whole_agency_where_that_is_chosen(self, desk: Desk, own_settings: Path) -> None:
        shared = own_settings.parent / "ledger" / "agency.toml"
        desk.press("settings")
        desk.type("Agency", "Value", "Newcomer House")
        desk.type("Agency", "Set for", "the agency")
        desk.press("record")
        assert shared.read_text("utf-8") == 'agency = "Newcomer House"\n' and not own_settings.exists()
        desk.type("Agency", "Set for", "me")
        assert "The agency has set this" in desk.press("record")
        desk.press("settings")
        assert desk.row("Agency")["Set for"] == "the agency"

    def test_the_ledger_is_a_persons_own(self, desk: Desk, tmp_path: Path) -> None:
        desk.press("settings")
        desk.type("Ledger folder", "Value", str(tmp_path / "team"))
        desk.type("Ledger folder", "Set for", "the agency")
        assert "cannot be set for the whole agency" in desk.press("record")

    def test_the_ledger_folder_is_picked_in_excels_own_dialog(
        self, desk: Desk, tmp_path: Path, own_settings: Path
    ) -> None:
        desk.press("settings")
        desk.type("Ledger folder", "Value", "choose a folder…")
        assert "No folder was chosen" in desk.press("record") and not own_settings.exists()
        desk.excel.folders[:] = [str(tmp_path / "team")]
        told = desk.press("record")
        assert "What was remembered before stays in the ledger where it was." in told
        assert value("ledger") == str(tmp_path / "team") == desk.row("Ledger folder")["Value"]
        desk.type("Ledger folder", "Value", "leave as it is")
        assert desk.press("record") == "1 row recorded." and value("ledger") == str(tmp_path / "team")

    def test_the_language_is_the_buttons_at_once(self, desk: Desk) -> None:
        desk.press("settings")
        desk.type("Language", "Value", "French")
        assert desk.press("record").startswith("1 ligne inscrite.")
        assert desk.language == "fr" and value("language") == "fr"

    def test_what_others_set_meanwhile_stays_where_only_one_row_was_changed(
        self, desk: Desk, own_settings: Path
    ) -> None:
        desk.press("settings")
        own_settings.write_text('province = "BC"\n', "utf-8")
        desk.type("Agency", "Value", "Newcomer House")
        desk.press("record")
        assert (value("province"), value("agency")) == ("BC", "Newcomer House")

    def test_shows_what_is_wrong_in_the_file_and_mends_it(self, desk: Desk, own_settings: Path) -> None:
        own_settings.write_text('province = "Ontario"  # home', "utf-8")
        desk.press("settings")
        assert "province cannot be “Ontario”" in desk.top
        desk.type("Province or territory", "Value", "Ontario")
        assert "1 row recorded." in desk.press("record")
        assert own_settings.read_text("utf-8") == 'province = "ON"  # home'

    def test_a_file_nobody_can_read_is_told_and_stays(self, desk: Desk, own_settings: Path) -> None:
        own_settings.write_text("province =", "utf-8")
        desk.press("settings")
        desk.type("Agency", "Value", "Newcomer House")
        assert "cannot be used" in desk.press("record") and own_settings.read_text("utf-8") == "province ="


class TestWrongSettings:
    def test_are_mentioned_once_by_a_check_that_goes_on(self, desk: Desk, own_settings: Path, clean: Path) -> None:
        own_settings.write_text('province = "Ontario"\nledger = 3', "utf-8")
        desk.excel.open(clean)
        told = desk.press("check")
        assert "3 rows checked" in told
        assert told.count("province cannot be") == 1 and told.count("ledger cannot be") == 1

    @pytest.mark.parametrize("action", ["status", "month_last", "save_for_upload"])
    def test_stop_what_needs_the_ledger_that_they_name(
        self, action: str, desk: Desk, own_settings: Path, clean: Path
    ) -> None:
        own_settings.write_text("ledger = 3", "utf-8")
        desk.excel.open(clean)
        assert "ledger cannot be “3”" in desk.press(action)
        assert not (own_settings.parent / "ledger").exists()


ANYTHING = st.one_of(
    st.text("".join(sorted({*string.printable[:-2]} - {*"/\\"})) + "é’“»\u00a0\u2028", max_size=12),
    st.sampled_from(["processed", "traité", "uploaded", "3", "=1+1", "#N/A", "~x/y", "the agency", "moi", "2026-03", "<r>x</r>",
                     "choose a folder…", "house", "://", "icare-xl status en"]),
    st.integers(-5, 10**9), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none(),
)  # fmt: skip


@pytest.mark.parametrize("kind", ["status", "settings"])
@hypothesis(max_examples=some(200), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_whatever_is_typed_is_recorded_or_named_and_stays(
    kind: str, desk: Desk, ledger: Ledger, own_settings: Path, data: st.DataObject
) -> None:
    own_settings.unlink(missing_ok=True)
    desk.excel.close_all()
    desk.press(kind, "en")
    form = next(each for each in KINDS if each.name == kind)
    sheet, first = desk.excel.app.books.active.sheets[0], desk.head + 2
    columns = {each.id: number for number, each in enumerate(form.columns, 1) if each.hint}
    for row in range(first, first + len(desk.rows)):
        for column in columns.values():
            if data.draw(st.booleans()):
                typed = data.draw(ANYTHING)
                sheet.cells(row, column).api.Value2 = f"'{typed}" if isinstance(typed, str) else typed
    before = desk.cells
    told = desk.press("record", "en")
    assert told[0].isdigit() or told.startswith("Nothing was filled in"), told
    wrong, head = len(form.columns), desk.head
    for was, now in zip(before[head + 1 :], desk.cells[head + 1 :], strict=True):
        filled = [column - 1 for column in columns.values()]
        if now[wrong]:  # named: all stays as it was typed
            assert [was[each] for each in filled] == [now[each] for each in filled]
        assert now[0] == was[0]
    again = desk.press("record", "en")
    named = sum(bool(row[wrong]) for row in desk.cells[head + 1 :])
    assert (
        again.startswith("Nothing was filled in") if not named else f"{named} row" in again or f"{named} ligne" in again
    )


@pytest.mark.parametrize("excel", ["libreoffice"], indirect=True)
def test_in_a_spreadsheet_program_opens_and_is_read_back(desk: Desk, ledger: Ledger) -> None:
    desk.press("status")
    desk.type("jan.xlsx", "New status", PENDING.en)
    desk.type("jan_2.xlsx", "Accepted rows", 5)
    assert desk.press("record").startswith("1 row recorded. 1 row not recorded;")
    assert standing(ledger)["jan.xlsx"][0] == "pending" and desk.row("jan.xlsx")["Status now"] == PENDING.en
    assert desk.row("jan_2.xlsx")["What is wrong"].startswith("Rows are counted only")
    desk.press("settings")
    desk.type("Reporting month", "Value", "2025-12")
    assert desk.press("record") == "1 row recorded." and value("month") == date(2025, 12, 1)
