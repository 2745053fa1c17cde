"""What was corrected in a rejected file, client by client, so that the case management system can be corrected too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from icare_xl.model.client import IDENTIFIER
from icare_xl.model.normalise import collapse_blanks
from icare_xl.model.sheet import Sheet
from icare_xl.rejected import matching
from icare_xl.rejected.errors import DifferentServices


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell that is not what it was. `client` is the identifier that the case management system still has."""

    client: str
    row_before: int
    row_after: int
    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """Sorted by client, then by row; `only_before` and `only_after` are Excel rows that match none of the other file."""

    found: tuple[Correction, ...]
    only_before: tuple[int, ...]
    only_after: tuple[int, ...]

    @property
    def by_client(self) -> Iterator[tuple[str, list[Correction]]]:
        for client, found in groupby(self.found, key=lambda each: each.client):
            yield client, list(found)


def compare(before: Sheet, after: Sheet) -> Corrections:
    """The cells that differ, outer blanks aside, in rows that are the same; column A does not count.

    Raises DifferentServices.
    """
    if len({sheet.template.service for sheet in (before, after)} - {None}) > 1:
        raise DifferentServices
    matches = matching.corrected(before, after)
    old, new = matching.values(before), matching.values(after)
    found = [
        Correction(
            old[one].get(IDENTIFIER, ""),
            one,
            other,
            field.id,
            field.label,
            old[one].get(field.id, ""),
            new[other].get(field.id, ""),
        )
        for one, other in matches.pairs
        for field in after.fields()
        if collapse_blanks(old[one].get(field.id, "")) != collapse_blanks(new[other].get(field.id, ""))
    ]
    found.sort(key=lambda each: (each.client, each.row_before))
    return Corrections(tuple(found), matches.only_before, matches.only_after)
