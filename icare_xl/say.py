"""What a person reads at the end of a job: one sentence with the figures, in their language."""

from __future__ import annotations

from pathlib import Path

from icare_xl.model import Field, Finding, Mark, Message, Origin, Report, Severity, Text

SEVERITY: dict[Severity, Text] = {"error": Text("error", "erreur"), "warning": Text("warning", "avertissement")}
ORIGIN: dict[Origin, Text] = {
    "template": Text("the template", "le modèle"),
    "documented": Text("a public document", "un document public"),
    "house": Text("inferred by us", "déduite par nous"),
}
MARK: dict[Mark, Text] = {
    "missing": Text("missing", "manquant"),
    "wrong": Text("wrong", "erroné"),
    "warning": SEVERITY["warning"],
}
MEANING: dict[Mark, Text] = {
    "missing": Text(
        "Something is missing here: fill the cell.", "Il manque quelque chose ici : remplissez la cellule."
    ),
    "wrong": Text("What stands here is wrong: correct it.", "Ce qui se trouve ici est erroné : corrigez-le."),
    "warning": Text("Look at this again; it does not block saving.", "À revoir; l’enregistrement reste possible."),
}

_ROWS = Text("{n} row", "{n} ligne"), Text("{n} rows", "{n} lignes")
_ERRORS = Text("{n} error", "{n} erreur"), Text("{n} errors", "{n} erreurs")
_WARNINGS = Text("{n} warning", "{n} avertissement"), Text("{n} warnings", "{n} avertissements")
_NOTES = Text("{n} note", "{n} note"), Text("{n} notes", "{n} notes")
_CELLS = Text("{n} cell", "{n} cellule"), Text("{n} cells", "{n} cellules")
_FINDINGS = Text("{n} finding", "{n} constat"), Text("{n} findings", "{n} constats")
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


def went_to(number: int, total: int, finding: Finding) -> Text:
    """`3 of 17 · E7: “1978/5/20” is not a date. Write it as YYYY-MM-DD. → 1978-05-20`"""
    there = f" → {finding.suggestion}" if finding.suggestion else ""
    words = {"number": number, "total": total, "cell": finding.cell or "", "message": finding.message, "there": there}
    return Text(
        "{number} of {total} · {cell}: {message}{there}", "{number} de {total} · {cell} : {message}{there}"
    ).format(**words)


def nothing_found(rows: int) -> Text:
    return Text("{rows} checked: nothing to correct.", "Vérification de {rows} : rien à corriger.").format(
        rows=_counted(rows, _ROWS)
    )


def explained(finding: Finding) -> Text:
    """What is wrong, what to put there, and where the rule comes from."""
    words = {
        "cell": finding.cell or "",
        "label": finding.label or "",
        "message": finding.message,
        "suggestion": finding.suggestion or "",
        "severity": SEVERITY[finding.severity],
        "rule": finding.rule,
        "origin": ORIGIN[finding.origin],
    }
    instead = Text("\nEnter instead: {suggestion}", "\nÀ inscrire à la place : {suggestion}")
    return Text(
        "{cell}, {label}\n{message}{instead}\n({severity}, rule {rule}; origin: {origin})",
        "{cell}, {label}\n{message}{instead}\n({severity}, règle {rule}; origine : {origin})",
    ).format(instead=instead.format(**words) if finding.suggestion else "", **words)


def nothing_wrong(cell: str, field: Field | None) -> Text:
    """What the cell is for, where nothing is wrong with it."""
    words = {
        "cell": cell,
        "label": field.label if field else "",
        "count": len(field.allowed.values) if field and field.allowed else 0,
    }
    if field is None:
        return Text("{cell}: no rule looks at this cell.", "{cell} : aucune règle ne porte sur cette cellule.").format(
            **words
        )
    sentence = Text("{cell}, {label}: nothing to correct.", "{cell}, {label} : rien à corriger.")
    if field.required:
        sentence = _and(sentence, Text("The cell must be filled.", "La cellule doit être remplie."))
    if field.allowed:
        sentence = _and(
            sentence,
            Text("It takes one of {count} values from its list.", "Elle accepte une des {count} valeurs de sa liste."),
        )
    return sentence.format(**words)


