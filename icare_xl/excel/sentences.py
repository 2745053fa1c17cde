"""What the buttons tell and ask."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from icare_xl.excel.edits import Undone
from icare_xl.model.addresses import a1
from icare_xl.model.counting import CELLS, CHANGES, FILES, FINDINGS, REMARKS, counted
from icare_xl.model.finding import Confidence, Diagnosis, Finding, Proposal
from icare_xl.model.text import Text, first_few
from icare_xl.rejected.sentences import CELLS_SHOWN
from icare_xl.upload.guards import Objection

CONFIDENCE: dict[Confidence, Text] = {
    "safe": Text("same meaning", "même sens"),
    "likely": Text("likely", "probable"),
    "possible": Text("possible", "possible"),
}


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
        notes.append(cells.format(cells=counted(passed, CELLS)))
    if about_the_sheet:
        sheet = Text(
            "(About the whole sheet: {findings}; see Check sheet.)",
            "(Sur la feuille entière : {findings}; voir Vérifier la feuille.)",
        )
        notes.append(sheet.format(findings=counted(about_the_sheet, FINDINGS)))
    return Text.joined([went, *notes])


IN_FULL = Text("… Explain cell says all.", "… Expliquer la cellule dit tout.")  # behind what the bar cannot hold
NONE_OF_ITS_KIND = Text(
    "No cell with this kind of finding is left; Next finding goes to the others.",
    "Aucune cellule n’a plus ce type de constat; Constat suivant passe aux autres.",
)


def may_forget(changes: int, files: int, pages: int) -> Text:
    return Text(
        "Delete what is kept on this computer for Undo ({changes}), for Corrections ({files}) and for List as a page ({pages})?",
        "Supprimer ce qui est gardé sur cet ordinateur pour Annuler ({changes}), pour Corrections ({files}) et pour Liste en page "
        "Web ({pages})?",
    ).format(changes=counted(changes, CHANGES), files=counted(files, FILES), pages=counted(pages, FILES))


NOTHING_KEPT = Text(
    "Nothing is kept on this computer for Undo, Corrections or List as a page.",
    "Rien n’est gardé sur cet ordinateur pour Annuler, ni pour Corrections, ni pour Liste en page Web.",
)
FORGOTTEN = Text(
    "Deleted. What was changed before can no longer be undone.",
    "Supprimé. Ce qui a été modifié auparavant ne peut plus être annulé.",
)


def may_strip(emptied: int, kept: int) -> Text:
    return Text(
        "Take iCARE’s notes out of {cells} of column A ({remarks} kept)?",
        "Retirer les notes d’iEDEC de {cells} de la colonne A ({remarks} toujours en place)?",
    ).format(cells=counted(emptied, CELLS), remarks=counted(kept, REMARKS))


def nothing_to_strip(kept: int) -> Text:
    """Column A may still hold remarks, also behind a note, and those are a person's to move."""
    return Text(
        "No cell of column A holds iCARE’s notes alone; {remarks} kept.",
        "Aucune cellule de la colonne A ne contient que des notes d’iEDEC; {remarks} toujours en place.",
    ).format(remarks=counted(kept, REMARKS))


def emptied(count: int, kept: int) -> Text:
    return Text(
        "Notes taken out of {cells} of column A, {remarks} kept.",
        "Notes retirées de {cells} de la colonne A, {remarks} toujours en place.",
    ).format(cells=counted(count, CELLS), remarks=counted(kept, REMARKS))


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
    words = {"cells": counted(found.cells, CELLS), "left": first_few([a1(*place) for place in found.left], CELLS_SHOWN)}
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


def may_fix(count: int) -> Text:
    return Text("Correct the form of {cells}?", "Corriger la forme de {cells}?").format(cells=counted(count, CELLS))


def corrected(count: int) -> Text:
    return Text(
        "{cells} corrected. Undo puts back what was there.",
        "Correction de {cells}. Annuler rétablit ce qui s’y trouvait.",
    ).format(cells=counted(count, CELLS))


NOTHING_TO_FIX = Text(
    "No cell can be corrected without a look at it. Propose shows what may stand in the selected cell.",
    "Aucune cellule ne peut être corrigée sans examen. Proposer montre ce qui peut figurer dans la cellule choisie.",
)


def may_cure(cause: Diagnosis, count: int) -> Text:
    """What lies behind the cell, and whether to put right all that it has made wrong."""
    words = {"says": cause.says, "cells": counted(count, CELLS)}
    return Text("{says} Put right {cells} in one step?", "{says} Corriger {cells} en une seule fois?").format(**words)


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


def nothing_to_propose(cell: str, wrong: Text) -> Text:
    """What is wrong, and that only a person can tell what is right."""
    words = {"cell": cell, "message": wrong}
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
NO_REJECTED = Text(
    "Nothing is known of this file before it was corrected. Press Read notes on a rejected file first, then correct it.",
    "On ne sait rien de ce fichier avant sa correction. Appuyez d’abord sur Lire les notes dans un fichier rejeté, puis "
    "corrigez-le.",
)
CORRECTIONS_NAME = Text("corrections.xlsx", "corrections.xlsx")
LIST_NAME = Text("findings.xlsx", "constats.xlsx")
WORKBOOKS = Text("Excel workbooks", "Classeurs Excel")


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
