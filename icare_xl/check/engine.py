"""Run the rules over a sheet. A rule that crashes is reported, and what it would have looked at stays unchecked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from icare_xl.check.diagnose import diagnosed
from icare_xl.check.rules import RULES, Rule
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Finding, Report
from icare_xl.model.sheet import Sheet


def check(sheet: Sheet, when: CheckDate, without: Collection[str] = (), rules: Collection[Rule] = RULES) -> Report:
    """Everything that is wrong with a sheet, in reading order, and what lies behind it.

    `without` holds codes of rules to leave out, or the word `house` for all that we only infer.
    """
    return diagnosed(sheet, _run([(rule, sheet) for rule in _wanted(rules, without)], when), when, without)


def recheck(
    sheet: Sheet,
    before: Report,
    rows: Collection[int],
    when: CheckDate,
    without: Collection[str] = (),
    rules: Collection[Rule] = RULES,
) -> Report:
    """The report on a sheet that was checked before, in which only these rows have changed since: what `check` would
    find, by looking at those rows and at what compares rows.
    """
    wanted, part = _wanted(rules, without), sheet.only(rows)
    again = _run([(rule, part if rule.row_by_row else sheet) for rule in wanted], when)
    row_by_row = {rule.code for rule in wanted if rule.row_by_row}
    kept = [finding for finding in before.findings if finding.rule in row_by_row and finding.row not in rows]
    return diagnosed(sheet, again.with_findings(kept), when, without)


def _run(jobs: Iterable[tuple[Rule, Sheet]], when: CheckDate) -> Report:
    findings: list[Finding] = []
    crashed = []
    for rule, sheet in jobs:
        try:
            findings += rule(sheet, when)
        except Exception:  # one rule's fault must not hide what the others find
            crashed.append(rule.code)
    return Report((), tuple(crashed)).with_findings(findings)


def check_folder(
    sheets: Sequence[Sheet], when: CheckDate, without: Collection[str] = (), rules: Collection[Rule] = RULES
) -> list[Report]:
    """Each sheet checked on its own, then all compared with each other; one report a sheet."""
    wanted = _wanted(rules, without)
    reports = [_run([(rule, sheet) for rule in wanted], when) for sheet in sheets]
    for rule in wanted:
        more: dict[int, list[Finding]] = defaultdict(list)
        try:
            for number, finding in rule.among_sheets(sheets, reports):
                more[number].append(finding)
            for number, findings in more.items():
                reports[number] = reports[number].with_findings(findings)
        except Exception:  # as above
            reports = [replace(report, could_not_run=(*report.could_not_run, rule.code)) for report in reports]
    return [
        diagnosed(sheet, report, when, without, [other for other in sheets if other is not sheet])
        for sheet, report in zip(sheets, reports, strict=True)
    ]


def _wanted(rules: Collection[Rule], without: Collection[str]) -> list[Rule]:
    return [rule for rule in rules if rule.code not in without and rule.origin not in without]
