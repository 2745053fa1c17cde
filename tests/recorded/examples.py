"""What the rules find in their own good and bad examples: a line for each finding, with what is proposed for the cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from icare_xl.check.engine import check
from icare_xl.check.rules import RULES, Rule
from icare_xl.check.rules.rule import CellRule, FolderRule, RowRule, SheetRule
from icare_xl.model.finding import Finding
from tests.check.test_rule_examples import found_in, sheets_of
from tests.support.sheets import TODAY

KINDS: dict[str, type[Rule]] = {"cells": CellRule, "rows": RowRule, "sheets": SheetRule, "folders": FolderRule}


def examples(about: str) -> str:
    """The findings in the examples of all rules about cells, rows, sheets or folders."""
    return "".join(f"{line}\n" for rule in RULES if type(rule) is KINDS[about] for line in _of(rule))


def _of(rule: Rule) -> Iterator[str]:
    """Its own findings in both languages; of other rules, which find something in the same sheet, the codes."""
    yield f"{rule.code} {rule.severity} {rule.origin} {rule.name}"
    for sort, some in (("good", rule.good), ("bad", rule.bad)):
        for number, example in enumerate(some, 1):
            yield f"  {sort} example {number}: {example!r}"
            for each in found_in(rule, example):
                yield from _told(each)
            if others := _of_others(rule, example):
                yield f"    and {', '.join(others)}"


def _told(found: Finding) -> Iterator[str]:
    yield f"    {found.cell or '-'} {found.severity} {found.value!r}"
    yield f"      {found.message.en}"
    yield f"      {found.message.fr}"
    for each in found.proposals:
        yield f"      → {each.text!r} {each.confidence}: {each.reason.en} / {each.reason.fr}"


def _of_others(rule: Rule, example: Any) -> list[str]:
    if isinstance(rule, FolderRule):
        return []
    found = [each for sheet in sheets_of(rule, example) for each in check(sheet, TODAY).findings]
    return [f"{each.cell or '-'} {each.rule}" for each in found if each.rule != rule.code]
