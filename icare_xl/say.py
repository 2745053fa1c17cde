"""What a person reads at the end of a job: one sentence with the figures, in their language."""

from __future__ import annotations

from pathlib import Path

from icare_xl.address import a1
from icare_xl.messages import Collected
from icare_xl.model import Field, Finding, Origin, Report, Severity, Text
from icare_xl.rejections import Client, Complaint, Rejected
from icare_xl.rules.repeats import first_few

CELLS_SHOWN = 6  # of one client; the marks show all

SEVERITY: dict[Severity, Text] = {"error": Text("error", "erreur"), "warning": Text("warning", "avertissement")}
ORIGIN: dict[Origin, Text] = {
    "template": Text("the template", "le modèle"),
    "documented": Text("a public document", "un document public"),
    "house": Text("inferred by us", "déduite par nous"),
}

_ROWS = Text("{n} row", "{n} ligne"), Text("{n} rows", "{n} lignes")
_ERRORS = Text("{n} error", "{n} erreur"), Text("{n} errors", "{n} erreurs")
_WARNINGS = Text("{n} warning", "{n} avertissement"), Text("{n} warnings", "{n} avertissements")
_CLIENTS = Text("{n} client", "{n} client"), Text("{n} clients", "{n} clients")
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


def rejected(found: Rejected) -> Text:
    """`7 rows rejected: 5 for identity, 2 for a missing phone number; 4 clients.`"""
    if not found.rejections:
        return Text("Column A holds no note from iCARE.", "La colonne A ne contient aucune note d’iEDEC.")
    for_each = Text("{count} for {reason}", "{count} pour {reason}")
    reasons = [for_each.format(count=count, reason=reason) for reason, count in found.reasons]
    clients = Text("; {clients}", "; {clients}").format(clients=_counted(len(found.clients), _CLIENTS))
    one, many = (
        Text("{rows} rejected: {reasons}{clients}.", f"{{rows}} {word} : {{reasons}}{{clients}}.")
        for word in ("rejetée", "rejetées")
    )
    return Text(many.en, (one if len(found.rows) == 1 else many).fr).format(
        rows=_counted(len(found.rows), _ROWS),
        reasons=Text(", ".join(each.en for each in reasons), ", ".join(each.fr for each in reasons)),
        clients=clients if found.clients else "",
    )


def complaints(found: Rejected) -> list[Text]:
    """Each message once, with what it means and what to do, and behind it whom it concerns and where to look."""
    lines = []
    for first, clients in found.alike:
        lines += [_message(first), *(_concerned(client, bool(found.clients)) for client in clients)]
    return lines


def noted(complaint: Complaint, column: int) -> Text:
    """`A4: “Unable to validate against database.”`, with its meaning, what to do and what may be behind it."""
    there = Text("{cell}: {message}", "{cell} : {message}").format(
        cell=a1(complaint.row, column), message=_message(complaint)
    )
    return _all(there, *complaint.causes)


def collected(found: Collected) -> Text:
    """Where new messages wait to be explained, or why the person's own catalogue could not take them."""
    if found.trouble:
        return found.trouble
    one, many = (
        Text("{n} new message was written down", "{n} nouveau message a été noté"),
        Text("{n} new messages were written down", "{n} nouveaux messages ont été notés"),
    )
    return Text(
        "{messages}, without client data, in {path}; what you fill in there is shown from then on.",
        "{messages}, sans données de clients, dans {path}; ce que vous y inscrivez sera affiché par la suite.",
    ).format(messages=_counted(found.new, (one, many)), path=found.path)


def _message(complaint: Complaint) -> Text:
    """The message as iCARE wrote it, what it means and what to do."""
    message = complaint.message
    known = [each for each in (message.meaning, message.fix) if each]
    unknown = Text("Nobody has explained this message yet.", "Personne n’a encore expliqué ce message.")
    absent = Text(
        "It names fields that this sheet does not have: {ids}.", "Il nomme des champs absents de cette feuille : {ids}."
    ).format(ids=", ".join(complaint.absent))
    return _all(
        Text("“{words}”", "« {words} »").format(words=complaint.words),
        *(known or [unknown]),
        *([absent] if complaint.absent else []),
    )


def _concerned(client: Client, has_clients: bool) -> Text:
    """`1 client, 7 rows (4, 9, 12, 13, 14, 20, 21): see C4, D4, ….`, with what may be behind the first of them."""
    rows = Text("Row {rows}", "Ligne {rows}")
    if len(client.rows) > 1:
        rows = Text("Rows {rows}", "Lignes {rows}")
        if has_clients:
            rows = Text("1 client, {count} ({rows})", "1 client, {count} ({rows})")
    see = Text("{rows}: see {cells}.", "{rows} : voir {cells}.")
    if not client.cells:
        see = Text("{rows}: it names no cell of this sheet.", "{rows} : il ne nomme aucune cellule de cette feuille.")
    line = see.format(
        rows=rows.format(rows=", ".join(map(str, client.rows)), count=_counted(len(client.rows), _ROWS)),
        cells=first_few((a1(*place) for place in client.cells), CELLS_SHOWN),
    )
    return _all(line, *next((each.causes for each in client.complaints if each.causes), ()))


def _all(*texts: Text) -> Text:
    return Text(" ".join(text.en for text in texts), " ".join(text.fr for text in texts))


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
