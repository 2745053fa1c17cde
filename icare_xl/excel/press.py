"""What runs when a button of the ribbon is pressed: the one place in the add-in that catches what goes wrong."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from icare_xl import settings
from icare_xl.check.codes import CODES
from icare_xl.excel.buttons.tab import BUTTONS
from icare_xl.excel.dialog import TITLE
from icare_xl.excel.errors import ExcelRefused, NoSuchButton, OurFaultInExcel
from icare_xl.excel.private_folder import PrivateFolders, tidy
from icare_xl.excel.session import Session
from icare_xl.model.check_date import CheckDate
from icare_xl.model.errors import IcareError, code_location, text_of
from icare_xl.model.text import Language
from icare_xl.workbooks.excel.errors import CellBeingEdited

if TYPE_CHECKING:
    from icare_xl.workbooks.excel import Excel


def press(
    action: str, excel: Excel, language: Language, today: date, keep_language: Callable[[Language], None]
) -> None:
    """Do what a button does. Whatever goes wrong is told in a sentence, in Excel."""
    must_be_a_button(action)
    from platformdirs import user_data_path, user_documents_path

    folder = user_data_path("icare-xl", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    for private in PrivateFolders.below(folder):
        tidy(private)
    try:
        chosen = settings.load(settings.settings_file(), CODES)
        documents, own_messages = out_of_the_cloud(user_documents_path()), settings.own_messages()
        when, button = CheckDate(today, chosen.month), BUTTONS[action]
        session = Session(excel, language, folder, when, chosen, documents, keep_language, own_messages, button.label)
        for problem in chosen.problems:
            session.mention(problem)
        button.does(session)
        if not excel.in_bar:
            excel.give_bar_back()
    except Exception as fault:
        told = _told(fault)
        if isinstance(told, (ExcelRefused, OurFaultInExcel)) or fault.__cause__:
            _log(fault.__cause__ or fault, action, folder / "log.txt")
        excel.tell(text_of(told).to(language), TITLE.to(language))


def _told(fault: Exception) -> Exception:
    """A fault as a person at an open workbook is told of it, of which nobody can say that nothing was changed."""
    from icare_xl.workbooks.excel.faults import code_of, is_busy, is_refusal

    if isinstance(fault, IcareError) or (isinstance(fault, OSError) and fault.filename):
        return fault
    if is_busy(fault):
        return CellBeingEdited()
    if is_refusal(fault):
        return ExcelRefused(code=code_of(fault), where=code_location(fault))
    return OurFaultInExcel(where=code_location(fault))


def out_of_the_cloud(documents: Path) -> Path:
    """Documents, or the person's own folder where OneDrive keeps Documents: Excel gives no folder for a workbook there."""
    clouds = [os.environ.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")]
    return Path.home() if any(cloud and documents.is_relative_to(cloud) for cloud in clouds) else documents


def must_be_a_button(action: str) -> None:
    if action not in BUTTONS:
        raise NoSuchButton(name=action, names=", ".join(BUTTONS))


def _log(fault: BaseException, action: str, path: Path) -> None:
    """Where it went wrong, never with what: the message of a fault may quote a client's data."""
    steps = (f"{PurePath(step.filename).name}:{step.lineno}" for step in traceback.extract_tb(fault.__traceback__))
    line = f"{datetime.now():%Y-%m-%d %H:%M} {action} {sys.platform} {type(fault).__name__} {' '.join(steps)}\n"
    with path.open("a", encoding="utf-8") as log:
        log.write(line)
