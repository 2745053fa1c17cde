"""Which row of one sheet is which row of another, of the same upload before and after people worked on it."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from icare_xl.icare import notes
from icare_xl.icare.recognise import must_tell_columns
from icare_xl.model import row_match
from icare_xl.model.addresses import runs
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTITY, client_key
from icare_xl.model.normalise import comparison_key
from icare_xl.model.note import RejectionNote
from icare_xl.model.sheet import MOST_ROWS, Sheet
from icare_xl.rejected.errors import NoNotes, NotItsOriginal

Values = Mapping[str, str]  # field id -> text, the filled cells of a row but for column A
Rows = Mapping[int, Values]  # by Excel row number
Keys = Mapping[int, Hashable]  # by Excel row number; None for a row that has no such key
AHEAD = 0.1  # where neither place nor order tells anything, the best match has to be so much better than the next
KEYS = (
    *IDENTITY, "course_cd", "start_dttm", "start_dt",
    "service_start_dt", "intervention_start_dt", "session_referral_dt", "assessment_start_dt", "exit_course_dt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matches:
    """Pairs of Excel row numbers (before, after) in the order of the first, and the rows without a partner."""

    pairs: tuple[tuple[int, int], ...]
    only_before: tuple[int, ...]
    only_after: tuple[int, ...]


def corrected(before: Sheet, after: Sheet) -> Matches:
    """The rows of a rejected file as it came back, and as it is now.

    By iCARE's upload id and position where both still carry them; else by content, by key columns, by likeness.
    """
    old, new = values(before), values(after)
    told = (
        _told(before, old, lambda note: (note.upload_id, note.position)),
        _told(after, new, lambda note: (note.upload_id, note.position)),
    )
    return _match(old, new, told, *_of_cells(old, new))


def original(original: Sheet, rejected: Sheet) -> Matches:
    """The rows of an uploaded file, and those of the rejected file that came back from it.

    By content; else by key columns; else by iCARE's position, which counts the filled rows of the file (or of the part of it
    that was sent), where most positions lead to the client of the row; else by likeness, where one is clearly ahead.
    """
    old, new = values(original), values(rejected)
    parts, told = _parts(list(old)), _told(rejected, new, lambda note: (note.total, note.position))
    row_of = {key: row for row, key in parts.items()}
    led = [(row_of[key], row) for row, key in told.items() if key in row_of]
    agree = sum(_same_client(old[before], new[after]) for before, after in led)
    positions = [(parts, told)] if agree * 2 > len(led) else []
    return _match(old, new, *_of_cells(old, new), *positions, ahead=AHEAD)


def _parts(rows: Sequence[int]) -> dict[int, Hashable]:
    """The total and the position that iCARE tells of each row: of the file, or of its part where it was split."""
    sizes = [min(MOST_ROWS, len(rows) - start) for start in range(0, len(rows), MOST_ROWS)]
    return {row: (sizes[number // MOST_ROWS], number % MOST_ROWS + 1) for number, row in enumerate(rows)}


def _same_client(one: Values, other: Values) -> bool:
    """Whether the identifier or the date of birth is the same."""
    return any(
        (key := key_of(one.get(id_, ""))) and key == key_of(other.get(id_, ""))
        for id_, key_of in ((IDENTIFIER, client_key), (BIRTH_DATE, comparison_key))
    )


def rejected_rows(sheet: Sheet, rejected: Sheet, path: Path) -> list[int]:
    """The rows of an uploaded sheet that the rejected one (from `path`) has a note on.

    Raises NoNotes, and NotItsOriginal where not every one of them is found.
    """
    noted = set(notes.read(rejected)[0])
    if not noted:
        raise NoNotes(path=path)
    pairs = {after: before for before, after in original(sheet, rejected).pairs}
    if lost := sorted(noted - pairs.keys()):
        raise NotItsOriginal(path=path, rows=runs(lost))
    return sorted(pairs[row] for row in noted)


def values(sheet: Sheet) -> dict[int, dict[str, str]]:
    """The filled cells of each filled row. Raises ColumnsUnknown."""
    must_tell_columns(sheet)
    found: dict[int, dict[str, str]] = {row: {} for row in sheet.rows.tolist()}
    for field in sheet.fields():
        for row, cell in sheet.grid.column(sheet.layout.columns[field.id]):
            if row in found:
                found[row][field.id] = cell.text
    return found


def _match(old: Rows, new: Rows, *turns: tuple[Keys, Keys], ahead: float = 0) -> Matches:
    """By the keys of each turn, and what is left by likeness."""
    pairs = row_match.by_keys(*turns)
    pairs |= row_match.by_likeness(_contents(old, pairs.keys()), _contents(new, {*pairs.values()}), ahead)
    found = set(pairs.values())
    return Matches(
        tuple(sorted(pairs.items())),
        tuple(row for row in old if row not in pairs),
        tuple(row for row in new if row not in found),
    )


def _told(sheet: Sheet, rows: Rows, ask: Callable[[RejectionNote], Hashable]) -> Keys:
    """What the first note in each row says."""
    noted = notes.read(sheet)[0]
    return {row: ask(noted[row][0]) for row in rows if row in noted}


def _of_cells(old: Rows, new: Rows) -> list[tuple[Keys, Keys]]:
    """The keys by content, and by key columns."""
    return [(_contents(old), _contents(new)), (_keys(old), _keys(new))]


def _contents(rows: Rows, but_for: Container[int] = ()) -> dict[int, frozenset[tuple[str, str]]]:
    """The field ids of each row with their texts, cosmetics aside."""
    return {
        row: frozenset((id_, comparison_key(text)) for id_, text in cells.items())
        for row, cells in rows.items()
        if row not in but_for
    }


def _keys(rows: Rows) -> Keys:
    """What stands in the key columns of each row, None where nothing does."""
    return {
        row: tuple((id_, comparison_key(cells[id_])) for id_ in KEYS if id_ in cells) or None
        for row, cells in rows.items()
    }
