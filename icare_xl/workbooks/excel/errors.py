"""Why Excel, or a workbook open in it, cannot be worked with now."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


class NoExcel(IcareError):
    exit_code = 3
    says = Text(
        "No running Excel was found; open the workbook in Excel and press the button there.",
        "Excel n’est pas ouvert; ouvrez le classeur dans Excel et appuyez-y sur le bouton.",
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
        "Excel did not take every value, and it is not certain what these cells of the sheet “{name}” hold now: "
        "{cells}. Press Undo, then look at each of them.",
        "Excel n’a pas accepté toutes les valeurs, et il n’est pas certain de ce que contiennent maintenant ces cellules de "
        "la feuille « {name} » : {cells}. Appuyez sur Annuler, puis regardez chacune d’elles.",
    )


class NotInFront(IcareError):
    says = Text(
        "Another sheet or workbook came to the front in the meantime; go back to the sheet “{name}” and press the "
        "button again.",
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


class OnlineFile(IcareError):
    says = Text(
        "“{name}” is a file on the web; save a copy of it on this computer, then press the button again and choose that copy.",
        "« {name} » est un fichier sur le Web; enregistrez-en une copie sur cet ordinateur, puis appuyez de nouveau sur le "
        "bouton et choisissez cette copie.",
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


class NotOpen(IcareError):
    says = Text(
        "“{name}” is not open. Open it, then press the button again.",
        "« {name} » n’est pas ouvert. Ouvrez-le, puis appuyez de nouveau sur le bouton.",
    )
