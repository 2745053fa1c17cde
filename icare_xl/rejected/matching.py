"""Which row of one sheet is which row of another, of the same upload before and after people worked on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from icare_xl.icare import notes
from icare_xl.model.addresses import runs
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTITY, client_key
from icare_xl.model.normalise import comparison_key
from icare_xl.model.note import RejectionNote
from icare_xl.model.sheet import FIRST_ROW, LAST_ROW, Sheet
from icare_xl.rejected.errors import NoNotes, NotItsOriginal

Values = Mapping[str, str]  # field id -> text, the filled cells of a row but for column A
Rows = Mapping[int, Values]  # by Excel row number
KeyOf = Callable[[int, Values], Hashable]  # None for a row that has no such key
Content = frozenset[tuple[str, str]]  # field ids with their texts, cosmetics aside
LIKE = 0.5  # rows that share fewer of their cells are not taken for the same
AHEAD = 0.1  # where neither place nor order tells anything, the best match has to be so much better than the next
MOST_ROWS = LAST_ROW - FIRST_ROW + 1
MOST_COMPARED = 1_000_000  # pairs of rows, a second of work
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
    ids = [_by_row(sheet, lambda note: (note.upload_id, note.position)) for sheet in (before, after)]
    return _match(before, after, [_known(ids), _both(_content), _both(_keys)])


def original(original: Sheet, rejected: Sheet) -> Matches:
    """The rows of an uploaded file, and those of the rejected file that came back from it.

    By content; else by key columns; else by iCARE's position, which counts the filled rows of the file (or of the part of it
    that was sent), where most positions lead to the client of the row; else by likeness, where one is clearly ahead.
    """
    parts = _parts(original.rows.tolist())
    told = _by_row(rejected, lambda note: (note.total, note.position))
    places = {key: row for row, key in parts.items()}
    old, new = values(original), values(rejected)
    led = [(places[key], row) for row, key in told.items() if key in places and row in new]
    agree = sum(_same_client(old[before], new[after]) for before, after in led)
    keys = [_both(_content), _both(_keys)]
    if agree * 2 > len(led):
        keys.append(_known([parts, told]))
    return _match(original, rejected, keys, ahead=AHEAD)


def _parts(rows: Sequence[int]) -> dict[int, Hashable]:
    """The total and the position that iCARE tells of each row: of the file, or of its part where it was split."""
    sizes = [min(MOST_ROWS, len(rows) - start) for start in range(0, len(rows), MOST_ROWS)]
    return {row: (sizes[place // MOST_ROWS], place % MOST_ROWS + 1) for place, row in enumerate(rows)}


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
    """The filled cells of each filled row."""
    found: dict[int, dict[str, str]] = {row: {} for row in sheet.rows.tolist()}
    for field in sheet.fields():
        for row, cell in sheet.grid.column(sheet.layout.places[field.id]):
            if row in found:
                found[row][field.id] = cell.text
    return found


def _match(before: Sheet, after: Sheet, keys: Sequence[tuple[KeyOf, KeyOf]], ahead: float = 0) -> Matches:
    old, new = values(before), values(after)
    pairs: dict[int, int] = {}
    for key_of_old, key_of_new in keys:
        left = _grouped({row: old[row] for row in old if row not in pairs}, key_of_old)
        found = set(pairs.values())
        free = _grouped({row: new[row] for row in new if row not in found}, key_of_new)
        for key, rows in left.items():
            if len(rows) == len(free.get(key, ())):
                pairs.update(zip(rows, free[key], strict=True))
    _by_likeness(ahead, pairs, *({row: _content(row, cells) for row, cells in rows.items()} for rows in (old, new)))
    found = set(pairs.values())
    return Matches(
        tuple(sorted(pairs.items())),
        tuple(row for row in old if row not in pairs),
        tuple(row for row in new if row not in found),
    )


def _by_likeness(ahead: float, pairs: dict[int, int], old: Mapping[int, Content], new: Mapping[int, Content]) -> None:
    """Pair what is left, the most alike first; of equally alike ones, those that stand nearest to each other.

    A row whose best match is not `ahead` of the next one stays alone.
    """
    found = set(pairs.values())
    left, free = [row for row in old if row not in pairs], {row for row in new if row not in found}
    if len(left) * len(free) > MOST_COMPARED:
        return
    alike = (
        (_likeness(old[before], new[after]), -abs(before - after), before, after) for before in left for after in free
    )
    ranked = sorted(alike, reverse=True)
    best: dict[int, list[float]] = defaultdict(list)
    for likeness, _, _, after in ranked:
        best[after].append(likeness)
    for likeness, _, before, after in ranked:
        clear = len(best[after]) < 2 or best[after][0] - best[after][1] >= ahead
        if likeness >= LIKE and clear and before not in pairs and after in free:
            pairs[before] = after
            free.remove(after)


def _grouped(rows: Rows, key_of: KeyOf) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for row, cells in rows.items():
        if (key := key_of(row, cells)) is not None:
            found[key].append(row)
    return found


def _by_row(sheet: Sheet, ask: Callable[[RejectionNote], Hashable]) -> dict[int, Hashable]:
    """What the first note in each row says."""
    return {row: ask(found[0]) for row, found in notes.read(sheet)[0].items()}


def _known(keys: Sequence[Mapping[int, Hashable]]) -> tuple[KeyOf, KeyOf]:
    """Keys that are given by row, for either sheet."""
    old, new = keys
    return lambda row, _: old.get(row), lambda row, _: new.get(row)


def _both(key_of: KeyOf) -> tuple[KeyOf, KeyOf]:
    return key_of, key_of


def _content(row: int, cells: Values) -> Content:
    return frozenset((id_, comparison_key(text)) for id_, text in cells.items())


def _keys(row: int, cells: Values) -> Hashable:
    return tuple((id_, comparison_key(cells[id_])) for id_ in KEYS if id_ in cells) or None


def _likeness(one: Content, other: Content) -> float:
    """The share of cells in common, from 0 to 1."""
    return len(one & other) / max(len(one), len(other), 1)
