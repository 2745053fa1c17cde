"""Which sheets are played, what counts as a hit, and the table of both. A seed is a text that makes the same sheet again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from icare_xl.check.engine import check, check_folder
from icare_xl.icare.recognise import upload_sheet
from icare_xl.model.addresses import a1, area_of
from icare_xl.model.cells import Cell
from icare_xl.model.finding import Diagnosis, Report
from icare_xl.model.grid import Grid
from icare_xl.model.sheet import Sheet
from tests.support.breaking.fields import WITHOUT_CLIENTS, blank
from tests.support.breaking.noise import noise
from tests.support.breaking.office import Office, Rows
from tests.support.breaking.page import BESIDE, BREAKERS, Breaker, Head, Page, Put
from tests.support.services import SERVICES
from tests.support.sheets import TODAY, MemoryBook, as_cell, lov_of, sheet_of

_WITH_CLIENTS = [each for each in SERVICES if each not in WITHOUT_CLIENTS and each != "client_profile"]


@dataclass
class Case:
    """A sheet with what was put into it, and what a check says."""

    seed: str
    page: Page
    puts: Sequence[Put] = ()
    faults: Sequence[str] = ()

    @cached_property
    def report(self) -> Report:
        if self.others:
            return check_folder([self.sheet, *self.others], TODAY)[0]
        return check(self.sheet, TODAY)

    @cached_property
    def sheet(self) -> Sheet:
        page = self.page
        if page.head:
            return _found(page, page.head)
        return _sheet(page.rows, page.service, merged(page))

    @cached_property
    def others(self) -> list[Sheet]:
        """The other file of the folder, where there is one."""
        return [] if self.page.profile is None else [_sheet(self.page.profile, self.page.profile_of)]

    def rows(self, put: Put) -> list[int]:
        return self.page.numbers(put.lines)

    def hit(self, put: Put) -> bool:
        """Whether the causes named first, as many as were put in, have this one with exactly its rows."""
        return any(self.is_it(each, put) for each in self.report.diagnoses[: len(self.puts)])

    def is_it(self, each: Diagnosis, put: Put) -> bool:
        """Rows that were pasted a second time are to go anyway: whether other causes count them is no matter."""
        again = {row for other in self.puts if other.code == "CA21" and other is not put for row in self.rows(other)}
        return each.code == put.code and {*each.rows} | again == {*self.rows(put)} | again

    def missed(self, put: Put) -> str:
        found = self.report.diagnoses
        named = "; ".join(map(told, found[: len(self.puts)])) or "nothing"
        right = [place for place, each in enumerate(found, 1) if self.is_it(each, put)]
        late = f" (named, but as number {right[0]})" if right else ""
        faults = f", {len(self.faults)} faults" if self.faults else ""
        return f"{self.seed!r} {self.page.service}{faults}: {put.code} rows {spans(self.rows(put))} ({put.told}) -> {named}{late}"


def _sheet(rows: Rows, service: str, merged: Iterable[str] = ()) -> Sheet:
    template = blank(service)
    beside = any(BESIDE in row for row in rows.values())
    return sheet_of(rows, of=template, ids=[*template.ids, BESIDE] if beside else (), merged=merged)


def _found(page: Page, head: Head) -> Sheet:
    """The sheet as it is found in a workbook whose rows above the data are these."""
    ids = [*page.template.ids, BESIDE]
    cells = [
        (number, column, Cell(text))
        for number, texts in enumerate(head.rows, 1)
        for column, text in enumerate(texts)
        if text
    ]
    cells += [
        (number, ids.index(id_), as_cell(value))
        for number, row in page.rows.items()
        for id_, value in row.items()
        if value != ""
    ]
    grid = Grid.of(cells)
    grid.merged = tuple(area for each in merged(page) if (area := area_of(each)))
    return upload_sheet(MemoryBook({"iCARE Template": grid, **(lov_of(page.service) if head.lists else {})}))


def merged(page: Page) -> list[str]:
    """The addresses of merged cells."""
    found = []
    for lines, id_ in page.merged:
        numbers, column = page.numbers(lines), page.template.ids.index(id_)
        found.append(f"{a1(numbers[0], column)}:{a1(numbers[-1], column)}")
    return found


def told(each: Diagnosis) -> str:
    return f"{each.code} rows {spans(each.rows)}"


def spans(rows: Iterable[int]) -> str:
    """`4-9, 12`"""
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][-1] == row - 1:
            found[-1] = [found[-1][0], row]
        else:
            found.append([row])
    return ", ".join("-".join(map(str, each)) for each in found) or "none"


def page(random: Random, *, folder: bool = False, service: str = "") -> Page:
    """A faultless sheet; where a folder is meant, with the profiles of its clients in another file."""
    if not folder:
        service = service or random.choice(SERVICES)
        return Page(service, blank(service), random, Office(service, random).sheet())
    service = service or random.choice(_WITH_CLIENTS)
    profiles, office = Office("client_profile", random), Office(service, random)
    known = profiles.clients(random.randint(12, random.choice([30, 60, 90])))
    served = random.sample(known, random.randint(max(10, len(known) // 2), len(known)))
    return Page(service, blank(service), random, office.sheet(served), profiles.sheet(known))


def alone(code: str, number: int) -> Case:
    """A sheet with this cause; every other one has single faults too."""
    seed = f"{code} {number}"
    random, breaker = Random(seed), BREAKERS[code]
    for _ in range(100):
        broken = page(random, folder=breaker.folder)
        if put := breaker.into(broken):
            return _with_faults(Case(seed, broken, [put]), random.randint(1, 2) if number % 2 else 0)
    raise AssertionError(f"no sheet can be broken by {code}")


def together(number: int) -> Case:
    """A sheet with two causes or three that leave each other what they are."""
    seed = f"together {number}"
    random = Random(seed)
    while True:
        chosen = random.sample(list(BREAKERS.values()), random.choice([2, 2, 3]))
        chosen.sort(key=lambda each: each.stage)
        broken = page(random, folder=any(each.folder for each in chosen))
        puts = _all(chosen, broken)
        if puts:
            return _with_faults(Case(seed, broken, puts), random.randint(1, 2) if number % 2 else 0)


def _all(chosen: Sequence[Breaker], broken: Page) -> list[Put] | None:
    puts: list[Put] = []
    for breaker in chosen:
        put = breaker.into(broken, puts)
        if put is None:
            return None
        puts.append(put)
    return puts


def clean(number: int) -> Case:
    """A faultless sheet; every tenth with the profiles of its clients."""
    seed = f"clean {number}"
    return Case(seed, page(Random(seed), folder=number % 10 == 0))


def single_faults(number: int) -> Case:
    """A sheet with a typo or two and nothing else."""
    seed = f"faults {number}"
    random = Random(seed)
    return _with_faults(Case(seed, page(random, folder=number % 10 == 0)), random.randint(1, 2))


def _with_faults(case: Case, count: int) -> Case:
    case.faults = noise(case.page, case.puts, count)
    return case


def of_seed(seed: str) -> Case:
    name, _, number = seed.rpartition(" ")
    makers = {"together": together, "clean": clean, "faults": single_faults}
    return makers[name](int(number)) if name in makers else alone(name, int(number))


@dataclass
class Score:
    """Hits by cause, and what else was named in the sheets."""

    sheets: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    more: Counter[str] = field(default_factory=Counter)  # causes that nobody put in, by those that were
    missed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, cases: Iterable[Case]) -> Score:
        score = cls()
        for case in cases:
            assert case.report.could_not_run == case.report.could_not_explain == (), case.seed
            more = sum(not any(case.is_it(each, put) for put in case.puts) for each in case.report.diagnoses)
            for put in case.puts:
                score.sheets[put.code] += 1
                score.more[put.code] += more
                if case.hit(put):
                    score.hits[put.code] += 1
                else:
                    score.missed.append(case.missed(put))
        return score

    @property
    def share(self) -> float:
        return self.hits.total() / max(1, self.sheets.total())

    def __str__(self) -> str:
        lines = [f"{'cause':34} {'sheets':>6} {'hits':>6} {'share':>7} {'others named':>13}"]
        for code in sorted(self.sheets):
            sheets, hits = self.sheets[code], self.hits[code]
            lines.append(
                f"{code} {BREAKERS[code].name:29} {sheets:6} {hits:6} {hits / sheets:7.1%} {self.more[code]:13}"
            )
        return "\n".join([*lines, f"{'all':34} {self.sheets.total():6} {self.hits.total():6} {self.share:7.1%}"])
