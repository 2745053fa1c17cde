"""The buttons for what goes to iCARE."""

from __future__ import annotations

from icare_xl.excel import next_steps as then
from icare_xl.excel import save_questions
from icare_xl.excel import sentences as say
from icare_xl.excel.buttons.more_on_files import MORE_ON_FILES
from icare_xl.excel.forms import record as recording
from icare_xl.excel.forms import status_form
from icare_xl.excel.forms.opening import open_form
from icare_xl.excel.ribbon import Group, Menu, button
from icare_xl.excel.session import Session
from icare_xl.icare import recognise
from icare_xl.icare.deadline import reporting_month
from icare_xl.model.text import Text
from icare_xl.settings import month_of as month_named
from icare_xl.upload.month import months
from icare_xl.upload.sentences import outcome_lines
from icare_xl.workbooks.file import FileHost


@button(
    ("Save for upload", "Enregistrer pour téléverser"),
    ("Saves a verified copy, ready for upload, once no error is left. This workbook keeps its name.",
     "Enregistre une copie vérifiée et prête à téléverser, dès qu’il ne reste aucune erreur. Ce classeur garde son "
     "nom."),
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
        outcome = save_questions.save(session, host, copied, session.save_options(out))
    if outcome.to_confirm:
        session.tell(say.NOT_SAVED, then=then.SAVE_AGAIN)
        return
    if outcome.refused:
        session.mark(outcome.report.cells_to_mark, by="check")
        session.tell(*outcome_lines(outcome), then=then.STATUS if outcome.nothing_left else then.SAVE_AGAIN)
        return
    month = outcome.saved[0].month or session.month
    by, reported = session.deadline(month), month == session.month
    session.tell(*outcome_lines(outcome), then=then.upload(len(outcome.saved), by, session.when.today, reported))


@button(
    ("Status", "Statut"),
    ("Opens the files of the month as a list: choose there what iCARE shows for each, then press Record.",
     "Ouvre la liste des fichiers du mois : choisissez-y ce qu’iEDEC affiche pour chacun, puis appuyez sur Inscrire."),
    keytip="B", image="TableInsert", large=True, alone=True,
)  # fmt: skip
def status(session: Session) -> None:
    open_form(session, status_form.form(session, session.month))


@button(
    ("Record", "Inscrire"),
    ("Takes back what you filled in where Status or Settings opened a list. What is wrong is told beside its row.",
     "Inscrit ce que vous avez rempli là où Statut ou Paramètres a ouvert une liste. Ce qui ne va pas est dit à côté."),
    keytip="V", image="DataValidation",
)  # fmt: skip
def record(session: Session) -> None:
    recording.record(session)


@button(
    ("Month being reported", "Dernier mois écoulé"),
    ("Opens the files of the last month that is over.", "Ouvre la liste des fichiers du dernier mois écoulé."),
    keytip="1", image="CalendarInsert", alone=True,
)  # fmt: skip
def month_last(session: Session) -> None:
    open_form(session, status_form.form(session, reporting_month(session.when.today)))


@button(
    ("Month now running", "Mois en cours"),
    ("Opens the files of this calendar month.", "Ouvre la liste des fichiers du mois en cours."),
    keytip="2", image="CalendarInsert", alone=True,
)  # fmt: skip
def month_running(session: Session) -> None:
    open_form(session, status_form.form(session, session.when.today.replace(day=1)))


@button(
    ("Another month…", "Un autre mois…"),
    ("Asks for a month, then opens its files.", "Demande un mois, puis ouvre la liste de ses fichiers."),
    keytip="3", image="CalendarInsert", alone=True,
)  # fmt: skip
def month_other(session: Session) -> None:
    today, known = session.when.today, months(session.ledger.history())
    named = {f"{each:%Y-%m}" for each in (*known, reporting_month(today), today)}
    answer = session.choose(say.WHICH_MONTH, sorted(named, reverse=True))
    if answer is None:
        return
    try:
        month = month_named(answer)
    except ValueError:
        session.tell(say.no_month(answer), then=then.NAME_MONTH)
        return
    open_form(session, status_form.form(session, month))


MONTH = Menu(
    "month",
    Text("Month", "Mois"),
    Text(
        "Opens the files of a month: what was saved, what iCARE made of it, what is still to do and until when.",
        "Ouvre les fichiers d’un mois : ce qui a été enregistré, ce qu’iEDEC en a fait, ce qu’il reste à faire et "
        "pour quelle date.",
    ),
    keytip="M",
    image="CalendarInsert",
    items=(month_last, month_running, month_other),
)
UPLOAD = Group("icare_upload", Text("Upload", "Téléversement"), (save_for_upload, status, record, MONTH, MORE_ON_FILES))
