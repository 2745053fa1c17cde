"""The error list in words: a line for each finding, in reading order, whatever form it is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from icare_xl.check.sentences import ORIGIN, SEVERITY, accepted_by, cause_named
from icare_xl.model.client import IDENTIFIER
from icare_xl.model.columns import Column
from icare_xl.model.finding import Acceptance, Finding, Report
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Language, Text

WHOLE_SHEET = Text("the whole sheet", "toute la feuille")


@dataclass(frozen=True, slots=True)
class Checked:
    """A sheet that was checked, and the workbook it is in: its path, or its bare name where it was never saved."""

    file: Path
    sheet: Sheet
    report: Report


@dataclass(frozen=True, slots=True)
class Line:
    """A finding, where it is and the name of its cause. `client` is the identifier in its row as typed, None outside the rows
    of clients. `accepted`: a person found it right, so that nothing is to be done.
    """

    file: Path
    sheet: str
    found: Finding
    client: str | None
    cause: Text | None = None
    accepted: Acceptance | None = None


@dataclass(frozen=True)
class Listing:
    """What a list is made of; `left_out` says of files that were to be checked why they are not in it; `more` are
    columns for those who fill in the list.
    """

    checked: Sequence[Checked]
    left_out: Mapping[Path, Text] = field(default_factory=dict)
    more: Sequence[Head] = ()

    @property
    def title(self) -> Text:
        files = ", ".join(each.file.name for each in self.checked)
        return Text("Findings: {files}", "Constats : {files}").format(files=files)

    @cached_property
    def lines(self) -> list[Line]:
        return [line for each in self.checked for line in _lines(each)]

    @cached_property
    def accepted(self) -> list[Line]:
        """The warnings that were found right; they count nowhere."""
        return [line for each in self.checked for line in _accepted(each)]

    @property
    def all(self) -> list[Line]:
        """What there is to correct, and last what was found right."""
        return [*self.lines, *self.accepted]

    @cached_property
    def columns(self) -> list[Head]:
        """The columns of the list; which file a line is about is said where there are several, and its cause where any is known."""
        known = any(cause.explains for each in self.checked for cause in each.report.diagnoses)
        left_out = [FILE] * (len(self.checked) < 2) + [CAUSE] * (not known) + [RIGHT] * (not self.accepted)
        return [*(head for head in COLUMNS if head not in left_out), *self.more]


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the list: its name, its width in signs, and what it says of a line; `free` where people typed that.

    `choices` are what a person may fill in, and `hint` says what for. A `hidden` one is for programs.
    """

    name: Text
    width: int
    of: Callable[[Line], Text | str]
    free: bool = False
    choices: Sequence[Text] = ()
    hint: Text | None = None
    hidden: bool = False

    def says(self, line: Line, language: Language) -> str:
        return words(self.of(line), language)


def words(text: Text | str, language: Language) -> str:
    return text.to(language) if isinstance(text, Text) else text


def clients(sheet: Sheet) -> dict[int, str]:
    """Row number -> the identifier typed there, `""` where none is."""
    if not sheet.has(IDENTIFIER):
        return dict.fromkeys(sheet.rows.tolist(), "")
    column = sheet.column(IDENTIFIER, Column)
    return {row: column.text(index).strip() for index, row in enumerate(sheet.rows.tolist())}


def _lines(checked: Checked) -> Iterator[Line]:
    client_of, report = clients(checked.sheet), checked.report
    names = {id(each): cause_named(each) for each in report.diagnoses}
    for found in report.findings:
        client = client_of.get(found.row) if found.row is not None else None
        yield Line(checked.file, checked.sheet.name, found, client, names.get(id(report.cause_of(found))))


def _accepted(checked: Checked) -> Iterator[Line]:
    client_of = clients(checked.sheet)
    for found, acceptance in checked.report.accepted:
        client = client_of.get(found.row) if found.row is not None else None
        yield Line(checked.file, checked.sheet.name, found, client, accepted=acceptance)


# The cell comes first in every form of the list: it is what a line is called.
CELL = Head(Text("Cell", "Cellule"), 10, lambda line: line.found.cell or WHOLE_SHEET)
FILE = Head(Text("File", "Fichier"), 24, lambda line: line.file.name, free=True)
SEVERITY_OF = Head(Text("Severity", "Gravité"), 15, lambda line: SEVERITY[line.found.severity])
RULE = Head(Text("Rule", "Règle"), 8, lambda line: line.found.rule)
MESSAGE = Head(
    Text("What is wrong, and what to do", "Ce qui ne va pas et ce qu’il faut faire"),
    70,
    lambda line: line.found.message,
)
CAUSE = Head(Text("Cause", "Cause"), 34, lambda line: line.cause or "")
RIGHT = Head(
    Text("Found right", "Jugé exact"), 30, lambda line: accepted_by(line.accepted) if line.accepted else "", free=True
)
COLUMNS = (
    CELL,
    FILE,
    Head(Text("Client", "Client"), 14, lambda line: line.client or "", free=True),
    Head(Text("Label", "Libellé"), 30, lambda line: line.found.label or ""),
    Head(Text("Value", "Valeur"), 22, lambda line: line.found.value, free=True),
    MESSAGE,
    Head(Text("Enter instead", "À inscrire à la place"), 22, lambda line: line.found.suggestion or "", free=True),
    CAUSE,
    SEVERITY_OF,
    RULE,
    Head(Text("Where the rule comes from", "Origine de la règle"), 22, lambda line: ORIGIN[line.found.origin]),
    RIGHT,
)
TITLE = Text("Findings", "Constats")
CARE = Text(
    "This list holds clients’ data; keep it where the workbook is kept.",
    "Cette liste contient des données de clients; conservez-la au même endroit que le classeur.",
)
