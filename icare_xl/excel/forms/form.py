"""What a form is: rows of cells, some of them to be filled in, each row with a hidden key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from icare_xl.model.text import Language, Text

Shown = Mapping[str, Text | str | int]  # column -> what stands in its cell


@dataclass(frozen=True, slots=True)
class Column:
    """`width` counts signs. A column to fill in has a `hint`, which Excel shows beside the selected cell."""

    id: str
    head: Text
    width: int
    hint: Text | None = None


WRONG = Column("wrong", Text("What is wrong", "Ce qui ne va pas"), 44)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as a person filled it in. `texts` are the cells to fill in, by column; `before` is what stood there when they were
    last recorded.
    """

    row: int
    key: str
    texts: Mapping[str, str]
    before: Mapping[str, str]

    @property
    def changed(self) -> bool:
        return self.texts != self.before


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of form: a new one is one more in `record.KINDS`.

    `wrong` is where what is wrong with a row is told. `record` takes an entry and returns what its row shows afterwards, or
    None where there was nothing to record; it raises where the entry cannot be recorded.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    record: Callable[[Any, Entry], Shown | None]
    wrong: Column = WRONG

    @property
    def to_fill_in(self) -> tuple[Column, ...]:
        return tuple(each for each in self.columns if each.hint)


@dataclass(frozen=True, slots=True)
class Row:
    """`choices` are the drop-downs, by column."""

    key: str
    cells: Shown
    choices: Mapping[str, Sequence[Text]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a kind, before it is written. `sentences` stand on top."""

    kind: Kind
    title: Text
    sentences: Sequence[Text]
    rows: Sequence[Row]


def in_words(shown: Text | str | int, language: Language) -> str:
    return shown.to(language) if isinstance(shown, Text) else str(shown)
