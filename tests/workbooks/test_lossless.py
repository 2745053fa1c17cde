"""The workbook is sacred: what was not announced is the same, byte for byte, and a failure leaves nothing behind."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from icare_xl.icare import notes, recognise
from icare_xl.icare.example import good_row, rejected_month
from icare_xl.model.errors import CannotWrite
from icare_xl.model.finding import Mark
from icare_xl.settings import Settings
from icare_xl.upload import saving
from icare_xl.workbooks import marks
from icare_xl.workbooks.errors import NotAsPromised, OutputIsInput
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.proof import prove_only_changed, prove_only_marks_differ
from icare_xl.workbooks.xlsx.package import Package
from tests.support import some
from tests.support.sheets import (
    TODAY,
    as_excel_saves_it,
    by_calamine,
    parts,
    put,
    rewrite,
    sheet_xml,
    small_workbook,
    text_cell,
)

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
CELLS: dict[Mark, set[tuple[int, int]]] = {
    "missing": {(4, 8), (5, 8), (6, 8), (9, 0)},
    "wrong": {(4, 4), (20, 94)},
    "warning": {(2503, 1)},
}


def mark(path: Path, out: Path, cells: dict[Mark, set[tuple[int, int]]] = CELLS) -> Path:
    with FileHost(path) as host, host.copy_marked(out, host.sheets[0].name, cells):
        return out


def unmark(path: Path, out: Path) -> Path:
    with FileHost(path) as host, host.copy_without_marks(out):
        return out


def changed_parts(before: Path, after: Path) -> set[str]:
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


class TestMarks:
    def test_change_the_sheet_and_its_styles_only(self, clean: Path, tmp_path: Path) -> None:
        marked = mark(clean, tmp_path / "marked.xlsx")
        assert changed_parts(clean, marked) == {SHEET, STYLES}
        inserted = re.sub(rb"<conditionalFormatting.*</conditionalFormatting>", b"", sheet_xml(marked))
        assert inserted == sheet_xml(clean)

    def test_are_lifted_exactly(self, clean: Path, tmp_path: Path) -> None:
        marked = mark(clean, tmp_path / "marked.xlsx")
        assert changed_parts(clean, unmark(marked, tmp_path / "unmarked.xlsx")) == set()

    def test_are_seen_by_an_independent_reader(self, clean: Path, tmp_path: Path) -> None:
        marked = mark(clean, tmp_path / "marked.xlsx")
        with pytest.warns(UserWarning, match="Data Validation"):
            sheet = openpyxl.load_workbook(marked)["iCARE Template"]
        found = {
            rule.dxf.fill.patternType: (str(area.sqref), rule.formula)
            for area in sheet.conditional_formatting
            for rule in area.rules
        }
        always = ['"icare-check"<>""']
        assert found == {
            "lightUp": ("A9 I4:I6", always),
            "solid": ("E4 CQ20", always),
            "lightGray": ("B2503", always),
        }

    def test_replace_older_marks(self, clean: Path, tmp_path: Path) -> None:
        twice = mark(mark(clean, tmp_path / "once.xlsx"), tmp_path / "twice.xlsx", {"wrong": {(4, 4)}})
        assert sheet_xml(twice).count(b"icare-check") == 1
        assert changed_parts(clean, unmark(twice, tmp_path / "unmarked.xlsx")) == set()

    def test_leave_the_rules_of_others_alone(self, clean: Path, tmp_path: Path) -> None:
        theirs = (
            b'<conditionalFormatting sqref="D4:D9"><cfRule type="expression" dxfId="0" priority="7">'
            b"<formula>LEN(D4)=7</formula></cfRule></conditionalFormatting>"
        )
        ours = (
            b'<cfRule type="expression" dxfId="1" priority="8">'
            b"<formula>&quot;icare-check&quot;&lt;&gt;&quot;&quot;</formula></cfRule>"
        )
        own = rewrite(
            clean, tmp_path / "own.xlsx",
            lambda name, xml: xml.replace(b"</mergeCells>", b"</mergeCells>" + theirs) if name == SHEET else xml,
        )  # fmt: skip
        marked = mark(own, tmp_path / "marked.xlsx")
        assert sheet_xml(marked).index(theirs) < sheet_xml(marked).index(b"icare-check")
        assert b'priority="7"' in sheet_xml(marked) and b'priority="8"' in sheet_xml(marked)
        assert changed_parts(own, unmark(marked, tmp_path / "unmarked.xlsx")) == set()
        # Excel puts rules over the same cells into one element, and escapes as it likes
        merged = sheet_xml(own).replace(b"</formula></cfRule>", b"</formula></cfRule>" + ours)
        assert marks.unmark(merged) == sheet_xml(own)

    def test_stand_where_the_schema_wants_them(self, clean: Path, tmp_path: Path) -> None:
        xml = sheet_xml(mark(clean, tmp_path / "marked.xlsx"))
        tags = (b"</sheetData>", b"</mergeCells>", b"<conditionalF", b"<pageMargins", b"<extLst")
        order = [xml.index(tag) for tag in tags]
        assert order == sorted(order)

    def test_are_split_into_rules_of_a_thousand_areas(self) -> None:
        cells = {(row, column) for row in range(4, 2504, 2) for column in (3, 4)}
        xml = marks.mark(b"<worksheet><sheetData></sheetData></worksheet>", {"wrong": cells}, 0)
        areas = [len(each.split()) for each in re.findall(rb'sqref="([^"]*)"', xml)]
        assert areas == [1000, 1000, 500]

    @settings(max_examples=some(50), deadline=None)
    @given(
        st.dictionaries(st.sampled_from([*marks.LOOKS]), st.sets(st.tuples(st.integers(1, 99), st.integers(0, 120))))
    )
    def test_round_trip_over_any_cells(self, cells: dict[Mark, set[tuple[int, int]]]) -> None:
        bare = b'<x:worksheet xmlns:x="m"><x:sheetData></x:sheetData><x:pageMargins/></x:worksheet>'
        assert marks.unmark(marks.mark(bare, cells, 0)) == bare

    @pytest.mark.parametrize(
        "table",
        [b'<dxfs count="0"/>', b"", b'<dxfs count="1"><dxf><font><b/></font></dxf></dxfs>',
         b'<dxfs><dxf/></dxfs>', b'<dxfs count="2"><dxf/><dxf/></dxfs>'],
    )  # fmt: skip
    def test_formats_go_last_into_the_table_and_out_again(self, table: bytes) -> None:
        styles = b"<styleSheet><cellStyles/>%b<tableStyles/></styleSheet>" % table
        with_ours, first = marks.add_formats(styles)
        assert first == len(re.findall(rb"<dxf\b", table))
        assert b'<dxfs count="%d"' % (first + 3) in with_ours
        without = marks.remove_formats(with_ours)
        opening = re.compile(rb'<dxfs(?: count="\d")?(?:/>|>)')  # an empty table is written <dxfs count="0"/>
        assert opening.sub(b"", without) == opening.sub(b"", styles)

    @pytest.mark.parametrize(
        "table", [b"", b"<dxfs/>", b'<dxfs count="0"></dxfs>', b'<dxfs x="1" count="9"><dxf/></dxfs>']
    )
    def test_are_proven_however_the_formats_are_written(self, table: bytes, clean: Path, tmp_path: Path) -> None:
        """LibreOffice and openpyxl write the table of formats unlike Excel does."""
        other = rewrite(
            clean, tmp_path / "other.xlsx",
            lambda name, xml: re.sub(rb"<dxfs[^>]*/>", table, xml) if name == STYLES else xml,
        )  # fmt: skip
        with (
            FileHost(other) as host,
            host.copy_marked(tmp_path / "marked.xlsx", "iCARE Template", CELLS) as written,
        ):
            prove_only_marks_differ(host, written)
        with FileHost(tmp_path / "marked.xlsx") as host, host.copy_without_marks(tmp_path / "bare.xlsx") as written:
            prove_only_marks_differ(host, written)
        assert sheet_xml(tmp_path / "bare.xlsx") == sheet_xml(other)


class TestStrip:
    NOTE = (
        "[BUID:305939,RID:,ORP:4/5,DTS:2018-08-07 10:05:04][1] (Client) Unable to validate against database. / "
        "(Client) Impossible de valider dans la base de données."
    )
    OLDER = (
        "[BUID:62957,RID:43432228,ORP:6/37,DTS:2015-04-13 13:18:23][XML:consent_ind, "
        "childminding_NewcomerChildren[1]childminding_age_id] (Profile) Telephone number has not been specified. / "
        "(Profil) Le numéro de téléphone n'a pas été indiqué."
    )

    def rejected(self, clean: Path, out: Path) -> Path:
        column_a = {
            "A4": text_cell(self.NOTE), "A5": text_cell(f"  {self.OLDER}\n{self.NOTE}"), "A6": text_cell("ask Maria"),
            "A7": text_cell(f"ask Maria {self.NOTE}"), "A8": text_cell("BUID"),
            "A9": f't="str"><f>"x"</f><v>{self.NOTE}</v>',
            "A10": text_cell(f"{self.NOTE}\nAna: called the client"),
        }  # fmt: skip
        return rewrite(clean, out, lambda name, xml: put(xml, column_a) if name == SHEET else xml)

    def strip(self, path: Path, out: Path) -> list[int]:
        with FileHost(path) as host:
            sheet = recognise.upload_sheet(host)
            rows = list(notes.strippable(sheet))
            texts = {(row, 0): "" for row in rows}
            with host.copy_changed(out, sheet.name, texts) as written:
                prove_only_changed(host, sheet, texts, written)
        return rows

    def test_empties_only_what_is_icares(self, clean: Path, tmp_path: Path) -> None:
        rejected = self.rejected(clean, tmp_path / "rejected.xlsx")
        assert self.strip(rejected, tmp_path / "out.xlsx") == [4, 5]
        assert changed_parts(rejected, tmp_path / "out.xlsx") == {SHEET}

    def test_touches_no_other_byte(self, clean: Path, tmp_path: Path) -> None:
        rejected = self.rejected(clean, tmp_path / "rejected.xlsx")
        self.strip(rejected, tmp_path / "out.xlsx")
        xml = sheet_xml(rejected)
        for row in (4, 5):
            cell = re.search(rb'<c r="A%d"( s="\d+")[^>]*>.*?</c>' % row, xml, re.S)
            assert cell
            xml = xml.replace(cell[0], b'<c r="A%d"%b/>' % (row, cell[1]))
        assert sheet_xml(tmp_path / "out.xlsx") == xml

    def test_of_a_file_without_notes_is_a_copy(self, clean: Path, tmp_path: Path) -> None:
        assert self.strip(clean, tmp_path / "out.xlsx") == []
        assert changed_parts(clean, tmp_path / "out.xlsx") == set()


class TestSave:
    def test_keeps_everything_and_takes_the_marks_off(self, clean: Path, tmp_path: Path) -> None:
        marked = mark(clean, tmp_path / "marked.xlsx")
        for source in (clean, marked):
            out = tmp_path / "saved.xlsx"
            with FileHost(source) as host:
                assert not saving.save(
                    host, recognise.upload_sheet(host), saving.SaveOptions(out, TODAY, Settings(""))
                ).refused
            assert changed_parts(clean, out) == set()

    def test_is_proven_before_it_takes_its_place(
        self, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = tmp_path / "saved.xlsx"
        out.write_bytes(b"older")
        spoil = Package.write

        def spoilt(self: Package, target: Path, changed: dict[str, bytes]) -> None:
            spoil(self, target, {**changed, SHEET: sheet_xml(clean).replace(b"</mergeCells>", b"</mergeCells> ")})

        monkeypatch.setattr(Package, "write", spoilt)
        with FileHost(clean) as host, pytest.raises(NotAsPromised):
            saving.save(host, recognise.upload_sheet(host), saving.SaveOptions(out, TODAY, Settings("")))
        assert out.read_bytes() == b"older"
        assert sorted(tmp_path.iterdir()) == [out]

    @pytest.mark.parametrize(
        ("fault", "code"), [({"postal_cd": ""}, "errors-remain"), ({"client_validation_id": "1234567"}, None)]
    )
    def test_errors_block_and_warnings_do_not(self, fault: dict[str, str], code: str | None, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / "jan.xlsx", {4: good_row() | fault})
        with FileHost(path) as host:
            refused = saving.save(
                host, recognise.upload_sheet(host), saving.SaveOptions(tmp_path / "saved.xlsx", TODAY, Settings(""))
            ).refused
        assert (refused.code if refused else None) == code


class TestFailure:
    def test_never_overwrites_the_input(self, clean: Path, tmp_path: Path) -> None:
        copy = rewrite(clean, tmp_path / "copy.xlsx", lambda _, xml: xml)
        link = tmp_path / "link.xlsx"
        link.hardlink_to(copy)
        for out in (copy, link):
            with pytest.raises(OutputIsInput):
                mark(copy, out)

    def test_of_a_full_disk_leaves_the_older_output(self, clean: Path, tmp_path: Path) -> None:
        """The limit on file size makes every write beyond it fail, as a full disk does."""
        resource = pytest.importorskip("resource", reason="Windows has no such limit")
        out = tmp_path / "out.xlsx"
        out.write_bytes(b"older")
        run = subprocess.run(
            [sys.executable, "-m", "icare_xl", "unmark", clean, out],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
            capture_output=True, text=True,
        )  # fmt: skip
        assert (run.returncode, out.read_bytes(), sorted(tmp_path.iterdir())) == (2, b"older", [out]), run.stderr
        assert "cannot be written" in run.stderr and "Traceback" not in run.stderr

    def test_of_a_locked_target_leaves_it(self, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Windows refuses to replace a file that Excel has open."""
        out = tmp_path / "out.xlsx"
        out.write_bytes(b"older")

        def locked(self: Path, target: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "replace", locked)
        with pytest.raises(CannotWrite, match="Permission denied"):
            mark(clean, out)
        assert (out.read_bytes(), sorted(tmp_path.iterdir())) == (b"older", [out])

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal 9")
    def test_of_the_process_leaves_input_and_output(self, clean: Path, tmp_path: Path) -> None:
        """Killed just before the finished file takes its place."""
        before, out = clean.read_bytes(), tmp_path / "out.xlsx"
        out.write_bytes(b"older")
        program = (
            "import os, pathlib, sys, icare_xl.cli as program\n"
            "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
            f"sys.argv = ['icare-xl', 'unmark', {str(clean)!r}, {str(out)!r}]\n"
            "program.main()"
        )
        assert subprocess.run([sys.executable, "-c", program]).returncode == -9
        assert (clean.read_bytes(), out.read_bytes()) == (before, b"older")


