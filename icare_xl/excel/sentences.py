"""What the buttons tell and ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from icare_xl.check.sentences import accepted_by
from icare_xl.excel.edits import Undone
from icare_xl.excel.in_one_line import SHORT, in_short
from icare_xl.model.addresses import a1
from icare_xl.model.counting import (
    CELLS,
    CHANGES,
    CLIENTS,
    CORRECTED,
    FILES,
    PUT_BACK,
    REJECTED,
    REMARKS,
    ROWS,
    counted,
)
from icare_xl.model.finding import Acceptance, Confidence, Diagnosis, Finding, Mark, Marks, Proposal
from icare_xl.model.text import Text, first_few, shortened
from icare_xl.rejected.corrections import Corrections
from icare_xl.rejected.sentences import CELLS_SHOWN
from icare_xl.upload.guards import Objection

CONFIDENCE: dict[Confidence, Text] = {
    "safe": Text("same meaning", "même sens"),
    "likely": Text("likely", "probable"),
    "possible": Text("possible", "possible"),
}


def came_back(rows: int) -> Text:
    """Of a sheet with iCARE’s notes in so many rows."""
    return Text(
        "This file came back from iCARE, with notes on {rows}.",
        "Ce fichier est revenu d’iEDEC, avec des notes sur {rows}.",
    ).format(rows=counted(rows, ROWS))


def colours(marks: Marks) -> Text:
    """`Orange: 3 to fill in. Red: 2 to correct. Yellow: 1 to look at.`"""
    return Text.joined(COLOUR[mark].format(n=len(cells)) for mark, cells in marks.items() if cells)


COLOUR: dict[Mark, Text] = {
    "missing": Text("Orange: {n} to fill in.", "En orange : {n} à remplir."),
    "wrong": Text("Red: {n} to correct.", "En rouge : {n} à corriger."),
    "warning": Text("Yellow: {n} to look at.", "En jaune : {n} à revoir."),
}


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


ALL_CORRECTED = Text(
    "All that iCARE’s notes are about was corrected, and nothing else is left to correct.",
    "Tout ce que visent les notes d’iEDEC a été corrigé, et il ne reste rien d’autre à corriger.",
)


def may_strip(emptied: int, kept: int, unchanged: Sequence[int]) -> Text:
    """Whether to empty so many cells; `unchanged` are the rows that are still as iCARE rejected them."""
    asked = Text(
        "Take iCARE’s notes out of {cells} of column A ({remarks} kept)?",
        "Retirer les notes d’iEDEC de {cells} de la colonne A ({remarks} toujours en place)?",
    ).format(cells=counted(emptied, CELLS), remarks=counted(kept, REMARKS))
    if not unchanged:
        return asked
    words = {"rows": counted(len(unchanged), REJECTED), "which": first_few(map(str, unchanged), CELLS_SHOWN)}
    still = Text(
        "Still as iCARE rejected: {rows} (row {which}).", "Toujours comme iEDEC l’a rejeté : {rows} (ligne {which})."
    ).format(**words)
    return Text.joined([still, asked])


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
    """What was undone: which cells were put back, and which were left alone; or the marks, where no cell was changed."""
    undone = Text("Undone: {button}.", "Annulé : {button}.").format(button=found.button)
    return Text.joined([*([undone] if found.button.en else []), _put_back(found)])


def _put_back(found: Undone) -> Text:
    if not found.cells and not found.left:
        if found.exact:
            return Text("The marks are as they were before.", "Les marques sont comme avant.")
        return Text(
            "The old marks cannot be brought back; Check sheet marks what is wrong now.",
            "Les anciennes marques ne peuvent pas être rétablies; Vérifier la feuille marque ce qui ne va pas "
            "maintenant.",
        )
    words = {
        "cells": counted(len(found.cells), PUT_BACK),
        "which": first_few([a1(*place) for place in found.cells], CELLS_SHOWN),
        "left": first_few([a1(*place) for place in found.left], CELLS_SHOWN),
    }
    back = Text("{cells} ({which}).", "{cells} ({which}).")
    if not found.cells:
        back = Text("{cells}.", "{cells}.")
    left = Text(
        "Left alone, as the row was changed, moved or deleted since: {left} (where it was then).",
        "Laissé tel quel, car la ligne a été modifiée, déplacée ou supprimée depuis : {left} (l’endroit d’alors).",
    )
    return Text.joined([back, *([left] if found.left else [])]).format(**words)


def may_let_go(sheet: str) -> Text:
    return Text(
        "The last change was in the sheet “{name}”, which has another name now or is gone. Let go of it, and undo the change "
        "before it?",
        "La dernière modification a été faite dans la feuille « {name} », qui a changé de nom ou n’existe plus. "
        "L’abandonner, et annuler la modification précédente?",
    ).format(name=sheet)


def may_fix(count: int) -> Text:
    return Text("Correct the format of {cells}?", "Corriger le format de {cells}?").format(cells=counted(count, CELLS))


def corrected(count: int) -> Text:
    return Text("{cells}. Undo puts back what was there.", "{cells}. Annuler rétablit ce qui s’y trouvait.").format(
        cells=counted(count, CORRECTED)
    )


NOTHING_TO_FIX = Text(
    "No correction is certain here. Propose shows what may go into the selected cell.",
    "Aucune correction ne va de soi ici. Proposer montre ce qui peut figurer dans la cellule choisie.",
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


def may_choose(cell: str, value: str) -> Text:
    return Text(
        "{cell} holds “{value}”. Which is right? Enter its number.",
        "{cell} contient « {value} ». Laquelle est la bonne? Inscrivez son numéro.",
    ).format(cell=cell, value=shortened(value, SHORT))


def why(proposal: Proposal) -> Text:
    """`likely. This is the closest text of the list.`"""
    words = {"sure": CONFIDENCE[proposal.confidence], "reason": proposal.reason}
    return Text("{sure}. {reason}", "{sure}. {reason}").format(**words)


def none_of_them(answer: str) -> Text:
    return Text(
        "“{answer}” is none of the numbers. Nothing was changed.",
        "« {answer} » n’est aucun des numéros. Rien n’a été modifié.",
    ).format(answer=shortened(answer, SHORT))


IS_IT_RIGHT = Text(
    "Is it right as it is? Yes: say why, and it is not asked again. No: nothing changes.",
    "Est-ce exact tel quel? Oui : dites pourquoi, et la question ne sera plus posée. Non : rien ne change.",
)
WHY_RIGHT = Text("Why is it right? Enter a number.", "Pourquoi est-ce exact? Inscrivez un numéro.")
FOUND_RIGHT = Text(
    "It is remembered as right. It is said again as soon as the row says something else.",
    "C’est noté comme exact. Ce sera de nouveau signalé dès que la ligne dira autre chose.",
)
SAY_IT_AGAIN = Text("Say it again from now on?", "Le signaler de nouveau désormais?")
SAID_AGAIN = Text("It is said again from now on.", "C’est de nouveau signalé désormais.")


def right_before(finding: Finding, acceptance: Acceptance) -> Text:
    """`D5, Unique Identifier Value: … Found right: I looked at the document (Ana Novak, 2026-02-03).`"""
    words = {"told": in_short(finding), "why": accepted_by(acceptance)}
    return Text("{told}\nFound right: {why}", "{told}\nJugé exact : {why}").format(**words)


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
    "The full list is on the page that has just opened in your browser.",
    "La liste complète se trouve sur la page qui vient de s’ouvrir dans votre navigateur.",
)
IN_FULL_ON_A_PAGE = Text(
    "The page that has just opened in your browser says all.",
    "La page qui vient de s’ouvrir dans votre navigateur dit tout.",
)
IN_FULL_HERE = Text("This is all that was said in Excel.", "Voici tout ce qui a été dit dans Excel.")
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
NOTES_NAME = Text("icare_notes.xlsx", "notes_iedec.xlsx")
NOTES_LISTED = Text(
    "A new workbook behind this one lists them all, client by client.",
    "Un nouveau classeur, derrière celui-ci, les énumère toutes, client par client.",
)


def corrections_listed(found: Corrections) -> Text:
    """`9 cells corrected for 4 clients are listed in the new workbook behind this one.`"""
    words = {"cells": counted(len(found.found), CELLS), "clients": counted(len(list(found.by_client)), CLIENTS)}
    return Text(
        "Corrected since the notes were read: {cells}, for {clients}. A new workbook behind this one lists them.",
        "Corrections depuis la lecture des notes : {cells}, pour {clients}. Un nouveau classeur, derrière celui-ci, les "
        "énumère.",
    ).format(**words)


CORRECTIONS_NAME = Text("corrections.xlsx", "corrections.xlsx")
LIST_NAME = Text("findings.xlsx", "constats.xlsx")
WORKBOOKS = Text("Excel workbooks", "Classeurs Excel")


WHICH_MONTH = Text(
    "Which month? Enter its number or write it as 2026-03.",
    "Quel mois? Inscrivez son numéro ou écrivez-le comme ceci : 2026-03.",
)


def no_month(answer: str) -> Text:
    return Text("“{answer}” is no month from 2000 to 2099.", "« {answer} » n’est pas un mois de 2000 à 2099.").format(
        answer=answer
    )


WHICH_ACCOUNT = Text(
    "Which account is it for? Enter its number or its name.", "Pour quel compte? Inscrivez son numéro ou son nom."
)
WHICH_FOLDER = Text(  # the title of a box
    "Choose the folder for copies to upload", "Choisissez le dossier des copies à téléverser"
)


NOT_UPLOADED = Text(
    "No: the new file takes the place of what was saved before.",
    "Non : le nouveau fichier remplace ce qui a été enregistré auparavant.",
)
SAVED_AS_REPORTED = Text(
    "No: they are saved with the month that is being reported.",
    "Non : elles sont enregistrées avec le mois déclaré.",
)
WHICH_PROVINCE = Text("Which province are you in?", "Quelle est votre province?")  # and 13 names, in 255 signs


def may_save_new(sent: int, new: int) -> Text:
    """`12 rows were uploaded; save only the 3 rows that are new?`"""
    words = {"sent": counted(sent, ROWS), "new": counted(new, ROWS)}
    return Text(
        "Uploaded before: {sent}. Save only what is new ({new})?",
        "Déjà téléversé : {sent}. Enregistrer seulement ce qui est nouveau ({new})?",
    ).format(**words)


def may_split(rows: int, files: int) -> Text:
    return Text(
        "The sheet has {rows} rows, and a file may hold 2,500. Save them as {files} files?",
        "La feuille a {rows} lignes, et un fichier peut en contenir 2 500. Les enregistrer dans {files} fichiers?",
    ).format(rows=rows, files=files)


def may_save(objections: Iterable[Objection]) -> Text:
    """The warnings, and whether to save all the same."""
    told = Text.joined(each.says for each in objections)
    return Text("{told} Save all the same?", "{told} Enregistrer quand même?").format(told=told)
