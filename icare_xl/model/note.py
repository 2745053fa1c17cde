"""What iCARE writes about a rejected row, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from icare_xl.model.text import Text


@dataclass(frozen=True, slots=True)
class Message:
    """One complaint inside a note: the field ids it names, iCARE's category, and its two texts as written.

    The rest is ours, None where nobody has explained it: the reason in a word or two, what it means, what to do, and
    the field ids to look at where it names none.
    """

    fields: tuple[str, ...]
    category: str | None
    text: Text
    meaning: Text | None = None
    fix: Text | None = None
    reason: Text | None = None
    look_at: tuple[str, ...] = ()

    @property
    def explained(self) -> bool:
        return bool(self.meaning or self.fix or self.reason)


@dataclass(frozen=True, slots=True)
class RejectionNote:
    """What iCARE wrote about one rejected row: `[BUID:upload,RID:record,ORP:position/total,DTS:stamped]…`."""

    upload_id: str
    record_id: str
    position: int
    total: int
    stamped: datetime | None
    messages: tuple[Message, ...]
    raw: str
