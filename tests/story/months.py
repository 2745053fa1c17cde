"""The three months, step by step."""

from __future__ import annotations

from datetime import date

from icare_xl.check.sentences import REASON
from icare_xl.excel.forms.settings_form import LINES, PICK
from icare_xl.excel.forms.status_form import CHOICES
from icare_xl.upload.ledger import Status
from tests.story.teller import Teller

ANA, BEN = "Ana Novak", "Ben Tremblay"
NOT_FOUND = (
    "[1] (Client) Unable to validate against database. / (Client) Impossible de valider dans la base de données."
)


def tell(teller: Teller) -> None:
    opening(teller)
    january(teller)
    what_came_back(teller)
    february(teller)
    march(teller)


def opening(ana: Teller) -> None:
    ana.title("Three months, told", "Trois mois, racontés")
    ana.says(
        "Ana and Ben report for an agency that helps newcomers. Both are invented, and so are all their clients. This is all that "
        "they see: the buttons they press are **bold**, boxes are indented with the button chosen in bold, and what stands at the "
        "bottom of the window is in *italics*. No command was typed.",
        "Ana et Ben déclarent les services d’un organisme qui aide les nouveaux arrivants. Les deux sont inventés, leur clientèle "
        "aussi. Voici tout ce que l’on voit : les boutons sont en **gras**, les boîtes en retrait avec le bouton choisi en gras, "
        "et ce qui s’affiche au bas de la fenêtre en *italique*. Aucune commande n’a été tapée.",
    )
    ana.chapter("The first day", "Le premier jour")
    ana.day(date(2026, 2, 2), ANA)
    ana.says(
        "Ana sets where the two of them remember what was sent, and the province.",
        "Ana règle l’endroit où les deux retiennent ce qui a été envoyé, et la province.",
    )
    ana.presses("settings")
    names = [each.name for each in LINES]
    ana.fills(names.index("ledger"), "value", PICK.to(ana.language))
    ana.fills(names.index("province"), "value", "Ontario")
    ana.presses("record", picks=["shared/ledger"])
    ana.closes_all()


def january(ana: Teller) -> None:
    ana.chapter("January: a correction after saving", "Janvier : une correction après l’enregistrement")
    ana.opens("january_profiles.xlsx")
    ana.presses("check")
    ana.presses("save_for_upload")
    ana.says("She uploads the file.", "Elle téléverse le fichier.")
    status(ana, "pending")

    ana.opens("january.xlsx")
    ana.presses("check")
    ana.presses("next_finding")
    ana.enters("D5", "01234567")
    ana.presses("next_finding")
    ana.presses("explain_cell")
    ana.enters("E6", "1985-03-04")
    ana.presses("next_finding")
    ana.presses("propose")
    ana.presses("next_finding")
    ana.presses("fix_format")
    ana.presses("check")
    for cell, value in (("CP9", "2026-01-20"), ("H11", "English"), ("I12", "English")):
        ana.presses("next_finding")
        ana.enters(cell, value)
    ana.presses("next_finding")
    ana.enters("BU13", "No")
    ana.presses("next_finding")
    ana.says(
        "The child’s care is right: Ana asked, and says so once.",
        "La garde de l’enfant est exacte : Ana s’est informée et le dit une seule fois.",
    )
    ana.presses("explain_cell", "yes", types=[number_of("confirmed-by-client")])
    ana.presses("next_finding")
    ana.enters("CP15", "2026-01-20")
    ana.presses("next_finding")
    ana.presses("save_for_upload")
    ana.later("A second look", "Un second regard")
    ana.says(
        "Before she uploads it, she sees a postal code that is out of date.",
        "Avant de le téléverser, elle voit un code postal qui n’est plus à jour.",
    )
    ana.enters("F7", "K1A0B1")
    ana.presses("check")
    ana.presses("save_for_upload", "no")
    ana.says("She uploads the new file.", "Elle téléverse le nouveau fichier.")
    status(ana, "pending", row=1)


