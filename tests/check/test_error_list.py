"""The error list: every finding, in counts that add up, leading to the cell that holds the value it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.request import url2pathname

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from icare_xl.check.engine import check
from icare_xl.check.error_list import Checked, Listing, workbook, write_list
from icare_xl.check.error_list.links import link
from icare_xl.check.error_list.listing import words
from icare_xl.check.error_list.summary import by_client, summary
from icare_xl.check.sentences import ORIGIN, SEVERITY
from icare_xl.icare import recognise
from icare_xl.icare.example import good_row, month_with_mistakes
from icare_xl.model.errors import CannotWrite
from icare_xl.model.finding import Finding, Report
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.errors import OutputIsInput, OutputNotList
from icare_xl.workbooks.file import FileHost
from tests.conftest import Run
from tests.stand_in.libreoffice import Office
from tests.stand_in.with_libreoffice import LibreOfficeBackend
from tests.support import some
from tests.support.causes import copied_down
from tests.support.sheets import TODAY, Rows, by_calamine, sheet_of, small_workbook

HOSTILE = [
    "=1+1", "+1", "-4", "@SUM(A1)", "'x", "00123", "1E5", "<script>document.title='taken'</script>", "<r><t>x</t></r>",
    "]]>&amp;<b>", "\"'&<>", "http://example.com/", "  two  blanks  ", "one\ntwo", "\u202eright to left",
    '"); alert(1); ("', "😀", "{shown}", "x" * 5000,
]  # fmt: skip
CODED = ["_x0041_", "_x005F_x0041_", "_xD83D_", "a_x000D_"]  # what Excel reads as signs; openpyxl does not
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
HOSTILE_NAMES = [
    ("jan.xlsx", "iCARE Template"),
    ("it’s Zoé's #1 [final] 100%.xlsx", 'Zoé\'s #1 (é) "x"'),
    ("a & b; c=d, {e} + f.xlsx", "A & B! '2026'.x"),
]


def checked(path: Path) -> Checked:
    with FileHost(path) as host:
        sheet = recognise.upload_sheet(host)
        return Checked(path, sheet, check(sheet, TODAY))


def in_memory(rows: Rows, file: str = "/month/jan.xlsx") -> Checked:
    sheet = sheet_of(rows)
    return Checked(Path(file), sheet, check(sheet, TODAY))


def with_values(values: Sequence[str]) -> Listing:
    """A list in which each of these values is quoted as a wrong postal code, and typed as an identifier."""
    return Listing([in_memory({4 + n: good_row(n) | {"postal_cd": value} for n, value in enumerate(values)})])


@pytest.fixture
def month(tmp_path: Path) -> Checked:
    return checked(small_workbook(tmp_path / "jan.xlsx", month_with_mistakes()))


def written(out: Path, listing: Listing, language: Language = "en") -> Path:
    write_list(out, listing, language)
    return out


def findings_sheet(path: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(path).worksheets[1]
    assert isinstance(sheet, Worksheet)
    return sheet


def target_of(formula: str) -> tuple[Path, str, str]:
    """Path, sheet and cell that a link leads to, as LibreOffice and Excel read it."""
    target = evaluated(formula)
    found = re.fullmatch(r"(?:\[(.*)\]|file://(.*)#)'(.*)'!([A-Z]+\d+)", target)
    assert found, target
    return Path(found[1] or url2pathname(found[2])), found[3].replace("''", "'"), found[4]


def evaluated(formula: str) -> str:
    """The first argument of HYPERLINK: literals joined by &."""
    found = re.fullmatch(r'=HYPERLINK\(((?:&?"(?:[^"]|"")*")+),"[A-Z]+\d+"\)', formula)
    assert found, formula
    return "".join(each.replace('""', '"') for each in re.findall(r'"((?:[^"]|"")*)"', found[1]))


def expected(found: Finding, client: str | None, language: Language) -> list[str]:
    return [
        found.cell or {"en": "the whole sheet", "fr": "toute la feuille"}[language],
        client or "",
        found.label or "",
        found.value,
        found.message.to(language),
        found.suggestion or "",
        SEVERITY[found.severity].to(language),
        found.rule,
        ORIGIN[found.origin].to(language),
    ]


class TestSummary:
    def test_every_count_adds_up_to_the_total(self, month: Checked) -> None:
        for section in summary(Listing([month])):
            counts = section.counts[:-1] if section.title.en == "The marks" else section.counts
            assert sum(each.errors for each in counts) == month.report.errors == 7
            assert sum(each.warnings for each in counts) == month.report.warnings == 4

    def test_one_client_seven_rows(self) -> None:
        """Three of the seven rows have something to correct; the identifier is typed in two ways."""
        typed = ["1234-5678", "12345678"]
        rows = {
            4 + n: good_row(n) | {"client_validation_id": typed[n % 2], "client_birth_dt": "1978-05-20"}
            for n in range(7)
        }
        rows |= {row: rows[row] | {"postal_cd": "?"} for row in (5, 6, 10)}
        rows[20] = good_row(9) | {"client_validation_id": ""}
        section = by_client(Listing([in_memory(rows)]))
        assert [(words(each.name, "en"), words(each.about, "en"), each.errors) for each in section.counts] == [
            ("1234-5678", "7 rows", 3),
            ("no identifier", "1 row", 1),
        ]

    def test_a_client_is_one_in_all_files(self) -> None:
        both = [in_memory({4: good_row() | {"postal_cd": "?"}}, f"/month/{name}.xlsx") for name in ("jan", "feb")]
        (count,) = by_client(Listing(both)).counts
        assert isinstance(count.about, Text) and (count.about.en, count.errors) == ("2 rows", 2)

    def test_of_the_whole_sheet_is_counted_as_that(self) -> None:
        ids = [each for each in sheet_of({}).template.ids if each != "postal_cd"]
        sheet = sheet_of({4: {}}, ids=ids)
        listing = Listing([Checked(Path("/jan.xlsx"), sheet, check(sheet, TODAY))])
        assert any(line.found.cell is None for line in listing.lines)
        for section in (summary(listing).columns, summary(listing).clients):
            assert sum(each.total for each in section.counts) == len(listing.lines)

    def test_says_what_could_not_be_checked(self, month: Checked, tmp_path: Path) -> None:
        broken = Checked(month.file, month.sheet, Report((), ("IC999",)))
        listing = Listing([broken], {Path("feb.xlsx"): Text("feb.xlsx is damaged.", "feb.xlsx est endommagé.")})
        front = openpyxl.load_workbook(written(tmp_path / "list.xlsx", listing)).worksheets[0]
        said = [str(row[0].value) for row in front.iter_rows(max_row=4)]
        assert "The check is incomplete" in said[1] and said[2] == "feb.xlsx is damaged."


class TestCauses:
    ROWS = copied_down(2) | {5: copied_down(2)[5] | {"postal_cd": "?"}, 20: good_row(20) | {"postal_cd": "??"}}
    NAMES = (
        "CA15: Update Record ID 10387104 is on 2 rows (rows 4–5).",
        "CA15: Update Record ID 10387105 is on 2 rows (rows 6–7).",
    )

    @pytest.fixture
    def listing(self) -> Listing:
        return Listing([in_memory(self.ROWS)])

    def test_are_the_first_table_and_add_up_to_the_total(self, listing: Listing) -> None:
        section, *others = summary(listing)
        assert section.title.en == "Causes" and len(others) == 4
        fix = "Each would overwrite the same record: keep it on the row of that record only."
        assert [
            (words(each.name, "en"), words(each.about, "en"), each.errors, each.warnings) for each in section.counts
        ] == [(self.NAMES[0], fix, 0, 2), (self.NAMES[1], fix, 0, 2), ("No common cause", "", 2, 0)]

    def test_that_explain_nothing_are_counted_as_that(self) -> None:
        rows = {4 + n: good_row(n) | {"update_record_id": str(10387104 + n // 2)} for n in range(4)}
        rows = {row: cells | {"assessment_update_reason_id": "Correct error"} for row, cells in rows.items()}
        rows[5] |= {"postal_cd": "?"}
        counts = summary(Listing([in_memory(rows)])).causes.counts
        assert [(words(each.name, "en"), each.total) for each in counts] == [
            (self.NAMES[0], 0), (self.NAMES[1], 0), ("No common cause", 1),
        ]  # fmt: skip

    def test_of_a_sheet_without_any_take_no_room(self, month: Checked) -> None:
        listing = Listing([month])
        assert next(iter(summary(listing))).title.en == "The marks"
        assert "Cause" not in [head.name.en for head in listing.columns]

    def test_of_all_files_are_in_one_table(self) -> None:
        both = Listing([in_memory(copied_down(1), f"/month/{name}.xlsx") for name in ("jan", "feb")])
        (count,) = summary(both).causes.counts
        assert (words(count.name, "en"), count.total) == (self.NAMES[0], 4)

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_stand_above_the_seventh_row_and_beside_each_finding(
        self, listing: Listing, tmp_path: Path, language: Language
    ) -> None:
        out = written(tmp_path / "list.xlsx", listing, language)
        front, (head, *found) = by_calamine(out), by_calamine(out, sheet=1)
        names = [front[6][0], front[7][0]]
        assert names == [words(each.name, language) for each in summary(listing).causes.counts[:2]]
        assert head[6] == "Cause" and [row[6] for row in found] == [names[0], names[0], "", names[1], names[1], ""]

    def test_leave_the_chart_to_the_columns(self, listing: Listing, tmp_path: Path) -> None:
        front = openpyxl.load_workbook(written(tmp_path / "list.xlsx", listing)).worksheets[0]
        (chart,) = front._charts
        labels = [cell.value for (cell,) in front[chart.series[0].cat.strRef.f.replace("$", "").split("!")[1]]]
        assert labels == ["Update Record ID", "Postal Code where the service was received"]


def test_what_is_said_of_a_rule_is_true_of_all_its_findings() -> None:
    rows = {4 + n: good_row(n) | {"postal_cd": value} for n, value in enumerate(("?", "m1b5k1"))}
    (count,) = summary(Listing([in_memory(rows)])).rules.counts
    assert words(count.about, "en").startswith("“…” is not a postal code in the format A#A#A#.")
    assert words(count.about, "fr").startswith("«\u00a0…\u00a0» n’est pas un code postal")
    alike = {row: cells | {"postal_cd": "?"} for row, cells in rows.items()}
    (count,) = summary(Listing([in_memory(alike)])).rules.counts
    assert words(count.about, "en").startswith("“?” is not a postal code")


class TestWorkbook:
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_two_independent_readers_find_every_finding(
        self, month: Checked, tmp_path: Path, language: Language
    ) -> None:
        listing = Listing([month])
        out = written(tmp_path / "list.xlsx", listing, language)
        wanted = [expected(line.found, line.client, language) for line in listing.lines]
        with_values = openpyxl.load_workbook(out, data_only=True).worksheets[1]
        head, *rows = ([cell or "" for cell in row] for row in with_values.iter_rows(values_only=True))
        assert rows == wanted and len(wanted) == 11
        assert by_calamine(out, sheet=1) == [head, *wanted]
        assert (
            head[4]
            == {"en": "What is wrong, and what to do", "fr": "Ce qui ne va pas et ce qu’il faut faire"}[language]
        )

    def test_the_summary_on_the_sheet_is_the_summary(self, month: Checked, tmp_path: Path) -> None:
        listing = Listing([month])
        out = written(tmp_path / "list.xlsx", listing)
        rows = by_calamine(out)
        for section in summary(listing):
            start = [row[0] for row in rows].index(section.title.en) + 2
            found = rows[start : start + len(section.counts)]
            assert [tuple(row[2:5]) for row in found] == [
                (each.errors, each.warnings, each.total) for each in section.counts
            ]
            assert [row[0] for row in found] == [getattr(each.name, "en", each.name) for each in section.counts]

    def test_the_chart_shows_the_columns_of_the_summary(self, month: Checked, tmp_path: Path) -> None:
        front = openpyxl.load_workbook(written(tmp_path / "list.xlsx", Listing([month]))).worksheets[0]
        (chart,) = front._charts
        columns = summary(Listing([month])).columns.counts
        labels = [cell.value for (cell,) in front[chart.series[0].cat.strRef.f.replace("$", "").split("!")[1]]]
        assert labels == [each.about for each in columns]
        for series, wanted in zip(chart.series, ("errors", "warnings"), strict=True):
            cells = front[series.val.numRef.f.replace("$", "").split("!")[1]]
            assert [cell.value for (cell,) in cells] == [getattr(each, wanted) for each in columns]
            assert [point.v for point in series.val.numRef.numCache.pt] == [getattr(each, wanted) for each in columns]

    @pytest.mark.parametrize(("name", "sheet"), HOSTILE_NAMES)
    def test_every_link_leads_to_the_value_quoted(self, name: str, sheet: str, tmp_path: Path) -> None:
        """Also with blank rows between, and one that is hidden."""
        rows = {4 + 3 * n: row for n, row in enumerate(month_with_mistakes().values())}
        path = small_workbook(tmp_path / name, rows, sheet_name=sheet)
        book = openpyxl.load_workbook(path)
        book[sheet].row_dimensions[10].hidden = True
        book.save(path)
        page = findings_sheet(written(tmp_path / "list.xlsx", Listing([checked(path)])))
        cells = openpyxl.load_workbook(path)[sheet]
        assert page.max_row == 12
        for formula, _, label, value, *_ in page.iter_rows(min_row=2, values_only=True):
            file, named, cell = target_of(str(formula))
            assert (file, named) == (path, sheet)
            assert (cells[cell].value or "") == (value or "")
            assert cells.cell(3, cells[cell].column).value == label

    def test_values_stay_the_texts_they_are(self, tmp_path: Path) -> None:
        listing = with_values(HOSTILE)
        page = findings_sheet(written(tmp_path / "list.xlsx", listing))
        assert [row[3] for row in page.iter_rows(min_row=2, values_only=True)] == [
            line.found.value for line in listing.lines
        ]
        kinds = {cell.data_type for row in page.iter_rows(min_row=2, min_col=2) for cell in row if cell.value}
        assert kinds == {"s"}
        assert {value for row in page.iter_rows(values_only=True) for value in row} >= set(HOSTILE)

    def test_is_a_plain_table(self, month: Checked, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(written(tmp_path / "list.xlsx", Listing([month])))
        page = book.worksheets[1]
        assert page.auto_filter.ref == "A1:I12" and page.freeze_panes == "B2" and page.dimensions == "A1:I12"
        assert not any(sheet.merged_cells.ranges for sheet in book.worksheets)
        assert book.active is book.worksheets[0]
        assert {page["G2"].fill.patternType, page["G9"].fill.patternType} == {"lightGray", "lightUp"}

    def test_what_excel_has_no_row_for_goes_on_in_the_next_sheet(
        self, month: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workbook, "LAST_ROW", 5)
        book = openpyxl.load_workbook(written(tmp_path / "list.xlsx", Listing([month])), data_only=True)
        assert book.sheetnames == ["Summary", "Findings", "Findings 2", "Findings 3"]
        cells = [row[0] for page in book.worksheets[1:] for row in page.iter_rows(min_row=2, values_only=True)]
        assert cells == [line.found.cell for line in Listing([month]).lines]

    def test_of_several_files_says_which(self, month: Checked, tmp_path: Path) -> None:
        other = in_memory({4: good_row() | {"postal_cd": "?"}}, "/month/feb.xlsx")
        page = findings_sheet(written(tmp_path / "list.xlsx", Listing([month, other])))
        assert [page.cell(row, 2).value for row in (1, 2, 13)] == ["File", "jan.xlsx", "feb.xlsx"]

    def test_of_nothing_is_a_list_too(self, clean: Path, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(written(tmp_path / "list.xlsx", Listing([checked(clean)])))
        assert book.worksheets[1].max_row == 1
        assert "nothing to correct" in str(book.worksheets[0]["A2"].value)


@given(values=st.lists(TEXTS | st.sampled_from(CODED), min_size=1, max_size=8))
@settings(max_examples=some(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_back(values: list[str], tmp_path: Path) -> None:
    listing = with_values(values)
    out = written(tmp_path / "list.xlsx", listing)
    rows = by_calamine(out, sheet=1)[1:]
    assert [row[3] for row in rows] == [line.found.value for line in listing.lines]


class TestLinks:
    @pytest.mark.parametrize(
        ("path", "target"),
        [
            (PureWindowsPath(r"C:\Reports\January.xlsx"), r"[C:\Reports\January.xlsx]'S'!E7"),
            (PureWindowsPath(r"\\server\share\a#b.xlsx"), r"[\\server\share\a#b.xlsx]'S'!E7"),
            (PureWindowsPath(r"C:\a [1]\é #2.xlsx"), "file:///C:/a [1]/é %232.xlsx#'S'!E7"),
            (PureWindowsPath(r"\\server\share\[1].xlsx"), "file://server/share/[1].xlsx#'S'!E7"),
            (PurePosixPath("/month/50% a.xlsx"), "file:///month/50%25 a.xlsx#'S'!E7"),
            (PurePosixPath("Book1"), "[Book1]'S'!E7"),
        ],
    )
    def test_are_written_for_the_program_that_will_follow_them(
        self, path: PureWindowsPath | PurePosixPath, target: str
    ) -> None:
        assert evaluated(f"={link(path, 'S', 'E7')}") == target

    def test_of_long_paths_are_cut_into_pieces_that_excel_takes(self) -> None:
        formula = link(PureWindowsPath("C:\\" + "long folder\\" * 40 + '"x".xlsx'), 'a"b', "E7")
        assert max(map(len, re.findall(r'"((?:[^"]|"")*)"', formula))) <= 255
        assert evaluated(f"={formula}").endswith('\\"x".xlsx]\'a"b\'!E7')


class TestInLibreOffice:
    @pytest.mark.parametrize(("name", "sheet"), HOSTILE_NAMES)
    def test_links_are_followed_to_the_cell(self, office: Office, name: str, sheet: str, tmp_path: Path) -> None:
        path = small_workbook(tmp_path / name, {9: good_row() | {"postal_cd": "?"}}, sheet_name=sheet)
        with opened(office, written(tmp_path / "list.xlsx", Listing([checked(path)]))) as document:
            cell = document.Sheets.getByIndex(1).getCellRangeByName("A2")
            assert (cell.String, cell.getError()) == ("F9", 0)
            target = evaluated(re.sub(r';("[A-Z]+\d+"\))$', r",\1", cell.Formula))
        with opened(office, target) as document:
            selected = document.CurrentController.Selection.RangeAddress
            assert document.CurrentController.ActiveSheet.Name == sheet
            assert (selected.StartRow, selected.StartColumn) == (8, 5)

    def test_the_sheets_are_there_and_values_are_texts(self, office: Office, tmp_path: Path) -> None:
        listing = with_values(HOSTILE + CODED)
        with opened(office, written(tmp_path / "list.xlsx", listing, "fr")) as document:
            assert document.Sheets.ElementNames == ("Sommaire", "Constats")
            page = document.Sheets.getByName("Constats")
            assert page.DrawPage.Count == 0 and document.Sheets.getByName("Sommaire").Charts.Count == 1
            data = page.getCellRangeByPosition(3, 1, 3, len(listing.lines)).getDataArray()
            assert [value for (value,) in data] == [line.found.value for line in listing.lines]


class opened:  # noqa: N801 - used as a function is
    """A document open in LibreOffice; contextlib would hang a traceback on UNO’s exceptions, which take none."""

    def __init__(self, office: Office, path: Path | str) -> None:
        self.office, self.url = office, path.as_uri() if isinstance(path, Path) else path

    def __enter__(self) -> Any:
        hidden = LibreOfficeBackend(self.office.desktop).properties({"Hidden": False})
        self.document = self.office.desktop.loadComponentFromURL(self.url, "_blank", 0, hidden)
        return self.document

    def __exit__(self, *fault: object) -> None:
        self.document.close(True)


class TestCommand:
    def test_writes_the_list_beside_the_answer(self, run: Run, month: Checked, tmp_path: Path) -> None:
        before = month.file.read_bytes()
        result = run("check", month.file, "--today", "2026-02-03", "--lang", "fr", "--list", tmp_path / "new/list.xlsx")
        assert result.exit_code == 1
        assert result.output.splitlines()[-1] == f"11 constats listés\u00a0: {tmp_path / 'new/list.xlsx'}"
        assert openpyxl.load_workbook(tmp_path / "new/list.xlsx").sheetnames == ["Sommaire", "Constats"]
        assert month.file.read_bytes() == before

    @pytest.mark.parametrize("ending", ["xlsx", "html"])
    def test_replaces_an_older_list_and_leaves_nothing_else(
        self, run: Run, month: Checked, tmp_path: Path, ending: str
    ) -> None:
        out = tmp_path / "lists" / f"list.{ending}"
        for _ in range(2):
            run("check", month.file, "--list", out)
        assert [each.name for each in out.parent.iterdir()] == [out.name] and out.stat().st_size > 5000

    def test_of_a_folder_is_one_with_every_file(self, run: Run, month: Checked, tmp_path: Path) -> None:
        (tmp_path / "broken.xlsx").write_text("no workbook")
        small_workbook(tmp_path / "feb.xlsx", {4: good_row() | {"postal_cd": "?"}})
        result = run("check", tmp_path, "--today", "2026-02-03", "--lang", "en", "--list", tmp_path / "list/all.xlsx")
        assert result.exit_code == 2
        front, page = openpyxl.load_workbook(tmp_path / "list/all.xlsx").worksheets
        assert {row[1] for row in page.iter_rows(min_row=2, values_only=True)} == {"jan.xlsx", "feb.xlsx"}
        assert any("broken.xlsx" in str(row[0].value) for row in front.iter_rows(max_row=5))

    def test_with_another_ending_is_refused_before_anything_is_read(self, run: Run, tmp_path: Path) -> None:
        result = run("check", tmp_path / "none.xlsx", "--lang", "en", "--list", tmp_path / "list.csv")
        assert result.exit_code == 2 and not [*tmp_path.iterdir()]
        assert result.stderr.strip() == OutputNotList(path=tmp_path / "list.csv").text.en

    @pytest.mark.parametrize("name", ["jan.xlsx", "broken.xlsx"])
    def test_never_over_a_workbook_that_was_to_be_checked(
        self, run: Run, month: Checked, tmp_path: Path, name: str
    ) -> None:
        (tmp_path / "broken.xlsx").write_text("no workbook")
        before = (tmp_path / name).read_bytes()
        result = run("check", month.file, tmp_path / "broken.xlsx", "--lang", "en", "--list", tmp_path / name)
        assert result.exit_code == 2 and OutputIsInput(path=tmp_path / name).text.en in result.stderr
        assert (tmp_path / name).read_bytes() == before

    def test_never_over_the_marked_copy(self, run: Run, month: Checked, tmp_path: Path) -> None:
        out = tmp_path / "out.xlsx"
        result = run("check", month.file, "--marked", out, "--list", out)
        assert result.exit_code == 2 and "two names" in result.stderr and not out.exists()

    def test_is_whole_or_not_at_all(self, month: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> Iterator[list[str]]:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(workbook, "_findings", full)
        with pytest.raises(CannotWrite):
            write_list(tmp_path / "lists/list.xlsx", Listing([month]), "en")
        assert not [*(tmp_path / "lists").iterdir()]
