"""What speaks against saving a sheet for upload: errors forbid it, warnings have to be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from icare_xl.model.check_date import CheckDate
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER
from icare_xl.model.columns import Dates
from icare_xl.model.finding import Report, Severity
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text, first_few
from icare_xl.upload import certificate
from icare_xl.upload.ledger import RESENT_ON_PURPOSE, Claim, Ledger, Particulars, Prints, Seen, Submission
from icare_xl.workbooks.file import FileHost

NOT_CONFIRMED = "not-confirmed"
_HEADER = {"IC001", "IC002", "IC003", "IC004", "IC005", "IC006", "IC014"}
_LOST_IDS = {"IC016"}
_NOTES = {"IC010", "IC015"}
_TOO_MANY = {"IC007"}
_PROFILE = "client_profile"
_OTHER_MONTH = "IC122"
LATE = 0.5  # of the rows: more of them in other months, and the month itself is in doubt


@dataclass(frozen=True, slots=True)
class Objection:
    """A code for programs, a sentence for people, the rows (Excel's) it is about. An error cannot be waved through."""

    code: str
    says: Text
    severity: Severity = "error"
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """What a person said about the upload: for which service and account, and that its warnings are accepted."""

    service: str | None = None
    account: str | None = None
    confirmed: bool = False


def of_workbook(
    host: FileHost, sheet: Sheet, report: Report, when: CheckDate, request: SaveRequest, accounts: Collection[str]
) -> list[Objection]:
    """All that the workbook itself tells, errors first. `accounts` are the agency's."""
    return [
        *([Objection("header-changed", _NO_IDS)] if sheet.layout.lost else _of_template(sheet, request)),
        *_of_report(report),
        *_of_file(host, request, accounts),
        *_of_month(sheet, report, when),
    ]


@dataclass(frozen=True, slots=True)
class Memory:
    """What a ledger knows of a sheet: read once, since every row is fingerprinted for it."""

    ledger: Ledger
    submissions: Sequence[Submission]
    prints: Sequence[Prints]
    seen: Seen

    @classmethod
    def of(cls, ledger: Ledger, sheet: Sheet) -> Memory:
        history, prints = ledger.history(), ledger.prints(sheet)
        return cls(ledger, history.submissions, prints, history.seen(prints))

    @property
    def live(self) -> list[Submission]:
        return [each for each in self.submissions if each.in_force]

    @property
    def corrects(self) -> str | None:
        """The id of the saved file that most of the rows came back from, if any did."""
        back = Counter(each.id for each in self.seen.came_back.values())
        return max(back, key=lambda id_: back[id_], default=None)


def of_ledger(sheet: Sheet, memory: Memory, month: date | None) -> list[Objection]:
    """What the memory of earlier files says, errors first."""
    seen = memory.seen
    found = [*_of_sent(sheet, seen), *_of_others(sheet, memory.live, month)]
    if seen.alike:
        rows = _rows(sheet, seen.alike)
        words = {"count": len(rows), "file": _files(seen.alike), "which": first_few(map(str, rows))}
        found.append(Objection("rows-alike", _ALIKE.format(**words), "warning", rows))
    return found


def of_target(memory: Memory, out: Path) -> list[Objection]:
    """Whether a file that was saved and is not settled yet would be replaced."""
    if not out.is_file():
        return []
    known = {each.saved.about.sha256 for each in memory.live}
    return [Objection("file-there", _FILE_THERE.format(file=out.name))] if certificate.digest(out) in known else []


def refusal(found: Collection[Objection], request: SaveRequest) -> Objection | None:
    """The first error; else, where nobody has confirmed them, the warnings in one."""
    error = next((each for each in found if each.severity == "error"), None)
    if error or request.confirmed or not found:
        return error
    return Objection(NOT_CONFIRMED, _NOT_CONFIRMED.format(warnings=Text.joined(each.says for each in found)))


def claim(memory: Memory, out: Path, about: Particulars) -> Claim:
    """Take the right to put a finished file at `out`. Raises AlreadySent where somebody was quicker."""
    despite = [each.id for each in memory.submissions] if about.service in RESENT_ON_PURPOSE else []
    return memory.ledger.claim(about, memory.prints, out, despite)


def likely_month(sheet: Sheet) -> date | None:
    """The month (its first day) that the first date of service of most rows is in."""
    earliest = np.zeros(len(sheet.rows), np.int32)
    for field in sheet.fields("date"):
        if field.id != BIRTH_DATE:
            days = sheet.column(field.id, Dates).days
            earliest = np.where((days > 0) & ((earliest == 0) | (days < earliest)), days, earliest)
    months = Counter(date.fromordinal(day).replace(day=1) for day in earliest.tolist() if day)
    return max(months, key=lambda month: (months[month], month)) if months else None


def _of_sent(sheet: Sheet, seen: Seen) -> Iterator[Objection]:
    """Rows that iCARE has, or may get."""
    if not seen.sent:
        return
    rows, sent = len(sheet.rows), len(seen.sent)
    files = {each.id: each for each in seen.sent.values()}
    which = _rows(sheet, seen.sent)
    words = {"count": sent, "rows": rows, "file": _files(seen.sent), "back": len(seen.came_back)}
    words["which"] = first_few(map(str, which))
    partly = bool(seen.came_back) and any(each.rejected for each in files.values())
    whole = len(files) == 1 and sent == rows == next(iter(files.values())).saved.rows
    if whole:
        yield Objection("already-saved", _ALREADY_SAVED.format(**words))
    elif sheet.template.service in RESENT_ON_PURPOSE:
        if partly:
            yield Objection("accepted-before", _ACCEPTED.format(**words), "warning", which)
    elif partly:
        yield Objection("original-after-rejection", _ORIGINAL.format(**words), rows=which)
    else:
        yield Objection("rows-already-sent", _SENT.format(**words), rows=which)


def _rows(sheet: Sheet, indexes: Iterable[int]) -> tuple[int, ...]:
    return tuple(int(sheet.rows[index]) for index in sorted(indexes))


def _of_others(sheet: Sheet, live: Collection[Submission], month: date | None) -> Iterator[Objection]:
    """What files of this and of other services were saved."""
    service, version = sheet.template.service, sheet.template.version or ""
    used = [each.saved.about.version or "" for each in live if each.saved.about.service == service]
    newest = max(used, key=_number, default="")
    if _number(newest) > _number(version) > 0:
        yield Objection("older-edition", _OLDER.format(version=version, newer=newest), "warning")
    profiles = [each for each in live if each.saved.about.service == _PROFILE and each.saved.about.month == month]
    if month and service != _PROFILE and sheet.has(IDENTIFIER) and not profiles:
        yield Objection("no-profile-yet", _NO_PROFILE.format(month=f"{month:%Y-%m}"), "warning")


def _number(version: str) -> int:
    return int(version) if version.isdigit() else 0


def _files(found: Mapping[int, Submission]) -> Text:
    """`“jan.xlsx” (2026-02-03)`: the files that hold the rows, and when they were saved."""
    files = {each.id: each.saved for each in found.values()}.values()
    told = [(each.about.file, f"{each.when.astimezone():%Y-%m-%d}") for each in files]
    return Text(
        ", ".join(f"“{name}” ({day})" for name, day in told), ", ".join(f"« {name} » ({day})" for name, day in told)
    )


def _of_template(sheet: Sheet, request: SaveRequest) -> Iterator[Objection]:
    template = sheet.template
    if not template.described:
        yield Objection("no-template", _NO_TEMPLATE)
    if not len(sheet.rows):
        yield Objection("no-rows", _NO_ROWS)
    if request.service and request.service != template.service:
        yield Objection(
            "wrong-service",
            _WRONG_SERVICE.format(found=template.service or template.code or "?", wished=request.service),
        )


def _of_report(report: Report) -> Iterator[Objection]:
    if report.could_not_run:
        yield Objection("could-not-run", _COULD_NOT_RUN.format(codes=", ".join(report.could_not_run)))
    errors = Counter(found.rule for found in report.findings if found.severity == "error")
    for code, rules, says in (
        ("header-changed", _HEADER, _CHANGED_HEADER),
        ("notes-left", _NOTES, _NOTES_LEFT),
        ("too-many-rows", _TOO_MANY, _TOO_MANY_ROWS),
    ):
        if errors.keys() & rules:
            yield Objection(code, says)
    if rest := sum(count for rule, count in errors.items() if rule not in _HEADER | _LOST_IDS | _NOTES | _TOO_MANY):
        yield Objection("errors-remain", (_ONE_ERROR if rest == 1 else _ERRORS).format(count=rest))


def _of_file(host: FileHost, request: SaveRequest, accounts: Collection[str]) -> Iterator[Objection]:
    if not host.macro_free:
        yield Objection("not-xlsx", _NOT_XLSX)
    if len(accounts) > 1 and request.account is None:
        yield Objection("account-not-named", _WHICH_ACCOUNT.format(accounts=", ".join(accounts)))
    if request.account is not None and accounts and request.account not in accounts:
        yield Objection(
            "account-unknown", _NO_SUCH_ACCOUNT.format(account=request.account, accounts=", ".join(accounts))
        )


def _of_month(sheet: Sheet, report: Report, when: CheckDate) -> Iterator[Objection]:
    other = sum(found.rule == _OTHER_MONTH for found in report.findings)
    if when.month and other:
        words = {"month": f"{when.month:%Y-%m}", "other": other, "rows": len(sheet.rows)}
        doubtful = other > LATE * len(sheet.rows)
        code, says = ("month-doubtful", _DOUBTFUL_MONTH) if doubtful else ("late-rows", _LATE_ROWS)
        yield Objection(code, says.format(**words), "warning")


_COULD_NOT_RUN = Text(
    "Nothing was saved: {codes} could not run, so the check is incomplete. Report this to the people who "
    "maintain icare-xl.",
    "Rien n’a été enregistré : faute d’avoir pu exécuter {codes}, la vérification est incomplète. "
    "Signalez le problème aux responsables d’icare-xl.",
)
_ONE_ERROR = Text(
    "Nothing was saved: one error remains. Correct it and save again.",
    "Rien n’a été enregistré : il reste une erreur. Corrigez-la et enregistrez de nouveau.",
)
_ERRORS = Text(
    "Nothing was saved: {count} errors remain. Correct them and save again.",
    "Rien n’a été enregistré : il reste {count} erreurs. Corrigez-les et enregistrez de nouveau.",
)
_NO_TEMPLATE = Text(
    "Nothing was saved: no template is known for this sheet, so its mandatory cells and lists are "
    "unchecked. Move the rows into a copy of the original template.",
    "Rien n’a été enregistré : aucun modèle n’est connu pour cette feuille, ses cellules obligatoires et "
    "ses listes ne sont donc pas vérifiées. Transférez les lignes dans une copie du modèle d’origine.",
)
_NO_ROWS = Text(
    "Nothing was saved: the sheet has no filled row. Choose the workbook that holds the month’s rows.",
    "Rien n’a été enregistré : la feuille n’a aucune ligne remplie. Choisissez le classeur qui contient "
    "les lignes du mois.",
)
_NOT_XLSX = Text(
    "Nothing was saved: the file is not a plain .xlsx workbook. Save it in Excel as “Excel Workbook (.xlsx)”.",
    "Rien n’a été enregistré : le fichier n’est pas un simple classeur .xlsx. "
    "Enregistrez-le dans Excel sous « Classeur Excel (.xlsx) ».",
)
_WRONG_SERVICE = Text(
    "Nothing was saved: this is a sheet of {found}, not of {wished}. Choose the other workbook or the other service.",
    "Rien n’a été enregistré : cette feuille est celle de {found}, non de {wished}. Choisissez l’autre classeur ou l’autre "
    "service.",
)
_CHANGED_HEADER = Text(
    "Nothing was saved: rows 1 to 3 or the columns are not those of the template. Move the rows into a copy of the original "
    "template.",
    "Rien n’a été enregistré : les lignes 1 à 3 ou les colonnes ne sont pas celles du modèle. Transférez les lignes dans une "
    "copie du modèle d’origine.",
)
_NO_IDS = Text(
    "Nothing was saved: row 2 does not hold the field ids. Put it back from the original template, or move the rows into a "
    "copy of it.",
    "Rien n’a été enregistré : la ligne 2 ne contient pas les identifiants de champ. Rétablissez-la d’après le modèle "
    "d’origine, ou transférez les lignes dans une copie de celui-ci.",
)
_NOTES_LEFT = Text(
    "Nothing was saved: column A still holds notes from iCARE. Strip the notes and save again.",
    "Rien n’a été enregistré : la colonne A contient encore des notes d’iEDEC. Retirez les notes et enregistrez de nouveau.",
)
_TOO_MANY_ROWS = Text(
    "Nothing was saved: there are rows below the 2,500 that a file may hold. Save with --split to get several files.",
    "Rien n’a été enregistré : des lignes dépassent les 2 500 qu’un fichier peut contenir. Enregistrez avec --split pour "
    "obtenir plusieurs fichiers.",
)
_WHICH_ACCOUNT = Text(
    "Nothing was saved: the agency has several accounts ({accounts}). Name one of them.",
    "Rien n’a été enregistré : l’organisme a plusieurs comptes ({accounts}). Nommez-en un.",
)
_NO_SUCH_ACCOUNT = Text(
    "Nothing was saved: “{account}” is none of the agency’s accounts ({accounts}). Name one of them.",
    "Rien n’a été enregistré : « {account} » n’est aucun des comptes de l’organisme ({accounts}). Nommez-en un.",
)
_DOUBTFUL_MONTH = Text(
    "{other} of {rows} rows are of another month than {month}. Check the month.",
    "Sur {rows} lignes, {other} sont d’un autre mois que {month}. Vérifiez le mois.",
)
_LATE_ROWS = Text(
    "{other} of {rows} rows are of another month than {month}. Make sure that they were not sent with that month’s file.",
    "Sur {rows} lignes, {other} sont d’un autre mois que {month}. Assurez-vous qu’elles n’ont pas été envoyées avec le fichier "
    "de cet autre mois.",
)
_NOT_CONFIRMED = Text(
    "Nothing was saved yet: {warnings} Save with --yes to confirm.",
    "Rien n’a encore été enregistré : {warnings} Enregistrez avec --yes pour confirmer.",
)
_ALREADY_SAVED = Text(
    "Nothing was saved: all {rows} rows are those of {file}. Upload that file, or record that it failed or was deleted.",
    "Rien n’a été enregistré : les {rows} lignes sont celles de {file}. Téléversez ce fichier-là, ou notez qu’il a échoué ou "
    "qu’il a été supprimé.",
)
_SENT = Text(
    "Nothing was saved: {count} of {rows} rows already sent in {file} (row {which}), and iCARE would keep them twice. Take "
    "them out of this sheet.",
    "Rien n’a été enregistré : lignes déjà envoyées dans {file} : {count} sur {rows} (ligne {which}). iEDEC les garderait "
    "en double; retirez-les de cette feuille.",
)
_ORIGINAL = Text(
    "Nothing was saved: {count} of {rows} rows were accepted from {file}; came back: {back}. Upload the corrected rejected "
    "file, which holds only those.",
    "Rien n’a été enregistré : sur {rows} lignes de {file}, acceptées : {count}; revenues : {back}. Téléversez le "
    "fichier rejeté une fois corrigé, qui ne contient que celles-là.",
)
_ACCEPTED = Text(
    "Of {rows} clients, {count} were accepted from {file}; came back: {back}. Correct those before you send the profiles "
    "again.",
    "Sur {rows} clients de {file}, acceptés : {count}; revenus : {back}. Corrigez ces derniers avant de renvoyer les "
    "profils.",
)
_ALIKE = Text(
    "For a client, service and date sent in {file}, with other cells changed: {count} (row {which}). Make sure that these "
    "are new services.",
    "Même client, même service et même date qu’une ligne de {file}, d’autres cellules changées : {count} (ligne {which}). "
    "Assurez-vous qu’il s’agit de nouveaux services.",
)
_FILE_THERE = Text(
    "Nothing was saved: “{file}” is a file that was saved for upload and is still to be settled. Give the new file another "
    "name.",
    "Rien n’a été enregistré : « {file} » est un fichier enregistré pour le téléversement dont le sort n’est pas réglé. "
    "Donnez un autre nom au nouveau fichier.",
)
_OLDER = Text(
    "The template of this sheet is version {version}, and version {newer} was used before. Make sure that iCARE still takes "
    "it.",
    "Le modèle de cette feuille est la version {version}, alors que la version {newer} a déjà servi. Assurez-vous qu’iEDEC "
    "l’accepte encore.",
)
_NO_PROFILE = Text(
    "No Client Profile was saved for {month} yet. Upload it first, since iCARE rejects the services of clients that it does "
    "not know.",
    "Aucun Profil du client n’a encore été enregistré pour {month}. Téléversez-le d’abord, car iEDEC rejette les services "
    "des clients qu’il ne connaît pas.",
)
