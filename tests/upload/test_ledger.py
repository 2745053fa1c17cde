"""The memory of what was sent: nothing twice, nothing lost, and no client's value in any byte of it."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from hypothesis import given, settings
from hypothesis import strategies as st

from icare_xl.icare import library, notes
from icare_xl.icare.example import good_row, month_with_mistakes, rejected_month, template
from icare_xl.model.template import Field, ListOfValues
from icare_xl.upload.ledger import Claim, Ledger, Particulars, open_ledger, take_back
from icare_xl.upload.ledger.errors import AlreadySent, CannotUseDatabase, NoLedgerKey, NoSuchLedger, NoSuchSubmission
from icare_xl.upload.ledger.fingerprints import NOT_CONTENT, fingerprint, normal
from icare_xl.upload.sentences import save_repaired
from tests.conftest import Run
from tests.support import some
from tests.support.services import good
from tests.support.sheets import sheet_of, small_workbook

# A process of its own for each, of which the imports are done once where that can be.
PROCESSES: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
if sys.platform != "win32":
    PROCESSES.set_forkserver_preload([__name__])
ANA, BEN = "ana", "ben"
JANUARY = date(2026, 1, 1)


def sheet(*clients: int, **cells: str):
    return sheet_of({4 + place: good_row(client) | cells for place, client in enumerate(clients)})


def about(file: str = "jan.xlsx", sha256: str = "0" * 64, **more: object) -> Particulars:
    return Particulars("information_orientation", JANUARY, file, sha256, **more)  # type: ignore[arg-type]


def save(ledger: Ledger, *clients: int, file: str = "jan.xlsx", despite: Iterable[str] = (), **more: object) -> str:
    """Save a sheet with these clients; returns the id."""
    claim = ledger.claim(about(file, **more), ledger.prints(sheet(*clients)), Path(file), [*despite])
    ledger.complete(claim)
    return claim.saved.id


def sent(ledger: Ledger, *clients: int) -> dict[int, str]:
    """Place of a row -> name of the file in which the ledger has seen it."""
    found = ledger.history().seen(ledger.prints(sheet(*clients))).sent
    return {place: each.saved.about.file for place, each in found.items()}


class TestContract:
    def test_what_was_saved_is_known_to_everybody_from_then_on(self, where: str) -> None:
        save(open_ledger(where, ANA), 1, 2, 3)
        ledger = open_ledger(where, BEN)
        (found,) = ledger.history().submissions
        assert (found.saved.by, found.standing, found.saved.rows, found.saved.about) == (ANA, "saved", 3, about())
        assert sent(ledger, 9, 2, 3) == {1: "jan.xlsx", 2: "jan.xlsx"}
        assert not ledger.history().problems

    def test_a_row_is_claimed_once(self, where: str) -> None:
        save(open_ledger(where, ANA), 1, 2)
        ledger = open_ledger(where, BEN)
        with pytest.raises(AlreadySent) as told:
            save(ledger, 2, 3, file="again.xlsx")
        assert "ana saved 1 of these rows" in told.value.text.en and "jan.xlsx" in told.value.text.fr
        assert [each.saved.about.file for each in ledger.history().submissions] == ["jan.xlsx"]

    def test_who_knows_of_it_may_claim_it_again(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        first = save(ledger, 1)
        save(ledger, 1, file="again.xlsx", despite=[first])
        with pytest.raises(AlreadySent):
            save(ledger, 1, file="third.xlsx", despite=[first])

    def test_an_unfinished_claim_holds_its_rows(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        ledger.claim(about(), ledger.prints(sheet(1)), Path("jan.xlsx"))
        assert ledger.history().submissions[0].standing == "unfinished"
        with pytest.raises(AlreadySent):
            save(open_ledger(where, BEN), 1)

    def test_a_withdrawn_claim_lets_go_of_them(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        ledger.withdraw(ledger.claim(about(), ledger.prints(sheet(1)), Path("jan.xlsx")))
        save(open_ledger(where, BEN), 1)

    @pytest.mark.parametrize(
        ("status", "held"),
        [("pending", True), ("processed", True), ("error", False), ("deleted", False), ("withdrawn", False)],
    )
    def test_rows_are_held_as_long_as_icare_has_them_or_may_get_them(self, where: str, status, held: bool) -> None:
        ledger = open_ledger(where, ANA)
        ledger.set_status(save(ledger, 1), status)
        assert bool(sent(ledger, 1)) is held

    def test_the_last_status_counts(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        id_ = save(ledger, 1, 2, 3)
        ledger.set_status(id_, "pending")
        found = ledger.set_status(id_[:6], "processed", accepted=2, rejected=1)
        assert (found.standing, found.accepted, found.rejected) == ("processed", 2, 1)

    def test_no_such_file(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        save(ledger, 1)
        save(ledger, 2)
        for start in ("0", ""):
            with pytest.raises(NoSuchSubmission):
                ledger.set_status(start, "pending")

    @pytest.mark.thorough
    def test_two_who_save_the_same_rows_at_once(self, where: str) -> None:
        """Exactly one of them wins, and the other is told, in every round."""
        rounds, others = 40, 3
        barrier, answers = PROCESSES.Barrier(others), PROCESSES.Queue()
        processes = [PROCESSES.Process(target=_racer, args=(where, n, rounds, barrier, answers)) for n in range(others)]
        for each in processes:
            each.start()
        told = [answers.get(timeout=120) for _ in range(rounds * others)]
        for each in processes:
            each.join()
        assert {
            number: [won for n, won in told if n == number].count(True) for number in range(rounds)
        } == dict.fromkeys(range(rounds), 1)
        assert len(open_ledger(where, ANA).history().submissions) == rounds


class TestFingerprints:
    KEY = bytes(range(32))

    def same(self, one: dict, other: dict, **how) -> bool:
        prints = [fingerprint(sheet_of({4: good_row() | row}, **how), self.KEY) for row in (one, other)]
        return prints[0].content.tolist() == prints[1].content.tolist()

    @pytest.mark.parametrize(
        ("field", "one", "other"),
        [
            ("start_dttm", "2026-01-05", date(2026, 1, 5)),
            ("start_dttm", "2026-01-05", " 2026-01-05\u00a0"),
            ("client_birth_dt", "1978-05-20", 28630),
            ("client_validation_id", "10000001", 10000001),
            ("client_validation_id", "1000-0001", "10000001"),
            ("postal_cd", "M1B5K1", "m1b 5k1"),
            ("orientation_service_id", "One-on-one orientation", "one\u2011on\u2011one  ORIENTATION"),
            ("training_received_service_ind", "No", "Non"),
            ("processing_details", "", "[BUID:1,RID:,ORP:1/1,DTS:2026-02-03 10:05:04][1] (Client) No."),
            ("assessment_update_reason_id", "", "Correct error"),
        ],
    )
    def test_a_row_stays_itself_however_it_is_written(self, field: str, one: object, other: object) -> None:
        assert self.same({field: one}, {field: other})

    @pytest.mark.parametrize(
        ("field", "value"),
        [("client_validation_id", "10000002"), ("start_dttm", "2026-01-06"), ("postal_cd", "M1B5K2"),
         ("update_record_id", "10387104"), ("topic_housing_referral_ind", "Yes"), ("end_dttm", "")],
    )  # fmt: skip
    def test_another_row_is_another(self, field: str, value: str) -> None:
        assert not self.same({}, {field: value})

    def test_the_french_twin_is_the_same_row(self) -> None:
        """Values of lists are compared by iCARE's ids, so the language of the workbook does not hide a duplicate."""
        english = template()
        french = replace(english, locale="fr-CA", fields=tuple(map(_in_french, english.fields)))
        row = {
            each.id: f"fr {value}" if each.allowed else value
            for each in english.fields
            if (value := good_row().get(each.id))
        }
        prints = [
            fingerprint(sheet_of({4: cells}, of=of), self.KEY) for cells, of in ((good_row(), english), (row, french))
        ]
        assert prints[0].content.tolist() == prints[1].content.tolist()
        assert prints[0].meeting.tolist() == prints[1].meeting.tolist()

    def test_an_edition_with_more_columns_in_another_order_changes_nothing(self) -> None:
        fields = (*reversed(template().fields), Field("brand_new_ind", "New", "yes-no"))
        later = replace(template(), version="592", fields=fields)
        prints = [fingerprint(sheet_of({4: good_row()}, of=of), self.KEY) for of in (template(), later)]
        assert prints[0].content.tolist() == prints[1].content.tolist()

    def test_the_same_cells_of_another_service_are_another_row(self) -> None:
        other = replace(template(), service="nars")
        prints = [fingerprint(sheet_of({4: good_row()}, of=of), self.KEY) for of in (template(), other)]
        assert not (prints[0].content == prints[1].content).any()

    def test_another_ledger_has_other_fingerprints(self) -> None:
        prints = [fingerprint(sheet(1), key) for key in (self.KEY, self.KEY[::-1])]
        assert not (prints[0].content == prints[1].content).any() and prints[0].key != prints[1].key

    @pytest.mark.parametrize(
        ("change", "alike"),
        [({"topic_housing_given_ind": "No"}, True), ({"client_birth_dt": "1999-01-01"}, True),
         ({"client_validation_id": "1000 0001"}, True), ({"start_dttm": "2026-01-30"}, False),
         ({"client_validation_id": "10000002"}, False), ({"update_record_id": "10387104"}, False),
         ({"start_dttm": "", "end_dttm": ""}, False)],
    )  # fmt: skip
    def test_the_same_client_service_and_date(self, change: dict[str, str], alike: bool) -> None:
        one, other = (fingerprint(sheet_of({4: good_row() | row}), self.KEY).meeting for row in ({}, change))
        assert (one.tolist() == other.tolist()) is alike
        assert one.any()

    @settings(max_examples=some(200), deadline=None)
    @given(st.data())
    def test_cosmetics_hide_no_duplicate_of_any_service(self, data: st.DataObject) -> None:
        of = data.draw(st.sampled_from(library.built_in()))
        row = good(of.service, data.draw(st.integers(0, 500)), full=data.draw(st.booleans()))
        dressed = {id_: _dressed(str(value), data) for id_, value in row.items()}
        prints = [fingerprint(sheet_of({4: cells}, of=of), self.KEY) for cells in (row, dressed)]
        assert prints[0].content.tolist() == prints[1].content.tolist()
        assert prints[0].meeting.tolist() == prints[1].meeting.tolist()

    @settings(max_examples=some(100), deadline=None)
    @given(
        st.lists(st.dictionaries(st.sampled_from(template().ids[1:94]), st.text(max_size=4), max_size=5), max_size=12)
    )
    def test_rows_are_the_same_where_their_cells_are(self, rows: list[dict[str, str]]) -> None:
        found = sheet_of({4 + place: cells for place, cells in enumerate(rows)})
        content = fingerprint(found, self.KEY).content.tolist()
        fields = [each for each in found.fields() if each.id not in NOT_CONTENT]
        said = [
            tuple(normal(each, found.grid.at(row, found.layout.columns[each.id])) for each in fields)
            for row in found.rows.tolist()
        ]
        for one, first in zip(content, said, strict=True):
            for two, second in zip(content, said, strict=True):
                assert (one == two) is (first == second)


