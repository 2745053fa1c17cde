"""The menu More checks: what is checked or listed more rarely."""

from __future__ import annotations

import webbrowser

from icare_xl.check.error_list import Listing, write_list
from icare_xl.check.files import check_files, workbooks_in
from icare_xl.excel import menu_sentences as told
from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.private_folder import short
from icare_xl.excel.ribbon import Menu, button
from icare_xl.excel.session import Session
from icare_xl.model.text import Text


@button(
    ("Check a folder", "Vérifier un dossier"),
    ("Checks the saved workbooks of a folder, each and with each other, and opens one list of everything there is to correct.",
     "Vérifie les classeurs enregistrés d’un dossier, chacun et les uns avec les autres, et ouvre une seule liste de tout ce "
     "qu’il y a à corriger."),
    keytip="F", image="FileOpen", alone=True,
)  # fmt: skip
def check_folder(session: Session) -> None:
    folder = session.ask_folder(told.WHICH_FOLDER)
    if folder is None:
        return
    paths = workbooks_in(folder)
    found = check_files(paths, session.when, session.settings.without, memory=session.memory)
    if found.lines:
        with session.new_workbook(say.LIST_NAME) as path:
            write_list(path, found, session.language)
    unsaved = map(told.read_as_saved, session.excel.unsaved(paths))
    done = then.OPEN_THESE if found.left_out else then.SAVE_EACH
    session.tell(*told.folder_checked(found, unsaved), then=then.IN_THE_LIST if found.lines else done)


@button(
    ("List as a page", "Liste en page Web"),
    ("Opens the error list as a page in the browser, to sort, filter and print. It is kept on this computer for a week.",
     "Ouvre la liste des erreurs comme page dans le navigateur, à trier, à filtrer et à imprimer. Elle est gardée une semaine "
     "sur cet ordinateur."),
    keytip="P", image="WebPagePreview",
)  # fmt: skip
def list_page(session: Session) -> None:
    path, listing = session.private.pages / f"{short(session.book.key)}.html", Listing([session.checked])
    write_list(path, listing, session.language)
    path.chmod(0o600)
    webbrowser.open(path.as_uri())
    session.tell(told.PAGE_OPENED, then=then.GO_ON if listing.lines else then.AS_BEFORE)


MORE_CHECKS = Menu(
    "more_checks",
    Text("More checks", "Autres vérifications"),
    Text(
        "Checks a whole folder, or lists the findings as a page.",
        "Vérifie un dossier entier, ou liste les constats comme page.",
    ),
    keytip="A",
    image="FileOpen",
    items=(check_folder, list_page),
)
