"""The head of the sheet: without its hidden ids nothing below it means anything to iCARE."""

from __future__ import annotations

from collections.abc import Iterator

from icare_xl.check.causes.cause import Case, Scene, cause
from icare_xl.check.rules.structure import words_of_lost_ids


@cause(
    "CA01",
    origin="template",
    en="Row 2, where the hidden field ids belong, {became}; {checked}.",
    fr="La ligne 2, réservée aux identifiants de champ masqués, {became}; {checked}.",
    do_en="{put_back}.",
    do_fr="{put_back}.",
    why_fr="Sans ses identifiants masqués, aucune colonne n’a de sens pour iEDEC; tout le reste peut être juste.",
    good=[{"rows": {4: {}}}],
    bad=[{"rows": {4: {}}, "row 2": "empty", "about": []}],
)
def row_2_lost(scene: Scene) -> Iterator[Case]:
    """Without its hidden ids no column means anything to iCARE, even where all else is right."""
    if lost := scene.sheet.layout.lost:
        yield Case(words=words_of_lost_ids(scene.sheet, lost), explains=lambda finding: finding.rule == "IC016")
