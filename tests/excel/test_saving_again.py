"""The Save button, pressed again and in other months: what it asks, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from icare_xl import settings
from icare_xl.check.codes import CODES
from icare_xl.excel import press as pressing
from icare_xl.excel.next_steps import STATUS
from icare_xl.excel.sentences import WHICH_PROVINCE
from icare_xl.icare.blank_workbook import write_workbook
from icare_xl.icare.deadline import CALENDARS, FEDERAL, PROVINCES
from icare_xl.icare.example import good_row
from icare_xl.model.spoken_dates import spoken_day
from icare_xl.model.text import Language
from icare_xl.upload.ledger import Ledger, open_ledger, take_back
from icare_xl.workbooks.excel import attach
from tests.conftest import an_excel
from tests.stand_in.engine import Excel
from tests.support.sheets import PREPARED, Rows, sheet_of, small_workbook
from tests.upload.test_ledger import notes_on
from tests.upload.test_saving_again import CHANGED, rows

Press = Callable[..., list[str]]
TODAY = spoken_day(date.today())


@pytest.fixture(params=["openpyxl", "libreoffice", "french"])
def excel(request: pytest.FixtureRequest) -> Iterator[Excel]:
    yield from an_excel(request)


@pytest.fixture
def press(excel: Excel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_settings: Path) -> Press:
    """`press("no", "yes")` presses Save, answers the questions so, and returns all that boxes said."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "documents")
    monkeypatch.setattr("icare_xl.icare.example.write_workbook", partial(write_workbook, prepared=PREPARED))
    settings.put(own_settings, CODES, "province", ["ON"])

    def press(*answers: str, language: Language = "en", typed: str = "", today: date = date(2026, 2, 3)) -> list[str]:
        excel.alerts.clear()
        excel.answers[:], excel.typed[:] = answers, [typed] if typed else []
        pressing.press("save_for_upload", attach(excel.hwnd), language, today, lambda _: None)
        assert not excel.answers and not excel.off_screen
        return [alert.prompt for alert in excel.alerts]

    return press


@pytest.fixture
def ledger(own_settings: Path) -> Ledger:
    return open_ledger(own_settings.parent / "ledger", "ana")


def opened(excel: Excel, path: Path, given: Rows) -> None:
    """This workbook in front, in place of one of the same name."""
    for book in [book for book in excel.app.books if book.fullname == str(path)]:
        book.close()
    excel.open(small_workbook(path, given))


def standings(ledger: Ledger) -> list[str]:
    return [each.standing for each in ledger.history().submissions]


def first(excel: Excel, press: Press, path: Path, *clients: int) -> None:
    opened(excel, path, rows(*clients))
    press("yes")  # no client profile yet: save all the same


