"""What only the command line says."""

from __future__ import annotations

from pathlib import Path

from icare_xl.check.error_list import Checked, Listing
from icare_xl.check.sentences import accepted_by, cause_named, rows_checked
from icare_xl.model.counting import ERRORS, FILES, FILES_CHECKED, WARNINGS, counted
from icare_xl.model.finding import Acceptance
from icare_xl.model.text import Text, shortened
from icare_xl.upload.guards import NO_ACCOUNT, NOT_CONFIRMED, ROWS_SENT, TOO_MANY
from icare_xl.upload.saving import Outcome
from icare_xl.upload.waiting import ALREADY_SAVED

LINE = 96  # signs


def setting_line(name: str, value: object, source: Path | None) -> Text:
    """`province: ON (agency.toml)`"""
    text = ", ".join(map(str, value)) if isinstance(value, list) else value
    words = {"name": name, "value": text or "-", "source": source or Text("not set", "non indiqué")}
    return Text("{name}: {value} ({source})", "{name} : {value} ({source})").format(**words)


def save_hints(outcome: Outcome) -> list[Text]:
    """The option that answers what a refused save asks."""
    refused = outcome.refused
    if refused is None or (refused.code == ROWS_SENT and len(refused.rows) in (0, outcome.rows)):
        return []
    return [_SAVE_HINTS[refused.code]] if refused.code in _SAVE_HINTS else []


_SAVE_HINTS = {
    ALREADY_SAVED: Text(
        "If it was, save with --uploaded; if it was not, save with --replace, and the new file takes its place.",
        "Si oui, enregistrez avec --uploaded; sinon, enregistrez avec --replace, et le nouveau fichier prend sa place.",
    ),
    ROWS_SENT: Text(
        "With --only-new, only the other rows are saved.",
        "Avec --only-new, seules les autres lignes sont enregistrées.",
    ),
    TOO_MANY: Text(
        "Save with --split to get several files.", "Enregistrez avec --split pour obtenir plusieurs fichiers."
    ),
    NOT_CONFIRMED: Text("Save with --yes to confirm.", "Enregistrez avec --yes pour confirmer."),
    NO_ACCOUNT: Text("Save with --account to name it.", "Enregistrez avec --account pour le nommer."),
}


def files_checked(found: Listing) -> list[Text]:
    """The total of several files, then a line for each: `january.xlsx: 12 rows checked: 7 errors, 4 warnings. CA15: …`"""
    reports = [each.report for each in found.checked]
    words = {
        "files": counted(len(found.checked), FILES_CHECKED),
        "errors": counted(sum(each.errors for each in reports), ERRORS),
        "warnings": counted(sum(each.warnings for each in reports), WARNINGS),
        "left": counted(len(found.left_out), FILES),
    }
    total = Text("{files}: {errors}, {warnings}.", "{files} : {errors}, {warnings}.").format(**words)
    left = Text("Cannot be used: {left}.", "Inutilisables : {left}.").format(**words)
    return [Text.joined([total, left]) if found.left_out else total, *map(_file_checked, found.checked)]


def _file_checked(each: Checked) -> Text:
    cause = [in_one_line(cause_named(cause)) for cause in each.report.diagnoses[:1]]
    words = {"file": each.file.name, "told": Text.joined([rows_checked(len(each.sheet.rows), each.report), *cause])}
    return Text("{file}: {told}", "{file} : {told}").format(**words)


def in_one_line(text: Text) -> Text:
    """What was said in full before, as a heading."""
    return Text(shortened(text.en, LINE), shortened(text.fr, LINE))


NAME_THE_SHEET = Text("Or name the one that is meant with --sheet.", "Ou nommez celle qui est visée avec --sheet.")


def blank_written(out: Path) -> Text:
    return Text("Blank upload workbook: {out}", "Classeur vierge à téléverser : {out}").format(out=out)


def installed(addin: Path) -> Text:
    return Text(
        "The add-in is installed; start Excel to find its buttons: {addin}",
        "Le complément est installé; lancez Excel pour y trouver ses boutons : {addin}",
    ).format(addin=addin)


def uninstalled(found: bool) -> Text:
    if not found:
        return Text(
            "The add-in is not installed; nothing was changed.",
            "Le complément n’est pas installé; rien n’a été modifié.",
        )
    return Text("The add-in is no longer in Excel.", "Le complément n’est plus dans Excel.")


def accepted_line(each: Acceptance) -> Text:
    """`k7m2p9qa3x  january.xlsx, D5 (IC130): I looked at the document (Ana Novak, 2026-02-03).`"""
    words = {"id": each.id, "file": each.file, "cell": each.cell, "rule": each.rule, "told": accepted_by(each)}
    return Text("{id}  {file}, {cell} ({rule}): {told}", "{id}  {file}, {cell} ({rule}) : {told}").format(**words)


def revoked(each: Acceptance) -> Text:
    words = {"file": each.file, "cell": each.cell, "rule": each.rule}
    return Text(
        "The warning {rule} in {cell} of {file} is said again.",
        "L’avertissement {rule} en {cell} de {file} est de nouveau signalé.",
    ).format(**words)


NOTHING_ACCEPTED = Text("No warning was accepted so far.", "Aucun avertissement n’a encore été accepté.")
