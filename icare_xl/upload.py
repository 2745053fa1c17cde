"""What "ready for upload" means: why a workbook is refused, and how the copy is written."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from icare_xl import proof
from icare_xl.check import check
from icare_xl.hosts.file import FileHost
from icare_xl.model import Report, Text
from icare_xl.rules import RULES
from icare_xl.rules.rule import When
from icare_xl.sheet import Sheet

_ERROR_CODES = {rule.code for rule in RULES if rule.severity == "error"}  # saving cannot do without these


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a workbook is not saved for upload: a code for programs, a sentence for people."""

    code: str
    says: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving: the report, and either a refusal or the SHA-256 (hexadecimal) of the written file."""

    report: Report
    refused: Refusal | None
    sha256: str | None


def save(host: FileHost, sheet: Sheet, when: When, without: Collection[str], out: Path) -> Outcome:
    """Check the sheet, and write the copy for upload unless something speaks against it."""
    report = check(sheet, when, {*without} - _ERROR_CODES)
    refused = _refusal(host, sheet, report)
    if refused:
        return Outcome(report, refused, None)
    host.save_unmarked(out, proof.ready_for_upload(host))
    return Outcome(report, None, hashlib.sha256(out.read_bytes()).hexdigest())


def copy_name(path: Path) -> str:
    """The name of the copy for upload of a workbook."""
    return f"{path.stem}_upload.xlsx"


def _refusal(host: FileHost, sheet: Sheet, report: Report) -> Refusal | None:
    """The first reason not to save, or None. Warnings are no reason."""
    if not sheet.template.described:
        return Refusal("no-template", _NO_TEMPLATE)
    if not len(sheet.rows):
        return Refusal("no-rows", _NO_ROWS)
    if report.could_not_run:
        return Refusal("could-not-run", _COULD_NOT_RUN.format(codes=", ".join(report.could_not_run)))
    if report.errors:
        return Refusal("errors-remain", (_ONE_ERROR if report.errors == 1 else _ERRORS).format(count=report.errors))
    if not host.macro_free:
        return Refusal("not-xlsx", _NOT_XLSX)
    return None


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
