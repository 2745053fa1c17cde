"""Files of a folder that do not belong together: most of what one names is not in the other."""

from __future__ import annotations

from collections.abc import Iterator

from icare_xl.check.causes.cause import Case, Others, Scene, cause, down
from icare_xl.model.client import IDENTIFIER
from icare_xl.model.text import Text

MANY, MOST = 5, 0.6  # rows, and the share of all that are not in the other file
_PEOPLE = [f"2{n}3{97 - 11 * n}4{n}8{n}"[:8] for n in range(6)]
_MISSING = {
    "IC401": Text(
        "clients that are in no Client Profile", "clients qui ne figurent dans aucun fichier Profil du client"
    ),
    "IC403": Text("courses that no Course Setup has", "cours qu’aucun fichier de création de cours ne contient"),
    "IC404": Text("enrolments that no file has", "inscriptions qu’aucun fichier ne contient"),
}


@cause(
    "CA29",
    en="{count} of {all} rows name {missing} in this folder ({rows}).",
    fr="{count} lignes sur {all} nomment des {missing} de ce dossier ({rows}).",
    do_en="See whether the other file is from another month or office before you look at single rows; what iCARE already "
    "has need not be sent again.",
    do_fr="Vérifiez si l’autre fichier est d’un autre mois ou d’un autre bureau, avant d’examiner chaque ligne; ce "
    "qu’iEDEC a déjà n’est pas à renvoyer.",
    why_fr="Quand presque tous les clients manquent, personne ne les a oubliés un à un : les deux fichiers ne vont "
    "probablement pas ensemble.",
    good=[{"rows": down(IDENTIFIER, *_PEOPLE), "others": [{"service": "client_profile", "rows": down(IDENTIFIER, *_PEOPLE)}]}],
    bad=[{"rows": down(IDENTIFIER, *_PEOPLE), "about": [*range(4, 10)],
          "others": [{"service": "client_profile", "rows": down(IDENTIFIER, "98765432", "87654329")}]}],
)  # fmt: skip
def files_of_two_months(scene: Scene, others: Others) -> Iterator[Case]:
    """Where nearly all clients are missing, nobody forgot them one by one: the two files probably do not belong together."""
    for rule, missing in _MISSING.items():
        found = scene.of_rules(rule)
        rows = sorted({finding.row for finding in found if finding.row is not None})
        if len(rows) >= max(MANY, MOST * len(scene.sheet.rows)):
            words = {"count": len(rows), "all": len(scene.sheet.rows), "missing": missing}
            yield Case(rows, [finding.place for finding in found if finding.place], words, rules=(rule,))
