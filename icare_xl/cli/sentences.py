"""What only the command line says."""

from __future__ import annotations

from pathlib import Path

from icare_xl.model.text import Text, shortened
from icare_xl.upload.guards import NO_ACCOUNT, NOT_CONFIRMED, ROWS_SENT, TOO_MANY
from icare_xl.upload.saving import Outcome
from icare_xl.upload.waiting import ALREADY_SAVED

LINE = 96  # signs


def setting_line(name: str, value: object, source: Path | None) -> Text:
    """`province: ON (agency.toml)`"""
    text = ", ".join(map(str, value)) if isinstance(value, list) else value
    words = {"name": name, "value": text or "-", "source": source or Text("not set", "non réglé")}
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


def in_one_line(text: Text) -> Text:
    """What was said in full before, as a heading."""
    return Text(shortened(text.en, LINE), shortened(text.fr, LINE))


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
