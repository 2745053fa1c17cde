"""Saving for upload, with a memory: what is refused and why, what is written, and what is left when it breaks off."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from icare_xl.icare import library, recognise
from icare_xl.icare.example import good_row
from icare_xl.rejected import matching
from icare_xl.upload import certificate, guards, naming
from icare_xl.upload.ledger import Particulars, open_ledger
from icare_xl.workbooks.file import FileHost
from tests.conftest import Run
from tests.rejected.test_corrections import note
from tests.support.services import good
from tests.support.sheets import sheet_of, small_workbook, text_cell
from tests.test_genuine import with_cells

Row = dict[str, Any]
Save = Callable[..., dict[str, Any]]
Upload = Callable[[dict[str, Any]], None]


@pytest.fixture
def save(run: Run, tmp_path: Path) -> Save:
    """`save(rows)` saves a workbook with these rows, and returns the document. The ledger is one for the test."""
    number = iter(range(1, 1000))

    def save(rows: dict[int, Row], *words: str, name: str | None = None, profile: bool = True) -> dict[str, Any]:
        path = small_workbook(tmp_path / f"{name or f'file{next(number)}'}.xlsx", rows)
        words = (*words, "--today", "2026-02-03", "--ledger", str(tmp_path / "ledger"), "--json")
        result = run("save", path, tmp_path / "upload", *words)
        document: dict[str, Any] = json.loads(result.stdout)
        assert result.exit_code == (1 if document["refused"] else 0)
        return document

    profiles = {4 + n: good("client_profile", n) for n in range(3)}
    path = small_workbook(tmp_path / "profile.xlsx", profiles, library.of_service("client_profile"))
    run("save", path, tmp_path / "upload", "--month", "2026-01", "--ledger", tmp_path / "ledger", "--yes")
    return save


@pytest.fixture
def upload(run: Run, tmp_path: Path) -> Upload:
    """`upload(document)` records that the files of a save were uploaded."""

    def upload(document: dict[str, Any]) -> None:
        for entry in document["entries"]:
            assert run("ledger", "status", entry, "pending", "--ledger", tmp_path / "ledger").exit_code == 0

    return upload


def month(*clients: int) -> dict[int, Row]:
    return {4 + n: good_row(client) for n, client in enumerate(clients)}


def code(document: dict[str, Any]) -> str | None:
    refused = document["refused"]
    return refused["code"] if refused else None


class TestTheMemory:
    def test_a_file_is_saved_once(self, save: Save) -> None:
        first = save(month(1, 2, 3), name="jan")
        assert code(first) is None and len(first["entries"]) == 1
        again = save(month(1, 2, 3), "--yes")
        assert code(again) == "already-saved" and "“jan_upload.xlsx”" in again["refused"]["en"]

    def test_a_row_is_sent_once_however_it_is_written(self, save: Save) -> None:
        save(month(1, 2, 3))
        twin = good_row(2)
        twin["client_validation_id"] = int(str(twin["client_validation_id"]))
        twin["service_referred_by_id"] = "FAMILY  /  friends"
        assert code(save({4: good_row(7), 5: twin}, "--yes")) in ("already-saved", "errors-remain")
        assert code(save({4: good_row(7), 5: good_row(2)}, "--yes")) == "already-saved"

    def test_other_rows_of_the_month_are_saved(self, save: Save) -> None:
        save(month(1, 2, 3))
        assert code(save(month(4, 5))) is None

    def test_the_same_client_and_day_with_other_cells_wants_a_second_look(self, save: Save, upload: Upload) -> None:
        upload(save(month(1, 2)))
        referred_by = library.list_of_values("referred_by").values
        later = good_row(1) | {
            "service_referred_by_id": next(each for each in referred_by if each != "Family / friends")
        }
        document = save({4: later})
        assert code(document) == "not-confirmed"
        assert [each["code"] for each in document["warnings"]] == ["rows-alike"]
        assert code(save({4: later}, "--yes")) is None

    def test_the_original_is_refused_after_a_partial_rejection(self, save: Save, run: Run, tmp_path: Path) -> None:
        save(month(*range(10)), name="jan")
        rejected = {
            4 + n: {"processing_details": note(client + 1, 10), **good_row(client)} for n, client in enumerate((2, 7))
        }
        back = small_workbook(tmp_path / "rejected.xlsx", rejected)
        assert run("ledger", "returned", back, "--ledger", tmp_path / "ledger").exit_code == 0
        refused = save(month(*range(10)), "--yes")["refused"]
        assert refused["code"] == "original-after-rejection"
        assert refused["en"].startswith("Nothing was saved: 8 of 10 rows were accepted from “jan_upload.xlsx”")
        corrected = {4: good_row(2) | {"client_validation_id": "12345678"}, 5: good_row(7)}
        assert code(save(corrected, "--yes")) is None

    def test_rows_that_were_uploaded_are_refused_and_named(self, save: Save, upload: Upload) -> None:
        upload(save(month(1, 2), name="jan"))
        refused = save(month(7, 2), "--yes")["refused"]
        assert refused["code"] == "rows-already-sent" and refused["rows"] == [5]
        assert refused["en"].startswith(
            "Nothing was saved: 1 of 2 rows (row 5) were uploaded before, in “jan_upload.xlsx”"
        )
        whole = save(month(1, 2), "--yes")["refused"]
        assert whole["code"] == "rows-already-sent" and "all 2 rows were uploaded before" in whole["en"]

    def test_what_failed_or_was_deleted_may_be_sent_again(self, save: Save, run: Run, tmp_path: Path) -> None:
        entry = save(month(1, 2))["entries"][0]
        assert code(save(month(1, 2))) == "already-saved"
        assert run("ledger", "status", entry, "deleted", "--ledger", tmp_path / "ledger").exit_code == 0
        assert code(save(month(1, 2))) is None

    def test_a_profile_may_be_sent_again_with_others_once_it_was_uploaded(
        self, run: Run, tmp_path: Path, save: Save
    ) -> None:
        profiles = {4 + n: good("client_profile", n) for n in range(5)}
        path = small_workbook(tmp_path / "more.xlsx", profiles, library.of_service("client_profile"))
        words = ("--month", "2026-01", "--ledger", tmp_path / "ledger", "--json")
        assert code(json.loads(run("save", path, tmp_path / "upload", *words).stdout)) == "already-saved"
        document = json.loads(run("save", path, tmp_path / "upload", *words, "--uploaded").stdout)
        assert code(document) is None and len(document["uploaded"]) == 1

    def test_without_a_profile_of_the_month_there_is_a_reminder(self, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", month(1))
        words = ("--ledger", tmp_path / "ledger", "--json", "--today", "2026-02-03")
        document = json.loads(run("save", path, tmp_path / "upload", *words).stdout)
        assert [each["code"] for each in document["warnings"]] == ["no-profile-yet"]
        assert code(document) == "not-confirmed"

    def test_no_uploaded_file_is_overwritten_by_the_next(self, save: Save, upload: Upload) -> None:
        upload(first := save(month(1), name="jan"))
        second = save(month(2), name="jan")
        assert [Path(each["saved"][0]).name for each in (first, second)] == ["jan_upload.xlsx", "jan_upload_2.xlsx"]

    def test_a_long_name_keeps_its_number(self, save: Save, upload: Upload) -> None:
        names = set()
        for client in range(3):
            upload(document := save(month(client), name="x" * 130 + "y" * client))
            names.add(Path(document["saved"][0]).name)
        assert len(names) == 3

    def test_an_uploaded_file_is_not_overwritten_where_it_is_named(
        self, run: Run, tmp_path: Path, save: Save, upload: Upload
    ) -> None:
        out, ledger = tmp_path / "one.xlsx", ("--ledger", tmp_path / "ledger", "--today", "2026-02-03", "--json")
        for number, wanted in ((1, None), (2, "file-there")):
            path = small_workbook(tmp_path / f"{number}.xlsx", month(number))
            document = json.loads(run("save", path, out, *ledger).stdout)
            assert code(document) == wanted
            upload(document)

    def test_a_certificate_that_cannot_be_written_leaves_nothing(self, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", month(1))
        (tmp_path / "upload/jan_upload_certificate.html").mkdir(parents=True)
        words = ("--ledger", tmp_path / "ledger", "--yes", "--today", "2026-02-03")
        assert run("save", path, tmp_path / "upload", *words).exit_code == 2
        assert not (tmp_path / "upload/jan_upload.xlsx").exists()
        (tmp_path / "upload/jan_upload_certificate.html").rmdir()
        assert run("save", path, tmp_path / "upload", *words).exit_code == 0

    def test_the_original_profile_is_asked_about_after_a_rejection(self, run: Run, tmp_path: Path, save: Save) -> None:
        template = library.of_service("client_profile")
        rows = {4: {"processing_details": note(2, 3), **good("client_profile", 1)}}
        back = small_workbook(tmp_path / "back.xlsx", rows, template)
        ledger = ("--ledger", tmp_path / "ledger")
        assert run("ledger", "returned", back, *ledger).exit_code == 0
        path = tmp_path / "profile.xlsx"
        document = json.loads(run("save", path, tmp_path / "upload", *ledger, "--json", "--month", "2026-01").stdout)
        assert code(document) == "not-confirmed"
        assert [each["code"] for each in document["warnings"]] == ["accepted-before"]

    def test_who_is_beaten_in_the_last_moment_is_told_and_leaves_nothing(
        self, save: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        claim = guards.claim

        def second(*words: Any) -> Any:
            monkeypatch.setattr(guards, "claim", claim)
            assert code(save(month(1, 2), name="first")) is None
            return claim(*words)

        monkeypatch.setattr(guards, "claim", second)
        beaten = save(month(2, 3), name="second")
        assert code(beaten) == "rows-already-sent" and beaten["saved"] == beaten["entries"] == []
        names = {path.name for path in (tmp_path / "upload").iterdir()}
        assert "first_upload.xlsx" in names and not any("second" in name or "tmp" in name for name in names)


class TestGuards:
    @pytest.mark.parametrize(
        ("rows", "words", "wanted"),
        [
            ({4: good_row() | {"postal_cd": ""}}, (), "errors-remain"),
            ({4: good_row() | {"processing_details": note(1)}}, (), "notes-left"),
            ({}, (), "no-rows"),
            ({4: good_row()}, ("--service", "nars"), "wrong-service"),
            ({4: good_row(), 5: good_row(1)}, ("--month", "2025-12"), "not-confirmed"),
            ({4: good_row()}, ("--account", "A-1"), None),
        ],
    )
    def test_say_what_is_in_the_way(
        self, rows: dict[int, Row], words: tuple[str, ...], wanted: str | None, run: Run, tmp_path: Path
    ) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", rows)
        result = run("save", path, tmp_path / "out", *words, "--json", "--today", "2026-02-03")
        assert code(json.loads(result.stdout)) == wanted

    def test_errors_cannot_be_waved_through(self, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", {4: good_row() | {"postal_cd": ""}})
        assert run("save", path, tmp_path / "out", "--yes").exit_code == 1
        assert not (tmp_path / "out").exists()

    def test_warnings_can(self, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", {4: good_row()})
        words = ("--month", "2025-12", "--today", "2026-02-03")
        assert run("save", path, tmp_path / "out", *words).exit_code == 1
        assert run("save", path, tmp_path / "out", *words, "--yes").exit_code == 0

    def test_a_changed_header(self, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", {4: good_row()})
        changed = with_cells(path, tmp_path / "changed.xlsx", {"F2": text_cell("postal")})
        document = json.loads(run("save", changed, tmp_path / "out", "--json").stdout)
        assert code(document) == "header-changed"


class TestSplit:
    @pytest.mark.thorough
    def test_writes_each_row_once_and_no_file_too_long(self, run: Run, tmp_path: Path) -> None:
        rows = {4 + n: good_row(n) | {"client_validation_id": str(10_000_001 + n)} for n in range(2700)}
        path = small_workbook(tmp_path / "jan.xlsx", rows)
        refused = json.loads(run("save", path, tmp_path / "out", "--json", "--today", "2026-02-03").stdout)
        assert code(refused) == "too-many-rows"
        result = run("save", path, tmp_path / "out", "--split", "--json", "--today", "2026-02-03")
        document = json.loads(result.stdout)
        assert code(document) is None, document["refused"]
        assert [Path(out).name for out in document["saved"]] == ["jan_upload_1.xlsx", "jan_upload_2.xlsx"]
        clients = []
        for out in document["saved"]:
            with FileHost(Path(out)) as host:
                part = matching.values(recognise.upload_sheet(host))
            assert min(part) == 4 and len(part) <= 2500
            clients += [row["client_validation_id"] for row in part.values()]
        assert clients == [row["client_validation_id"] for row in rows.values()]


class TestTheCertificate:
    def test_says_what_was_saved_and_no_value_of_it(self, save: Save, tmp_path: Path) -> None:
        document = save(month(1, 2) | {6: good_row(3) | {"client_validation_id": "1234567"}}, "--yes")
        out = Path(document["saved"][0])
        as_json, as_page = certificate.beside(out)
        known = json.loads(as_json.read_text("utf-8"))
        assert (known["file"], known["sha256"], known["rows"]) == (out.name, document["sha256"][0], 3)
        assert known["accepted"] == {"IC130": 1} and known["entry"] == document["entries"][0]
        for text in (as_json.read_text("utf-8"), as_page.read_text("utf-8")):
            assert not any(str(value) in text for value in ("1234567", good_row(1)["client_validation_id"]))

    def test_tells_whether_the_file_is_still_that_file(self, save: Save, run: Run) -> None:
        out = Path(save(month(1, 2))["saved"][0])
        assert run("verify", out).exit_code == 0
        out.write_bytes(out.read_bytes() + b"\0")
        assert run("verify", out).exit_code == 1
        certificate.beside(out)[0].unlink()
        assert run("verify", out).exit_code == 2


@pytest.mark.parametrize(
    ("pattern", "words", "name"),
    [
        (
            "{agency}_{service}_{month}",
            {"agency": "Maple", "service": "nars", "month": "2026-01"},
            "Maple_nars_2026-01.xlsx",
        ),
        ("{agency}_{service}_{account}_{month}", {"service": "nars", "month": "2026-01"}, "nars_2026-01.xlsx"),
        ("{account}-{file}", {"account": "A/1: é", "file": "jan"}, "A-1-é-jan.xlsx"),
        ("{agency}", {}, "upload.xlsx"),
        ("x.xlsx", {}, "x.xlsx"),
    ],
)
def test_a_name_is_made_of_a_pattern(pattern: str, words: dict[str, str], name: str) -> None:
    assert naming.file_name(pattern, words) == name


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from icare_xl.cli import main
import icare_xl.upload.ledger.folder, hashlib, openpyxl, psutil
at, folder = 0, ""
WATCHED = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.chmod", "os.replace", "tempfile.mkstemp"}
def watch(event, words):
    global at
    if event in WATCHED and any(str(word).startswith(folder) for word in words if isinstance(word, (str, Path))):
        at -= 1
        if at == 0:
            os.kill(os.getpid(), signal.SIGKILL)
def save(*words):
    os.environ["HOME"] = folder
    sys.addaudithook(watch)
    main.main(words, standalone_mode=False)
for step in range(1, 200):
    at, folder = step, f"{sys.argv[2]}/step{step}"
    before = f"{sys.argv[2]}/before"
    shutil.copytree(before, folder) if os.path.exists(before) else os.mkdir(folder)
    process = os.fork()
    if not process:
        save("save", sys.argv[1], f"{folder}/upload", "--ledger", f"{folder}/ledger", *sys.argv[3:])
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if not os.WIFSIGNALED(status):
        print(step)
        break
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.thorough
def test_killed_at_any_step_leaves_all_or_nothing_or_what_the_next_run_settles(run: Run, tmp_path: Path) -> None:
    """A process is forked for each step and killed there; the last one comes to its end."""
    rows = {4 + n: good("client_profile", n) for n in range(3)}  # the smallest service; the steps are those of any
    path = small_workbook(tmp_path / "jan.xlsx", rows, library.of_service("client_profile"))
    how = ["--yes", "--json", "--today", "2026-02-03"]
    script = [sys.executable, "-c", KILLED, *map(str, (path, tmp_path)), *how]
    last = int(subprocess.run(script, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    assert last > 10
    for step in range(1, last + 1):
        folder = tmp_path / f"step{step}"
        words = ["save", path, folder / "upload", "--ledger", folder / "ledger", *how]
        again = json.loads(run(*words).stdout)
        files = list((folder / "upload").glob("*_upload*.xlsx"))
        assert len(files) == 1
        if again["refused"]:  # the first had come through: its file is there, whole, and in the ledger
            assert again["refused"]["code"] == "already-saved"
        else:
            assert [str(files[0])] == again["saved"]
        assert json.loads(run(*words).stdout)["refused"]["code"] == "already-saved"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.thorough
def test_killed_at_any_step_of_replacing_one_file_is_in_force_and_lies_there(run: Run, tmp_path: Path) -> None:
    """The next run settles it and replaces once more; what is not in force is out of the way, under a name of its own."""
    template, before = library.of_service("client_profile"), tmp_path / "before"
    how = ["--yes", "--json", "--today", "2026-02-03"]
    for clients in (3, 4):
        path = small_workbook(
            tmp_path / "jan.xlsx", {4 + n: good("client_profile", n) for n in range(clients)}, template
        )
        if clients == 3:
            before.mkdir()
            assert run("save", path, before / "upload", "--ledger", before / "ledger", *how).exit_code == 0
    how.append("--replace")
    script = [sys.executable, "-c", KILLED, *map(str, (path, tmp_path)), *how]
    last = int(subprocess.run(script, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    assert last > 10
    for step in range(1, last + 1):
        folder = tmp_path / f"step{step}"
        again = json.loads(run("save", path, folder / "upload", "--ledger", folder / "ledger", *how).stdout)
        assert again["refused"] is None
        held = [each for each in open_ledger(folder / "ledger", "ana").history().submissions if each.in_force]
        there = {each.name: certificate.digest(each) for each in (folder / "upload").glob("*.xlsx")}
        assert there == {each.saved.about.file: each.saved.about.sha256 for each in held} and len(held) == 1
        aside = [certificate.digest(each) for each in (folder / "upload" / "replaced").glob("*.xlsx")]
        assert len(aside) == len({*aside}) > 0


def test_a_month_played_through(run: Run, tmp_path: Path) -> None:
    """Saved, returned with seven rejected rows, read, corrected, stripped, listed, saved; the original is refused."""
    ledger = ("--ledger", tmp_path / "ledger")
    today = ("--today", "2026-02-03")
    january = small_workbook(tmp_path / "january.xlsx", month(*range(30)))
    assert run("save", january, tmp_path / "upload", *ledger, *today, "--yes").exit_code == 0

    back = (2, 5, 9, 14, 20, 21, 28)
    rows = {4 + n: {"processing_details": note(client + 1, 30), **good_row(client)} for n, client in enumerate(back)}
    rejected = small_workbook(tmp_path / "rejected.xlsx", rows)
    told = run("notes", rejected, "--lang", "en").stdout
    assert told.startswith("7 rows rejected: 7 for identity; 7 clients.")

    mended = {row: dict(cells) for row, cells in rows.items()}
    mended[4]["client_validation_id"], mended[6]["client_birth_dt"] = "12345678", "1969-01-31"
    corrected = small_workbook(tmp_path / "corrected.xlsx", mended)
    stripped = run("strip", corrected, tmp_path / "stripped.xlsx", *ledger, "--lang", "en").stdout
    assert "Put into the ledger: 7 rejected rows of january_upload.xlsx (Client 7)." in stripped

    listed = json.loads(
        run("corrections", rejected, tmp_path / "stripped.xlsx", tmp_path / "list.html", "--json").stdout
    )
    assert [(each["row_before"], each["field"]) for each in listed["corrections"]] == [
        (4, "client_validation_id"),
        (6, "client_birth_dt"),
    ]
    original = json.loads(run("save", january, tmp_path / "upload", *ledger, *today, "--yes", "--json").stdout)
    assert original["refused"]["code"] == "original-after-rejection"
    assert original["refused"]["en"].startswith("Nothing was saved: 23 of 30 rows were accepted")

    second = run("save", tmp_path / "stripped.xlsx", tmp_path / "upload", *ledger, *today, "--yes")
    assert second.exit_code == 0
    story = json.loads(run("ledger", "list", *ledger, "--month", "2026-01", "--json").stdout)
    [service] = story["services"]
    files = [(each["file"], each["status"], each["rejected"]) for each in service["files"]]
    assert files == [("january_upload.xlsx", "processed", 7), ("stripped_upload.xlsx", "saved", 0)]
    assert service["rejected_open"] == 0


@pytest.mark.thorough
def test_nothing_written_holds_a_client(run: Run, tmp_path: Path) -> None:
    """A thousand planted values: none of them is in a ledger, a certificate, a setting or a log."""
    planted = {4 + n: good_row(n) | {"client_validation_id": f"{77_000_000 + 13 * n}"} for n in range(500)}
    for n, row in enumerate(planted.values()):
        row["client_birth_dt"] = f"{1940 + n % 60}-{1 + n % 12:02}-{1 + n % 28:02}"
    path = small_workbook(tmp_path / "january.xlsx", planted)
    words = ("--ledger", tmp_path / "ledger", "--today", "2026-02-03", "--yes")
    assert run("save", path, tmp_path / "upload", *words).exit_code == 0
    rows = {row: {"processing_details": note(row - 3, 500), **cells} for row, cells in planted.items()}
    rejected = small_workbook(tmp_path / "rejected.xlsx", rows)
    run("strip", rejected, tmp_path / "stripped.xlsx", "--ledger", tmp_path / "ledger")
    run("ledger", "list", "--ledger", tmp_path / "ledger")
    written = [each for each in tmp_path.rglob("*") if each.is_file() and each.suffix != ".xlsx"]
    assert {each.suffix for each in written} >= {".json", ".html", ".key"}
    values = {str(value) for row in planted.values() for value in (row["client_validation_id"], row["client_birth_dt"])}
    today = {value for value in values if value.startswith("2026")}
    for each in written:
        text = each.read_bytes().decode("utf-8", "replace")
        assert not [value for value in values - today if value in text], each


@pytest.mark.parametrize(
    "cosmetics",
    [
        {"service_referred_by_id": "FAMILY / FRIENDS"},
        {"postal_cd": "M1B5K1 "},
        {"client_birth_dt": date(1962, 3, 3)},
        {"start_dttm": date(2026, 1, 7)},
        {"orientation_service_id": "One-on-one\u00a0orientation"},
        {"client_validation_id": 10_000_015},
    ],
    ids=lambda each: next(iter(each)),
)
def test_a_duplicate_is_found_however_it_is_written(cosmetics: Row, run: Run, tmp_path: Path) -> None:
    """Client 2 was sent; guards look at what a row says, whatever the rules think of how it says it."""
    assert good_row(2)["client_birth_dt"] == "1962-03-03" and good_row(2)["start_dttm"] == "2026-01-07"
    ledger = open_ledger(tmp_path / "ledger", "Ana")
    sent, twin = sheet_of(month(1, 2, 3)), sheet_of({4: good_row(2) | cosmetics, 5: good_row(8)})
    about = Particulars("information_orientation", date(2026, 1, 1), "jan_upload.xlsx", "0" * 64)
    claim = ledger.claim(about, ledger.prints(sent), tmp_path / "jan_upload.xlsx")
    ledger.complete(claim)
    ledger.set_status(claim.saved.id, "pending")
    found = guards.of_ledger(twin, guards.Memory.of(ledger, twin), date(2026, 1, 1))
    assert found[0].code == "rows-already-sent" and "1 of 2 rows" in found[0].says.en
