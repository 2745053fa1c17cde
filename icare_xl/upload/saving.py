"""Saving for upload: check, ask the guards, write the proven copy, remember it, certify it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from icare_xl import __version__
from icare_xl.check.engine import check
from icare_xl.check.rules import RULES
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Report
from icare_xl.model.sheet import MOST_ROWS, Sheet
from icare_xl.model.text import Language
from icare_xl.settings import DEFAULT_NAMING, Settings, person
from icare_xl.upload import certificate, guards, naming, waiting
from icare_xl.upload.certificate import Certificate
from icare_xl.upload.guards import Memory, Objection, SaveRequest
from icare_xl.upload.ledger import Claim, Ledger, Particulars, Repaired, Submission
from icare_xl.upload.ledger.errors import AlreadySent, NoLongerWaiting
from icare_xl.upload.pieces import Piece, pieces
from icare_xl.upload.set_aside import SetAside, beside, can_be_moved, set_aside
from icare_xl.upload.waiting import Waiting
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.proof import prove_ready_for_upload
from icare_xl.workbooks.second_reader import reads_alike

_ERROR_CODES = {rule.code for rule in RULES if rule.severity == "error"}  # saving cannot do without these
TOO_MANY_ROWS = "IC007"


@dataclass(frozen=True, slots=True)
class SaveOptions:
    """How to save. `out` is a .xlsx path, or a folder, where the file gets a name from the pattern that is set. `without`
    holds rules to leave out besides those of the settings.
    """

    out: Path
    when: CheckDate
    settings: Settings
    request: SaveRequest = field(default_factory=SaveRequest)
    ledger: Ledger | None = None
    language: Language = "en"
    without: Collection[str] = ()
    split: bool = False

    @property
    def naming(self) -> str:
        return self.settings.naming or DEFAULT_NAMING


@dataclass(frozen=True, slots=True)
class Part:
    """A file as it was saved; `entry` is its id in the ledger, `read_twice` whether a second program could read it too,
    `month` the one that it is saved for, `replaced` the files whose place it took.
    """

    path: Path
    sha256: str
    rows: int
    entry: str | None = None
    read_twice: bool = True
    month: date | None = None
    replaced: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving: the report, what spoke against it, and either a refusal or the files. `rows` are the sheet's.

    `repaired` are earlier saves that had broken off, as the ledger settled them now, `recorded` files that the person said
    were uploaded.
    """

    report: Report
    objections: tuple[Objection, ...] = ()
    refused: Objection | None = None
    saved: tuple[Part, ...] = ()
    repaired: tuple[Repaired, ...] = ()
    recorded: tuple[Submission, ...] = ()
    rows: int = 0

    @property
    def replaced(self) -> list[SetAside]:
        return [each for part in self.saved for each in part.replaced]

    @property
    def nothing_left(self) -> bool:
        """Whether every row was uploaded before."""
        return (
            self.refused is not None and self.refused.code == guards.ROWS_SENT and len(self.refused.rows) == self.rows
        )

    @property
    def to_confirm(self) -> bool:
        """Whether only warnings are in the way, that nobody has accepted yet."""
        return self.refused is not None and self.refused.code == guards.NOT_CONFIRMED


def save(host: FileHost, sheet: Sheet, options: SaveOptions) -> Outcome:
    """Write the copy for upload, or its parts, unless something speaks against it."""
    ledger, request = options.ledger, options.request
    repaired = tuple(ledger.repair()) if ledger else ()
    memory = Memory.of(ledger, sheet) if ledger else None
    earlier = _waiting(host, sheet, options, memory) if memory else Waiting()
    replaced = earlier.ids if request.replace and not earlier.busy else ()
    kept = _kept(sheet, memory.without(replaced) if memory else None, request)
    report = _checked(sheet, options, len(kept))
    found = guards.of_workbook(host, sheet, report, options.when, request, options.settings.accounts)
    recorded: tuple[Submission, ...] = ()
    if memory and ledger:
        if request.uploaded and not earlier.busy and guards.refusal(found, replace(request, confirmed=True)) is None:
            recorded = tuple(ledger.set_status(each.id, "pending") for each in earlier.files)
            memory, earlier = Memory.of(ledger, sheet), Waiting()
        memory = memory.without(replaced)
        found += [earlier.objection] if earlier.objection and not replaced else []
        found += guards.of_ledger(sheet, memory, _month(sheet, options), request.only_new)
        found += guards.of_target(memory, options.out)
    found += guards.of_reporting(sheet, options.when, request)
    refused = guards.refusal(found, request)
    outcome = Outcome(report, tuple(found), refused, repaired=repaired, recorded=recorded, rows=len(sheet.rows))
    if outcome.refused:
        return outcome
    saved: list[Part] = []
    with pieces(host, sheet, kept, MOST_ROWS if options.split else len(sheet.rows)) as parts:
        for piece in parts:
            if ledger and piece.sheet is not sheet:
                memory = Memory.of(ledger, piece.sheet, replaced)
            try:
                saved.append(_save_piece(piece, report, options, memory, () if saved else replaced))
            except (AlreadySent, NoLongerWaiting) as fault:  # somebody saved or uploaded the same rows in the meantime
                beaten = Objection(guards.ROWS_SENT, fault.text)
                return replace(outcome, refused=beaten, saved=tuple(saved))
    return replace(outcome, saved=tuple(saved))


