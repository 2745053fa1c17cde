"""The memory of what was saved for upload and what came back, so that no row is sent to iCARE twice.

`open_ledger(where, by)` gives a `Ledger`. To save: `prints` of the sheet, `history().seen(prints)` for what to tell,
then `claim` with the finished file's SHA-256 just before it takes its place, and `complete` (or `withdraw`) after.
"""

from __future__ import annotations

from pathlib import Path

from icare_xl.upload.ledger.acceptances import Acceptances
from icare_xl.upload.ledger.book import Ledger, Repaired
from icare_xl.upload.ledger.errors import NoDatabaseSupport
from icare_xl.upload.ledger.events import STATUSES, Claim, Particulars, Returned, Saved, Status, StatusSet
from icare_xl.upload.ledger.fingerprints import Prints
from icare_xl.upload.ledger.history import RESENT_ON_PURPOSE, History, Seen, Standing, Submission
from icare_xl.upload.ledger.returned import take_back

__all__ = [
    "RESENT_ON_PURPOSE", "STATUSES", "Acceptances", "Claim", "History", "Ledger", "Particulars", "Prints", "Repaired", "Returned",
    "Saved", "Seen", "Standing", "Status", "StatusSet", "Submission", "open_ledger", "take_back",
]  # fmt: skip


def open_ledger(where: str | Path, by: str) -> Ledger:
    """The ledger in a folder, or in a database where `where` is a URL. `by` is the person at work."""
    if "://" in str(where):
        try:
            from icare_xl.upload.ledger.database import DatabaseStore
        except ImportError as fault:
            raise NoDatabaseSupport() from fault
        return Ledger(DatabaseStore(str(where)), by)
    from icare_xl.upload.ledger.folder import FolderStore

    return Ledger(FolderStore(Path(where)), by)
