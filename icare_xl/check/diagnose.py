"""From findings to causes: what lies behind them, each finding explained by one cause at most."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from icare_xl.check.causes import CAUSES, Case, Cause, Scene
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Diagnosis, Finding, Report
from icare_xl.model.sheet import Sheet

MOST_CASES = 12  # of one cause: more of them are told as findings


def diagnosed(
    sheet: Sheet,
    report: Report,
    when: CheckDate,
    without: Collection[str] = (),
    others: Sequence[Sheet] = (),
    causes: Collection[Cause] = CAUSES,
) -> Report:
    """The report with the causes of its findings, the one that explains most first.

    Causes are asked in the order of CAUSES, and what one has explained or set apart is no matter of those after it. One that
    crashes is reported, and its findings stay without a cause.
    """
    scene, found, crashed = Scene(sheet, report.findings, when), list[Diagnosis](), list[str]()
    for cause in causes:
        if cause.code in without or cause.origin in without:
            continue
        try:
            for case in islice(cause.cases(scene, others), MOST_CASES):
                diagnosis, scene = _taken(cause, case, scene)
                found.append(diagnosis)
        except Exception:  # one cause's fault must not hide the findings
            crashed.append(cause.code)
    found.sort(key=lambda each: -len(each.explains))
    return replace(report, diagnoses=tuple(found), could_not_explain=tuple(crashed))


def _taken(cause: Cause, case: Case, scene: Scene) -> tuple[Diagnosis, Scene]:
    """The diagnosis, and what it leaves for other causes to look at."""
    explained, mine, others = case.explained(), list[Finding](), list[Finding]()
    for finding in scene.findings:
        (mine if explained(finding) else others).append(finding)
    scene = replace(scene, findings=others, moved=scene.moved.union(case.moved))
    if cause.apart:
        kept = scene.sheet.rows[~np.isin(scene.sheet.rows, list(case.rows))]
        scene = replace(scene, sheet=scene.sheet.only(kept.tolist()))
    return cause.diagnosis(case, mine), scene
