"""Run the rules over a sheet. A rule that crashes is reported, and what it would have looked at stays unchecked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from icare_xl.model import Finding, Report
from icare_xl.rules import RULES, Rule
from icare_xl.sheet import Sheet


def check(sheet: Sheet, today: date, without: Collection[str] = (), rules: Collection[Rule] = RULES) -> Report:
    """Everything that is wrong with a sheet, in reading order.

    `without` holds codes of rules to leave out, or the word `house` for all that we only infer.
    """
    findings: list[Finding] = []
    crashed = []
    for rule in rules:
        if rule.code in without or rule.origin in without:
            continue
        try:
            findings += rule(sheet, today)
        except Exception:  # one rule's fault must not hide what the others find
            crashed.append(rule.code)
    return Report(tuple(sorted(findings, key=lambda finding: finding.place)), tuple(crashed))
