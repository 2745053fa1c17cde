"""The head of the sheet: without its hidden ids nothing below it means anything to iCARE."""

from __future__ import annotations

from collections.abc import Iterator

from icare_xl.check.causes.cause import Case, Scene, cause
from icare_xl.check.rules.structure import words_of_lost_ids


@cause(
    "CA01",
    origin="template",
    en="Row 2, where the hidden column codes belong, {became}; {checked}.",
    fr="La ligne 2, réservée aux codes masqués des colonnes, {became}; {checked}.",
    do_en="{put_back}.",
    do_fr="{put_back}.",
    why_fr="Sans les codes masqués de la ligne 2, les colonnes ne veulent rien dire pour iEDEC, même si tout le reste est "
    "juste.",
    good=[{"rows": {4: {}}}],
    bad=[{"rows": {4: {}}, "row 2": "empty", "about": []}],
)
def row_2_lost(scene: Scene) -> Iterator[Case]:
    """Without the hidden codes in row 2, no column means anything to iCARE, even if all else is right."""
    if lost := scene.sheet.layout.lost:
        yield Case(words=words_of_lost_ids(scene.sheet, lost), explains=lambda finding: finding.rule == "IC016")
