"""The ledger itself: what may be asked of it, and how a save goes into it exactly once, whatever it is kept in.

A save is claimed before its file is put in place: claims are numbered without gaps, each number is given once, and who
takes number n has read every claim before it. So of two who save the same rows, one finds the other's claim.
"""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

from icare_xl.model.finding import Acceptance, Finding, Reason
from icare_xl.model.sheet import Sheet
from icare_xl.upload.ledger.acceptances import Acceptances, acceptance_of, looked_at
from icare_xl.upload.ledger.errors import (
    AlreadySent,
    InAnotherFile,
    MoreRowsThanSaved,
    NoLedgerKey,
    NoLongerWaiting,
    NoSuchAcceptance,
    NoSuchSubmission,
)
from icare_xl.upload.ledger.events import (
    Accepted,
    Claim,
    Event,
    Judgement,
    Particulars,
    Revoked,
    Saved,
    Status,
    StatusSet,
    new_id,
)
from icare_xl.upload.ledger.fingerprints import Prints, fingerprint
from icare_xl.upload.ledger.history import Contents, History, Submission

_CLOCKS_DIFFER = 10.0  # seconds between two ways to ask for the time of one machine
_LONG_SAVE = timedelta(minutes=10)  # longer than any save takes


class Store(Protocol):
    """Where events are kept. Nothing in it is ever changed or taken away."""

    where: str

    def keys(self) -> dict[str, bytes]:
        """The keys of the ledger by name, the one to write with first; none in a new ledger."""

    def put_key(self, key: bytes) -> None:
        """Keeps the first key; without effect where there is one."""

    def read(self) -> Contents: ...

    def judgements(self) -> Sequence[Judgement]:
        """All that was accepted or revoked, in no particular order."""

    def put_claim(self, claim: Claim) -> bool:
        """False where its number was given to another."""

    def put_event(self, event: Event) -> None:
        """Without effect where an event of this id is there."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A save that had broken off, and what was found: `saved`, its file is there; `withdrawn`, it never came to be."""

    submission: Submission
    found: Literal["saved", "withdrawn"]


