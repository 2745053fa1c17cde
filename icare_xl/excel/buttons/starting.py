"""The buttons to begin with."""

from __future__ import annotations

from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.forms import settings_form
from icare_xl.excel.forms.opening import open_form
from icare_xl.excel.ribbon import Button, Menu, button
from icare_xl.excel.session import Session
from icare_xl.icare import example, library
from icare_xl.model.text import Text


def new_sheet(session: Session, service: str) -> None:
    with session.new_workbook(Text(*[f"{service}.xlsx"] * 2)) as path:
        path.write_bytes(library.blank_workbook(service))
    if session.language == "fr":
        session.tell(library.ONLY_ENGLISH.format(edition=library.of_service(service).edition), then=then.FILL_IN)


def _new(service: str, label: Text, keytip: str) -> Button:
    tip = Text(
        "Opens a blank upload workbook of the built-in edition of 2018.",
        "Ouvre un classeur vierge de l’édition intégrée de 2018, en anglais.",
    )
    return Button(
        f"new_{service}", label, tip, keytip, "FileNew", lambda session: new_sheet(session, service), alone=True
    )


NEW_SHEET = Menu(
    "new_sheet",
    Text("New sheet", "Nouvelle feuille"),
    Text(
        "Opens a blank upload workbook of a service.",
        "Ouvre le classeur vierge d’un service, à téléverser une fois rempli; seule l’édition anglaise est connue.",
    ),
    keytip="T",
    image="FileNew",
    items=tuple(_new(service, label, str(n)) for n, (service, label) in enumerate(library.services().items(), 1)),
)


@button(
    ("Try an example", "Essayer un exemple"),
    ("Opens an invented month with mistakes, for trying every button safely.",
     "Ouvre un mois inventé qui contient des erreurs, pour essayer chaque bouton sans risque."),
    keytip="D", image="HappyFace", alone=True,
)  # fmt: skip
def try_example(session: Session) -> None:
    folder = session.documents / example.FOLDER.to(session.language)
    if not folder.exists():
        example.write(folder, session.language)
    for name in reversed(example.WORKBOOKS):
        session.excel.open(folder / name)
    second_hand = [example.SECOND_HAND] if session.language == "fr" else []
    session.tell(say.example(folder), *second_hand, then=then.CHECK)


@button(
    ("Settings", "Paramètres"),
    ("Opens a list of what is set for good: province, agency, accounts, ledger, language and more. Change it, then press Record.",
     "Ouvre la liste des paramètres choisis une fois pour toutes : province, organisme, comptes, registre, langue et plus. "
     "Modifiez-la, puis appuyez sur Inscrire."),
    keytip="Y", image="PropertySheet", alone=True,
)  # fmt: skip
def settings(session: Session) -> None:
    open_form(session, settings_form.form(session))


@button(
    ("Français", "English"),
    ("Shows the buttons and messages in French.", "Affiche les boutons et les messages en anglais."),
    keytip="G", image="SetLanguage", alone=True,
)  # fmt: skip
def language(session: Session) -> None:
    session.use_language("fr" if session.language == "en" else "en")
    session.tell(say.NOW_IN_THIS_LANGUAGE, then=then.AS_BEFORE)
