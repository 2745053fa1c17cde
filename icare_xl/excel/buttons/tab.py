"""The tab iCARE: which buttons stand in which group."""

from __future__ import annotations

import webbrowser

from icare_xl.check.causes import CAUSES
from icare_xl.check.rules import RULES
from icare_xl.excel import help_page
from icare_xl.excel.buttons.checking import CHECK
from icare_xl.excel.buttons.returning import REJECTED
from icare_xl.excel.buttons.starting import NEW_SHEET, language, settings, try_example
from icare_xl.excel.buttons.undoing import CHANGES
from icare_xl.excel.buttons.uploading import UPLOAD
from icare_xl.excel.ribbon import Group, button, buttons_of
from icare_xl.excel.session import Session
from icare_xl.model.text import Text


@button(
    ("Help", "Aide"),
    ("Opens a page that explains the buttons, the marks and the rules.",
     "Ouvre une page qui explique les boutons, les marques et les règles."),
    keytip="H", image="Help", alone=True,
)  # fmt: skip
def help(session: Session) -> None:  # noqa: A001 - named as the button is
    path = session.folder / f"help_{session.language}.html"
    path.write_text(help_page.page(RIBBON, RULES, CAUSES, session.language), "utf-8")
    webbrowser.open(path.as_uri())


START = Group("icare_start", Text("Start", "Pour commencer"), (NEW_SHEET, try_example, settings, language, help))
RIBBON = (CHECK, REJECTED, UPLOAD, CHANGES, START)
BUTTONS = {each.id: each for each in buttons_of(RIBBON)}