def _waiting(host: FileHost, sheet: Sheet, options: SaveOptions, memory: Memory) -> Waiting:
    """The files that its rows wait in, by what they say and by the name that the next one would have."""
    words = _words(Piece(host, sheet, host.path), options, _month(sheet, options))
    out = options.out if _is_file(options.out) else options.out / naming.file_name(options.naming, words)
    return waiting.of_sheet(memory, sheet, out)


def _kept(sheet: Sheet, memory: Memory | None, request: SaveRequest) -> list[int]:
    """The rows (Excel's) that are saved."""
    sent = memory.seen.sent if memory and request.only_new else {}
    return [row for index, row in enumerate(sheet.rows.tolist()) if index not in sent]


def _checked(sheet: Sheet, options: SaveOptions, kept: int) -> Report:
    """The report. How far down the rows go is no fault where they are put together in files that are short enough."""
    without = {*options.settings.without, *options.without} - _ERROR_CODES
    short = (kept < len(sheet.rows) and kept <= MOST_ROWS) or (options.split and kept > MOST_ROWS)
    right = options.ledger.acceptances() if options.ledger else None
    return check(sheet, options.when, without | ({TOO_MANY_ROWS} if short else set()), memory=right)


def _month(sheet: Sheet, options: SaveOptions) -> date | None:
    return guards.month_of_file(sheet, options.when, options.request)


def _save_piece(
    piece: Piece, report: Report, options: SaveOptions, memory: Memory | None, replaced: Sequence[str]
) -> Part:
    """Claimed in the ledger and certified when it is proven, before it takes its place; then the claim is completed. What
    it replaces is out of the way by then, and back again where that fails.

    Raises AlreadySent or NoLongerWaiting where somebody else was quicker.
    """
    month = _month(piece.sheet, options)
    words = _words(piece, options, month)
    old = [each for each in memory.ledger.history().submissions if each.id in replaced] if memory and replaced else []
    out = _target(options, words, piece.number, old)
    with ExitStack() as undone, piece.host.copy_without_marks(out) as written:
        prove_ready_for_upload(piece.host, written)
        part = Part(out, certificate.digest(written), len(piece.sheet.rows), month=month)
        part = replace(part, read_twice=reads_alike(piece.host, piece.sheet, written))
        if memory:
            about = _particulars(piece, options, memory, month, part, old)
            claim = undone.enter_context(_claimed(memory, out, about, replaced))
            aside = undone.enter_context(set_aside(old, out.parent))
            part = replace(part, entry=claim.saved.id, replaced=tuple(aside))
        known = _certificate(part, piece.sheet, report, words)
        undone.enter_context(certificate.written(out, known, options.language))
    return part


@contextmanager
def _claimed(memory: Memory, out: Path, about: Particulars, replaced: Sequence[str]) -> Iterator[Claim]:
    """The claim, completed when the block ends, and withdrawn where it raises."""
    claim = guards.claim(memory, out, about, replaced)
    try:
        yield claim
    except BaseException:
        memory.ledger.withdraw(claim)
        raise
    memory.ledger.complete(claim)


def _words(piece: Piece, options: SaveOptions, month: date | None) -> dict[str, str]:
    """What may stand in the file's name."""
    template = piece.sheet.template
    return {
        "agency": options.settings.agency or "",
        "service": template.service or template.code or "",
        "month": f"{month:%Y-%m}" if month else "",
        "account": options.request.account or "",
        "part": str(piece.number or ""),
        "date": f"{options.when.today:%Y-%m-%d}",
        "file": piece.source.stem,
    }


def _particulars(
    piece: Piece, options: SaveOptions, memory: Memory, month: date | None, part: Part, old: Sequence[Submission]
) -> Particulars:
    template = piece.sheet.template
    corrected = (each.saved.about.corrects for each in old)
    return Particulars(
        template.service,
        month,
        part.path.name,
        part.sha256,
        options.request.account,
        piece.number or 1,
        template.version,
        memory.corrects or next(filter(None, corrected), None),
    )


def _is_file(out: Path) -> bool:
    """Whether it is meant as the path of a file."""
    return out.suffix.lower().startswith(".xls") and not out.is_dir()


def _target(options: SaveOptions, words: dict[str, str], number: int | None, old: Sequence[Submission]) -> Path:
    """Where a file goes. In a folder, no file is overwritten that the next one is not a new version of; the name of one that
    is `old`, and can be moved out of the way, is free.
    """
    if _is_file(options.out):
        return options.out.with_stem(f"{options.out.stem}_{number}") if number else options.out
    free = {path for each in old if (path := beside(each, options.out)) and can_be_moved(path)}
    first = number if "{part}" not in options.naming else None
    out, taken = options.out / naming.file_name(options.naming, words, first), 2
    while out not in free and out.exists() and (options.ledger or options.naming != DEFAULT_NAMING):
        out = options.out / naming.file_name(
            f"{options.naming}_{taken}" if first else options.naming, words, first or taken
        )
        taken += 1
    return out


def _certificate(part: Part, sheet: Sheet, report: Report, words: dict[str, str]) -> Certificate:
    return Certificate(
        file=part.path.name,
        sha256=part.sha256,
        service=words["service"],
        edition=sheet.template.version or "",
        rows=part.rows,
        accepted=certificate.of_warnings(report),
        found_right=certificate.of_acceptances(report),
        rules=certificate.rule_set(),
        program=f"icare-xl {__version__}",
        when=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        by=person(),
        month=words["month"],
        account=words["account"],
        entry=part.entry or "",
        read_twice=part.read_twice,
    )