def _in_french(each: Field) -> Field:
    if each.allowed is None:
        return each
    return replace(each, allowed=ListOfValues(tuple(f"fr {value}" for value in each.allowed.values), each.allowed.ids))


def _dressed(text: str, data: st.DataObject) -> str:
    """The same text to a person: case, blanks, dashes, apostrophes, invisible signs."""
    text = data.draw(st.sampled_from([str, str.upper, str.lower, str.title]))(text)
    text = text.replace("-", data.draw(st.sampled_from("-\u2010\u2011\u2013"))).replace(
        "'", data.draw(st.sampled_from("'’"))
    )
    text = text.replace(" ", data.draw(st.sampled_from([" ", "  ", "\u00a0"])))
    return data.draw(st.sampled_from(["{}", " {}", "{}\u00a0", "\u200b{}"])).format(text)


class TestWhatCameBack:
    def test_rejected_rows_may_be_sent_again_and_no_other(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        id_ = save(ledger, 1, 2, 3)
        ledger.set_status(id_, "pending")
        (event,) = take_back(ledger, sheet(3, 1), notes_on(2, total=3, positions=(3, 1)))
        assert (event.of, event.upload_id, event.positions, event.categories) == (id_, "62957", (1, 3), {"Client": 2})
        (found,) = ledger.history().submissions
        assert (found.standing, found.rejected) == ("processed", 2)
        seen = ledger.history().seen(ledger.prints(sheet(1, 2, 3)))
        assert (list(seen.sent), sorted(seen.came_back)) == ([1], [0, 2])
        save(ledger, 1, file="corrected.xlsx")
        with pytest.raises(AlreadySent):
            save(ledger, 1, file="again.xlsx")

    def test_told_again_changes_nothing(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        save(ledger, 1, 2)
        for _ in range(2):
            take_back(ledger, sheet(2), notes_on(1, total=2, positions=(2,)))
        assert len(ledger.history().returned) == 1 and ledger.history().submissions[0].rejected == 1

    def test_an_upload_stays_of_the_file_that_it_was_of(self, where: str) -> None:
        """Else the rejected file, read once more after its rows were sent again, would set those free."""
        ledger = open_ledger(where, ANA)
        first = save(ledger, 1, 2)
        take_back(ledger, sheet(2), notes_on(1, total=2, positions=(2,)))
        save(ledger, 2, file="corrected.xlsx")
        (event,) = take_back(ledger, sheet(2), notes_on(1, total=2, positions=(2,)))
        assert event.of == first and sent(ledger, 2) == {0: "corrected.xlsx"}

    @pytest.mark.parametrize(
        ("cells", "total", "positions"),
        [
            ({"topic_housing_given_ind": "No"}, 9, (2,)),  # same client, service and date
            ({"client_validation_id": "99999999"}, 2, (2,)),  # told by iCARE's position, as the total is right
            ({"client_validation_id": "99999999"}, 9, (0,)),  # nobody can tell
        ],
    )
    def test_a_row_corrected_already_is_found_as_far_as_can_be(
        self, where: str, cells: dict[str, str], total: int, positions: tuple[int, ...]
    ) -> None:
        ledger = open_ledger(where, ANA)
        save(ledger, 1, 2)
        returned = sheet_of({4: good_row(1), 5: good_row(2) | cells})
        (event,) = take_back(ledger, returned, notes_on(2, total=total, positions=(1, 2)))
        assert event.positions == tuple(sorted((1, *positions)))
        assert ledger.history().submissions[0].rejected == 2

    def test_of_a_file_that_nobody_knows(self, where: str) -> None:
        ledger = open_ledger(where, ANA)
        (event,) = take_back(ledger, sheet(1), notes_on(1, total=5, positions=(4,)))
        assert (event.of, event.positions) == (None, (4,)) and ledger.history().stray == [event]

    @pytest.mark.parametrize(
        ("corrected", "more", "open_rows"),
        [({}, {}, 1), ({"topic_housing_given_ind": "No"}, {}, 1), ({"client_validation_id": "99999999"}, {}, 2),
         ({"client_validation_id": "99999999"}, {"corrects": True}, 1)],
    )  # fmt: skip
    def test_rows_that_are_still_to_be_sent(
        self, where: str, corrected: dict[str, str], more: dict, open_rows: int
    ) -> None:
        ledger = open_ledger(where, ANA)
        id_ = save(ledger, 1, 2, 3)
        take_back(ledger, sheet(1, 2), notes_on(2, total=3, positions=(1, 2)))
        again = about("again.xlsx", corrects=id_ if more else None)
        ledger.complete(ledger.claim(again, ledger.prints(sheet_of({4: good_row(1) | corrected})), Path("again.xlsx")))
        history = ledger.history()
        assert history.open_rows(history.submissions[0]) == open_rows


def notes_on(rows: int, total: int, positions: tuple[int, ...], text: str = "(Client) Unable to validate.") -> dict:
    """iCARE's notes by Excel row."""
    form = "[BUID:62957,RID:,ORP:{}/{},DTS:2026-02-03 10:05:04][1] {}"
    return {4 + place: notes.parse(form.format(positions[place], total, text)) for place in range(rows)}


def started(target: Callable[..., None], *words: object) -> tuple[Any, Any]:
    """A process of its own that runs it, and the first that it tells."""
    told, tells = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=target, args=(*words, tells), daemon=True)
    process.start()
    tells.close()
    first = told.recv()
    told.close()
    return process, first


@pytest.mark.thorough
class TestBrokenOff:
    """Somebody pulls the plug between the claim and the file, or between the file and its event."""

    def broken(self, where: str, folder: Path, when: str) -> tuple[str, Path]:
        """A process killed without mercy `before` or `after` its file is in place; returns id and path."""
        path = folder / "jan_upload.xlsx"
        process, id_ = started(_breaks_off, where, path, when)
        process.kill()
        process.join()
        return id_, path

    def test_with_the_file_in_place_the_save_is_completed(self, where: str, tmp_path: Path) -> None:
        id_, _ = self.broken(where, tmp_path, "after")
        ledger = open_ledger(where, BEN)
        assert sent(ledger, 1) == {0: "jan_upload.xlsx"}
        assert [(each.submission.id, each.found) for each in ledger.repair()] == [(id_, "saved")]
        assert [each.standing for each in ledger.history().submissions] == ["saved"]
        assert sent(ledger, 1) == {0: "jan_upload.xlsx"} and not ledger.repair()

    def test_without_the_file_it_is_withdrawn_and_told(self, where: str, tmp_path: Path) -> None:
        id_, _ = self.broken(where, tmp_path, "before")
        ledger = open_ledger(where, BEN)
        assert sent(ledger, 1) == {0: "jan_upload.xlsx"}
        (told,) = ledger.repair()
        assert (told.submission.id, told.found) == (id_, "withdrawn") and id_ in save_repaired(told).fr
        assert sent(ledger, 1) == {}
        save(ledger, 1)

    def test_who_uploaded_it_all_the_same_records_it(self, where: str, tmp_path: Path) -> None:
        id_, _ = self.broken(where, tmp_path, "before")
        ledger = open_ledger(where, BEN)
        ledger.repair()
        ledger.set_status(id_, "pending")
        assert sent(ledger, 1) == {0: "jan_upload.xlsx"}

    @pytest.mark.parametrize("after", [0.03, 0.11])
    def test_killed_at_any_moment_nothing_is_half_remembered(self, where: str, tmp_path: Path, after: float) -> None:
        """Every file that is there is in force, and nothing else; the ledger itself is whole."""
        for start in (0, 1000):
            process, _ = started(_saves_on_and_on, where, tmp_path, start)
            time.sleep(after)
            process.kill()
            process.join()
            open_ledger(where, BEN).repair()
            history = open_ledger(where, BEN).history()
            assert not history.problems and {each.standing for each in history.submissions} <= {"saved", "withdrawn"}
            held = {each.saved.about.file for each in history.submissions if each.in_force}
            assert held == {path.name for path in tmp_path.glob("*_upload.xlsx")} and held

    def test_another_file_under_its_name_is_not_it(self, where: str, tmp_path: Path) -> None:
        _, path = self.broken(where, tmp_path, "before")
        path.write_bytes(b"something else")
        assert [each.found for each in open_ledger(where, BEN).repair()] == ["withdrawn"]

    def test_a_save_that_is_under_way_is_left_alone(self, where: str, tmp_path: Path) -> None:
        ledger = open_ledger(where, ANA)
        ledger.claim(about(), ledger.prints(sheet(1)), tmp_path / "none.xlsx")
        assert not open_ledger(where, BEN).repair()
        with pytest.raises(AlreadySent):
            save(open_ledger(where, BEN), 1)

    def test_of_another_computer_is_a_persons_to_judge(
        self, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        id_, _ = self.broken(where, tmp_path, "before")
        monkeypatch.setattr("platform.node", lambda: "the-other-one")
        ledger = open_ledger(where, BEN)
        assert not ledger.repair() and ledger.history().submissions[0].standing == "unfinished"
        ledger.set_status(id_, "withdrawn")
        save(ledger, 1)


def _breaks_off(where: str, path: Path, when: str, told: Connection) -> None:
    ledger = open_ledger(where, ANA)
    claim = ledger.claim(about(path.name, hashlib.sha256(b"the file").hexdigest()), ledger.prints(sheet(1)), path)
    if when == "after":
        path.write_bytes(b"the file")
    told.send(claim.saved.id)
    time.sleep(60)


def _saves_on_and_on(where: str, folder: Path, start: int, told: Connection) -> None:
    ledger = open_ledger(where, ANA)
    for client in count(start):
        path, content = folder / f"{client}_upload.xlsx", str(client).encode()
        (folder / "temporary").write_bytes(content)
        claim = ledger.claim(about(path.name, hashlib.sha256(content).hexdigest()), ledger.prints(sheet(client)), path)
        (folder / "temporary").replace(path)
        ledger.complete(claim)
        if client == start:
            told.send(client)


class TestFolder:
    """What happens to files on shared drives and in synced folders."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "ledger"
        ledger = open_ledger(folder, ANA)
        ledger.set_status(save(ledger, 1, 2), "pending")
        save(ledger, 3, file="more.xlsx")
        return folder

    def files(self, folder: Path) -> list[str]:
        found = [each.saved.about.file for each in open_ledger(folder, BEN).history().submissions]
        return sorted(found)

    def problems(self, folder: Path) -> list[str]:
        return [each.en for each in open_ledger(folder, BEN).history().problems]

    @pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 500, None])
    def test_any_one_damaged_file_is_skipped_and_said(self, folder: Path, damage: bytes | None) -> None:
        for path in [each for each in folder.rglob("*") if each.is_file() and each.suffix == ".json"]:
            whole = path.read_bytes()
            path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
            os.utime(path, (0, 0))
            ledger = open_ledger(folder, BEN)
            assert sent(ledger, 1, 3) == {0: "jan.xlsx", 1: "more.xlsx"}  # each is in a claim and in an event
            told = [each.en for each in ledger.history().problems]
            claimed = path.parent.name == "claims"  # a claim that is settled is not read again
            assert [str(path) in each for each in told] == ([] if claimed else [True])
            path.write_bytes(whole)

    def test_foreign_files_are_said_and_droppings_of_systems_are_not(self, folder: Path) -> None:
        for name in (".DS_Store", "desktop.ini", "Thumbs.db", "~lock", ".icare-1.tmp"):
            (folder / "events" / name).write_text("x")
            (folder / "claims" / name).write_text("x")
        assert not self.problems(folder)
        (folder / "events" / "holiday.jpg").write_text("x")
        assert len(self.problems(folder)) == 1 and self.files(folder) == ["jan.xlsx", "more.xlsx"]

    def test_conflict_copies_count_once_and_are_said(self, folder: Path) -> None:
        for path in [*(folder / "events").iterdir(), *(folder / "claims").iterdir()]:
            path.with_stem(f"{path.stem} (ben's conflicted copy)").write_bytes(path.read_bytes())
        assert self.files(folder) == ["jan.xlsx", "more.xlsx"]
        assert len(self.problems(folder)) == 5 and all("copy" in each for each in self.problems(folder))

    def test_an_event_is_one_under_any_name(self, folder: Path) -> None:
        for number, path in enumerate((folder / "events").iterdir()):
            path.rename(path.with_name(f"renamed {number}.json"))
        assert self.files(folder) == ["jan.xlsx", "more.xlsx"] and not self.problems(folder)

    def test_half_synced_without_claims_nothing_is_lost(self, folder: Path) -> None:
        for path in (folder / "claims").iterdir():
            path.unlink()
        ledger = open_ledger(folder, BEN)
        assert sent(ledger, 1, 2, 3) == {0: "jan.xlsx", 1: "jan.xlsx", 2: "more.xlsx"}
        save(ledger, 4)

    def test_half_synced_without_events_nothing_is_sent_twice(self, folder: Path) -> None:
        for path in (folder / "events").iterdir():
            path.unlink()
        with pytest.raises(AlreadySent):
            save(open_ledger(folder, BEN), 1)

    def test_a_missing_claim_is_said(self, folder: Path) -> None:
        (folder / "claims" / "000001.json").unlink()
        for path in (folder / "events").glob("*-saved-*"):
            path.unlink()
        assert any("000001.json” is missing" in each for each in self.problems(folder))

    def test_two_computers_that_did_not_see_each_other(self, folder: Path, tmp_path: Path) -> None:
        """Synced late: both saves are remembered, whichever claim the sync program kept, and the double one is said."""
        other = tmp_path / "other"
        shutil.copytree(folder, other)
        save(open_ledger(folder, ANA), 7, 8, file="ana.xlsx")
        save(open_ledger(other, BEN), 8, 9, file="ben.xlsx")
        shutil.copytree(other, folder, dirs_exist_ok=True)
        history = open_ledger(folder, ANA).history()
        assert self.files(folder) == ["ana.xlsx", "ben.xlsx", "jan.xlsx", "more.xlsx"]
        assert [each.en for each in history.doubled()] == [
            "The same rows (1) are in “ana.xlsx” and in “ben.xlsx”. Upload only one of the two files."
        ]

    def test_two_keys_made_apart_are_both_used(self, tmp_path: Path) -> None:
        one, two = tmp_path / "one", tmp_path / "two"
        save(open_ledger(one, ANA), 1, file="ana.xlsx")
        save(open_ledger(two, BEN), 2, file="ben.xlsx")
        (one / "keys" / "first (2).key").write_bytes((two / "keys" / "first.key").read_bytes())
        shutil.copytree(two / "events", one / "events", dirs_exist_ok=True)
        assert sent(open_ledger(one, ANA), 1, 2) == {0: "ana.xlsx", 1: "ben.xlsx"}

    def test_a_key_that_is_missing_is_said(self, folder: Path) -> None:
        (folder / "keys" / "first.key").unlink()
        assert len(self.problems(folder)) == 2 and "cannot be compared" in self.problems(folder)[0]

    def test_a_damaged_key_stops_a_save(self, folder: Path) -> None:
        key = folder / "keys" / "first.key"
        key.write_bytes(b"")
        os.utime(key, (0, 0))
        with pytest.raises(NoLedgerKey):
            save(open_ledger(folder, BEN), 9)

    def test_on_a_drive_without_links(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_links(*_: object) -> None:
            raise PermissionError("no links here")

        monkeypatch.setattr(Path, "hardlink_to", no_links)
        ledger = open_ledger(folder, BEN)
        save(ledger, 5, file="fat.xlsx")
        with pytest.raises(AlreadySent):
            save(open_ledger(folder, ANA), 5)
        assert self.files(folder) == ["fat.xlsx", "jan.xlsx", "more.xlsx"] and not self.problems(folder)

    def test_a_listing_that_is_some_seconds_old(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Windows keeps listings of shared drives for a while: the claims are then found by their names."""
        stale = [path.name for path in (folder / "claims").iterdir()]
        save(open_ledger(folder, ANA), 5, file="new.xlsx")
        for path in (folder / "events").iterdir():
            if "new.xlsx" in path.read_text("utf-8"):
                path.unlink()
        listdir = os.listdir
        monkeypatch.setattr("os.listdir", lambda path: stale if Path(path).name == "claims" else listdir(path))
        with pytest.raises(AlreadySent):
            save(open_ledger(folder, BEN), 5)

    def test_that_is_not_connected_is_not_made_anew(self, tmp_path: Path) -> None:
        with pytest.raises(NoSuchLedger):
            open_ledger(tmp_path / "unplugged" / "ledger", ANA)
        assert not any(tmp_path.iterdir())

    def test_reading_leaves_no_trace(self, tmp_path: Path) -> None:
        assert open_ledger(tmp_path / "ledger", ANA).history().submissions == ()
        assert not any(tmp_path.iterdir())

    @pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
    @pytest.mark.parametrize(("folder_mode", "file_mode"), [(None, 0o600), (0o755, 0o600), (0o770, 0o660)])
    def test_only_its_owner_reads_it_or_the_group_that_it_is_for(
        self, tmp_path: Path, folder_mode: int | None, file_mode: int
    ) -> None:
        folder = tmp_path / "ledger"
        if folder_mode:
            folder.mkdir()
            folder.chmod(folder_mode)
        save(open_ledger(folder, ANA), 1)
        modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
        assert modes == {file_mode} and folder.stat().st_mode & 0o777 == (folder_mode or 0o700)


class TestDatabase:
    @pytest.mark.parametrize("where", ["sqlite", "postgresql"], indirect=True)
    def test_a_damaged_row_is_skipped_and_said(self, where: str) -> None:
        save(open_ledger(where, ANA), 1)
        engine = sqlalchemy.create_engine(where, poolclass=sqlalchemy.NullPool)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text("INSERT INTO icare_event (id, event) VALUES ('x', 'hello')"))
        history = open_ledger(where, BEN).history()
        assert len(history.submissions) == 1 and "icare_event" in history.problems[0].en

    @pytest.mark.parametrize(
        "url", ["postgresql+psycopg://ana:geheim@localhost:1/icare", "nosuch://ana:geheim@x/y", "://"]
    )
    def test_that_cannot_be_used_is_one_sentence_without_the_password(self, url: str) -> None:
        with pytest.raises(CannotUseDatabase) as told:
            open_ledger(url, ANA)
        assert "geheim" not in told.value.text.en + told.value.text.fr

    def test_is_loaded_only_where_it_is_used(self) -> None:
        code = "import sys, icare_xl.cli; print({'sqlalchemy', 'psycopg', 'holidays', 'psutil', 'tomlkit'} & {*sys.modules})"
        assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"

    def test_without_the_extra_says_what_to_install(self) -> None:
        code = "import sys; sys.modules['sqlalchemy'] = None; from icare_xl.upload.ledger import open_ledger; open_ledger('a://', '')"
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr
        assert told.splitlines()[-1].startswith("icare_xl.upload.ledger.errors.NoDatabaseSupport")


@settings(max_examples=some(40), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["claim", "complete", "withdraw", "status", "read"]),
                          st.integers(0, 4)), max_size=25))  # fmt: skip
