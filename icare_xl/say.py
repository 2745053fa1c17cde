"""What a person reads at the end of a job: one sentence with the figures, in their language."""

from __future__ import annotations

from pathlib import Path

from icare_xl.model import Message, Report, Text

_ROWS = Text("{n} row", "{n} ligne"), Text("{n} rows", "{n} lignes")
_ERRORS = Text("{n} error", "{n} erreur"), Text("{n} errors", "{n} erreurs")
_WARNINGS = Text("{n} warning", "{n} avertissement"), Text("{n} warnings", "{n} avertissements")
_NOTES = Text("{n} note", "{n} note"), Text("{n} notes", "{n} notes")
_CELLS = Text("{n} cell", "{n} cellule"), Text("{n} cells", "{n} cellules")
_REMARKS = Text("{n} remark", "{n} remarque"), Text("{n} remarks", "{n} remarques")


def checked(rows: int, report: Report) -> Text:
    """`128 rows checked: 2 errors, 1 warning.`"""
    words = {
        "rows": _counted(rows, _ROWS),
        "errors": _counted(report.errors, _ERRORS),
        "warnings": _counted(report.warnings, _WARNINGS),
        "codes": ", ".join(report.could_not_run),
    }
    if report.could_not_run:
        return Text(
            "{rows} checked: {errors}, {warnings}. The check is incomplete, as {codes} could not run; report "
            "this to the people who maintain icare-xl.",
            "Vérification de {rows} : {errors}, {warnings}. Elle est incomplète, faute d’avoir pu exécuter "
            "{codes}; signalez le problème aux responsables d’icare-xl.",
        ).format(**words)
    if not report.findings:
        return Text("{rows} checked: nothing to correct.", "Vérification de {rows} : rien à corriger.").format(**words)
    return Text("{rows} checked: {errors}, {warnings}.", "Vérification de {rows} : {errors}, {warnings}.").format(
        **words
    )


def noted(row: int, message: Message) -> Text:
    """`A4: Unable to validate against database.`, with its meaning and what to do where they are known."""
    sentence = Text(f"A{row}: {message.text.en}", f"A{row} : {message.text.fr or message.text.en}")
    for more in filter(None, (message.meaning, message.fix)):
        sentence = Text(f"{sentence.en} {more.en}", f"{sentence.fr} {more.fr}")
    return sentence


def counted_notes(count: int) -> Text:
    """`7 notes from iCARE in column A.`"""
    if not count:
        return Text("Column A holds no note from iCARE.", "La colonne A ne contient aucune note d’iEDEC.")
    return Text("{notes} from iCARE in column A.", "{notes} d’iEDEC dans la colonne A.").format(
        notes=_counted(count, _NOTES)
    )


def stripped(emptied: int, kept: int, out: Path) -> Text:
    """`Notes taken out of 3 cells of column A, 1 remark kept: out.xlsx`"""
    return Text(
        "Notes taken out of {cells} of column A, {remarks} kept: {out}",
        "Notes retirées de {cells} de la colonne A, {remarks} toujours en place : {out}",
    ).format(cells=_counted(emptied, _CELLS), remarks=_counted(kept, _REMARKS), out=out)


def saved(rows: int, warnings: int, out: Path) -> Text:
    """`128 rows ready for upload, 1 warning: out.xlsx`"""
    return Text("{rows} ready for upload, {warnings}: {out}", "{rows} à téléverser, {warnings} : {out}").format(
        rows=_counted(rows, _ROWS), warnings=_counted(warnings, _WARNINGS), out=out
    )


def marked(count: int, out: Path) -> Text:
    """`3 cells marked: out.xlsx`"""
    cells = _counted(count, _CELLS)
    return Text("{cells} marked: {out}", "Marques posées sur {cells} : {out}").format(cells=cells, out=out)


def unmarked(out: Path) -> Text:
    return Text("The copy has no marks: {out}", "La copie est sans marques : {out}").format(out=out)


def blank_written(out: Path) -> Text:
    return Text("Blank upload workbook: {out}", "Classeur vierge à téléverser : {out}").format(out=out)


def installed(addin: Path) -> Text:
    return Text(
        "The add-in is installed; start Excel to find its buttons: {addin}",
        "Le complément est installé; lancez Excel pour y trouver ses boutons : {addin}",
    ).format(addin=addin)


def uninstalled(found: bool) -> Text:
    if not found:
        return Text(
            "The add-in is not installed; nothing was changed.",
            "Le complément n’est pas installé; rien n’a été modifié.",
        )
    return Text("The add-in is no longer in Excel.", "Le complément n’est plus dans Excel.")


def _counted(count: int, forms: tuple[Text, Text]) -> Text:
    """`{n}` things in the singular or plural of each language: French counts 0 among the singulars."""
    one, many = forms
    return Text((one if count == 1 else many).en, (one if count < 2 else many).fr).format(n=count)
