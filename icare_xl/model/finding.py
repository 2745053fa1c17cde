"""What a check finds: findings, what might stand in their cells instead, and the report that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from icare_xl.model.addresses import a1
from icare_xl.model.text import Text

Severity = Literal["error", "warning"]
Origin = Literal["template", "documented", "house"]
Mark = Literal["missing", "wrong", "warning"]
Confidence = Literal["safe", "likely", "possible"]


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
        return next((each.text for each in self.proposals if each.confidence != "possible"), None)

    @property
    def cell(self) -> str | None:
        return None if self.row is None or self.column is None else a1(self.row, self.column)

    @property
    def mark(self) -> Mark:
        if self.severity == "warning":
            return "warning"
        return "wrong" if self.value.strip() else "missing"

    @property
    def place(self) -> tuple[int, int, str]:
        """Sorts findings in reading order, the whole sheet first."""
        return (self.row or 0, -1 if self.column is None else self.column, self.rule)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, in reading order, and the codes of rules that crashed (their cells are unchecked)."""

    findings: tuple[Finding, ...]
    could_not_run: tuple[str, ...] = ()

    def with_findings(self, more: Iterable[Finding]) -> Report:
        findings = sorted([*self.findings, *more], key=lambda each: each.place)
        return Report(tuple(findings), self.could_not_run)

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors

    @property
    def cells_to_mark(self) -> dict[Mark, set[tuple[int, int]]]:
        """(row, column) of each failing cell, under one mark: an error goes before a warning."""
        marks: tuple[Mark, ...] = ("missing", "wrong", "warning")
        return {mark: {place for place, each in self.by_cell.items() if each.mark == mark} for mark in marks}

    @property
    def by_cell(self) -> dict[tuple[int, int], Finding]:
        """(row, column) -> the finding to tell first, an error before a warning; in reading order."""
        found: dict[tuple[int, int], Finding] = {}
        for finding in self.findings:
            if finding.row is not None and finding.column is not None:
                place = (finding.row, finding.column)
                if place not in found or found[place].severity == "warning":
                    found[place] = finding
        return found

    def at(self, row: int, column: int) -> list[Finding]:
        """All findings of a cell."""
        return [each for each in self.findings if (each.row, each.column) == (row, column)]

    def of_rule(self, rule: str) -> dict[tuple[int, int], Finding]:
        """(row, column) -> the finding of this rule; in reading order."""
        return {
            (each.row, each.column): each
            for each in self.findings
            if each.rule == rule and each.row is not None and each.column is not None
        }

    @property
    def of_the_sheet(self) -> list[Finding]:
        """The findings that belong to no cell."""
        return [finding for finding in self.findings if finding.cell is None]

    @property
    def blocks_saving(self) -> bool:
        return self.errors > 0 or bool(self.could_not_run)
