"""What a person reads at the end of a job: one sentence with the figures, in their language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from icare_xl.address import a1
from icare_xl.certificate import Certificate
from icare_xl.changes import Undone
from icare_xl.corrections import Corrections
from icare_xl.fixes import Fix
from icare_xl.guards import Objection
from icare_xl.ledger import History, Repaired, Returned, Standing, Submission
from icare_xl.messages import Collected
from icare_xl.model import Confidence, Field, Finding, Mark, Origin, Proposal, Report, Severity, Text
from icare_xl.month import Month, Service
from icare_xl.rejections import Client, Complaint, Rejected
from icare_xl.rules.repeats import first_few
from icare_xl.upload import Outcome

CELLS_SHOWN = 6  # of one client; the marks show all
SEVERITY: dict[Severity, Text] = {"error": Text("error", "erreur"), "warning": Text("warning", "avertissement")}
CONFIDENCE: dict[Confidence, Text] = {
    "safe": Text("same meaning", "même sens"),
    "likely": Text("likely", "probable"),
    "possible": Text("possible", "possible"),
}
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

SERVICES: dict[str, Text] = {
    "client_profile": Text("Client Profile", "Profil du client"),
    "nars": Text("Needs Assessment and Referrals", "Évaluation des besoins et aiguillage"),
    "information_orientation": Text("Information and Orientation", "Information et orientation"),
    "community_connections": Text("Community Connections", "Liens avec la collectivité"),
    "employment": Text("Employment Related Services", "Services liés à l’emploi"),
    "lt_course_setup": Text("Language Training: Course Setup", "Formation linguistique : création du cours"),
    "lt_client_enrolment": Text(
        "Language Training: Client Enrolment", "Formation linguistique : inscription du client"
    ),
    "lt_client_exit": Text("Language Training: Client Exit", "Formation linguistique : départ du client"),
}
STANDING: dict[Standing, Text] = {
    "unfinished": Text("unfinished", "inachevé"),
    "saved": Text("saved", "enregistré"),
    "pending": Text("pending", "en attente"),
    "processed": Text("processed", "traité"),
    "error": Text("error", "en erreur"),
    "deleted": Text("deleted", "supprimé"),
    "withdrawn": Text("withdrawn", "retiré"),
}
_NEVER_AGAIN = Text("Never upload it again.", "Ne le téléversez plus jamais.")
_ADVICE: dict[Standing, Text] = {
    "unfinished": Text(
        "The save broke off or is under way. Record pending if the file was uploaded, else withdrawn.",
        "L’enregistrement s’est interrompu ou est en cours. Inscrivez pending si le fichier a été téléversé, sinon "
        "withdrawn.",
    ),
    "saved": Text(
        "Upload it once, then record its status.", "Téléversez-le une seule fois, puis inscrivez son statut."
    ),
    "pending": Text("Never upload it again: iCARE has it.", "Ne le téléversez plus jamais : iEDEC l’a déjà."),
    "processed": _NEVER_AGAIN,
    "error": Text(
        "iCARE processed no row of it. Ask the help desk, then save its rows again.",
        "iEDEC n’en a traité aucune ligne. Adressez-vous au centre d’aide, puis enregistrez de nouveau ses lignes.",
    ),
    "deleted": Text("Its rows may be saved again.", "Ses lignes peuvent être enregistrées de nouveau."),
    "withdrawn": Text(
        "Do not upload this file. Its rows may be saved again.",
        "Ne téléversez pas ce fichier. Ses lignes peuvent être enregistrées de nouveau.",
    ),
}

_ROWS = Text("{n} row", "{n} ligne"), Text("{n} rows", "{n} lignes")
_ERRORS = Text("{n} error", "{n} erreur"), Text("{n} errors", "{n} erreurs")
_WARNINGS = Text("{n} warning", "{n} avertissement"), Text("{n} warnings", "{n} avertissements")
_CELLS = Text("{n} cell", "{n} cellule"), Text("{n} cells", "{n} cellules")
_CLIENTS = Text("{n} client", "{n} client"), Text("{n} clients", "{n} clients")
_REJECTED = Text("{n} rejected row", "{n} ligne rejetée"), Text("{n} rejected rows", "{n} lignes rejetées")
_SAVED = Text("{n} saved", "{n} enregistré"), Text("{n} saved", "{n} enregistrés")
_PROCESSED = Text("{n} processed", "{n} traité"), Text("{n} processed", "{n} traités")
_NOTHING_SAVED = Text("Nothing is in the ledger yet.", "Le registre est encore vide.")
_FINDINGS = Text("{n} finding", "{n} constat"), Text("{n} findings", "{n} constats")
_CHANGES = Text("{n} change", "{n} modification"), Text("{n} changes", "{n} modifications")
_FILES = Text("{n} file", "{n} fichier"), Text("{n} files", "{n} fichiers")
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
    words = {"number": number, "total": total, "cell": finding.cell or "", "message": finding.message}
    went = Text("{number} of {total} · {cell}: {message}", "{number} de {total} · {cell} : {message}").format(**words)
    return Text.joined([went, Text(*[f"→ {finding.suggestion}"] * 2)]) if finding.suggestion else went


def on_the_way(went: Text, about_the_sheet: int, passed: int | None) -> Text:
    """Where somebody went, how many findings are about the whole sheet, and how many in hidden rows were passed over (None: all
    rows with findings are hidden, this one too).
    """
    notes = []
    if passed is None:
        notes.append(Text("(The row is hidden.)", "(La ligne est masquée.)"))
    elif passed:
        cells = Text("(Passed over in hidden rows: {cells}.)", "(Laissé de côté dans des lignes masquées : {cells}.)")
        notes.append(cells.format(cells=_counted(passed, _CELLS)))
    if about_the_sheet:
        sheet = Text(
            "(About the whole sheet: {findings}; see Check sheet.)",
            "(Sur la feuille entière : {findings}; voir Vérifier la feuille.)",
        )
        notes.append(sheet.format(findings=_counted(about_the_sheet, _FINDINGS)))
    return Text.joined([went, *notes])


IN_FULL = Text("… Explain cell says all.", "… Expliquer la cellule dit tout.")  # behind what the bar cannot hold
NONE_OF_ITS_KIND = Text(
    "No cell with this kind of finding is left; Next finding goes to the others.",
    "Aucune cellule n’a plus ce type de constat; Constat suivant passe aux autres.",
)


def explained(finding: Finding, why: Text) -> Text:
    """What is wrong, what to put there, why, and where the rule comes from."""
    words = {
        "cell": finding.cell or "",
        "label": finding.label or "",
        "message": finding.message,
        "why": why,
        "suggestion": finding.suggestion or "",
        "reason": finding.proposals[0].reason if finding.proposals else "",
        "severity": SEVERITY[finding.severity],
        "rule": finding.rule,
        "origin": ORIGIN[finding.origin],
    }
    instead = Text("\nEnter instead: {suggestion}\n{reason}", "\nÀ inscrire à la place : {suggestion}\n{reason}")
    return Text(
        "{cell}, {label}\n{message}{instead}\nWhy: {why}\n({severity}, rule {rule}; origin: {origin})",
        "{cell}, {label}\n{message}{instead}\nPourquoi : {why}\n({severity}, règle {rule}; origine : {origin})",
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
        sentence = Text.joined([sentence, Text("The cell is mandatory.", "Cette cellule est obligatoire.")])
    if field.allowed:
        more = Text(
            "It takes one of {count} values from its list.", "Elle accepte une des {count} valeurs de sa liste."
        )
        sentence = Text.joined([sentence, more])
    return sentence.format(**words)


def rejected(found: Rejected) -> Text:
    """`7 rows rejected: 5 for identity, 2 for a missing phone number; 4 clients.`"""
    if not found.rejections:
        return NO_NOTES
    for_each = Text("{count} for {reason}", "{count} pour {reason}")
    reasons = [for_each.format(count=count, reason=reason) for reason, count in found.reasons]
    clients = Text("; {clients}", "; {clients}").format(clients=_counted(len(found.clients), _CLIENTS))
    one, many = (
        Text("{rows} rejected: {reasons}{clients}.", f"{{rows}} {word} : {{reasons}}{{clients}}.")
        for word in ("rejetée", "rejetées")
    )
    return Text(many.en, (one if len(found.rows) == 1 else many).fr).format(
        rows=_counted(len(found.rows), _ROWS),
        reasons=Text.joined(reasons, ", "),
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


def may_forget(changes: int, files: int) -> Text:
    return Text(
        "Delete what is kept on this computer for Undo ({changes}) and for Corrections ({files})?",
        "Supprimer ce qui est gardé sur cet ordinateur pour Annuler ({changes}) et pour Corrections ({files})?",
    ).format(changes=_counted(changes, _CHANGES), files=_counted(files, _FILES))


NOTHING_KEPT = Text(
    "Nothing is kept on this computer for Undo or Corrections.",
    "Rien n’est gardé sur cet ordinateur pour Annuler ni pour Corrections.",
)
FORGOTTEN = Text(
    "Deleted. What was changed before can no longer be undone.",
    "Supprimé. Ce qui a été modifié auparavant ne peut plus être annulé.",
)


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


NOTHING_TO_UNDO = Text("Nothing to undo in this workbook.", "Rien à annuler dans ce classeur.")


def undone(found: Undone) -> Text:
    """How many cells were put back, and which were left alone; or the marks, where no cell was changed."""
    if not found.cells and not found.left:
        if found.exact:
            return Text("The marks are as they were before.", "Les marques sont comme avant.")
        return Text(
            "The old marks cannot be brought back; Check sheet marks what is wrong now.",
            "Les anciennes marques ne peuvent pas être remises; Vérifier la feuille marque ce qui ne va pas maintenant.",
        )
    words = {"cells": _counted(found.cells, _CELLS), "left": first_few(found.left, CELLS_SHOWN)}
    if not found.left:
        return Text("Put back: {cells}.", "Rétabli : {cells}.").format(**words)
    return Text(
        "Put back: {cells}. Left alone, as the row was changed, moved or deleted since: {left} (where it was then).",
        "Rétabli : {cells}. Laissé tel quel, car la ligne a été modifiée, déplacée ou supprimée depuis : {left} "
        "(l’endroit d’alors).",
    ).format(**words)


def may_let_go(sheet: str) -> Text:
    return Text(
        "The last change was in the sheet “{name}”, which has another name now or is gone. Let go of it, and undo the change "
        "before it?",
        "La dernière modification a été faite dans la feuille « {name} », qui a changé de nom ou n’existe plus. "
        "L’abandonner, et annuler la modification précédente?",
    ).format(name=sheet)


def fixed(fix: Fix) -> Text:
    """`E7: “1978/5/20” → “1978-05-20”. The text can only be this day.`"""
    words = {"cell": fix.cell, "old": fix.old.text, "new": fix.proposal.text, "reason": fix.proposal.reason}
    return Text("{cell}: “{old}” → “{new}”. {reason}", "{cell} : « {old} » → « {new} ». {reason}").format(**words)


def holds_a_formula(cell: str) -> Text:
    return Text(
        "{cell} holds a formula and stays as it is. Replace the formula by its value first.",
        "{cell} contient une formule et reste telle quelle. Remplacez d’abord la formule par sa valeur.",
    ).format(cell=cell)


def fixes_written(count: int, out: Path) -> Text:
    """`12 cells corrected: out.xlsx`"""
    return Text("{cells} corrected: {out}", "Correction de {cells} : {out}").format(
        cells=_counted(count, _CELLS), out=out
    )


def may_fix(count: int) -> Text:
    return Text("Correct the form of {cells}?", "Corriger la forme de {cells}?").format(cells=_counted(count, _CELLS))


def corrected(count: int) -> Text:
    return Text(
        "{cells} corrected. Undo puts back what was there.",
        "Correction de {cells}. Annuler rétablit ce qui s’y trouvait.",
    ).format(cells=_counted(count, _CELLS))


NOTHING_TO_FIX = Text(
    "No cell can be corrected without a look at it. Propose shows what may stand in the selected cell.",
    "Aucune cellule ne peut être corrigée sans examen. Proposer montre ce qui peut figurer dans la cellule choisie.",
)


def proposed(number: int, proposal: Proposal) -> Text:
    """`1. “Ukrainian” (likely). This is the closest text of the list; no other is nearly as close.`"""
    words = {"number": number, "text": proposal.text, "sure": CONFIDENCE[proposal.confidence]}
    return Text("{number}. “{text}” ({sure}). {reason}", "{number}. « {text} » ({sure}). {reason}").format(
        reason=proposal.reason, **words
    )


def may_put(cell: str, value: str, proposal: Proposal) -> Text:
    words = {"cell": cell, "value": value, "text": proposal.text}
    return Text(
        "{cell} holds “{value}”. Put “{text}” there instead?",
        "{cell} contient « {value} ». Mettre « {text} » à la place?",
    ).format(**words)


def nothing_to_propose(finding: Finding) -> Text:
    """What is wrong, and that only a person can tell what is right."""
    words = {"cell": finding.cell or "", "message": finding.message}
    return Text("{cell}: {message} Nothing can be proposed here.", "{cell} : {message} Aucune proposition ici.").format(
        **words
    )


def cleared(any_marks: bool) -> Text:
    if not any_marks:
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
ON_A_PAGE = Text(
    "All of them are listed on the page that has just opened in your browser.",
    "Elles sont toutes énumérées sur la page qui vient de s’ouvrir dans votre navigateur.",
)
BACK_TO_EXCEL = Text(
    "When you have read this list, go back to Excel and answer the question there.",
    "Après avoir lu cette liste, revenez à Excel et répondez à la question qui s’y trouve.",
)
MAY_MARK_ONLINE = Text(
    "AutoSave is on, so the marks are saved in the cloud at once, and others who have the workbook open see them. Mark the "
    "cells all the same?",
    "L’enregistrement automatique est activé : les marques sont aussitôt enregistrées dans le nuage, et les autres "
    "personnes qui ont ouvert le classeur les voient. Marquer quand même les cellules?",
)
SAVED_AT_ONCE = Text(
    "AutoSave is on: what is changed is saved in the cloud at once.",
    "L’enregistrement automatique est activé : ce qui est modifié est aussitôt enregistré dans le nuage.",
)
NOT_MARKED = Text("No cell was marked.", "Aucune cellule n’a été marquée.")


def read_only(name: str) -> Text:
    return Text(
        "“{name}” is open for reading only; save it under another name to keep what you see.",
        "« {name} » est ouvert en lecture seule; enregistrez-le sous un autre nom pour garder ce que vous voyez.",
    ).format(name=name)


NOT_SAVED = Text("Nothing was saved.", "Rien n’a été enregistré.")
NO_NOTES = Text("Column A holds no note from iCARE.", "La colonne A ne contient aucune note d’iEDEC.")
NO_REJECTED = Text(
    "Nothing is known of this file before it was corrected. Press Read notes on a rejected file first, then correct it.",
    "On ne sait rien de ce fichier avant sa correction. Appuyez d’abord sur Lire les notes dans un fichier rejeté, puis "
    "corrigez-le.",
)
CORRECTIONS_NAME = Text("corrections.xlsx", "corrections.xlsx")
LIST_NAME = Text("findings.xlsx", "constats.xlsx")


def only_rejected(kept: int, total: int, out: Path) -> Text:
    """`7 rows of 37 kept: out.xlsx`"""
    return Text("{rows} of {total} kept: {out}", "{rows} sur {total} dans la copie : {out}").format(
        rows=_counted(kept, _ROWS), total=total, out=out
    )


def carried_back(found: Corrections, out: Path) -> Text:
    """`9 cells corrected for 4 clients: out.html`"""
    return Text("{cells} corrected for {clients}: {out}", "{cells} à reporter pour {clients} : {out}").format(
        cells=_counted(len(found.found), _CELLS), clients=_counted(len(list(found.by_client)), _CLIENTS), out=out
    )


def outcome(came: Outcome) -> Iterator[Text]:
    """What a save amounts to: what was settled of earlier ones, then the refusal, or the files and what to mind."""
    yield from map(repaired, came.repaired)
    for part in came.saved:
        yield saved(part.rows, came.report.warnings, part.path)
    if came.refused:
        yield came.refused.says
        return
    for objection in came.objections:
        yield objection.says


WHICH_ACCOUNT = Text(
    "Which account is it for? Enter its number or its name.", "Pour quel compte? Inscrivez son numéro ou son nom."
)
WHICH_FOLDER = Text(  # the title of a box
    "Choose the folder for copies to upload", "Choisissez le dossier des copies à téléverser"
)


def may_save(objections: Iterable[Objection]) -> Text:
    """The warnings, and whether to save all the same."""
    told = Text.joined(each.says for each in objections)
    return Text("{told} Save all the same?", "{told} Enregistrer quand même?").format(told=told)


def verified(known: Certificate, same: bool, path: Path) -> Text:
    words = {"path": path, "rows": _counted(known.rows, _ROWS), "when": known.when[:10], "by": known.by}
    if same:
        return Text(
            "This is still the file that {by} saved on {when}, with {rows}: {path}",
            "C’est encore le fichier que {by} a enregistré le {when}, avec {rows} : {path}",
        ).format(**words)
    return Text(
        "This is no longer the file that {by} saved on {when}; save it anew before you upload it: {path}",
        "Ce n’est plus le fichier que {by} a enregistré le {when}; enregistrez-le de nouveau avant de le téléverser : {path}",
    ).format(**words)


def saved(rows: int, warnings: int, out: Path) -> Text:
    """`128 rows ready for upload, 1 warning: out.xlsx`"""
    return Text("{rows} ready for upload, {warnings}: {out}", "{rows} à téléverser, {warnings} : {out}").format(
        rows=_counted(rows, _ROWS), warnings=_counted(warnings, _WARNINGS), out=out
    )


def deadline(found: Month) -> Text:
    """`2026-01: upload by 2026-02-06 (holidays of Ontario).`"""
    words = {"month": f"{found.month:%Y-%m}", "day": found.deadline.day, "calendar": found.deadline.calendar}
    return Text(
        "{month}: upload by {day}, the fifth working day ({calendar}).",
        "{month} : téléversement au plus tard le {day}, cinquième jour ouvrable ({calendar}).",
    ).format(**words)


def month(found: Month) -> list[Text]:
    """A block of lines for each service, what came back from elsewhere, and what is wrong with the ledger."""
    services = [*map(_service, found.services)] or [_NOTHING_SAVED]
    return [*services, *(came_back(each, None) for each in found.stray), *found.problems]


def _service(service: Service) -> Text:
    name = SERVICES.get(service.service or "", Text(*[service.service or "?"] * 2))
    if not service.submissions:
        return Text("{name}: nothing saved yet.", "{name} : rien d’enregistré pour l’instant.").format(name=name)
    words = {
        "saved": _counted(service.count("saved") + service.count("unfinished"), _SAVED),
        "pending": service.count("pending"),
        "processed": _counted(service.count("processed"), _PROCESSED),
        "rows": _counted(sum(service.open_rows), _REJECTED),
    }
    head = Text(
        "{name}: {saved}, {pending} pending, {processed}; {rows} to send again.",
        "{name} : {saved}, {pending} en attente, {processed}; {rows} à renvoyer.",
    ).format(name=name, **words)
    files = [submission(each, open_) for each, open_ in zip(service.submissions, service.open_rows, strict=True)]
    return Text("\n  ".join(each.en for each in [head, *files]), "\n  ".join(each.fr for each in [head, *files]))


def submission(each: Submission, open_rows: int = 0) -> Text:
    """`k7m2p9qa3x  jan.xlsx, 37 rows: pending since 2026-02-03. Never upload it again: iCARE has it.`"""
    words = {
        "id": each.id,
        "file": each.saved.about.file,
        "rows": _counted(each.saved.rows, _ROWS),
        "standing": STANDING[each.standing],
        "day": f"{each.since.astimezone():%Y-%m-%d}",
        "by": each.saved.by,
        "advice": advice(each, open_rows),
    }
    return Text(
        "{id}  {file}, {rows}, by {by}: {standing} since {day}. {advice}",
        "{id}  {file}, {rows}, par {by} : {standing} depuis le {day}. {advice}",
    ).format(**words)


def advice(each: Submission, open_rows: int = 0) -> Text:
    """What to do with a saved file, and what never to do."""
    if each.standing != "processed" or not open_rows:
        return _ADVICE[each.standing]
    only = Text(
        "Correct and save only what came back: {rows}.",
        "Corrigez et enregistrez seulement ce qui est revenu : {rows}.",
    )
    return Text.joined([_NEVER_AGAIN, only.format(rows=_counted(open_rows, _ROWS))])


def repaired(each: Repaired) -> Text:
    words = {"file": each.submission.saved.about.file, "id": each.submission.id}
    if each.found == "saved":
        return Text(
            "The save of {file} ({id}) had broken off; its file is there, and is now in the ledger.",
            "L’enregistrement de {file} ({id}) s’était interrompu; le fichier est bien là et figure maintenant au registre.",
        ).format(**words)
    return Text(
        "The save of {file} ({id}) had broken off before its file was there, so it was withdrawn. "
        "If that file was uploaded all the same, record its status.",
        "L’enregistrement de {file} ({id}) s’était interrompu avant que le fichier soit en place; il est donc retiré. "
        "Si ce fichier a tout de même été téléversé, inscrivez son statut.",
    ).format(**words)


def all_came_back(found: Iterable[Returned], history: History) -> Iterator[Text]:
    files = {each.id: each.saved.about.file for each in history.submissions}
    for each in found:
        yield came_back(each, files.get(each.of or ""))


def came_back(each: Returned, file: str | None) -> Text:
    """`Put into the ledger: 3 rejected rows of jan.xlsx (Client 3).`"""
    words = {
        "rows": _counted(len(each.positions), _REJECTED),
        "file": file or "",
        "categories": ", ".join(f"{name} {count}" for name, count in each.categories.items()),
    }
    if file is None:
        return Text(
            "{rows} of a file that is not in the ledger: {categories}.",
            "{rows} d’un fichier qui ne figure pas au registre : {categories}.",
        ).format(**words)
    return Text(
        "Put into the ledger: {rows} of {file} ({categories}).",
        "Inscrit au registre : {rows} de {file} ({categories}).",
    ).format(**words)


def setting(name: str, value: object, source: Path | None) -> Text:
    """`province: ON (agency.toml)`"""
    text = ", ".join(map(str, value)) if isinstance(value, list) else value
    words = {"name": name, "value": text or "-", "source": source or Text("not set", "non réglé")}
    return Text("{name}: {value} ({source})", "{name} : {value} ({source})").format(**words)


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


def _counted(count: int, forms: tuple[Text, Text]) -> Text:
    """`{n}` things in the singular or plural of each language: French counts 0 among the singulars."""
    one, many = forms
    return Text((one if count == 1 else many).en, (one if count < 2 else many).fr).format(n=count)
