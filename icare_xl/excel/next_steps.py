"""What comes next, said at the end of each box: it names the button to press, as the ribbon does."""

from __future__ import annotations

from icare_xl.model.text import Text

FIRST_FINDING = Text(
    "Next: press Next finding, which goes to the first cell to correct.",
    "Ensuite : appuyez sur Constat suivant, qui mène à la première cellule à corriger.",
)
GO_ON = Text("Next: press Next finding.", "Ensuite : appuyez sur Constat suivant.")
CHECK = Text("Next: press Check sheet.", "Ensuite : appuyez sur Vérifier la feuille.")
CHECK_AGAIN = Text(
    "Next: put this right, then press Check sheet.",
    "Ensuite : corrigez cela, puis appuyez sur Vérifier la feuille.",
)
CORRECT = Text(
    "Next: correct the cell, then press Next finding.",
    "Ensuite : corrigez la cellule, puis appuyez sur Constat suivant.",
)
FILL_IN = Text(
    "Next: fill in the rows, or open the workbook that holds them, then press Check sheet.",
    "Ensuite : remplissez les lignes ou ouvrez le classeur qui les contient, puis appuyez sur Vérifier la feuille.",
)
SAVE = Text("Next: press Save for upload.", "Ensuite : appuyez sur Enregistrer pour téléverser.")
LOOK_THEN_SAVE = Text(
    "Next: look at the yellow cells with Next finding, then press Save for upload.",
    "Ensuite : passez en revue les cellules jaunes avec Constat suivant, puis appuyez sur Enregistrer pour téléverser.",
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
    "Ensuite : corrigez cela, puis appuyez de nouveau sur Enregistrer pour téléverser.",
)
UPLOAD = Text("Next: upload the file in iCARE.", "Ensuite : téléversez le fichier dans iEDEC.")
READ_NOTES = Text("Next: press Read notes.", "Ensuite : appuyez sur Lire les notes.")
STRIP = Text("Next: press Strip notes.", "Ensuite : appuyez sur Retirer les notes.")
CORRECTIONS = Text(
    "Next: press Corrections, and carry them into your case management system; then Save for upload.",
    "Ensuite : appuyez sur Corrections et reportez-les dans votre système de gestion de cas; puis sur Enregistrer pour "
    "téléverser.",
)
OPEN_REJECTED = Text(
    "Next: open a file that came back from iCARE, and press Read notes.",
    "Ensuite : ouvrez un fichier revenu d’iEDEC, puis appuyez sur Lire les notes.",
)
CHOOSE_CELL = Text(
    "Next: choose a marked cell, or press Next finding.",
    "Ensuite : choisissez une cellule marquée ou appuyez sur Constat suivant.",
)
AS_BEFORE = Text("Next: go on where you were.", "Ensuite : continuez où vous en étiez.")
