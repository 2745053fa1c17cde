"""The error list as a form: warnings that a person who looked finds right."""

from __future__ import annotations

import json

from icare_xl.check.engine import check
from icare_xl.check.error_list.listing import Head, Line
from icare_xl.check.sentences import REASON
from icare_xl.excel.forms import layout
from icare_xl.excel.forms.choices import chosen
from icare_xl.excel.forms.errors import NoLongerThere, NoSuchChoice, OnlyWarnings
from icare_xl.excel.forms.form import Column, Entry, Kind, Shown
from icare_xl.excel.private_folder import short
from icare_xl.excel.session import Session
from icare_xl.icare import recognise
from icare_xl.model.text import Text

RIGHT = Column("right", Text("This is right", "C’est exact"), 26, Text(
    "For a warning that you looked at: why it is right. It is not asked again. Then press Record.",
    "Pour un avertissement que vous avez examiné : pourquoi c’est exact. La question ne sera plus posée. "
    "Appuyez ensuite sur Inscrire."))  # fmt: skip
NOT_RECORDED = Column("wrong", Text("Not recorded", "Non inscrit"), 30)


def record(session: Session, entry: Entry) -> Shown | None:
    """Remember that a warning is right. Raises where it is no warning any more, or not of the open workbook."""
    typed = entry.texts[RIGHT.id]
    if not typed:
        return None
    reason = chosen(typed, REASON)
    if reason is None:
        raise NoSuchChoice(column=RIGHT.head, value=typed, choices=Text.joined(REASON.values(), "; "))
    if not entry.key:
        raise OnlyWarnings
    file, name, *same = json.loads(entry.key)
    sheet = recognise.upload_sheet(session.excel.workbook_named(file), name)
    report = check(sheet, session.when, session.settings.without, memory=session.ledger.acceptances())
    found = [each for each in report.findings if [each.cell, each.rule, short(each.value)] == same]
    if not found:
        raise NoLongerThere(cell=same[0], file=file)
    session.ledger.accept(sheet, found[:1], reason, file)
    return {RIGHT.id: REASON[reason]}


def _key(line: Line) -> str:
    """What tells a warning again; of anything else only that it is a row of the list."""
    found = line.found
    warning = found.severity == "warning" and found.cell and not line.accepted
    told = [line.file.name, line.sheet, found.cell, found.rule, short(found.value)] if warning else None
    return layout.key(LIST_FORM.name, json.dumps(told, ensure_ascii=False) if told else "", {RIGHT.id: ""})


LIST_FORM = Kind("list", Text("Findings", "Constats"), (RIGHT,), record, NOT_RECORDED)
HEADS = (
    Head(RIGHT.head, RIGHT.width, lambda line: "", free=True, choices=tuple(REASON.values()), hint=RIGHT.hint),
    Head(NOT_RECORDED.head, NOT_RECORDED.width, lambda line: ""),
    Head(Text(layout.head(LIST_FORM.name, "en"), layout.head(LIST_FORM.name, "fr")), 4, _key, hidden=True),
)
