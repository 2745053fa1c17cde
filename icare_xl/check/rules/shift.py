"""Rows whose values have slipped into the neighbouring columns: one cause, one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from icare_xl.check.rules.rule import Hit, hits, sheet_rule
from icare_xl.model.columns import Column, Mask
from icare_xl.model.normalise import comparison_key
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import Text

ENOUGH = 3  # values that are wrong here and right next door: more than chance
_GOOD = {
    "service_language_id": "English",
    "service_official_language_id": "English",
    "institution_type_id": "Public library",
}
_SHIFTED = {
    "service_language_id": "M1B5K1", "service_official_language_id": "Dari", "institution_type_id": "English",
    "service_referred_by_id": "Public library", "orientation_service_id": "Family / friends",
}  # fmt: skip


@sheet_rule(
    "IC306",
    row_by_row=True,
    origin="house",
    source="seen in files",
    en="Several values of this row belong one column further to the {side}. Compare the row with the labels "
    "and move the values.",
    fr="Plusieurs valeurs de cette ligne devraient se trouver une colonne plus à {side}. Comparez la ligne avec les "
    "libellés et déplacez les valeurs.",
    why_fr="Une cellule collée ou supprimée avec un décalage déplace toutes les suivantes; les constats sur ces cellules "
    "ont une seule cause.",
    good=[{"rows": {4: _GOOD}}],
    bad=[{"rows": {4: _SHIFTED}}],
)
def row_shifted(sheet: Sheet) -> Iterator[Hit]:
    """A cell pasted or deleted with a shift moves all that follow; the findings on the single cells have one cause."""
    fields = [field for field in sheet.fields() if field.allowed]
    neighbours = [(one, other) for one, other in pairwise(fields) if one.allowed != other.allowed]
    if neighbours:
        left, right = (
            np.sum([_slipped(sheet, here=here, home=home) for home, here in pairs], axis=0)
            for pairs in (neighbours, [(other, one) for one, other in neighbours])
        )
        for side, here, there in ((_LEFT, left, right), (_RIGHT, right, left)):
            yield from hits(sheet, (here >= ENOUGH) & (here > there), fields[0].id, side=side)


_LEFT, _RIGHT = Text("left", "gauche"), Text("right", "droite")


def _slipped(sheet: Sheet, here: Field, home: Field) -> Mask:
    """The rows whose value in one column is in the list of the other column only."""
    own, others = (field.allowed.exact if field.allowed else {} for field in (here, home))
    return sheet.column(here.id, Column).each(
        lambda cell: comparison_key(cell.text) in others and comparison_key(cell.text) not in own
    )