class Ledger:
    """What was saved for upload, and what came back. `by` is the person who is at work now."""

    def __init__(self, store: Store, by: str) -> None:
        self._store = store
        self.by = by

    @property
    def where(self) -> str:
        return self._store.where

    def history(self) -> History:
        return History.of(self._store.read(), self._store.keys())

    def prints(self, sheet: Sheet) -> tuple[Prints, ...]:
        """The fingerprints of a sheet's rows, once for each key of the ledger."""
        return tuple(fingerprint(sheet, key) for key in self._keys().values())

    def _keys(self) -> dict[str, bytes]:
        """By name, the one to write with first; a new ledger gets its key now."""
        if not self._store.keys():
            self._store.put_key(secrets.token_bytes(32))
        if not (keys := self._store.keys()):
            raise NoLedgerKey(path=self.where)
        return keys

    def claim(
        self,
        about: Particulars,
        prints: Sequence[Prints],
        path: Path,
        despite: Collection[str] = (),
        replaces: Sequence[str] = (),
    ) -> Claim:
        """Take the right to put a finished file at `path`. Follow it with `complete`, or `withdraw` where that failed.

        It takes the place of the files in `replaces` (ids). Raises AlreadySent where another file that is not named in
        `despite` (ids) holds one of the rows, and that or NoLongerWaiting where somebody said what became of one to replace.
        """
        while True:
            contents = self._store.read()
            _must_be_free(History.of(contents, self._store.keys()), prints, despite, replaces)
            saved = Saved(new_id(), contents.last + 1, _now(), self.by, about, prints[0], tuple(replaces))
            claim = Claim(saved, str(path.absolute()), platform.node(), os.getpid())
            if self._store.put_claim(claim):
                self._must_have_replaced(claim)
                return claim

    def _must_have_replaced(self, claim: Claim) -> None:
        """Who records what became of a file writes it before looking for such claims, and who claims looks for it after: so
        of two who do so at once, one at least sees the other.
        """
        if not claim.saved.replaces:
            return
        for each in self.history().submissions:
            if each.id in claim.saved.replaces and each.in_force:
                self.withdraw(claim)
                raise NoLongerWaiting(file=each.saved.about.file)

    def complete(self, claim: Claim) -> None:
        """The file is in place."""
        self._store.put_event(claim.saved)

    def withdraw(self, claim: Claim) -> None:
        """The file could not be put in place."""
        self._set(claim.saved.id, "withdrawn")

    def add(self, event: Event) -> None:
        self._store.put_event(event)

    def submission(self, start: str) -> Submission:
        """The saved file whose id starts so. Raises NoSuchSubmission where none or several do."""
        found = self.history().find(start)
        if len(found) != 1:
            raise NoSuchSubmission(id=start, count=len(found))
        return found[0]

    def set_status(
        self, start: str, status: Status, accepted: int | None = None, rejected: int | None = None
    ) -> Submission:
        """Record what became of a saved file, and return it as it stands then. Raises NoSuchSubmission,
        MoreRowsThanSaved where the file has fewer, and InAnotherFile where its rows are in another one by now.
        """
        found, count = self.submission(start), (accepted or 0) + (rejected or 0)
        saved = found.saved
        if count > saved.rows:
            raise MoreRowsThanSaved(file=saved.about.file, rows=saved.rows, count=count)
        before = self._rivals(found, status)
        if before and not found.in_force:
            raise InAnotherFile(file=saved.about.file, other=before[0].saved.about.file)
        self._set(saved.id, status, accepted, rejected)
        known = {each.id for each in before}
        if claimed := [each for each in self._rivals(found, status) if each.id not in known]:  # at this very moment
            self._set(saved.id, "withdrawn")
            raise InAnotherFile(file=saved.about.file, other=claimed[0].saved.about.file)
        return self.submission(saved.id)

    def _rivals(self, found: Submission, status: Status) -> list[Submission]:
        """The files that forbid it to be uploaded after all."""
        return self.history().rivals(found) if status in ("pending", "processed") else []

    def _set(self, id_: str, status: Status, accepted: int | None = None, rejected: int | None = None) -> None:
        self._store.put_event(StatusSet(new_id(), id_, _now(), self.by, status, accepted, rejected))

    def may_be_under_way(self, submission: Submission, history: History) -> bool:
        """Whether somebody may be saving it at this moment; what another computer does can only be guessed by the time."""
        claim = history.claims.get(submission.id)
        if submission.standing != "unfinished" or claim is None:
            return False
        elsewhere = claim.machine != platform.node()
        return _now() - claim.saved.when < _LONG_SAVE if elsewhere else _under_way(claim)

    def acceptances(self) -> Acceptances:
        """The warnings that were found right, as far as nobody has revoked it."""
        judgements = self._store.judgements()
        return Acceptances.of(judgements, self._store.keys() if judgements else {})

    def accept(self, sheet: Sheet, findings: Sequence[Finding], reason: Reason, file: str) -> list[Acceptance]:
        """Remember that a person looked at these warnings of a sheet and found them right. `file` is its workbook's name."""
        (name, key), *_ = self._keys().items()
        events = [
            Accepted(
                new_id(), _now(), self.by, each.rule, reason, name, looked_at(sheet, each, key), file, each.cell or ""
            )
            for each in findings
        ]
        for event in events:
            self._store.put_event(event)
        return list(map(acceptance_of, events))

    def revoke(self, start: str) -> Acceptance:
        """What was accepted under the id that starts so is said again. Raises NoSuchAcceptance."""
        found = [each for each in self.acceptances().all if each.id.startswith(start)]
        if len(found) != 1:
            raise NoSuchAcceptance(id=start, count=len(found))
        self._store.put_event(Revoked(new_id(), found[0].id, _now(), self.by))
        return found[0]

    def repair(self) -> list[Repaired]:
        """Settle the saves that broke off; one that may still be under way, or can only be judged elsewhere, stays open.

        A file that is there with its SHA-256 was saved, whoever finds it. That it is not there counts only on the
        machine that was to put it there, and only once that process is gone.
        """
        history, done = self.history(), []
        for each in history.submissions:
            if each.standing != "unfinished" or _under_way(claim := history.claims[each.id]):
                continue
            if _sha256(Path(claim.path)) == each.saved.about.sha256:
                self.complete(claim)
                done.append(Repaired(each, "saved"))
            elif claim.machine == platform.node():
                self.withdraw(claim)
                done.append(Repaired(each, "withdrawn"))
        return done


def _must_be_free(
    history: History, prints: Sequence[Prints], despite: Collection[str], replaces: Collection[str]
) -> None:
    """No row may be in another file, and what is to be replaced has to wait still."""
    settled = [each for each in history.submissions if each.id in replaces and not (each.waiting or each.may_come_back)]
    gone = {each.id for each in settled}
    sent = history.seen(prints).sent
    free = {*despite} - gone | {*replaces} - gone
    if others := {index: each for index, each in sent.items() if each.id not in free}:
        raise AlreadySent(others)
    for each in settled:
        raise NoLongerWaiting(file=each.saved.about.file)


def _now() -> datetime:
    return datetime.now(UTC)


def _under_way(claim: Claim) -> bool:
    """Whether the process of a claim is running here: one of its number that started later is another."""
    if claim.machine != platform.node():
        return False
    import psutil

    try:
        process = psutil.Process(claim.process)
        before = process.create_time() <= claim.saved.when.timestamp() + _CLOCKS_DIFFER
        return bool(before and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
