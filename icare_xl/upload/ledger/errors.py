"""Why a ledger cannot be used, or will not take what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from icare_xl.model.errors import IcareError
from icare_xl.model.text import Text


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


class NoSuchAcceptance(IcareError):
    says = Text(
        "{count} accepted warnings have an id that starts with “{id}”; give more of it, or another.",
        "{count} avertissements acceptés ont un identifiant qui commence par « {id} »; donnez-en plus, ou un autre.",
    )


class MoreRowsThanSaved(IcareError):
    says = Text(
        "“{file}” was saved with {rows} rows, fewer than the {count} you named; nothing was recorded. Compare with iCARE.",
        "« {file} » a été enregistré avec {rows} lignes, moins que les {count} indiquées; rien n’a été noté. Comparez avec "
        "iEDEC.",
    )


class AlreadySent(IcareError):
    """`sent`: index of a row -> the submission that it was in."""

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
