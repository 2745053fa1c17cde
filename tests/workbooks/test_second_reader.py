"""The second proof of a saved copy: openpyxl reads the same texts in it, and what our reader misreads is found."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icare_xl.icare import recognise
from icare_xl.icare.example import good_row, template
from icare_xl.model.cells import Cell
from icare_xl.settings import Settings
from icare_xl.upload import certificate, saving
from icare_xl.workbooks.errors import NotAsPromised
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.second_reader import reads_alike
from icare_xl.workbooks.xlsx.sheet import SheetReader
from tests.conftest import Run
from tests.support import some
from tests.support.sheets import TODAY, put, rewrite, small_workbook, text_cell

SHEET = "xl/worksheets/sheet1.xml"
Change = Callable[[str, bytes], bytes]


def alike(path: Path, written: Path | None = None) -> bool:
    """Whether openpyxl reads the second workbook as we read the first."""
    with FileHost(path) as host:
        return reads_alike(host, recognise.upload_sheet(host), written or path)


def of_sheet(change: Callable[[bytes], bytes]) -> Change:
    return lambda name, xml: change(xml) if name == SHEET else xml


class TestAMisreading:
    def test_of_ours_is_caught_though_it_is_the_same_before_and_after(
        self, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        typed = SheetReader._typed

        def misread(self: SheetReader, kind: bytes, text: str, style: int, formula: bool) -> Cell:
            cell = typed(self, kind, text, style, formula)
            return Cell("French") if cell.text == "English" else cell

        monkeypatch.setattr(SheetReader, "_typed", misread)
        with FileHost(clean) as host, pytest.raises(NotAsPromised, match="another program reads other texts in it"):
            plan = saving.SaveOptions(tmp_path / "saved.xlsx", TODAY, Settings(""))
            saving.save(host, recognise.upload_sheet(host), plan)
        assert not any(tmp_path.iterdir())

    @pytest.mark.parametrize(
        "inside",
        [text_cell("M1B5K2"), text_cell("M1B5K1 "), ">", "><v>28630</v>", 't="b"><v>1</v>', 't="e"><v>#N/A</v>'],
    )
    def test_or_another_text_in_the_written_file(self, inside: str, clean: Path, tmp_path: Path) -> None:
        other = rewrite(clean, tmp_path / "other.xlsx", of_sheet(lambda xml: put(xml, {"F4": inside})))
        with pytest.raises(NotAsPromised, match="another program reads other texts in it"):
            alike(clean, other)

    def test_or_a_text_more_beyond_the_extent_that_the_sheet_tells(self, clean: Path, tmp_path: Path) -> None:
        far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
        other = rewrite(clean, tmp_path / "far.xlsx", of_sheet(lambda xml: xml.replace(b"</sheetData>", far)))
        assert alike(other)
        with pytest.raises(NotAsPromised):
            alike(clean, other)

    def test_or_a_sheet_of_another_name(self, clean: Path, tmp_path: Path) -> None:
        other = rewrite(
            clean, tmp_path / "other.xlsx",
            lambda name, xml: xml.replace(b'name="LOV"', b'name="LOT"') if name == "xl/workbook.xml" else xml,
        )  # fmt: skip
        with pytest.raises(NotAsPromised, match="another program finds other sheets in it"):
            alike(clean, other)


class TestAFileThatItCannotRead:
    UNREADABLE: tuple[Change, ...] = (
        lambda name, xml: xml.replace(b'patternType="none"', b'patternType="nothing"'),
        lambda name, xml: re.sub(
            rb"http://schemas.openxmlformats.org/(spreadsheetml/2006/main|officeDocument/2006/(relationships))",
            lambda found: b"http://purl.oclc.org/ooxml/" + (b"officeDocument/relationships" if found[2] else b"spreadsheetml/main"),
            xml,
        ),
    )  # fmt: skip

    @pytest.mark.parametrize("change", UNREADABLE, ids=["format", "strict"])
    def test_is_saved_and_that_is_said(self, change: Change, clean: Path, run: Run, tmp_path: Path) -> None:
        odd, out = rewrite(clean, tmp_path / "odd.xlsx", change), tmp_path / "saved.xlsx"
        told = run("save", odd, out, "--today", "2026-02-03", "--lang", "en")
        assert told.exit_code == 0 and "Only icare-xl has read the texts of “saved.xlsx”." in told.stdout
        as_json, as_page = certificate.beside(out)
        assert json.loads(as_json.read_text("utf-8"))["read_twice"] is False
        assert "Only icare-xl has read the texts" in as_page.read_text("utf-8")
        assert not certificate.read(out).read_twice
        document = json.loads(run("save", odd, out, "--today", "2026-02-03", "--json").stdout)
        assert document["read_once"] == [str(out)]
        assert json.loads(run("verify", out, "--json").stdout)["certificate"]["read_twice"] is False

    def test_is_the_only_one_of_which_anything_is_said(self, clean: Path, run: Run, tmp_path: Path) -> None:
        out = tmp_path / "saved.xlsx"
        told = run("save", clean, out, "--today", "2026-02-03", "--json").stdout
        written = "".join(each.read_text("utf-8") for each in certificate.beside(out))
        assert not re.search("read_|openpyxl", told + written)


KINDS = {  # what programs store in a cell -> its XML
    "an error": 't="e"><v>#N/A</v>', "a boolean": 't="b"><v>1</v>', "a number": "><v>1.12E9</v>",
    "a long number": "><v>0.30000000000000004</v>", "a formula": 't="str"><f>A1</f><v>Dari</v>',
    "a formula without a result": 't="str"><f>A1</f><v></v>', "a formula's error": 't="e"><f>1/0</f><v>#DIV/0!</v>',
    "a day": 't="d"><v>2018-06-05</v>', "a moment": 't="d"><v>2018-06-05T23:45:00</v>', "no text": text_cell(""),
    "blanks": text_cell("  "), "rich text": 't="inlineStr"><is><r><t>Da</t></r><r><t xml:space="preserve"> ri</t></r></is>',
    "a reading": 't="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is>',
    "codes": text_cell("_x005F_x000D_ and _x000D_ and _xD83D_"), "lines": text_cell("a\r\nb&#10;c&#13;d"),
}  # fmt: skip


@pytest.mark.parametrize("inside", KINDS.values(), ids=list(KINDS))
def test_both_readers_agree_on(inside: str, clean: Path, tmp_path: Path) -> None:
    assert alike(rewrite(clean, tmp_path / "kind.xlsx", of_sheet(lambda xml: put(xml, {"E5": inside}))))


@pytest.mark.parametrize("form", ["yyyy-mm-dd", "d mmm yyyy hh:mm", "[h]:mm:ss", "hh:mm", "0.00"])
@pytest.mark.parametrize("date1904", [False, True])
def test_both_readers_agree_on_what_a_number_stands_for(form: str, date1904: bool, tmp_path: Path) -> None:
    path = small_workbook(tmp_path / "blank.xlsx", {4: good_row()})
    numbers = [0, 0.5, 1, 59, 61, 28630, 28630.989583333332, 43256.99999999, -3.5, 2958465.9, 1e7, 1e15 / 3]
    with xlsxwriter.Workbook(path, {"date_1904": date1904}) as book:
        sheet, how = book.add_worksheet(), book.add_format({"num_format": form})
        for column, id_ in enumerate(template().ids):
            sheet.write_string(1, column, id_)
        for column, number in enumerate(numbers):
            sheet.write_number(3, column, number, how)
        for column, day in enumerate((date(1978, 5, 20), datetime(2026, 1, 5, 8, 20, 30))):
            sheet.write_datetime(4, column, day, how)
    assert alike(path)


free_form = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    [
        "_x000D_",
        "_x005F_",
        "x005F_",
        "_x005F_x000D_",
        " a ",
        "a\r\nb\tc\n",
        "\r",
        "\x00",
        "&amp;<b>]]>",
        "=1+1",
        "00123",
        "é’",
    ]
)


@settings(max_examples=some(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(free_form, min_size=3, max_size=3))
def test_both_readers_agree_on_free_form_texts(texts: list[str], tmp_path: Path) -> None:
    """Among the shared texts, as XlsxWriter writes them, and in their cells, as we do."""
    ids = template().ids[5:8]
    path = small_workbook(tmp_path / "free.xlsx", {4: good_row() | dict(zip(ids, texts, strict=True)), 5: good_row()})
    with FileHost(path) as host:
        sheet = recognise.upload_sheet(host)
        assert reads_alike(host, sheet, path)
        changed = {(5, column): text for column, text in enumerate(texts, 5)}
        with host.copy_changed(tmp_path / "changed.xlsx", sheet.name, changed) as written:
            assert alike(written)


def test_it_is_loaded_only_to_save() -> None:
    code = "import sys, icare_xl.__main__, icare_xl.excel.buttons.tab; print('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
