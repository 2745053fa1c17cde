"""What iCARE rejected, as staff have to work on it: where to look, what may be behind it, which rows hang together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from icare_xl.icare import notes
from icare_xl.icare.messages import Catalogue
from icare_xl.model.addresses import Place
from icare_xl.model.client import IDENTIFIER, IDENTITY, client_key
from icare_xl.model.finding import Marks
from icare_xl.model.normalise import comparison_key
from icare_xl.model.note import Message, RejectionNote
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.text import Text
from icare_xl.rejected import likely_slips

_OTHER = Text("another reason", "une autre raison")


@dataclass(frozen=True)
class Complaint:
    """One message about one row: the cells it names, those to look at where it names none, and what may be behind it.

    `absent` are the field ids that it names and the sheet does not have.
    """

    row: int
    message: Message
    raw: str
    cells: tuple[Place, ...]
    look_at: tuple[Place, ...]
    absent: tuple[str, ...] = ()
    causes: tuple[Text, ...] = ()

    @property
    def about(self) -> tuple[Place, ...]:
        return self.cells or self.look_at

    @property
    def words(self) -> Text:
        """The message as iCARE wrote it, but for a stray bracket at its end; where there is none, the whole note."""
        english, french = map(_without_stray_bracket, (self.message.text.en, self.message.text.fr))
        return Text(english or french or self.raw, french or english or self.raw)


@dataclass(frozen=True)
class Rejection:
    """A note, and what it complains of."""

    row: int
    note: RejectionNote
    complaints: tuple[Complaint, ...]


@dataclass(frozen=True)
class Client:
    """The rejected rows of one client, who is not named; a row without an identifier stands alone."""

    rows: tuple[int, ...]
    complaints: tuple[Complaint, ...]

    @property
    def cells(self) -> list[Place]:
        return sorted({place for each in self.complaints for place in each.about})

    @property
    def causes(self) -> tuple[Text, ...]:
        return tuple(dict.fromkeys(cause for each in self.complaints for cause in each.causes))


@dataclass(frozen=True)
class Rejected:
    """All notes of a sheet, and the remarks of persons in the same column by row."""

    sheet: Sheet
    catalogue: Catalogue
    rejections: tuple[Rejection, ...]
    remarks: dict[int, str]

    @cached_property
    def complaints(self) -> list[Complaint]:
        return [complaint for rejection in self.rejections for complaint in rejection.complaints]

    @property
    def rows(self) -> list[int]:
        return list(dict.fromkeys(rejection.row for rejection in self.rejections))

    @property
    def reasons(self) -> list[tuple[Text, int]]:
        """Each reason and how many rows it rejected, the most frequent first."""
        of_row = {(each.row, each.message.reason or _OTHER) for each in self.complaints}
        first = list(dict.fromkeys(each.message.reason or _OTHER for each in self.complaints))
        count = Counter(reason for _, reason in of_row)
        return sorted(((reason, count[reason]) for reason in first), key=lambda pair: -pair[1])

    @cached_property
    def clients(self) -> list[Client]:
        """In the order of their first rows; none where the sheet has no clients."""
        return self.by_row if self.sheet.has(IDENTIFIER) else []

    @property
    def by_row(self) -> list[Client]:
        """In the order of their first rows; each row alone where the sheet has no clients."""
        return _by_client(self.sheet, self.complaints)

    @property
    def alike(self) -> list[tuple[Complaint, list[Client]]]:
        """The complaints of which the same is said, by client: one of them, and whom it concerns; most rows first."""
        groups: dict[tuple[str, tuple[str, ...]], list[Complaint]] = defaultdict(list)
        for each in self.complaints:
            groups[comparison_key(each.words.en), each.absent].append(each)
        pairs = [(group[0], _by_client(self.sheet, group)) for group in groups.values()]
        for _, clients in pairs:
            clients.sort(key=lambda client: -len(client.rows))
        return sorted(pairs, key=lambda pair: -sum(len(client.rows) for client in pair[1]))

    @property
    def cells_to_mark(self) -> Marks:
        """Cells that a note names, under the mark of what is missing or wrong, and those to look at, under a warning."""
        return self.marks_of(self.complaints)

    def marks_of(self, complaints: Iterable[Complaint]) -> Marks:
        """The same of these complaints alone."""
        some = list(complaints)
        named = {place for each in some for place in each.cells}
        blank = {place for place in named if self.sheet.grid.at(*place).blank}
        look_at = {place for each in some for place in each.look_at}
        return {"missing": blank, "wrong": named - blank, "warning": look_at - named}

    def at(self, row: int, column: int) -> Iterator[Complaint]:
        """What is to be said of a cell: all of its row for a cell of column A, else what points to it."""
        is_note = column == self.sheet.layout.columns.get(NOTES)
        return (each for each in self.complaints if each.row == row and (is_note or (row, column) in each.about))


def read(sheet: Sheet, catalogue: Catalogue) -> Rejected:
    """The notes of a sheet, explained by a catalogue."""
    found, remarks = notes.read(sheet, catalogue)
    unsure = {row for row, some in found.items() if any(_is_identity(each) for note in some for each in note.messages)}
    hints = likely_slips.likely(sheet, unsure) if unsure else {}
    columns = _columns(sheet)
    rejections = tuple(
        Rejection(row, note, tuple(_complaint(row, note, each, columns, hints.get(row, [])) for each in note.messages))
        for row, some in found.items()
        for note in some
    )
    return Rejected(sheet, catalogue, rejections, remarks)


def _columns(sheet: Sheet) -> dict[str, int]:
    """The column of each field id, also of those in row 2 that the template does not have."""
    found = {id_: column for column, id_ in reversed(list(enumerate(sheet.layout.found)))} | sheet.layout.columns
    return {comparison_key(id_): column for id_, column in found.items() if id_}


def _complaint(
    row: int, note: RejectionNote, message: Message, columns: dict[str, int], hints: Sequence[Text]
) -> Complaint:
    def places(ids: Sequence[str]) -> tuple[Place, ...]:
        return tuple((row, columns[comparison_key(id_)]) for id_ in ids if comparison_key(id_) in columns)

    cells = places(message.fields)
    return Complaint(
        row,
        message,
        note.raw,
        cells,
        () if cells else places(message.look_at),
        tuple(id_ for id_ in message.fields if comparison_key(id_) not in columns),
        tuple(hints) if _is_identity(message) else (),
    )


def _without_stray_bracket(text: str) -> str:
    return text.removesuffix(")") if text.count(")") > text.count("(") else text


def _is_identity(message: Message) -> bool:
    return bool({*message.fields, *message.look_at}.intersection(IDENTITY))


def _by_client(sheet: Sheet, complaints: Sequence[Complaint]) -> list[Client]:
    column = sheet.layout.columns.get(IDENTIFIER)
    groups: dict[object, list[Complaint]] = defaultdict(list)
    for each in complaints:
        key = "" if column is None else client_key(sheet.grid.at(each.row, column).text)
        groups[key or each.row].append(each)
    return [Client(tuple(dict.fromkeys(each.row for each in group)), tuple(group)) for group in groups.values()]