def what_came_back(ana: Teller) -> None:
    ana.chapter("January: what came back", "Janvier : ce qui est revenu")
    ana.day(date(2026, 2, 4), ANA)
    ana.rejects("upload/january_upload.xlsx", {6: NOT_FOUND, 10: NOT_FOUND}, "january_rejected.xlsx")
    ana.says(
        "iCARE has processed the file: ten rows accepted, two rejected. It sends them back.",
        "iEDEC a traité le fichier : dix lignes acceptées, deux rejetées. Il les renvoie.",
    )
    ana.opens("january_rejected.xlsx")
    ana.presses("check")
    ana.presses("read_notes")
    ana.presses("next_finding")
    ana.enters("D4", "10000016")
    ana.presses("next_finding")
    ana.enters("E5", "1967-08-09")
    ana.presses("next_finding")
    ana.presses("strip_notes")
    ana.presses("list_corrections")
    ana.presses("save_for_upload")
    ana.says("She uploads the two rows.", "Elle téléverse les deux lignes.")
    ana.presses("status")
    ana.fills(1, "new", word(ana, "processed"))
    ana.fills(1, "accepted", "10")
    ana.fills(1, "rejected", "2")
    ana.fills(2, "new", word(ana, "pending"))
    ana.presses("record")
    ana.closes_all()


def february(ana: Teller) -> None:
    ana.chapter(
        "February: two who upload, an error, a deletion", "Février : deux personnes, une erreur, une suppression"
    )
    ana.day(date(2026, 3, 2), BEN)
    ana.opens("february.xlsx")
    ana.presses("check")
    ana.presses("save_for_upload")
    ana.says("He uploads it, and is called away.", "Il le téléverse, puis on l’appelle ailleurs.")
    ana.closes_all()
    ana.day(date(2026, 3, 3), ANA)
    ana.says("Ana does not know, and opens the same workbook.", "Ana l’ignore et ouvre le même classeur.")
    ana.opens("february.xlsx")
    ana.presses("save_for_upload", "yes")
    ana.says(
        "She asked Ben before she answered: had she not, the same rows would have been sent twice. The next day iCARE shows an "
        "error for the file: it processed no row.",
        "Elle avait demandé à Ben avant de répondre : sans quoi les mêmes lignes auraient été envoyées deux fois. Le lendemain, "
        "iEDEC affiche une erreur pour ce fichier : aucune ligne n’a été traitée.",
    )
    ana.closes_all()
    ana.day(date(2026, 3, 4), BEN)
    status(ana, "error")
    ana.opens("february.xlsx")
    ana.presses("save_for_upload")
    ana.says("He uploads it – into the wrong account.", "Il le téléverse – dans le mauvais compte.")
    status(ana, "pending", row=1)
    ana.later("The help desk answers", "Le centre d’aide répond")
    ana.says("It deletes the file there.", "Il y supprime le fichier.")
    status(ana, "deleted", row=1)
    ana.opens("february.xlsx")
    ana.presses("save_for_upload")
    ana.says("Now into the right one.", "Cette fois dans le bon.")
    status(ana, "pending", row=2)


def march(ana: Teller) -> None:
    ana.chapter("March: a late month, and more rows than a file may hold",
                "Mars : un mois en retard, et plus de lignes qu’un fichier ne peut en contenir")  # fmt: skip
    ana.day(date(2026, 4, 1), ANA)
    ana.says(
        "Four services of February turn up late. Ana had saved none of them.",
        "Quatre services de février arrivent en retard. Ana n’en avait enregistré aucun.",
    )
    ana.opens("february_late.xlsx")
    ana.presses("check")
    ana.presses("save_for_upload", "yes")
    ana.says("She uploads it.", "Elle le téléverse.")
    ana.closes_all()
    ana.presses("month_other", types=["2026-02"])
    ana.fills(3, "new", word(ana, "pending"))
    ana.presses("record")
    ana.closes_all()
    ana.opens("march_profiles.xlsx")
    ana.presses("check")
    ana.presses("save_for_upload", "yes")
    ana.says("She uploads both files.", "Elle téléverse les deux fichiers.")
    ana.presses("status")
    for row in (0, 1):
        ana.fills(row, "new", word(ana, "pending"))
    ana.presses("record")
    ana.closes_all()


def status(ana: Teller, new: Status, row: int = 0) -> None:
    """What iCARE shows for a file of the month is recorded."""
    ana.presses("status")
    ana.fills(row, "new", word(ana, new))
    ana.presses("record")
    ana.closes_all()


def word(ana: Teller, status: Status) -> str:
    return CHOICES[status].to(ana.language)


def number_of(reason: str) -> str:
    return str([*REASON].index(reason) + 1)  # type: ignore[arg-type]
