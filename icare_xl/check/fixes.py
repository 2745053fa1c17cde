"""What might stand in each wrong cell instead; nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from icare_xl.model.addresses import Place, a1
from icare_xl.model.cells import Cell
from icare_xl.model.finding import Confidence, Diagnosis, Proposal, Report
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field

_RANK: dict[Confidence, int] = {"safe": 0, "likely": 1, "possible": 2}


@dataclass(frozen=True, slots=True)
class Fix:
    """What is in a cell, and what may stand there instead."""

    place: Place
    field: Field
    old: Cell
    proposal: Proposal

    @property
    def cell(self) -> str:
        return a1(*self.place)


def proposals(report: Report) -> dict[Place, tuple[Proposal, ...]]:
    """(row, column) -> what the rules propose for that cell, the best first and each text once; in reading order."""
    by_text: dict[Place, dict[str, Proposal]] = {}
    for finding in report.findings:
        if finding.place:
            here = by_text.setdefault(finding.place, {})
            for proposal in finding.proposals:
                known = here.get(proposal.text)
                if known is None or _RANK[proposal.confidence] < _RANK[known.confidence]:
                    here[proposal.text] = proposal
    return {
        place: tuple(sorted(here.values(), key=lambda proposal: _RANK[proposal.confidence]))
        for place, here in by_text.items()
        if here
    }


def of_sheet(sheet: Sheet, report: Report, safe: bool) -> tuple[list[Fix], list[Place]]:
    """The best proposals in reading order, the `safe` ones alone or the likely ones too; and the wrong cells that hold a
    formula, which is a person's to change.
    """
    wanted = ("safe",) if safe else ("safe", "likely")
    found = [
        Fix(place, _field(sheet, place), sheet.grid.at(*place), each[0]) for place, each in proposals(report).items()
    ]
    fixes = [each for each in found if each.proposal.confidence in wanted and not each.old.formula]
    return fixes, [each.place for each in found if each.old.formula]


def texts(fixes: Iterable[Fix]) -> dict[Place, str]:
    """What is to be written, by place."""
    return {each.place: each.proposal.text for each in fixes}


def cure(sheet: Sheet, cause: Diagnosis) -> tuple[Mapping[Place, str], list[Place]]:
    """What puts all cells of a cause right, in reading order; and those of them that hold a formula, which stay."""
    formulas = [place for place in sorted(cause.cure) if sheet.grid.at(*place).formula]
    texts = dict(sorted(cause.cure.items()))
    for place in formulas:
        del texts[place]
    return texts, formulas


def _field(sheet: Sheet, place: Place) -> Field:
    field = sheet.field_at(place[1])
    assert field, "rules propose texts for cells of fields"
    return field
