"""What there is to correct, counted: by cause, mark, rule, column and client; each count adds up to the total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from icare_xl.check.error_list.listing import CAUSE, MESSAGE, RULE, WHOLE_SHEET, Line, Listing, clients
from icare_xl.check.rules import REGISTRY
from icare_xl.check.sentences import MARK, MEANING, NO_COMMON_CAUSE, cause_named, of_any_cell, rows_checked
from icare_xl.model.addresses import letters
from icare_xl.model.client import client_key
from icare_xl.model.counting import ROWS, counted
from icare_xl.model.finding import Mark
from icare_xl.model.text import Text

ERRORS, WARNINGS = Text("Errors", "Erreurs"), Text("Warnings", "Avertissements")
TOTAL, COLUMN = Text("Total", "Total"), Text("Column", "Colonne")
_NO_IDENTIFIER = Text("no identifier", "sans identifiant")


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings have something in common: `name` says what, `about` says more of it."""

    name: Text | str
    about: Text | str
    errors: int
    warnings: int
    mark: Mark | None = None

    @property
    def total(self) -> int:
        return self.errors + self.warnings


@dataclass(frozen=True, slots=True)
class Section:
    """A table of counts; the two heads stand over their names and what is said of each."""

    title: Text
    name: Text
    about: Text
    counts: list[Count]


@dataclass(frozen=True, slots=True)
class Summary:
    """The tables, in the order in which they are shown; that of the causes where one is known."""

    causes: Section
    marks: Section
    rules: Section
    columns: Section
    clients: Section

    def __iter__(self) -> Iterator[Section]:
        known = [self.causes] if self.causes.counts else []
        return iter((*known, self.marks, self.rules, self.columns, self.clients))


def opening(listing: Listing) -> list[Text]:
    """What was checked and what was not, a sentence for each file."""
    said = (
        (each.file.name, each.sheet.name, rows_checked(len(each.sheet.rows), each.report)) for each in listing.checked
    )
    return [
        *(Text(f"{file} · {sheet} · {text.en}", f"{file} · {sheet} · {text.fr}") for file, sheet, text in said),
        *listing.left_out.values(),
    ]


def summary(listing: Listing) -> Summary:
    lines = listing.lines
    return Summary(by_cause(listing), by_mark(lines), by_rule(lines), by_column(lines), by_client(listing))


def by_cause(listing: Listing) -> Section:
    """Every cause with what to do, also those that explain no finding, and last the findings without one."""
    fixes = {cause_named(each): each.fix for checked in listing.checked for each in checked.report.diagnoses}
    grouped = _grouped(listing.lines, lambda line: line.cause)
    found = {first.cause: (errors, warnings) for first, errors, warnings in grouped}
    names = sorted(fixes, key=lambda name: -sum(found.get(name, ())))
    counts = [Count(name, fixes[name], *found.get(name, (0, 0))) for name in names]
    if counts and None in found:
        counts.append(Count(NO_COMMON_CAUSE, "", *found[None]))
    return Section(Text("Causes", "Causes"), CAUSE.name, Text("What to do", "Ce qu’il faut faire"), counts)


def by_mark(lines: Iterable[Line]) -> Section:
    """Every mark with its meaning, also those that nothing bears, and the total."""
    found = Counter(line.found.mark for line in lines)
    counts = [
        Count(name, MEANING[mark], found[mark] * (mark != "warning"), found[mark] * (mark == "warning"), mark)
        for mark, name in MARK.items()
    ]
    total = Count(TOTAL, "", sum(each.errors for each in counts), sum(each.warnings for each in counts))
    return Section(
        Text("The marks", "Les marques"), Text("Mark", "Marque"), Text("Meaning", "Signification"), [*counts, total]
    )


def by_rule(lines: Sequence[Line]) -> Section:
    """With the sentence of its findings where all of a rule say the same, else with what is true of each."""
    groups = _grouped(lines, lambda line: line.found.rule)
    said = {first.found.rule: first.found.message for first, _, _ in groups}
    for rule in {line.found.rule for line in lines if line.found.message != said[line.found.rule]}:
        said[rule] = of_any_cell(REGISTRY[rule].says)
    counts = [
        Count(rule, said[rule], errors, warnings) for rule, (_, errors, warnings) in zip(said, groups, strict=True)
    ]
    return Section(Text("By rule", "Par règle"), RULE.name, MESSAGE.name, counts)


def by_column(lines: Iterable[Line]) -> Section:
    """Columns are told apart by letter and label: labels repeat inside a sheet, letters between services."""
    counts = []
    for first, errors, warnings in _grouped(lines, lambda line: (line.found.column, line.found.label)):
        column, label = first.found.column, first.found.label
        counts.append(Count(WHOLE_SHEET if column is None else letters(column), label or "", errors, warnings))
    return Section(Text("By column", "Par colonne"), COLUMN, Text("Label", "Libellé"), counts)


def by_client(listing: Listing) -> Section:
    """A client is all rows with one identifier, in all files: if iCARE rejects it in one, it rejects the others too."""
    rows_of = Counter(client_key(typed) for each in listing.checked for typed in clients(each.sheet).values())
    counts = []
    for first, errors, warnings in _grouped(listing.lines, _client):
        if (client := _client(first)) is None:
            counts.append(Count(WHOLE_SHEET, "", errors, warnings))
        else:
            name = (client and first.client) or _NO_IDENTIFIER
            counts.append(Count(name, counted(rows_of[client], ROWS), errors, warnings))
    return Section(
        Text("By client", "Par client"),
        Text("Client", "Client"),
        Text("Rows of this client", "Lignes de ce client"),
        counts,
    )


def _client(line: Line) -> str | None:
    """The key of the client a line is about: empty where the row tells none, None outside the rows of clients."""
    return None if line.client is None else client_key(line.client)


def _grouped(lines: Iterable[Line], key: Callable[[Line], Hashable]) -> list[tuple[Line, int, int]]:
    """The first line of each group, its errors and its warnings; the group with most findings first."""
    first: dict[Hashable, Line] = {}
    errors: Counter[Hashable] = Counter()
    warnings: Counter[Hashable] = Counter()
    for line in lines:
        group = key(line)
        first.setdefault(group, line)
        (errors if line.found.severity == "error" else warnings)[group] += 1
    most = sorted(first, key=lambda group: -errors[group] - warnings[group])
    return [(first[group], errors[group], warnings[group]) for group in most]
