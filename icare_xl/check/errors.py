"""Why nothing can be checked."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoWorkbooks(IcareError):
    says = Text(
        "The folder “{path}” holds no .xlsx workbook; choose the folder with the month’s files.",
        "Le dossier « {path} » ne contient aucun classeur .xlsx; choisissez le dossier des fichiers du mois.",
    )
