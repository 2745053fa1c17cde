"""Counted things in the singular or plural of each language."""

from __future__ import annotations

from icare_xl.model.text import Text

ROWS = Text("{n} row", "{n} ligne"), Text("{n} rows", "{n} lignes")
ERRORS = Text("{n} error", "{n} erreur"), Text("{n} errors", "{n} erreurs")
WARNINGS = Text("{n} warning", "{n} avertissement"), Text("{n} warnings", "{n} avertissements")
CELLS = Text("{n} cell", "{n} cellule"), Text("{n} cells", "{n} cellules")
CLIENTS = Text("{n} client", "{n} client"), Text("{n} clients", "{n} clients")
REJECTED = Text("{n} rejected row", "{n} ligne rejetée"), Text("{n} rejected rows", "{n} lignes rejetées")
WAITING = (
    Text("{n} saved and not uploaded yet", "{n} enregistré et pas encore téléversé"),
    Text("{n} saved and not uploaded yet", "{n} enregistrés et pas encore téléversés"),
)
UPLOADED = Text("{n} uploaded", "{n} téléversé"), Text("{n} uploaded", "{n} téléversés")
TURNED_DOWN = Text("{n} row rejected", "{n} ligne rejetée"), Text("{n} rows rejected", "{n} lignes rejetées")
KEPT = Text("{n} row kept", "{n} ligne gardée"), Text("{n} rows kept", "{n} lignes gardées")
PROCESSED = Text("{n} processed", "{n} traité"), Text("{n} processed", "{n} traités")
FINDINGS = Text("{n} finding", "{n} constat"), Text("{n} findings", "{n} constats")
CHANGES = Text("{n} change", "{n} modification"), Text("{n} changes", "{n} modifications")
FILES = Text("{n} file", "{n} fichier"), Text("{n} files", "{n} fichiers")
FILES_CHECKED = Text("{n} file checked", "{n} fichier vérifié"), Text("{n} files checked", "{n} fichiers vérifiés")
REMARKS = Text("{n} remark", "{n} remarque"), Text("{n} remarks", "{n} remarques")
VALUES = Text("{n} value", "{n} valeur"), Text("{n} values", "{n} valeurs")
CORRECTED = (
    Text("{n} cell corrected", "{n} cellule corrigée"),
    Text("{n} cells corrected", "{n} cellules corrigées"),
)
PUT_BACK = Text("{n} cell put back", "{n} cellule rétablie"), Text("{n} cells put back", "{n} cellules rétablies")
MARKED = Text("{n} cell marked", "{n} cellule marquée"), Text("{n} cells marked", "{n} cellules marquées")
LISTED = Text("{n} finding listed", "{n} constat listé"), Text("{n} findings listed", "{n} constats listés")
RECORDED = Text("{n} row recorded", "{n} ligne inscrite"), Text("{n} rows recorded", "{n} lignes inscrites")
NOT_RECORDED = (
    Text("{n} row not recorded", "{n} ligne non inscrite"),
    Text("{n} rows not recorded", "{n} lignes non inscrites"),
)
FOUND_RIGHT = (
    Text("{n} warning was found right before", "{n} avertissement a déjà été jugé exact"),
    Text("{n} warnings were found right before", "{n} avertissements ont déjà été jugés exacts"),
)
CHECKED = Text("{n} row checked", "{n} ligne vérifiée"), Text("{n} rows checked", "{n} lignes vérifiées")


def counted(count: int, forms: tuple[Text, Text]) -> Text:
    """`7 rows`: things in the singular or plural of each language: French counts 0 among the singulars."""
    one, many = forms
    return Text((one if count == 1 else many).en, (one if count < 2 else many).fr).format(n=count)
