"""The menu More for a file that came back from iCARE."""

from __future__ import annotations

from contextlib import suppress

from icare_xl.excel import menu_sentences as told
from icare_xl.excel import next_steps as then
from icare_xl.excel.ribbon import Menu, button
from icare_xl.excel.session import Session
from icare_xl.icare import messages, recognise
from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text
from icare_xl.rejected import matching, new_messages
from icare_xl.rejected.sentences import NO_NOTES
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.proof import prove_only_rows


@button(
    ("Keep only the rejected rows", "Garder les lignes rejetées"),
    ("Opens a new workbook with just the rows that came back, taken from the file as it was sent, which you choose.",
     "Ouvre un nouveau classeur qui ne contient que les lignes rejetées, tirées du fichier tel qu’il a été envoyé; vous le "
     "choisissez."),
    keytip="R", image="Filter",
)  # fmt: skip
def only_rejected(session: Session) -> None:
    if not session.reading.notes:
        session.tell(NO_NOTES, then=then.OPEN_REJECTED)
        return
    original = session.ask_other_file(told.WHICH_ORIGINAL)
    if original is None:
        return
    with FileHost(original) as host, session.new_workbook(told.KEPT_NAME) as path:
        sent = recognise.upload_sheet(host)
        kept = matching.rejected_rows(sent, session.reading.sheet, session.book.path)
        with host.copy_of_rows(path, sent.name, kept, sent.first_row) as written:
            prove_only_rows(host, sent, kept, written)
    session.tell(told.rows_kept(len(kept), len(sent.rows), original), *session.take_back(), then=then.KEEP)


@button(
    ("Explain a message yourself", "Expliquer soi-même un message"),
    ("Opens your own list of iCARE’s messages. What you fill in there, Read notes says from then on.",
     "Ouvre votre propre liste des messages d’iEDEC. Ce que vous y inscrivez, Lire les notes le dit par la suite."),
    keytip="E", image="ReviewNewComment", alone=True,
)  # fmt: skip
def explain_message(session: Session) -> None:
    path = session.own_messages
    messages.begin(path)
    with suppress(IcareError):  # whatever is in front, the list opens
        new_messages.collect(session.reading.rejected)
    session.excel.open(path, local=messages.separator(path) == ";")
    trouble = messages.load(path).trouble
    session.tell(*([trouble] if trouble else told.HOW_TO_EXPLAIN), then=then.EXPLAIN)


MORE_ON_REJECTED = Menu(
    "more_on_rejected",
    Text("More", "Plus"),
    Text(
        "Keeps only the rejected rows, or lets you explain a message of iCARE.",
        "Garde seulement les lignes rejetées, ou vous laisse expliquer un message d’iEDEC.",
    ),
    keytip="Q",
    image="ReviewNewComment",
    items=(only_rejected, explain_message),
)
