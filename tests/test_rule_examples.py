"""Every rule carries its examples; here they are run, each against its own rule and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from icare_xl import library
from icare_xl.check import check
from icare_xl.demo import good_row
from icare_xl.model import Field, Finding, Kind, Template
from icare_xl.rules import RULES, Rule
from icare_xl.sheet import Sheet
from tests.sheets import TODAY, as_cell, sheet_of

BIRTH = "client_birth_dt"


def _field(kind: Kind, id_: str) -> Field:
    allowed = library.list_of_values("yes_no") if kind in ("list", "yes-no") else None
    return Field(id_, "The field", kind, allowed=allowed)


def _sheets(rule: Rule, example: Any) -> Iterator[Sheet]:
    """The sheet, or for a cell rule the sheet per kind of field, that an example describes."""
    if rule.about == "cells":
        for kind in rule.kinds or ("text",):
            ids = (BIRTH, "service_start_dt") if kind == "date" else ("example",)
            fields = (*(_field(kind, id_) for id_ in ids), _field("text", "beside_it"))
            template = Template(None, None, None, None, fields, "built-in")
            yield sheet_of({4: dict.fromkeys(ids, example) | {"beside_it": "x"}}, of=template)
    elif rule.about == "rows":
        yield sheet_of({4: example})
    elif "expected" in example:
        fields = tuple(_field("text", id_) for id_ in example["expected"])
        template = Template(None, None, None, None, fields, "built-in")
        yield sheet_of({}, of=template, ids=example["found"], announced=example.get("announced"))
    else:
        rows = {row: good_row() | given for row, given in example["rows"].items()}
        yield sheet_of(rows, beside=example.get("beside", ""))


def _found(rule: Rule, example: Any) -> list[Finding]:
    reports = [check(sheet, TODAY, rules=[rule]) for sheet in _sheets(rule, example)]
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
    assert _found(rule, example) == []


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_bad_example_is_found(rule: Rule, example: Any) -> None:
    findings = _found(rule, example)
    assert findings
    for finding in findings:
        assert "{" not in finding.message.en + finding.message.fr
        assert (finding.severity, finding.origin) == (rule.severity, rule.origin)
    if rule.about == "cells":
        assert {finding.value for finding in findings} == {as_cell(example).text}
    if isinstance(rule.bad, Mapping):
        assert {finding.suggestion for finding in findings} == {rule.bad[example]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_examples_of_both_sorts(rule: Rule) -> None:
    assert rule.good and rule.bad


def test_house_rules_never_block() -> None:
    assert {rule.severity for rule in RULES if rule.origin == "house"} == {"warning"}