def test_no_order_of_steps_lets_a_row_through_twice(steps: list[tuple[int, str, int]]) -> None:
    """Three people, each with what they last read in memory, do anything in any order."""
    with tempfile.TemporaryDirectory() as folder:
        ledgers = [open_ledger(Path(folder, "ledger"), f"person {number}") for number in range(3)]
        held: dict[int, str] = {}  # client -> id of the file that holds it
        claims: dict[str, Claim] = {}
        for person, step, client in steps:
            ledger = ledgers[person]
            if step == "claim":
                try:
                    claim = ledger.claim(about(), ledger.prints(sheet(client)), Path("x.xlsx"))
                except AlreadySent as told:
                    assert told.sent[0].id == held[client]
                else:
                    assert client not in held
                    held[client], claims[claim.saved.id] = claim.saved.id, claim
            elif step == "read":
                assert {0} & {*ledger.history().seen(ledger.prints(sheet(client))).sent} == (
                    {0} if client in held else set()
                )
            elif client in held:
                claim = claims[held[client]]
                if step == "complete":
                    ledger.complete(claim)
                elif step == "status":
                    ledger.set_status(claim.saved.id, "pending")
                else:
                    ledger.withdraw(claim)
                    del held[client]


PLANTED = {"client_validation_id": "87654321", "client_birth_dt": "1951-02-03", "postal_cd": "X9Y8Z7"}
SECRETS = ("87654321", "1951-02-03", "X9Y8Z7", "Zzyzx")