@settings(max_examples=some(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.sets(st.tuples(st.integers(4, 23), st.integers(0, 94)), max_size=30))
def test_emptied_cells_are_the_only_ones_that_differ(cells: set[tuple[int, int]], clean: Path, tmp_path: Path) -> None:
    with FileHost(clean) as host:
        sheet = recognise.upload_sheet(host)
        texts = dict.fromkeys(cells, "")
        with host.copy_changed(tmp_path / "out.xlsx", sheet.name, texts) as written:
            prove_only_changed(host, sheet, texts, written)
        with FileHost(tmp_path / "out.xlsx") as copy:
            after = copy.grid(sheet.name)
        for row in range(1, 24):
            for column in range(95):
                expected = "" if (row, column) in cells else sheet.grid.at(row, column).text
                assert after.at(row, column).text == expected


KINDS = {  # what programs store in a cell -> its XML
    "shared": 't="s"><v>0</v>', "inline": text_cell("x"), "number": "><v>10000001</v>", "boolean": 't="b"><v>1</v>',
    "day": '><v>28630</v>', "rich": 't="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is>',
}  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20)


class TestFix:
    @pytest.fixture
    def mixed(self, clean: Path, tmp_path: Path) -> Path:
        """One column of cells of every kind, some of them the last of their row."""
        cells = {f"{letter}{7 + n}": kind for letter in ("B", "CQ") for n, kind in enumerate(KINDS.values())}
        return rewrite(clean, tmp_path / "mixed.xlsx", lambda name, xml: put(xml, cells) if name == SHEET else xml)

    @pytest.mark.thorough
    @settings(max_examples=some(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        texts=st.dictionaries(
            st.tuples(st.integers(4, 20), st.sampled_from([1, 2, 4, 93, 94])),
            st.one_of(TEXTS, st.sampled_from(["=1+1", "_x000D_", "&amp;<b>", " a ", "00123", "a\r\nb\tc", ""])),
            max_size=20,
        )
    )
    def test_is_what_independent_readers_find(
        self, texts: dict[tuple[int, int], str], mixed: Path, tmp_path: Path
    ) -> None:
        out = tmp_path / "out.xlsx"
        with FileHost(mixed) as host:
            sheet = recognise.upload_sheet(host)
            with host.copy_changed(out, sheet.name, texts) as written:
                prove_only_changed(host, sheet, texts, written)
        assert changed_parts(mixed, out) <= {SHEET}
        assert filled_by_calamine(out) == {
            place: value for place, value in (filled_by_calamine(mixed) | texts).items() if value != ""
        }
        before, after = by_openpyxl(mixed), by_openpyxl(out)
        expected = {place: ((text or None), before[place][1]) for place, text in texts.items()}
        assert after == before | expected

    def test_touches_no_other_byte(self, mixed: Path, tmp_path: Path) -> None:
        texts = {(7, 1): "a & b", (9, 94): "Ça", (10, 1): ""}
        with FileHost(mixed) as host, host.copy_changed(tmp_path / "out.xlsx", "iCARE Template", texts):
            xml = sheet_xml(mixed)
        for address, inside in (
            (b"B7", b't="inlineStr"><is><t xml:space="preserve">a &amp; b</t></is></c>'),
            (b"CQ9", 't="inlineStr"><is><t xml:space="preserve">Ça</t></is></c>'.encode()), (b"B10", b"/>"),
        ):  # fmt: skip
            cell = re.search(rb'(<c r="%b"(?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)' % address, xml, re.S)
            assert cell
            separator = b"" if inside == b"/>" else b" "
            xml = xml[: cell.start()] + cell[1] + separator + inside + xml[cell.end() :]
        assert sheet_xml(tmp_path / "out.xlsx") == xml

    def test_is_proven(self, mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("icare_xl.workbooks.xlsx.edit.escape", lambda text: "something else")
        with FileHost(mixed) as host:
            sheet, texts = recognise.upload_sheet(host), {(7, 1): "a"}
            with pytest.raises(NotAsPromised), host.copy_changed(tmp_path / "out.xlsx", sheet.name, texts) as written:
                prove_only_changed(host, sheet, texts, written)
        assert not (tmp_path / "out.xlsx").exists()


Cells = dict[tuple[int, int], object]


def filled_by_calamine(path: Path) -> Cells:
    """The filled cells of the first sheet, as calamine reads them."""
    rows = by_calamine(path, skip_empty_area=False)
    return {(row, column): value for row, cells in enumerate(rows, 1) for column, value in enumerate(cells) if value}


def by_openpyxl(path: Path) -> Cells:
    """Value and format of the cells of the first sheet, as openpyxl reads them (_x000D_ it leaves to its caller)."""
    with pytest.warns(UserWarning, match="Data Validation"):
        sheet = openpyxl.load_workbook(path).worksheets[0]
    return {
        (each.row, each.column - 1): (
            unescape(each.value) if isinstance(each.value, str) else each.value,
            each.style_id,
        )
        for row in sheet
        for each in row
    }


def test_drop_downs_of_both_kinds_stay(clean: Path, tmp_path: Path) -> None:
    plain = small_workbook(tmp_path / "plain.xlsx")
    for path in (plain, as_excel_saves_it(plain, tmp_path / "x14.xlsx")):
        marked = mark(path, tmp_path / "marked.xlsx")
        with FileHost(path) as before, FileHost(marked) as after:
            assert len(before.drop_downs("iCARE Template")) == 88
            assert before.drop_downs("iCARE Template") == after.drop_downs("iCARE Template")


@pytest.mark.thorough
@given(steps=st.lists(st.sampled_from(["mark", "unmark", "strip", "fix"]), min_size=1, max_size=5))
@settings(max_examples=some(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_commands_leaves_each_file_before_it_as_it_was(
    steps: list[str], run: Callable[..., object], tmp_path: Path
) -> None:
    """On files, going back is taking the file before; and without marks a marked file is that file."""
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    rows = rejected_month()
    rows[5] |= {"postal_cd": "m1b 5k1"}
    chain = [small_workbook(folder / "0.xlsx", rows)]
    written = [chain[0].read_bytes()]
    commands = {"mark": ("check", "--marked"), "unmark": ("unmark",), "strip": ("strip",), "fix": ("fix",)}
    for number, step in enumerate(steps, 1):
        name, *option = commands[step]
        out = folder / f"{number}.xlsx"
        run(name, chain[-1], *option, out)
        if step == "mark":
            assert parts(unmark(out, folder / "bare.xlsx")) == parts(unmark(chain[-1], folder / "bare.xlsx"))
        chain.append(out)
        written.append(out.read_bytes())
    assert [path.read_bytes() for path in chain] == written
