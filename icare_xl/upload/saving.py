"""Saving for upload: check, ask the guards, write the proven copy, remember it, certify it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from icare_xl import __version__
from icare_xl.check.engine import check
from icare_xl.check.rules import RULES
from icare_xl.icare import recognise
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import Report
from icare_xl.model.sheet import MOST_ROWS, Sheet
from icare_xl.model.text import Language
from icare_xl.settings import DEFAULT_NAMING, Settings, person
from icare_xl.upload import certificate, guards, naming
from icare_xl.upload.certificate import Certificate
from icare_xl.upload.guards import Memory, Objection, SaveRequest
from icare_xl.upload.ledger import Claim, Ledger, Particulars, Repaired
from icare_xl.upload.ledger.errors import AlreadySent
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.proof import prove_only_rows, prove_ready_for_upload
from icare_xl.workbooks.second_reader import reads_alike

_ERROR_CODES = {rule.code for rule in RULES if rule.severity == "error"}  # saving cannot do without these
_TOO_MANY_ROWS = "IC007"


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
    """A file as it was saved; `entry` is its id in the ledger, `read_twice` whether a second program could read it too."""

    path: Path
    sha256: str
    rows: int
    entry: str | None = None
    read_twice: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving: the report, what spoke against it, and either a refusal or the files.

    `repaired` are earlier saves that had broken off, as the ledger settled them now.
    """

    report: Report
    objections: tuple[Objection, ...] = ()
    refused: Objection | None = None
    saved: tuple[Part, ...] = ()
    repaired: tuple[Repaired, ...] = ()

    @property
    def to_confirm(self) -> bool:
        """Whether only warnings are in the way, that nobody has accepted yet."""
        return self.refused is not None and self.refused.code == guards.NOT_CONFIRMED


def save(host: FileHost, sheet: Sheet, options: SaveOptions) -> Outcome:
    """Write the copy for upload, or its parts, unless something speaks against it."""
    splits = options.split and len(sheet.rows) > MOST_ROWS
    without = {*options.settings.without, *options.without} - _ERROR_CODES
    report = check(sheet, options.when, without | ({_TOO_MANY_ROWS} if splits else set()))
    repaired = tuple(options.ledger.repair()) if options.ledger else ()
    found = guards.of_workbook(host, sheet, report, options.when, options.request, options.settings.accounts)
    memory = Memory.of(options.ledger, sheet) if options.ledger else None
    if memory:
        found += guards.of_ledger(sheet, memory, _month(sheet, options.when))
        found += guards.of_target(memory, options.out)
    outcome = Outcome(report, tuple(found), guards.refusal(found, options.request), repaired=repaired)
    if outcome.refused:
        return outcome
    saved: list[Part] = []
    with _pieces(host, sheet, splits) as pieces:
        for piece in pieces:
            if options.ledger and splits:
                memory = Memory.of(options.ledger, piece.sheet)
            try:
                saved.append(_save_piece(piece, report, options, memory))
            except AlreadySent as fault:  # somebody saved the same rows in the meantime
                beaten = Objection("rows-already-sent", fault.text)
                return replace(outcome, refused=beaten, saved=tuple(saved))
    return replace(outcome, saved=tuple(saved))


def _month(sheet: Sheet, when: CheckDate) -> date | None:
    """The month that was named, else the one that most rows are of."""
    return when.month or guards.likely_month(sheet)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes one file: the workbook, or one with a part of its rows; `number` counts such parts."""

    host: FileHost
    sheet: Sheet
    source: Path
    number: int | None = None


@contextmanager
def _pieces(host: FileHost, sheet: Sheet, splits: bool) -> Iterator[list[_Piece]]:
    """The workbook itself, or workbooks of 2,500 rows at most that hold each of its rows once."""
    if not splits:
        yield [_Piece(host, sheet, host.path)]
        return
    rows = sheet.rows.tolist()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as opened:
        pieces = []
        for number, start in enumerate(range(0, len(rows), MOST_ROWS), 1):
            path, kept = Path(folder) / f"{number}.xlsx", rows[start : start + MOST_ROWS]
            with host.copy_of_rows(path, sheet.name, kept, sheet.first_row) as written:
                prove_only_rows(host, sheet, kept, written)
            part = opened.enter_context(FileHost(path))
            pieces.append(_Piece(part, recognise.upload_sheet(part, sheet.name), host.path, number))
        yield pieces


def _save_piece(piece: _Piece, report: Report, options: SaveOptions, memory: Memory | None) -> Part:
    """Claimed in the ledger and certified when it is proven, before it takes its place; then the claim is completed.

    Raises AlreadySent where somebody else was quicker.
    """
    month = _month(piece.sheet, options.when)
    words = _words(piece, options, month)
    out = _target(options, words, piece.number)
    claim: Claim | None = None
    try:
        with piece.host.copy_without_marks(out) as written:
            prove_ready_for_upload(piece.host, written)
            read_twice = reads_alike(piece.host, piece.sheet, written)
            sha256 = certificate.digest(written)
            if memory:
                claim = guards.claim(memory, out, _particulars(piece, options, memory, month, out, sha256))
            part = Part(out, sha256, len(piece.sheet.rows), claim.saved.id if claim else None, read_twice)
            certificate.write(out, _certificate(part, piece.sheet, report, words), options.language)
    except AlreadySent:  # nothing is claimed or certified yet; what an older save left there stays
        raise
    except BaseException:
        certificate.remove(out)
        if memory and claim:
            memory.ledger.withdraw(claim)
        raise
    if memory and claim:
        memory.ledger.complete(claim)
    return part


def _words(piece: _Piece, options: SaveOptions, month: date | None) -> dict[str, str]:
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
    piece: _Piece, options: SaveOptions, memory: Memory, month: date | None, out: Path, sha256: str
) -> Particulars:
    template = piece.sheet.template
    return Particulars(
        template.service,
        month,
        out.name,
        sha256,
        options.request.account,
        piece.number or 1,
        template.version,
        memory.corrects,
    )


def _target(options: SaveOptions, words: dict[str, str], number: int | None) -> Path:
    """Where a file goes. In a folder, no file is replaced that the next one is not a new version of."""
    if options.out.suffix.lower().startswith(".xls") and not options.out.is_dir():
        return options.out.with_stem(f"{options.out.stem}_{number}") if number else options.out
    first = number if "{part}" not in options.naming else None
    out, taken = options.out / naming.file_name(options.naming, words, first), 2
    while out.exists() and (options.ledger or options.naming != DEFAULT_NAMING):
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
        rules=certificate.rule_set(),
        program=f"icare-xl {__version__}",
        when=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        by=person(),
        month=words["month"],
        account=words["account"],
        entry=part.entry or "",
        read_twice=part.read_twice,
    )
