"""A rejected file after it was corrected: what changed, client by client, and only the rows that came back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icare_xl.icare import library, recognise
from icare_xl.icare.example import good_row
from icare_xl.model.sheet import FIRST_ROW, Sheet
from icare_xl.rejected import correction_list, corrections, matching
from icare_xl.rejected.errors import DifferentServices
from icare_xl.rejected.sentences import unmatched
from icare_xl.workbooks.file import FileHost
from tests.conftest import Run
from tests.support import some
from tests.support.services import good
from tests.support.sheets import parts, rewrite, sheet_of, sheet_xml, small_workbook
from tests.workbooks.test_lossless import changed_parts, mark

SHEET = "xl/worksheets/sheet1.xml"
Row = dict[str, Any]


def note(position: int, total: int = 37, upload: str = "62957") -> str:
    return (
        f"[BUID:{upload},RID:,ORP:{position}/{total},DTS:2026-02-03 10:05:04][1] (Client) Unable to validate against database. / "
        "(Client) Impossible de valider dans la base de données."
    )


def returned(*clients: int) -> dict[int, Row]:
    """A rejected file: a row for each of these clients, with its position in the file that was uploaded."""
    return {4 + n: {"processing_details": note(client + 1), **good_row(client)} for n, client in enumerate(clients)}


def changes(before: dict[int, Row], after: dict[int, Row]) -> list[tuple[str, int, str, str, str]]:
    found = corrections.compare(sheet_of(before), sheet_of(after))
    return [(each.client, each.row_after, each.field, each.old, each.new) for each in found.found]


def without_notes(rows: dict[int, Row]) -> dict[int, Row]:
    return {
        row: {id_: value for id_, value in cells.items() if id_ != "processing_details"} for row, cells in rows.items()
    }


class TestWhatChanged:
    def test_is_told_with_the_identifier_that_the_other_system_still_has(self) -> None:
        before = returned(3, 9)
        after = without_notes(before)
        after[5] |= {"client_validation_id": "12345678", "client_birth_dt": "1969-04-03"}
        old = str(good_row(9)["client_validation_id"])
        assert changes(before, after) == [
            (old, 5, "client_validation_id", old, "12345678"),
            (old, 5, "client_birth_dt", str(good_row(9)["client_birth_dt"]), "1969-04-03"),
        ]

    def test_is_nothing_where_only_the_notes_went(self) -> None:
        assert changes(returned(3, 9), without_notes(returned(3, 9))) == []

    def test_is_found_where_rows_were_sorted_anew(self) -> None:
        before, after = returned(3, 9, 21), without_notes(returned(21, 3, 9))
        after[6]["postal_cd"] = "K1A0B1"
        client = str(good_row(9)["client_validation_id"])
        assert changes(before, after) == [(client, 6, "postal_cd", "M1B5K1", "K1A0B1")]

    def test_is_found_where_a_row_was_deleted(self) -> None:
        after = without_notes(returned(9, 21))
        after[4]["postal_cd"] = "K1A0B1"
        found = corrections.compare(sheet_of(returned(3, 9, 21)), sheet_of(after))
        assert [(each.row_before, each.row_after, each.field) for each in found.found] == [(5, 4, "postal_cd")]
        assert (found.only_before, found.only_after) == ((4,), ())

    def test_rows_that_match_none_are_said(self) -> None:
        other = {"client_validation_id": "99", "client_birth_dt": "2001-01-01", "postal_cd": "V5K0A1"}
        found = corrections.compare(sheet_of(returned(3)), sheet_of({4: other}))
        assert (found.found, found.only_before, found.only_after) == ((), (4,), (4,))
        said = unmatched(found)
        assert said and said.en.endswith("no row of the other file: 4 (before), 4 (after).")

    def test_long_lists_of_rows_are_short(self) -> None:
        found = corrections.Corrections((), (4, 5, 6, 9, 11, 12), tuple(range(4, 2504)))
        said = unmatched(found)
        assert said and said.en.endswith(": 4–6, 9, 11–12 (before), 4–2503 (after).")

    def test_of_another_service_is_refused(self) -> None:
        profile = library.of_service("client_profile")
        with pytest.raises(DifferentServices):
            corrections.compare(sheet_of(returned(3)), sheet_of({4: good("client_profile", 3)}, of=profile))

    @given(
        st.permutations(range(8)),
        st.dictionaries(st.integers(0, 7), st.sampled_from(["postal_cd", "client_birth_dt", "end_dttm"]), max_size=4),
    )
    @settings(max_examples=some(40), deadline=None)
    def test_is_exactly_what_was_changed_in_whatever_order(self, order: list[int], changed: dict[int, str]) -> None:
        before, after = returned(*range(8)), without_notes(returned(*order))
        for client, field in changed.items():
            after[4 + order.index(client)][field] = "changed"
        found = corrections.compare(sheet_of(before), sheet_of(after))
        told = {(each.client, each.field) for each in found.found}
        assert told == {(str(good_row(client)["client_validation_id"]), field) for client, field in changed.items()}


class TestTheList:
    @pytest.fixture
    def files(self, tmp_path: Path) -> tuple[Path, Path]:
        after = without_notes(returned(3, 9))
        after[4]["postal_cd"] = "<b>K1A"
        return (
            small_workbook(tmp_path / "rejected.xlsx", returned(3, 9)),
            small_workbook(tmp_path / "corrected.xlsx", after),
        )

    def test_as_a_workbook(self, run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
        out = tmp_path / "list.xlsx"
        result = run("corrections", *files, out, "--lang", "en")
        assert result.exit_code == 0 and result.stdout.strip() == f"1 cell corrected for 1 client: {out}"
        rows = list(openpyxl.load_workbook(out).active.iter_rows(values_only=True))
        client = good_row(3)["client_validation_id"]
        assert rows[0] == ("Client", "Row", "Label", "Old value", "New value", "Done")
        assert rows[1] == (client, "4", "Postal Code where the service was received", "M1B5K1", "<b>K1A", "☐")

    def test_holds_a_value_that_looks_like_markup(self, tmp_path: Path) -> None:
        one = corrections.Correction("12345678", 4, 4, "postal_cd", "Postal Code", "<r>a & b</r>", "<r><t>c</t></r>")
        correction_list.write(tmp_path / "list.xlsx", corrections.Corrections((one,), (), ()), "en")
        rows = list(openpyxl.load_workbook(tmp_path / "list.xlsx").active.iter_rows(values_only=True))
        assert rows[1][-3:-1] == ("<r>a & b</r>", "<r><t>c</t></r>")

    def test_as_a_page_to_print(self, run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
        out = tmp_path / "list.html"
        assert run("corrections", *files, out, "--lang", "fr").exit_code == 0
        text = out.read_text("utf-8")
        assert '<html lang="fr">' in text and f"<h2>{good_row(3)['client_validation_id']}</h2>" in text
        assert "&lt;b&gt;K1A" in text and "<b>K1A" not in text

    def test_as_a_document(self, run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
        document = json.loads(run("corrections", *files, tmp_path / "list.xlsx", "--json").stdout)
        assert [each["field"] for each in document["corrections"]] == ["postal_cd"]

    @pytest.mark.parametrize("out", ["list.docx", "rejected.xlsx"])
    def test_is_not_written_just_anywhere(self, out: str, run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
        before = files[0].read_bytes()
        assert run("corrections", *files, tmp_path / out).exit_code == 2
        assert files[0].read_bytes() == before


def taken(path: Path) -> Sheet:
    with FileHost(path) as host:
        return recognise.upload_sheet(host)


class TestOnlyRejected:
    """The uploaded file held clients 0 to 9; iCARE sent some of them back."""

    @pytest.fixture
    def original(self, tmp_path: Path) -> Path:
        return small_workbook(tmp_path / "jan.xlsx", {4 + client: good_row(client) for client in range(10)})

    def rejected(self, tmp_path: Path, *clients: int, **change: str) -> Path:
        rows = {
            4 + n: {"processing_details": note(client + 1, 10), **good_row(client), **change}
            for n, client in enumerate(clients)
        }
        return small_workbook(tmp_path / "rejected.xlsx", rows)

    def test_holds_just_those_rows_from_the_first_row_down(self, run: Run, original: Path, tmp_path: Path) -> None:
        out = tmp_path / "again.xlsx"
        result = run("only-rejected", original, self.rejected(tmp_path, 2, 7, 8), out, "--lang", "en")
        assert result.exit_code == 0 and result.stdout.strip() == f"3 rows kept out of 10: {out}"
        rows = matching.values(taken(out))
        assert rows == {4 + n: matching.values(taken(original))[4 + client] for n, client in enumerate((2, 7, 8))}

    def test_is_lossless(self, run: Run, original: Path, tmp_path: Path) -> None:
        out = tmp_path / "again.xlsx"
        run("only-rejected", original, self.rejected(tmp_path, 2, 7), out)
        assert changed_parts(original, out) == {SHEET}
        old, new = sheet_xml(original), sheet_xml(out)
        assert old[: old.index(b'<row r="4"')] == new[: new.index(b'<row r="4"')]
        assert old[old.index(b"</sheetData>") :] == new[new.index(b"</sheetData>") :]
        assert len(re.findall(rb"<row ", old)) == len(re.findall(rb"<row ", new))

    def test_finds_rows_that_were_corrected_meanwhile(self, run: Run, original: Path, tmp_path: Path) -> None:
        out = tmp_path / "again.xlsx"
        corrected = self.rejected(tmp_path, 2, 7, postal_cd="K1A0B1")
        assert run("only-rejected", original, corrected, out).exit_code == 0
        assert json.loads(run("check", out, "--json", "--today", "2026-02-03").stdout)["rows"] == 2

    def test_takes_no_other_clients_rows_for_them(self, run: Run, tmp_path: Path) -> None:
        february = small_workbook(tmp_path / "feb.xlsx", {4 + n: good_row(50 + n) for n in range(10)})
        result = run("only-rejected", february, self.rejected(tmp_path, 2, 7), tmp_path / "again.xlsx")
        assert result.exit_code == 2 and not (tmp_path / "again.xlsx").exists()

    def test_takes_our_marks_off(self, run: Run, original: Path, tmp_path: Path) -> None:
        marked = mark(original, tmp_path / "marked.xlsx")
        out = tmp_path / "again.xlsx"
        assert run("only-rejected", marked, self.rejected(tmp_path, 2), out).exit_code == 0
        with FileHost(out) as host:
            assert not host.marked

    def test_writes_nothing_where_a_row_is_not_of_that_file(self, run: Run, original: Path, tmp_path: Path) -> None:
        rows = {4: {"processing_details": note(3, 99), "client_validation_id": "99", "client_birth_dt": "2001-01-01"}}
        foreign = small_workbook(tmp_path / "foreign.xlsx", rows)
        result = run("only-rejected", original, foreign, tmp_path / "again.xlsx", "--lang", "en")
        assert result.exit_code == 2 and result.stderr.startswith("Rows 4 of")
        assert not (tmp_path / "again.xlsx").exists()

    def test_wants_notes(self, run: Run, original: Path, tmp_path: Path) -> None:
        result = run("only-rejected", original, original, tmp_path / "again.xlsx", "--lang", "en")
        assert result.exit_code == 2 and "holds no note from iCARE" in result.stderr

    def test_rows_with_formulas_are_not_moved(self, run: Run, original: Path, tmp_path: Path) -> None:
        def with_formula(name: str, xml: bytes) -> bytes:
            return xml.replace(b'<c r="H6"', b'<c r="G6"><f>E6</f><v>1</v></c><c r="H6"', 1) if name == SHEET else xml

        tied = rewrite(original, tmp_path / "tied.xlsx", with_formula)
        result = run("only-rejected", tied, self.rejected(tmp_path, 2), tmp_path / "again.xlsx", "--lang", "en")
        assert result.exit_code == 2 and "formulas" in result.stderr

    @pytest.mark.thorough
    def test_of_the_genuine_workbook(self, run: Run, genuine: Path, tmp_path: Path) -> None:
        from tests.test_genuine import row_cells, with_cells

        cells = {place: cell for n in range(5) for place, cell in row_cells(4 + n, good_row(n)).items()}
        original = with_cells(genuine, tmp_path / "genuine.xlsx", cells)
        rows = {
            4: {"processing_details": note(3, 5), **good_row(2)},
            5: {"processing_details": note(5, 5), **good_row(4)},
        }
        rejected = small_workbook(tmp_path / "rejected.xlsx", rows)
        assert run("only-rejected", original, rejected, tmp_path / "again.xlsx").exit_code == 0
        old, new = parts(original), parts(tmp_path / "again.xlsx")
        assert {name for name in old if old[name] != new[name]} == {SHEET}
        assert new[SHEET].count(b"<x14:dataValidation ") == 88
        kept = matching.values(taken(tmp_path / "again.xlsx"))
        assert [row["client_validation_id"] for row in kept.values()] == [
            good_row(n)["client_validation_id"] for n in (2, 4)
        ]
        assert min(kept) == FIRST_ROW
