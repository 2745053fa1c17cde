"""What only the command line says."""

from __future__ import annotations

from pathlib import Path

from icare_xl.check.sentences import accepted_by
from icare_xl.model.finding import Acceptance
from icare_xl.model.text import Text, shortened

LINE = 96  # signs


def setting_line(name: str, value: object, source: Path | None) -> Text:
    """`province: ON (agency.toml)`"""
    text = ", ".join(map(str, value)) if isinstance(value, list) else value
    words = {"name": name, "value": text or "-", "source": source or Text("not set", "non réglé")}
    return Text("{name}: {value} ({source})", "{name} : {value} ({source})").format(**words)


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
