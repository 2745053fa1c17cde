"""The nouns of the project: small frozen values that carry no behaviour beyond describing themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from icare_xl.address import a1
from icare_xl.wording import plain

Language = Literal["en", "fr"]
Severity = Literal["error", "warning"]
Origin = Literal["template", "documented", "house"]
Kind = Literal["text", "date", "yes-no", "list", "postal", "phone", "email", "number", "identifier"]
Mark = Literal["missing", "wrong", "warning"]
Status = Literal["own", "borrowed", "transcribed"]
Confidence = Literal["safe", "likely", "possible"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in both official languages; `{words}` are filled in by `format`, Texts each in its own."""

    en: str
    fr: str

    def format(self, **words: object) -> Text:
        english = {name: word.en if isinstance(word, Text) else word for name, word in words.items()}
        french = {name: word.fr if isinstance(word, Text) else word for name, word in words.items()}
        return Text(self.en.format_map(english), self.fr.format_map(french))

    def to(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en

    @staticmethod
    def joined(texts: Iterable[Text], sign: str = " ") -> Text:
        """One after the other, each in its own language."""
        given = list(texts)
        return Text(sign.join(each.en for each in given), sign.join(each.fr for each in given))


@dataclass(frozen=True)
class ListOfValues:
    """The exact texts of a drop-down, and iCARE's id of each (an empty id where nobody knows it)."""

    values: tuple[str, ...]
    ids: tuple[str, ...]

    @cached_property
    def id_of(self) -> dict[str, str]:
        """Exact text -> id."""
        return dict(zip(self.values, self.ids, strict=True))

    @cached_property
    def exact(self) -> dict[str, str]:
        """Text without its cosmetics -> the exact text of the list (the first, where two differ only in those)."""
        return {plain(value): value for value in reversed(self.values)}


@dataclass(frozen=True)
class Field:
    """A column of a template. Only `id` identifies it: labels repeat inside a sheet.

    `status` says how far its list can be trusted: `own` from the template itself, `borrowed` from the genuine list of
    the same field in another template, `transcribed` from a list that somebody typed by hand.
    """

    id: str
    label: str
    kind: Kind
    required: bool = False
    allowed: ListOfValues | None = None
    status: Status = "own"


@dataclass(frozen=True)
class Template:
    """The columns of one upload sheet, in order, and where they were read from."""

    service: str | None
    code: str | None
    version: str | None
    locale: str | None
    fields: tuple[Field, ...]
    source: Literal["workbook", "built-in"] | None  # None: nothing describes the sheet but its own rows 2 and 3
    title: str | None = None
    edition: str | None = None  # the built-in edition that this is, or None where nobody has seen it

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(field.id for field in self.fields)

    @property
    def described(self) -> bool:
        """Whether anything says which cells are mandatory or what lists allow: without that a check says little."""
        return any(field.required or field.allowed for field in self.fields)


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


@dataclass(frozen=True, slots=True)
class Message:
    """One complaint inside a note: the field ids it names, iCARE's category, and its two texts as written.

    The rest is ours, None where nobody has explained it: the reason in a word or two, what it means, what to do, and
    the field ids to look at where it names none.
    """

    fields: tuple[str, ...]
    category: str | None
    text: Text
    meaning: Text | None = None
    fix: Text | None = None
    reason: Text | None = None
    look_at: tuple[str, ...] = ()

    @property
    def explained(self) -> bool:
        return bool(self.meaning or self.fix or self.reason)


@dataclass(frozen=True, slots=True)
class RejectionNote:
    """What iCARE wrote about one rejected row: `[BUID:upload,RID:record,ORP:position/total,DTS:stamped]…`."""

    upload_id: str
    record_id: str
    position: int
    total: int
    stamped: datetime | None
    messages: tuple[Message, ...]
    raw: str
