"""Row 2 without its hidden ids, in every way that people lose it: one sentence, and the cells checked where labels tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from icare_xl.check.engine import check
from icare_xl.icare import library, recognise
from icare_xl.model.addresses import a1
from icare_xl.model.cells import Cell
from icare_xl.model.finding import Report
from icare_xl.model.grid import Grid
from icare_xl.model.sheet import LostIds, Sheet
from icare_xl.model.template import Template
from tests import support
from tests.support.services import SERVICES, good
from tests.support.sheets import TODAY, MemoryBook, as_cell, lov_of

Rows = list[list[str]]  # of a sheet, from row 1 on
Lose = Callable[[Rows], Rows]
TITLE = ["iCARE - Immigration Contribution Agreement Reporting Environment"]


def whole(of: Template, *slips: dict[str, str]) -> Rows:
    """Title, ids, labels, and a good row for each slip."""
    rows = [good(of.service or "", number) | slip for number, slip in enumerate(slips, 1)]
    data = [[as_cell(row.get(id_, "")).text for id_ in of.ids] for row in rows]
    return [TITLE, list(of.ids), [field.label for field in of.fields], *data]


def deleted(rows: Rows) -> Rows:
    return [rows[0], *rows[2:]]


def emptied(rows: Rows) -> Rows:
    return [rows[0], [], *rows[2:]]


def labelled(rows: Rows) -> Rows:
    return [rows[0], rows[2], *rows[2:]]


def junk(rows: Rows) -> Rows:
    return [rows[0], ["AA", "BB"], *rows[2:]]


def data_row(rows: Rows) -> Rows:
    return [rows[0], rows[3], *rows[2:]]


def no_title(rows: Rows) -> Rows:
    return rows[1:]


def row_above(rows: Rows) -> Rows:
    return [[], *rows]


def title_twice(rows: Rows) -> Rows:
    return [rows[0], *emptied(rows)]


LOSSES = [
    (deleted, LostIds("deleted", "labels", 2)),
    (emptied, LostIds("empty", "labels", 3)),
    (labelled, LostIds("labels", "labels", 3)),
    (junk, LostIds("others", "labels", 3)),
    (data_row, LostIds("others", "labels", 3)),
    (no_title, LostIds("elsewhere", "ids", 1)),
    (row_above, LostIds("elsewhere", "ids", 3)),
    (title_twice, LostIds("others", "labels", 4)),
]
EVERY_LOSS = pytest.mark.parametrize(("lose", "lost"), LOSSES, ids=[lose.__name__ for lose, _ in LOSSES])
WITH_OR_WITHOUT = pytest.mark.parametrize("lists", [True, False], ids=["lists", "no lists"])


def grid_of(rows: Rows) -> Grid:
    return Grid.of(
        (row, column, Cell(text)) for row, line in enumerate(rows, 1) for column, text in enumerate(line) if text
    )


def book_of(rows: Rows, of: Template, *, lists: bool, **more: Rows) -> MemoryBook:
    sheets = {"Sheet1": rows, **more}
    return MemoryBook(
        {**{name: grid_of(each) for name, each in sheets.items()}, **(lov_of(of.service or "") if lists else {})}
    )


def checked(rows: Rows, of: Template, *, lists: bool) -> tuple[Sheet, Report]:
    sheet = recognise.upload_sheet(book_of(rows, of, lists=lists))
    report = check(sheet, TODAY)
    assert report.could_not_run == ()
    return sheet, report


@WITH_OR_WITHOUT
@EVERY_LOSS
@pytest.mark.parametrize("service", SERVICES)
def test_gives_one_sentence_about_the_sheet_and_the_cells_are_still_checked(
    service: str, lose: Lose, lost: LostIds, lists: bool
) -> None:
    of = library.of_service(service)
    date = next(field.id for field in of.fields if field.kind == "date" and field.required)
    rows = whole(of, {}, {date: "2026-13-01"}, {})
    sheet, report = checked(lose(rows), of, lists=lists)
    assert sheet.layout.lost == lost
    first = len(lose(rows)) - 2  # the last three rows are the data
    assert sheet.first_row == first and sheet.rows.tolist() == [first, first + 1, first + 2]
    assert sheet.template.service == service and sheet.template.source == ("workbook" if lists else "built-in")
    assert [(each.cell, each.rule) for each in report.findings] == [
        (None, "IC016"), (a1(first + 1, of.ids.index(date)), "IC101"),
    ]  # fmt: skip
    told = report.findings[0].message
    assert "checked by" in told.en and "vérifiées d’après" in told.fr
    assert "Delete" not in told.en and "Supprimez" not in told.fr


@WITH_OR_WITHOUT
@EVERY_LOSS
def test_gives_no_finding_but_its_own_on_a_blank_sheet(lose: Lose, lost: LostIds, lists: bool) -> None:
    of = library.of_service("nars")
    if lose is data_row:
        return
    sheet, report = checked(lose(whole(of)), of, lists=lists)
    assert (sheet.layout.lost, [each.rule for each in report.findings]) == (lost, ["IC016"])


def in_french(rows: Rows) -> Rows:
    """Labels that no built-in template has."""
    labels = [f"Libellé {number} (AAAA-MM-JJ)" for number in range(len(rows[2]))]
    return [rows[0], rows[1], labels, *rows[3:]]


@pytest.mark.parametrize("lose", [deleted, emptied, labelled, junk, data_row, title_twice])
@pytest.mark.parametrize("rows", [0, 3])
@pytest.mark.parametrize("service", SERVICES)
def test_under_labels_that_are_not_ours_gives_the_one_sentence(service: str, rows: int, lose: Lose) -> None:
    of = library.of_service(service)
    if lose is data_row and not rows:
        return
    lists = lov_of(service, ("xyz", str(len(of.ids)), "1400", "fr-CA"))
    sheet = recognise.upload_sheet(MemoryBook({"Janvier": grid_of(lose(in_french(whole(of, *[{}] * rows)))), **lists}))
    report = check(sheet, TODAY)
    assert report.could_not_run == () and not sheet.rows.size
    (finding,) = report.findings
    assert finding.rule == "IC016" and "could not be checked" in finding.message.en
    assert sheet.layout.lost and sheet.layout.lost.row == len(lose(in_french(whole(of, *[{}] * rows)))) - rows


def test_under_labels_that_are_not_ours_is_known_by_the_title_too() -> None:
    of = library.of_service("nars")
    sheet, report = checked(deleted(in_french(whole(of, {}, {}))), of, lists=False)
    assert [each.rule for each in report.findings] == ["IC016"] and sheet.layout.unknown
    assert report.findings[0].message.en.endswith("Move the rows into a copy of the original template.")


@pytest.mark.parametrize("service", SERVICES)
def test_and_a_column_no_cell_is_checked_as_another_field(service: str) -> None:
    """Labels repeat: where one of several alike is gone, none of them is told for certain."""
    of = library.of_service(service)
    for at in places(of):
        rows = [[text for column, text in enumerate(row) if column != at] for row in whole(of, {}, {})]
        sheet, report = checked(emptied(rows), of, lists=False)
        kept = [id_ for column, id_ in enumerate(of.ids) if column != at]
        assert not sheet.layout.unknown
        assert all(kept[column] == id_ for id_, column in sheet.layout.columns.items())
        assert [each.rule for each in report.findings if not each.place] == ["IC016"]
        assert report.findings[0].message.en.endswith("Move the rows into a copy of the original template.")


@pytest.mark.parametrize("service", SERVICES)
def test_and_a_label_the_column_is_told_by_its_neighbours(service: str) -> None:
    of = library.of_service(service)
    for at in places(of):
        rows = whole(of, {}, {})
        rows[2][at] = "renamed"
        sheet, report = checked(emptied(rows), of, lists=True)
        assert {id_: column for column, id_ in enumerate(of.ids)} == sheet.layout.columns
        assert [each.rule for each in report.findings] == ["IC016"]


def places(of: Template) -> Iterable[int]:
    return range(0, len(of.ids), 1 if support.thorough else 9)


def test_labels_are_compared_without_accents_blanks_and_case() -> None:
    of = library.of_service("employment")
    rows = whole(of, {})
    rows[2] = [f" {label.upper()} " for label in rows[2]]
    sheet, report = checked(deleted(rows), of, lists=False)
    assert sheet.template.service == "employment" and [each.rule for each in report.findings] == ["IC016"]
