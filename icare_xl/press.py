"""What runs when a button of the ribbon is pressed: the one place in the add-in that catches what goes wrong."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from icare_xl import journal, settings
from icare_xl.buttons import BUTTONS
from icare_xl.desk import TITLE, Desk
from icare_xl.errors import CellBeingEdited, IcareError, NoSuchButton, text_of
from icare_xl.model import Language
from icare_xl.rules import RULES
from icare_xl.rules.rule import When

if TYPE_CHECKING:
    from icare_xl.hosts.excel import Excel


def press(
    action: str, excel: Excel, language: Language, today: date, keep_language: Callable[[Language], None]
) -> None:
    """Do what a button does. Whatever goes wrong is told in a sentence, in Excel."""
    must_be_a_button(action)
    from platformdirs import user_data_path, user_documents_path

    from icare_xl.hosts.excel import is_busy

    folder = user_data_path("icare-xl", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    for kept in (folder / "journal", folder / "rejected"):
        journal.tidy(kept)
    try:
        chosen = settings.load(settings.settings_file(), {rule.code for rule in RULES})
        documents, own_messages = user_documents_path(), settings.own_messages()
        desk = Desk(excel, language, When(today), chosen, folder, documents, keep_language, own_messages)
        BUTTONS[action].does(desk)
    except Exception as fault:
        if not isinstance(fault, IcareError) and not is_busy(fault):
            _log(fault, action, folder / "log.txt")
        text = CellBeingEdited().text if is_busy(fault) else text_of(fault)
        excel.tell(text.to(language), TITLE.to(language))


def must_be_a_button(action: str) -> None:
    if action not in BUTTONS:
        raise NoSuchButton(name=action, names=", ".join(BUTTONS))


def _log(fault: Exception, action: str, path: Path) -> None:
    """Where it went wrong, never with what: the message of a fault may quote a client's data."""
    places = (f"{PurePath(each.filename).name}:{each.lineno}" for each in traceback.extract_tb(fault.__traceback__))
    line = f"{datetime.now():%Y-%m-%d %H:%M} {action} {sys.platform} {type(fault).__name__} {' '.join(places)}\n"
    with path.open("a", encoding="utf-8") as log:
        log.write(line)
