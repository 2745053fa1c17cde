"""Why the command line cannot do what it was asked."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoWorkbooks(IcareError):
    says = Text(
        "The folder “{path}” holds no .xlsx workbook; choose the folder with the month’s files.",
        "Le dossier « {path} » ne contient aucun classeur .xlsx; choisissez le dossier des fichiers du mois.",
    )


class NoSuchCell(IcareError):
    says = Text(
        "“{cell}” is no cell; name it by column and row, such as D5.",
        "« {cell} » n’est pas une cellule; nommez-la par sa colonne et sa ligne, comme D5.",
    )
