"""The menu More for files to upload and the templates they are made from."""

from __future__ import annotations

from icare_xl.excel import menu_sentences as told
from icare_xl.excel import next_steps as then
from icare_xl.excel import plain_list
from icare_xl.excel.ribbon import Menu, button
from icare_xl.excel.session import Session
from icare_xl.icare import editions, library, recognise
from icare_xl.model.template import Template
from icare_xl.model.text import Text
from icare_xl.upload import certificate
from icare_xl.upload.sentences import file_verified
from icare_xl.workbooks.file import FileHost


@button(
    ("Verify a saved file", "Contrôler un fichier"),
    ("Says whether a file that was saved for upload is still that file. You choose it.",
     "Dit si un fichier enregistré pour être téléversé est encore le même. Vous le choisissez."),
    keytip="V", image="AcceptInvitation", alone=True,
)  # fmt: skip
def verify_file(session: Session) -> None:
    path = session.ask_file(told.WHICH_SAVED)
    if path is None:
        return
    known = certificate.read(path)
    same = certificate.digest(path) == known.sha256
    session.tell(file_verified(known, same, path), then=then.UPLOAD_ONCE if same else then.SAVE_ANEW)


@button(
    ("Compare two templates", "Comparer deux modèles"),
    ("Says what is new in the template of this workbook, beside the built-in edition or a workbook that you choose.",
     "Dit ce qui est nouveau dans le modèle de ce classeur, par rapport à l’édition intégrée ou à un classeur que vous "
     "choisissez."),
    keytip="C", image="ReviewTrackChanges",
)  # fmt: skip
def compare_templates(session: Session) -> None:
    sheet = session.reading.sheet
    recognise.must_tell_columns(sheet)
    older = _older(session, sheet.template)
    if older is None:
        return
    lines = editions.lines(older, sheet.template, editions.compare(older, sheet.template))
    if not session.fits([*lines, Text("", ""), then.AS_BEFORE]):
        with session.new_workbook(told.CHANGES_NAME) as path:
            plain_list.write(path, told.CHANGES, lines, session.language)
        lines.insert(1, told.ALL_LISTED)
    session.tell(*lines, then=then.AS_BEFORE)


def _older(session: Session, template: Template) -> Template | None:
    """What to compare a template with: the built-in edition of its service, or that of a workbook that the person picks; None
    where they would rather not.
    """
    if template.service in library.services() and session.ask(told.MAY_COMPARE_BUILT_IN):
        return library.of_service(template.service)
    picked = session.ask_other_file(told.WHICH_OLDER)
    if picked is None:
        return None
    with FileHost(picked) as host:
        sheet = recognise.upload_sheet(host)
    recognise.must_tell_columns(sheet)
    return sheet.template


MORE_ON_FILES = Menu(
    "more_on_files",
    Text("More", "Plus"),
    Text(
        "Verifies a saved file, or compares two templates.",
        "Contrôle un fichier enregistré, ou compare deux modèles.",
    ),
    keytip="I",
    image="AcceptInvitation",
    items=(verify_file, compare_templates),
)
