"""Run the rules over a sheet. A rule that crashes is reported, and what it would have looked at stays unchecked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from icare_xl.check.diagnose import diagnosed
from icare_xl.check.rules import RULES, Rule
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Acceptance, Finding, Report
from icare_xl.model.sheet import Sheet

Memory = Callable[[Sheet, Sequence[Finding]], Mapping[int, Acceptance]]  # the indexes of findings that were found right


def check(
    sheet: Sheet,
    when: CheckDate,
    without: Collection[str] = (),
    rules: Collection[Rule] = RULES,
    memory: Memory | None = None,
) -> Report:
    """Everything that is wrong with a sheet, in reading order, and what lies behind it.

    `without` holds codes of rules to leave out, or the word `house` for all that we only infer. `memory` tells which
    warnings a person found right.
    """
    report = _run([(rule, sheet) for rule in _wanted(rules, without)], when)
    return diagnosed(sheet, _accepted(sheet, report, memory), when, without)


def recheck(
    sheet: Sheet,
    before: Report,
    rows: Collection[int],
    when: CheckDate,
    without: Collection[str] = (),
    rules: Collection[Rule] = RULES,
    memory: Memory | None = None,
) -> Report:
    """The report on a sheet that was checked before, in which only these rows have changed since: what `check` would
    find, by looking at those rows and at what compares rows.
    """
    wanted, part = _wanted(rules, without), sheet.only(rows)
    again = _run([(rule, part if rule.row_by_row else sheet) for rule in wanted], when)
    row_by_row = {rule.code for rule in wanted if rule.row_by_row}
    known = (*before.findings, *(finding for finding, _ in before.accepted))
    kept = [finding for finding in known if finding.rule in row_by_row and finding.row not in rows]
    return diagnosed(sheet, _accepted(sheet, again.with_findings(kept), memory), when, without)


def _accepted(sheet: Sheet, report: Report, memory: Memory | None) -> Report:
    """The report without the warnings that a person found right."""
    warnings = [each for each in report.findings if each.severity == "warning" and each.place] if memory else []
    if not memory or not warnings or not (found := memory(sheet, warnings)):
        return report
    right = {id(warnings[index]): acceptance for index, acceptance in found.items()}
    left = tuple(each for each in report.findings if id(each) not in right)
    accepted = tuple((each, right[id(each)]) for each in report.findings if id(each) in right)
    return replace(report, findings=left, accepted=accepted)


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
    sheets: Sequence[Sheet],
    when: CheckDate,
    without: Collection[str] = (),
    rules: Collection[Rule] = RULES,
    memory: Memory | None = None,
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
    reports = [_accepted(sheet, report, memory) for sheet, report in zip(sheets, reports, strict=True)]
    return [
        diagnosed(sheet, report, when, without, [other for other in sheets if other is not sheet])
        for sheet, report in zip(sheets, reports, strict=True)
    ]


def _wanted(rules: Collection[Rule], without: Collection[str]) -> list[Rule]:
    return [rule for rule in rules if rule.code not in without and rule.origin not in without]
