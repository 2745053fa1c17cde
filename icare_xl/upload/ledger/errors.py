"""Why a ledger cannot be used, or will not take what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from icare_xl.model.errors import IcareError
from icare_xl.model.spoken_dates import spoken_day
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
        "{count} saved files have an id that starts with “{id}”; look it up among the files of the month.",
        "{count} fichiers enregistrés ont un identifiant qui commence par « {id} »; cherchez-le parmi les fichiers du mois.",
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
        "Uploaded in two files, they would be in iCARE twice.",
        "Rien n’a été enregistré : {by} a déjà enregistré {count} de ces lignes dans « {file} » le {day}. "
        "Téléversées dans deux fichiers, elles seraient en double dans iEDEC.",
    )

    def __init__(self, sent: Mapping[int, Any]) -> None:
        self.sent = sent
        saved = next(iter(sent.values())).saved
        same = sum(each.saved.id == saved.id for each in sent.values())
        super().__init__(by=saved.by, count=same, file=saved.about.file, day=spoken_day(saved.when.astimezone()))


class NoLongerWaiting(IcareError):
    """A file was to be replaced, and meanwhile somebody said that it was uploaded."""

    says = Text(
        "Nothing was saved: meanwhile, somebody recorded what became of “{file}”. Save again to see what is left to do.",
        "Rien n’a été enregistré : entre-temps, quelqu’un a inscrit le sort de « {file} ». Enregistrez de nouveau pour "
        "voir ce qu’il reste à faire.",
    )


class InAnotherFile(IcareError):
    """A file that did not count any more was to count again, while another one has its rows or its place."""

    says = Text(
        "“{other}” holds rows of “{file}” or took its place, so nothing was recorded. Say first what became of “{other}”.",
        "« {other} » contient des lignes de « {file} » ou l’a remplacé; rien n’a donc été inscrit. Indiquez d’abord ce "
        "qu’est devenu « {other} ».",
    )
