"""A sheet that is being broken, and what was put into it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from icare_xl.icare.blank_workbook import Value
from icare_xl.model.template import Field, Template
from tests.support.breaking.fields import SERVICE_DATES
from tests.support.breaking.office import Row, Rows

BESIDE = ""  # the id of the column right of the table
_FORMS = {
    "date": r"\d{4}-\d\d-\d\d", "postal": r"([A-Z]\d){3}", "phone": r"\d{3}-\d{3}-\d{4}", "number": r"[\d.]+",
    "identifier": r"\d{8}|\d{10}|[A-Z]\d{9}", "email": r"\S+@\S+",
}  # fmt: skip


@dataclass(frozen=True)
class Put:
    """What was put into a sheet: the code of the cause, the rows it is about, and in words what was done.

    `columns` and `alone` are the columns and rows in which nothing else may be put, as either would no longer be what it is.
    """

    code: str
    lines: Sequence[Row]
    told: str
    columns: frozenset[str] = frozenset()
    alone: Sequence[Row] = ()
    whole: bool = False  # it is about no rows, but the sheet
    cells: frozenset[tuple[int, str]] = frozenset()  # (id of the row, field) of all that was changed, or belongs to it


@dataclass(frozen=True)
class Head:
    """What stands above the data in place of title, ids and labels; and whether the workbook has its hidden lists."""

    rows: Sequence[Sequence[str]]
    lists: bool


@dataclass
class Page:
    """The rows of a sheet by number. Rows that are inserted move the later ones down, so a row is known by itself."""

    service: str
    template: Template
    random: Random
    rows: Rows
    profile: Rows | None = None  # of the same clients, in another file of the folder
    profile_of: str = "client_profile"  # which service that file is of
    apart: list[int] = field(default_factory=list)  # the ids of rows that are no client's
    head: Head | None = None  # where it is not as it should be
    merged: list[tuple[Sequence[Row], str]] = field(
        default_factory=list
    )  # the cells of these rows in this field are one

    @property
    def lines(self) -> list[Row]:
        """The rows of clients, from the first to the last."""
        return [self.rows[number] for number in sorted(self.rows) if id(self.rows[number]) not in self.apart]

    def numbers(self, lines: Iterable[Row]) -> list[int]:
        at = {id(row): number for number, row in self.rows.items()}
        return sorted(at[id(line)] for line in lines)

    def field(self, id_: str) -> Field:
        return next(each for each in self.template.fields if each.id == id_)

    def has(self, *ids: str) -> bool:
        return all(id_ in self.template.ids for id_ in ids)

    def insert(self, at: int, row: Row, *, apart: bool = True) -> Row:
        """A row at this number; where one stands there, it and those below move down."""
        down = at in self.rows
        self.rows = {number + (down and number >= at): line for number, line in self.rows.items()} | {at: row}
        if apart:
            self.apart.append(id(row))
        return row

    # Where something goes wrong

    def part(self, least: int, most: int | None = None) -> list[Row]:
        """Some rows, one below the other: often few, now and then all."""
        lines = self.lines
        size = self.size(least, len(lines) if most is None else min(most, len(lines)))
        start = self.random.randint(0, len(lines) - size)
        return lines[start : start + size]

    def block(self, least: int, most: int | None = None) -> list[Row] | None:
        """The same without a blank row in between."""
        blocks: list[list[Row]] = []
        last = 0
        for number in sorted(self.rows):
            if id(self.rows[number]) in self.apart:
                continue
            if number != last + 1:
                blocks.append([])
            blocks[-1].append(self.rows[number])
            last = number
        blocks = [block for block in blocks if len(block) >= least]
        if not blocks:
            return None
        block = self.random.choice(blocks)
        size = self.size(least, len(block) if most is None else min(most, len(block)))
        start = self.random.randint(0, len(block) - size)
        return block[start : start + size]

    def scattered(self, least: int, most: int | None = None) -> list[Row]:
        """Some rows here and there, or one below the other."""
        if self.random.random() < 0.4:
            return self.part(least, most)
        lines = self.lines
        size = self.size(least, len(lines) if most is None else min(most, len(lines)))
        chosen = {id(line) for line in self.random.sample(lines, size)}
        return [line for line in lines if id(line) in chosen]

    def size(self, least: int, most: int) -> int:
        share = self.random.choice([0.1, 0.3, 0.6, 1.0])
        return self.random.choice(
            [self.random.randint(least, max(least, round(most * share))), most][: 1 + (share == 1)]
        )

    def any_row_number(self) -> int:
        """A place in the middle, or the first below the table."""
        numbers = sorted(self.rows)
        if self.random.random() < 0.3:
            return numbers[-1] + self.random.choice([1, 1, 2, 5])
        return self.random.choice(numbers[1:])

    # What stands there

    def filled(self, id_: str, lines: Iterable[Row] | None = None) -> list[Row]:
        return [line for line in (self.lines if lines is None else lines) if line.get(id_, "") != ""]

    def kinds(self, *kinds: str, share: float = 0.0) -> Iterator[str]:
        """The fields of these kinds that at least this share of the rows, and one, have filled."""
        lines = self.lines
        for each in self.template.fields[1:]:
            if each.kind in kinds and len(self.filled(each.id)) >= max(1, share * len(lines)):
                yield each.id

    def service_dates(self) -> list[str]:
        return [id_ for id_ in self.template.ids if id_ in SERVICE_DATES and self.filled(id_)]

    def misfits(self, line: Row, ids: Iterable[str]) -> int:
        """How many of these cells hold what cannot stand there, as a person sees at once."""
        return sum(_misfit(self.field(id_), line[id_]) for id_ in ids if line.get(id_, "") != "" and id_ != BESIDE)

    def of_one_row(self) -> list[Row]:
        """The rows of the clients that stand in one row only."""
        lines = self.lines
        count = Counter(line.get("client_validation_id") for line in lines)
        return [line for line in lines if count[line.get("client_validation_id")] == 1]


def _misfit(field: Field, value: Value) -> bool:
    if field.allowed:
        return value not in field.allowed.values
    return field.kind in _FORMS and not re.fullmatch(_FORMS[field.kind], str(value))


def cells_of(lines: Iterable[Row], *ids: str) -> frozenset[tuple[int, str]]:
    return frozenset((id(line), id_) for line in lines for id_ in ids)


def overlaid(line: Row, values: Row) -> None:
    """Puts values into a row; blank ones are taken out."""
    line.update(values)
    for id_ in [id_ for id_, value in line.items() if value == ""]:
        del line[id_]


Ask = Callable[[Page], Put | None]


@dataclass(frozen=True)
class Breaker:
    """One way in which sheets go wrong. `stage` says when it happens, where several do.

    `uniform`: all equal values change alike, so that rows that were alike still are. `folder`: it is seen only beside the profiles.
    """

    code: str
    name: str
    ask: Ask
    stage: int = 1
    uniform: bool = False
    folder: bool = False

    def into(self, page: Page, before: Sequence[Put] = (), tries: int = 30) -> Put | None:
        """Breaks the page; None where it has nothing to break this way, or where it would destroy what was put in before."""
        for _ in range(tries):
            rows, apart, merged = page.rows, [*page.apart], [*page.merged]
            profile, profile_of = page.profile, page.profile_of
            old = {id(row): dict(row) for row in rows.values()}
            try:
                put = self.ask(page)
            except (KeyError, ValueError):  # what it would read is gone, or broken already
                put = None
            now = {id(row): row for row in page.rows.values()}
            cells = frozenset(
                (key, id_)
                for key, row in now.items()
                for id_ in {*row, *old.get(key, ())}
                if _differ(row.get(id_, ""), old.get(key, {}).get(id_, ""))
            ) | (put.cells if put else frozenset())
            about = put and (put.lines or put.whole)
            if put and about and not any(self._destroys(each, put, cells, page) for each in before):
                return replace(put, cells=cells)
            page.rows, page.apart, page.merged, page.head = rows, apart, merged, None
            page.profile, page.profile_of = profile, profile_of
            for row in rows.values():
                row.clear()
                row.update(old[id(row)])
        return None

    def _destroys(self, other: Put, put: Put, cells: frozenset[tuple[int, str]], page: Page) -> bool:
        alone, others_alone = {id(row) for row in put.alone}, {id(row) for row in other.alone}
        changed, others_changed = {row for row, _ in cells}, {row for row, _ in other.cells}
        if self.stage == 2:
            return _tears(other, put, page)
        if put.whole:
            return False
        if other.code == "CA21":
            return bool(changed & others_alone) and not self.uniform
        if "CA29" in (self.code, other.code) and self.folder and BREAKERS[other.code].folder:
            return True  # the others are seen only beside the profiles
        columns, others_columns = ({id_ for _, id_ in each} for each in (cells, other.cells))
        return bool(
            cells & other.cells
            or changed & others_alone
            or alone & others_changed
            or columns & other.columns
            or others_columns & put.columns
        )


def _tears(other: Put, put: Put, page: Page) -> bool:
    """Whether rows were inserted into the middle of a run."""
    if other.code not in {"CA07", "CA08", "CA10", "CA18", "CA21"}:
        return False
    run = [row for row in page.rows.values() if any(id(row) == changed for changed, _ in other.cells)]
    numbers, own = page.numbers(run if other.code == "CA18" else other.lines), page.numbers(put.lines)
    return any(numbers[0] < number < numbers[-1] for number in own)


def _differ(one: Value, other: Value) -> bool:
    return one != other or type(one) is not type(other)


BREAKERS: dict[str, Breaker] = {}


def breaker(code: str, **about: bool | int) -> Callable[[Ask], Ask]:
    """Enlists a function; its name says what goes wrong."""

    def enlist(ask: Ask) -> Ask:
        BREAKERS[code] = Breaker(code, ask.__name__.replace("_", " "), ask, **about)  # type: ignore[arg-type]
        return ask

    return enlist
