"""Why a workbook cannot be read or written."""

from __future__ import annotations

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


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


class NotAsPromised(IcareError):
    says = Text(
        "The written file differs from what was promised ({reason}), so it was removed; nothing was saved. "
        "Keep the workbook and report this to the people who maintain icare-xl.",
        "Le fichier écrit diffère de ce qui était promis ({reason}); il a été retiré et rien n’a été "
        "enregistré. Gardez le classeur et signalez le problème aux responsables d’icare-xl.",
    )
