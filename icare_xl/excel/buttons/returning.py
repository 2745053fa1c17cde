"""The buttons for a file that came back from iCARE."""

from __future__ import annotations

from functools import partial

from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.buttons.more_on_rejected import MORE_ON_REJECTED
from icare_xl.excel.ribbon import Group, button
from icare_xl.excel.session import Session
from icare_xl.icare import notes, recognise
from icare_xl.model.text import Text
from icare_xl.rejected import correction_list, corrections, new_messages, notes_list
from icare_xl.rejected.sentences import complaint_lines, messages_collected, rejected_summary
from icare_xl.workbooks.file import FileHost


@button(
    ("Read notes", "Lire les notes"),
    ("Says why iCARE rejected the rows and what to do, from the notes in column A.",
     "Dit pourquoi iEDEC a rejeté les lignes et ce qu’il faut faire, d’après les notes de la colonne A."),
    keytip="R", image="ReviewShowAllComments", large=True,
)  # fmt: skip
def read_notes(session: Session) -> None:
    rejected = session.reading.rejected
    if not rejected.rejections:
        session.tell(rejected_summary(rejected), then=then.OPEN_REJECTED)
        return
    session.keep_rejected()
    session.mark(rejected.cells_to_mark, by="notes")
    collected = new_messages.collect(rejected)
    about_ours = [messages_collected(collected)] if collected.new or collected.trouble else []
    write = partial(notes_list.write, rejected=rejected, file=session.book.path, language=session.language)
    session.open_beside(say.NOTES_NAME, write)
    told = (rejected_summary(rejected), *about_ours, say.NOTES_LISTED, *complaint_lines(rejected))
    session.tell(*told, then=then.WALK_NOTES)


@button(
    ("Strip notes", "Retirer les notes"),
    ("Empties the cells of column A that hold only iCARE’s notes. Your own remarks stay.",
     "Vide les cellules de la colonne A qui ne contiennent que des notes d’iEDEC. Vos propres remarques restent."),
    keytip="S", image="ReviewDeleteComment",
)  # fmt: skip
def strip_notes(session: Session) -> None:
    emptied, kept = notes.to_strip(session.reading.sheet)
    if not emptied:
        session.tell(say.nothing_to_strip(len(kept)), then=then.CHECK)
    elif session.ask_to_change(say.may_strip(len(emptied), len(kept), session.rows_to_correct)):
        session.keep_rejected()
        returned = session.take_back()
        session.change(dict.fromkeys(emptied, ""))
        session.tell(say.emptied(len(emptied), len(kept)), *returned, then=then.CORRECTIONS)


@button(
    ("Corrections", "Corrections"),
    ("Lists what was corrected since the notes were read, client by client, for your case management system.",
     "Dresse la liste de ce qui a été corrigé depuis la lecture des notes, client par client, pour votre système de "
     "gestion de cas."),
    keytip="K", image="ReviewTrackChanges",
)  # fmt: skip
def list_corrections(session: Session) -> None:
    before = session.rejected_as_it_was
    if before is None:
        session.tell(say.NO_REJECTED, then=then.OPEN_REJECTED)
        return
    with FileHost(before) as host:
        corrected = corrections.compare(recognise.upload_sheet(host), session.reading.sheet)
    write = partial(correction_list.write, given=corrected, language=session.language)
    session.open_beside(say.CORRECTIONS_NAME, write)
    session.tell(say.corrections_listed(corrected), then=then.CARRY_BACK)


REJECTED = Group(
    "icare_rejected",
    Text("Rejected rows", "Lignes rejetées"),
    (read_notes, strip_notes, list_corrections, MORE_ON_REJECTED),
)
