"""Which cells of a row belong together: the conditions between them, fitted to the fields that a sheet has."""

# Without `from __future__ import annotations`: `conditions_file` reads the types, to tell what the file may hold.

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, ClassVar, NewType, Self

FieldId = NewType("FieldId", str)
FieldIds = tuple[FieldId, ...]
Texts = tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """An entry of the file; `source` names the entries of the catalogue of rules that it answers."""

    source: str
    one_is_enough: ClassVar[bool] = False  # of the fields it lists, for a sheet to have the condition at all

    def fitted(self, ids: Sequence[str]) -> Iterator[Self]:
        """The condition as a sheet with these fields can meet it, if at all: once for each word that a `*` in its parent
        stands for. Any other `*` stands for all fields that fit.
        """
        names = [each.name for each in fields(self) if each.type in (FieldId, FieldIds)]
        for word in _words(getattr(self, "parent", ""), ids):
            present: dict[str, Any] = {name: self._present(getattr(self, name), word, ids) for name in names}
            if all(present.values()):
                yield replace(self, **present)

    def _present(self, wanted: FieldId | FieldIds, word: str, ids: Sequence[str]) -> str | tuple[str, ...]:
        """What a sheet has of a field or of a list of them, and nothing where it has too little."""
        if isinstance(wanted, str):
            id_ = wanted.replace("*", word)
            return id_ if id_ in ids else ""
        found = tuple(id_ for each in wanted for id_ in _matching(each.replace("*", word), ids))
        return found if self.one_is_enough or len(found) >= len(wanted) else ()


@dataclass(frozen=True)
class AnyOf(Condition):
    """Yes to the parent means Yes to at least one child, otherwise to none; `complete` where a sheet has them all."""

    parent: FieldId
    children: FieldIds
    complete: bool = True
    one_is_enough = True

    def fitted(self, ids: Sequence[str]) -> Iterator[Self]:
        for each in super().fitted(ids):
            yield replace(each, complete=len(each.children) >= len(self.children))


@dataclass(frozen=True)
class OnlyIf(Condition):
    """The child is Yes only where the parent is."""

    parent: FieldId
    child: FieldId


@dataclass(frozen=True)
class Asks(Condition):
    """Where the parent has one of these answers, the fields are filled."""

    parent: FieldId
    fields: FieldIds
    answers: Texts = ("1",)
    one_is_enough = True


@dataclass(frozen=True)
class Blanks(Condition):
    """Where the parent has one of these answers (No or blank, if none is named), the fields are blank, 0 or N/A."""

    parent: FieldId
    fields: FieldIds
    answers: Texts = ()
    one_is_enough = True


@dataclass(frozen=True)
class _Several(Condition):
    """About several fields of a row that are alike."""

    fields: FieldIds


class AtLeastOne(_Several):
    """At least one of the fields is filled."""

    one_is_enough = True


class OneYes(_Several):
    """At least one of the fields is Yes."""

    one_is_enough = True


class Both(_Several):
    """Both cells are filled, or neither."""


class Differ(_Several):
    """No value stands twice among the fields."""


class Slots(_Several):
    """Places filled from the first on, without a gap."""


@dataclass(frozen=True)
class Order(Condition):
    """A period: the end is not before the start."""

    start: FieldId
    end: FieldId


@dataclass(frozen=True)
class Once(Condition):
    """No two rows of a file have the same values in these fields; in sheets of these services, if any are named."""

    fields: FieldIds
    services: Texts = ()


@dataclass(frozen=True)
class Conditions:
    """The conditions of each table, in the order of the file."""

    any_of: tuple[AnyOf, ...] = ()
    only_if: tuple[OnlyIf, ...] = ()
    asks: tuple[Asks, ...] = ()
    blanks: tuple[Blanks, ...] = ()
    at_least_one: tuple[AtLeastOne, ...] = ()
    one_yes: tuple[OneYes, ...] = ()
    both: tuple[Both, ...] = ()
    differ: tuple[Differ, ...] = ()
    slots: tuple[Slots, ...] = ()
    order: tuple[Order, ...] = ()
    once: tuple[Once, ...] = ()


def _words(parent: str, ids: Sequence[str]) -> list[str]:
    """What `*` in a parent stands for, in turn; itself, where there is none."""
    return [match[1] for match in map(_pattern(parent).fullmatch, ids) if match] if "*" in parent else ["*"]


def _matching(wanted: str, ids: Sequence[str]) -> list[str]:
    if "*" in wanted:
        return [id_ for id_ in ids if _pattern(wanted).fullmatch(id_)]
    return [wanted] if wanted in ids else []


@cache
def _pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(re.escape(wanted).replace(r"\*", r"(\w+)"))
