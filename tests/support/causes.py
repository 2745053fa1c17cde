"""Invented rows that have findings with a cause behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from icare_xl.check.diagnose import diagnosed
from icare_xl.icare.example import good_row
from icare_xl.model.finding import Report
from tests.support.sheets import Rows


def copied_down(causes: int) -> Rows:
    """So many record numbers (CA15), each on two rows, where each has a blank too many (IC109)."""
    reason = {"assessment_update_reason_id": "Correct error"}
    return {4 + n: good_row(n) | reason | {"update_record_id": f"{10387104 + n // 2} "} for n in range(2 * causes)}


def each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on many record numbers are as many causes, and are not told in one sentence."""
    monkeypatch.setattr("icare_xl.check.causes.answers.SINGLY", 20)


def curing(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every cause empties all its cells but the first."""

    def cured(*asked: Any) -> Report:
        report = diagnosed(*asked)
        causes = [replace(each, cure=dict.fromkeys(each.cells[1:], "")) for each in report.diagnoses]
        return replace(report, diagnoses=tuple(causes))

    monkeypatch.setattr("icare_xl.check.engine.diagnosed", cured)
