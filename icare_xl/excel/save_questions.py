"""What saving for upload asks the person at Excel, one question after another."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any

from icare_xl.excel import sentences as say
from icare_xl.excel.dialog import Dialog
from icare_xl.model.sheet import MOST_ROWS, Sheet
from icare_xl.upload import guards, saving, waiting
from icare_xl.upload.guards import Objection
from icare_xl.upload.saving import Outcome, SaveOptions
from icare_xl.workbooks.file import FileHost


def save(dialog: Dialog, host: FileHost, sheet: Sheet, options: SaveOptions) -> Outcome:
    """Save, and where that is refused with a question, ask it and save so. No question is asked twice; what nobody agrees to
    stays refused.
    """
    outcome, asked = saving.save(host, sheet, options), set[str]()
    while (refused := outcome.refused) and refused.code not in asked:
        answered = _answered(dialog, outcome, refused, options)
        if answered is None:
            break
        asked.add(refused.code)
        recorded, options = outcome.recorded, answered
        outcome = saving.save(host, sheet, options)
        outcome = replace(outcome, recorded=(*recorded, *outcome.recorded))
        options = _saying(options, uploaded=False)  # of the files that were asked about, not of later ones
    return outcome


def _answered(dialog: Dialog, outcome: Outcome, refused: Objection, options: SaveOptions) -> SaveOptions | None:
    """How to save after the answer; None where the person would rather not, or nothing can be asked."""
    match refused.code:
        case guards.TOO_MANY if outcome.rows > MOST_ROWS:
            agreed = dialog.ask(say.may_split(outcome.rows, ceil(outcome.rows / MOST_ROWS)))
            return replace(options, split=True) if agreed else None
        case waiting.ALREADY_SAVED:
            uploaded = dialog.ask(refused.says, say.NOT_UPLOADED)
            return _saying(options, uploaded=uploaded, replace=not uploaded)
        case guards.ROWS_SENT if new := outcome.rows - len(refused.rows or range(outcome.rows)):
            agreed = dialog.ask(say.may_save_new(len(refused.rows), new))
            return _saying(options, only_new=True) if agreed else None
        case guards.OTHER_MONTH:
            agreed = dialog.ask(refused.says, say.SAVED_AS_REPORTED)
            return _saying(options, month=refused.month if agreed else options.request.reporting)
        case guards.NOT_CONFIRMED if dialog.ask(say.may_save(outcome.objections)):
            return _saying(options, confirmed=True)
    return None


def _saying(options: SaveOptions, **said: Any) -> SaveOptions:
    return replace(options, request=replace(options.request, **said))
