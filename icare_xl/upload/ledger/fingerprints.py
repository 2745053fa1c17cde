"""Fingerprints of rows: whether two rows say the same can be told from them, and what the rows say cannot.

A fingerprint is 16 bytes of keyed BLAKE2b (a keyed hash as HMAC is), kept as two uint64; (0, 0) is none. Without the key of
the ledger nobody can try out identifiers and birth dates until one fits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from icare_xl.model.cells import Cell
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, client_key
from icare_xl.model.columns import Column, Mask
from icare_xl.model.dates import iso_day, likely_day
from icare_xl.model.normalise import code_key, comparison_key, id_of_yes_or_no
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.template import Field

Digests = NDArray[np.uint64]  # one row of two numbers for each row of the sheet

# An Update Record ID is content: what amends a record is another thing to send than the record itself, and the same
# amendment sent twice is the same thing. The reason for it is not, nor are iCARE's notes.
NOT_CONTENT = {NOTES, "assessment_update_reason_id"}
_AMENDED = "update_record_id"
_WHO = (IDENTIFIER, "course_cd")  # the first that the sheet has: a course set up has no client
_NONE = bytes(16)


@dataclass(frozen=True, slots=True)
class Prints:
    """The fingerprints of a sheet's rows, in their order, under the key of this name.

    `content` is of all that a row says; `meeting` of client, service and first date, so that it is the same where only
    other cells differ. A row that amends a record, or lacks one of the three, has no `meeting`.
    """

    key: str
    content: Digests
    meeting: Digests

    def __len__(self) -> int:
        return len(self.content)


def name_of(key: bytes) -> str:
    """Tells keys apart and gives none away."""
    return blake2b(b"", key=key, digest_size=4).hexdigest()


def fingerprint(sheet: Sheet, key: bytes) -> Prints:
    """The prints of every filled row. Each distinct value is looked at once; rows are sums of their cells.

    The sum depends on which cells hold what and not on the order of columns, so an edition that adds or moves columns
    changes nothing; hashing it once more keeps differences of rows from showing.
    """
    service = sheet.template.service or sheet.template.code or ""
    cells = {each.id: _cells(sheet, key, each) for each in sheet.fields() if each.id not in NOT_CONTENT}
    content = np.zeros((len(sheet.rows), 2), np.uint64)
    for each in cells.values():
        content += each  # modulo 2**64
    return Prints(name_of(key), _sealed(key, f"row {service}", content), _meeting(sheet, key, service, cells))


def _meeting(sheet: Sheet, key: bytes, service: str, cells: Mapping[str, Digests]) -> Digests:
    who = next((cells[id_] for id_ in _WHO if id_ in cells), None)
    dates = [each for each in sheet.fields("date") if each.id != BIRTH_DATE]
    if who is None or not dates:
        return np.zeros((len(sheet.rows), 2), np.uint64)
    first = np.zeros((len(sheet.rows), 2), np.uint64)
    for each in reversed(dates):
        filled = cells[each.id].any(axis=1)
        first[filled] = _cells(sheet, key, each, as_name="date")[filled]
    unknown = ~who.any(axis=1) | ~first.any(axis=1)
    if _AMENDED in cells:
        unknown |= cells[_AMENDED].any(axis=1)
    meeting = who + first
    meeting[unknown] = 0
    return _sealed(key, f"meeting {service}", meeting)


def _cells(sheet: Sheet, key: bytes, field: Field, as_name: str | None = None) -> Digests:
    """The digest of each cell of a column; blank cells have (0, 0), so a column that nobody filled does not count."""
    column, name = sheet.column(field.id, Column), as_name or field.id
    texts = (normal(field, cell) for cell in column.distinct)
    return column.spread(_numbers(_mac(key, f"{name}\0{text}".encode()) if text else _NONE for text in texts))


def _sealed(key: bytes, what: str, rows: Digests) -> Digests:
    """The sums of rows hashed once more; a row of nothing stays nothing."""
    prefix, packed = what.encode() + b"\0", rows.tobytes()
    pieces = (packed[at : at + 16] for at in range(0, len(packed), 16))
    return _numbers(_mac(key, prefix + piece) if piece != _NONE else _NONE for piece in pieces)


def _mac(key: bytes, message: bytes) -> bytes:
    return blake2b(message, key=key, digest_size=16).digest()


def _numbers(digests: Iterable[bytes]) -> Digests:
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64).reshape(-1, 2)


def normal(field: Field, cell: Cell) -> str:
    """What a cell says, whatever it looks like: empty for blank, iCARE's id for a value of a list, ISO for a day."""
    as_is = cell.text.isascii() and cell.text.isalnum()  # most cells; there is nothing else to do for them
    text = cell.text.lower() if as_is else comparison_key(unicodedata.normalize("NFKC", cell.text))
    return (_id_in_list(field, cell) or _as_kind(field, cell, text) or text) if text else ""


def _id_in_list(field: Field, cell: Cell) -> str:
    """iCARE's id of a value, empty where the list has no such value or nobody knows its id."""
    exact = field.allowed.exact.get(comparison_key(cell.text)) if field.allowed else None
    return field.allowed.id_of[exact] if field.allowed and exact is not None else ""


def _as_kind(field: Field, cell: Cell, text: str) -> str:
    """What the kind of the field makes of a text; empty where it makes nothing of it."""
    match field.kind:
        case "yes-no":
            return id_of_yes_or_no(text)
        case "date":
            day = iso_day(cell) or likely_day(cell)
            return day.isoformat() if day else ""
        case "identifier":
            return client_key(cell.text)
        case "postal" | "phone":
            return code_key(cell.text)
        case "number":
            return _number(text)
    return ""


def _number(text: str) -> str:
    """`2.50`, `2,5` and `2.5` are one number."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return ""
    return format(number.normalize(), "f") if number.is_finite() else ""


def shared(mine: Sequence[Prints], theirs: Prints) -> Mask:
    """Which of their rows are among mine: the same, or with the same client, service and date."""
    known = [each for each in mine if each.key == theirs.key]
    content = {row.tobytes() for each in known for row in each.content} - {_NONE}
    meeting = {row.tobytes() for each in known for row in each.meeting} - {_NONE}
    pairs = zip(theirs.content, theirs.meeting, strict=True)
    return np.array([one.tobytes() in content or two.tobytes() in meeting for one, two in pairs], np.bool_)
