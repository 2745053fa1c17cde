"""The buttons that take back what others changed."""

from __future__ import annotations

from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.ribbon import Group, button
from icare_xl.excel.session import Session
from icare_xl.model.text import Text


@button(
    ("Undo", "Annuler"),
    ("Puts back what a button last changed in this workbook, even after saving.",
     "Rétablit ce qu’un bouton a modifié en dernier dans ce classeur, même après l’enregistrement."),
    keytip="Z", image="Undo",
)  # fmt: skip
def undo(session: Session) -> None:
    while change := session.edits.last:
        if change.sheet in [sheet.name for sheet in session.book.sheets]:
            session.tell(say.undone(session.edits.put_back(change)), then=then.AS_BEFORE)
            return
        if not session.ask(say.may_let_go(change.sheet)):
            return
        session.edits.let_go()
    session.tell(say.NOTHING_TO_UNDO, then=then.AS_BEFORE)


@button(
    ("Forget changes", "Oublier les modifications"),
    ("Deletes what is kept on this computer, for a week, so that changes can be undone and corrections listed; lists as a "
     "page too.",
     "Supprime ce qui est gardé une semaine sur cet ordinateur pour pouvoir annuler des modifications et dresser la "
     "liste des corrections; les listes en page Web aussi."),
    keytip="W", image="Delete", alone=True,
)  # fmt: skip
def forget(session: Session) -> None:
    kept = session.remembered
    if not any(kept):
        session.tell(say.NOTHING_KEPT, then=then.AS_BEFORE)
    elif session.ask(say.may_forget(*kept)):
        session.forget()
        session.tell(say.FORGOTTEN, then=then.AS_BEFORE)


CHANGES = Group("icare_changes", Text("Changes", "Modifications"), (undo, forget))
