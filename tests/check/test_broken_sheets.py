"""Sheets broken at random as people break them: the cause is named first, with exactly its rows, and no other is invented."""

from __future__ import annotations

from math import ceil

import pytest

from tests.support import some, thorough
from tests.support.breaking import BREAKERS, Case, Score, alone, clean, single_faults, together
from tests.support.services import SERVICES


def played(cases: int) -> int:
    """So many sheets, or a twentieth of them where tests are to be quick."""
    return cases if thorough else ceil(some(cases) / 2)


ALONE = played(ceil(1400 / len(BREAKERS)))  # of each cause
TOGETHER, UNBROKEN = played(600), played(500)


def test_a_cause_alone_is_named_first_with_exactly_its_rows() -> None:
    score = Score.of(alone(code, number) for code in sorted(BREAKERS) for number in range(ALONE))
    print(f"\n{score}")
    assert len(score.missed) <= ceil(0.03 * score.sheets.total()), "\n".join(["", *score.missed])


def test_causes_together_are_all_named_with_exactly_their_rows() -> None:
    score = Score.of(together(number) for number in range(TOGETHER))
    print(f"\n{score}")
    assert len(score.missed) <= ceil(0.1 * score.sheets.total()), "\n".join(["", *score.missed])


def test_no_cause_is_invented() -> None:
    """Nothing is found in faultless sheets, and of single faults no cause is made."""
    invented = []
    for number in range(UNBROKEN):
        faultless, faulty = clean(number), single_faults(number)
        assert [(each.cell, each.rule, each.value) for each in faultless.report.findings] == [], faultless.seed
        invented += [
            f"{case.seed!r} {each.code} {each.says.en}"
            for case in (faultless, faulty)
            for each in case.report.diagnoses
        ]
    assert len(invented) <= 2 * UNBROKEN / 500, "\n".join(["", *invented])


def same(one: Case, other: Case) -> bool:
    return one.page.rows == other.page.rows and [*map(one.rows, one.puts)] == [*map(other.rows, other.puts)]


@pytest.mark.parametrize("code", sorted(BREAKERS))
def test_a_seed_makes_the_same_sheet_again_and_what_was_put_in_is_there(code: str) -> None:
    case = alone(code, 0)
    assert same(case, alone(code, 0)) and case.page.service in SERVICES
    (put,) = case.puts
    assert put.code == code and (put.whole or (case.rows(put) and put.cells))
    assert {id(row) for row in put.lines} <= {row for row, _ in put.cells}
