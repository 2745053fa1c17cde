"""Putting right all cells of a cause in one step, where a person agrees to it."""

from __future__ import annotations

from icare_xl.check import fixes
from icare_xl.check.sentences import cell_changed, holds_a_formula
from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.session import Session
from icare_xl.model.addresses import a1
from icare_xl.model.finding import Diagnosis


def curable(session: Session) -> list[Diagnosis]:
    """The causes of the selected cell that can be cured so."""
    reading = session.reading
    return [cause for cause in reading.report.causes_at(*session.cell) if fixes.cure(reading.sheet, cause)[0]]


def cured(session: Session, cause: Diagnosis) -> bool:
    """Ask, with every cell before the person’s eyes, and do it; whether it was done."""
    sheet = session.reading.sheet
    texts, formulas = fixes.cure(sheet, cause)
    changes = [cell_changed(a1(*place), sheet.grid.at(*place).text, text) for place, text in texts.items()]
    agreed = session.ask_to_change(say.may_cure(cause, len(texts)), changes)
    if agreed:
        session.change(texts)
        session.tell(say.corrected(len(texts)), *(holds_a_formula(a1(*place)) for place in formulas), then=then.GO_ON)
    return agreed
