"""What the buttons of the menus tell and ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from icare_xl.check.causes import REGISTRY as CAUSE_OF
from icare_xl.check.error_list import Checked, Listing
from icare_xl.check.sentences import rows_checked
from icare_xl.model.counting import ERRORS, ROWS, WARNINGS, counted
from icare_xl.model.text import Text

# The titles of dialogs, and the names of new workbooks and their sheets.
WHICH_FOLDER = Text("Choose the folder with the month’s files", "Choisissez le dossier des fichiers du mois")
WHICH_ORIGINAL = Text("Choose the file as it was sent to iCARE", "Choisissez le fichier tel qu’il a été envoyé à iEDEC")
WHICH_SAVED = Text("Choose the file that was saved for upload", "Choisissez le fichier enregistré pour être téléversé")
WHICH_OLDER = Text("Choose a workbook of the older edition", "Choisissez un classeur de l’ancienne édition")
KEPT_NAME = Text("rejected_rows.xlsx", "lignes_rejetees.xlsx")
CHANGES_NAME = Text("differences.xlsx", "differences.xlsx")
CHANGES = Text("Differences", "Différences")
_FILES = Text("{n} file checked", "{n} fichier vérifié"), Text("{n} files checked", "{n} fichiers vérifiés")


def folder_checked(found: Listing, unsaved: Iterable[Text]) -> Iterator[Text]:
    """The total, what limits it, what only shows beside other files, and a line a file, the one with most errors first."""
    yield _total(found.checked)
    yield from unsaved
    yield from (_by_name(path, fault) for path, fault in found.left_out.items())
    for each in found.checked:
        among = (cause for cause in each.report.diagnoses if CAUSE_OF[cause.code].among_sheets)
        yield from (_of_file(each, cause.told) for cause in among)
    for each in sorted(found.checked, key=lambda each: -each.report.errors):
        yield _of_file(each, rows_checked(len(each.sheet.rows), each.report))


def _total(checked: Iterable[Checked]) -> Text:
    """`5 files checked: 2 errors, 1 warning.`"""
    reports = [each.report for each in checked]
    if not reports:
        return Text("No file of this folder could be checked.", "Aucun fichier de ce dossier n’a pu être vérifié.")
    words = {
        "files": counted(len(reports), _FILES),
        "errors": counted(sum(each.errors for each in reports), ERRORS),
        "warnings": counted(sum(each.warnings for each in reports), WARNINGS),
    }
    return Text("{files}: {errors}, {warnings}.", "{files} : {errors}, {warnings}.").format(**words)


def _by_name(path: Path, fault: Text) -> Text:
    """A sentence about a file of the folder that the person has just chosen."""
    return Text(*(each.replace(str(path), path.name) for each in (fault.en, fault.fr)))


def _of_file(each: Checked, told: Text) -> Text:
    """`jan.xlsx · 12 rows checked: nothing to correct.`"""
    return Text("{file} · {told}", "{file} · {told}").format(file=each.file.name, told=told)


def read_as_saved(path: Path) -> Text:
    return Text(
        "“{file}” is open with changes that are not saved. It was checked as it was last saved.",
        "« {file} » est ouvert, avec des modifications non enregistrées. Il a été vérifié tel qu’il a été enregistré la "
        "dernière fois.",
    ).format(file=path.name)


PAGE_OPENED = Text(
    "The list has just opened in your browser. It holds clients’ data and stays on this computer for a week, or until Forget "
    "changes.",
    "La liste vient de s’ouvrir dans votre navigateur. Elle contient des données de clients et reste une semaine sur cet "
    "ordinateur, ou jusqu’à Oublier les modifications.",
)


def rows_kept(kept: int, total: int, original: Path) -> Text:
    return Text(
        "A new workbook holds what came back: {rows} of the {total} in “{file}”. That file is as it was.",
        "Un nouveau classeur contient ce qui a été rejeté : {rows} sur les {total} de « {file} ». Ce fichier est "
        "resté tel quel.",
    ).format(rows=counted(kept, ROWS), total=total, file=original.name)


HOW_TO_EXPLAIN = (
    Text(
        "Each row is a message of iCARE. Write what it means under “meaning_en” and what to do under “fix_en”; the columns with "
        "“fr” are for French, and one language is enough.",
        "Chaque ligne est un message d’iEDEC. Inscrivez ce qu’il signifie sous « meaning_fr » et ce qu’il faut faire sous "
        "« fix_fr »; les colonnes avec « en » sont pour l’anglais, et une seule langue suffit.",
    ),
    Text(
        "Read notes adds each new message to this file by itself.",
        "Lire les notes ajoute de lui-même chaque nouveau message à ce fichier.",
    ),
)
MAY_COMPARE_BUILT_IN = Text(
    "Compare this template with the built-in edition? With No, you choose a workbook to compare it with.",
    "Comparer ce modèle avec l’édition intégrée? Avec Non, vous choisissez un classeur avec lequel le comparer.",
)
ALL_LISTED = Text(
    "All differences are listed in the workbook that has just opened.",
    "Toutes les différences sont énumérées dans le classeur qui vient de s’ouvrir.",
)
