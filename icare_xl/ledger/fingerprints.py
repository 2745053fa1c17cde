"""Fingerprints of rows: whether two rows say the same can be told from them, and what the rows say cannot.

A fingerprint is 16 bytes of keyed BLAKE2b (a keyed hash as HMAC is), kept as two uint64; (0, 0) is none. Without the key of
the ledger nobody can try out identifiers and birth dates until one fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from icare_xl.dates import iso_day, likely_day
from icare_xl.grid import Cell
from icare_xl.model import Field
from icare_xl.sheet import NOTES, Column, Mask, Sheet
from icare_xl.wording import id_of_yes_or_no, plain

Digests = NDArray[np.uint64]  # one row of two numbers for each row of the sheet

# An Update Record ID is content: what amends a record is another thing to send than the record itself, and the same
# amendment sent twice is the same thing. The reason for it is not, nor are iCARE's notes.
NOT_CONTENT = {NOTES, "assessment_update_reason_id"}
_AMENDED, _BIRTH = "update_record_id", "client_birth_dt"
_WHO = ("client_validation_id", "course_cd")  # the first that the sheet has: a course set up has no client
_UNPUNCTUATED = {"identifier", "postal", "phone"}
_SIGNS = re.compile(r"[\W_]+")


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
    mac = _keyed(key)
    service = sheet.template.service or sheet.template.code or ""
    content = _sum(sheet, mac, [each for each in sheet.fields() if each.id not in NOT_CONTENT])
    return Prints(name_of(key), _sealed(mac, f"row {service}", content), _meeting(sheet, mac, service))


def _meeting(sheet: Sheet, mac: Callable[[bytes], bytes], service: str) -> Digests:
    who = next((sheet.field(id_) for id_ in _WHO if sheet.has(id_)), None)
    dates = [each for each in sheet.fields("date") if each.id != _BIRTH]
    if who is None or not dates:
        return np.zeros((len(sheet.rows), 2), np.uint64)
    first = np.zeros((len(sheet.rows), 2), np.uint64)
    for each in reversed(dates):
        filled = sheet.column(each.id, Column).filled
        first[filled] = _cells(sheet, mac, each, as_name="date")[filled]
    known: Mask = sheet.column(who.id, Column).filled & first.any(axis=1)
    if sheet.has(_AMENDED):
        known &= sheet.column(_AMENDED, Column).blank
    found = _sealed(mac, f"meeting {service}", _cells(sheet, mac, who) + first)
    found[~known] = 0
    return found


def _sum(sheet: Sheet, mac: Callable[[bytes], bytes], fields: Iterable[Field]) -> Digests:
    total = np.zeros((len(sheet.rows), 2), np.uint64)
    for each in fields:
        total += _cells(sheet, mac, each)  # modulo 2**64
    return total


def _cells(sheet: Sheet, mac: Callable[[bytes], bytes], field: Field, as_name: str | None = None) -> Digests:
    """The digest of each cell of a column; blank cells have (0, 0), so a column that nobody filled does not count."""
    column, name = sheet.column(field.id, Column), as_name or field.id
    texts = [normal(field, cell) for cell in column.distinct]
    distinct = _numbers(mac(f"{name}\0{text}".encode()) if text else bytes(16) for text in texts)
    return column.spread(distinct)


def _sealed(mac: Callable[[bytes], bytes], what: str, rows: Digests) -> Digests:
    """The sums of rows hashed once more; a row of nothing stays nothing."""
    prefix, packed = what.encode() + b"\0", rows.tobytes()
    sealed = _numbers(mac(prefix + packed[at : at + 16]) for at in range(0, len(packed), 16))
    sealed[~rows.any(axis=1)] = 0
    return sealed


def _keyed(key: bytes) -> Callable[[bytes], bytes]:
    return lambda message: blake2b(message, key=key, digest_size=16).digest()


def _numbers(digests: Iterable[bytes]) -> Digests:
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64).reshape(-1, 2)


def normal(field: Field, cell: Cell) -> str:
    """What a cell says, whatever it looks like: empty for blank, iCARE's id for a value of a list, ISO for a day."""
    text = plain(unicodedata.normalize("NFKC", cell.text))
    if not text:
        return ""
    for reading in _readings(field, cell, text):
        if reading:
            return reading
    return text


def _readings(field: Field, cell: Cell, text: str) -> Iterator[str | None]:
    """What the kind of field makes of a text; None or empty where it makes nothing of it."""
    if field.allowed:
        exact = field.allowed.exact.get(plain(cell.text))
        yield field.allowed.id_of[exact] if exact is not None else None
    if field.kind == "yes-no":
        yield id_of_yes_or_no(text)
    elif field.kind == "date":
        day = iso_day(cell) or likely_day(cell)
        yield day.isoformat() if day else None
    elif field.kind in _UNPUNCTUATED:
        yield _SIGNS.sub("", text)
    elif field.kind == "number":
        yield _number(text)


def _number(text: str) -> str | None:
    """`2.50`, `2,5` and `2.5` are one number."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return format(number.normalize(), "f") if number.is_finite() else None