class TestAgain:
    def test_not_uploaded_is_replaced(self, excel: Excel, press: Press, tmp_path: Path, ledger: Ledger) -> None:
        first(excel, press, tmp_path / "jan.xlsx", 1, 2)
        opened(excel, tmp_path / "jan.xlsx", rows(1, 2, **CHANGED))
        asked, confirm, told = press("no", "yes")
        assert asked.startswith(f"“jan_upload.xlsx” was saved on {TODAY.en}. Was it already uploaded to iCARE?")
        assert "No: the new file takes the place of what was saved before." in asked and "Save all the same?" in confirm
        assert "“jan_upload.xlsx” was not uploaded and is replaced; it is now" in told
        assert standings(ledger) == ["withdrawn", "saved"]
        assert {path.name for path in (tmp_path / "upload").glob("*.xlsx")} == {"jan_upload.xlsx"}

    def test_uploaded_and_nothing_new(self, excel: Excel, press: Press, tmp_path: Path, ledger: Ledger) -> None:
        first(excel, press, tmp_path / "jan.xlsx", 1, 2)
        _, told = press("yes")
        assert told.startswith("Recorded: “jan_upload.xlsx” was uploaded.\n")
        assert "all 2 rows were uploaded before" in told and told.endswith(STATUS.en)
        assert standings(ledger) == ["pending"]

    def test_uploaded_and_some_are_new(self, excel: Excel, press: Press, tmp_path: Path, ledger: Ledger) -> None:
        first(excel, press, tmp_path / "jan.xlsx", 1, 2)
        opened(excel, tmp_path / "jan.xlsx", rows(1, 2, 3))
        _, asked, _, told = press("yes", "yes", "yes")
        assert asked == "Uploaded before: 2 rows. Save only what is new (1 row)?"
        assert told.startswith("Recorded: “jan_upload.xlsx” was uploaded.\n") and "1 row ready for upload" in told
        assert standings(ledger) == ["pending", "saved"] and ledger.history().submissions[1].saved.rows == 1

    def test_rather_not(self, excel: Excel, press: Press, tmp_path: Path, ledger: Ledger) -> None:
        first(excel, press, tmp_path / "jan.xlsx", 1, 2)
        opened(excel, tmp_path / "jan.xlsx", rows(1, 2, 3))
        told = press("yes", "no")[-1]
        assert "Nothing was saved: 2 of 3 rows (row 4, 5) were uploaded before" in told and standings(ledger) == [
            "pending"
        ]

    def test_in_french(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        first(excel, press, tmp_path / "jan.xlsx", 1, 2)
        opened(excel, tmp_path / "jan.xlsx", rows(1, 2, 3))
        asked, new, _, told = press("yes", "yes", "yes", language="fr")
        assert asked.startswith(
            f"«\u00a0jan_upload.xlsx\u00a0» a été enregistré le {TODAY.fr}. A-t-il déjà été téléversé"
        )
        assert new == "Déjà téléversé\u00a0: 2 lignes. Enregistrer seulement ce qui est nouveau (1 ligne)?"
        assert told.endswith(
            "Téléversez ce fichier dans iEDEC au plus tard le 6 février 2026, puis appuyez sur Statut."
        )

    def test_rows_that_came_back_are_saved_without_a_question(
        self, excel: Excel, press: Press, tmp_path: Path, ledger: Ledger
    ) -> None:
        first(excel, press, tmp_path / "jan.xlsx", 1, 2)
        take_back(ledger, sheet_of(rows(2)), notes_on(1, total=2, positions=(2,)))
        opened(excel, tmp_path / "corrected.xlsx", rows(2, **CHANGED))
        _, told = press("yes")
        assert "1 row ready for upload" in told and standings(ledger) == ["processed", "saved"]


LATE = {4 + n: good_row(n) | {"start_dttm": "2025-12-05", "end_dttm": "2025-12-05"} for n in range(3)}


class TestTheMonth:
    @pytest.mark.parametrize(("answer", "month"), [("yes", date(2025, 12, 1)), ("no", date(2026, 1, 1))])
    def test_is_asked_before_saving(
        self, answer: str, month: date, excel: Excel, press: Press, tmp_path: Path, ledger: Ledger
    ) -> None:
        opened(excel, tmp_path / "late.xlsx", LATE)
        asked, _, told = press(answer, "yes")
        assert asked.startswith(
            "3 of 3 rows are of December 2025, and January 2026 is being reported. Save them as December 2025?"
        )
        assert ledger.history().submissions[0].saved.about.month == month
        button = {"yes": "Another month…", "no": "Status"}[answer]
        until = {"yes": "now, as 8 January 2026 is over,", "no": "by 6 February 2026,"}[answer]
        assert told.endswith(f"\n\nUpload this file in iCARE {until} then press {button}.")


class TestManyRows:
    @pytest.mark.thorough
    def test_are_saved_as_several_files(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        many = {4 + n: good_row(n) | {"client_validation_id": str(10_000_001 + n)} for n in range(2501)}
        opened(excel, tmp_path / "jan.xlsx", many)
        asked, _, told = press("yes", "yes")
        assert asked == "The sheet has 2501 rows, and a file may hold 2,500. Save them as 2 files?"
        assert told.endswith("Upload these 2 files in iCARE by 6 February 2026, then press Status.")
        assert len(list((tmp_path / "upload").glob("*.xlsx"))) == 2


class TestTheProvince:
    def test_is_asked_for_once_and_remembered(
        self, excel: Excel, press: Press, tmp_path: Path, own_settings: Path
    ) -> None:
        settings.put(own_settings, CODES, "province", [])
        opened(excel, tmp_path / "a.xlsx", rows(1))
        asked = press("yes", typed="9")[1]
        assert asked.startswith("Which province are you in?\n1. Alberta; ") and "; 9. Ontario; " in asked
        assert settings.load(own_settings, CODES).province == "ON"
        opened(excel, tmp_path / "b.xlsx", rows(2))
        assert len(press("yes")) == 2

    @pytest.mark.parametrize("typed", ["", "Atlantis"])
    def test_is_not_needed(self, typed: str, excel: Excel, press: Press, tmp_path: Path, own_settings: Path) -> None:
        settings.put(own_settings, CODES, "province", [])
        opened(excel, tmp_path / "a.xlsx", rows(1))
        assert press("yes", typed=typed)[-1].endswith(
            "Upload this file in iCARE by 6 February 2026, then press Status."
        )
        assert settings.load(own_settings, CODES).province is None

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_all_of_them_fit_into_the_question(self, language: Language, excel: Excel) -> None:
        lines = [f"{number}. {name.to(language)}" for number, name in enumerate(PROVINCES.values(), 1)]
        assert len("\n".join([WHICH_PROVINCE.to(language), *lines])) <= attach(excel.hwnd).longest_prompt
        assert set(PROVINCES) == set(CALENDARS) - {FEDERAL}


def test_the_account_is_asked_for_at_each_save(excel: Excel, press: Press, tmp_path: Path, own_settings: Path) -> None:
    settings.put(own_settings, CODES, "accounts", ["East", "West"])
    for number, account in enumerate(("East", "West"), 1):
        opened(excel, tmp_path / f"{number}.xlsx", rows(number))
        asked = press("yes", typed=account)
        assert sum("Which account is it for?" in each for each in asked) == 1
