"""What a rule is: a code that lives for ever, two texts, where it comes from, examples, and a test for the defect."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_type_hints

import numpy as np

from icare_xl.model.check_date import CheckDate
from icare_xl.model.columns import Column, Mask
from icare_xl.model.finding import Confidence, Finding, Origin, Proposal, Report, Severity
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text

FindAmong = Callable[[Sequence[Sheet], Sequence[Report]], Iterator[tuple[int, "Hit"]]]
Find = Callable[[Sheet, CheckDate], Iterator["Hit"]]
LONGEST_QUOTE = 60


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


@dataclass(frozen=True)
class Rule:
    """Good and bad examples are values (`cells`), rows, or sheets: whatever `about` says the rule looks at.

    `row_by_row`: what it finds in a row depends on that row alone.
    """

    code: str
    name: str
    about: str
    origin: Origin
    severity: Severity
    says: Text
    why: Text
    source: str
    good: Sequence[Any]
    bad: Sequence[Any] | Mapping[Any, str | None]
    kinds: tuple[str, ...]
    find: Find
    row_by_row: bool
    among: FindAmong | None = None

    def __call__(self, sheet: Sheet, when: CheckDate) -> Iterator[Finding]:
        """The findings of this rule on a sheet, in no particular order."""
        for spot in self.find(sheet, when):
            yield self._finding(sheet, spot)

    def among_sheets(self, sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Finding]]:
        """The findings of a rule that compares sheets, each with the number of its sheet."""
        for number, spot in self.among(sheets, reports) if self.among else ():
            yield number, self._finding(sheets[number], spot)

    def _finding(self, sheet: Sheet, spot: Hit) -> Finding:
        named = sheet.field(spot.at) if isinstance(spot.at, str) else None
        column = sheet.layout.places[named.id] if named else spot.at
        assert not isinstance(column, str)
        value = "" if spot.row is None or column is None else sheet.grid.at(spot.row, column).text
        words = {"value": _quote(value), "label": named.label if named else "", **spot.words}
        return Finding(
            row=spot.row,
            column=column,
            field=named.id if named else None,
            label=named.label if named else None,
            rule=self.code,
            severity=self.severity,
            origin=self.origin,
            value=value,
            message=self.says.format(**words),
            proposals=tuple(spot.proposals),
        )


REGISTRY: dict[str, Rule] = {}


def instead(text: str | None, reason: Text, confidence: Confidence = "likely") -> tuple[Proposal, ...]:
    """The one proposal that a rule has, or none where there is no text."""
    return () if text is None else (Proposal(text, reason, confidence),)


def hits(sheet: Sheet, wrong: Mask, at: str, **words: object) -> Iterator[Hit]:
    """A spot in the field `at` for each wrong row; a word that is a column stands for its value in that row."""
    for place in np.flatnonzero(wrong).tolist():
        here = {name: _quote(word.text(place)) if isinstance(word, Column) else word for name, word in words.items()}
        yield Hit(int(sheet.rows[place]), at, words=here)


def cell_rule(code: str, *, kinds: Sequence[str] = (), **about: Any) -> Callable[[Callable[..., Wrong | None]], Rule]:
    """A rule about one value. The function takes `cell` and may ask for `field`, `sheet` and `today`; it sees each
    distinct filled value once, in the fields of these kinds (all fields where none is named), and answers None or Wrong.
    """

    def register(ask: Callable[..., Wrong | None]) -> Rule:
        asked = _parameters(ask)

        def find(sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
            for each in sheet.fields(*kinds):
                column = sheet.column(each.id, Column)
                given = _given(asked, field=each, sheet=sheet, today=when.today)
                for number, cell in enumerate(column.distinct):
                    if cell.text and (wrong := ask(cell, **given)):
                        for place in column.places(number):
                            yield Hit(int(sheet.rows[place]), each.id, wrong.proposals, wrong.words)

        return _register(code, ask, "cells", find, row_by_row="sheet" not in asked, kinds=tuple(kinds), **about)

    return register


def row_rule(
    code: str, *, marks: str, fields: Sequence[Mapping[str, str]] = ({},), **about: Any
) -> Callable[[Callable[..., Mask]], Rule]:
    """A rule about one row. The parameters are the fields it reads, each annotated with the view it wants; it
    runs where a sheet has them all and answers True where the row is wrong. `marks` names the one that gets the mark.

    Where a concept has several ids, `fields` maps parameters to them, once for each set of fields to run on.
    """

    def register(ask: Callable[..., Mask]) -> Rule:
        views = _parameters(ask)

        def find(sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
            for given in fields:
                ids = {name: given.get(name, name) for name in (*views, marks)}
                if sheet.has(*ids.values()):
                    columns = {name: sheet.column(ids[name], view) for name, view in views.items()}
                    yield from hits(sheet, ask(**columns), ids[marks], **columns)

        return _register(code, ask, "rows", find, row_by_row=True, **about)

    return register


def sheet_rule(code: str, **about: Any) -> Callable[[Callable[..., Iterable[Hit]]], Rule]:
    """A rule about anything larger than a row: the function asks for `sheet` and `when` and yields its spots."""

    def register(ask: Callable[..., Iterable[Hit]]) -> Rule:
        asked = _parameters(ask)

        def find(sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
            yield from ask(**_given(asked, sheet=sheet, when=when))

        return _register(code, ask, "sheets", find, **about)

    return register


def folder_rule(code: str, **about: Any) -> Callable[[FindAmong], Rule]:
    """A rule that compares the sheets of a folder; all are inferred. The function gets the sheets and the report on
    each, and yields the number of a sheet with a spot in it. Examples map a service to the rows of its sheet.
    """

    def register(ask: FindAmong) -> Rule:
        def nothing(sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
            yield from ()

        return _register(code, ask, "folders", nothing, origin="house", among=ask, **about)

    return register


def _register(
    code: str,
    ask: Callable[..., object],
    about: str,
    find: Find,
    *,
    origin: Origin,
    en: str,
    fr: str,
    why_fr: str,
    source: str,
    good: Sequence[Any],
    bad: Sequence[Any] | Mapping[Any, str | None],
    severity: Severity | None = None,
    kinds: tuple[str, ...] = (),
    row_by_row: bool = False,
    among: FindAmong | None = None,
) -> Rule:
    severity = severity or ("warning" if origin == "house" else "error")
    if code in REGISTRY or not ask.__doc__ or (origin == "house" and severity == "error"):
        raise ValueError(f"{code}: codes are unique, rules say why in a docstring, house rules are warnings")
    name, why = ask.__name__.replace("_", "-"), Text(_first_paragraph(ask.__doc__), why_fr)
    says = Text(en, fr)
    rule = Rule(code, name, about, origin, severity, says, why, source, good, bad, kinds, find, row_by_row, among)
    REGISTRY[code] = rule
    return rule


def _first_paragraph(docstring: str) -> str:
    """What a rule’s docstring tells everybody; what follows is for developers."""
    return " ".join(inspect.cleandoc(docstring).partition("\n\n")[0].split())


def _parameters(ask: Callable[..., object]) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(ask).items() if name != "return"}


def _given(asked: Mapping[str, object], **offered: Any) -> dict[str, Any]:
    return {name: value for name, value in offered.items() if name in asked}


def _quote(value: str) -> str:
    return value if len(value) <= LONGEST_QUOTE else value[: LONGEST_QUOTE - 1] + "…"
