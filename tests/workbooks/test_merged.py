"""Merged cells: which areas a sheet has, from a file however it writes them, and from an open Excel in few questions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from icare_xl.icare.example import good_row
from icare_xl.model.addresses import Area, address, area_of
from icare_xl.model.cells import Cell
from icare_xl.model.grid import Grid
from icare_xl.workbooks.excel import attach
from icare_xl.workbooks.excel.sheet import MOST_QUESTIONS
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.xlsx import edit
from icare_xl.workbooks.xlsx import sheet as xlsx
from icare_xl.workbooks.xlsx.errors import RowsAreTied
from tests.excel.test_buttons import DATA, Press, excel, marked, press
from tests.stand_in.engine import Excel
from tests.support.sheets import rewrite, small_workbook
from tests.workbooks.test_reading import grid_of
from tests.workbooks.test_real_excel import front

__all__ = ["excel", "press"]  # fixtures

SHEET = "xl/worksheets/sheet1.xml"
TITLE = "A1:CQ1"


def merge(excel: Excel, written: str) -> None:
    """Merge cells of the iCARE sheet, as Excel does: all values but the first are gone."""
    area = area_of(written)
    assert area
    (top, left), (bottom, right) = area
    front(excel).merge((top, left + 1, bottom, right + 1))


def areas_of(grid: Grid) -> list[str]:
    return [address(area) for area in grid.merged]


def areas(*addresses: str) -> tuple[Area, ...]:
    return tuple(area for each in addresses if (area := area_of(each)))


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("C10:C12", "C10:C12"), ("$C$12:$A$10", "A10:C12"), (" c10:d10 ", "C10:D10"), ("A1:XFD1048576", "A1:XFD1048576"),
        ("C10", None), ("C10:C10", None), ("$C:$C", "C1:C1048576"), ("10:12", "A10:XFD12"), ("A0:A4", None), ("A1:XFE1", None),
        ("A1:A1048577", None), ("A1:A2 B1:B2", None), ("", None), ("#REF!", None),
        (":", None), ("C:12", None), ("C10:D", None),
    ],
)  # fmt: skip
def test_an_area_is_known_by_its_address(written: str, area: str | None) -> None:
    found = area_of(written)
    assert (found and address(found)) == area


class TestInAFile:
    def test_of_openpyxl(self, tmp_path: Path) -> None:
        own = openpyxl.load_workbook(small_workbook(tmp_path / "jan.xlsx", {row: good_row(row) for row in range(4, 8)}))
        own[DATA].merge_cells("F4:F5")
        own[DATA].merge_cells("G6:H7")
        own.save(tmp_path / "merged.xlsx")
        assert sorted(areas_of(grid_of(tmp_path / "merged.xlsx"))) == [TITLE, "F4:F5", "G6:H7"]

    def test_of_xlsxwriter(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "own.xlsx") as book:
            sheet = book.add_worksheet()
            sheet.merge_range("C10:C12", "one for three")
            sheet.merge_range("D4:E4", "")
        grid = grid_of(tmp_path / "own.xlsx")
        assert areas_of(grid) == ["C10:C12", "D4:E4"]
        assert grid.at(10, 2).text == "one for three" and grid.at(11, 2).blank

    @pytest.mark.parametrize(
        ("written", "found"),
        [
            (b"<mergeCells count='2'><mergeCell ref='C10:C12'/><mergeCell ref='D4:E4'/></mergeCells>",
             ["C10:C12", "D4:E4"]),
            (b'<mergeCells><mergeCell\n  xr:ref="A1:A2" xmlns:xr="urn:x" ref = "$c$12:$C$10" ></mergeCell></mergeCells>',
             ["C10:C12"]),
            (b'<mergeCells><mergeCell ref="&#67;10:C12"/><mergeCell ref="C10:C12"/></mergeCells>', ["C10:C12"]),
            (b'<mergeCells><mergeCell ref="C10"/><mergeCell/><mergeCell ref="A0:B9"/><mergeCell ref="?"/></mergeCells>',
             []),
            (b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', ["A1:XFD1048576"]),
            (b"<mergeCells/>", []),
            (b"", []),
        ],
    )  # fmt: skip
    def test_however_it_is_written(self, tmp_path: Path, written: bytes, found: list[str]) -> None:
        assert areas_of(grid_of(self._with(tmp_path, written))) == found

    def test_of_another_namespace_prefix(self, tmp_path: Path) -> None:
        def prefixed(name: str, xml: bytes) -> bytes:
            if name != SHEET:
                return xml
            xml = xml.replace(b"</", b"<//").replace(b"<", b"<x:").replace(b"<x://", b"</x:").replace(b"<x:?", b"<?")
            return xml.replace(b' xmlns="', b' xmlns:x="').replace(
                b"</x:mergeCells>", b'<x:mergeCell ref="F4:F5"/></x:mergeCells>'
            )

        path = rewrite(small_workbook(tmp_path / "jan.xlsx"), tmp_path / "prefixed.xlsx", prefixed)
        assert areas_of(grid_of(path)) == [TITLE, "F4:F5"]

    def test_rows_are_tied_to_them_however_they_are_written(self) -> None:
        xml = (
            b"""<worksheet><sheetData><row r="4"><c r="A4"/></row></sheetData><mergeCells>%b</mergeCells></worksheet>"""
        )
        assert edit.keep_rows(xml % b"<mergeCell ref='A1:B3'/>", [4], 4)
        with pytest.raises(RowsAreTied):
            edit.keep_rows(xml % b"<mergeCell ref='$A$3:$A$4'/>", [4], 4)

    def test_no_more_than_a_bound(self, tmp_path: Path) -> None:
        many = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(4, xlsx.MOST_MERGED + 50))
        assert len(grid_of(self._with(tmp_path, b"<mergeCells>%b</mergeCells>" % many)).merged) == xlsx.MOST_MERGED

    @staticmethod
    def _with(tmp_path: Path, written: bytes) -> Path:
        with xlsxwriter.Workbook(tmp_path / "own.xlsx") as book:
            book.add_worksheet().write("C10", "one")
        return rewrite(
            tmp_path / "own.xlsx",
            tmp_path / "merged.xlsx",
            lambda name, xml: xml.replace(b"</sheetData>", b"</sheetData>" + written) if name == SHEET else xml,
        )


class TestInAGrid:
    @staticmethod
    def _with(*addresses: str) -> Grid:
        grid = Grid.of([(4, 0, Cell("a")), (6, 1, Cell("b", formula=True))])
        grid.merged = areas(*addresses)
        return grid

    def test_they_stay_where_values_change(self) -> None:
        grid = self._with("A1:B1", "A4:A6")
        for each in (grid.changed({(4, 0): "c"}), grid.without([(4, 0)]), grid.typed):
            assert each.merged == grid.merged

    def test_those_of_rows_that_move_go(self) -> None:
        assert areas_of(self._with("A1:B1", "A3:A4", "A4:A6").with_rows([6], 4)) == ["A1:B1"]

    def test_the_end_is_that_of_the_values(self) -> None:
        assert (self._with().end, Grid().end) == ((6, 1), (0, -1))


class TestInAnOpenExcel:
    @pytest.fixture
    def book(self, excel: Excel, tmp_path: Path) -> Path:
        path = small_workbook(tmp_path / "jan.xlsx", {row: good_row(row) for row in range(4, 60)})
        excel.open(path)
        return path

    @pytest.mark.parametrize("some", [None, True])  # Null by reports, True by the documentation
    @pytest.mark.parametrize(
        "written",
        [(), ("F4:F5",), ("F4:F5", "F6:F9", "G4:H4", "B20:E23", "CQ58:CQ59"), ("A3:A5",), ("D4:CQ59",), ("F50:F900",)],
    )
    def test_are_found(self, excel: Excel, book: Path, written: tuple[str, ...], some: bool | None) -> None:
        excel.some_merged = some
        for each in written:
            merge(excel, each)
        assert sorted(map(address, attach(excel.hwnd).workbook().merged(DATA))) == sorted(written)

    def test_of_none_takes_one_question(self, excel: Excel, book: Path) -> None:
        excel.calls.clear()
        attach(excel.hwnd).workbook().merged(DATA)
        assert Counter(excel.calls)["Range.MergeCells"] == 1

    def test_of_a_few_takes_few_questions(self, excel: Excel, book: Path) -> None:
        for each in ("F4:F5", "G40:G44", "CP30:CQ30"):
            merge(excel, each)
        excel.calls.clear()
        attach(excel.hwnd).workbook().merged(DATA)
        assert Counter(excel.calls)["Range.MergeCells"] < 100

    def test_of_very_many_stops_at_a_bound(self, excel: Excel, book: Path) -> None:
        for row in range(4, 58, 2):
            for column in range(1, 70, 3):
                front(excel).merge((row, column, row + 1, column))
        excel.calls.clear()
        found = attach(excel.hwnd).workbook().merged(DATA)
        assert Counter(excel.calls)["Range.MergeCells"] == MOST_QUESTIONS
        assert len(found) > 100

    def test_are_those_of_the_file(self, excel: Excel, tmp_path: Path) -> None:
        own = openpyxl.load_workbook(small_workbook(tmp_path / "jan.xlsx", {row: good_row(row) for row in range(4, 8)}))
        own[DATA].merge_cells("F4:F5")
        own.save(tmp_path / "merged.xlsx")
        excel.open(tmp_path / "merged.xlsx")
        merge(excel, "F4:F5")  # LibreOffice’s part of the stand-in does not ask what a file has merged
        with FileHost(tmp_path / "merged.xlsx") as host:
            below = [area for area in host.grid(DATA).merged if area[1][0] >= 4]
        assert list(attach(excel.hwnd).workbook().merged(DATA)) == below

    def test_are_told_by_check_and_marked(self, excel: Excel, press: Press, book: Path) -> None:
        merge(excel, "F5:F7")
        told = press("check")
        assert "2 errors" in told
        assert marked(excel)["missing"] | marked(excel)["wrong"] == {(6, 5), (7, 5)}

    def test_nothing_is_put_under_them(self, excel: Excel, press: Press, tmp_path: Path) -> None:
        """Fix format puts right what stands in the first one and beside it, and Undo puts it back."""
        rows = {row: good_row(row) | {"postal_cd": "m1b 5k1", "service_language_id": "english"} for row in range(4, 7)}
        opened = excel.open(small_workbook(tmp_path / "codes.xlsx", rows))
        merge(excel, "F4:F6")
        before = [opened.sheets[DATA].range(f"F{row}").raw_value for row in range(4, 7)]
        assert press("fix_format", answer="yes").startswith("4 cells corrected.")
        assert [opened.sheets[DATA].range(f"F{row}").raw_value for row in range(4, 7)] == ["M1B5K1", None, None]
        assert "4 cells put back (" in press("undo")
        assert [opened.sheets[DATA].range(f"F{row}").raw_value for row in range(4, 7)] == before
