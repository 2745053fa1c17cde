"""What boxes said, apart from the step that comes next at their end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from icare_xl.excel import next_steps
from icare_xl.model.text import Text
from tests.stand_in.engine import Alert

STEPS = [text for text in vars(next_steps).values() if isinstance(text, Text)]
ENDS = {end for step in STEPS for end in (step.en, step.fr)}
_UPLOAD = re.compile(r"(Upload|Téléversez) .* \d{4}.* (Status|Statut|Another month…|Un autre mois…)\.")


def is_step(text: str) -> bool:
    """Whether it is what comes next, which names a day after saving."""
    return text in ENDS or bool(_UPLOAD.fullmatch(text))


def said(alerts: Sequence[Alert]) -> str:
    """What the last box said, without the step; nothing where there was no box."""
    if not alerts:
        return ""
    told, _, step = alerts[-1].prompt.rpartition("\n\n")
    return told if is_step(step) else alerts[-1].prompt
