"""The base of all errors, those of the machine that any part may meet, and what a person reads of anything that went wrong."""

from __future__ import annotations

import traceback
from pathlib import PurePath
from typing import ClassVar

from icare_xl.model.text import Text


class IcareError(Exception):
    """The base of all; `text` says what happened and what to do, in both languages."""

    says: ClassVar[Text]
    exit_code: ClassVar[int] = 2  # of the command; the add-in has a text of its own for some

    def __init__(self, **words: object) -> None:
        self.text = self.says.format(**words)
        super().__init__(self.text.en)


class NoSuchFile(IcareError):
    says = Text(
        "There is no file “{path}”; check the name and the folder.",
        "Le fichier « {path} » n’existe pas; vérifiez le nom et le dossier.",
    )


class NoSuchFileButNear(IcareError):
    says = Text(
        "There is no file “{path}”; perhaps {near} is meant.",
        "Le fichier « {path} » n’existe pas; peut-être s’agit-il de {near}.",
    )


class AFolder(IcareError):
    says = Text(
        "“{path}” is a folder; name the workbook in it.",
        "« {path} » est un dossier; nommez le classeur qui s’y trouve.",
    )


class NotAllowed(IcareError):
    says = Text(
        "“{path}” may not be read by you; close it in other programs, or ask its owner.",
        "Vous ne pouvez pas lire « {path} »; fermez-le dans les autres programmes ou adressez-vous à son propriétaire.",
    )


class CannotRead(IcareError):
    says = Text(
        "“{path}” cannot be read ({reason}); close it in other programs or copy it to your computer, then try again.",
        "Impossible de lire « {path} » ({reason}); fermez-le dans les autres logiciels ou copiez-le sur votre "
        "ordinateur, puis réessayez.",
    )


class CannotWrite(IcareError):
    says = Text(
        "“{path}” cannot be written ({reason}); nothing was changed. Close it if it is open, or choose another folder.",
        "Impossible d’écrire « {path} » ({reason}); rien n’a été modifié. Fermez-le s’il est ouvert, ou "
        "choisissez un autre dossier.",
    )


class OurFault(IcareError):
    says = Text(
        "Something went wrong on our side ({where}); nothing was changed. "
        "Report this to the people who maintain icare-xl.",
        "Une erreur s’est produite de notre côté ({where}); rien n’a été modifié. "
        "Signalez-la aux responsables d’icare-xl.",
    )

    @classmethod
    def of(cls, fault: Exception) -> OurFault:
        return cls(where=code_location(fault))


def code_location(fault: Exception) -> str:
    """The kind of a fault and its place in the code, never its text, which may hold a client's data."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}, {PurePath(last.filename).name}:{last.lineno}"


def text_of(fault: Exception) -> Text:
    """The sentence to read about anything that went wrong."""
    if isinstance(fault, IcareError):
        return fault.text
    if isinstance(fault, OSError) and fault.filename:
        return CannotRead(path=fault.filename, reason=fault.strerror).text
    return OurFault.of(fault).text
