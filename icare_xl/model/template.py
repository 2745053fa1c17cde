"""What a template is: its fields in order, and the lists of their values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from icare_xl.model.normalise import comparison_key

Kind = Literal["text", "date", "yes-no", "list", "postal", "phone", "email", "number", "identifier"]
Status = Literal["own", "borrowed", "transcribed"]


@dataclass(frozen=True)
class ListOfValues:
    """The exact texts of a drop-down, and iCARE's id of each, empty where it is not known."""

    values: tuple[str, ...]
    ids: tuple[str, ...]

    @cached_property
    def id_of(self) -> dict[str, str]:
        """Exact text -> id."""
        return dict(zip(self.values, self.ids, strict=True))

    @cached_property
    def exact(self) -> dict[str, str]:
        """A value's `comparison_key` -> its exact text, the first one where several values share a key."""
        return {comparison_key(value): value for value in reversed(self.values)}

    def meant(self, text: str) -> str | None:
        """The text of the list that differs in cosmetics only, or in the number that drag-filling has put behind it."""
        return self.exact.get(comparison_key(text)) or self._dragged(comparison_key(text))

    def _dragged(self, text: str) -> str | None:
        """The value before a number at the end: not where no letter comes before it (`2 0`), nor where that number may
        itself be the value that is meant (`N/A 2` in a list of levels).
        """
        value = text.rstrip("0123456789")
        number = text[len(value) :]
        if not number or number in self.exact or not any(map(str.isalpha, value)):
            return None
        return self.exact.get(value.rstrip(" "))


@dataclass(frozen=True)
class Field:
    """A column of a template. Only `id` identifies it: labels repeat inside a sheet.

    `status` says how far its list can be trusted: `own` from the template itself, `borrowed` from the genuine list of
    the same field in another template, `transcribed` from a list that somebody typed by hand.
    """

    id: str
    label: str
    kind: Kind
    required: bool = False
    allowed: ListOfValues | None = None
    status: Status = "own"


@dataclass(frozen=True)
class Template:
    """The columns of one upload sheet, in order, and where they were read from."""

    service: str | None
    code: str | None
    version: str | None
    locale: str | None
    fields: tuple[Field, ...]
    source: Literal["workbook", "built-in"] | None  # None: nothing describes the sheet but its own rows 2 and 3
    title: str | None = None
    edition: str | None = None  # the built-in edition that this is, or None where nobody has seen it

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(field.id for field in self.fields)

    @property
    def described(self) -> bool:
        """Whether any field is known to be mandatory or to have a list: without that a check finds little."""
        return any(field.required or field.allowed for field in self.fields)
