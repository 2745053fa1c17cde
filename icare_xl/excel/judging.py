"""Whether a warning is right as it stands: asked of a person who looks at it, and taken back when they say so."""

from __future__ import annotations

from collections.abc import Sequence

from icare_xl.check.sentences import REASON
from icare_xl.excel import next_steps as then
from icare_xl.excel import sentences as say
from icare_xl.excel.session import Session
from icare_xl.model.finding import Acceptance, Finding
from icare_xl.model.text import Text


def ask_whether_right(session: Session, told: Sequence[Text], brief: Sequence[Text], found: Sequence[Finding]) -> None:
    """Of the warnings of a cell, below what there is to say of them; without a reason nothing is remembered."""
    if not session.ask_in_full(told, brief, say.IS_IT_RIGHT):
        return
    reasons = {text.to(session.language): reason for reason, text in REASON.items()}
    answer = session.choose(say.WHY_RIGHT, list(reasons))
    if answer in reasons:
        session.accept(found, reasons[answer])
        session.tell(say.FOUND_RIGHT, then=then.GO_ON)
    elif answer:
        session.tell(say.none_of_them(answer), then=then.CORRECT)


def ask_whether_to_say_again(session: Session, accepted: Sequence[tuple[Finding, Acceptance]]) -> None:
    """Of the warnings of a cell that were found right."""
    told = [say.right_before(*each) for each in accepted]
    if session.ask_in_full(told, told, say.SAY_IT_AGAIN):
        for _, acceptance in accepted:
            session.revoke(acceptance)
        session.tell(say.SAID_AGAIN, then=then.GO_ON)
