"""What a rejected file says in column A, as an event: which rows of which saved file came back, and never a value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from icare_xl.icare.recognise import must_tell_columns
from icare_xl.model.note import RejectionNote
from icare_xl.model.row_match import each_once, rows_by_key
from icare_xl.model.sheet import Sheet
from icare_xl.upload.ledger.book import Ledger
from icare_xl.upload.ledger.events import Returned, Saved, new_id
from icare_xl.upload.ledger.fingerprints import Digests, Prints
from icare_xl.upload.ledger.history import History

CATEGORIES = ("Client", "Profile")  # all that are public; what else stands there might be anything
OTHER = "other"
UNPLACED = 0  # a position that nobody can tell


def take_back(ledger: Ledger, sheet: Sheet, notes: Mapping[int, Sequence[RejectionNote]]) -> list[Returned]:
    """Record the rows with notes (by Excel row), one event for each of iCARE's upload ids; again, it changes nothing.

    Raises ColumnsUnknown.
    """
    must_tell_columns(sheet)
    history, prints = ledger.history(), ledger.prints(sheet)
    found = []
    for upload_id, rows in _by_upload(sheet, notes).items():
        saved = _file_of(history, prints, upload_id, list(rows))
        positions = tuple(sorted(_positions(saved, prints, rows)))
        of = saved.id if saved else None
        same = (of, upload_id, positions)
        known = [each for each in history.returned if (each.of, each.upload_id, each.positions) == same]
        total = max(note.total for note in rows.values())
        messages = [message for index in rows for note in notes[int(sheet.rows[index])] for message in note.messages]
        categories = Counter(each.category if each.category in CATEGORIES else OTHER for each in messages)
        event = Returned(
            new_id(), of, datetime.now(UTC), ledger.by, upload_id, positions, total, dict(categories)
        )  # fmt: skip
        if not known:
            ledger.add(event)
        found.append(known[0] if known else event)
    return found


def _by_upload(sheet: Sheet, notes: Mapping[int, Sequence[RejectionNote]]) -> dict[str, dict[int, RejectionNote]]:
    """iCARE's id of an upload (empty where it is not a number) -> index of a row -> its first note."""
    index_of = {row: index for index, row in enumerate(sheet.rows.tolist())}
    found: dict[str, dict[int, RejectionNote]] = defaultdict(dict)
    for row, (note, *_) in notes.items():
        if row in index_of:
            found[note.upload_id if note.upload_id.isdecimal() else ""][index_of[row]] = note
    return found


def _file_of(history: History, prints: Sequence[Prints], upload_id: str, indexes: Sequence[int]) -> Saved | None:
    """The saved file that most of the rows were in. An upload is of one file: what was known of it before stays."""
    files = {each.id: each.saved for each in history.submissions}
    for each in history.returned:
        if upload_id and each.upload_id == upload_id and each.of in files:
            return files[each.of]
    holders = history.latest_with(prints)
    votes = Counter(holders[index].id for index in indexes if index in holders)
    return files[votes.most_common(1)[0][0]] if votes else None


def _positions(saved: Saved | None, prints: Sequence[Prints], rows: Mapping[int, RejectionNote]) -> list[int]:
    """Where the rows stand in the saved file, from 1: by what they say, else by what iCARE says where that can be."""
    if saved is None:
        return [note.position for note in rows.values()]
    mine = next((each for each in prints if each.key == saved.prints.key), None)
    if mine is None:
        return [UNPLACED] * len(rows)
    content, meeting = _indexes(saved.prints.content), _indexes(saved.prints.meeting)
    same = {index: content.get(mine.content[index].tobytes(), []) for index in rows}
    alike = {index: meeting.get(mine.meeting[index].tobytes(), []) for index in rows}
    found = each_once(
        (index, there)
        for index in sorted(rows, key=lambda index: not same[index])  # the certain ones first
        for there in same[index] + _likely(alike[index], rows[index], saved)
    )
    return [found[index] + 1 if index in found else UNPLACED for index in rows]


def _likely(alike: list[int], note: RejectionNote, saved: Saved) -> list[int]:
    """The indexes of rows that are alike, and the one that iCARE tells: that first unless it is none of them."""
    told = [note.position - 1] if note.total == saved.rows and note.position <= saved.rows else []
    return told + alike if not alike or set(told) & set(alike) else alike + told


def _indexes(digests: Digests) -> dict[bytes, list[int]]:
    """Fingerprint -> the indexes of the rows that have it."""
    return rows_by_key({index: digests[index].tobytes() for index in np.flatnonzero(digests.any(axis=1)).tolist()})
