"""One complaint about one cell is one finding: whatever stands there, no two rules say the same of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icare_xl.check.engine import check
from icare_xl.icare import library
from icare_xl.icare.blank_workbook import Value
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE
from icare_xl.model.finding import Finding
from icare_xl.model.template import Field, Kind, Template
from tests.support import some
from tests.support.sheets import TODAY, sheet_of

ODD: list[Value] = [
    " ", "\u00a0", "\u200b", "?", "-", "n/a", "N/A", "unknown", "xxxxxxxxx", "One", "x" * 300, "Yes", "yes", " Yes", "Yes 2", "Yes3",
    "Oui", "0", "1", "4", "692", "1234567", "12345678", "123456789", "1234567890", "T123456789", "12-3456-7890",
    " 1234 5678", "１２３４５６７８", "—", "1978-0520", "CAN000123456789", "1978-05-20", "1978/5/20", "1978‑05‑20", "２０１８-06-05",
    "20/05/1978", "03/04/2025",
    "20/05/78", "May 20, 1978", "2018-05-20 00:00:00", "43256", "1990-13-01", "2023-02-30", "2099-01-01", " 2099-01-01", " 2008-06-05",
    "2099/1/1", "1878-05-20", "M1B5K1", "M1B 5K1", "m1b5k1 ", "D1B5K1", "w1b 5o1", "M1B 5KI", "416-555-0123", "(416) 555-0123",
    "265-118-1203", "265 118 1203 ", "+44 20 7946 0958", "416-555-0123 x5", "ana.novak@example.com",
    " ana@example", "12.5", "-3", "60%", "1 000", True, 1, 12, 4165550123, 12345678, 1234567, 43256, -1, 1e20, 0.25,
    date(1978, 5, 20), date(2099, 1, 1), Cell("#N/A", Holds.ERROR), Cell("Yes", formula=True), Cell("x", formula=True),
]  # fmt: skip
# Two rules about one cell that say different things, by what they are about.
DIFFERENT: dict[tuple[str, ...], str] = {
    ("IC101", "IC120"): "a date in another form, and no client's date of birth",
    ("IC101", "IC121"): "a date in another form, and in the future",
    ("IC101", "IC123"): "a date in another form, and before iCARE",
    ("IC106", "IC120"): "stored as a date, and no client's date of birth",
    ("IC106", "IC121"): "stored as a date, and in the future",
    ("IC106", "IC123"): "stored as a date, and before iCARE",
    ("IC109", "IC120"): "blanks around a date, and no client's",
    ("IC109", "IC121"): "blanks around a date, and in the future",
    ("IC109", "IC123"): "blanks around a date, and before iCARE",
    ("IC105", "IC130"): "stored as a number, and with too few digits",
    ("IC105", "IC132"): "stored as a number, and of another type",
    ("IC105", "IC133"): "stored as a number, and of no known form",
    ("IC109", "IC130"): "blanks around it, and no client ID",
    ("IC109", "IC133"): "blanks around it, and of no known form",
    ("IC110", "IC111"): "written otherwise, and with a letter that no code has",
    ("IC110", "IC227"): "written otherwise, and of another province",
    ("IC131", "IC132"): "separators in it, and of another type",
    ("IC109", "IC113"): "blanks around it, and no address",
    **{tuple(sorted(("IC108", f"IC{code}"))): "a formula, and what it gives"
       for code in (101, 103, 104, 110, 112, 113, 114, 116, 120, 121, 123, 130, 131, 132, 133)},
}  # fmt: skip
KINDS: list[tuple[str, Kind, str | None]] = [
    (BIRTH_DATE, "date", None), ("service_start_dt", "date", None), ("postal_cd", "postal", None), ("phone_no", "phone", None),
    ("email_txt", "email", None), ("hours_no", "number", None), (IDENTIFIER, "identifier", None), ("note", "text", None),
    ("answer_ind", "yes-no", "yes_no"), ("language_id", "list", "language"), ("hours_no_id", "list", "hours"),
    ("status_id", "list", "service_status"),
]  # fmt: skip
TYPES = ["", "FOSS/GCMS Client ID", "foss/gcms client id 3", "IMM5292, IMM5509, IMM1000 Number", "Passport"]


def findings(value: Value, type_: str, required: bool = False) -> Iterator[Finding]:
    """What is found where this value stands in a field of every kind."""
    fields = [
        Field(id_, f"The {id_}", kind, required, library.list_of_values(list_) if list_ else None)
        for id_, kind, list_ in KINDS
    ]
    fields += [replace(fields[-1], id="other_id", status="transcribed")]
    fields += [
        Field(IDENTIFIER_TYPE, "Type", "list", allowed=library.list_of_values("identifier_type")),
        Field("province_id", "Province", "list", allowed=library.list_of_values("province")),
    ]
    row = {each.id: value for each in fields} | {IDENTIFIER_TYPE: type_, "province_id": "Alberta"}
    report = check(sheet_of({4: row}, of=Template(None, None, None, None, tuple(fields), "workbook")), TODAY)
    assert not report.could_not_run
    yield from (each for each in report.findings if each.row)


@pytest.mark.parametrize("required", [False, True])
@pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value)[:40])
def test_no_two_rules_say_the_same_of_one_cell(value: Value, required: bool) -> None:
    for type_ in TYPES:
        of_cell: dict[str | None, list[str]] = {}
        for each in findings(value, type_, required):
            of_cell.setdefault(each.cell, []).append(each.rule)
        for cell, codes in of_cell.items():
            twice = [pair for pair in combinations(sorted(codes), 2) if pair not in DIFFERENT]
            assert not twice, (type_, cell, twice)


def test_every_pair_of_the_list_is_met() -> None:
    met = set()
    for value in ODD:
        for type_ in TYPES:
            of_cell: dict[str | None, list[str]] = {}
            for each in findings(value, type_):
                of_cell.setdefault(each.cell, []).append(each.rule)
            met |= {pair for codes in of_cell.values() for pair in combinations(sorted(codes), 2)}
    assert {pair for pair in DIFFERENT if "IC108" not in pair} <= met


@given(value=st.one_of(st.text(max_size=80), st.from_regex(r"[\d\-/. ‑A-Za-z]{0,14}", fullmatch=True), st.integers(-9, 10**10)),
       type_=st.sampled_from(TYPES))  # fmt: skip
@settings(max_examples=some(60), deadline=None)
def test_whatever_is_typed_is_told_in_whole_sentences(value: Value, type_: str) -> None:
    for each in findings(value, type_):
        for text in (each.message.en, each.message.fr):
            bare = text.replace(each.value, "")
            assert len(text) < 500 and not re.search(r"\{(why|what|but|zero|when)\}", bare)
