"""Saving again what was saved before: one question, and no row in two files that may both be uploaded."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icare_xl.icare import library, recognise
from icare_xl.icare.example import good_row
from icare_xl.model.check_date import CheckDate
from icare_xl.settings import Settings
from icare_xl.upload import certificate, guards, saving
from icare_xl.upload.guards import SaveRequest
from icare_xl.upload.ledger import STATUSES, History, Ledger, Particulars, Status, Submission, open_ledger, take_back
from icare_xl.upload.ledger.errors import AlreadySent, InAnotherFile, NoLongerWaiting
from icare_xl.upload.month import month_of
from icare_xl.upload.saving import Outcome, SaveOptions
from icare_xl.upload.sentences import advice, outcome_lines, standing, submission_line
from icare_xl.upload.set_aside import FOLDER
from icare_xl.workbooks.file import FileHost
from tests.conftest import Run
from tests.support import some
from tests.support.services import good
from tests.support.sheets import sheet_of, small_workbook
from tests.upload.test_ledger import notes_on

ANA, BEN = "ana", "ben"
DAY = date(2026, 2, 3)
JANUARY, DECEMBER = date(2026, 1, 1), date(2025, 12, 1)
Rows = dict[int, dict[str, Any]]


def rows(*clients: int, **cells: str) -> Rows:
    return {4 + place: good_row(client) | cells for place, client in enumerate(clients)}


CHANGED = {"topic_housing_given_ind": "No"}  # the same client, service and date


class Agency:
    """One workbook at a time, saved into one folder with one ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.upload, self.where = folder, folder / "upload", folder / "ledger"

    def ledger(self, by: str = ANA) -> Ledger:
        return open_ledger(self.where, by)

    @property
    def history(self) -> History:
        return self.ledger().history()

    def save(self, given: Rows, name: str = "jan", by: str = ANA, service: str | None = None, **said: Any) -> Outcome:
        path = small_workbook(self.folder / f"{name}.xlsx", given, library.of_service(service) if service else None)
        request = SaveRequest(confirmed=True, **said)
        with FileHost(path) as host:
            how = SaveOptions(self.upload, CheckDate(DAY), Settings(str(self.where)), request, self.ledger(by))
            return saving.save(host, recognise.upload_sheet(host), how)

    def standings(self) -> dict[str, str]:
        return {f"{each.saved.about.file} {each.saved.number}": each.standing for each in self.history.submissions}

    def files(self) -> set[str]:
        return {path.relative_to(self.upload).as_posix() for path in self.upload.rglob("*.xlsx")}


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return Agency(tmp_path)


def code(outcome: Outcome) -> str | None:
    return outcome.refused.code if outcome.refused else None


def told(outcome: Outcome) -> str:
    return "\n".join(each.en for each in outcome_lines(outcome))


