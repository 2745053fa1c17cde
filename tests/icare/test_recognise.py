"""Which sheet, which template, which column: also where people have changed what they should not."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from icare_xl.check.engine import check
from icare_xl.icare import library, recognise
from icare_xl.icare.errors import NoIcareSheet, NoSuchSheet, SeveralIcareSheets
from icare_xl.icare.example import good_row, template
from icare_xl.model.cells import Cell
from icare_xl.model.grid import Grid
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field, ListOfValues, Template
from icare_xl.workbooks.file import FileHost
from tests.support.services import good
from tests.support.sheets import (
    TODAY,
    MemoryBook,
    as_cell,
    brief,
    findings_of,
    put,
    rewrite,
    sheet_of,
    small_workbook,
    text_cell,
)

IDS = list(template().ids)


def taken(path: Path) -> Sheet:
    with FileHost(path) as host:
        return recognise.upload_sheet(host)


class TestTemplate:
    def test_comes_from_the_workbook_itself_where_it_has_its_hidden_sheets(self, clean: Path) -> None:
        found = taken(clean).template
        assert (found.source, found.service, found.code, found.version, found.locale) == (
            "workbook", "information_orientation", "info", "591", "en-CA")  # fmt: skip
        assert found.fields == template().fields

    def test_is_the_built_in_one_where_the_hidden_sheets_are_lost(self) -> None:
        book = MemoryBook({"Info&Orien": Grid.of((2, column, Cell(id_)) for column, id_ in enumerate(IDS))})
        found = recognise.upload_sheet(book).template
        assert (found.source, found.service, found.fields) == ("built-in", "information_orientation", template().fields)

    def test_of_an_edition_nobody_has_seen_is_read_from_the_workbook(self, tmp_path: Path) -> None:
        newer = replace(template(), version="1334", fields=template().fields[:40][::-1])
        found = taken(small_workbook(tmp_path / "new.xlsx", of=newer)).template
        assert (found.version, found.ids) == ("1334", newer.ids)
        assert [field.required for field in found.fields] == [field.required for field in newer.fields]
        assert [field.allowed for field in found.fields] == [field.allowed for field in newer.fields]

    def test_without_any_description_still_tells_kinds_from_ids(self) -> None:
        ids = ["processing_details", "client_validation_id", "arrival_dt", "postal_cd", "client_email_txt", "stay_no"]
        book = MemoryBook({"RAP": Grid.of((2, column, Cell(id_)) for column, id_ in enumerate(ids))})
        kinds = [field.kind for field in recognise.upload_sheet(book).template.fields]
        assert kinds == ["text", "identifier", "date", "postal", "email", "number"]


def french() -> Template:
    """The same template with its Yes/No lists in French, as a workbook of locale fr-CA would have them."""
    yes_no = ListOfValues(("Oui", "Non"), ("1", "0"))
    fields = tuple(replace(each, allowed=yes_no) if each.kind == "yes-no" else each for each in template().fields)
    return replace(template(), locale="fr-CA", fields=fields)


def test_a_french_workbook_gives_the_findings_of_its_english_twin(tmp_path: Path) -> None:
    english = good_row() | {
        "support_received_ind": "Yes",
        "counselling_ind": "No",
        "translation_language_to_id": "Dari",
    }
    to_french = {"Yes": "Oui", "No": "Non"}
    rows = {4: {id_: to_french.get(str(value), value) for id_, value in english.items()}}
    twin = findings_of(small_workbook(tmp_path / "en.xlsx", {4: english}))
    assert twin == [("BU4", "IC210"), ("CK4", "IC213")]
    assert findings_of(small_workbook(tmp_path / "fr.xlsx", rows, of=french())) == twin
    assert ("BU4", "IC103") in findings_of(small_workbook(tmp_path / "mixed.xlsx", {4: english}, of=french()))


class TestRightSheet:
    def upload(self) -> Grid:
        return Grid.of((2, column, Cell(id_)) for column, id_ in enumerate(IDS))

    def notes(self) -> Grid:
        return Grid.of([(1, 0, Cell("Contacts")), (2, 0, Cell("Ana")), (2, 1, Cell("ext. 12"))])

    def test_is_found_among_others_whatever_its_name(self) -> None:
        book = MemoryBook({"Contacts": self.notes(), "January é'": self.upload()})
        assert recognise.upload_sheet(book).name == "January é'"

    def test_is_asked_for_where_there_are_several(self) -> None:
        book = MemoryBook({"Jan": self.upload(), "Feb": self.upload()})
        with pytest.raises(SeveralIcareSheets, match="“Jan”, “Feb”"):
            recognise.upload_sheet(book)
        assert recognise.upload_sheet(book, "Feb").name == "Feb"

    def test_is_missed_in_one_sentence(self) -> None:
        with pytest.raises(NoIcareSheet):
            recognise.upload_sheet(MemoryBook({"Contacts": self.notes()}))
        with pytest.raises(NoSuchSheet, match=r"“March”.*“Contacts”"):
            recognise.upload_sheet(MemoryBook({"Contacts": self.notes()}), "March")


class TestHiddenSheets:
    def book(self, clean: Path, ids: list[str], rows: Grid | None = None, version: str = "591") -> MemoryBook:
        with FileHost(clean) as host:
            lov, lov_ids = host.grid("LOV"), host.grid("LOVIds")
        cells = [(2, column, Cell(id_)) for column, id_ in enumerate(ids)]
        cells += [(4, ids.index(id_), as_cell(value)) for id_, value in good_row().items() if id_ in ids]
        cells += [(1, 2, Cell(version))]
        lov = Grid.of([(row, column, cell) for column in lov.columns for row, cell in lov.column(column) if (row, column) != (1, 2)]
                      + [(1, 2, Cell(version))])  # fmt: skip
        return MemoryBook({"Jan": Grid.of([cell for cell in cells if cell[0] > 1]), "LOV": lov, "LOVIds": lov_ids})

    def test_of_another_service_are_not_applied(self, clean: Path) -> None:
        found = recognise.upload_sheet(self.book(clean, list(library.of_service("nars").ids))).template
        assert (found.service, found.source) == ("nars", "built-in")

    @pytest.mark.parametrize("version", ["591", "700"])
    def test_keep_their_columns_where_an_id_is_blank(self, version: str, clean: Path) -> None:
        ids = list(IDS)
        ids[7] = ""
        findings = check(recognise.upload_sheet(self.book(clean, ids, version=version)), TODAY).findings
        told = {"591": [(None, "IC001"), ("H4", "IC100")], "700": [(None, "IC012"), (None, "IC014")]}
        assert brief(findings) == told[version]

    def test_a_column_put_in_between_is_told(self, clean: Path) -> None:
        findings = check(recognise.upload_sheet(self.book(clean, [*IDS[:8], "", *IDS[8:]])), TODAY).findings
        assert brief(findings) == [(None, "IC014")]


class TestEditionsWhoseCodeWeDoNotKnow:
    """Only one genuine code was ever seen; a workbook of another service surely has one in LOV!A1."""

    def template(self, service: str, **about: object) -> Template:
        return replace(library.of_service(service), **{"code": "xyz", **about})  # type: ignore[arg-type]

    @pytest.mark.parametrize("service", [each.service for each in library.built_in() if not each.code])
    def test_are_known_by_their_columns(self, service: str, tmp_path: Path) -> None:
        of = self.template(service, version=library.of_service(service).version or "591")
        row = good(service, 1)
        path = small_workbook(tmp_path / "own.xlsx", {4: row}, of=of)
        assert findings_of(path) == []
        with FileHost(path) as host:
            grids = {sheet.name: host.grid(sheet.name) for sheet in host.sheets}
        without = [id_ for column, id_ in enumerate(of.ids) if column != 7]
        cells = [(2, column, Cell(id_)) for column, id_ in enumerate(without)]
        cells += [(4, without.index(id_), as_cell(value)) for id_, value in row.items() if id_ in without]
        book = MemoryBook({**grids, "iCARE Template": Grid.of(cells)})
        told = [each for each in check(recognise.upload_sheet(book), TODAY).findings if each.row is None]
        assert [each.rule for each in told] == ["IC002"] and f"({of.ids[7]})" in told[0].message.en

    def test_of_another_version_are_unknown(self, tmp_path: Path) -> None:
        of = self.template("employment", version="1329")
        path = small_workbook(tmp_path / "new.xlsx", {4: good("employment", 1)}, of=of)
        assert findings_of(path) == [(None, "IC012")]

    def test_unknown_and_of_another_width_use_no_list_by_its_place(self, clean: Path) -> None:
        book = TestHiddenSheets().book(clean, IDS[:7] + IDS[8:], version="700")
        found = check(recognise.upload_sheet(book), TODAY).findings
        assert brief(found) == [(None, "IC006"), (None, "IC012")]
        assert "neither mandatory cells nor lists" in found[1].message.en
        assert brief(check(recognise.upload_sheet(book), TODAY, without=["house"]).findings) == brief(found)


@pytest.mark.parametrize("indexed", [False, True], ids=["as RRGGBB", "as an entry of the palette"])
def test_without_hidden_sheets_the_colour_of_a_label_tells_what_is_mandatory(indexed: bool, tmp_path: Path) -> None:
    ids = {"client_validation_id": True, "client_birth_dt": True, "stay_no": False, "arrival_dt": True}
    fields = tuple(Field(id_, id_, "text", required) for id_, required in ids.items())
    of = Template("rap", "rap", "1", None, fields, "workbook", "RAP")
    plain = small_workbook(tmp_path / "rap.xlsx", {4: {"stay_no": "3"}}, of=of)

    def without_lists(name: str, xml: bytes) -> bytes:
        if name == "xl/workbook.xml":
            return re.sub(rb'<sheet name="LOV.*?/>', b"", xml)
        if name == "xl/styles.xml" and indexed:
            palette = (
                b'<colors><indexedColors><rgbColor rgb="00FFFFFF"/><rgbColor rgb="00FFA500"/></indexedColors></colors>'
            )
            xml = xml.replace(b'rgb="FFFFA500"', b'indexed="1"').replace(b'rgb="FFFFFFFF"', b'indexed="0"')
            return xml.replace(b"</styleSheet>", palette + b"</styleSheet>")
        return xml

    sheet = taken(rewrite(plain, tmp_path / "bare.xlsx", without_lists))
    assert {field.id: field.required for field in sheet.template.fields} == ids
    found = check(sheet, TODAY).findings
    assert brief(found) == [(None, "IC012"), ("A4", "IC100"), ("B4", "IC100"), ("D4", "IC100")]
    assert "by the colour of their labels" in found[0].message.en


def test_french_labels_without_hidden_sheets_are_an_edition_nobody_knows() -> None:
    row = {id_: "Oui" if value == "Yes" else value for id_, value in good_row().items()}
    cells = [(2, column, Cell(id_)) for column, id_ in enumerate(IDS)]
    cells += [(3, column, Cell(f"Libellé {column}")) for column in range(len(IDS))]
    cells += [(4, IDS.index(id_), as_cell(value)) for id_, value in row.items()]
    sheet = recognise.upload_sheet(MemoryBook({"Janvier": Grid.of(cells)}))
    assert (sheet.template.service, sheet.template.source) == ("information_orientation", None)
    assert brief(check(sheet, TODAY).findings) == [(None, "IC012")]


SMALL = ["a_id", "b_dt", "c_ind", "d_txt", "e_no"]
LAYOUTS = [
    ("nothing changed", SMALL, []),
    ("one id overwritten", ["a_id", "BB", "c_ind", "d_txt", "e_no"], ["IC001 b_dt B"]),
    ("all ids overwritten", list("VWXYZ"), [f"IC001 {id_}" for id_ in SMALL]),
    ("one id emptied", ["a_id", "", "c_ind", "d_txt", "e_no"], ["IC001 b_dt B"]),
    ("a column deleted", ["a_id", "c_ind", "d_txt", "e_no"], ["IC002 b_dt"]),
    ("the last column deleted", SMALL[:4], ["IC002 e_no"]),
    ("a column moved to the end", ["a_id", "c_ind", "d_txt", "e_no", "b_dt"], ["IC003 b_dt E"]),
    ("two columns swapped", ["a_id", "c_ind", "b_dt", "d_txt", "e_no"], ["IC003"]),
    ("a column added", [*SMALL, "file_no"], ["IC004 file_no F"]),
    ("a column inserted", ["a_id", "file_no", *SMALL[1:]], ["IC004 file_no B"]),
    ("a column twice", [*SMALL, "b_dt"], ["IC005 b_dt B F"]),
]  # fmt: skip


@pytest.mark.parametrize(("found", "told"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_a_changed_header_is_told_with_the_column_it_concerns(found: list[str], told: list[str]) -> None:
    of = library.unknown(SMALL, SMALL)
    findings = [each for each in check(sheet_of({}, of=of, ids=found), TODAY).findings if each.rule < "IC006"]
    assert len(findings) == len(told)
    for finding, (code, *words) in zip(findings, (each.split() for each in told), strict=True):
        assert finding.rule == code and finding.cell is None
        assert all(word in finding.message.en and word in finding.message.fr for word in words)


def test_a_moved_column_is_still_checked_by_its_id(clean: Path) -> None:
    moved = [*IDS[:4], *IDS[5:], IDS[4]]
    row = good_row() | {"client_birth_dt": "1978-13-01"}
    cells = [(2, column, Cell(id_)) for column, id_ in enumerate(moved)]
    cells += [(4, moved.index(id_), as_cell(value)) for id_, value in row.items()]
    with FileHost(clean) as host:
        book = MemoryBook({"Jan": Grid.of(cells), "LOV": host.grid("LOV"), "LOVIds": host.grid("LOVIds")})
        assert brief(check(recognise.upload_sheet(book), TODAY).findings) == [(None, "IC003"), ("CQ4", "IC101")]


def test_an_overwritten_id_is_read_by_its_place(tmp_path: Path) -> None:
    plain = small_workbook(tmp_path / "plain.xlsx", {4: good_row() | {"client_birth_dt": "1978-13-01"}})
    junk = rewrite(
        plain, tmp_path / "junk.xlsx",
        lambda name, xml: put(xml, {"E2": text_cell("BB")}) if name.endswith("sheet1.xml") else xml,
    )  # fmt: skip
    assert findings_of(junk) == [(None, "IC001"), ("E4", "IC101")]


def test_a_changed_column_count_in_lov_is_told(tmp_path: Path) -> None:
    plain = small_workbook(tmp_path / "plain.xlsx")
    changed = rewrite(
        plain, tmp_path / "changed.xlsx",
        lambda name, xml: put(xml, {"B1": "><v>94</v>"}) if name.endswith("sheet2.xml") else xml,
    )  # fmt: skip
    assert findings_of(changed) == [(None, "IC006")]


def test_jottings_beside_the_table_are_told_once_a_column() -> None:
    sheet = sheet_of({4: good_row()}, beside="see Maria")
    assert brief(check(sheet, TODAY).findings) == [("CS4", "IC008")]


class TestDeletedLabels:
    """Row 3 was deleted, so that the first client stands where the labels belong."""

    @pytest.mark.parametrize("service", library.services())
    def test_the_first_client_is_not_taken_for_labels(self, service: str) -> None:
        ids = list(library.of_service(service).ids)
        rows = {3: good(service, 1), 4: good(service, 2)}
        cells = [(2, column, Cell(id_)) for column, id_ in enumerate(ids)]
        cells += [
            (row, ids.index(id_), as_cell(value))
            for row, given in rows.items()
            for id_, value in given.items()
            if value
        ]
        sheet = recognise.upload_sheet(MemoryBook({"Jan": Grid.of(cells)}))
        assert sheet.rows.tolist() == [3, 4]
        assert [each.rule for each in check(sheet, TODAY).findings] == ["IC013", "IC018"]
