"""Cells read as they are, compared with two independent readers, and the ways in which real files differ."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icare_xl.icare.example import good_row
from icare_xl.model.cells import Cell, Holds, number_cell
from icare_xl.model.grid import Grid
from icare_xl.workbooks import faults
from icare_xl.workbooks.errors import DamagedWorkbook, UnusualWorkbook
from icare_xl.workbooks.excel import values as live
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.xlsx.errors import Damage, Damaged, Oddity, Unusual, XlsxError
from tests.support import some
from tests.support.sheets import as_cell, by_calamine, findings_of, put, rewrite, sheet_xml, small_workbook, text_cell


def grid_of(path: Path) -> Grid:
    with FileHost(path) as host:
        return host.grid(host.sheets[0].name)


def changed(path: Path, cells: dict[str, str]) -> Path:
    return rewrite(
        path, path.with_stem("changed"), lambda name, xml: put(xml, cells) if name.endswith("sheet1.xml") else xml
    )


texts = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), min_size=1, max_size=12) | st.sampled_from(
    ["_x000D_", " lead", "trail ", "a\nb", "a\tb", "&amp;<>\"'", "N/A", "00123", "\u00a0", "é’", "]]>", "=1+1"]
)
numbers = st.integers(-(10**14), 10**14) | st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 6))
days = st.dates(date(1900, 3, 1), date(2199, 12, 31))
values = st.none() | texts | numbers | days | st.booleans()


@settings(max_examples=some(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.lists(values, max_size=6), min_size=1, max_size=6))
def test_reads_what_two_other_readers_read(values: list[list[Any]], tmp_path: Path) -> None:
    path = tmp_path / "any.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for row, line in enumerate(values):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif value is not None:
                    sheet.write(row, column, value)
    ours = grid_of(path)
    calamine = by_calamine(path, skip_empty_area=False)
    with_openpyxl = openpyxl.load_workbook(path).active
    for row, line in enumerate(values):
        for column, written in enumerate(line):
            cell = ours.at(row + 1, column)
            if written is None:
                assert cell.text == ""
                continue
            theirs = calamine[row][column]
            if isinstance(written, str):
                assert cell.text == written
                if written.isprintable():  # the others leave what XML cannot hold as _x001F_
                    assert written == theirs == with_openpyxl.cell(row + 1, column + 1).value
            elif isinstance(written, bool):
                assert (cell.text == "TRUE") is theirs is with_openpyxl.cell(row + 1, column + 1).value
            elif isinstance(written, date):
                assert cell.day == theirs == with_openpyxl.cell(row + 1, column + 1).value.date() == written
            else:
                assert math.isclose(float(cell.text), theirs, rel_tol=1e-14) and cell.holds is Holds.NUMBER


@pytest.mark.parametrize(
    ("stored", "text"),
    [("12345678", "12345678"), ("1.12E9", "1120000000"), ("0.30000000000000004", "0.3"), ("5.0", "5"), ("-3", "-3")],
)
def test_numbers_are_read_as_excel_shows_them(stored: str, text: str) -> None:
    assert number_cell(stored, as_date=False).text == text


class TestTimesOfDay:
    """Excel’s days are whole numbers; what is behind the point is a time, within what a float can tell."""

    @pytest.mark.parametrize(
        ("stored", "day", "time_of_day"),
        [
            ("28630", date(1978, 5, 20), None),
            ("28630.989583333332", date(1978, 5, 20), time(23, 45)),
            ("28630.5", date(1978, 5, 20), time(12)),
            ("28630.347569444446", date(1978, 5, 20), time(8, 20, 30)),
            ("28630.00000004", date(1978, 5, 20), None),  # 3 milliseconds
            ("28629.999999999996", date(1978, 5, 20), None),
            ("28629.99999", date(1978, 5, 19), time(23, 59, 59)),
            ("59.5", date(1900, 2, 28), time(12)),
            ("2958465.9", date(9999, 12, 31), time(21, 36)),
        ],
    )
    def test_are_told_from_whole_days(self, stored: str, day: date, time_of_day: time | None) -> None:
        assert number_cell(stored, as_date=True) == Cell(day.isoformat(), Holds.DATE, day=day, time_of_day=time_of_day)
        number = number_cell(stored, as_date=False)
        assert (number.holds, number.day, number.time_of_day) == (Holds.NUMBER, day, None)

    def test_are_the_same_where_days_count_from_1904(self) -> None:
        cell = number_cell("27168.989583333332", as_date=True, date1904=True)
        assert (cell.day, cell.time_of_day) == (date(1978, 5, 20), time(23, 45))

    @pytest.mark.parametrize("stored", ["0.5", "0", "-3.5", "2958466", "2958465.9999999999", "1e300", "inf"])
    def test_without_a_day_there_is_none(self, stored: str) -> None:
        cell = number_cell(stored, as_date=True)
        assert (cell.holds, cell.day, cell.time_of_day) == (Holds.NUMBER, None, None)

    @given(
        moment=st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(lambda each: each.replace(microsecond=0))
    )
    def test_are_read_from_an_open_excel_as_from_a_file(self, moment: datetime) -> None:
        serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
        cell = live._cell(moment, formula=False, date1904=False)
        assert cell == number_cell(f"{serial:.15g}", as_date=True) == number_cell(repr(serial), as_date=True)
        assert (cell.day, cell.time_of_day) == (moment.date(), None if moment.time() == time.min else moment.time())

    def test_are_read_from_a_file_as_other_readers_read_them(self, tmp_path: Path) -> None:
        path, moment = tmp_path / "moment.xlsx", datetime(1978, 5, 20, 23, 45)
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet().write_datetime(0, 0, moment, book.add_format({"num_format": "yyyy-mm-dd"}))
        cell = grid_of(path).at(1, 0)
        assert (cell.day, cell.time_of_day) == (moment.date(), moment.time())
        assert openpyxl.load_workbook(path).active["A1"].value == moment  # type: ignore[index]


class TestWhatOtherReadersHide:
    @pytest.mark.parametrize(
        ("inside", "cell"),
        [
            ('t="e"><v>#N/A</v>', Cell("#N/A", Holds.ERROR)),
            ('t="n"><f>1+1</f><v>2</v>', Cell("2", Holds.NUMBER, formula=True, day=date(1900, 1, 2))),
            ('t="str"><f>A1</f><v>Dari</v>', Cell("Dari", formula=True)),
            ('t="e"><f>1/0</f><v>#DIV/0!</v>', Cell("#DIV/0!", Holds.ERROR, formula=True)),
            ('t="b"><v>1</v>', Cell("TRUE", Holds.BOOLEAN)),
            ('t="d"><v>2018-06-05T00:00:00</v>', Cell("2018-06-05", Holds.DATE, day=date(2018, 6, 5))),
            (
                't="d"><v>2018-06-05T23:45:00.000Z</v>',
                Cell("2018-06-05", Holds.DATE, day=date(2018, 6, 5), time_of_day=time(23, 45)),
            ),
            ('t="d"><v>2018-06-05</v>', Cell("2018-06-05", Holds.DATE, day=date(2018, 6, 5))),
            ("><v>43256</v>", Cell("43256", Holds.NUMBER, day=date(2018, 6, 5))),
            ('t="inlineStr"><is><r><t>Da</t></r><r><t>ri</t></r></is>', Cell("Dari")),
            ('t="inlineStr"><is><t>&lt;b&gt; _x0041_</t></is>', Cell("<b> A")),
            ("><v></v>", Cell("")),
        ],
    )
    def test_is_read_from_the_sheet_itself(self, inside: str, cell: Cell, clean: Path, tmp_path: Path) -> None:
        copy = rewrite(clean, tmp_path / "copy.xlsx", lambda _, xml: xml)
        assert grid_of(changed(copy, {"E4": inside})).at(4, 4) == cell

    def test_dates_count_from_1904_where_the_workbook_says_so(self, clean: Path, tmp_path: Path) -> None:
        copy = rewrite(
            clean, tmp_path / "mac.xlsx", lambda name, xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
        )
        assert grid_of(changed(copy, {"E4": "><v>41794</v>"})).at(4, 4).day == date(2018, 6, 5)


class TestRealFiles:
    def test_written_with_a_namespace_prefix(self, clean: Path, tmp_path: Path) -> None:
        """As .NET programs write them: <x:row>, <x:c>."""

        def prefixed(name: str, xml: bytes) -> bytes:
            if not name.startswith("xl/worksheets/sheet"):
                return xml
            xml = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1x:\2", xml)
            return xml.replace(b' xmlns="http', b' xmlns:x="http', 1)

        copy = rewrite(clean, tmp_path / "prefixed.xlsx", prefixed)
        assert b"<x:row" in sheet_xml(copy)
        assert findings_of(copy) == []
        assert grid_of(copy).same_as(grid_of(clean))

    def test_with_a_visible_row_2_and_no_drop_downs(self, clean: Path, tmp_path: Path) -> None:
        copy = rewrite(
            clean, tmp_path / "bare.xlsx",
            lambda _, xml: re.sub(rb"<extLst>.*</extLst>", b"", xml.replace(b' hidden="1"', b""), flags=re.S),
        )  # fmt: skip
        assert findings_of(copy) == []

    def test_with_a_value_in_the_farthest_cell(self, clean: Path, tmp_path: Path) -> None:
        far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
        copy = rewrite(
            clean, tmp_path / "far.xlsx",
            lambda name, xml: xml.replace(b"</sheetData>", far) if name.endswith("sheet1.xml") else xml,
        )  # fmt: skip
        assert findings_of(copy) == [("XFD1048576", "IC008")]

    def test_with_rows_and_cells_that_say_less(self, clean: Path, tmp_path: Path) -> None:
        copy = rewrite(clean, tmp_path / "rows.xlsx", lambda _, xml: re.sub(rb'<row r="\d+"', b"<row", xml))
        assert grid_of(copy).same_as(grid_of(clean))

    def test_with_cells_that_do_not_say_where_they_stand(self, clean: Path, tmp_path: Path) -> None:
        copy = rewrite(clean, tmp_path / "cells.xlsx", lambda _, xml: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml))
        with pytest.raises(UnusualWorkbook):
            findings_of(copy)

    def test_saved_by_another_library(self, clean: Path, tmp_path: Path) -> None:
        """openpyxl knows neither x14 drop-downs nor the order of attributes that Excel has."""
        with pytest.warns(UserWarning, match="Data Validation"):
            book = openpyxl.load_workbook(clean)
        book.save(tmp_path / "other.xlsx")
        assert findings_of(tmp_path / "other.xlsx") == []

    def test_with_dates_as_dates_and_numbers_as_numbers(self, tmp_path: Path) -> None:
        row = good_row() | {"client_birth_dt": date(1978, 5, 20), "client_validation_id": 12345678}
        assert findings_of(small_workbook(tmp_path / "typed.xlsx", {4: row})) == [("D4", "IC105"), ("E4", "IC106")]

    def test_under_another_sheet_name(self, tmp_path: Path) -> None:
        assert findings_of(small_workbook(tmp_path / "named.xlsx", sheet_name="Info&Orien")) == []


def test_a_grid_from_memory_equals_the_grid_from_disk(tmp_path: Path) -> None:
    from icare_xl.icare.example import template

    row = good_row()
    disk = grid_of(small_workbook(tmp_path / "disk.xlsx", {4: row}))
    cells = [(4, template().ids.index(id_), as_cell(value)) for id_, value in row.items()]
    assert {at: disk.at(4, at) for _, at, _ in cells} == {at: cell for _, at, cell in cells}


class TestSheetsThatCannotBeTrusted:
    """Legal or broken XML that reading by position would get wrong is refused, never half read."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"</row>", b"</row >"),
            (b"</c>", b"</c >"),
            (b"</v>", b"</v\n>"),
            (b'<row r="5"', b"<row r='5'"),
            (b"</sheetData>", b"</sheetdata>"),
            (b'encoding="UTF-8"', b'encoding="ISO-8859-1"'),
            (b'<row r="6"', b'<row r="99999999999"'),
            (b'r="A2"', b'r="ABCDEFGH2"'),
            (b'r="A2"', b'r="XFE2"'),
        ],
    )
    def test_are_refused_in_a_sentence(self, old: bytes, new: bytes, clean: Path, tmp_path: Path) -> None:
        odd = rewrite(
            clean, tmp_path / "odd.xlsx",
            lambda name, xml: xml.replace(old, new) if name.endswith("sheet1.xml") else xml,
        )  # fmt: skip
        assert sheet_xml(odd) != sheet_xml(clean)
        with pytest.raises((UnusualWorkbook, DamagedWorkbook)):
            findings_of(odd)

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
    def test_cut_off_are_refused(self, share: float, clean: Path, tmp_path: Path) -> None:
        cut = rewrite(
            clean, tmp_path / "cut.xlsx",
            lambda name, xml: xml[: int(len(xml) * share)] if name.endswith("sheet1.xml") else xml,
        )  # fmt: skip
        with pytest.raises(DamagedWorkbook):
            findings_of(cut)

    def test_rows_without_numbers_take_them_from_their_cells(self, tmp_path: Path) -> None:
        plain = small_workbook(tmp_path / "plain.xlsx", {4: good_row(), 9: good_row(1) | {"postal_cd": "?"}})
        gaps = rewrite(plain, tmp_path / "gaps.xlsx", lambda _, xml: re.sub(rb'<row r="(6|9)"', b"<row", xml))
        assert findings_of(gaps) == [("F9", "IC110")]


def test_a_lone_surrogate_is_no_trouble(clean: Path, tmp_path: Path) -> None:
    copy = rewrite(clean, tmp_path / "copy.xlsx", lambda _, xml: xml)
    cell = grid_of(changed(copy, {"D4": text_cell("_xD83D_1"), "D5": text_cell("_xD83D__xDE00_")}))
    assert (cell.at(4, 3).text, cell.at(5, 3).text) == ("\ufffd1", "😀")


def test_readings_above_a_text_are_no_part_of_it(clean: Path, tmp_path: Path) -> None:
    copy = rewrite(clean, tmp_path / "copy.xlsx", lambda _, xml: xml)
    inside = 't="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is>'
    assert grid_of(changed(copy, {"D4": inside})).at(4, 3).text == "東京"


def test_whatever_is_wrong_with_a_package_has_its_words() -> None:
    assert {*faults.DAMAGE} == {*Damage} and {*faults.ODDITIES} == {*Oddity}
    plain = {*XlsxError.__subclasses__()} - {Damaged, Unusual}
    assert plain == {*faults._SAME_WORDS}
