"""Invented rows that have findings with a cause behind them."""

from __future__ import annotations

from icare_xl.icare.example import good_row
from tests.support.sheets import Rows


def copied_down(causes: int) -> Rows:
    """So many record numbers (CA15), each on two rows, where each has a blank too many (IC109)."""
    reason = {"assessment_update_reason_id": "Correct error"}
    return {4 + n: good_row(n) | reason | {"update_record_id": f"{10387104 + n // 2} "} for n in range(2 * causes)}
