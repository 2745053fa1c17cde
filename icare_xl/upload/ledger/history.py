"""What the events of a ledger amount to: each saved file with what became of it, and which rows were sent before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from icare_xl.model.columns import Mask
from icare_xl.model.text import Text
from icare_xl.upload.ledger.events import Claim, Event, Returned, Saved, Status, StatusSet
from icare_xl.upload.ledger.fingerprints import Digests, Prints

Standing = Literal["unfinished", "saved"] | Status
RESENT_ON_PURPOSE = {"client_profile"}  # uploading a profile again updates it
_NOT_IN_ICARE: set[Standing] = {"withdrawn", "error", "deleted"}
_WAITING: set[Standing] = {"unfinished", "saved"}
_UNKNOWN_KEY = Text(
    "The rows of “{file}” cannot be compared with others, as the key that they were remembered with is missing from the "
    "ledger.",
    "Les lignes de « {file} » ne peuvent être comparées à d’autres, car la clé qui a servi à les mémoriser manque au "
    "registre.",
)
_DOUBLED = Text(
    "The same rows ({count}) are in “{first}” and in “{second}”. Upload only one of the two files.",
    "Les mêmes lignes ({count}) figurent dans « {first} » et dans « {second} ». Ne téléversez qu’un des deux fichiers.",
)


@dataclass(frozen=True, slots=True)
class Submission:
    """A saved file and what became of it. `returned` are the indexes of the rows that iCARE rejected.

    `replaced_by` is the id of the file that took its place, or, where it `may_come_back`, is about to.
    """

    saved: Saved
    standing: Standing
    since: datetime
    accepted: int | None = None
    counted: int | None = None
    returned: frozenset[int] = frozenset()
    unplaced: int = 0
    replaced_by: str | None = None
    may_come_back: bool = False

    @property
    def id(self) -> str:
        return self.saved.id

    @property
    def waiting(self) -> bool:
        """Whether it is not uploaded, as far as anybody said."""
        return self.standing in _WAITING

    @property
    def in_force(self) -> bool:
        """Whether iCARE has its rows, or may get them: they may not be sent again, but for those that came back."""
        return self.standing not in _NOT_IN_ICARE

    @property
    def rejected(self) -> int:
        return max(self.counted or 0, len(self.returned) + self.unplaced)

    @property
    def kept(self) -> Mask:
        """The rows that did not come back."""
        mask = np.ones(self.saved.rows, np.bool_)
        mask[list(self.returned)] = False
        return mask


@dataclass(frozen=True, slots=True)
class Seen:
    """What the ledger knows of the rows of a sheet: index of the row -> the file that it was in.

    `sent`: the same row, which iCARE has or may get. `alike`: the same client, service and date, other cells differ.
    `came_back`: a row that iCARE rejected, told by either, and that was not sent since: it may be sent again.
    """

    sent: dict[int, Submission]
    alike: dict[int, Submission]
    came_back: dict[int, Submission]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds. `claims` are those without a Saved of their number; `last` is the highest number taken."""

    events: Sequence[Event]
    claims: Sequence[Claim]
    last: int
    problems: Sequence[Text] = ()


