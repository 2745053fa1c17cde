"""The product on one page: what each button of the ribbon does, as one straight line."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

from icare_xl.check import fixes
from icare_xl.check.causes import CAUSES
from icare_xl.check.causes import REGISTRY as CAUSE_OF
from icare_xl.check.error_list import Checked, Listing, write_list
from icare_xl.check.rules import REGISTRY, RULES
from icare_xl.check.sentences import cause_explained, cell_fixed, finding_explained, holds_a_formula, nothing_wrong
from icare_xl.excel import help_page
from icare_xl.excel import sentences as say
from icare_xl.excel.cures import curable, cured
from icare_xl.excel.navigation import ahead, back, go, same_kind
from icare_xl.excel.reading import Reading
from icare_xl.excel.ribbon import Button, Group, Menu, button, buttons_of
from icare_xl.excel.session import Session
from icare_xl.icare import example, library, notes, recognise
from icare_xl.icare.deadline import reporting_month
from icare_xl.model.addresses import Place, a1
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.text import Text
from icare_xl.rejected import correction_list, corrections, new_messages
from icare_xl.rejected.sentences import complaint_lines, messages_collected, note_explained, rejected_summary
from icare_xl.upload import saving
from icare_xl.upload.month import month_of
from icare_xl.upload.sentences import deadline_line, month_lines, outcome_lines, save_repaired
from icare_xl.workbooks.file import FileHost


@button(
    ("Check sheet", "Vérifier la feuille"),
    ("Checks every row and marks the cells to correct. No value is changed.",
     "Vérifie chaque ligne et marque les cellules à corriger. Aucune valeur n’est modifiée."),
    keytip="C", image="ErrorChecking", large=True,
)  # fmt: skip
def check(session: Session) -> None:
    session.mark(session.reading.report.cells_to_mark, by="check")
    session.tell_checked()


@button(
    ("Next finding", "Constat suivant"),
    ("Goes to the next cell to correct and says what is wrong with it.",
     "Passe à la prochaine cellule à corriger et dit ce qui ne va pas."),
    keytip="N", image="ReviewNextComment",
)  # fmt: skip
def next_finding(session: Session) -> None:
    go(session, ahead)


@button(
    ("Previous finding", "Constat précédent"),
    ("Goes back to the cell to correct before this one.",
     "Revient à la cellule à corriger qui précède celle-ci."),
    keytip="P", image="ReviewPreviousComment",
)  # fmt: skip
def previous_finding(session: Session) -> None:
    go(session, back)


@button(
    ("Next of its kind", "Suivant du même type"),
    ("Goes to the next cell with the same cause as the selected one; where it has none, with the same kind of finding.",
     "Passe à la prochaine cellule qui a la même cause que la cellule choisie; à défaut de cause, le même type de constat."),
    keytip="J", image="FindNext",
)  # fmt: skip
def next_of_its_kind(session: Session) -> None:
    go(session, ahead, same_kind(session))


@button(
    ("Explain cell", "Expliquer la cellule"),
    ("Says what is wrong with the selected cell, what lies behind it, why it matters and where the rule comes from.",
     "Dit ce qui ne va pas dans la cellule choisie, ce qui en est la cause, pourquoi c’est important et d’où vient la règle."),
    keytip="E", image="Info",
)  # fmt: skip
def explain_cell(session: Session) -> None:
    place, reading = session.cell, session.reading
    told = [finding_explained(finding, REGISTRY[finding.rule].why) for finding in reading.report.at(*place)]
    told += [cause_explained(cause, CAUSE_OF[cause.code].origin) for cause in reading.report.causes_at(*place)]
    told += [note_explained(each, reading.sheet.layout.columns[NOTES]) for each in reading.rejected.at(*place)]
    session.tell(*(told or [_nothing_wrong(reading.sheet, place)]))


@button(
    ("Propose", "Proposer"),
    ("Shows what may stand in the selected cell instead, or in all cells of its cause, and why. You decide what is put there.",
     "Montre ce qui peut figurer dans la cellule choisie ou dans toutes celles de sa cause, et pourquoi. À vous de décider."),
    keytip="O", image="Thesaurus",
)  # fmt: skip
def propose(session: Session) -> None:
    causes = curable(session)
    if any(cured(session, cause) for cause in causes):
        return
    place, reading = session.cell, session.reading
    cell, held = a1(*place), reading.sheet.grid.at(*place)
    proposals = fixes.proposals(reading.report).get(place, ())
    listed = [say.proposed(number, proposal) for number, proposal in enumerate(proposals, 1)]
    if not proposals:
        if not causes:
            session.tell(_nothing_to_propose(reading, place))
    elif held.formula:
        session.tell(holds_a_formula(cell), *listed)
    elif session.ask_to_change(say.may_put(cell, held.text, proposals[0]), listed):
        session.change({place: proposals[0].text})
        session.tell(say.corrected(1))


@button(
    ("Fix format", "Corriger la forme"),
    ("Corrects what means the same afterwards: spaces, capitals of list values, real dates, postal codes. Lists it first.",
     "Corrige ce qui garde le même sens : espaces, majuscules des valeurs de liste, vraies dates, codes postaux. "
     "Montre d’abord chaque correction."),
    keytip="F", image="FormatPainter",
)  # fmt: skip
def fix_format(session: Session) -> None:
    chosen, formulas = fixes.of_sheet(session.reading.sheet, session.reading.report, safe=True)
    left = [holds_a_formula(a1(*place)) for place in formulas]
    if not chosen:
        session.tell(say.NOTHING_TO_FIX, *left)
    elif session.ask_to_change(say.may_fix(len(chosen)), list(map(cell_fixed, chosen))):
        session.change(fixes.texts(chosen))
        session.tell(say.corrected(len(chosen)), *left)


@button(
    ("Error list", "Liste des erreurs"),
    ("Opens a new workbook with everything there is to correct, each with a link to its cell.",
     "Ouvre un nouveau classeur qui réunit tout ce qu’il y a à corriger, avec un lien vers chaque cellule."),
    keytip="L", image="Filter",
)  # fmt: skip
def error_list(session: Session) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, say.LIST_NAME.to(session.language))
        checked = Checked(session.book.path, session.reading.sheet, session.reading.report)
        write_list(path, Listing([checked]), session.language)
        session.excel.open_copy(path)


@button(
    ("Clear marks", "Effacer les marques"),
    ("Takes away the marks that the check made. Your own colours stay.",
     "Enlève les marques posées par la vérification. Vos propres couleurs restent."),
    keytip="X", image="ClearFormats",
)  # fmt: skip
def clear_marks(session: Session) -> None:
    session.tell(say.cleared(session.edits.unmark()))


@button(
    ("Read notes", "Lire les notes"),
    ("Says why iCARE rejected the rows and what to do, from the notes in column A.",
     "Dit pourquoi iEDEC a rejeté les lignes et ce qu’il faut faire, d’après les notes de la colonne A."),
    keytip="R", image="ReviewShowAllComments", large=True,
)  # fmt: skip
def read_notes(session: Session) -> None:
    rejected = session.reading.rejected
    session.keep_rejected()
    if rejected.rejections:
        session.mark(rejected.cells_to_mark, by="notes")
    collected = new_messages.collect(rejected)
    about_ours = [messages_collected(collected)] if collected.new or collected.trouble else []
    session.tell(rejected_summary(rejected), *about_ours, *complaint_lines(rejected))


@button(
    ("Strip notes", "Retirer les notes"),
    ("Empties the cells of column A that hold only iCARE’s notes. Your own remarks stay.",
     "Vide les cellules de la colonne A qui ne contiennent que des notes d’iEDEC. Vos propres remarques restent."),
    keytip="S", image="ReviewDeleteComment",
)  # fmt: skip
def strip_notes(session: Session) -> None:
    emptied, kept = notes.to_strip(session.reading.sheet)
    if not emptied:
        session.tell(say.nothing_to_strip(len(kept)))
    elif session.ask_to_change(say.may_strip(len(emptied), len(kept))):
        session.keep_rejected()
        returned = session.take_back()
        session.change(dict.fromkeys(emptied, ""))
        session.tell(say.emptied(len(emptied), len(kept)), *returned)


@button(
    ("Corrections", "Corrections"),
    ("Lists what was corrected since the notes were read, client by client, for your case management system.",
     "Liste ce qui a été corrigé depuis la lecture des notes, client par client, pour votre système de gestion de cas."),
    keytip="K", image="ReviewTrackChanges",
)  # fmt: skip
def list_corrections(session: Session) -> None:
    before = session.rejected_as_it_was
    if before is None:
        session.tell(say.NO_REJECTED)
        return
    with FileHost(before) as host:
        corrected = corrections.compare(recognise.upload_sheet(host), session.reading.sheet)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, say.CORRECTIONS_NAME.to(session.language))
        correction_list.write(path, corrected, session.language)
        session.excel.open_copy(path)


@button(
    ("Save for upload", "Enregistrer pour téléverser"),
    ("Saves a proven copy ready for upload, once no error is left. This workbook keeps its name.",
     "Enregistre une copie prouvée et prête à téléverser, dès qu’il ne reste aucune erreur. Ce classeur garde son nom."),
    keytip="U", image="FileSaveAs", large=True,
)  # fmt: skip
def save_for_upload(session: Session) -> None:
    session.book.must_have_a_place()
    out = session.upload_folder()
    if out is None:
        session.tell(say.NOT_SAVED)
        return
    with session.book.copy() as path, FileHost(path) as host:
        copied = recognise.upload_sheet(host, session.reading.sheet.name)
        outcome = saving.save(host, copied, session.save_options(out))
        if outcome.to_confirm and session.ask(say.may_save(outcome.objections)):
            outcome = saving.save(host, copied, session.save_options(out, confirmed=True))
    if outcome.to_confirm:
        session.tell(say.NOT_SAVED)
        return
    if outcome.refused:
        session.mark(outcome.report.cells_to_mark, by="check")
    session.tell(*outcome_lines(outcome))


@button(
    ("Month", "Mois"),
    ("Says what was saved for the month, what iCARE made of it, what is still to do and until when.",
     "Dit ce qui a été enregistré pour le mois, ce qu’iEDEC en a fait, ce qu’il reste à faire et pour quand."),
    keytip="M", image="CalendarInsert", alone=True,
)  # fmt: skip
def month(session: Session) -> None:
    repaired = session.ledger.repair()
    asked = session.when.month or reporting_month(session.when.today)
    found = month_of(session.ledger.history(), asked, session.settings)
    session.tell(deadline_line(found), *map(save_repaired, repaired), *month_lines(found))


@button(
    ("Undo", "Annuler"),
    ("Puts back what a button last changed in this workbook, also after saving.",
     "Rétablit ce qu’un bouton a modifié en dernier dans ce classeur, même après l’enregistrement."),
    keytip="Z", image="Undo",
)  # fmt: skip
def undo(session: Session) -> None:
    while change := session.edits.last:
        if change.sheet in [sheet.name for sheet in session.book.sheets]:
            session.tell(say.undone(session.edits.put_back(change)))
            return
        if not session.ask(say.may_let_go(change.sheet)):
            return
        session.edits.let_go()
    session.tell(say.NOTHING_TO_UNDO)


@button(
    ("Forget changes", "Oublier les modifications"),
    ("Deletes what is kept on this computer, for a week, so that changes can be undone and corrections listed.",
     "Supprime ce qui est gardé une semaine sur cet ordinateur pour annuler des modifications et lister les corrections."),
    keytip="W", image="Delete", alone=True,
)  # fmt: skip
def forget(session: Session) -> None:
    changes, files = session.remembered
    if not changes + files:
        session.tell(say.NOTHING_KEPT)
    elif session.ask(say.may_forget(changes, files)):
        session.forget()
        session.tell(say.FORGOTTEN)


def new_sheet(session: Session, service: str) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder, f"{service}.xlsx")
        path.write_bytes(library.blank_workbook(service))
        session.excel.open_copy(path)


@button(
    ("Try an example", "Essayer un exemple"),
    ("Opens an invented month with mistakes, for trying every button safely.",
     "Ouvre un mois inventé qui contient des erreurs, pour essayer chaque bouton sans risque."),
    keytip="D", image="HappyFace", alone=True,
)  # fmt: skip
def try_example(session: Session) -> None:
    folder = session.documents / "icare-demo"
    if not folder.exists():
        example.write(folder)
    for name in reversed(example.WORKBOOKS):
        session.excel.open(folder / name)
    session.tell(say.example(folder))


@button(
    ("Français", "English"),
    ("Shows the buttons and messages in French.", "Affiche les boutons et les messages en anglais."),
    keytip="G", image="SetLanguage", alone=True,
)  # fmt: skip
def language(session: Session) -> None:
    session.use_language("fr" if session.language == "en" else "en")
    session.tell(say.NOW_IN_THIS_LANGUAGE)


@button(
    ("Help", "Aide"),
    ("Opens a page that explains the buttons, the marks and the rules.",
     "Ouvre une page qui explique les boutons, les marques et les règles."),
    keytip="H", image="Help", alone=True,
)  # fmt: skip
def help(session: Session) -> None:  # noqa: A001 - named as the button is
    path = session.folder / f"help_{session.language}.html"
    path.write_text(help_page.page(RIBBON, RULES, CAUSES, session.language), "utf-8")
    webbrowser.open(path.as_uri())


def _nothing_wrong(sheet: Sheet, place: Place) -> Text:
    """What a cell is for in which nothing is wrong; no rule looks at the head of the sheet or at empty rows."""
    row, column = place
    return nothing_wrong(a1(*place), sheet.field_at(column) if row in sheet.rows else None)


def _nothing_to_propose(reading: Reading, place: Place) -> Text:
    """What is wrong with a cell, if anything is, where only a person can tell what is right."""
    finding = reading.report.by_cell.get(place)
    wrong = [finding.message] if finding else [cause.told for cause in reading.report.causes_at(*place)]
    return say.nothing_to_propose(a1(*place), wrong[0]) if wrong else _nothing_wrong(reading.sheet, place)


def _new(service: str, label: Text, keytip: str) -> Button:
    tip = Text(
        "Opens a blank upload workbook of the built-in edition.", "Ouvre un classeur vierge de l’édition intégrée."
    )
    return Button(
        f"new_{service}", label, tip, keytip, "FileNew", lambda session: new_sheet(session, service), alone=True
    )


_NEW_SHEET = Menu(
    "new_sheet",
    Text("New sheet", "Nouvelle feuille"),
    Text(
        "Opens a blank upload workbook of a service.",
        "Ouvre un classeur vierge d’un service, à téléverser une fois rempli.",
    ),
    keytip="T",
    image="FileNew",
    items=tuple(_new(service, label, str(n)) for n, (service, label) in enumerate(library.services().items(), 1)),
)

RIBBON = (
    Group("icare_check", Text("Check", "Vérification"),
          (check, next_finding, previous_finding, next_of_its_kind, explain_cell, propose, fix_format, error_list, clear_marks)),
    Group("icare_rejected", Text("Rejected rows", "Lignes rejetées"), (read_notes, strip_notes, list_corrections)),
    Group("icare_upload", Text("Upload", "Téléversement"), (save_for_upload, month, undo, forget)),
    Group("icare_start", Text("Start", "Pour commencer"), (_NEW_SHEET, try_example, language, help)),
)  # fmt: skip
BUTTONS = {each.id: each for each in buttons_of(RIBBON)}
