"""What only the command line says."""

from __future__ import annotations

from pathlib import Path

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
