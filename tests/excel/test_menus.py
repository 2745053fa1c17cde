"""The buttons of the menus: what each opens and says, and that a dialog which is cancelled leaves everything as it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.request import url2pathname

import openpyxl
import pytest

from icare_xl.excel import press as pressing
from icare_xl.icare import library
from icare_xl.icare.example import good_row, month_with_mistakes, rejected_month
from icare_xl.icare.messages import COLUMNS
from icare_xl.model.text import Language
from icare_xl.workbooks.excel import attach
from tests.conftest import an_excel
from tests.stand_in.engine import Excel
from tests.support.services import good
from tests.support.sheets import Rows, small_workbook

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
UNKNOWN = (
    "[BUID:62957,RID:,ORP:1/3,DTS:2026-02-03 10:05:04][1] (Service) The bridge is closed on Sundays. / "
    "(Service) Le pont est fermé le dimanche."
)


@dataclass
class Person:
    """Somebody at Excel. `pick` and `answer` are for what the next press asks."""

    excel: Excel
    folder: Path
    language: Language = "en"
    pages: list[Path] | None = None

    def press(self, action: str, *answers: str, pick: Path | str | None = None) -> str:
        """What the last box said, or nothing where none came up."""
        self.excel.alerts.clear()
        self.excel.answers[:] = answers
        self.excel.files[:] = self.excel.folders[:] = [str(pick)] if pick else []
        pressing.press(action, attach(self.excel.hwnd), self.language, date(2026, 2, 3), lambda _: None)
        boxes = [each for each in self.excel.alerts if each.mode]
        return boxes[-1].prompt if boxes else ""

    def opens(self, path: Path) -> Path:
        self.excel.open(path)
        return path

    @property
    def open_books(self) -> list[str]:
        return [book.name for book in self.excel.backend.books()]

    def cells(self, sheet: str | None = None) -> list[list[object]]:
        """The values of a sheet of the workbook in front, of its first one without a name."""
        book = self.excel.backend.active()
        assert book
        found = next(each for each in book.sheets() if sheet in (None, each.name))
        return [list(row) for row in found.values(found.used())]


@pytest.fixture(params=["openpyxl", "libreoffice"])
def excel(request: pytest.FixtureRequest) -> Iterator[Excel]:
    yield from an_excel(request)


@pytest.fixture
def quick() -> Iterator[Excel]:
    """An Excel over openpyxl."""
    from tests.stand_in.engine import in_place
    from tests.stand_in.with_openpyxl import OpenpyxlBackend

    with in_place(OpenpyxlBackend()) as excel:
        yield excel
        assert not excel.off_screen


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Excel], Person]:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "documents")
    pages: list[Path] = []
    monkeypatch.setattr("webbrowser.open", lambda url: pages.append(Path(url2pathname(url.removeprefix("file:")))))
    return lambda excel: Person(excel, tmp_path, pages=pages)


@pytest.fixture
def ana(quick: Excel, somebody: Callable[[Excel], Person]) -> Person:
    return somebody(quick)


def month(folder: Path) -> Path:
    """Two files of which one names a client that the other does not know, with an error in it."""
    folder.mkdir()
    profiles = {4 + n: good("client_profile", n) for n in range(3)}
    small_workbook(folder / "profiles.xlsx", profiles, of=library.of_service("client_profile"))
    services = {4 + n: good("information_orientation", n) for n in range(4)}
    services[4] |= {"postal_cd": "?"}
    small_workbook(folder / "services.xlsx", services)
    return folder


def sent_and_rejected(folder: Path) -> tuple[Path, Path]:
    """A file of five rows, and what came back of it: notes on two of them."""
    rows: Rows = {4 + n: good_row(n) for n in range(5)}
    note = str(rejected_month()[4]["processing_details"]).partition("ORP:")
    back = {
        4: {"processing_details": f"{note[0]}ORP:2/5{note[2][4:]}", **good_row(1)},
        5: {"processing_details": f"{note[0]}ORP:4/5{note[2][4:]}", **good_row(3)},
    }
    return small_workbook(folder / "sent.xlsx", rows), small_workbook(folder / "rejected.xlsx", back)


def saved(ana: Person) -> Path:
    """A file that was saved for upload."""
    ana.opens(small_workbook(ana.folder / "jan.xlsx", {4: good_row()}))
    ana.press("save_for_upload", "yes")
    return next((ana.folder / "upload").glob("*.xlsx"))


def unusable(folder: Path) -> dict[str, Path]:
    text, locked = folder / "text.xlsx", folder / "locked.xlsx"
    text.write_text("no workbook")
    locked.write_bytes(COMPOUND)
    return {"is not an Excel workbook": text, "is protected by a password": locked}


class TestCheckFolder:
    def test_checks_each_file_and_all_with_each_other_and_opens_one_list(self, ana: Person) -> None:
        said = ana.press("check_folder", pick=month(ana.folder / "jan"))
        assert said.splitlines()[0] == "2 files checked: 1 error, 1 warning."
        assert list(filter(None, said.splitlines()))[1] == "services.xlsx · 4 rows checked: 1 error, 1 warning."
        assert said.endswith("then press Check a folder again.")
        assert ana.open_books == ["findings1"]
        rules = [row[-2] for row in ana.cells("Findings")]
        assert "IC401" in rules

    def test_in_french(self, ana: Person) -> None:
        ana.language = "fr"
        said = ana.press("check_folder", pick=month(ana.folder / "jan"))
        assert said.startswith("2 fichiers vérifiés\u00a0: 1 erreur, 1 avertissement.")
        assert ana.open_books == ["constats1"]

    def test_names_what_cannot_be_used_and_checks_the_others(self, ana: Person) -> None:
        folder = month(ana.folder / "jan")
        faults = unusable(folder)
        said = ana.press("check_folder", pick=folder)
        assert said.startswith("2 files checked")
        assert all(f"“{path.name}” {fault}" in said for fault, path in faults.items())

    def test_of_files_that_all_cannot_be_used_opens_no_list(self, ana: Person) -> None:
        folder = ana.folder / "jan"
        folder.mkdir()
        unusable(folder)
        said = ana.press("check_folder", pick=folder)
        assert said.startswith("No file of this folder could be checked.") and not ana.open_books

    def test_without_a_finding_opens_no_list(self, ana: Person) -> None:
        small_workbook(ana.folder / "jan.xlsx", {4: good_row()})
        said = ana.press("check_folder", pick=ana.folder)
        assert said.startswith("1 file checked: 0 errors, 0 warnings.") and not ana.open_books
        assert said.endswith("Next: open each workbook and press Save for upload.")

    def test_says_what_only_shows_beside_other_files(self, ana: Person) -> None:
        folder = ana.folder / "jan"
        folder.mkdir()
        profiles = {4 + n: good("client_profile", n + 50) for n in range(3)}
        small_workbook(folder / "profiles.xlsx", profiles, of=library.of_service("client_profile"))
        small_workbook(folder / "services.xlsx", {4 + n: good("information_orientation", n) for n in range(6)})
        said = ana.press("check_folder", pick=folder)
        assert list(filter(None, said.splitlines()))[1].startswith(
            "services.xlsx · 6 of 6 rows name clients that are in no Client Profile"
        )

    def test_says_which_open_workbook_was_checked_without_its_last_changes(self, ana: Person) -> None:
        folder = month(ana.folder / "jan")
        ana.opens(folder / "profiles.xlsx")
        assert "not saved" not in ana.press("check_folder", pick=folder)
        ana.excel.unsaved = {"profiles.xlsx"}
        assert "“profiles.xlsx” is open with changes that are not saved." in ana.press("check_folder", pick=folder)

    def test_shows_the_folder_of_the_workbook_in_front_first(self, ana: Person) -> None:
        ana.press("check_folder")
        assert ana.excel.alerts[0].prompt == f"{ana.folder / 'documents'}\\"
        ana.opens(month(ana.folder / "jan") / "profiles.xlsx")
        ana.press("check_folder")
        assert ana.excel.alerts[0].prompt == f"{ana.folder / 'jan'}\\"


class TestListAsAPage:
    def test_opens_a_page_that_only_its_owner_can_read(self, ana: Person) -> None:
        ana.opens(small_workbook(ana.folder / "jan.xlsx", month_with_mistakes()))
        said = ana.press("list_page")
        assert said.startswith("The list has just opened in your browser. It holds clients’ data")
        assert ana.pages and len(ana.pages) == 1
        assert "jan.xlsx" in ana.pages[0].read_text("utf-8") and "jan" not in ana.pages[0].name
        assert sys.platform == "win32" or ana.pages[0].stat().st_mode & 0o077 == 0

    def test_again_leaves_no_second_page_and_forget_changes_takes_it_away(self, ana: Person) -> None:
        ana.opens(small_workbook(ana.folder / "jan.xlsx", month_with_mistakes()))
        ana.press("list_page")
        ana.language = "fr"
        ana.press("list_page")
        assert len({*(ana.pages or [])}) == 1
        ana.language = "en"
        ana.press("forget", "yes")
        assert "for List as a page (1 file)" in next(each.prompt for each in ana.excel.alerts if "yes" in each.buttons)
        assert ana.pages and not ana.pages[0].exists()


class TestOnlyRejected:
    def test_opens_just_the_rows_that_came_back_and_touches_no_file(self, ana: Person) -> None:
        sent, rejected = sent_and_rejected(ana.folder)
        before = sent.read_bytes(), rejected.read_bytes()
        ana.opens(rejected)
        said = ana.press("only_rejected", pick=sent)
        assert said.startswith("A new workbook holds what came back: 2 rows of the 5 in “sent.xlsx”.")
        assert ana.open_books == ["rejected.xlsx", "rejected_rows1"]
        ids = [row[3] for row in ana.cells()[3:] if row[3]]
        assert ids == [str(10_000_001 + 7 * n) for n in (1, 3)]
        assert (sent.read_bytes(), rejected.read_bytes()) == before

    def test_in_french(self, ana: Person) -> None:
        sent, rejected = sent_and_rejected(ana.folder)
        ana.opens(rejected)
        ana.language = "fr"
        said = ana.press("only_rejected", pick=sent)
        assert said.startswith("Un nouveau classeur contient ce qui a été rejeté\u00a0: 2 lignes sur les 5")

    def test_of_a_file_without_notes_asks_for_none(self, ana: Person) -> None:
        sent, _ = sent_and_rejected(ana.folder)
        ana.opens(sent)
        assert ana.press("only_rejected").startswith("Column A holds no note from iCARE.")
        assert len(ana.excel.alerts) == 1

    def test_of_a_file_that_these_rows_are_not_from(self, ana: Person) -> None:
        _, rejected = sent_and_rejected(ana.folder)
        other = small_workbook(ana.folder / "other.xlsx", {4: good_row(60)})
        ana.opens(rejected)
        assert "were not found in the other file" in ana.press("only_rejected", pick=other)
        assert ana.open_books == ["rejected.xlsx"]


class TestVerify:
    def test_says_whether_a_file_is_still_the_one_that_was_saved(self, ana: Person) -> None:
        path = saved(ana)
        said = ana.press("verify_file", pick=path)
        assert said.startswith("This is still the file") and said.endswith("unless that is done already.")
        path.write_bytes(path.read_bytes() + b" ")
        said = ana.press("verify_file", pick=path)
        assert said.startswith("This is no longer the file") and said.endswith("press Save for upload.")
        ana.language = "fr"
        assert ana.press("verify_file", pick=path).startswith("Ce n’est plus le fichier")

    def test_of_a_file_that_nobody_saved_for_upload(self, ana: Person) -> None:
        path = small_workbook(ana.folder / "jan.xlsx", {4: good_row()})
        assert ana.press("verify_file", pick=path).startswith("There is no certificate beside")


class TestCompare:
    def test_with_the_built_in_edition(self, ana: Person) -> None:
        path = ana.folder / "jan.xlsx"
        path.write_bytes(library.blank_workbook("client_profile"))
        ana.opens(path)
        said = ana.press("compare_templates", "yes")
        assert said.startswith("Both are the same edition")
        ana.language = "fr"
        assert ana.press("compare_templates", "yes").startswith("Il s’agit de la même édition")

    def test_with_a_workbook_whose_differences_are_too_many_for_a_box(self, ana: Person) -> None:
        other = small_workbook(ana.folder / "old.xlsx", {4: good("nars", 0)}, of=library.of_service("nars"))
        ana.opens(small_workbook(ana.folder / "jan.xlsx", {4: good_row()}))
        said = ana.press("compare_templates", "no", pick=other)
        assert said.startswith("The two templates differ:")
        assert "All differences are listed in the workbook that has just opened." in said
        listed = [row[0] for row in ana.cells()]
        assert listed[0] == said.partition("\n")[0] and len(listed) > 20

    def test_with_few_differences_opens_nothing(self, ana: Person) -> None:
        path = small_workbook(ana.folder / "jan.xlsx", {4: good_row()})
        old, book = ana.folder / "old.xlsx", openpyxl.load_workbook(path)
        lists = book["LOV"]
        next(cell for cell in lists[3] if cell.value).value = "Another"
        book.save(old)
        ana.opens(path)
        said = ana.press("compare_templates", "no", pick=old)
        assert "is new." in said and "is gone." in said and ana.open_books == ["jan.xlsx"]


class TestExplainMessage:
    def test_opens_a_new_list_with_the_messages_that_nobody_has_explained(
        self, ana: Person, own_settings: Path
    ) -> None:
        rows: Rows = {4: {"processing_details": UNKNOWN, **good_row()}}
        ana.opens(small_workbook(ana.folder / "rejected.xlsx", rows))
        said = ana.press("explain_message")
        assert said.startswith("Each row is a message of iCARE.") and "Read notes" in said
        assert ana.open_books == ["rejected.xlsx", "messages.csv"]
        assert ana.cells()[0] == list(COLUMNS)
        assert str(ana.cells()[1][0]).startswith("The bridge is closed")

    def test_needs_no_workbook_and_brings_an_open_list_to_the_front(self, ana: Person) -> None:
        ana.language = "fr"
        assert ana.press("explain_message").startswith("Chaque ligne est un message d’iEDEC.")
        assert ana.cells() == [list(COLUMNS)]
        ana.press("explain_message")
        assert ana.open_books == ["messages.csv"]

    def test_keeps_what_was_filled_in(self, ana: Person, own_settings: Path) -> None:
        own = own_settings.with_name("messages.csv")
        own.write_bytes(b"english;french;meaning_fr\r\nbridge;;Le pont.\r\n")
        ana.excel.french = True
        ana.press("explain_message")
        assert ana.cells()[1] == ["bridge", "", "Le pont."]  # in columns, however Excel separated them
        assert own.read_bytes() == b"english;french;meaning_fr\r\nbridge;;Le pont.\r\n"

    def test_says_where_the_list_cannot_be_read_and_opens_it_all_the_same(
        self, ana: Person, own_settings: Path
    ) -> None:
        own_settings.with_name("messages.csv").write_text("some, other, table\r\n", "utf-8")
        assert "cannot be used" in ana.press("explain_message")
        assert ana.open_books == ["messages.csv"]


PICKING = ["check_folder", "only_rejected", "verify_file", "compare_templates"]


@pytest.mark.parametrize("action", PICKING)
def test_a_cancelled_dialog_changes_nothing_and_says_nothing(action: str, ana: Person) -> None:
    _, rejected = sent_and_rejected(ana.folder)
    ana.opens(rejected)
    before = {path: path.read_bytes() for path in ana.folder.rglob("*") if path.is_file()}
    said = ana.press(action, "no")
    assert said == "" or said.startswith("Compare this template with the built-in edition?")
    assert ana.open_books == ["rejected.xlsx"]
    assert {path: path.read_bytes() for path in ana.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("action", ["only_rejected", "compare_templates"])
def test_a_file_that_is_no_workbook_or_has_a_password_is_told(action: str, ana: Person) -> None:
    _, rejected = sent_and_rejected(ana.folder)
    ana.opens(rejected)
    for fault, path in unusable(ana.folder).items():
        assert fault in ana.press(action, "no", pick=path)
    assert ana.open_books == ["rejected.xlsx"]


@pytest.mark.parametrize("action", ["only_rejected", "compare_templates"])
def test_the_workbook_in_front_is_no_second_file(action: str, ana: Person) -> None:
    _, rejected = sent_and_rejected(ana.folder)
    ana.opens(rejected)
    assert ana.press(action, "no", pick=rejected).startswith("“rejected.xlsx” is the workbook in front of you;")


@pytest.mark.parametrize("action", ["only_rejected", "verify_file", "compare_templates"])
def test_a_file_on_the_web_is_told(action: str, ana: Person) -> None:
    _, rejected = sent_and_rejected(ana.folder)
    ana.opens(rejected)
    url = "https://agency.sharepoint.com/jan/sent.xlsx"
    assert ana.press(action, "no", pick=url).startswith(f"“{url}” is a file on the web;")


def test_one_workbook_is_picked_whatever_the_dialog_was_used_for_before(ana: Person) -> None:
    ana.press("verify_file")
    ana.press("verify_file")
    assert ana.excel.file_dialog.filters == [("Excel workbooks", "*.xlsx")]
    assert object.__getattribute__(ana.excel.file_dialog, "AllowMultiSelect") is False


def test_of_several_sheets_a_person_clicks_the_tab_of_one(ana: Person) -> None:
    path = small_workbook(ana.folder / "jan.xlsx", {4: good_row()})
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.worksheets[0]).title = "February"
    book.active = book.create_sheet("Ana")
    book.save(path)
    ana.opens(path)
    assert "click the tab of the one that is meant" in ana.press("check")
    assert "keep one of them in each file" in ana.press("check_folder", pick=ana.folder)


def test_each_opens_what_it_promises(excel: Excel, somebody: Callable[[Excel], Person]) -> None:
    """In a live program too: the list of a folder, the rejected rows, the differences, the page and the messages."""
    ben = somebody(excel)
    sent, rejected = sent_and_rejected(ben.folder)
    ben.opens(rejected)
    ben.press("list_page")
    assert ben.pages and ben.pages[0].exists()
    ben.press("only_rejected", pick=sent)
    assert len([row for row in ben.cells()[3:] if row[3]]) == 2
    other = small_workbook(ben.folder / "old.xlsx", {4: good("nars", 0)}, of=library.of_service("nars"))
    ben.press("compare_templates", "no", pick=other)
    assert ben.cells()[0][0] and len(ben.cells()) > 20
    ben.press("check_folder", pick=month(ben.folder / "jan"))
    assert ben.cells("Findings")
    ben.press("explain_message")
    assert ben.cells()[0] == list(COLUMNS)
