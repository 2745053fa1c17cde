"""The stage of the story: an Excel, two people, one shared drive, and a clock that stands where the story says."""

from __future__ import annotations

from pathlib import Path

import pytest

from icare_xl.model.text import Language
from tests.recorded.plain import make_the_same
from tests.stand_in.engine import Excel
from tests.story import months, workbooks
from tests.story.teller import Teller
from tests.support import ROOT

FILES: dict[Language, Path] = {"en": ROOT / "docs/three-months.md", "fr": ROOT / "docs/trois-mois.md"}


def told(excel: Excel, language: Language, folder: Path, patch: pytest.MonkeyPatch) -> Teller:
    """The whole story, played in this Excel."""
    office, own, settings = folder / "office", folder / "own", folder / "settings" / "settings.toml"
    office.mkdir()
    (office / "shared").mkdir()
    patch.setattr("platformdirs.user_data_path", lambda *_, **__: own)
    patch.setattr("platformdirs.user_documents_path", lambda: folder / "documents")
    patch.setattr("icare_xl.settings.settings_file", lambda: settings)
    patch.setattr("icare_xl.settings.default_ledger", lambda: own / "ledger")
    workbooks.write(office)
    make_the_same(patch, "the story")
    folders = {"office": office, "own": own, "settings": settings.parent}
    teller = Teller(excel, language, office, office / "shared" / "ledger", patch, folders)
    try:
        months.tell(teller)
    finally:
        excel.close_all()
    return teller
