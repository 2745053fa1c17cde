"""What speaks against saving a sheet for upload: errors forbid it, warnings have to be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from icare_xl.check.rules.dates import outside_month
from icare_xl.model.check_date import CheckDate
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER
from icare_xl.model.columns import Dates
from icare_xl.model.finding import Report, Severity
from icare_xl.model.sheet import Sheet
from icare_xl.model.spoken_dates import spoken_day, spoken_month
from icare_xl.model.text import Text, first_few
from icare_xl.upload import certificate
from icare_xl.upload.ledger import RESENT_ON_PURPOSE, Claim, History, Ledger, Particulars, Prints, Seen, Submission
from icare_xl.workbooks.file import FileHost

# The codes of what can be answered.
NOT_CONFIRMED, NO_ACCOUNT, TOO_MANY = "not-confirmed", "account-not-named", "too-many-rows"
ROWS_SENT, OTHER_MONTH = "rows-already-sent", "other-month"
_HEADER = {"IC001", "IC002", "IC003", "IC004", "IC005", "IC006", "IC014"}
_LOST_IDS = {"IC016"}
_NOTES = {"IC010", "IC015"}
_TOO_MANY = {"IC007"}
_PROFILE = "client_profile"
_OTHER_MONTH = "IC122"
LATE = 0.5  # of the rows: more of them in other months, and the month itself is in doubt


@dataclass(frozen=True, slots=True)
class Objection:
    """A code for programs, a sentence for people, the rows (Excel's) it is about. An error cannot be waved through.

    `month` is the one to answer with, where the sentence asks for the month.
    """

    code: str
    says: Text
    severity: Severity = "error"
    rows: tuple[int, ...] = ()
    month: date | None = None


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """What a person said about the upload: for which service and account, and that its warnings are accepted.

    Of earlier files that hold its rows and were only saved so far: `uploaded`, they were uploaded after all; `replace`, they
    were not, and the new file takes their place. `only_new`: save only the rows that were not uploaded before. `month` is the
    one that the rows are saved for; where only the month that is `reporting` now is known, older rows are asked about.
    """

    service: str | None = None
    account: str | None = None
    confirmed: bool = False
    uploaded: bool = False
    replace: bool = False
    only_new: bool = False
    month: date | None = None
    reporting: date | None = None


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
    history: History
    prints: Sequence[Prints]
    seen: Seen

    @classmethod
    def of(cls, ledger: Ledger, sheet: Sheet, replaced: Collection[str] = ()) -> Memory:
        """What it knows, but for these files (ids), whose place another takes."""
        history, prints = ledger.history().without(replaced), ledger.prints(sheet)
        return cls(ledger, history, prints, history.seen(prints))

    def without(self, replaced: Collection[str]) -> Memory:
        if not replaced:
            return self
        history = self.history.without(replaced)
        return Memory(self.ledger, history, self.prints, history.seen(self.prints))

    @property
    def live(self) -> list[Submission]:
        return [each for each in self.history.submissions if each.in_force]

    @property
    def corrects(self) -> str | None:
        """The id of the saved file that most of the rows came back from, if any did."""
        back = Counter(each.id for each in self.seen.came_back.values())
        return max(back, key=lambda id_: back[id_], default=None)


def of_ledger(sheet: Sheet, memory: Memory, month: date | None, only_new: bool = False) -> list[Objection]:
    """What the memory of files that were uploaded says, errors first."""
    sent, alike = _uploaded(memory.seen.sent), _uploaded(memory.seen.alike)
    found = [*_of_sent(sheet, sent, memory.seen.came_back, only_new), *_of_others(sheet, memory.live, month)]
    if alike:
        rows = _rows(sheet, alike)
        words = {"count": len(rows), "file": _files(alike), "which": first_few(map(str, rows))}
        found.append(Objection("rows-alike", _ALIKE.format(**words), "warning", rows))
    return found


def _uploaded(found: Mapping[int, Submission]) -> dict[int, Submission]:
    return {index: each for index, each in found.items() if each.in_force and not each.waiting}


def of_target(memory: Memory, out: Path) -> list[Objection]:
    """Whether a file that iCARE may get, and that no other takes the place of, would be overwritten."""
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


def claim(memory: Memory, out: Path, about: Particulars, replaces: Sequence[str] = ()) -> Claim:
    """Take the right to put a finished file at `out`. Raises AlreadySent or NoLongerWaiting where somebody was quicker."""
    despite = [each.id for each in memory.history.submissions] if about.service in RESENT_ON_PURPOSE else []
    return memory.ledger.claim(about, memory.prints, out, despite, replaces)


def month_of_file(sheet: Sheet, when: CheckDate, request: SaveRequest) -> date | None:
    """The month (its first day) that was named. Else the one that more than half of the rows are of, or that is reported
    now; where nobody knows that, the one that most rows are of.
    """
    if named := request.month or when.month:
        return named
    months = _months(sheet, request.reporting)
    if request.reporting is None:
        return max(months, key=lambda month: (months[month], month)) if months else None
    return next((each for each, rows in months.items() if rows > LATE * len(sheet.rows)), request.reporting)


def of_reporting(sheet: Sheet, when: CheckDate, request: SaveRequest) -> list[Objection]:
    """Asks for the month where most rows are of an older one than is reported now, and nobody has named one."""
    month, reporting = month_of_file(sheet, when, request), request.reporting
    if request.month or when.month or month is None or reporting is None or month >= reporting:
        return []
    words = {"month": spoken_month(month), "reporting": spoken_month(reporting)}
    asked = _ask_month().format(count=_months(sheet, reporting)[month], rows=len(sheet.rows), **words)
    return [Objection(OTHER_MONTH, asked, month=month)]


def _months(sheet: Sheet, reporting: date | None) -> Counter[date]:
    """How many rows have their first date of service in each month (its first day); a service that is not over before the
    month that is reported counts there.
    """
    earliest = np.zeros(len(sheet.rows), np.int32)
    for field in sheet.fields("date"):
        if field.id != BIRTH_DATE:
            days = sheet.column(field.id, Dates).days
            earliest = np.where((days > 0) & ((earliest == 0) | (days < earliest)), days, earliest)
    if reporting:
        earliest = np.where((earliest > 0) & ~outside_month(sheet, reporting), reporting.toordinal(), earliest)
    return Counter(date.fromordinal(day).replace(day=1) for day in earliest.tolist() if day)


def _of_sent(
    sheet: Sheet, sent: Mapping[int, Submission], came_back: Mapping[int, Submission], only_new: bool
) -> Iterator[Objection]:
    """Rows that were uploaded, but for those that came back. A sheet of which only new rows are saved needs one."""
    if not sent:
        return
    which = _rows(sheet, sent)
    words = {"count": len(sent), "rows": len(sheet.rows), "file": _files(sent), "back": len(came_back)}
    words["which"] = first_few(map(str, which))
    partly = bool(came_back) and any(each.rejected for each in sent.values())
    whole = len(sent) == len(sheet.rows)
    if sheet.template.service in RESENT_ON_PURPOSE and not (only_new and whole):
        if partly:
            yield Objection("accepted-before", _ACCEPTED.format(**words), "warning", which)
    elif whole:
        yield Objection(ROWS_SENT, _ALL_SENT.format(**words), rows=which)
    elif partly and not only_new:
        yield Objection("original-after-rejection", _ORIGINAL.format(**words), rows=which)
    elif not only_new:
        yield Objection(ROWS_SENT, _SENT.format(**words), rows=which)


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
        yield Objection("no-profile-yet", _NO_PROFILE.format(month=spoken_month(month)), "warning")


def _number(version: str) -> int:
    return int(version) if version.isdigit() else 0


def _files(found: Mapping[int, Submission]) -> Text:
    """`“jan.xlsx”, saved on 3 February 2026`: the files that hold the rows."""
    files = {each.id: each.saved for each in found.values()}.values()
    named = Text("“{file}”, saved on {day}", "« {file} », enregistré le {day}")
    told = [named.format(file=each.about.file, day=spoken_day(each.when.astimezone())) for each in files]
    return Text.joined(told, "; ")


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
        (TOO_MANY, _TOO_MANY, _TOO_MANY_ROWS),
    ):
        if errors.keys() & rules:
            yield Objection(code, says)
    if rest := sum(count for rule, count in errors.items() if rule not in _HEADER | _LOST_IDS | _NOTES | _TOO_MANY):
        yield Objection("errors-remain", (_ONE_ERROR if rest == 1 else _ERRORS).format(count=rest))


def _of_file(host: FileHost, request: SaveRequest, accounts: Collection[str]) -> Iterator[Objection]:
    if not host.macro_free:
        yield Objection("not-xlsx", _NOT_XLSX)
    if len(accounts) > 1 and request.account is None:
        yield Objection(NO_ACCOUNT, _WHICH_ACCOUNT.format(accounts=", ".join(accounts)))
    if request.account is not None and accounts and request.account not in accounts:
        yield Objection(
            "account-unknown", _NO_SUCH_ACCOUNT.format(account=request.account, accounts=", ".join(accounts))
        )


def _of_month(sheet: Sheet, report: Report, when: CheckDate) -> Iterator[Objection]:
    other = sum(found.rule == _OTHER_MONTH for found in report.findings)
    if when.month and other:
        words = {"month": spoken_month(when.month), "other": other, "rows": len(sheet.rows)}
        doubtful = other > LATE * len(sheet.rows)
        code, says = ("month-doubtful", _DOUBTFUL_MONTH) if doubtful else ("late-rows", _LATE_ROWS)
        yield Objection(code, says.format(**words), "warning")


def _ask_month() -> Text:
    return Text(
        "{count} of {rows} rows are of {month}, and {reporting} is being reported. Save them as {month}?",
        "Sur {rows} lignes, {count} portent sur {month}, alors que le mois déclaré est {reporting}. Les enregistrer pour "
        "{month}?",
    )


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
    "Rien n’a été enregistré : cette feuille est celle de {found}, et non celle de {wished}. Choisissez l’autre "
    "classeur ou l’autre service.",
)
_CHANGED_HEADER = Text(
    "Nothing was saved: rows 1 to 3 or the columns are not those of the template. Move the rows into a copy of the original "
    "template.",
    "Rien n’a été enregistré : les lignes 1 à 3 ou les colonnes ne sont pas celles du modèle. Transférez les lignes dans une "
    "copie du modèle d’origine.",
)
_NO_IDS = Text(
    "Nothing was saved: row 2 does not hold the column codes. Put it back from the original template, or move the "
    "rows into a copy of it.",
    "Rien n’a été enregistré : la ligne 2 ne contient pas les codes des colonnes. Rétablissez-la d’après le modèle "
    "d’origine, ou transférez les lignes dans une copie de celui-ci.",
)
_NOTES_LEFT = Text(
    "Nothing was saved: column A still holds notes from iCARE. Strip the notes and save again.",
    "Rien n’a été enregistré : la colonne A contient encore des notes d’iEDEC. Retirez les notes et enregistrez de nouveau.",
)
_TOO_MANY_ROWS = Text(
    "Nothing was saved: there are rows below the 2,500 that a file may hold. Save them as several files.",
    "Rien n’a été enregistré : des lignes dépassent les 2 500 qu’un fichier peut contenir. Enregistrez-les dans plusieurs "
    "fichiers.",
)
_WHICH_ACCOUNT = Text(
    "Nothing was saved: the agency has several accounts ({accounts}). Name one of them.",
    "Rien n’a été enregistré : l’organisme a plusieurs comptes ({accounts}). Nommez-en un.",
)
_NO_SUCH_ACCOUNT = Text(
    "Nothing was saved: “{account}” is not one of the agency’s accounts ({accounts}). Name one of them.",
    "Rien n’a été enregistré : « {account} » ne figure pas parmi les comptes de l’organisme ({accounts}). Nommez-en "
    "un.",
)
_DOUBTFUL_MONTH = Text(
    "{other} of {rows} rows are of another month than {month}. Check the month.",
    "Sur {rows} lignes, {other} sont d’un autre mois que {month}. Vérifiez le mois.",
)
_LATE_ROWS = Text(
    "{other} of {rows} rows are of another month than {month}. Make sure that they were not uploaded with that month’s file.",
    "Sur {rows} lignes, {other} sont d’un autre mois que {month}. Assurez-vous qu’elles n’ont pas été téléversées avec le "
    "fichier de cet autre mois.",
)
_NOT_CONFIRMED = Text(
    "Nothing was saved yet: {warnings} Confirm that this is meant.",
    "Rien n’a encore été enregistré : {warnings} Confirmez que c’est voulu.",
)
_ALL_SENT = Text(
    "Nothing was saved: all {rows} rows were uploaded before, in {file}. No row of this sheet is left to upload.",
    "Rien n’a été enregistré : les {rows} lignes ont déjà été téléversées, dans {file}. Il ne reste aucune ligne de cette "
    "feuille à téléverser.",
)
_SENT = Text(
    "Nothing was saved: {count} of {rows} rows (row {which}) were uploaded before, in {file}, and iCARE would keep them "
    "twice. Take them out of this sheet.",
    "Rien n’a été enregistré : lignes déjà téléversées, dans {file} : {count} sur {rows} (ligne {which}). iEDEC les "
    "garderait en double; retirez-les de cette feuille.",
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
    "For a client, service and date uploaded in {file}, with other cells changed: {count} (row {which}). Make sure that "
    "these are new services.",
    "Même client, même service et même date qu’une ligne de {file}, d’autres cellules changées : {count} (ligne {which}). "
    "Assurez-vous qu’il s’agit de nouveaux services.",
)
_FILE_THERE = Text(
    "Nothing was saved: “{file}” is the name of a file that was saved for upload before. Give the new file another name.",
    "Rien n’a été enregistré : « {file} » est le nom d’un fichier déjà enregistré pour le téléversement. Donnez un autre nom "
    "au nouveau fichier.",
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
