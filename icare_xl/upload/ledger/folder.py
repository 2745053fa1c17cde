"""A ledger in a folder: one small file for each event, safe on a shared drive without locks, and where files are synced.

A file is written whole beside its place and then given its name, which fails where the name is taken. Events have names
that no two writers choose; claims have numbers, and the one who gets a number first has it. What cannot be read is
skipped and said.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from icare_xl.model.errors import CannotRead
from icare_xl.model.text import Text
from icare_xl.upload.ledger.errors import NoSuchLedger
from icare_xl.upload.ledger.events import Accepted, Claim, Event, Judgement, Revoked, Saved, claim_of, event_of, to_text
from icare_xl.upload.ledger.fingerprints import name_of
from icare_xl.upload.ledger.history import Contents
from icare_xl.workbooks.atomic import put_if_free, raising_cannot_write

T = TypeVar("T")
_DROPPINGS = re.compile(r"\..*|~.*|desktop\.ini|thumbs\.db", re.IGNORECASE)  # of systems and sync programs
_JUDGEMENT = re.compile(r"-(accepted|revoked)-")
_CLAIM = re.compile(r"(\d{6,})\.json")
_FRESH_SECONDS = 2.0  # as long, a file may still be on its way
_DAMAGED = Text(
    "“{path}” is damaged or not of the ledger, and was skipped.",
    "« {path} » est endommagé ou étranger au registre et n’a pas été lu.",
)
_COPY = Text(
    "“{path}” is a copy of another file of the ledger, and was skipped.",
    "« {path} » est une copie d’un autre fichier du registre et n’a pas été lu.",
)
_MISSING = Text(
    "“{path}” is missing; the folder may not be synced in full.",
    "« {path} » manque; le dossier n’est peut-être pas entièrement synchronisé.",
)


class FolderStore:
    """`folder` is made with the first thing written, where the one above it is there. Raises NoSuchLedger."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir() and (folder.exists() or not folder.parent.is_dir()):
            raise NoSuchLedger(path=folder)
        self.where = str(folder)
        self._folder = folder
        self._events: dict[str, Event] = {}  # by file name: what was read whole once stays as it is
        self._claims: dict[int, Claim] = {}

    def keys(self) -> dict[str, bytes]:
        """The first key, and any that another computer made before the folder was synced."""
        paths = sorted(_files(self._folder / "keys"), key=lambda path: path != self._first_key)
        keys = (_read_patiently(path, bytes.fromhex) for path in paths)
        return {name_of(key): key for key in keys if key}

    def put_key(self, key: bytes) -> None:
        self._put(self._first_key, key.hex())

    @property
    def _first_key(self) -> Path:
        return self._folder / "keys" / "first.key"

    def read(self) -> Contents:
        """Claims are read before events: one that is completed in between is found in either place."""
        problems: list[Text] = []
        last = self._last_number(problems)
        events = self._read_events(problems)
        settled = {each.number for each in events if isinstance(each, Saved)}
        claims = [self._claim(number, problems) for number in range(1, last + 1) if number not in settled]
        return Contents(events, [each for each in claims if each], last, problems)

    def judgements(self) -> list[Judgement]:
        """Known by their names, so that a check need not read all the rest."""
        events = self._read_events([], _JUDGEMENT)
        return [each for each in events if isinstance(each, (Accepted, Revoked))]

    def put_claim(self, claim: Claim) -> bool:
        return self._put(self._path_of(claim.saved.number), to_text(claim))

    def put_event(self, event: Event) -> None:
        kind = type(event).__name__.lower()
        self._put(self._folder / "events" / f"{event.when:%Y%m%dT%H%M%S}-{kind}-{event.id}.json", to_text(event))

    def _path_of(self, number: int) -> Path:
        return self._folder / "claims" / f"{number:06}.json"

    def _last_number(self, problems: list[Text]) -> int:
        """Asked of the names one by one where the listing ends: listings of shared drives may be some seconds old."""
        last = 0
        for path in _files(self._folder / "claims"):
            if match := _CLAIM.fullmatch(path.name):
                last = max(last, int(match[1]))
            else:
                problems.append(_COPY.format(path=path))
        while self._path_of(last + 1).exists():
            last += 1
        return last

    def _claim(self, number: int, problems: list[Text]) -> Claim | None:
        path = self._path_of(number)
        if number not in self._claims:
            claim = _read_patiently(path, claim_of)
            if claim is None or claim.saved.number != number:
                problems.append((_DAMAGED if path.exists() else _MISSING).format(path=path))
                return None
            self._claims[number] = claim
        return self._claims[number]

    def _read_events(self, problems: list[Text], named: re.Pattern[str] = re.compile("")) -> list[Event]:
        found: dict[str, Event] = {}
        for path in filter(lambda path: named.search(path.name), _files(self._folder / "events")):
            event = self._events.get(path.name) or _read(path, event_of)
            if event is None or event.id in found:
                problems.append((_COPY if event else _DAMAGED).format(path=path))
                continue
            self._events[path.name] = found[event.id] = event
        return list(found.values())

    def _put(self, path: Path, text: str) -> bool:
        """Whether the name was free. Raises CannotWrite."""
        with raising_cannot_write(path):
            self._make_folders(path.parent)
            return put_if_free(path, _sealed(text))

    def _make_folders(self, folder: Path) -> None:
        """The ledger's own folder is its owner's, unless somebody made it for a group."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            if sys.platform != "win32":
                folder.chmod(self._folder.stat().st_mode & 0o2770)


def _files(folder: Path) -> Iterator[Path]:
    """Those in a folder, by name; none where the folder is not there. Raises CannotRead."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - one call to the drive
    except FileNotFoundError:
        return
    except OSError as fault:
        raise CannotRead(path=folder, reason=fault.strerror or fault) from fault
    yield from (folder / name for name in names if not _DROPPINGS.fullmatch(name))


def _sealed(text: str) -> bytes:
    """The text and its SHA-256, so that a file cut short or written over is told from a whole one."""
    body = text.encode()
    return body + b"\n" + hashlib.sha256(body).hexdigest().encode() + b"\n"


def _read(path: Path, parse: Callable[[str], T]) -> T | None:
    """What a sealed file says, or None where it is not whole, not ours, or cannot be read now."""
    try:
        body, seal, _ = path.read_bytes().rsplit(b"\n", 2)
        return parse(body.decode()) if hashlib.sha256(body).hexdigest().encode() == seal else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read_patiently(path: Path, parse: Callable[[str], T]) -> T | None:
    """As `_read`, but for a moment for a file that somebody is only now putting there."""
    while (found := _read(path, parse)) is None:
        try:
            if not -_FRESH_SECONDS < time.time() - path.stat().st_mtime < _FRESH_SECONDS:
                return None
        except OSError:
            return None
        time.sleep(0.05)
    return found
