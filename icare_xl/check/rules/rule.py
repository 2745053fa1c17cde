"""What a rule is: a code that lives for ever, two texts, where it comes from, examples, and a test for the defect."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

import numpy as np

from icare_xl.model.check_date import CheckDate
from icare_xl.model.columns import Column, Mask
from icare_xl.model.finding import Confidence, Finding, Origin, Proposal, Report, Severity
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text, shortened

LONGEST_QUOTE = 60
Told = Iterator[tuple[Mapping[str, object], Mask]]  # rows that are wrong, with words for their message


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell rule's answer about a wrong value: what might stand there instead, and words for the message."""

    proposals: Sequence[Proposal] = ()
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule found its defect. `row` is Excel's; without it the whole sheet is meant.

    `at` is a field id, or a column number for a column that belongs to no field.
    """

    row: int | None
    at: str | int | None
    proposals: Sequence[Proposal] = ()
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """What rules of all kinds have in common; `ask` is the function that tells what is wrong.

    `sentence` is what it says of a value; words of it that a finding does not give are the `usual` ones.

    The examples in `good` and `bad` are what a rule of its kind looks at: values, rows or sheets.
    """

    code: str
    name: str
    origin: Origin
    severity: Severity
    sentence: Text
    usual: Mapping[str, Text]
    why: Text
    source: str
    good: Sequence[Any]
    bad: Sequence[Any] | Mapping[Any, str | None]
    ask: Callable[..., Any]

    @cached_property
    def says(self) -> Text:
        """What it says of any value, with the usual words."""
        en, fr = self.sentence.en, self.sentence.fr
        for name, word in self.usual.items():
            en, fr = en.replace(f"{{{name}}}", word.en), fr.replace(f"{{{name}}}", word.fr)
        return Text(en, fr)

    @property
    def row_by_row(self) -> bool:
        """Whether what it finds in a row depends on that row alone."""
        return False

    def looks_at(self, sheet: Sheet, field: str) -> Collection[str]:
        """The fields of a row that tell whether this field has the defect; all, where it may be any of them."""
        return [each.id for each in sheet.fields()]

    def find(self, sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
        """Where a sheet has the defect."""
        yield from ()

    def find_among(self, sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Hit]]:
        """Where the sheets of a folder have the defect between them, each time with the number of the sheet."""
        yield from ()

    def __call__(self, sheet: Sheet, when: CheckDate) -> Iterator[Finding]:
        """The findings on a sheet, in no particular order."""
        for hit in self.find(sheet, when):
            yield self._finding(sheet, hit)

    def among_sheets(self, sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Finding]]:
        """The findings on the sheets of a folder, each with the number of its sheet."""
        for number, hit in self.find_among(sheets, reports):
            yield number, self._finding(sheets[number], hit)

    def _finding(self, sheet: Sheet, hit: Hit) -> Finding:
        named = sheet.field(hit.at) if isinstance(hit.at, str) else None
        column = sheet.layout.columns[named.id] if named else hit.at
        assert not isinstance(column, str)
        value = "" if hit.row is None or column is None else sheet.grid.at(hit.row, column).text
        words = {"value": _shown(value), "label": named.label if named else "", **self.usual, **hit.words}
        return Finding(
            row=hit.row,
            column=column,
            field=named.id if named else None,
            label=named.label if named else None,
            rule=self.code,
            severity=self.severity,
            origin=self.origin,
            value=value,
            message=self.sentence.format(**words),
            proposals=tuple(hit.proposals),
        )

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """What the function asks for: name -> type."""
        hints = inspect.get_annotations(self.ask, eval_str=True)
        return {name: hint for name, hint in hints.items() if name != "return"}

    def _asked(self, **offered: Any) -> dict[str, Any]:
        return {name: value for name, value in offered.items() if name in self.parameters}


@dataclass(frozen=True, kw_only=True, eq=False)
class CellRule(Rule):
    """A rule about one value. The function takes `cell` and may ask for `field`, `sheet` and `today`; it sees each distinct
    filled value once, in the fields of these kinds (all fields where none is named), and answers None or Wrong.
    """

    kinds: Sequence[str] = ()

    @property
    def row_by_row(self) -> bool:
        return "sheet" not in self.parameters

    def looks_at(self, sheet: Sheet, field: str) -> Collection[str]:
        return [field]

    def find(self, sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
        for each in sheet.fields(*self.kinds):
            column = sheet.column(each.id, Column)
            given = self._asked(field=each, sheet=sheet, today=when.today)
            for number, cell in enumerate(column.distinct):
                if cell.text and (wrong := self.ask(cell, **given)):
                    for index in column.indexes(number):
                        yield Hit(int(sheet.rows[index]), each.id, wrong.proposals, wrong.words)


@dataclass(frozen=True, kw_only=True, eq=False)
class RowRule(Rule):
    """A rule about one row. The parameters of the function are the fields it reads, each annotated with the view it wants; it
    runs where a sheet has them all and answers True where the row is wrong, or yields such answers each with words for
    the message. `marks` names the one that gets the mark.

    Where a concept has several ids, `fields` maps parameters to them, once for each set of fields to run on.
    """

    marks: str
    fields: Sequence[Mapping[str, str]] = ({},)
    row_by_row = True

    def looks_at(self, sheet: Sheet, field: str) -> Collection[str]:
        every = ([given.get(name, name) for name in (*self.parameters, self.marks)] for given in self.fields)
        return {id_ for ids in every if field in ids and sheet.has(*ids) for id_ in ids}

    def find(self, sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
        for given in self.fields:
            ids = {name: given.get(name, name) for name in (*self.parameters, self.marks)}
            if sheet.has(*ids.values()):
                columns = {name: sheet.column(ids[name], view) for name, view in self.parameters.items()}
                answer = self.ask(**columns)
                for words, wrong in [({}, answer)] if isinstance(answer, np.ndarray) else answer:
                    yield from hits(sheet, wrong, ids[self.marks], **columns | words)


@dataclass(frozen=True, kw_only=True, eq=False)
class SheetRule(Rule):
    """A rule about anything larger than a row: the function may ask for `sheet` and `when` and yields its hits."""

    row_by_row: bool = False

    def find(self, sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
        yield from self.ask(**self._asked(sheet=sheet, when=when))


class FolderRule(Rule):
    """A rule that compares the sheets of a folder. The function gets the sheets and the report on each, and
    yields the number of a sheet with a hit in it. Examples map a service to the rows of its sheet.
    """

    def find_among(self, sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Hit]]:
        yield from self.ask(sheets, reports)


REGISTRY: dict[str, Rule] = {}


def instead(text: str | None, reason: Text, confidence: Confidence = "likely") -> tuple[Proposal, ...]:
    """The one proposal that a rule has, or none where there is no text."""
    return () if text is None else (Proposal(text, reason, confidence),)


def hits(sheet: Sheet, wrong: Mask, at: str, **words: object) -> Iterator[Hit]:
    """A hit in the field `at` for each wrong row; a word that is a column stands for its value in that row."""
    for index in np.flatnonzero(wrong).tolist():
        here = {name: _shown(word.shown(index)) if isinstance(word, Column) else word for name, word in words.items()}
        yield Hit(int(sheet.rows[index]), at, words=here)


R = TypeVar("R", bound=Rule)


def cell_rule(code: str, **about: Any) -> Callable[[Callable[..., Wrong | None]], CellRule]:
    return partial(_register, CellRule, code, **about)


def row_rule(code: str, **about: Any) -> Callable[[Callable[..., Mask | Told]], RowRule]:
    return partial(_register, RowRule, code, **about)


def sheet_rule(code: str, **about: Any) -> Callable[[Callable[..., Iterable[Hit]]], SheetRule]:
    return partial(_register, SheetRule, code, **about)


def folder_rule(code: str, **about: Any) -> Callable[[Callable[..., Iterator[tuple[int, Hit]]]], FolderRule]:
    """Rules that compare files are all inferred."""
    return partial(_register, FolderRule, code, origin="house", **about)


def _register(
    kind: type[R],
    code: str,
    ask: Callable[..., object],
    *,
    origin: Origin,
    en: str,
    fr: str,
    why_fr: str,
    severity: Severity | None = None,
    usual: Mapping[str, Text] | None = None,
    **about: Any,
) -> R:
    """Makes a rule of a function: its name is the rule’s, and the first paragraph of its docstring says why."""
    severity = severity or ("warning" if origin == "house" else "error")
    if code in REGISTRY or not ask.__doc__ or (origin == "house" and severity == "error"):
        raise ValueError(f"{code}: codes are unique, rules say why in a docstring, house rules are warnings")
    rule = kind(
        code=code,
        name=ask.__name__.replace("_", "-"),
        origin=origin,
        severity=severity,
        sentence=Text(en, fr),
        usual=usual or {},
        why=Text(first_paragraph(ask.__doc__), why_fr),
        ask=ask,
        **about,
    )
    REGISTRY[code] = rule
    return rule


def first_paragraph(docstring: str) -> str:
    """What is told everybody; the paragraphs after it are for developers."""
    return " ".join(inspect.cleandoc(docstring).partition("\n\n")[0].split())


def _shown(value: str) -> str:
    return shortened(value, LONGEST_QUOTE)
