"""What a ledger remembers: facts that are written once and never changed, and how they are put into text.

No event holds a value of a row; names of files and of the people who saved them are all that is readable in it.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

import numpy as np

from icare_xl.model.finding import REASONS, Reason
from icare_xl.upload.ledger.fingerprints import Digests, Prints

Status = Literal["pending", "processed", "error", "deleted", "withdrawn"]
STATUSES: tuple[Status, ...] = get_args(Status)
Document = dict[str, Any]
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a file that is about to be saved for upload; `file` is its name, without folders.

    `corrects` is the id of the saved file whose rejected rows these are, where somebody knows it.
    """

    service: str | None
    month: date | None
    file: str
    sha256: str
    account: str | None = None
    part: int = 1
    version: str | None = None
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A file was saved for upload. `number` is its claim's; `when` has a time zone.

    `replaces` are the ids of earlier files that nobody uploaded, whose place it takes.
    """

    id: str
    number: int
    when: datetime
    by: str
    about: Particulars
    prints: Prints
    replaces: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.prints)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody is about to put a finished file at `path`; `machine` and `process` tell whether they still are."""

    saved: Saved
    path: str
    machine: str
    process: int


@dataclass(frozen=True, slots=True)
class StatusSet:
    """What became of a saved file, as a person (or, for an unfinished one, the program) recorded it."""

    id: str
    of: str
    when: datetime
    by: str
    status: Status
    accepted: int | None = None
    rejected: int | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """Rows that iCARE rejected came back. `positions` count from 1, in the saved file where `of` is known.

    `upload_id` is iCARE's. `categories` counts messages, under the names of iCARE's that we know.
    """

    id: str
    of: str | None
    when: datetime
    by: str
    upload_id: str
    positions: tuple[int, ...]
    total: int
    categories: dict[str, int]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A person looked at a warning and found it right. `print` is the fingerprint of what its rule looked at, under the key of
    this name, in hexadecimal; `file` (its name) and `cell` are where that stood.
    """

    id: str
    when: datetime
    by: str
    rule: str
    reason: Reason
    key: str
    print: str
    file: str
    cell: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """What was accepted is to be said again."""

    id: str
    of: str
    when: datetime
    by: str


Judgement = Accepted | Revoked
Event = Saved | StatusSet | Returned | Judgement


def new_id() -> str:
    """Short enough to be typed; two alike in one ledger are not to be expected."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def to_text(event: Event | Claim) -> str:
    return json.dumps(_document(event), ensure_ascii=False, sort_keys=True)


def event_of(text: str) -> Event:
    """Raises ValueError (KeyError and TypeError too) where the text is no event of ours."""
    document = json.loads(text)
    match document.pop("kind"):
        case "saved":
            return _saved(document)
        case "status":
            if document["status"] not in STATUSES:
                raise ValueError(document["status"])
            return StatusSet(**_moment(document))
        case "returned":
            document["positions"] = tuple(document["positions"])
            return Returned(**_moment(document))
        case "accepted":
            if document["reason"] not in REASONS:
                raise ValueError(document["reason"])
            return Accepted(**_moment(document))
        case "revoked":
            return Revoked(**_moment(document))
    raise ValueError("unknown kind")


def claim_of(text: str) -> Claim:
    """Raises as `event_of` does."""
    document = json.loads(text)
    if document.pop("kind") != "claim":
        raise ValueError("not a claim")
    path, machine, process = (document.pop(name) for name in ("path", "machine", "process"))
    return Claim(_saved(document), path, machine, process)


def _document(event: Event | Claim) -> Document:
    match event:
        case Claim(saved, path, machine, process):
            return _document(saved) | {"kind": "claim", "path": path, "machine": machine, "process": process}
        case Saved(id_, number, when, by, about, prints, replaces):
            month = about.month.isoformat() if about.month else None
            rest = asdict(about) | {"month": month} | ({"replaces": replaces} if replaces else {})
            packed = {"key": prints.key, "content": _packed(prints.content), "meeting": _packed(prints.meeting)}
            return {"kind": "saved", "id": id_, "number": number, "when": when.isoformat(), "by": by} | rest | packed
        case StatusSet():
            return asdict(event) | {"kind": "status", "when": event.when.isoformat()}
        case Returned():
            return asdict(event) | {"kind": "returned", "when": event.when.isoformat()}
        case Accepted() | Revoked():
            return asdict(event) | {"kind": type(event).__name__.lower(), "when": event.when.isoformat()}


def _saved(document: Document) -> Saved:
    content, meeting = _unpacked(document.pop("content")), _unpacked(document.pop("meeting"))
    if len(content) != len(meeting):
        raise ValueError("one fingerprint of each sort for each row")
    prints = Prints(document.pop("key"), content, meeting)
    own = {name: document.pop(name) for name in ("id", "number", "by", "when")}
    replaces = tuple(document.pop("replaces", ()))
    month = document.pop("month")
    about = Particulars(month=date.fromisoformat(month) if month else None, **document)
    return Saved(about=about, prints=prints, replaces=replaces, **_moment(own))


def _moment(document: Document) -> Document:
    when = datetime.fromisoformat(document["when"])
    if when.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return document | {"when": when}


def _packed(digests: Digests) -> str:
    return b64encode(digests.astype("<u8").tobytes()).decode("ascii")


def _unpacked(text: str) -> Digests:
    return np.frombuffer(b64decode(text, validate=True), "<u8").astype(np.uint64).reshape(-1, 2)
