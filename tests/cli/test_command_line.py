"""The command line is a contract: exit codes, one JSON document, one sentence where the input cannot be used."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise, takewhile
from math import ceil
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from click.testing import Result
from rich.console import Console

from icare_xl import __version__
from icare_xl.cli import output
from icare_xl.icare.example import good_row, month_with_mistakes, rejected_month
from icare_xl.model.addresses import place_of
from icare_xl.model.finding import Finding
from icare_xl.model.template import Field, Template
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.file import FileHost
from tests.conftest import Run
from tests.stand_in.engine import Excel
from tests.support.causes import copied_down, each_alone
from tests.support.sheets import Rows, parts, put, rewrite, small_workbook, text_cell


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return small_workbook(tmp_path / "jan.xlsx", month_with_mistakes())


@pytest.fixture
def rejected(tmp_path: Path) -> Path:
    return small_workbook(tmp_path / "rejected.xlsx", rejected_month())


def document(result: Result, exit_code: int = 0) -> Any:
    assert result.exit_code == exit_code, result.output
    assert result.stderr == ""
    return json.loads(result.stdout)


class TestCheck:
    def test_document(self, run: Run, month: Path) -> None:
        found = document(run("check", month, "--json", "--today", "2026-02-03"), 1)
        findings = found.pop("findings")
        assert found == {
            "file": str(month), "sheet": "iCARE Template",
            "template": {"service": "information_orientation", "code": "info", "version": "591", "locale": "en-CA",
                         "source": "workbook"},
            "rows": 12, "errors": 7, "warnings": 4, "accepted": 0, "could_not_run": [], "causes": [],
        }  # fmt: skip
        assert [(each["cell"], each["rule"]) for each in findings] == [
            ("D5", "IC130"), ("E6", "IC102"), ("E7", "IC101"), ("F8", "IC110"), ("CP9", "IC201"), ("L10", "IC104"),
            ("H11", "IC103"), ("I12", "IC100"), ("BU13", "IC210"), ("BX14", "IC212"), ("CP15", "IC101"),
        ]  # fmt: skip
        assert findings[2] == {
            "cell": "E7", "row": 7, "field": "client_birth_dt", "label": "Date of Birth (YYYY-MM-DD)", "rule": "IC101",
            "severity": "error", "origin": "template", "value": "1978/5/20",
            "en": "“1978/5/20” is a date in another format than YYYY-MM-DD. "
                  "Enter year, month and day, such as 2018-06-05.",
            "fr": "«\u00a01978/5/20\u00a0» est une date dans un autre format qu’AAAA-MM-JJ. "
                  "Entrez l’année, le mois et le jour, par exemple 2018-06-05.",
            "suggestion": "1978-05-20", "cause": None,
        }  # fmt: skip

    def test_of_a_clean_workbook_is_quiet(self, run: Run, clean: Path) -> None:
        assert document(run("check", clean, "--json"))["findings"] == []
        assert run("check", clean, "--lang", "en").output.splitlines()[-1] == "3 rows checked: nothing to correct."
        french = run("check", clean, "--lang", "fr").output.splitlines()[-1]
        assert french == "3 lignes vérifiées\u00a0: rien à corriger."

    def test_of_warnings_only_exits_with_0(self, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", {4: good_row() | {"client_validation_id": "1234567"}})
        assert document(run("check", path, "--json"))["warnings"] == 1

    def test_of_several_goes_on_after_a_bad_one(self, run: Run, clean: Path, month: Path, tmp_path: Path) -> None:
        result = run("check", clean, tmp_path / "none.xlsx", month, "--json")
        first, second, third = json.loads(result.stdout)
        assert (result.exit_code, first["errors"], third["errors"]) == (2, 0, 7)
        assert set(second) == {"file", "error"} and set(second["error"]) == {"en", "fr"}

    def test_without_house_rules(self, run: Run, month: Path) -> None:
        found = document(run("check", month, "--json", "--without", "house", "--without", "IC101"), 1)
        assert (found["errors"], found["warnings"]) == (5, 0)

    def test_today_is_an_argument(self, run: Run, clean: Path) -> None:
        assert document(run("check", clean, "--json", "--today", "2025-12-31"))["warnings"] == 6

    def test_marks_a_copy_and_leaves_the_workbook(self, run: Run, month: Path, tmp_path: Path) -> None:
        before = month.read_bytes()
        assert run("check", month, "--marked", tmp_path / "new/marked.xlsx").exit_code == 1
        assert month.read_bytes() == before
        result = document(run("unmark", tmp_path / "new/marked.xlsx", tmp_path / "bare.xlsx", "--json"))
        assert set(result) == {"file", "out"}
        assert parts(tmp_path / "bare.xlsx") == parts(month)


_FIRST = "Update Record ID 10387104 is on 2 rows (rows 4–5)."
_FIX = "Each would overwrite the same record: keep it on the row of that record only."


class TestCauses:
    """The causes, then the counts, then the cells under their causes."""

    @pytest.fixture
    def shown(self, run: Run, tmp_path: Path) -> Callable[..., list[str]]:
        """The lines of `check` about such rows."""

        def shown(rows: Rows, language: Language = "en") -> list[str]:
            path = small_workbook(tmp_path / "jan.xlsx", rows)
            found: list[str] = click.unstyle(run("check", path, "--lang", language).output).splitlines()
            assert found[0] == str(path)
            return found[1:]

        return shown

    def test_one(self, shown: Callable[..., list[str]]) -> None:
        *head, first, second = shown(copied_down(1))
        assert head == [f"{_FIRST} {_FIX}", "2 rows checked: 0 errors, 2 warnings.", "", _FIRST]
        assert first.startswith("B4  warning  IC109  ") and second.startswith("B5  warning  IC109  ")

    def test_in_french(self, shown: Callable[..., list[str]]) -> None:
        cause, counts, _, heading, first, *_ = shown(copied_down(1), "fr")
        assert cause.startswith(heading) and heading.endswith("10387104 figure sur 2 lignes (lignes 4–5).")
        assert counts == "2 lignes vérifiées\u00a0: 0 erreur, 2 avertissements."
        assert first.startswith("B4  avertissement  IC109  ")

    def test_what_has_none_comes_last_under_a_heading_that_says_so(self, shown: Callable[..., list[str]]) -> None:
        rows = {4: good_row(9) | {"postal_cd": "?"}, **{row + 1: cells for row, cells in copied_down(1).items()}}
        *_, blank, heading, last = shown(rows)
        assert (blank, heading) == ("", "No common cause") and last.startswith("F4  error  IC110  ")

    def test_none_is_the_counts_and_the_cells(self, shown: Callable[..., list[str]]) -> None:
        counts, only = shown({4: good_row() | {"postal_cd": "?"}})
        assert counts == "1 row checked: 1 error, 0 warnings." and only.startswith("F4  error  IC110  ")

    def test_nine_are_seven_at_the_top_and_all_above_their_cells(
        self, shown: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        each_alone(monkeypatch)
        lines = shown(copied_down(9))
        ids = [str(10387104 + n) for n in range(9)]
        assert [id_ in line for id_, line in zip(ids[:7], lines, strict=False)] == [True] * 7
        assert lines[7:9] == ["… and 2 more causes.", "18 rows checked: 0 errors, 18 warnings."]
        headings = [line for before, line in pairwise(lines) if not before]
        assert [id_ in heading for id_, heading in zip(ids, headings, strict=True)] == [True] * 9
        assert [_FIX in heading for heading in headings] == [False] * 7 + [True] * 2  # where it was not said yet

    def test_one_that_explains_no_finding_is_not_said_twice(self, shown: Callable[..., list[str]]) -> None:
        rows = {row: cells | {"update_record_id": "10387104"} for row, cells in copied_down(1).items()}
        assert shown(rows) == [f"{_FIRST} {_FIX}", "2 rows checked: nothing to correct."]

    @pytest.mark.parametrize(("language", "width"), [("en", 80), ("fr", 100)])
    def test_on_a_terminal_no_more_than_seven_lines_come_before_the_first_cell(
        self, shown: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, language: Language, width: int
    ) -> None:
        monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
        monkeypatch.setenv("COLUMNS", str(width))
        before = ["jan.xlsx", *takewhile(lambda line: line[:2] != "B4", shown(copied_down(1), language))]
        assert sum(max(1, ceil(len(line.rstrip()) / width)) for line in before) == 7


class TestFix:
    def test_document_of_what_is_safe(self, run: Run, month: Path, tmp_path: Path) -> None:
        before, out = month.read_bytes(), tmp_path / "fixed.xlsx"
        found = document(run("fix", month, out, "--json"))
        assert month.read_bytes() == before
        date, second, *others = found.pop("changes")
        assert found == {"file": str(month), "out": str(out)}
        assert [each["cell"] for each in others] == ["L10"]
        assert (date["old"], date["new"], date["reason"]["en"]) == (
            "1978/5/20",
            "1978-05-20",
            "The text can only be this day.",
        )
        assert second == {
            "cell": "F8", "row": 8, "field": "postal_cd", "old": "M1B 5K1", "new": "M1B5K1",
            "reason": {
                "en": "This is the same code with capital letters and without spaces or dashes.",
                "fr": "C’est le même code en lettres majuscules, sans espaces ni tirets.",
            },
        }  # fmt: skip

    def test_of_all_suggestions_changes_what_it_lists_and_nothing_else(
        self, run: Run, month: Path, tmp_path: Path
    ) -> None:
        out = tmp_path / "fixed.xlsx"
        changes = document(run("fix", month, out, "--all-suggestions", "--json", "--today", "2026-02-03"))["changes"]
        assert [(each["cell"], each["new"]) for each in changes] == [
            ("E7", "1978-05-20"), ("F8", "M1B5K1"), ("L10", "One-on-one orientation"),
        ]  # fmt: skip
        with FileHost(month) as before, FileHost(out) as after:
            new = {place_of(each["cell"]): each["new"] for each in changes}
            assert before.grid("iCARE Template").changed(new).same_as(after.grid("iCARE Template"))
        assert document(run("check", out, "--json", "--today", "2026-02-03"), 1)["errors"] == 4

    def test_lists_each_change_for_a_person(self, run: Run, month: Path, tmp_path: Path) -> None:
        lines = run("fix", month, tmp_path / "fixed.xlsx", "--lang", "fr").output.splitlines()
        assert lines[1] == (
            "F8 : « M1B 5K1 » → « M1B5K1 ». C’est le même code en lettres majuscules, sans espaces ni tirets."
        )
        assert lines[-1] == f"3 cellules corrigées\u00a0: {tmp_path / 'fixed.xlsx'}"

    def test_says_which_cells_hold_formulas(self, run: Run, clean: Path, tmp_path: Path) -> None:
        formula = {"F4": 't="str"><f>"M1B "&amp;"5K1"</f><v>M1B 5K1</v>', "F5": text_cell("m1b5k1")}
        path = rewrite(clean, tmp_path / "f.xlsx", lambda name, xml: put(xml, formula) if "sheet1" in name else xml)
        found = document(run("fix", path, tmp_path / "fixed.xlsx", "--json"))
        assert ([each["cell"] for each in found["changes"]], found["formulas"]) == (["F5"], ["F4"])
        said = run("fix", path, tmp_path / "fixed.xlsx", "--lang", "en").output
        assert "F4 holds a formula and stays as it is." in said
        assert b"<f>" in parts(tmp_path / "fixed.xlsx")["xl/worksheets/sheet1.xml"]

    def test_with_both_options_is_refused(self, run: Run, month: Path, tmp_path: Path) -> None:
        """Whichever came first: writing more than the careful one asks for would be a surprise."""
        both = ["--safe", "--all-suggestions"]
        for options in (both, both[::-1]):
            result = run("fix", *options, month, tmp_path / "fixed.xlsx")
            assert result.exit_code == 2 and "--safe and --all-suggestions" in result.stderr
        assert not (tmp_path / "fixed.xlsx").exists()

    def test_a_time_of_day_is_left_out_only_where_every_suggestion_is_wanted(self, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "timed.xlsx", {4: good_row() | {"client_birth_dt": date(1978, 5, 20)}})
        timed = rewrite(path, tmp_path / "moment.xlsx", lambda _, xml: xml.replace(b"<v>28630</v>", b"<v>28630.75</v>"))
        assert document(run("fix", timed, tmp_path / "safe.xlsx", "--safe", "--json"))["changes"] == []
        said = run("fix", timed, tmp_path / "all.xlsx", "--all-suggestions", "--lang", "en").output
        assert said.startswith(
            "E4: “1978-05-20” → “1978-05-20”. This is the day as text; its time of day (18:00) is left out."
        )

    def test_without_anything_to_fix_is_a_copy(self, run: Run, clean: Path, tmp_path: Path) -> None:
        assert document(run("fix", clean, tmp_path / "fixed.xlsx", "--json"))["changes"] == []
        assert parts(tmp_path / "fixed.xlsx") == parts(clean)

    def test_never_overwrites_its_input(self, run: Run, month: Path) -> None:
        before = month.read_bytes()
        result = run("fix", month, month, "--json")
        assert (result.exit_code, result.stdout, month.read_bytes()) == (2, "", before)


class TestNotes:
    def test_document(self, run: Run, rejected: Path) -> None:
        found = document(run("notes", rejected, "--json"))
        assert found["other_text"] == [{"cell": "A7", "value": "checked on paper, Ana"}]
        first, *others = found["notes"]
        assert [each["cell"] for each in others] == ["A5", "A6"]
        assert first.pop("raw").startswith("[BUID:62957,RID:,ORP:3/37")
        (message,) = first.pop("messages")
        assert first == {"cell": "A4", "row": 4, "upload_id": "62957", "record_id": "", "position": 3, "total": 37,
                         "stamped": "2026-02-03T10:05:04"}  # fmt: skip
        assert set(message) == {"fields", "cells", "look_at", "category", "en", "fr", "meaning", "fix", "causes"}
        assert (message["cells"], message["look_at"], message["causes"]) == ([], ["C4", "D4", "E4"], [])
        assert message["category"] == "Client" and set(message["meaning"]) == {"en", "fr"}

    def test_document_groups_by_client(self, run: Run, rejected: Path) -> None:
        found = document(run("notes", rejected, "--json"))
        assert found["summary"] == {
            "en": "3 rows rejected: 3 for identity; 3 clients.",
            "fr": "3 lignes rejetées\u00a0: 3 pour l’identité; 3 clients.",
        }
        assert found["clients"] == [
            {"rows": [row], "cells": [f"C{row}", f"D{row}", f"E{row}"], "causes": []} for row in (4, 5, 6)
        ]

    def test_mark_a_copy_and_leave_the_workbook(self, run: Run, rejected: Path, tmp_path: Path) -> None:
        before, out = rejected.read_bytes(), tmp_path / "marked.xlsx"
        result = run("notes", rejected, "--marked", out, "--lang", "en")
        assert result.exit_code == 0 and rejected.read_bytes() == before
        assert result.output.splitlines()[-1] == f"9 cells marked: {out}"
        with FileHost(out) as host:
            assert host.marked

    def test_nobody_has_explained_are_written_down(self, run: Run, own_settings: Path, tmp_path: Path) -> None:
        note = "[BUID:1,RID:2,ORP:1/1,DTS:2015-04-13 13:18:23][1] (Service) Too late. / (Service) Trop tard."
        path = small_workbook(tmp_path / "r.xlsx", {6: good_row() | {"processing_details": note}})
        own = own_settings.with_name("messages.csv")
        assert "1 new message was written down" in run("notes", path, "--lang", "en").output
        own.write_text(
            own.read_text("utf-8-sig").replace("Trop tard.,,,", "Trop tard.,,,The month is closed."), "utf-8"
        )
        again = run("notes", path, "--lang", "en").output
        assert "“Too late.” The month is closed." in again and "written down" not in again

    def test_are_read_though_the_own_catalogue_cannot_be_used(
        self, run: Run, own_settings: Path, rejected: Path
    ) -> None:
        own_settings.with_name("messages.csv").write_text("nonsense")
        result = run("notes", rejected, "--json", "--lang", "en")
        assert len(json.loads(result.stdout)["notes"]) == 3 and "cannot be used" in result.stderr

    def test_name_the_cells_of_their_fields(self, run: Run, tmp_path: Path) -> None:
        note = (
            "[BUID:1,RID:2,ORP:1/1,DTS:2015-04-13 13:18:23][XML:client_birth_dt, "
            "childminding_NewcomerChildren[1]childminding_age_id, unheard_of] (Profile) Wrong. / (Profil) Faux."
        )
        path = small_workbook(tmp_path / "r.xlsx", {6: good_row() | {"processing_details": note}})
        (message,) = document(run("notes", path, "--json"))["notes"][0]["messages"]
        assert message["cells"] == ["E6", "BW6"] and message["fields"][-1] == "unheard_of"
        assert message["meaning"] is None


def test_strip_document(run: Run, rejected: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert document(run("strip", rejected, out, "--json")) == {
        "file": str(rejected), "out": str(out), "stripped": ["A4", "A5", "A6"], "kept": ["A7"],
    }  # fmt: skip
    assert document(run("notes", out, "--json"))["notes"] == []


class TestSave:
    def test_refuses_while_errors_remain(self, run: Run, month: Path, tmp_path: Path) -> None:
        found = document(run("save", month, tmp_path / "upload", "--json"), 1)
        assert found["saved"] == [] and found["sha256"] == [] and len(found["findings"]) == 11
        assert set(found["refused"]) == {"code", "en", "fr"} and found["refused"]["code"] == "errors-remain"
        assert not (tmp_path / "upload").exists()

    def test_refuses_while_notes_remain(self, run: Run, rejected: Path, tmp_path: Path) -> None:
        assert document(run("save", rejected, tmp_path / "out.xlsx", "--json"), 1)["refused"]["code"] == "notes-left"

    @pytest.mark.parametrize(("out", "written"), [("upload", "upload/clean_upload.xlsx"), ("feb.xlsx", "feb.xlsx")])
    def test_writes_into_a_folder_or_under_a_name(
        self, out: str, written: str, run: Run, clean: Path, tmp_path: Path
    ) -> None:
        found = document(run("save", clean, tmp_path / out, "--json"))
        assert found["saved"] == [str(tmp_path / written)] and found["refused"] is None and found["rows"] == 3
        assert found["sha256"] == [hashlib.sha256((tmp_path / written).read_bytes()).hexdigest()]
        assert parts(tmp_path / written) == parts(clean)

    def test_refuses_a_macro_workbook(self, run: Run, clean: Path, tmp_path: Path) -> None:
        path = tmp_path / "jan.xlsm"
        path.write_bytes(clean.read_bytes())
        assert document(run("save", path, tmp_path / "out.xlsx", "--json"), 1)["refused"]["code"] == "not-xlsx"

    def test_knows_too_little_of_a_sheet_that_nothing_describes(self, run: Run, tmp_path: Path) -> None:
        ids = ("processing_details", "client_validation_id", "arrival_dt", "visit_dt")
        of = Template("x", "x", "1", None, tuple(Field(id_, id_, "text") for id_ in ids), "workbook", "RAP")
        path = small_workbook(tmp_path / "rap.xlsx", {4: {"arrival_dt": "2026-01-05"}}, of=of)
        assert document(run("save", path, tmp_path / "out.xlsx", "--json"), 1)["refused"]["code"] == "no-template"

    def test_refuses_an_empty_sheet(self, run: Run, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "empty.xlsx", {})
        assert document(run("save", path, tmp_path / "out.xlsx", "--json"), 1)["refused"]["code"] == "no-rows"

    def test_does_without_house_rules_but_not_without_others(self, run: Run, month: Path, tmp_path: Path) -> None:
        left_out = [word for code in ("house", "IC100", "IC101") for word in ("--without", code)]
        found = document(run("save", month, tmp_path / "out.xlsx", "--json", *left_out), 1)
        assert len(found["findings"]) == 7


@pytest.mark.parametrize("words", ["strip {} out.xlsx", "unmark {} out.xlsx", "check {} --marked out.xlsx"])
def test_a_macro_workbook_is_never_written_as_xlsx(
    words: str, run: Run, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    macro = rewrite(
        clean, tmp_path / "jan.xlsm", lambda name, xml: xml.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    )
    result = run(*(word.format(macro) for word in words.split()), "--lang", "en")
    assert result.exit_code == 2 and "macros" in result.stderr and not (tmp_path / "out.xlsx").exists()


def test_a_rule_that_does_not_exist_cannot_be_left_out(run: Run, clean: Path) -> None:
    assert run("check", clean, "--without", "IC9999").exit_code == 2


def test_rules_document(run: Run) -> None:
    rules = document(run("rules", "--json"))
    assert all(set(each) == {"code", "name", "origin", "severity", "en", "fr", "why", "source"} for each in rules)
    assert all(all(each.values()) for each in rules)
    assert {each["code"] for each in rules} >= {"IC100", "IC101", "IC301"}


@pytest.mark.thorough
def test_demo_shows_the_whole_job(run: Run, tmp_path: Path) -> None:
    result = run("demo", tmp_path / "demo", "--lang", "en")
    assert result.exit_code == 0
    for sentence in (
        "12 rows checked: 7 errors, 4 warnings.",
        "Nothing was saved: 7 errors remain.",
        "3 rows rejected: 3 for identity; 3 clients.",
        "Notes taken out of 3 cells of column A, 1 remark kept",
        "4 rows ready for upload, 1 warning",
    ):
        assert sentence in result.output
    assert len(document(run("demo", tmp_path / "demo", "--json"))["files"]) == 5


def test_in_french_the_demonstration_has_french_labels_and_a_blank_workbook_says_that_it_has_none(
    run: Run, tmp_path: Path
) -> None:
    told = run("demo", tmp_path / "demo", "--lang", "fr").output
    assert told.startswith("Les libellés sont ceux de l’évaluation des besoins de 2025")
    assert "« Date de naissance du client (AAAA-MM-JJ) » est obligatoire et vide." in told
    assert (tmp_path / "demo" / "upload" / "january_corrected_upload.xlsx").exists()
    told = run("new", "nars", tmp_path / "nars.xlsx", "--lang", "fr").output
    assert "aucune édition française de ce modèle; la feuille est donc celle de 2018, en anglais." in told
    assert "2018" not in run("new", "nars", tmp_path / "en.xlsx", "--lang", "en").output


def test_a_sheet_without_filled_rows_says_so(run: Run, tmp_path: Path) -> None:
    run("new", "client_profile", tmp_path / "blank.xlsx")
    assert (
        run("check", tmp_path / "blank.xlsx", "--lang", "en").output.splitlines()[-1] == "No filled row below the head."
    )


class TestUnusable:
    def bad(self, folder: Path, kind: str, clean: Path) -> Path:
        path = folder / "jan.xlsx"
        match kind:
            case "text":
                path.write_text("not a workbook")
            case "empty":
                path.write_bytes(b"")
            case "folder":
                path.mkdir()
            case "cut off":
                path.write_bytes(clean.read_bytes()[:5000])
            case "encrypted":
                path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
            case "old":
                path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook")
            case "zip of something":
                with zipfile.ZipFile(path, "w") as package:
                    package.writestr("letter.txt", "Dear Ana")
            case "sheet missing":
                with zipfile.ZipFile(clean) as old, zipfile.ZipFile(path, "w") as new:
                    for name in old.namelist():
                        if not name.endswith("sheet1.xml"):
                            new.writestr(name, old.read(name))
            case "no text of that number":
                rewrite(clean, path, lambda name, xml: xml.replace(b"<v>1</v>", b"<v>999999</v>"))
            case "no number":
                rewrite(clean, path, lambda name, xml: xml.replace(b't="s"><v>1</v>', b"><v>one</v>"))
            case "broken parts":
                rewrite(clean, path, lambda name, xml: xml[: len(xml) // 2])
            case "comments":
                rewrite(clean, path, lambda name, xml: xml.replace(b"<sheetData>", b"<!-- hi --><sheetData>"))
            case "other sheets":
                book = openpyxl.Workbook()
                for row in (["Contacts"], ["Name", "Extension"], ["Ana", "12"]):
                    book.active.append(row)
                book.save(path)
        return path

    @pytest.mark.parametrize(
        "kind",
        ["missing", "text", "empty", "folder", "cut off", "encrypted", "old", "zip of something", "sheet missing",
         "no text of that number", "no number", "broken parts", "comments", "other sheets"],
    )  # fmt: skip
    @pytest.mark.parametrize("words", ["check", "check --json", "notes", "save out.xlsx", "unmark out.xlsx"])
    def test_input_is_one_sentence_and_exit_code_2(
        self, kind: str, words: str, run: Run, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        path = self.bad(tmp_path, kind, clean)
        name, *others = words.split()
        result = run(name, path, *others, "--lang", "en")
        if name == "unmark" and result.exit_code == 0:
            return  # nothing of it needed to be understood
        assert result.exit_code == 2 and result.stdout == ""
        sentence = result.stderr
        assert sentence.count("\n") == 1 and "jan.xlsx" in sentence and "our side" not in sentence
        assert not (tmp_path / "out.xlsx").exists()

    @pytest.mark.parametrize("words", ["check {}", "check {} {}", "unmark {} out.xlsx", "new nars {}", "save {} {}"])
    def test_names_are_too_long_in_a_sentence(self, words: str, run: Run) -> None:
        result = run(*words.replace("{}", "x" * 300 + ".xlsx").split(), "--lang", "en")
        assert result.exit_code == 2 and "our side" not in result.stderr

    @pytest.mark.parametrize("name", ["clean.xlsx", "out.xls", "out"])
    def test_output(self, name: str, run: Run, clean: Path, tmp_path: Path) -> None:
        copy = rewrite(clean, tmp_path / "clean.xlsx", lambda _, xml: xml)
        before = copy.read_bytes()
        result = run("unmark", copy, tmp_path / name, "--lang", "fr")
        assert result.exit_code == 2 and result.stderr.count("\n") == 1 and name in result.stderr
        assert copy.read_bytes() == before and list(tmp_path.iterdir()) == [copy]

    def test_fault_of_ours_names_no_value(self, run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise KeyError("Ana Novak")

        monkeypatch.setattr("icare_xl.icare.recognise.upload_sheet", fail)
        result = run("check", clean, "--lang", "en")
        assert result.exit_code == 2 and "Ana" not in result.output and "KeyError" in result.stderr


def test_a_clients_text_is_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(Console, "print", lambda self, table: shown.extend(map(str, table.columns[2].cells)))
    message = Text("“[bold]x[/nope]” is odd.", "x.")
    finding = Finding(4, 4, "f", "F", "IC101", "error", "template", "x", message)
    output.Output(json=False, language="en")._table([finding])
    assert shown == [message.en]


def test_neither_xlwings_nor_pandas_nor_openpyxl_is_loaded(month: Path) -> None:
    program = (
        "import sys\n"
        "for name in ('xlwings', 'pandas', 'openpyxl', 'rich', 'xlsxwriter', 'phonenumbers'):\n"
        "    sys.modules[name] = None\n"
        f"sys.argv = ['icare-xl', 'check', {str(month)!r}, '--json']\n"
        "from icare_xl.cli import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    assert done.returncode == 1 and len(json.loads(done.stdout)["findings"]) == 11, done.stderr


def test_module_and_script_are_the_same_program() -> None:
    done = subprocess.run([sys.executable, "-m", "icare_xl", "--version"], capture_output=True, text=True)
    assert done.stdout == f"icare-xl, version {__version__}\n"


class TestPress:
    def test_does_what_a_button_does(self, run: Run, excel: Excel, tmp_path: Path) -> None:
        excel.open(small_workbook(tmp_path / "jan.xlsx", {4: good_row()}))
        assert run("press", "check", "--hwnd", excel.hwnd, "--lang", "fr").exit_code == 0
        assert excel.alerts[-1].prompt.startswith("1 ligne vérifiée\u00a0: rien à corriger.\n\nEnsuite\u00a0: ")

    def test_without_excel_is_told(self, run: Run, excel: Excel) -> None:
        excel.listed_without_book = False
        result = run("press", "check", "--hwnd", "77")
        assert result.exit_code == 3 and result.stderr.startswith("No running Excel was found;")

    def test_of_no_button_names_those_there_are(self, run: Run, excel: Excel) -> None:
        result = run("press", "dance")
        assert result.exit_code == 2 and "check, next_finding, previous_finding" in result.stderr