class TestTheQuestion:
    def test_asks_whether_the_earlier_file_was_uploaded(self, agency: Agency) -> None:
        agency.save(rows(1, 2))
        refused = agency.save(rows(1, 2)).refused
        day = f"{date.today().day} {date.today():%B %Y}"
        assert refused and refused.code == "already-saved"
        assert refused.says.en == f"“jan_upload.xlsx” was saved on {day}. Was it already uploaded to iCARE?"
        assert refused.says.fr.endswith("A-t-il déjà été téléversé dans iEDEC?")

    @pytest.mark.parametrize(
        ("again", "name", "asked"),
        [
            (rows(2, 9), "other", True),
            (rows(1, **CHANGED), "other", True),
            (rows(8, 9), "jan", True),
            (rows(8, 9), "other", False),
        ],
        ids=["the same row", "the same meeting", "the same name", "nothing of it"],
    )
    def test_is_asked_where_rows_or_the_name_are_the_same(
        self, agency: Agency, again: Rows, name: str, asked: bool
    ) -> None:
        agency.save(rows(1, 2, 3))
        assert code(agency.save(again, name)) == ("already-saved" if asked else None)

    def test_says_how_many_rows_would_be_in_no_file(self, agency: Agency) -> None:
        agency.save(rows(1, 2, 3))
        refused = agency.save(rows(1, 9)).refused
        assert refused and refused.says.en.endswith("Rows saved there that are not in this sheet: 2.")

    def test_names_all_files(self, agency: Agency) -> None:
        agency.save(rows(1), "a")
        agency.save(rows(2), "b")
        refused = agency.save(rows(1, 2)).refused
        assert refused and refused.says.en.startswith("Saved before: “a_upload.xlsx” (")
        assert "“b_upload.xlsx”" in refused.says.en and "Were they already uploaded" in refused.says.en

    def test_profiles_are_asked_about_until_they_were_uploaded(self, agency: Agency) -> None:
        profiles = {4 + n: good("client_profile", n) for n in range(3)}
        entry = agency.save(profiles, service="client_profile").saved[0].entry
        assert code(agency.save(profiles, service="client_profile")) == "already-saved"
        agency.ledger().set_status(str(entry), "pending")
        assert code(agency.save(profiles, service="client_profile")) is None

    def test_what_a_colleague_is_saving_at_this_moment_is_waited_for(self, agency: Agency) -> None:
        agency.save(rows(9))
        ledger = agency.ledger(BEN)
        about = Particulars("information_orientation", JANUARY, "ben.xlsx", "0" * 64)
        ledger.claim(about, ledger.prints(sheet_of(rows(1))), agency.upload / "ben.xlsx")
        for said in ({}, {"replace": True}, {"uploaded": True}):
            refused = agency.save(rows(1), "other", **said).refused
            assert refused and refused.code == "rows-already-sent" and "ben is saving rows" in refused.says.en

    def test_comes_after_what_is_wrong_with_the_sheet(self, agency: Agency) -> None:
        agency.save(rows(1))
        assert code(agency.save(rows(1, postal_cd=""), uploaded=True)) == "errors-remain"
        assert agency.history.submissions[0].standing == "saved"


