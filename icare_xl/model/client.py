"""Who a row is about: the fields that tell a client, and the one key by which clients are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from icare_xl.model.cells import Cell
from icare_xl.model.columns import Column, Dates
from icare_xl.model.dates import certain_day
from icare_xl.model.normalise import code_key, comparison_key
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field

IDENTIFIER, IDENTIFIER_TYPE, BIRTH_DATE = "client_validation_id", "client_validation_type_id", "client_birth_dt"
IDENTITY = (IDENTIFIER_TYPE, IDENTIFIER, BIRTH_DATE)  # in the order of their columns

Said = TypeVar("Said", bound=Hashable)
Where = TypeVar("Where")


def client_key(identifier: str) -> str:
    """What an identifier is compared by; empty where it has neither letter nor digit, as such a row tells no client.

    Ledgers hold fingerprints of these keys: their form stays as it is.
    """
    return code_key(identifier)


def row_keys(sheet: Sheet, *ids: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and what the values of these fields are compared by, of the rows in which all are filled.

    An identifier is compared as a client, a date by its day, a value of a list as the one that is meant. No rows where
    the sheet lacks one of the fields.
    """
    if sheet.has(*ids):
        columns = (sheet.column(id_, Column).keys(_key_in(sheet.field(id_))) for id_ in ids)
        yield from (
            (row, key) for row, key in zip(sheet.rows.tolist(), zip(*columns, strict=True), strict=True) if all(key)
        )


def _key_in(field: Field) -> Callable[[Cell], str]:
    """What a cell of this field is compared by."""
    if field.id == IDENTIFIER:
        return lambda cell: client_key(cell.text)
    if field.kind == "date":
        return lambda cell: str(certain_day(cell) or comparison_key(cell.text))
    allowed = field.allowed
    return lambda cell: comparison_key((allowed and allowed.meant(cell.text)) or cell.text)


def births(sheet: Sheet) -> Iterator[tuple[str, date, int]]:
    """Key of the client, day of birth and row number, of the rows that tell both without doubt.

    What has no digit, such as `xxxxxxxxx`, stands for many clients.
    """
    days = birth_days(sheet)
    for row, (key,) in row_keys(sheet, IDENTIFIER):
        if days.get(row) and any(map(str.isdigit, key)):
            yield key, date.fromordinal(days[row]), row


def birth_days(sheet: Sheet) -> dict[int, int]:
    """Row number -> day of birth, 0 where it is not certain; nothing where the sheet has no such column."""
    if not sheet.has(BIRTH_DATE):
        return {}
    return dict(zip(sheet.rows.tolist(), sheet.column(BIRTH_DATE, Dates).days.tolist(), strict=True))


def conflicts(told: Iterable[tuple[str, Said, Where]]) -> Iterator[dict[Said, list[Where]]]:
    """For each client of whom rows say different things: what they say -> where, from (key of the client, what, where).

    Clients, what is said of each, and where it is said keep the order in which they were told.
    """
    of_client: dict[str, dict[Said, list[Where]]] = defaultdict(lambda: defaultdict(list))
    for client, said, where in told:
        of_client[client][said].append(where)
    return (each for each in of_client.values() if len(each) > 1)
