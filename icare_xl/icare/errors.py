"""Why a workbook or a name is none of iCARE's."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoIcareSheet(IcareError):
    says = Text(
        "“{path}” has no iCARE upload sheet (title in row 1, column codes in row 2); choose another file.",
        "« {path} » ne contient aucune feuille de téléversement iEDEC (titre à la ligne 1, codes des colonnes à la "
        "ligne 2); choisissez un autre fichier.",
    )


class SeveralIcareSheets(IcareError):
    says = Text(
        "“{path}” has several iCARE sheets ({names}); keep one of them in each file.",
        "« {path} » contient plusieurs feuilles iEDEC ({names}); n’en gardez qu’une par fichier.",
    )


class NoneOfThemInFront(SeveralIcareSheets):
    says = Text(
        "“{path}” has several iCARE sheets ({names}); click the tab of the one that is meant, then press the button again.",
        "« {path} » contient plusieurs feuilles iEDEC ({names}); cliquez sur l’onglet de celle qui est visée, puis appuyez "
        "de nouveau sur le bouton.",
    )


class ColumnsUnknown(IcareError):
    says = Text(
        "Row 2 of “{sheet}” does not hold the column codes, so nobody can tell which column is which; put the row "
        "back from the original template.",
        "La ligne 2 de « {sheet} » ne contient pas les codes des colonnes, impossible donc de reconnaître "
        "celles-ci; rétablissez-la d’après le modèle d’origine.",
    )


class NoSuchSheet(IcareError):
    says = Text(
        "“{path}” has no sheet named “{name}”; choose one of {names}.",
        "« {path} » ne contient pas de feuille nommée « {name} »; choisissez parmi {names}.",
    )


class BadMessages(IcareError):
    says = Text(
        "Your own catalogue of messages in “{path}” cannot be used ({reason}), so only the built-in one was; correct the "
        "file or remove it.",
        "Votre propre catalogue de messages dans « {path} » est inutilisable ({reason}) : seul le catalogue intégré a "
        "servi; corrigez le fichier ou retirez-le.",
    )


class NoSuchService(IcareError):
    says = Text(
        "There is no built-in template “{name}”; choose one of {names}.",
        "Il n’existe pas de modèle intégré « {name} »; choisissez parmi {names}.",
    )
