"""The form of a month: its saved files, one a row, and what iCARE made of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from icare_xl.excel.forms.choices import chosen
from icare_xl.excel.forms.errors import NoCount, NoSuchChoice, NotInLedger, OnlyWhenProcessed
from icare_xl.excel.forms.form import Column, Entry, Form, Kind, Row, Shown
from icare_xl.excel.forms.sentences import HOW_TO
from icare_xl.excel.session import Session
from icare_xl.icare.library import services
from icare_xl.model.spoken_dates import spoken_month
from icare_xl.model.text import Text
from icare_xl.upload.ledger import STATUSES, Status, Submission
from icare_xl.upload.month import Month, Service, month_of
from icare_xl.upload.sentences import REPLACED, STANDING, advice, came_back, deadline_line, save_repaired, standing

NEW, ACCEPTED, REJECTED = (
    Column("new", Text("New status", "Nouveau statut"), 14, Text(
        "Choose what iCARE shows for this file now. Leave it empty where nothing is new.",
        "Choisissez ce qu’iEDEC affiche maintenant pour ce fichier. Laissez vide s’il n’y a rien de nouveau.")),
    Column("accepted", Text("Accepted rows", "Lignes acceptées"), 11, Text(
        "Once the file is processed: how many rows iCARE accepted, such as 37.",
        "Une fois le fichier traité : combien de lignes iEDEC a acceptées, par exemple 37.")),
    Column("rejected", Text("Rejected rows", "Lignes rejetées"), 11, Text(
        "Once the file is processed: how many rows iCARE rejected, such as 2, or 0 for none.",
        "Une fois le fichier traité : combien de lignes iEDEC a rejetées, par exemple 2, ou 0 s’il n’y en a aucune.")),
)  # fmt: skip
CHOICES: dict[Status, Text] = {status: REPLACED if status == "withdrawn" else STANDING[status] for status in STATUSES}
_NO_FILE_OF = Text("Nothing was saved yet for: {services}.", "Rien n’a encore été enregistré pour : {services}.")
_NO_FILE = Text(
    "No file was saved for this month yet. Save for upload adds one.",
    "Aucun fichier n’a encore été enregistré pour ce mois. Enregistrer pour téléverser en ajoute un.",
)
_COUNTS = Text(
    "{status}: {accepted} accepted, {rejected} rejected", "{status} : {accepted} acceptées, {rejected} rejetées"
)


def form(session: Session, month: date) -> Form:
    """What the ledger knows of a month. Saves that had broken off are settled first."""
    repaired = session.ledger.repair()
    history = session.ledger.history()
    found = month_of(history, month, session.settings)
    files = (pair for service in found.services for pair in _files(service))
    rows = [_row(each, open_) for each, open_ in files if not each.replaced_by]
    problems = [*map(save_repaired, repaired), *(came_back(each, None) for each in found.stray), *found.problems]
    title = Text("Files of {month}", "Fichiers de {month}").format(month=spoken_month(month))
    sentences = [deadline_line(found), HOW_TO if rows else _NO_FILE, *_missing(found), *problems]
    return Form(STATUS_FORM, title, [*sentences, *session.settings.problems], rows)


def record(session: Session, entry: Entry) -> Shown | None:
    """Put what a person filled in into the ledger, unless it is there. Raises what is wrong with it."""
    history = session.ledger.history()
    found = next((each for each in history.submissions if each.id == entry.key), None)
    if found is None:
        raise NotInLedger
    accepted, rejected = _count(entry, ACCEPTED), _count(entry, REJECTED)
    status = _status(entry, found, accepted is not None or rejected is not None)
    if status is None:
        return None
    if (found.standing, found.accepted, found.counted) != (status, accepted, rejected):
        found = session.ledger.set_status(found.id, status, accepted, rejected)
        history = session.ledger.history()
    return _state(found, history.open_rows(found))


def _status(entry: Entry, found: Submission, counts: bool) -> Status | None:
    """The status to record; none where all cells were emptied again."""
    typed, words = entry.texts[NEW.id], CHOICES
    status = chosen(typed, words)
    if typed and not status:
        raise NoSuchChoice(column=NEW.head, value=typed, choices=Text.joined(words.values(), ", "))
    if counts and (status or found.standing) != "processed":
        raise OnlyWhenProcessed(processed=STANDING["processed"])
    return status or ("processed" if counts else None)


def _count(entry: Entry, column: Column) -> int | None:
    typed = entry.texts[column.id]
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 8):
        raise NoCount(column=column.head, value=typed)
    return int(typed)


def _row(each: Submission, open_rows: int) -> Row:
    about = each.saved.about
    service = services().get(about.service or "", Text(*[about.service or "?"] * 2))
    cells = {
        "service": service,
        "file": about.file,
        "saved": f"{each.saved.when.astimezone():%Y-%m-%d %H:%M}",
        "by": each.saved.by,
        "account": about.account or "",
        "rows": each.saved.rows,
        **_state(each, open_rows),
    }
    return Row(each.id, cells, {NEW.id: [*CHOICES.values()]})


def _state(each: Submission, open_rows: int) -> Shown:
    """What changes about a file when its status does."""
    status = standing(each)
    if each.accepted is not None or each.counted is not None:
        counts = {"accepted": _or_unknown(each.accepted), "rejected": _or_unknown(each.counted)}
        status = _COUNTS.format(status=status, **counts)
    return {"now": status, "advice": advice(each, open_rows)}


def _or_unknown(count: int | None) -> str:
    return "?" if count is None else str(count)


def _files(service: Service) -> Iterator[tuple[Submission, int]]:
    return zip(service.submissions, service.open_rows, strict=True)


def _missing(found: Month) -> Iterator[Text]:
    names = [services().get(each.service or "", Text("?", "?")) for each in found.services if not each.submissions]
    if names:
        yield _NO_FILE_OF.format(services=Text.joined(names, "; "))


STATUS_FORM = Kind(
    "status",
    Text("Status", "Statut"),
    (
        Column("service", Text("Service", "Service"), 22),
        Column("file", Text("File", "Fichier"), 28),
        Column("saved", Text("Saved on", "Enregistré le"), 16),
        Column("by", Text("By", "Par"), 11),
        Column("account", Text("Account", "Compte"), 14),
        Column("rows", Text("Rows", "Lignes"), 7),
        Column("now", Text("Status now", "Statut actuel"), 18),
        NEW,
        ACCEPTED,
        REJECTED,
        Column("advice", Text("What to do", "Ce qu’il faut faire"), 38),
    ),
    record,
)
