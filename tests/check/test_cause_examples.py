"""Every cause carries its examples; here they are run: each is found in exactly its rows, and left alone where it is not there."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from icare_xl.check.causes import CAUSES, Cause
from icare_xl.check.engine import check, check_folder
from icare_xl.icare import library
from icare_xl.icare.example import good_row
from icare_xl.model.finding import Diagnosis
from icare_xl.model.sheet import LostIds, Sheet
from tests.check.test_services import blank
from tests.support.services import good
from tests.support.sheets import TODAY, sheet_of


def sheet_from(example: Any) -> Sheet:
    """The sheet of an example: its rows laid over good ones of invented clients."""
    service = example.get("service", "information_orientation")
    of_a_client = good_row if service == "information_orientation" else partial(good, service)
    rows = {row: of_a_client(row) | given for row, given in example["rows"].items()}
    for row, given in example["rows"].items():
        if "same_as" in given:
            rows[row] = rows[given["same_as"]]
    lost = LostIds(example["row 2"], "labels", 3) if "row 2" in example else None
    return sheet_of(rows | example.get("bare", {}), of=blank(service), merged=example.get("merged", ()), lost=lost)


def found_in(cause: Cause, example: Any) -> list[Diagnosis]:
    sheets = [sheet_from(example), *map(sheet_from, example.get("others", ()))]
    report = check_folder(sheets, TODAY)[0] if len(sheets) > 1 else check(sheets[0], TODAY)
    assert report.could_not_explain == () == report.could_not_run
    return [each for each in report.diagnoses if each.code == cause.code]


GOOD = [
    pytest.param(each, example, id=f"{each.code}-{number}")
    for each in CAUSES
    for number, example in enumerate(each.good)
]
BAD = [
    pytest.param(each, example, id=f"{each.code}-{number}")
    for each in CAUSES
    for number, example in enumerate(each.bad)
]


@pytest.mark.parametrize(("cause", "example"), GOOD)
def test_a_good_example_is_left_alone(cause: Cause, example: Any) -> None:
    assert found_in(cause, example) == []


@pytest.mark.parametrize(("cause", "example"), BAD)
def test_a_bad_example_is_named_in_exactly_its_rows(cause: Cause, example: Any) -> None:
    found = found_in(cause, example)
    assert [list(each.rows) for each in found] == [example["about"]]
    for text in (found[0].says, found[0].fix):
        assert "{" not in text.en + text.fr


@pytest.mark.parametrize(("cause", "example"), BAD)
def test_a_cure_ends_what_it_cures(cause: Cause, example: Any) -> None:
    for found in found_in(cause, example):
        if found.cure:
            report = check(sheet_from(example).changed(found.cure), TODAY)
            assert cause.code not in [each.code for each in report.diagnoses]
            assert not [each for each in report.findings if each.place in found.cure]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.code)
def test_a_cause_has_examples_of_both_sorts(cause: Cause) -> None:
    assert cause.good and cause.bad


@pytest.mark.parametrize("service", library.services())
def test_good_sheets_have_no_cause(service: str) -> None:
    for full in (False, True):
        sheet = sheet_of({4 + number: good(service, number, full=full) for number in range(60)}, of=blank(service))
        assert check(sheet, TODAY).diagnoses == ()