def test_no_value_of_a_client_is_in_any_byte(where: str, run: Run, tmp_path: Path) -> None:
    """Saved, rejected, taken back and set: no value that stood in a row is ever written."""
    row = good_row() | PLANTED
    note = "[BUID:Zzyzx,RID:Zzyzx,ORP:1/1,DTS:Zzyzx][1] (Zzyzx) Zzyzx of 87654321. / (Zzyzx) Zzyzx."
    ledger = open_ledger(where, ANA)
    claim = ledger.claim(about("jan.xlsx"), ledger.prints(sheet_of({4: row})), tmp_path / "jan.xlsx")
    ledger.complete(claim)
    path = small_workbook(tmp_path / "rejected.xlsx", {4: row | {"processing_details": note}})
    told = json.loads(run("ledger", "returned", path, "--ledger", where, "--json").stdout)
    assert [(each["of"], each["upload_id"], each["categories"]) for each in told["returned"]] == [
        (claim.saved.id, "", {"other": 1})
    ]
    run("ledger", "status", claim.saved.id, "processed", "--accepted", "0", "--rejected", "1", "--ledger", where)
    written = b"\n".join(_everything_in(where))
    assert b"jan.xlsx" in written
    for secret in SECRETS:
        for form in (secret.encode(), secret.encode("utf-16-le"), b64encode(secret.encode()).rstrip(b"=")[:-1]):
            assert form not in written