@dataclass(frozen=True)
class History:
    """Every saved file, the oldest first, and all that came back. `claims` are the unfinished ones, by id."""

    submissions: tuple[Submission, ...]
    returned: tuple[Returned, ...] = ()
    problems: tuple[Text, ...] = ()
    claims: Mapping[str, Claim] = field(default_factory=dict)

    @classmethod
    def of(cls, contents: Contents, keys: Iterable[str]) -> History:
        saved = {each.id: each for each in contents.events if isinstance(each, Saved)}
        claims = {each.saved.id: each for each in contents.claims if each.saved.id not in saved}
        files = [*saved.values(), *(each.saved for each in claims.values())]
        fates = _by_file(contents.events)
        told = (_submission(each, fates[each.id], each.id in claims) for each in sorted(files, key=_order))
        found = _with_replaced(list(told), claims)
        lost = [each for each in found if each.saved.prints.key not in {*keys} and each.in_force]
        return cls(
            found,
            tuple(sorted((each for each in contents.events if isinstance(each, Returned)), key=_order)),
            (*contents.problems, *(_UNKNOWN_KEY.format(file=each.saved.about.file) for each in lost)),
            claims,
        )

    @property
    def stray(self) -> list[Returned]:
        """What came back of files that are not in the ledger."""
        known = {each.id for each in self.submissions}
        return [each for each in self.returned if each.of not in known]

    def latest_with(self, prints: Sequence[Prints]) -> dict[int, Submission]:
        """Index of a row -> the latest file with the same row, else with the same client, service and date."""
        live = [each for each in self.submissions if each.in_force]
        return _match(prints, live, _meeting, kept=None) | _match(prints, live, _content, kept=None)

    def without(self, ids: Collection[str]) -> History:
        """The history as if these files had never been saved."""
        return replace(self, submissions=tuple(each for each in self.submissions if each.id not in ids))

    def rivals(self, submission: Submission) -> list[Submission]:
        """The files in force that hold its rows, took its place or lost theirs to it: it cannot be in force beside them."""
        by_id = {each.id: each for each in self.submissions}
        found = {*_reached(submission.id, lambda id_: by_id[id_].saved.replaces if id_ in by_id else ())}
        found |= {
            *_reached(submission.id, lambda id_: [each.id for each in by_id.values() if id_ in each.saved.replaces])
        }
        if submission.saved.about.service not in RESENT_ON_PURPOSE:
            kept, prints = submission.kept, submission.saved.prints
            mine = [Prints(prints.key, prints.content[kept], prints.meeting[kept])]
            found |= {each.id for each in self.without([submission.id]).seen(mine).sent.values()}
        return [each for each in self.submissions if each.id in found and each.in_force and each.id != submission.id]

    def find(self, start: str) -> list[Submission]:
        """The files whose id starts so."""
        return [each for each in self.submissions if each.id.startswith(start)]

    def seen(self, prints: Sequence[Prints]) -> Seen:
        """Looks up rows by their fingerprints under every key of the ledger."""
        live = [each for each in self.submissions if each.in_force or each.may_come_back]
        content, meeting = _content, _meeting
        sent = _match(prints, live, content, kept=True)
        back = _match(prints, live, content, kept=False) | _match(prints, live, meeting, kept=False)
        alike = _match(prints, live, meeting, kept=True)
        return Seen(
            sent,
            {index: each for index, each in alike.items() if index not in sent},
            {index: each for index, each in back.items() if index not in sent and index not in alike},
        )

    def open_rows(self, submission: Submission) -> int:
        """How many of its rejected rows were not sent again since, as far as anybody can tell."""
        if not submission.in_force or not submission.rejected:
            return 0
        later = [each for each in self.submissions if each.in_force and _order(each.saved) > _order(submission.saved)]
        told = sum(each.saved.rows for each in later if each.saved.about.corrects == submission.id)
        gone, prints = ~submission.kept, submission.saved.prints
        mine = [Prints(prints.key, prints.content[gone], prints.meeting[gone])]
        others = [each for each in later if each.saved.about.corrects != submission.id]
        again = _match(mine, others, _content, kept=None) | _match(mine, others, _meeting, kept=None)
        return max(0, submission.rejected - told - len(again))

    def doubled(self) -> list[Text]:
        """Files that hold the same rows: two computers saved them without seeing each other's ledger."""
        live = [
            each for each in self.submissions if each.in_force and each.saved.about.service not in RESENT_ON_PURPOSE
        ]
        rows, owner = _rows_of(live, _content, kept=True)
        order = np.lexsort((rows[:, 1], rows[:, 0]))
        rows, owner = rows[order], owner[order]
        equal = (rows[1:] == rows[:-1]).all(axis=1) & rows[1:].any(axis=1) & (owner[1:] != owner[:-1])
        pairs = Counter(zip(*np.sort([owner[:-1][equal], owner[1:][equal]], axis=0).tolist(), strict=True))
        return [
            _DOUBLED.format(count=count, first=live[one].saved.about.file, second=live[two].saved.about.file)
            for (one, two), count in sorted(pairs.items())
        ]


def _by_file(events: Iterable[Event]) -> dict[str, list[StatusSet | Returned]]:
    fates: dict[str, list[StatusSet | Returned]] = defaultdict(list)
    for each in events:
        if isinstance(each, (StatusSet, Returned)) and each.of:
            fates[each.of].append(each)
    return fates


def _order(event: Event) -> tuple[datetime, str]:
    return event.when, event.id


