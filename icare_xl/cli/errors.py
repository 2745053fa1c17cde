"""Why the command line cannot do what it was asked."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoSuchCell(IcareError):
    says = Text(
        "“{cell}” is no cell; name it by column and row, such as D5.",
        "« {cell} » n’est pas une cellule; nommez-la par sa colonne et sa ligne, comme D5.",
    )