def _everything_in(where: str) -> Iterator[bytes]:
    if where.startswith("sqlite"):
        yield Path(where.removeprefix("sqlite:///")).read_bytes()
    elif "://" in where:
        engine = sqlalchemy.create_engine(where, poolclass=sqlalchemy.NullPool)
        with engine.connect() as connection:
            for table in ("icare_key", "icare_claim", "icare_event"):
                for row in connection.execute(sqlalchemy.text(f"SELECT * FROM {table}")):
                    yield repr(tuple(row)).encode()
    else:
        for path in Path(where).rglob("*"):
            yield path.name.encode()
            if path.is_file():
                yield path.read_bytes()


class TestCommands:
    def month(self, run: Run, where: str, *words: str, code: int = 0) -> Any:
        result = run("ledger", "list", "--ledger", where, "--today", "2026-02-03", "--json", *words)
        assert result.exit_code == code, result.stderr
        return json.loads(result.stdout)

    def test_the_month_at_a_glance(self, run: Run, where: str, own_settings: Path) -> None:
        own_settings.write_text('province = "ON"', "utf-8")
        ledger = open_ledger(where, ANA)
        id_ = save(ledger, 1, 2, 3)
        save(ledger, 4, file="late.xlsx")
        ledger.set_status(id_, "pending")
        take_back(ledger, sheet(2), notes_on(1, total=3, positions=(2,)))
        found = self.month(run, where)
        assert (found["month"], found["deadline"]["day"], found["deadline"]["calendar"]["en"]) == (
            "2026-01", "2026-02-06", "holidays of Ontario",
        )  # fmt: skip
        (service,) = found["services"]
        files = service.pop("files")
        assert service == {
            "service": "information_orientation", "saved": 1, "pending": 0, "processed": 1, "rejected_open": 1,
        }  # fmt: skip
        assert [(each["file"], each["status"], each["rejected"], each["may_be_sent_again"]) for each in files] == [
            ("jan.xlsx", "processed", 1, False), ("late.xlsx", "saved", 0, False),
        ]  # fmt: skip
        assert files[0]["en"] == "Never upload it again. Correct and save only what came back: 1 row."
        assert (found["problems"], found["repaired"]) == ([], [])
        (other,) = self.month(run, where, "--month", "2025-12")["services"]
        assert other["files"] == [] and other["saved"] == 0

    def test_is_told_in_both_languages(self, run: Run, where: str) -> None:
        ledger = open_ledger(where, ANA)
        id_ = save(ledger, 1, 2)
        ledger.set_status(id_, "pending")
        words = ("ledger", "list", "--ledger", where, "--today", "2026-02-03", "--lang")
        english, french = (run(*words, lang).stdout for lang in ("en", "fr"))
        counts = "Information and Orientation: 0 saved and not uploaded yet, 1 uploaded, 0 processed; 0 rejected rows to send again."
        assert counts in english and id_ in english
        assert "Never upload it again. Record what iCARE shows for it." in english
        assert "Ne le téléversez plus jamais. Inscrivez ce qu’iEDEC indique" in french and "1 téléversé," in french
        assert not {"pending", "withdrawn"} & {*re.findall(r"\w+", english + french)}

    def test_status(self, run: Run, where: str) -> None:
        ids = [save(open_ledger(where, ANA), 1, 2), save(open_ledger(where, ANA), 3, file="b.xlsx")]
        result = run(
            "ledger", "status", ids[0], "processed", "--accepted", 1, "--rejected", 1, "--ledger", where, "--json"
        )
        found = json.loads(result.stdout)
        assert (found["status"], found["accepted"], found["rejected"], found["rejected_open"]) == ("processed", 1, 1, 1)

    @pytest.mark.parametrize(
        "words",
        [
            ("0", "pending"),
            ("ID", "lost"),
            ("ID", "processed", "--accepted", 1, "--rejected", 1),
            ("ID", "pending", "--accepted", 1),
            ("ID", "processed", "--rejected", -1),
        ],
    )
    def test_a_status_that_cannot_be(self, words: tuple[object, ...], run: Run, where: str) -> None:
        id_ = save(open_ledger(where, ANA), 1)
        words = tuple(id_ if word == "ID" else word for word in words)
        assert run("ledger", "status", *words, "--ledger", where).exit_code == 2
        assert open_ledger(where, ANA).history().submissions[0].standing == "saved"

    def test_returned_of_the_example(self, run: Run, where: str, tmp_path: Path) -> None:
        month, path = month_with_mistakes(), small_workbook(tmp_path / "rejected.xlsx", rejected_month())
        ledger = open_ledger(where, ANA)
        ledger.complete(ledger.claim(about(), ledger.prints(sheet_of(month)), Path("jan.xlsx")))
        said = run("ledger", "returned", path, "--ledger", where, "--lang", "en").stdout
        assert "rejected row" in said
        assert run("ledger", "returned", tmp_path / "none.xlsx", "--ledger", where).exit_code == 2

    def test_returned_without_a_note(self, run: Run, clean: Path, tmp_path: Path) -> None:
        result = run("ledger", "returned", clean, "--ledger", tmp_path / "ledger", "--lang", "en")
        assert (result.exit_code, result.stdout) == (0, "Column A holds no note from iCARE.\n")

    def test_what_came_back_of_a_file_that_nobody_knows_is_told(self, run: Run, where: str) -> None:
        take_back(open_ledger(where, ANA), sheet(1), notes_on(1, total=5, positions=(4,)))
        told = run("ledger", "list", "--ledger", where, "--lang", "en").stdout
        assert "1 rejected row of a file that is not in the ledger: " in told

    def test_a_new_ledger_has_nothing_in_it(self, run: Run) -> None:
        found = json.loads(run("ledger", "list", "--json").stdout)
        assert found["services"] == [] and found["problems"] == []

    def test_what_broke_off_is_repaired_and_told(self, run: Run, where: str, tmp_path: Path) -> None:
        id_, _ = TestBrokenOff().broken(where, tmp_path, "after")
        assert self.month(run, where)["repaired"] == [{"id": id_, "found": "saved"}]
        assert self.month(run, where)["repaired"] == []


def _racer(where: str, racer: int, rounds: int, barrier, answers) -> None:
    ledger = open_ledger(where, f"racer {racer}")
    for number in range(rounds):
        prints = ledger.prints(sheet(*range(100 * number, 100 * number + 50)))
        barrier.wait()
        try:
            ledger.complete(ledger.claim(about(f"{racer}.xlsx"), prints, Path("x.xlsx")))
            answers.put((number, True))
        except AlreadySent:
            answers.put((number, False))
