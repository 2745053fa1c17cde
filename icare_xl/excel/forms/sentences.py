"""What forms say, and what is said of them."""

from __future__ import annotations

from icare_xl.excel.forms.form import Kind
from icare_xl.model.counting import NOT_RECORDED, RECORDED, counted
from icare_xl.model.text import Text

HOW_TO = Text(
    "Fill in the framed cells, then press Record in the tab iCARE. You need not save this workbook.",
    "Remplissez les cellules encadrées, puis appuyez sur Inscrire dans l’onglet iEDEC. Ce classeur n’a pas à être enregistré.",
)
NOTHING_NEW = Text(
    "Nothing was filled in or changed since, so there was nothing to record.",
    "Rien n’a été rempli ni modifié depuis; il n’y avait donc rien à inscrire.",
)


def recorded(done: int, wrong: int) -> Text:
    """`3 rows recorded. 1 row not recorded; why is said beside each and here.`"""
    if not done and not wrong:
        return NOTHING_NEW
    words = {"done": counted(done, RECORDED), "wrong": counted(wrong, NOT_RECORDED)}
    if not wrong:
        return Text("{done}.", "{done}.").format(**words)
    return Text(
        "{done}. {wrong}; why is said beside each and here.",
        "{done}. {wrong}; la raison figure à côté de chaque ligne et ici.",
    ).format(**words)


def row_wrong(row: int, why: Text) -> Text:
    return Text("Row {row}: {why}", "Ligne {row} : {why}").format(row=row, why=why)


def opened(kind: Kind) -> Text:
    """In the status bar."""
    return Text("{title}: {how}", "{title} : {how}").format(title=kind.title, how=HOW_TO)