def _submission(saved: Saved, fates: list[StatusSet | Returned], unfinished: bool) -> Submission:
    """The last status counts. What came back was processed, whatever nobody recorded."""
    standing: Standing = "unfinished" if unfinished else "saved"
    since, accepted, counted = saved.when, None, None
    returned: set[int] = set()
    unplaced = 0
    for each in sorted(fates, key=_order):
        since = each.when
        if isinstance(each, StatusSet):
            standing, accepted, counted = each.status, each.accepted, each.rejected
        else:
            indexes = {position - 1 for position in each.positions if 0 < position <= saved.rows}
            returned |= indexes
            unplaced += len(each.positions) - len(indexes)
            standing = "processed" if standing in ("unfinished", "saved", "pending") else standing
    return Submission(saved, standing, since, accepted, counted, frozenset(returned), unplaced)


def _with_replaced(found: list[Submission], claims: Mapping[str, Claim]) -> tuple[Submission, ...]:
    """With those withdrawn that nobody uploaded and whose place another took; a save that failed takes no place."""
    by: dict[str, Submission] = {}
    for each in sorted(found, key=lambda each: each.id not in claims):  # a finished save goes before a claim
        if each.id not in claims or each.in_force:
            by |= dict.fromkeys(each.saved.replaces, each)
    return tuple(_replaced(each, by[each.id], claims) if each.waiting and each.id in by else each for each in found)


def _replaced(each: Submission, by: Submission, claims: Mapping[str, Claim]) -> Submission:
    return replace(each, standing="withdrawn", since=by.saved.when, replaced_by=by.id, may_come_back=by.id in claims)


def _reached(start: str, neighbours: Callable[[str], Iterable[str]]) -> set[str]:
    """All that can be got to from one id."""
    found, waiting = {start}, [start]
    while waiting:
        new = {*neighbours(waiting.pop())} - found
        found |= new
        waiting += new
    return found


def _content(prints: Prints) -> Digests:
    return prints.content


def _meeting(prints: Prints) -> Digests:
    return prints.meeting


def _match(
    mine: Sequence[Prints], files: Sequence[Submission], which: Callable[[Prints], Digests], kept: bool | None
) -> dict[int, Submission]:
    """Index of a row of mine -> the file with a row of the same fingerprint: one that it kept, lost, or (None) either."""
    found: dict[int, Submission] = {}
    for prints in mine:
        here = [each for each in files if each.saved.prints.key == prints.key]
        theirs, owner = _rows_of(here, which, kept)
        found |= {index: here[number] for index, number in _same(which(prints), theirs, owner)}
    return found


def _rows_of(
    files: Sequence[Submission], which: Callable[[Prints], Digests], kept: bool | None
) -> tuple[Digests, NDArray[np.intp]]:
    """The fingerprints of the files, one below the other, and for each the number of its file."""
    masks = [slice(None) if kept is None else each.kept if kept else ~each.kept for each in files]
    parts = [which(each.saved.prints)[mask] for each, mask in zip(files, masks, strict=True)]
    owner = np.repeat(np.arange(len(files)), [len(part) for part in parts])
    return np.concatenate([np.empty((0, 2), np.uint64), *parts]), owner


def _same(mine: Digests, theirs: Digests, owner: NDArray[np.intp]) -> Iterable[tuple[int, int]]:
    """Pairs of an index in mine and the owner of the last equal row in theirs. (0, 0) is no fingerprint.

    Half of each fingerprint is compared by numpy; whole ones only of the few rows whose halves agree.
    """
    near = np.flatnonzero(_among(mine[:, 0], theirs[:, 0]) & mine.any(axis=1))
    if not len(near):
        return []
    far = np.flatnonzero(_among(theirs[:, 0], mine[near, 0]))
    owner_of = {theirs[at].tobytes(): int(owner[at]) for at in far.tolist()}
    pairs = ((at, owner_of.get(mine[at].tobytes())) for at in near.tolist())
    return [(at, number) for at, number in pairs if number is not None]


def _among(some: NDArray[np.uint64], others: NDArray[np.uint64]) -> Mask:
    """Which are among the others; np.isin sorts both and takes several times as long."""
    if not len(others):
        return np.zeros(len(some), np.bool_)
    ordered = np.sort(others)
    indexes = np.minimum(np.searchsorted(ordered, some), len(ordered) - 1)
    return np.asarray(ordered[indexes] == some)
