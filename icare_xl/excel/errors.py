"""Why a button cannot do its work, or be installed."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoSuchButton(IcareError):
    says = Text(
        "There is no button “{name}”; choose one of {names}.",
        "Il n’existe pas de bouton « {name} »; choisissez parmi {names}.",
    )


class TheOneInFront(IcareError):
    says = Text(
        "“{name}” is the workbook in front of you; press the button again and choose another file.",
        "« {name} » est le classeur que vous avez devant vous; appuyez de nouveau sur le bouton et choisissez un autre "
        "fichier.",
    )


class NeedsWindows(IcareError):
    says = Text(
        "The buttons need Excel for Windows; on this computer, the icare-xl commands do everything without Excel.",
        "Les boutons ne fonctionnent que dans Excel pour Windows; sur cet ordinateur, les commandes icare-xl font "
        "tout sans Excel.",
    )


class StorePython(IcareError):
    says = Text(
        "A Python from the Microsoft Store cannot put files where Excel finds them; install Python from python.org, "
        "then icare-xl with it, and try again.",
        "Un Python du Microsoft Store ne peut pas placer de fichiers là où Excel les trouve; installez Python à "
        "partir de python.org, puis icare-xl avec ce Python, et réessayez.",
    )


class ExcelIsOpen(IcareError):
    says = Text(
        "Excel is open and would undo the change when it closes; close all its windows (or end it in Task Manager "
        "where none is shown), then try again.",
        "Excel est ouvert et annulerait le changement à sa fermeture; fermez toutes ses fenêtres (ou arrêtez-le "
        "dans le Gestionnaire des tâches si aucune n’est visible), puis réessayez.",
    )


class OnlyInPart(IcareError):
    says = Text(
        "Windows allowed only part of the changes ({reason}); run the same command again, and if that does not "
        "help, ask your IT support.",
        "Windows n’a permis qu’une partie des changements ({reason}); relancez la même commande et, si cela ne "
        "suffit pas, adressez-vous à votre soutien informatique.",
    )


class OurFaultInExcel(IcareError):
    says = Text(
        "Something went wrong on our side ({where}). Press Undo to take back what the button changed in the sheet, and "
        "report this to the people who maintain icare-xl.",
        "Une erreur s’est produite de notre côté ({where}). Appuyez sur Annuler pour rétablir ce que le bouton a modifié "
        "dans la feuille, et signalez-la aux responsables d’icare-xl.",
    )


class ExcelRefused(IcareError):
    says = Text(
        "Excel refused a step of this button (code {code}, {where}). Press Undo to take back what it changed in the sheet; "
        "if this message comes back, show it to the person who installed icare-xl.",
        "Excel a refusé une étape de ce bouton (code {code}, {where}). Appuyez sur Annuler pour rétablir ce qu’il a modifié "
        "dans la feuille; si ce message revient, montrez-le à la personne qui a installé icare-xl.",
    )
