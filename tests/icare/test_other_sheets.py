"""What people keep beside an upload sheet is never taken for one: lists of options, data dictionaries, cover sheets."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from icare_xl.check.engine import check
from icare_xl.icare import library, recognise
from icare_xl.icare.errors import NoIcareSheet, SeveralIcareSheets
from icare_xl.model.template import Template
from tests.icare.test_lost_ids import TITLE, Rows, book_of, deleted, grid_of, whole
from tests.support.services import SERVICES, good
from tests.support.sheets import TODAY, MemoryBook, lov_of


def dictionary(of: Template) -> Rows:
    """A field a row, from row 2 on."""
    fields = [[each.id, each.label, each.kind, "yes" if each.required else ""] for each in of.fields]
    return [["Field", "Label", "Type", "Mandatory"], *fields]


def dictionary_without_head(of: Template) -> Rows:
    return [TITLE, *dictionary(of)[1:]]


def cover(of: Template) -> Rows:
    return [
        ["iCARE upload - January"],
        ["Agency", "Month", "Sent by"],
        [of.title or "", "2026-01", "Ana"],
        ["", "", "Ben"],
    ]


def counts(of: Template) -> Rows:
    """Another table under iCARE's name."""
    months = [f"2026-{month:02}" for month in range(1, 13)]
    return [["iCARE statistics"], ["Service", *months], [of.title or "", *(str(10 * n) for n in range(12))]]


def lists_of(of: Template) -> Rows:
    return [
        [*row]
        for row in zip_longest(*(each.allowed.values if each.allowed else () for each in of.fields), fillvalue="")
    ]


def options(of: Template) -> Rows:
    return [TITLE, list(of.ids), [each.label for each in of.fields], *lists_of(of)]


def options_under_ids(of: Template) -> Rows:
    return [TITLE, list(of.ids), *lists_of(of)]


def options_under_ids_in_row_1(of: Template) -> Rows:
    return [list(of.ids), *lists_of(of)]


def options_under_labels(of: Template) -> Rows:
    return [["Options"], [each.label for each in of.fields], *lists_of(of)]


def options_alone(of: Template) -> Rows:
    """Of the fields that have a list, the first values."""
    fields = [each for each in of.fields if each.allowed]
    values = zip_longest(*(each.allowed.values[:7] for each in fields if each.allowed), fillvalue="")
    return [["Options"], [each.id for each in fields], [each.label for each in fields], *map(list, values)]


OTHERS = (
    dictionary, dictionary_without_head, cover, counts,
    options, options_under_ids, options_under_ids_in_row_1, options_under_labels, options_alone,
)  # fmt: skip
EVERY_OTHER = pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.__name__)
WITH_OR_WITHOUT = pytest.mark.parametrize("lists", [True, False], ids=["lists", "no lists"])


@WITH_OR_WITHOUT
@EVERY_OTHER
@pytest.mark.parametrize("service", SERVICES)
class TestSheet:
    def test_alone_is_none(self, service: str, other, lists: bool) -> None:  # type: ignore[no-untyped-def]
        of = library.of_service(service)
        with pytest.raises(NoIcareSheet):
            recognise.upload_sheet(book_of(other(of), of, lists=lists))

    def test_beside_one_is_left_alone(self, service: str, other, lists: bool) -> None:  # type: ignore[no-untyped-def]
        of = library.of_service(service)
        for rows in (whole(of), whole(of, {}), deleted(whole(of, {}, {}))):
            book = book_of(other(of), of, lists=lists, January=rows)
            assert recognise.upload_sheet(book).name == "January"
            book.front = "Sheet1"
            assert recognise.upload_sheet(book).name == "January"
            with pytest.raises(NoIcareSheet):
                recognise.upload_sheet(book, "Sheet1")

    def test_beside_several_is_not_named(self, service: str, other, lists: bool) -> None:  # type: ignore[no-untyped-def]
        of = library.of_service(service)
        book = book_of(other(of), of, lists=lists, January=whole(of, {}), February=whole(of))
        with pytest.raises(SeveralIcareSheets, match="“January”, “February”"):
            recognise.upload_sheet(book)


@WITH_OR_WITHOUT
@pytest.mark.parametrize("full", [True, False], ids=["full", "plain"])
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("service", SERVICES)
def test_few_clients_are_no_list_of_options(service: str, count: int, full: bool, lists: bool) -> None:
    of = library.of_service(service)
    rows = whole(of)
    for number in range(count):
        row = good(service, number, full=full)
        rows.append([str(row.get(id_, "")) for id_ in of.ids])
    for each in (rows, deleted(rows)):
        sheet = recognise.upload_sheet(book_of(each, of, lists=lists))
        assert len(sheet.rows) == count


@pytest.mark.parametrize("service", SERVICES)
def test_few_clients_without_identity_are_no_list_of_options(service: str) -> None:
    """Also where somebody has only begun: an answer or two, the same for all or not."""
    of = library.of_service(service)
    chosen = [(column, each.allowed.values) for column, each in enumerate(of.fields) if each.allowed]
    for count in (1, 2):
        for columns in (chosen[:1], chosen[-1:], chosen):
            rows = whole(of)
            for _ in range(count):
                rows.append([{at: values[0] for at, values in columns}.get(at, "") for at in range(len(of.ids))])
            assert len(recognise.upload_sheet(book_of(rows, of, lists=True)).rows) == count


def test_a_list_of_options_of_its_own_edition_is_known_by_the_lists_of_the_workbook() -> None:
    of = library.of_service("nars")
    words = {value: f"Choix {number}" for number, value in enumerate({v for row in lists_of(of) for v in row if v})}
    french = [[words.get(text, text) for text in row] for row in options(of)[3:]]
    lov = dict(lov_of("nars"))
    grid = grid_of([*options(of)[:3], *french])
    lov["LOV"] = grid_of([["x", str(len(of.ids))], ["Mandatory=true;"] * len(of.ids), *french])
    book = MemoryBook({"Choix": grid, "Janvier": grid_of(whole(of)), **lov})
    assert recognise.upload_sheet(book).name == "Janvier"


def test_a_blank_sheet_gives_nothing_beside_them() -> None:
    of = library.of_service("information_orientation")
    book = book_of(options(of), of, lists=True, January=whole(of), Fields=dictionary(of), Cover=cover(of))
    sheet = recognise.upload_sheet(book)
    assert sheet.name == "January" and check(sheet, TODAY).findings == ()
