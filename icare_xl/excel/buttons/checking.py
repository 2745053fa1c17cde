"""The buttons about findings: check, go from one to the next, explain, propose, correct, list."""

from __future__ import annotations

from collections.abc import Sequence

from icare_xl.check import fixes
from icare_xl.check.causes import REGISTRY as CAUSE_OF
from icare_xl.check.cell_described import cell_described
from icare_xl.check.error_list import Listing, write_list
from icare_xl.check.rules import REGISTRY
from icare_xl.check.sentences import cause_explained, cell_fixed, finding_explained, holds_a_formula
from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.buttons.more_checks import MORE_CHECKS
from icare_xl.excel.cures import curable, cured
from icare_xl.excel.forms.list_form import HEADS
from icare_xl.excel.in_one_line import in_short
from icare_xl.excel.judging import ask_whether_right, ask_whether_to_say_again
from icare_xl.excel.navigation import ahead, back, go, same_kind
from icare_xl.excel.reading import NOTE_THERE, Reading
from icare_xl.excel.ribbon import Group, button
from icare_xl.excel.session import Session
from icare_xl.model.addresses import Place, a1
from icare_xl.model.finding import Proposal
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.text import Text
from icare_xl.rejected.sentences import note_explained


@button(
    ("Check sheet", "Vérifier la feuille"),
    ("Checks every row and marks the cells to correct. No value is changed.",
     "Vérifie chaque ligne et marque les cellules à corriger. Aucune valeur n’est modifiée."),
    keytip="C", image="ErrorChecking", large=True,
)  # fmt: skip
def check(session: Session) -> None:
    marked = session.mark(session.reading.report.cells_to_mark, by="check")
    session.tell_checked(marked)


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
     "Passe à la prochaine cellule qui a la même cause que la cellule choisie ou, à défaut de cause, le même type "
     "de constat."),
    keytip="J", image="FindNext",
)  # fmt: skip
def next_of_its_kind(session: Session) -> None:
    go(session, ahead, same_kind(session))


@button(
    ("Explain cell", "Expliquer la cellule"),
    ("Says what is wrong with the selected cell, what lies behind it, why it matters and where the rule comes from; "
    "if nothing is wrong, what belongs there.",
     "Dit ce qui ne va pas dans la cellule choisie, ce qui en est la cause, pourquoi c’est important et d’où vient "
     "la règle; si tout va bien, ce qu’elle accepte."),
    keytip="E", image="Info",
)  # fmt: skip
def explain_cell(session: Session) -> None:
    place, reading = session.cell, session.reading
    notes = [note_explained(each, reading.sheet.layout.columns[NOTES]) for each in reading.rejected.at(*place)]
    found = [each for each in reading.report.at(*place) if not (notes and each.rule == NOTE_THERE)]
    causes = reading.report.causes_at(*place)
    told = [*notes, *(finding_explained(each, REGISTRY[each.rule].why) for each in found)]
    told += [cause_explained(each, CAUSE_OF[each.code].origin) for each in causes]
    brief = [*notes, *map(in_short, found), *(each.told for each in causes)]
    if found and not notes and all(each.severity == "warning" for each in found):
        ask_whether_right(session, told, brief, found)
    elif told:
        session.tell_in_full(told, brief, then=then.CORRECT)
    elif accepted := reading.report.accepted_at(*place):
        ask_whether_to_say_again(session, accepted)
    else:
        session.tell(_described(reading.sheet, place), then=then.CHOOSE_CELL)


@button(
    ("Propose", "Proposer"),
    ("Shows what may go into the selected cell instead, or into all cells of its cause, and why. You decide what is "
    "put there.",
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
            session.tell(_nothing_to_propose(reading, place), then=then.CHOOSE_CELL)
    elif held.formula:
        session.tell(holds_a_formula(cell), *listed, then=then.CORRECT)
    elif len(proposals) == 1:
        if session.ask_to_change(say.may_put(cell, held.text, proposals[0]), listed):
            session.change({place: proposals[0].text})
            session.tell(say.corrected(1), then=then.GO_ON)
    else:
        _choose(session, place, held.text, proposals)


@button(
    ("Fix format", "Corriger le format"),
    ("Corrects what means the same afterwards: spaces, capitals of list values, dates that can only be one day, "
    "postal codes, telephone numbers, numbers and dates not stored as text. Lists it first.",
     "Corrige ce qui garde le même sens : espaces, majuscules des valeurs de liste, dates qui ne peuvent être qu’un "
     "seul jour, codes postaux, numéros de téléphone, nombres et dates qui ne sont pas stockés comme texte. Montre "
     "d’abord chaque correction."),
    keytip="F", image="FormatPainter",
)  # fmt: skip
def fix_format(session: Session) -> None:
    chosen, formulas = fixes.of_sheet(session.reading.sheet, session.reading.report, safe=True)
    left = [holds_a_formula(a1(*place)) for place in formulas]
    if not chosen:
        session.tell(say.NOTHING_TO_FIX, *left, then=then.GO_ON)
    elif session.ask_to_change(say.may_fix(len(chosen)), list(map(cell_fixed, chosen))):
        session.change(fixes.texts(chosen))
        session.tell(say.corrected(len(chosen)), *left, then=then.CHECK)


@button(
    ("Error list", "Liste des erreurs"),
    ("Opens a new workbook with everything there is to correct, each with a link to its cell.",
     "Ouvre un nouveau classeur qui réunit tout ce qu’il y a à corriger, avec un lien vers chaque cellule."),
    keytip="L", image="Filter",
)  # fmt: skip
def error_list(session: Session) -> None:
    listing = Listing([session.checked], more=HEADS)
    with session.new_workbook(say.LIST_NAME) as path:
        write_list(path, listing, session.language)


@button(
    ("Clear marks", "Effacer les marques"),
    ("Removes the marks that the check made. Your own colours stay.",
     "Enlève les marques posées par la vérification. Vos propres couleurs restent."),
    keytip="X", image="ClearFormats",
)  # fmt: skip
def clear_marks(session: Session) -> None:
    session.tell(say.cleared(session.edits.unmark()), then=then.CHECK)


def _choose(session: Session, place: Place, held: str, proposals: Sequence[Proposal]) -> None:
    """Of several texts the person chooses one."""
    texts = [proposal.text for proposal in proposals]
    session.must_be_writable()
    answer = session.choose(say.may_choose(a1(*place), held), texts, list(map(say.why, proposals)))
    if answer in texts:
        session.change({place: answer})
        session.tell(say.corrected(1), then=then.GO_ON)
    elif answer:
        session.tell(say.none_of_them(answer), then=then.CORRECT)


def _described(sheet: Sheet, place: Place) -> Text:
    """What a cell is for in which nothing is wrong; no rule looks at the head of the sheet or at empty rows."""
    row, column = place
    field = sheet.field_at(column) if row >= sheet.first_row else None
    return cell_described(a1(*place), field, sheet.template)


def _nothing_to_propose(reading: Reading, place: Place) -> Text:
    """What is wrong with a cell, if anything is, where only a person can tell what is right."""
    finding = reading.report.by_cell.get(place)
    wrong = [finding.message] if finding else [cause.told for cause in reading.report.causes_at(*place)]
    return say.nothing_to_propose(a1(*place), wrong[0]) if wrong else _described(reading.sheet, place)


CHECK = Group("icare_check", Text("Check", "Vérification"),
    (check, next_finding, previous_finding, next_of_its_kind, explain_cell, propose, fix_format, error_list, clear_marks,
     MORE_CHECKS)
)  # fmt: skip
