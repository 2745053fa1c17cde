"""Why a form, or a row of it, cannot be recorded."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoForm(IcareError):
    says = Text(
        "The sheet in front is none that can be recorded. Press Status or Settings, fill in the framed cells of the workbook that "
        "opens, then press Record there.",
        "La feuille au premier plan n’est pas de celles qui s’inscrivent. Appuyez sur Statut ou Paramètres, remplissez les cellules "
        "encadrées du classeur qui s’ouvre, puis appuyez sur Inscrire.",
    )


class HeadsChanged(IcareError):
    says = Text(
        "The headings {heads} are missing, so nobody can tell what is below them; nothing was recorded. Put them back, or press "
        "the button again that opened this workbook.",
        "Les en-têtes {heads} manquent; on ne peut donc savoir ce qui figure au-dessous, et rien n’a été inscrit. Rétablissez-les ou "
        "appuyez de nouveau sur le bouton qui a ouvert ce classeur.",
    )


class RowTwice(IcareError):
    says = Text(
        "This row is here more than once, filled in differently. Keep the one that is right, and delete the others.",
        "Cette ligne figure ici plus d’une fois, remplie différemment. Gardez celle qui est exacte et supprimez les autres.",
    )


class NoRow(IcareError):
    says = Text(
        "This row was not here when the workbook opened, so nobody can tell what it belongs to. Fill in the row meant instead.",
        "Cette ligne n’y était pas à l’ouverture du classeur; on ne peut donc savoir à quoi elle se rapporte. Remplissez plutôt la "
        "ligne voulue.",
    )


class NoSuchChoice(IcareError):
    """`column` is its heading."""

    says = Text(
        "{column}: “{value}” is none of the choices. Choose one of {choices}.",
        "{column} : « {value} » ne figure pas parmi les choix. Choisissez l’un de ceux-ci : {choices}.",
    )


class NotAllowed(IcareError):
    says = Text(
        "{column}: “{value}” cannot go here. Enter {allowed}.",
        "{column} : « {value} » ne convient pas. Inscrivez {allowed}.",
    )


class NoCount(IcareError):
    says = Text(
        "{column}: “{value}” is no whole number. Enter how many rows there are, such as 37.",
        "{column} : « {value} » n’est pas un nombre entier. Inscrivez le nombre de lignes, par exemple 37.",
    )


class OnlyWhenProcessed(IcareError):
    says = Text(
        "Rows are counted only once a file is processed. Choose “{processed}” as the new status, or empty both counts.",
        "On ne compte les lignes que d’un fichier traité. Choisissez le nouveau statut « {processed} » ou videz les deux nombres.",
    )


class NotInLedger(IcareError):
    says = Text(
        "This file is not in the ledger that is set now. Press Status again to see the files that are.",
        "Ce fichier ne figure pas au registre choisi maintenant. Appuyez de nouveau sur Statut pour voir ceux qui y figurent.",
    )


class AgencyHasSet(IcareError):
    says = Text(
        "The agency has set this, and that goes before your own. Choose “{agency}” to change it for everybody.",
        "L’organisme l’a choisi, et cela l’emporte sur votre choix. Choisissez « {agency} » pour le modifier pour tout le monde.",
    )


class OnlyForMe(IcareError):
    says = Text(
        "This cannot be set for the whole agency. Choose “{me}”.",
        "Ce paramètre ne peut pas valoir pour tout l’organisme. Choisissez « {me} ».",
    )


class NoFolderChosen(IcareError):
    says = Text(
        "No folder was chosen, so this stays as it was. Press Record again to choose one, or put back what stood here.",
        "Aucun dossier n’a été choisi; rien ne change donc ici. Appuyez de nouveau sur Inscrire pour en choisir un, ou rétablissez ce "
        "qui figurait ici.",
    )


class OnlyWarnings(IcareError):
    says = Text(
        "Only a warning can be right as it is. Correct this cell, or empty the answer.",
        "Seul un avertissement peut être exact tel quel. Corrigez cette cellule ou videz la réponse.",
    )


class NoLongerThere(IcareError):
    says = Text(
        "This warning is no longer in {cell} of “{file}”, which was changed since. Open a new list with Error list.",
        "Cet avertissement n’est plus en {cell} de « {file} », qui a été modifié depuis. Ouvrez une nouvelle liste avec Liste des "
        "erreurs.",
    )
