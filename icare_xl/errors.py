"""Faults of the machine or of a file that cannot be used at all; never bad data. Each is one sentence to read."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, ClassVar

from icare_xl.model import Text


class IcareError(Exception):
    """The base of all; `text` says what happened and what to do, in both languages."""

    says: ClassVar[Text]
    exit_code: ClassVar[int] = 2  # of the command; the add-in has a text of its own for some

    def __init__(self, **words: object) -> None:
        self.text = self.says.format(**words)
        super().__init__(self.text.en)


class NoSuchFile(IcareError):
    says = Text(
        "There is no file “{path}”; check the name and the folder.",
        "Le fichier « {path} » n’existe pas; vérifiez le nom et le dossier.",
    )


class CannotRead(IcareError):
    says = Text(
        "“{path}” cannot be read ({reason}); close it in other programs or copy it to your computer, then try again.",
        "Impossible de lire « {path} » ({reason}); fermez-le dans les autres programmes ou copiez-le sur "
        "votre ordinateur, puis réessayez.",
    )


class NotAWorkbook(IcareError):
    says = Text(
        "“{path}” is not an Excel workbook; choose the .xlsx file of the upload sheet.",
        "« {path} » n’est pas un classeur Excel; choisissez le fichier .xlsx de la feuille à téléverser.",
    )


class EncryptedWorkbook(IcareError):
    says = Text(
        "“{path}” is protected by a password; open it in Excel, remove the password and save it.",
        "« {path} » est protégé par un mot de passe; ouvrez-le dans Excel, retirez le mot de passe et enregistrez-le.",
    )


class OldWorkbook(IcareError):
    says = Text(
        "“{path}” is in an old Excel format; open it in Excel and save it as “Excel Workbook (.xlsx)”.",
        "« {path} » est dans un ancien format d’Excel; ouvrez-le dans Excel et enregistrez-le "
        "sous « Classeur Excel (.xlsx) ».",
    )


class MacroWorkbook(IcareError):
    says = Text(
        "“{path}” holds macros; open it in Excel and save it as “Excel Workbook (.xlsx)” first.",
        "« {path} » contient des macros; ouvrez-le dans Excel et enregistrez-le d’abord sous « Classeur Excel (.xlsx) ».",
    )


class DamagedWorkbook(IcareError):
    says = Text(
        "“{path}” is damaged ({reason}); open it in Excel, let Excel repair it and save it under a new name.",
        "« {path} » est endommagé ({reason}); ouvrez-le dans Excel, laissez Excel le réparer "
        "et enregistrez-le sous un nouveau nom.",
    )


class UnusualWorkbook(IcareError):
    says = Text(
        "“{path}” is stored in an unusual way ({reason}); open it in Excel and save it once, then try again.",
        "« {path} » est stocké d’une façon inhabituelle ({reason}); ouvrez-le dans Excel et enregistrez-le "
        "une fois, puis réessayez.",
    )


class RowsAreTied(IcareError):
    says = Text(
        "The rows of “{path}” hold formulas, merged cells, comments or links, which cannot move with them; replace formulas "
        "by their values, remove the rest and try again.",
        "Les lignes de « {path} » contiennent des formules, des cellules fusionnées, des commentaires ou des liens, qui ne "
        "peuvent les suivre; remplacez les formules par leurs valeurs, retirez le reste et réessayez.",
    )


class WorkbookTooLarge(IcareError):
    says = Text(
        "“{path}” is too large to open safely ({megabytes} MB unpacked); "
        "delete the empty rows and columns below and beside the data and save it.",
        "« {path} » est trop volumineux pour être ouvert sans risque ({megabytes} Mo décompressés); "
        "supprimez les lignes et les colonnes vides sous les données et à côté, puis enregistrez-le.",
    )


class NoIcareSheet(IcareError):
    says = Text(
        "“{path}” has no iCARE upload sheet (title in row 1, field ids in row 2); choose another file.",
        "« {path} » ne contient aucune feuille de téléversement iEDEC (titre à la ligne 1, identifiants "
        "des champs à la ligne 2); choisissez un autre fichier.",
    )


class SeveralIcareSheets(IcareError):
    says = Text(
        "“{path}” has several iCARE sheets ({names}); bring one of them to the front, or name it with --sheet.",
        "« {path} » contient plusieurs feuilles iEDEC ({names}); affichez l’une d’elles, ou nommez-la avec --sheet.",
    )


class NoSuchSheet(IcareError):
    says = Text(
        "“{path}” has no sheet named “{name}”; choose one of {names}.",
        "« {path} » ne contient pas de feuille nommée « {name} »; choisissez parmi {names}.",
    )


class NoWorkbooks(IcareError):
    says = Text(
        "The folder “{path}” holds no .xlsx workbook; choose the folder with the month’s files.",
        "Le dossier « {path} » ne contient aucun classeur .xlsx; choisissez le dossier des fichiers du mois.",
    )


class OutputIsInput(IcareError):
    says = Text(
        "“{path}” is the workbook itself, which is never overwritten; give the result another name.",
        "« {path} » est le classeur lui-même, qui n’est jamais écrasé; donnez un autre nom au résultat.",
    )


class AlreadyThere(IcareError):
    says = Text(
        "“{path}” is there already and is not overwritten; give the new workbook another name.",
        "« {path} » existe déjà et n’est pas écrasé; donnez un autre nom au nouveau classeur.",
    )


class OutputNotXlsx(IcareError):
    says = Text(
        "The name “{path}” must end in .xlsx; give the result a name with that ending.",
        "Le nom « {path} » doit se terminer par .xlsx; donnez au résultat un nom qui porte cette extension.",
    )


class OutputNotList(IcareError):
    says = Text(
        "The name “{path}” must end in .xlsx or .html; give the list a name with one of these endings.",
        "Le nom « {path} » doit se terminer par .xlsx ou .html; donnez à la liste un nom qui porte une de ces extensions.",
    )


class NoNotes(IcareError):
    says = Text(
        "“{path}” holds no note from iCARE in column A; choose the rejected file as it was downloaded.",
        "« {path} » ne contient aucune note d’iEDEC dans la colonne A; choisissez le fichier rejeté tel qu’il a été "
        "téléchargé.",
    )


class DifferentServices(IcareError):
    says = Text(
        "The two files are for different services, so nothing was compared; choose one file before and after its corrections.",
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


class CannotWrite(IcareError):
    says = Text(
        "“{path}” cannot be written ({reason}); nothing was changed. Close it if it is open, or choose another folder.",
        "Impossible d’écrire « {path} » ({reason}); rien n’a été modifié. Fermez-le s’il est ouvert, ou "
        "choisissez un autre dossier.",
    )


class NotAsPromised(IcareError):
    says = Text(
        "The written file differs from what was promised ({reason}), so it was removed; nothing was saved. "
        "Keep the workbook and report this to the people who maintain icare-xl.",
        "Le fichier écrit diffère de ce qui était promis ({reason}); il a été retiré et rien n’a été "
        "enregistré. Gardez le classeur et signalez le problème aux responsables d’icare-xl.",
    )


class NoCertificate(IcareError):
    says = Text(
        "There is no certificate beside “{path}”, so nothing is known of it; choose a file that icare-xl saved for upload.",
        "Il n’y a pas d’attestation à côté de « {path} », on n’en sait donc rien; choisissez un fichier qu’icare-xl a "
        "enregistré pour le téléversement.",
    )


class BadSettings(IcareError):
    says = Text(
        "The settings in “{path}” cannot be used ({value}); correct the file or remove it.",
        "Les réglages de « {path} » sont inutilisables ({value}); corrigez le fichier ou retirez-le.",
    )


class BadSetting(IcareError):
    says = Text(
        "In the settings of “{path}”, {key} cannot be “{value}”; give {allowed}.",
        "Dans les réglages de « {path} », {key} ne peut être « {value} »; indiquez {allowed}.",
    )


class NoSuchSetting(IcareError):
    says = Text(
        "There is no setting “{key}” in “{path}”; choose one of {names}.",
        "Il n’existe pas de réglage « {key} » dans « {path} »; choisissez parmi {names}.",
    )


class NoAgencyFile(IcareError):
    says = Text(
        "The agency’s settings are kept in the folder of its ledger, and this ledger is in a database; set it in your "
        "own file.",
        "Les réglages de l’organisme se trouvent dans le dossier de son registre, et ce registre est dans une base de "
        "données; inscrivez-le dans votre propre fichier.",
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


class NoSuchButton(IcareError):
    says = Text(
        "There is no button “{name}”; choose one of {names}.",
        "Il n’existe pas de bouton « {name} »; choisissez parmi {names}.",
    )


class NoExcel(IcareError):
    exit_code = 3
    says = Text(
        "No running Excel was found; open the workbook in Excel and press the button there.",
        "Excel n’est pas ouvert; ouvrez le classeur dans Excel et appuyez sur le bouton à cet endroit.",
    )


class NoWorkbook(IcareError):
    says = Text(
        "No workbook is open; open the workbook with the upload sheet, then press the button again.",
        "Aucun classeur n’est ouvert; ouvrez celui de la feuille à téléverser, puis appuyez de nouveau sur le bouton.",
    )


class ProtectedView(IcareError):
    says = Text(
        "The workbook is open in Protected View; choose “Enable Editing” in the yellow bar, then press the button again.",
        "Le classeur est ouvert en mode protégé; choisissez « Activer la modification » dans la barre jaune, "
        "puis appuyez de nouveau sur le bouton.",
    )


class CellBeingEdited(IcareError):
    exit_code = 4
    says = Text(
        "A cell is being edited; press Enter or Esc in Excel (or close the box that is open there), then press the button "
        "again.",
        "Une cellule est en cours de modification; appuyez sur Entrée ou Échap dans Excel (ou fermez la boîte qui y est "
        "ouverte), puis de nouveau sur le bouton.",
    )


class ChartInFront(IcareError):
    says = Text(
        "“{name}” is a chart; choose the sheet with the rows, then press the button again.",
        "« {name} » est un graphique; choisissez la feuille qui contient les lignes, puis appuyez de nouveau "
        "sur le bouton.",
    )


class ProtectedSheet(IcareError):
    says = Text(
        "The sheet “{name}” is protected, so Excel lets nothing in it be marked or changed; choose Review, "
        "Unprotect Sheet, then press the button again.",
        "La feuille « {name} » est protégée, Excel n’y laisse donc rien marquer ni modifier; choisissez "
        "Révision, Ôter la protection de la feuille, puis appuyez de nouveau sur le bouton.",
    )


class MarkedAsFinal(IcareError):
    says = Text(
        "“{name}” is marked as final, so Excel lets nothing in it be marked or changed; choose “Edit Anyway” in the yellow "
        "bar, then press the button again.",
        "« {name} » est marqué comme final, Excel n’y laisse donc rien marquer ni modifier; choisissez « Modifier quand "
        "même » dans la barre jaune, puis appuyez de nouveau sur le bouton.",
    )


class SheetChanged(IcareError):
    says = Text(
        "The sheet “{name}” was changed while this button was at work, so nothing was written; press it again.",
        "La feuille « {name} » a été modifiée pendant que ce bouton travaillait, rien n’y a donc été écrit; appuyez de "
        "nouveau dessus.",
    )


class MergedCells(IcareError):
    says = Text(
        "Merged cells cover {cells} in the sheet “{name}”, so nothing was written; select them, choose Home, Unmerge Cells, "
        "then press the button again.",
        "Des cellules fusionnées recouvrent {cells} dans la feuille « {name} », rien n’a donc été écrit; sélectionnez-les, "
        "choisissez Accueil, Annuler Fusionner cellules, puis appuyez de nouveau sur le bouton.",
    )


class ArrayCells(IcareError):
    says = Text(
        "One formula fills {cells} in the sheet “{name}” together with other cells, so nothing was written; replace the "
        "formula by its values, then press the button again.",
        "Une même formule remplit {cells} et d’autres cellules dans la feuille « {name} », rien n’a donc été écrit; "
        "remplacez la formule par ses valeurs, puis appuyez de nouveau sur le bouton.",
    )


class NotTaken(IcareError):
    says = Text(
        "Excel did not take every value, so those that stood there were put back: all cells of the sheet “{name}” are as "
        "they were. Press the button again; if this message comes back, show it to the person who installed icare-xl.",
        "Excel n’a pas accepté toutes les valeurs; celles qui s’y trouvaient ont donc été remises : toutes les cellules de "
        "la feuille « {name} » sont comme avant. Appuyez de nouveau sur le bouton; si ce message revient, montrez-le à la "
        "personne qui a installé icare-xl.",
    )


class LeftOtherwise(IcareError):
    says = Text(
        "Excel did not take every value, and it is not certain what these cells of the sheet “{name}” hold now: {cells}. "
        "Press Undo, then look at each of them.",
        "Excel n’a pas accepté toutes les valeurs, et il n’est pas certain de ce que contiennent maintenant ces cellules de "
        "la feuille « {name} » : {cells}. Appuyez sur Annuler, puis regardez chacune d’elles.",
    )


class NotInFront(IcareError):
    says = Text(
        "Another sheet or workbook came to the front meanwhile; go back to the sheet “{name}” and press the button again.",
        "Une autre feuille ou un autre classeur est passé au premier plan entre-temps; revenez à la feuille « {name} » et "
        "appuyez de nouveau sur le bouton.",
    )


class NameInUse(IcareError):
    says = Text(
        "Another workbook named “{name}” is open, and Excel opens no two of the same name; close that one, then press the "
        "button again.",
        "Un autre classeur nommé « {name} » est ouvert, et Excel n’en ouvre pas deux du même nom; fermez-le, puis appuyez "
        "de nouveau sur le bouton.",
    )


class OnlineFolder(IcareError):
    says = Text(
        "“{name}” is a place on the web; press the button again and choose a folder of this computer.",
        "« {name} » est un emplacement sur le Web; appuyez de nouveau sur le bouton et choisissez un dossier de cet "
        "ordinateur.",
    )


class SharedWorkbook(IcareError):
    says = Text(
        "“{name}” is a shared workbook, in which Excel allows no marks; choose Review, Unshare Workbook, "
        "then press the button again.",
        "« {name} » est un classeur partagé, où Excel ne permet aucune marque; choisissez Révision, Annuler le "
        "partage du classeur, puis appuyez de nouveau sur le bouton.",
    )


class NeverSaved(IcareError):
    says = Text(
        "“{name}” was never saved; save it in a folder on this computer, then press the button again.",
        "« {name} » n’a jamais été enregistré; enregistrez-le dans un dossier de cet ordinateur, puis appuyez de "
        "nouveau sur le bouton.",
    )


class SheetTooLarge(IcareError):
    says = Text(
        "Excel counts {rows} rows and {columns} columns in “{name}”; delete the empty rows and columns below and beside "
        "the data, save the workbook and press the button again.",
        "Excel compte {rows} lignes et {columns} colonnes dans « {name} »; supprimez les lignes et les colonnes "
        "vides sous les données et à côté, enregistrez le classeur et appuyez de nouveau sur le bouton.",
    )


class NeedsWindows(IcareError):
    says = Text(
        "The buttons need Excel for Windows; on this computer, the icare-xl commands do everything without Excel.",
        "Les boutons exigent Excel pour Windows; sur cet ordinateur, les commandes icare-xl font tout sans Excel.",
    )


class StorePython(IcareError):
    says = Text(
        "A Python from the Microsoft Store cannot put files where Excel finds them; install Python from python.org, "
        "then icare-xl with it, and try again.",
        "Un Python du Microsoft Store ne peut pas placer de fichiers là où Excel les trouve; installez Python depuis "
        "python.org, puis icare-xl avec lui, et réessayez.",
    )


class ExcelIsOpen(IcareError):
    says = Text(
        "Excel is open and would undo the change when it closes; close all its windows (or end it in Task Manager "
        "where none is shown), then try again.",
        "Excel est ouvert et annulerait le changement à sa fermeture; fermez toutes ses fenêtres (ou mettez-y fin "
        "dans le Gestionnaire des tâches si aucune n’est visible), puis réessayez.",
    )


class OnlyInPart(IcareError):
    says = Text(
        "Windows allowed only a part of the changes ({reason}); run the same command again, and ask your IT support "
        "where that does not help.",
        "Windows n’a permis qu’une partie des changements ({reason}); relancez la même commande et, si cela ne "
        "suffit pas, adressez-vous à votre soutien informatique.",
    )


class NoSuchLedger(IcareError):
    says = Text(
        "The ledger “{path}” cannot be reached; check the name and that the drive is connected, then try again.",
        "Le registre « {path} » est inaccessible; vérifiez le nom et la connexion du lecteur, puis réessayez.",
    )


class NoLedgerKey(IcareError):
    says = Text(
        "The key of the ledger “{path}” cannot be read, so no row can be compared; put the file keys/first.key back "
        "from a copy.",
        "La clé du registre « {path} » est illisible, aucune ligne ne peut donc être comparée; remettez en place "
        "une copie du fichier keys/first.key.",
    )


class NoDatabaseSupport(IcareError):
    says = Text(
        "A ledger in a database needs more than is installed; run pip install “icare-xl[database]”, then try again.",
        "Un registre dans une base de données exige d’autres modules; lancez pip install « icare-xl[database] », puis "
        "réessayez.",
    )


class CannotUseDatabase(IcareError):
    says = Text(
        "The ledger in the database {where} cannot be used ({reason}); check its address and that the server runs, "
        "then try again.",
        "Le registre de la base de données {where} est inutilisable ({reason}); vérifiez son adresse et si le serveur "
        "fonctionne, puis réessayez.",
    )


class NoSuchSubmission(IcareError):
    says = Text(
        "{count} saved files have an id that starts with “{id}”; icare-xl ledger list shows the ids of a month.",
        "{count} fichiers enregistrés ont un identifiant qui commence par « {id} »; icare-xl ledger list montre ceux "
        "d’un mois.",
    )


class MoreRowsThanSaved(IcareError):
    says = Text(
        "“{file}” was saved with {rows} rows, fewer than the {count} you named; nothing was recorded. Compare with iCARE.",
        "« {file} » a été enregistré avec {rows} lignes, moins que les {count} indiquées; rien n’a été noté. Comparez avec "
        "iEDEC.",
    )


class AlreadySent(IcareError):
    """`sent`: place of a row (from 0) -> the submission that it was in."""

    says = Text(
        "Nothing was saved: {by} saved {count} of these rows for upload in “{file}” on {day}. "
        "Sending them again would create duplicates in iCARE.",
        "Rien n’a été enregistré : {by} a déjà enregistré {count} de ces lignes dans « {file} » le {day}. "
        "Les envoyer de nouveau créerait des doublons dans iEDEC.",
    )

    def __init__(self, sent: Mapping[int, Any]) -> None:
        self.sent = sent
        saved = next(iter(sent.values())).saved
        same = sum(each.saved.id == saved.id for each in sent.values())
        super().__init__(by=saved.by, count=same, file=saved.about.file, day=f"{saved.when:%Y-%m-%d}")


class OurFault(IcareError):
    says = Text(
        "Something went wrong on our side ({where}); nothing was changed. "
        "Report this to the people who maintain icare-xl.",
        "Une erreur s’est produite de notre côté ({where}); rien n’a été modifié. "
        "Signalez-la aux responsables d’icare-xl.",
    )

    @classmethod
    def of(cls, fault: Exception) -> OurFault:
        return cls(where=place_of(fault))


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


def place_of(fault: Exception) -> str:
    """The kind of a fault and its place in the code, never its text, which may hold a client's data."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}, {PurePath(last.filename).name}:{last.lineno}"


def text_of(fault: Exception) -> Text:
    """The sentence to read about anything that went wrong."""
    if isinstance(fault, IcareError):
        return fault.text
    if isinstance(fault, OSError) and fault.filename:
        return CannotRead(path=fault.filename, reason=fault.strerror).text
    return OurFault.of(fault).text
