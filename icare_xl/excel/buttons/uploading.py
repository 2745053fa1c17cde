"""The buttons for what goes to iCARE."""

from __future__ import annotations

from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.buttons.more_on_files import MORE_ON_FILES
from icare_xl.excel.ribbon import Group, button
from icare_xl.excel.session import Session
from icare_xl.icare import recognise
from icare_xl.icare.deadline import reporting_month
from icare_xl.model.text import Text
from icare_xl.upload import saving
from icare_xl.upload.month import month_of
from icare_xl.upload.sentences import deadline_line, month_lines, outcome_lines, save_repaired
from icare_xl.workbooks.file import FileHost


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
        session.tell(say.NOT_SAVED, then=then.SAVE)
        return
    with session.book.copy() as path, FileHost(path) as host:
        copied = recognise.upload_sheet(host, session.reading.sheet.name)
        outcome = saving.save(host, copied, session.save_options(out))
        if outcome.to_confirm and session.ask(say.may_save(outcome.objections)):
            outcome = saving.save(host, copied, session.save_options(out, confirmed=True))
    if outcome.to_confirm:
        session.tell(say.NOT_SAVED, then=then.SAVE_AGAIN)
        return
    if outcome.refused:
        session.mark(outcome.report.cells_to_mark, by="check")
    session.tell(*outcome_lines(outcome), then=then.SAVE_AGAIN if outcome.refused else then.UPLOAD)


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
    session.tell(deadline_line(found), *map(save_repaired, repaired), *month_lines(found), then=then.AS_BEFORE)


UPLOAD = Group("icare_upload", Text("Upload", "Téléversement"), (save_for_upload, month, MORE_ON_FILES))
