"""The buttons for a file that came back from iCARE."""

from __future__ import annotations

from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.buttons.more_on_rejected import MORE_ON_REJECTED
from icare_xl.excel.ribbon import Group, button
from icare_xl.excel.session import Session
from icare_xl.icare import notes, recognise
from icare_xl.model.text import Text
from icare_xl.rejected import correction_list, corrections, new_messages
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
    session.keep_rejected()
    if rejected.rejections:
        session.mark(rejected.cells_to_mark, by="notes")
    collected = new_messages.collect(rejected)
    about_ours = [messages_collected(collected)] if collected.new or collected.trouble else []
    session.tell(rejected_summary(rejected), *about_ours, *complaint_lines(rejected), then=then.GO_ON)


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
    elif session.ask_to_change(say.may_strip(len(emptied), len(kept))):
        session.keep_rejected()
        returned = session.take_back()
        session.change(dict.fromkeys(emptied, ""))
        session.tell(say.emptied(len(emptied), len(kept)), *returned, then=then.CORRECTIONS)


@button(
    ("Corrections", "Corrections"),
    ("Lists what was corrected since the notes were read, client by client, for your case management system.",
     "Liste ce qui a été corrigé depuis la lecture des notes, client par client, pour votre système de gestion de cas."),
    keytip="K", image="ReviewTrackChanges",
)  # fmt: skip
def list_corrections(session: Session) -> None:
    before = session.rejected_as_it_was
    if before is None:
        session.tell(say.NO_REJECTED, then=then.OPEN_REJECTED)
        return
    with FileHost(before) as host:
        corrected = corrections.compare(recognise.upload_sheet(host), session.reading.sheet)
    with session.new_workbook(say.CORRECTIONS_NAME) as path:
        correction_list.write(path, corrected, session.language)


REJECTED = Group(
    "icare_rejected",
    Text("Rejected rows", "Lignes rejetées"),
    (read_notes, strip_notes, list_corrections, MORE_ON_REJECTED),
)