class TestReplacing:
    def test_the_new_file_takes_the_place_and_the_name(self, agency: Agency) -> None:
        agency.save(rows(1, 2))
        old = certificate.digest(agency.upload / "jan_upload.xlsx")
        outcome = agency.save(rows(1, 3, **CHANGED), replace=True)
        assert code(outcome) is None
        assert agency.standings() == {"jan_upload.xlsx 1": "withdrawn", "jan_upload.xlsx 2": "saved"}
        assert agency.files() == {"jan_upload.xlsx", "replaced/jan_upload.xlsx"}
        assert certificate.digest(agency.upload / FOLDER / "jan_upload.xlsx") == old
        for place in (agency.upload, agency.upload / FOLDER):
            path = place / "jan_upload.xlsx"
            assert certificate.read(path).sha256 == certificate.digest(path)
        (replaced,) = outcome.replaced
        assert replaced.moved == agency.upload / FOLDER / "jan_upload.xlsx"
        assert "“jan_upload.xlsx” was not uploaded and is replaced; it is now " in told(outcome)

    def test_the_rows_that_it_no_longer_has_are_free(self, agency: Agency) -> None:
        agency.save(rows(1, 2))
        agency.save(rows(1), replace=True)
        assert code(agency.save(rows(2), "other")) is None

    def test_one_after_another(self, agency: Agency) -> None:
        agency.save(rows(1))
        for client in (2, 3, 4):
            assert code(agency.save(rows(1, client), replace=True)) is None
        assert [*agency.standings().values()] == ["withdrawn"] * 3 + ["saved"]
        assert agency.files() == {"jan_upload.xlsx", *(f"replaced/jan_upload{n}.xlsx" for n in ("", "_2", "_3"))}

    def test_several_at_once(self, agency: Agency) -> None:
        agency.save(rows(1), "a")
        agency.save(rows(2), "b")
        outcome = agency.save(rows(1, 2), replace=True)
        assert [each.submission.saved.about.file for each in outcome.replaced] == ["a_upload.xlsx", "b_upload.xlsx"]
        assert agency.files() == {"jan_upload.xlsx", "replaced/a_upload.xlsx", "replaced/b_upload.xlsx"}

    def test_a_file_that_is_open_keeps_its_place_and_it_is_said(
        self, agency: Agency, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        agency.save(rows(1))
        old = agency.upload / "jan_upload.xlsx"
        with opened_elsewhere(old, monkeypatch):
            outcome = agency.save(rows(1, 2), replace=True)
        assert [part.path.name for part in outcome.saved] == ["jan_upload_2.xlsx"]
        assert (
            f"is replaced but could not be moved; close it, then delete it so that nobody uploads it: {old}."
            in told(outcome)
        )
        assert [*agency.standings().values()] == ["withdrawn", "saved"]

    def test_a_file_that_is_somewhere_else_is_told(self, agency: Agency) -> None:
        agency.save(rows(1))
        (agency.upload / "jan_upload.xlsx").rename(agency.folder / "elsewhere.xlsx")
        outcome = agency.save(rows(1, 2), replace=True)
        assert "was not found beside the new file; delete it where it is" in told(outcome)

    def test_another_file_of_that_name_is_left_alone(self, agency: Agency) -> None:
        agency.save(rows(1))
        (agency.upload / "jan_upload.xlsx").write_bytes(b"somebody wrote over it")
        outcome = agency.save(rows(1, 2), replace=True)
        assert outcome.saved[0].path.name == "jan_upload_2.xlsx"
        assert (agency.upload / "jan_upload.xlsx").read_bytes() == b"somebody wrote over it"

    def test_a_save_that_fails_gives_the_old_one_back(self, agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
        agency.save(rows(1, 2))
        before = {path: path.read_bytes() for path in agency.upload.rglob("*") if path.is_file()}

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        for broken in ("icare_xl.upload.certificate.write", "icare_xl.workbooks.atomic._replace"):
            with monkeypatch.context() as patched, pytest.raises(Exception, match=r"space|written"):
                patched.setattr(broken, full)
                agency.save(rows(1, 3), replace=True)
            assert next(iter(agency.standings().values())) == "saved"
            assert {path: path.read_bytes() for path in agency.upload.rglob("*") if path.is_file()} == before
        assert code(agency.save(rows(2), "other")) == "already-saved"

    def test_while_a_save_may_still_fail_all_rows_stay_held(self, agency: Agency) -> None:
        old = str(agency.save(rows(1, 2)).saved[0].entry)
        ledger = agency.ledger(BEN)
        about = Particulars("information_orientation", JANUARY, "new.xlsx", "0" * 64)
        claim = ledger.claim(about, ledger.prints(sheet_of(rows(1))), agency.upload / "new.xlsx", (), [old])
        assert agency.standings()["jan_upload.xlsx 1"] == "withdrawn"
        with pytest.raises(AlreadySent):
            ledger.claim(about, ledger.prints(sheet_of(rows(2))), agency.upload / "x.xlsx")
        ledger.withdraw(claim)
        assert agency.standings()["jan_upload.xlsx 1"] == "saved"

    def test_the_colleague_who_recorded_it_as_uploaded_wins(
        self, agency: Agency, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entry = str(agency.save(rows(1, 2)).saved[0].entry)
        claim = guards.claim
        for changed in (rows(1, 3), rows(1, 2, **CHANGED)):

            def second(*words: Any) -> Any:
                agency.ledger(BEN).set_status(entry, "pending")
                return claim(*words)

            monkeypatch.setattr(guards, "claim", second)
            outcome = agency.save(changed, replace=True)
            assert code(outcome) == "rows-already-sent" and not outcome.saved and not outcome.replaced
            assert agency.files() == {"jan_upload.xlsx"}
            assert agency.standings() == {"jan_upload.xlsx 1": "pending"}
            monkeypatch.undo()
            break  # it is uploaded by now: the second sheet would not be asked about

    def test_recorded_between_looking_and_claiming(self, agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
        """Neither of the two is left in force beside the other."""
        entry = str(agency.save(rows(1, 2)).saved[0].entry)
        ledger, ben = agency.ledger(), agency.ledger(BEN)
        put = ledger._store.put_claim

        def late(claim: Any) -> bool:
            ben.set_status(entry, "pending")
            return put(claim)

        monkeypatch.setattr(ledger._store, "put_claim", late)
        about = Particulars("information_orientation", JANUARY, "new.xlsx", "0" * 64)
        with pytest.raises(NoLongerWaiting):
            ledger.claim(about, ledger.prints(sheet_of(rows(1, 3))), Path("new.xlsx"), (), [entry])
        assert [each.standing for each in agency.history.submissions] == ["pending", "withdrawn"]

    def test_claimed_while_somebody_records_it(self, agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
        entry = str(agency.save(rows(1, 2)).saved[0].entry)
        ledger, ben = agency.ledger(), agency.ledger(BEN)
        put = ledger._store.put_event
        about = Particulars("information_orientation", JANUARY, "new.xlsx", "0" * 64)

        def late(event: Any) -> None:
            monkeypatch.setattr(ledger._store, "put_event", put)
            ben.complete(ben.claim(about, ben.prints(sheet_of(rows(1, 3))), Path("new.xlsx"), (), [entry]))
            put(event)

        monkeypatch.setattr(ledger._store, "put_event", late)
        with pytest.raises(InAnotherFile):
            ledger.set_status(entry, "pending")
        assert [each.standing for each in agency.history.submissions] == ["withdrawn", "saved"]

    def test_an_old_event_reads_as_before(self, agency: Agency) -> None:
        agency.save(rows(1))
        agency.save(rows(2), "other")
        assert all("replaces" not in path.read_text("utf-8") for path in agency.where.rglob("*.json"))
        agency.save(rows(1, 3), replace=True)
        assert sum("replaces" in path.read_text("utf-8") for path in agency.where.rglob("*.json")) == 2

    def test_corrected_rows_stay_those_of_the_file_they_came_back_from(self, agency: Agency) -> None:
        entry = str(agency.save(rows(1, 2, 3)).saved[0].entry)
        agency.ledger().set_status(entry, "pending")
        take_back(agency.ledger(), sheet_of(rows(1)), notes_on(1, total=3, positions=(1,)))
        agency.save(rows(1, client_validation_id="12345678") | {5: good_row(1)}, "again")
        agency.save(rows(1, client_validation_id="12345679"), "again", replace=True)
        assert [each.saved.about.corrects for each in agency.history.submissions] == [None, entry, entry]
        assert agency.history.open_rows(agency.history.submissions[0]) == 0


@contextmanager
def opened_elsewhere(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on Windows while Excel has it open: nobody else may write to it, move it or delete it."""
    own = {name: getattr(Path, name) for name in ("open", "rename", "replace", "unlink")}

    def refusing(name: str) -> Callable[..., Any]:
        def refuse(self: Path, *words: Any, **more: Any) -> Any:
            writes = name != "open" or (words and words[0] != "rb")
            if self == path and writes:
                raise PermissionError(13, "The process cannot access the file", str(self))
            return own[name](self, *words, **more)

        return refuse

    with monkeypatch.context() as patched:
        for name in own:
            patched.setattr(Path, name, refusing(name))
        yield


class TestItWasUploaded:
    def test_is_recorded_and_what_it_holds_is_refused(self, agency: Agency) -> None:
        agency.save(rows(1, 2))
        outcome = agency.save(rows(1, 2, 3), uploaded=True)
        assert agency.standings() == {"jan_upload.xlsx 1": "pending"}
        assert code(outcome) == "rows-already-sent" and "2 of 3 rows (row 4, 5) were uploaded before" in told(outcome)
        assert told(outcome).startswith("Recorded: “jan_upload.xlsx” was uploaded.")

    def test_only_what_is_new_is_saved(self, agency: Agency) -> None:
        agency.save(rows(1, 2))
        outcome = agency.save(rows(1, 2, 3, 4), uploaded=True, only_new=True)
        assert code(outcome) is None and [part.rows for part in outcome.saved] == [2]
        with FileHost(outcome.saved[0].path) as host:
            sheet = recognise.upload_sheet(host)
            column = sheet.layout.columns["client_validation_id"]
            held = [sheet.grid.at(row, column).text for row in sheet.rows.tolist()]
        assert held == [str(good_row(client)["client_validation_id"]) for client in (3, 4)]

    def test_what_came_back_is_new_again(self, agency: Agency) -> None:
        agency.ledger().set_status(str(agency.save(rows(1, 2, 3)).saved[0].entry), "pending")
        take_back(agency.ledger(), sheet_of(rows(2)), notes_on(1, total=3, positions=(2,)))
        assert code(agency.save(rows(1, 2, 3))) == "original-after-rejection"
        outcome = agency.save(rows(1, 2, 3), only_new=True)
        assert [part.rows for part in outcome.saved] == [1]

    def test_where_nothing_is_new_it_is_said(self, agency: Agency) -> None:
        agency.save(rows(1, 2))
        outcome = agency.save(rows(1, 2), uploaded=True, only_new=True)
        assert code(outcome) == "rows-already-sent" and "No row of this sheet is left to upload." in told(outcome)

    def test_only_new_rows_beside_a_file_that_is_replaced(self, agency: Agency) -> None:
        agency.ledger().set_status(str(agency.save(rows(1), "sent").saved[0].entry), "pending")
        agency.save(rows(2), "waits")
        outcome = agency.save(rows(1, 2, 3), replace=True, only_new=True)
        assert [part.rows for part in outcome.saved] == [2]
        assert [*agency.standings().values()] == ["pending", "withdrawn", "saved"]

    def test_without_files_that_wait_nothing_is_recorded(self, agency: Agency) -> None:
        assert agency.save(rows(1), uploaded=True).recorded == ()


class TestStatuses:
    @pytest.mark.parametrize("status", ["pending", "processed"])
    @pytest.mark.parametrize("before", ["deleted", "error", "withdrawn"])
    def test_a_file_cannot_count_again_while_another_has_its_rows(
        self, agency: Agency, before: Status, status: Status
    ) -> None:
        first = str(agency.save(rows(1, 2)).saved[0].entry)
        agency.ledger().set_status(first, before)
        second = str(agency.save(rows(2, 3), "other").saved[0].entry)
        with pytest.raises(InAnotherFile) as refused:
            agency.ledger().set_status(first, status)
        assert "Say first what became of “other_upload.xlsx”." in refused.value.text.en
        agency.ledger().set_status(second, "deleted")
        assert agency.ledger().set_status(first, status).standing == status

    def test_a_replaced_file_neither_even_where_every_row_was_changed(self, agency: Agency) -> None:
        first = str(agency.save(rows(1, 2)).saved[0].entry)
        second = str(agency.save(rows(1, 2, **CHANGED), replace=True).saved[0].entry)
        third = str(agency.save(rows(1, 2, **CHANGED) | {6: good_row(5)}, replace=True).saved[0].entry)
        for old in (first, second):
            with pytest.raises(InAnotherFile):
                agency.ledger().set_status(old, "pending")
        agency.ledger().set_status(third, "withdrawn")
        agency.ledger().set_status(first, "pending")
        with pytest.raises(InAnotherFile):
            agency.ledger().set_status(third, "pending")

    def test_files_that_met_late_may_be_recorded_as_they_are(self, agency: Agency) -> None:
        """A synced folder: both were uploaded, and that is what the ledger has to hold."""
        ledger = agency.ledger()
        for name in ("a.xlsx", "b.xlsx"):
            about = Particulars("information_orientation", JANUARY, name, "0" * 64)
            known = [each.id for each in ledger.history().submissions]
            ledger.complete(ledger.claim(about, ledger.prints(sheet_of(rows(1))), Path(name), known))
        for each in ledger.history().submissions:
            ledger.set_status(each.id, "pending")
        assert len(ledger.history().doubled()) == 1

    def test_people_read_their_own_words(self, agency: Agency) -> None:
        entry = str(agency.save(rows(1)).saved[0].entry)
        said = {"saved": standing(agency.history.submissions[0]).en}
        for status in STATUSES:
            said[status] = standing(agency.ledger().set_status(entry, status)).en
        assert said == {
            "saved": "saved, not uploaded yet",
            "pending": "uploaded",
            "processed": "processed",
            "error": "error",
            "deleted": "deleted",
            "withdrawn": "not to be uploaded",
        }
        agency.save(rows(1))
        agency.save(rows(1, 2), replace=True)
        replaced = agency.history.submissions[1]
        assert standing(replaced).en == "replaced" and "another one has taken its place" in advice(replaced).en
        lines = [submission_line(each) for each in agency.history.submissions]
        assert not any(word in f"{each.en} {each.fr}" for each in lines for word in ("pending", "withdrawn", "--"))


class TestTheMonth:
    WHEN = CheckDate(DAY)

    def asked(self, given: Rows, **said: Any) -> Any:
        return guards.of_reporting(sheet_of(given), self.WHEN, SaveRequest(reporting=JANUARY, **said))

    def dated(self, *months: str) -> Rows:
        return {
            4 + n: good_row(n) | {"start_dttm": f"{each}-05", "end_dttm": f"{each}-05"} for n, each in enumerate(months)
        }

    def test_is_asked_once_where_most_rows_are_older(self) -> None:
        given = self.dated("2025-12", "2025-12", "2026-01")
        (asked,) = self.asked(given)
        assert asked.month == DECEMBER and asked.says.en == (
            "2 of 3 rows are of December 2025, and January 2026 is being reported. Save them as December 2025?"
        )
        for month in (DECEMBER, JANUARY):
            assert not self.asked(given, month=month)
            assert guards.month_of_file(sheet_of(given), self.WHEN, SaveRequest(month=month)) == month

    @pytest.mark.parametrize(
        ("months", "month"),
        [
            (("2026-01", "2026-01", "2025-12"), JANUARY),
            (("2025-12", "2025-11", "2025-10"), JANUARY),  # none of them prevails
            (("2026-02", "2026-02", "2026-01"), date(2026, 2, 1)),
        ],
    )
    def test_is_else_the_one_that_is_reported_or_prevails(self, months: Sequence[str], month: date) -> None:
        given = self.dated(*months)
        assert not self.asked(given)
        assert guards.month_of_file(sheet_of(given), self.WHEN, SaveRequest(reporting=JANUARY)) == month

    def test_a_service_that_goes_on_into_the_month_is_of_the_month(self) -> None:
        given = {4: good_row(1) | {"start_dttm": "2025-11-05", "end_dttm": "2026-01-20"}}
        assert not self.asked(given)

    def test_nothing_is_asked_of_who_does_not_say_what_is_reported(self, agency: Agency) -> None:
        outcome = agency.save(self.dated("2025-12", "2025-12"))
        assert code(outcome) is None and agency.history.submissions[0].saved.about.month == DECEMBER

    def test_any_month_shows_its_files_and_what_is_open_of_them(self, agency: Agency) -> None:
        """Rows of December that were reported late, and came back, are open in December until January's file has them."""
        late = self.dated("2025-12", "2025-12")
        entry = str(agency.save(late, "late", month=DECEMBER).saved[0].entry)
        take_back(agency.ledger(), sheet_of({4: late[4]}), notes_on(1, total=2, positions=(1,)))
        found = {each: month_of(agency.history, each, Settings("")) for each in (DECEMBER, JANUARY, date(2026, 2, 1))}
        files = {each.month: [file.id for file in each.services[0].submissions] for each in found.values()}
        assert files == {DECEMBER: [entry], JANUARY: [], date(2026, 2, 1): []}
        assert found[DECEMBER].services[0].open_rows == (1,)
        agency.save({4: late[4], 5: good_row(7)}, "again", month=JANUARY)
        assert month_of(agency.history, DECEMBER, Settings("")).services[0].open_rows == (0,)
        assert len(month_of(agency.history, JANUARY, Settings("")).services[0].submissions) == 1


class TestOnTheCommandLine:
    @pytest.fixture
    def save(self, run: Run, tmp_path: Path) -> Callable[..., Any]:
        def save(given: Rows, *words: str, human: bool = False) -> Any:
            path = small_workbook(tmp_path / "jan.xlsx", given)
            how = ("--today", "2026-02-03", "--ledger", tmp_path / "ledger", "--yes", *([] if human else ["--json"]))
            result = run("save", path, tmp_path / "upload", *how, *words, *(["--lang", "en"] if human else []))
            return result.stdout if human else json.loads(result.stdout)

        return save

    def test_replace(self, save: Callable[..., Any], tmp_path: Path) -> None:
        entry = save(rows(1, 2))["entries"][0]
        refused = save(rows(1, 3))["refused"]
        assert refused["code"] == "already-saved" and "--" not in refused["en"] + refused["fr"]
        document = save(rows(1, 3), "--replace")
        moved = str(tmp_path / "upload" / FOLDER / "jan_upload.xlsx")
        assert document["refused"] is None
        assert document["replaced"] == [{"entry": entry, "file": "jan_upload.xlsx", "moved": moved}]

    def test_uploaded_and_only_new(self, save: Callable[..., Any]) -> None:
        entry = save(rows(1, 2))["entries"][0]
        document = save(rows(1, 2, 3), "--uploaded", "--only-new")
        assert (document["refused"], document["uploaded"], len(document["saved"])) == (None, [entry], 1)

    def test_a_person_is_told_the_options_that_answer(self, save: Callable[..., Any]) -> None:
        save(rows(1, 2))
        said = save(rows(1, 3), human=True)
        assert "save with --uploaded" in said and "save with --replace" in said
        assert "With --only-new, only the other rows are saved." in save(rows(1, 3), "--uploaded", human=True)
        assert "--only-new" not in save(rows(1, 2), human=True)

    def test_not_both(self, run: Run, tmp_path: Path) -> None:
        assert run("save", tmp_path / "x.xlsx", tmp_path, "--replace", "--uploaded").exit_code == 2

    @pytest.mark.parametrize("option", ["--replace", "--uploaded", "--only-new"])
    def test_without_a_ledger_nobody_knows_what_is_new(self, option: str, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", rows(1))
        assert run("save", path, tmp_path / "upload", "--today", "2026-02-03", option).exit_code == 2
        assert not (tmp_path / "upload").exists()


STEPS = st.one_of(
    st.tuples(
        st.just("save"),
        st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=4, unique_by=lambda row: row[0]),
        st.sampled_from([{}, {"replace": True}, {"uploaded": True}, {"uploaded": True, "only_new": True},
                         {"replace": True, "only_new": True}]),
    ),
    st.tuples(st.just("status"), st.integers(0, 9), st.sampled_from(STATUSES)),
    st.tuples(st.just("returned"), st.integers(0, 9), st.integers(0, 3)),
    st.tuples(st.just("fail"), st.integers(0, 4), st.booleans()),
)  # fmt: skip


@settings(max_examples=some(60), deadline=None)
@given(st.lists(st.tuples(st.sampled_from([ANA, BEN]), STEPS), max_size=14))
def test_the_ledger_never_holds_a_row_twice_in_force(steps: list[tuple[str, Any]]) -> None:
    """Two uploaders save, save again with changed rows, replace, record and take back, in any order."""
    with tempfile.TemporaryDirectory() as folder:
        ledgers = {by: open_ledger(Path(folder, "ledger"), by) for by in (ANA, BEN)}
        for by, step in steps:
            _play(ledgers[by], *step)
            history = ledgers[ANA].history()
            held = Counter(
                row.tobytes()
                for each in history.submissions
                if each.in_force
                for row in each.saved.prints.content[each.kept]
            )
            assert not [row for row, count in held.items() if count > 1]
            assert not history.doubled()


def _play(ledger: Ledger, kind: str, what: Any, how: Any) -> None:
    found = ledger.history().submissions
    if kind == "save":
        _save(ledger, [good_row(client) | (CHANGED if changed else {}) for client, changed in what], **how)
    elif kind == "fail":
        waiting = [each.id for each in found if each.waiting]
        _claim(ledger, [good_row(what)], waiting if how else (), fails=True)
    elif found and kind == "status":
        with suppress(InAnotherFile):
            ledger.set_status(found[what % len(found)].id, how)
    elif found:
        take_back(ledger, sheet_of({4: good_row(what % 5)}), notes_on(1, total=how + 1, positions=(how + 1,)))


def _save(
    ledger: Ledger, given: list[Any], replace: bool = False, uploaded: bool = False, only_new: bool = False
) -> None:
    """As saving.save does with a ledger, without the workbook."""
    prints = ledger.prints(sheet_of(dict(enumerate(given, 4))))
    seen = ledger.history().seen(prints)
    waiting = {each.id: each for each in (*seen.sent.values(), *seen.alike.values()) if each.waiting}
    if uploaded:
        for id_ in waiting:
            ledger.set_status(id_, "pending")
    sent = ledger.history().without([*waiting] if replace else ()).seen(prints).sent
    kept = [row for index, row in enumerate(given) if index not in sent] if only_new else given
    if kept:
        _claim(ledger, kept, [*waiting] if replace else ())


def _claim(ledger: Ledger, given: list[Any], replaces: Sequence[str], fails: bool = False) -> Submission | None:
    about = Particulars("information_orientation", JANUARY, "x.xlsx", "0" * 64)
    try:
        claim = ledger.claim(about, ledger.prints(sheet_of(dict(enumerate(given, 4)))), Path("x.xlsx"), (), replaces)
    except (AlreadySent, NoLongerWaiting):
        return None
    if fails:
        ledger.withdraw(claim)
    else:
        ledger.complete(claim)
    return ledger.submission(claim.saved.id)


@settings(max_examples=some(8), deadline=timedelta(seconds=60))
@given(
    st.lists(
        st.tuples(
            st.sampled_from([ANA, BEN]),
            st.lists(st.integers(0, 4), min_size=1, max_size=3, unique=True),
            st.booleans(),
            st.sampled_from([{}, {"replace": True}, {"uploaded": True, "only_new": True}]),
        ),
        max_size=5,
    )
)
def test_nor_do_the_files_that_may_be_uploaded(steps: list[tuple[str, list[int], bool, dict[str, bool]]]) -> None:
    """Whole saves: each file in force lies in the folder, and no other; no row is in two of them."""
    with tempfile.TemporaryDirectory() as folder:
        agency = Agency(Path(folder))
        for by, clients, changed, said in steps:
            agency.save(rows(*clients, **(CHANGED if changed else {})), by=by, **said)
        live = [each for each in agency.history.submissions if each.in_force]
        held = Counter(row.tobytes() for each in live for row in each.saved.prints.content)
        assert max(held.values(), default=1) == 1
        names = {path.name for path in agency.upload.glob("*.xlsx")} if agency.upload.exists() else set()
        assert names == {each.saved.about.file for each in live}