def noted(row: int, message: Message) -> Text:
    """`A4: Unable to validate against database.`, with its meaning and what to do where they are known."""
    sentence = Text(f"A{row}: {message.text.en}", f"A{row} : {message.text.fr or message.text.en}")
    for more in filter(None, (message.meaning, message.fix)):
        sentence = _and(sentence, more)
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


def may_strip(emptied: int, kept: int) -> Text:
    return Text(
        "Take iCARE’s notes out of {cells} of column A ({remarks} kept)?",
        "Retirer les notes d’iEDEC de {cells} de la colonne A ({remarks} toujours en place)?",
    ).format(cells=_counted(emptied, _CELLS), remarks=_counted(kept, _REMARKS))


def nothing_to_strip(kept: int) -> Text:
    """Column A may still hold remarks, also behind a note, and those are a person's to move."""
    return Text(
        "No cell of column A holds iCARE’s notes alone; {remarks} kept.",
        "Aucune cellule de la colonne A ne contient que des notes d’iEDEC; {remarks} toujours en place.",
    ).format(remarks=_counted(kept, _REMARKS))


def emptied(count: int, kept: int) -> Text:
    return Text(
        "Notes taken out of {cells} of column A, {remarks} kept.",
        "Notes retirées de {cells} de la colonne A, {remarks} toujours en place.",
    ).format(cells=_counted(count, _CELLS), remarks=_counted(kept, _REMARKS))


def undone(cells: tuple[int, int] | None) -> Text:
    """How many cells were put back, and how many had changed since; None where there is nothing to undo."""
    if cells is None:
        return Text("Nothing to undo in this workbook.", "Rien à annuler dans ce classeur.")
    back, left = cells
    words = {"cells": _counted(back, _CELLS), "left": _counted(left, _CELLS)}
    if not left:
        return Text("Put back: {cells}.", "Rétabli : {cells}.").format(**words)
    return Text(
        "Put back: {cells}. Left alone, as changed since: {left}.",
        "Rétabli : {cells}. Laissé tel quel, car modifié depuis : {left}.",
    ).format(**words)


def cleared(rules: int) -> Text:
    if not rules:
        return Text("There are no marks in this workbook.", "Ce classeur ne contient aucune marque.")
    return Text("The marks are gone.", "Les marques sont effacées.")


def example(folder: Path) -> Text:
    return Text(
        "An invented month is open, with a rejected file behind it; press Check sheet. Both are in {folder}.",
        "Un mois inventé est ouvert, avec un fichier rejeté derrière lui; appuyez sur Vérifier la feuille. Les deux se "
        "trouvent dans {folder}.",
    ).format(folder=folder)


def more(count: int) -> Text:
    return Text("… and {count} more.", "… et {count} de plus.").format(count=count)


NOW_IN_THIS_LANGUAGE = Text(
    "The buttons and messages are in English from now on.", "Les boutons et les messages sont désormais en français."
)
LIST_NAME = Text("findings.xlsx", "constats.xlsx")


def saved(rows: int, warnings: int, out: Path) -> Text:
    """`128 rows ready for upload, 1 warning: out.xlsx`"""
    return Text("{rows} ready for upload, {warnings}: {out}", "{rows} à téléverser, {warnings} : {out}").format(
        rows=_counted(rows, _ROWS), warnings=_counted(warnings, _WARNINGS), out=out
    )


def marked(count: int, out: Path) -> Text:
    """`3 cells marked: out.xlsx`"""
    cells = _counted(count, _CELLS)
    return Text("{cells} marked: {out}", "Marques posées sur {cells} : {out}").format(cells=cells, out=out)


def listed(count: int, out: Path) -> Text:
    """`11 findings listed: out.xlsx`"""
    return Text("{findings} listed: {out}", "Liste de {findings} : {out}").format(
        findings=_counted(count, _FINDINGS), out=out
    )


def rows(count: int) -> Text:
    """`7 rows`"""
    return _counted(count, _ROWS)


def unmarked(out: Path) -> Text:
    return Text("The copy has no marks: {out}", "La copie est sans marques : {out}").format(out=out)


def blank_written(out: Path) -> Text:
    return Text("Blank upload workbook: {out}", "Classeur vierge à téléverser : {out}").format(out=out)


def _and(first: Text, second: Text) -> Text:
    return Text(f"{first.en} {second.en}", f"{first.fr} {second.fr}")


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
