"""Every rule carries its examples; here they are run, each against its own rule and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from icare_xl.check.engine import check, check_folder, recheck
from icare_xl.check.rules import RULES, CellRule, FolderRule, RowRule, Rule
from icare_xl.icare import library
from icare_xl.icare.example import good_row, template
from icare_xl.model.finding import Finding
from icare_xl.model.sheet import FIRST_ROW, LostIds, Sheet
from icare_xl.model.template import Field, Kind, Status, Template
from tests.support.sheets import TODAY, as_cell, sheet_of

BIRTH = "client_birth_dt"


def _field(kind: Kind, id_: str, status: Status = "own") -> Field:
    allowed = library.list_of_values("yes_no") if kind in ("list", "yes-no") else None
    return Field(id_, "The field", kind, allowed=allowed, status=status)


def sheets_of(rule: Rule, example: Any) -> Iterator[Sheet]:
    """The sheet, or for a cell rule the sheet per kind of field, that an example describes."""
    if isinstance(rule, CellRule):
        for kind in rule.kinds or ("text",):
            ids = (BIRTH, "service_start_dt") if kind == "date" else ("example",)
            status: Status = "transcribed" if "transcribed" in rule.name else "own"
            fields = (*(_field(kind, id_, status) for id_ in ids), _field("text", "beside_it"))
            of = Template(None, None, None, None, fields, "workbook")
            yield sheet_of({4: dict.fromkeys(ids, example) | {"beside_it": "x"}}, of=of)
    elif isinstance(rule, RowRule):
        yield sheet_of({4: example}, of=next(each for each in library.built_in() if set(example) <= set(each.ids)))
    elif isinstance(rule, FolderRule):
        for service, rows in example.items():
            yield sheet_of(rows, of=library.of_service(service))
    elif "expected" in example:
        fields = tuple(_field("text", id_) for id_ in example["expected"])
        of = Template(None, None, None, None, fields, "workbook")
        yield sheet_of({}, of=of, ids=example["found"], announced=example.get("announced"))
    else:
        rows = {row: good_row() | given for row, given in example["rows"].items()}
        about = {name: example[name] for name in ("edition", "source") if name in example}
        lost = LostIds(example["row 2"], "labels", 3) if "row 2" in example else None
        beside, merged = example.get("beside", ""), example.get("merged", ())
        first_row = example.get("first row", FIRST_ROW)
        of = replace(template(), **about)
        yield sheet_of(rows, of=of, beside=beside, merged=merged, lost=lost, first_row=first_row)


def found_in(rule: Rule, example: Any) -> list[Finding]:
    named = example.get("month") if isinstance(example, dict) else None
    when = replace(TODAY, month=date.fromisoformat(f"{named}-01") if named else None)
    sheets = list(sheets_of(rule, example))
    if isinstance(rule, FolderRule):
        reports = check_folder(sheets, when, rules=[rule, *RULES] if "doubtful" in rule.name else [rule])
        reports = [replace(each, findings=tuple(f for f in each.findings if f.rule == rule.code)) for each in reports]
    else:
        reports = [check(sheet, when, rules=[rule]) for sheet in sheets]
    assert not any(report.could_not_run for report in reports)
    return [finding for report in reports for finding in report.findings]


GOOD = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.good)
]
BAD = [
    pytest.param(rule, example, id=f"{rule.code}-{number}") for rule in RULES for number, example in enumerate(rule.bad)
]


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_good_example_is_left_alone(rule: Rule, example: Any) -> None:
    assert found_in(rule, example) == []


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_bad_example_is_found(rule: Rule, example: Any) -> None:
    findings = found_in(rule, example)
    assert findings
    for finding in findings:
        assert "{" not in finding.message.en + finding.message.fr
        assert (finding.severity, finding.origin) == (rule.severity, rule.origin)
    if isinstance(rule, CellRule):
        assert {finding.value for finding in findings} == {as_cell(example).text}
    if isinstance(rule.bad, Mapping):
        assert {finding.suggestion for finding in findings} == {rule.bad[example]}


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if not isinstance(rule, FolderRule)], ids=lambda rule: rule.code
)
def test_a_row_of_an_example_checked_again_gives_what_the_whole_sheet_gives(rule: Rule) -> None:
    for sheet in (sheet for example in [*rule.good, *rule.bad] for sheet in sheets_of(rule, example)):
        report = check(sheet, TODAY)
        assert all(recheck(sheet, report, {row}, TODAY) == report for row in sheet.rows.tolist())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_examples_of_both_sorts(rule: Rule) -> None:
    assert rule.good and rule.bad


def test_house_rules_never_block() -> None:
    assert {rule.severity for rule in RULES if rule.origin == "house"} == {"warning"}
