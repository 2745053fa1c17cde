"""Why a rejected file cannot be used."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoNotes(IcareError):
    says = Text(
        "“{path}” holds no note from iCARE in column A; choose the rejected file as it was downloaded.",
        "« {path} » ne contient aucune note d’iEDEC dans la colonne A; choisissez le fichier rejeté tel qu’il a été "
        "téléchargé.",
    )


class DifferentServices(IcareError):
    says = Text(
        "The two files are for different services, so nothing was compared; choose the same file before and after "
        "its corrections.",
        "Les deux fichiers concernent des services différents, rien n’a donc été comparé; choisissez un même fichier avant et "
        "après ses corrections.",
    )


class NotItsOriginal(IcareError):
    says = Text(
        "Rows {rows} of “{path}” were not found in the other file, so nothing was written; choose the file that was "
        "uploaded when these rows were rejected.",
        "Les lignes {rows} de « {path} » sont introuvables dans l’autre fichier, rien n’a donc été écrit; choisissez le "
        "fichier qui avait été téléversé quand ces lignes ont été rejetées.",
    )
