"""What a check finds: findings, what might stand in their cells instead, their causes, and the report that holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal, get_args

from icare_xl.model.addresses import Place, a1
from icare_xl.model.text import Text

Severity = Literal["error", "warning"]
Origin = Literal["template", "documented", "house"]
Mark = Literal["missing", "wrong", "warning"]
MARKS: tuple[Mark, ...] = get_args(Mark)
Marks = Mapping[Mark, AbstractSet[Place]]  # the cells under each mark
Confidence = Literal["safe", "likely", "possible"]
Reason = Literal["checked-document", "confirmed-by-client", "correct-in-icare", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text to put into a wrong cell, and why this one.

    `safe`: it means the same as what is there. `likely`: nothing else fits, yet a person should look. `possible`: worth
    showing to somebody who asks.
    """

    text: str
    reason: Text
    confidence: Confidence = "likely"


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect: of a cell, or of the whole sheet (`row` None). `column` counts from 0, `row` as Excel does.

    `proposals` are what might stand there instead, the best first.
    """

    row: int | None
    column: int | None
    field: str | None
    label: str | None
    rule: str
    severity: Severity
    origin: Origin
    value: str
    message: Text
    proposals: tuple[Proposal, ...] = ()

    @property
    def suggestion(self) -> str | None:
        """The text to put there, where one is more than possible."""
        return next((proposal.text for proposal in self.proposals if proposal.confidence != "possible"), None)

    @property
    def place(self) -> Place | None:
        """The cell; None for the whole sheet."""
        return None if self.row is None or self.column is None else (self.row, self.column)

    @property
    def cell(self) -> str | None:
        """The address of the cell."""
        return a1(*self.place) if self.place else None

    @property
    def mark(self) -> Mark:
        if self.severity == "warning":
            return "warning"
        return "wrong" if self.value.strip() else "missing"

    @property
    def reading_order(self) -> tuple[int, int, str]:
        """A key for sorting findings, those of the whole sheet first."""
        return (self.row or 0, -1 if self.column is None else self.column, self.rule)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That a person looked at a warning and found it right, and why. `id` names it in the ledger; `file` and `cell` are where it
    stood then; `when` has a time zone.
    """

    id: str
    rule: str
    reason: Reason
    by: str
    when: datetime
    file: str
    cell: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A cause that an experienced colleague would name. `rows` are Excel's, ascending, none where the whole sheet is meant;
    `cells` in reading order.

    `explains` are the findings that are gone once the cause is. `cure` holds the texts that heal its cells in one step,
    where that is safe.
    """

    code: str
    says: Text
    why: Text
    fix: Text
    rows: tuple[int, ...] = ()
    cells: tuple[Place, ...] = ()
    explains: tuple[Finding, ...] = ()
    cure: Mapping[Place, str] = field(default_factory=dict)

    @property
    def told(self) -> Text:
        """What is the case, and what to do."""
        return Text.joined([self.says, self.fix])


@dataclass(frozen=True)
class Report:
    """What a check found, in reading order, and what lies behind it, the cause that explains most first.

    `could_not_run` are the codes of rules that crashed (their cells are unchecked), `could_not_explain` those of causes.
    `accepted` are warnings that a person found right; they are no findings any more.
    """

    findings: tuple[Finding, ...]
    could_not_run: tuple[str, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    could_not_explain: tuple[str, ...] = ()
    accepted: tuple[tuple[Finding, Acceptance], ...] = ()

    def with_findings(self, more: Iterable[Finding]) -> Report:
        """The report with these findings too; what lies behind them all is to be asked anew."""
        findings = sorted([*self.findings, *more], key=lambda finding: finding.reading_order)
        return replace(self, findings=tuple(findings), diagnoses=(), could_not_explain=())

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors

    @cached_property
    def cells_to_mark(self) -> Marks:
        """Each failing cell under one mark: an error goes before a warning."""
        return {mark: {place for place, each in self.by_cell.items() if each.mark == mark} for mark in MARKS}

    @cached_property
    def by_cell(self) -> dict[Place, Finding]:
        """The finding to tell first of each cell: its first error, or its last warning; in reading order."""
        return {
            place: next((each for each in findings if each.severity == "error"), findings[-1])
            for place, findings in self._of_cell.items()
        }

    @cached_property
    def _of_cell(self) -> dict[Place, list[Finding]]:
        cells: dict[Place, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            if finding.place:
                cells[finding.place].append(finding)
        return dict(cells)

    def at(self, row: int, column: int) -> list[Finding]:
        """All findings of a cell."""
        return self._of_cell.get((row, column), [])

    def accepted_at(self, row: int, column: int) -> list[tuple[Finding, Acceptance]]:
        """The warnings of a cell that a person found right."""
        return [each for each in self.accepted if each[0].place == (row, column)]

    def like(self, finding: Finding) -> Report:
        """The findings with the same cause; where it has none, those of its rule that have none either."""
        cause = self.cause_of(finding)
        alike = (each for each in self.findings if self.cause_of(each) is cause)
        return Report(tuple(each for each in alike if cause or each.rule == finding.rule))

    def cause_of(self, finding: Finding) -> Diagnosis | None:
        """What explains a finding of this report."""
        return self._cause_of.get(id(finding))

    def causes_at(self, row: int, column: int) -> list[Diagnosis]:
        """The causes of what is wrong in a cell, and those that are about it where no rule speaks."""
        explained = {id(self.cause_of(finding)) for finding in self.at(row, column)}
        return [each for each in self.diagnoses if id(each) in explained or (row, column) in each.cells]

    @cached_property
    def _cause_of(self) -> dict[int, Diagnosis]:
        return {id(finding): each for each in self.diagnoses for finding in each.explains}

    @property
    def by_cause(self) -> list[tuple[Diagnosis | None, Sequence[Finding]]]:
        """The findings under their causes, the cause that explains most first, and last those that nothing explains."""
        alone = [finding for finding in self.findings if not self.cause_of(finding)]
        return [*((each, each.explains) for each in self.diagnoses), *([(None, alone)] if alone else [])]

    @property
    def of_the_sheet(self) -> list[Finding]:
        """The findings that belong to no cell."""
        return [finding for finding in self.findings if not finding.place]

    @property
    def blocks_saving(self) -> bool:
        return self.errors > 0 or bool(self.could_not_run)
