"""What comes next, said at the end of each box: it names the button to press, as the ribbon does."""

from __future__ import annotations

from datetime import date

from icare_xl.model.spoken_dates import spoken_day
from icare_xl.model.text import Text

FIRST_FINDING = Text(
    "Next: press Next finding, which goes to the first cell to correct.",
    "Ensuite : appuyez sur Constat suivant, qui mène à la première cellule à corriger.",
)
GO_ON = Text("Next: press Next finding.", "Ensuite : appuyez sur Constat suivant.")
CHECK = Text("Next: press Check sheet.", "Ensuite : appuyez sur Vérifier la feuille.")
CHECK_AGAIN = Text(
    "Next: put this right, then press Check sheet.",
    "Ensuite : corrigez cela, puis appuyez sur Vérifier la feuille.",
)
CORRECT = Text(
    "Next: correct the cell, then press Next finding.",
    "Ensuite : corrigez la cellule, puis appuyez sur Constat suivant.",
)
FILL_IN = Text(
    "Next: fill in the rows, or open the workbook that holds them, then press Check sheet.",
    "Ensuite : remplissez les lignes ou ouvrez le classeur qui les contient, puis appuyez sur Vérifier la feuille.",
)
SAVE = Text("Next: press Save for upload.", "Ensuite : appuyez sur Enregistrer pour téléverser.")
LOOK_THEN_SAVE = Text(
    "Next: look at the yellow cells with Next finding, then press Save for upload.",
    "Ensuite : passez en revue les cellules jaunes avec Constat suivant, puis appuyez sur Enregistrer pour téléverser.",
)
IN_THE_LIST = Text(
    "Next: open the workbooks from the list, correct and save them, then press Check a folder again.",
    "Ensuite : ouvrez les classeurs à partir de la liste, corrigez-les et enregistrez-les, puis appuyez de nouveau sur "
    "Vérifier un dossier.",
)
SAVE_EACH = Text(
    "Next: open each workbook and press Save for upload.",
    "Ensuite : ouvrez chaque classeur et appuyez sur Enregistrer pour téléverser.",
)
OPEN_THESE = Text(
    "Next: put these files right in Excel, then press Check a folder again.",
    "Ensuite : corrigez ces fichiers dans Excel, puis appuyez de nouveau sur Vérifier un dossier.",
)
KEEP = Text(
    "Next: save the new workbook and correct its rows, then press Check sheet.",
    "Ensuite : enregistrez le nouveau classeur et corrigez ses lignes, puis appuyez sur Vérifier la feuille.",
)
EXPLAIN = Text(
    "Next: fill in, save the file under its name and close it; then press Read notes on the rejected file.",
    "Ensuite : remplissez, enregistrez le fichier sous son nom et fermez-le; puis appuyez sur Lire les notes dans le fichier "
    "rejeté.",
)
SAVE_ANEW = Text(
    "Next: open the workbook that it was made from, and press Save for upload.",
    "Ensuite : ouvrez le classeur dont il est tiré, puis appuyez sur Enregistrer pour téléverser.",
)
UPLOAD_ONCE = Text(
    "Next: upload it in iCARE, unless that is done already.",
    "Ensuite : téléversez-le dans iEDEC, sauf si c’est déjà fait.",
)
SAVE_AGAIN = Text(
    "Next: put this right, then press Save for upload again.",
    "Ensuite : corrigez cela, puis appuyez de nouveau sur Enregistrer pour téléverser.",
)
WALK_NOTES = Text(
    "Next: press Next finding, which goes through the cells that the notes are about.",
    "Ensuite : appuyez sur Constat suivant, qui passe d’une cellule visée par les notes à l’autre.",
)
STATUS = Text("Next: press Status.", "Ensuite : appuyez sur Statut.")
SAVE_SEVERAL = Text(
    "Next: press Save for upload, which makes several files of these rows.",
    "Ensuite : appuyez sur Enregistrer pour téléverser, qui répartit ces lignes en plusieurs fichiers.",
)
READ_NOTES = Text("Next: press Read notes.", "Ensuite : appuyez sur Lire les notes.")
STRIP = Text("Next: press Strip notes.", "Ensuite : appuyez sur Retirer les notes.")
CORRECTIONS = Text("Next: press Corrections.", "Ensuite : appuyez sur Corrections.")
CARRY_BACK = Text(
    "Next: carry them into your case management system, then press Save for upload.",
    "Ensuite : reportez-les dans votre système de gestion de cas, puis appuyez sur Enregistrer pour téléverser.",
)
OPEN_REJECTED = Text(
    "Next: open a file that came back from iCARE, and press Read notes.",
    "Ensuite : ouvrez un fichier revenu d’iEDEC, puis appuyez sur Lire les notes.",
)
CHOOSE_CELL = Text(
    "Next: choose a marked cell, or press Next finding.",
    "Ensuite : choisissez une cellule marquée ou appuyez sur Constat suivant.",
)
AS_BEFORE = Text("Next: go on where you were.", "Ensuite : continuez où vous en étiez.")
RECORD_AGAIN = Text(
    "Next: correct the rows that are named, then press Record again.",
    "Ensuite : corrigez les lignes nommées, puis appuyez de nouveau sur Inscrire.",
)
CLOSE_FORM = Text(
    "Next: close this workbook; it need not be saved.",
    "Ensuite : fermez ce classeur; il n’est pas nécessaire de l’enregistrer.",
)
NAME_MONTH = Text(
    "Next: press Another month… again, and write it as 2026-03.",
    "Ensuite : appuyez de nouveau sur Un autre mois… et écrivez-le comme ceci : 2026-03.",
)
_UPLOAD = Text(
    "Upload {what} in iCARE by {day}, then press {button}.",
    "Téléversez {what} dans iEDEC au plus tard le {day}, puis appuyez sur {button}.",
)
_UPLOAD_NOW = Text(
    "Upload {what} in iCARE now, as {day} is over, then press {button}.",
    "Téléversez {what} dans iEDEC dès maintenant, car l’échéance du {day} est passée, puis appuyez sur {button}.",
)


def upload(files: int, deadline: date, today: date, reported: bool) -> Text:
    """Until when to upload what was saved (where the day is over, that it is), and which button shows its month: Status, where
    that is the one being reported.
    """
    what = Text("this file", "ce fichier") if files == 1 else Text(f"these {files} files", f"ces {files} fichiers")
    button = Text("Status", "Statut") if reported else Text("Another month…", "Un autre mois…")
    return (_UPLOAD_NOW if today > deadline else _UPLOAD).format(what=what, day=spoken_day(deadline), button=button)
