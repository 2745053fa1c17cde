"""What cannot be done with a sheet or a file that is to be uploaded."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoWarning(IcareError):
    exit_code = 1
    says = Text(
        "{cell} has no warning that could be accepted; an error has to be corrected.",
        "{cell} n’a aucun avertissement à accepter; une erreur doit être corrigée.",
    )
