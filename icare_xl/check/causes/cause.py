"""What a cause is: a code that lives for ever, what a colleague would say and do, examples, and a look at the whole sheet."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from icare_xl.check.rules.rule import first_paragraph
from icare_xl.model.addresses import Place, letters, runs
from icare_xl.model.check_date import CheckDate
from icare_xl.model.columns import Mask
from icare_xl.model.finding import Diagnosis, Finding, Origin
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import Text, first_few, shortened

RUNS, COLUMNS, SIGNS = 4, 4, 48  # of rows, columns, and of a label or a value, that a sentence names
Explained = Callable[[Finding], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """Where a sheet shows a cause: its rows and cells, words for the sentences besides those of its rows, and which findings it
    explains: those in its cells, of these rules where any are named, or those that `explains` says.
    """

    rows: Iterable[int] = ()
    cells: Iterable[Place] = ()
    words: Mapping[str, object] = field(default_factory=dict)
    rules: Sequence[str] = ()
    explains: Explained | None = None
    moved: Collection[str] = ()  # fields whose columns hold what is not theirs
    cure: Mapping[Place, str] = field(default_factory=dict)

    def explained(self) -> Explained:
        if self.explains:
            return self.explains
        cells, rules = frozenset(self.cells), frozenset(self.rules)
        return lambda finding: finding.place in cells and (not rules or finding.rule in rules)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a cause looks at: the rows that no earlier cause has set apart, and the findings that none has explained."""

    sheet: Sheet
    findings: Sequence[Finding]
    when: CheckDate
    moved: frozenset[str] = frozenset()

    def fields(self, *kinds: str) -> Iterator[Field]:
        """The fields of these kinds whose columns hold what is theirs."""
        return (each for each in self.sheet.fields(*kinds) if each.id not in self.moved)

    def numbers(self, mask: Mask) -> list[int]:
        """The Excel numbers of these rows."""
        found: list[int] = self.sheet.rows[mask].tolist()
        return found

    def of_rules(self, *rules: str) -> list[Finding]:
        """The unexplained findings of these rules that are about cells."""
        wanted = frozenset(rules)
        return [finding for finding in self.findings if finding.rule in wanted and finding.place]


Others = Sequence[Sheet]  # the other sheets of a folder


@dataclass(frozen=True, kw_only=True, eq=False)
class Cause:
    """`ask` is the function that sees the cause; `good` and `bad` are its examples: what the `rows` of a sheet have other than
    good rows, `bare` rows that have nothing else, the `service`, `others` beside it, and which rows it is `about`.

    Causes are asked by `turn`, then by code. `apart`: its rows are no client's, or are there twice, so that no other cause looks
    at them.
    """

    code: str
    name: str
    origin: Origin
    says: Text
    fix: Text
    why: Text
    good: Sequence[Any]
    bad: Sequence[Any]
    ask: Callable[..., Iterable[Case]]
    apart: bool = False
    turn: int = 0

    @property
    def among_sheets(self) -> bool:
        """Whether it is seen only beside other sheets."""
        return "others" in inspect.signature(self.ask).parameters

    def cases(self, scene: Scene, others: Others) -> Iterator[Case]:
        if not self.among_sheets:
            yield from self.ask(scene)
        elif others:
            yield from self.ask(scene, others=others)

    def diagnosis(self, case: Case, explains: Iterable[Finding]) -> Diagnosis:
        rows = tuple(sorted(case.rows))
        words = {**some_rows(rows), **case.words}
        return Diagnosis(
            code=self.code,
            says=self.says.format(**words),
            why=self.why,
            fix=self.fix.format(**words),
            rows=rows,
            cells=tuple(sorted(case.cells)),
            explains=tuple(explains),
            cure=case.cure,
        )


def cells_of(sheet: Sheet, rows: Iterable[int], *ids: str) -> list[Place]:
    """The cells of these fields in these rows."""
    columns = [sheet.layout.columns[id_] for id_ in ids]
    return [(row, column) for row in rows for column in columns]


def rows_of(cells: Iterable[Place]) -> list[int]:
    """The rows that these cells are in."""
    return sorted({row for row, _ in cells})


def columns_of(cells: Iterable[Place]) -> Text:
    """`column E`, `columns E, G, …`: the columns that these cells are in, as a sentence names them."""
    named = [letters(column) for column in sorted({column for _, column in cells})]
    told = first_few(named, COLUMNS)
    return Text(f"column {told}", f"colonne {told}") if len(named) == 1 else Text(f"columns {told}", f"colonnes {told}")


def some_rows(rows: Sequence[int]) -> dict[str, Text]:
    """Words for the rows of a cause: `rows 4–12, 15, …`, in French without an article and with one."""
    named = runs(rows, most=RUNS)
    if len(rows) == 1:
        return {"rows": Text(f"row {named}", f"ligne {named}"), "the_rows": Text(f"row {named}", f"la ligne {named}")}
    return {"rows": Text(f"rows {named}", f"lignes {named}"), "the_rows": Text(f"rows {named}", f"les lignes {named}")}


def short(text: str) -> str:
    """A label or a value as a sentence names it."""
    return shortened(text, SIGNS)


def down(id_: str, *values: object, **others: object) -> dict[int, dict[str, object]]:
    """The rows of an example: these values down the column of a field from row 4 on, `others` in every row."""
    return {4 + number: {id_: value, **others} for number, value in enumerate(values)}


REGISTRY: dict[str, Cause] = {}


def cause(code: str, **about: Any) -> Callable[[Callable[..., Iterable[Case]]], Cause]:
    """Makes a cause of a function: its name is the cause’s, and the first paragraph of its docstring says why."""
    return partial(_register, code, **about)


def _register(
    code: str,
    ask: Callable[..., Iterable[Case]],
    *,
    en: str,
    fr: str,
    do_en: str,
    do_fr: str,
    why_fr: str,
    origin: Origin = "house",
    **about: Any,
) -> Cause:
    if code in REGISTRY or not ask.__doc__:
        raise ValueError(f"{code}: codes are unique, causes say why in a docstring")
    found = Cause(
        code=code,
        name=ask.__name__.replace("_", "-"),
        origin=origin,
        says=Text(en, fr),
        fix=Text(do_en, do_fr),
        why=Text(first_paragraph(ask.__doc__), why_fr),
        ask=ask,
        **about,
    )
    REGISTRY[code] = found
    return found
