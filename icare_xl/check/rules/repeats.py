"""Rows compared with each other: the same row twice, one client with two birth dates."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from icare_xl.check.rules.rule import Hit, sheet_rule
from icare_xl.model.cells import Cell
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE, births, conflicts, row_keys
from icare_xl.model.columns import Column, Dates
from icare_xl.model.normalise import comparison_key
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import first_few


@sheet_rule(
    "IC301",
    origin="documented",
    source="DUP-01",
    en="Every cell of this row is the same as in row {first}. Delete one of the two rows.",
    fr="Chaque cellule de cette ligne est identique à celle de la ligne {first}. Supprimez l’une des deux lignes.",
    why_fr="iEDEC créerait l’enregistrement deux fois, et quelqu’un devrait en supprimer un à la main.",
    good=[
        {
            "rows": {
                4: {IDENTIFIER: "12345678", "postal_cd": "M1B5K1"},
                5: {IDENTIFIER: "12345678", "postal_cd": "M1B5K2"},
            }
        },
        {"rows": {4: {IDENTIFIER: ""}, 5: {IDENTIFIER: ""}}},
        {"rows": {4: {BIRTH_DATE: "03/04/1985"}, 5: {BIRTH_DATE: "1985-04-03", IDENTIFIER: "10000001"}}},
    ],
    bad=[
        {
            "rows": {
                4: {IDENTIFIER: "12345678", "postal_cd": "M1B5K1"},
                7: {IDENTIFIER: "12345678", "postal_cd": "M1B5K1 "},
            }
        },
        {"rows": {4: {BIRTH_DATE: "1985-04-13"}, 5: {BIRTH_DATE: date(1985, 4, 13)}, 6: {BIRTH_DATE: "13/04/1985"}}},
    ],
)
def same_row_twice(sheet: Sheet) -> Iterator[Hit]:
    """iCARE would create the record twice, and somebody would have to delete it by hand."""
    for row, first in repeated_rows(sheet).items():
        at = IDENTIFIER if sheet.has(IDENTIFIER) else next(sheet.fields()).id
        yield Hit(row, at, words={"first": first})


def repeated_rows(sheet: Sheet) -> dict[int, int]:
    """Each row that says the same as an earlier one, cosmetics aside, and the number of that one.

    Rows without an identifier may be of two clients.
    """
    alike = _alike(sheet.grid.cells)
    columns = [_compared(sheet, each, alike) for each in sheet.fields()]
    if not columns:
        return {}
    told = {row for row, _ in row_keys(sheet, IDENTIFIER)} if sheet.has(IDENTIFIER) else set(sheet.rows.tolist())
    rows = np.column_stack(columns)
    first_of: dict[bytes, int] = {}
    first = {row: first_of.setdefault(rows[index].tobytes(), row) for index, row in enumerate(sheet.rows.tolist())}
    return {row: earlier for row, earlier in first.items() if row != earlier and row in told}


def _compared(sheet: Sheet, field: Field, alike: NDArray[np.int32]) -> NDArray[np.int32]:
    """A number for what each row says in a column: a date says its day, in whatever form."""
    said: NDArray[np.int32] = alike[sheet.column(field.id, Column).codes]
    return np.where((days := sheet.column(field.id, Dates).days) > 0, -days, said) if field.kind == "date" else said


def _alike(cells: list[Cell]) -> NDArray[np.int32]:
    """For each distinct value the number of its group: values that differ only in cosmetics share one; blank is 0."""
    group: dict[str, int] = {"": 0}
    return np.array([group.setdefault(comparison_key(cell.text), len(group)) for cell in cells], np.int32)


@sheet_rule(
    "IC302",
    origin="house",
    source="IDN-06",
    en="This client has another date of birth elsewhere in this sheet: {others}. Compare both with the immigration "
    "document and correct the wrong one.",
    fr="Ce client a une autre date de naissance ailleurs dans cette feuille : {others}. Comparez les deux avec le "
    "document d’immigration et corrigez celle qui est erronée.",
    why_fr="iEDEC compare l’identifiant et la date de naissance ensemble; l’une des lignes serait donc rejetée.",
    good=[{"rows": {4: {IDENTIFIER: "12345678", BIRTH_DATE: "1978-05-20"}, 5: {IDENTIFIER: "1234-5678", BIRTH_DATE: "1978/5/20"},
                    6: {IDENTIFIER: "12345679", BIRTH_DATE: "1979-01-01"}}},
          {"rows": {4: {IDENTIFIER: "xxxxxxxxx", BIRTH_DATE: "1978-05-20"}, 5: {IDENTIFIER: "xxxxxxxxx", BIRTH_DATE: "1978-05-21"}}}],
    bad=[{"rows": {4: {IDENTIFIER: "12345678", BIRTH_DATE: "1978-05-20"}, 5: {IDENTIFIER: "12345678", BIRTH_DATE: "1978-05-21"}}}],
)  # fmt: skip
def one_client_two_birth_dates(sheet: Sheet) -> Iterator[Hit]:
    """iCARE matches identifier and date of birth together, so one of the rows would be rejected."""
    yield from _conflicts(sheet, BIRTH_DATE, births(sheet))


@sheet_rule(
    "IC303",
    origin="house",
    source="IDN-06",
    en="This identifier has another type elsewhere in this sheet: {others}. Compare both with the immigration document "
    "and correct the wrong one.",
    fr="Cet identifiant a un autre type ailleurs dans cette feuille : {others}. Comparez les deux avec le document "
    "d’immigration et corrigez celui qui est erroné.",
    why_fr="Un numéro appartient à un seul document.",
    good=[{"rows": {4: {IDENTIFIER: "12345678", IDENTIFIER_TYPE: "FOSS/GCMS Client ID"},
                    5: {IDENTIFIER: "12345678", IDENTIFIER_TYPE: "FOSS/GCMS Client ID 2"}}}],
    bad=[{"rows": {4: {IDENTIFIER: "12345678", IDENTIFIER_TYPE: "FOSS/GCMS Client ID"},
                   5: {IDENTIFIER: "12345678", IDENTIFIER_TYPE: "IMM5292, IMM5509, IMM1000 Number"}}}],
)  # fmt: skip
def one_client_two_types(sheet: Sheet) -> Iterator[Hit]:
    """A number belongs to one document."""
    types = ((client, type_, row) for row, (client, type_) in row_keys(sheet, IDENTIFIER, IDENTIFIER_TYPE))
    yield from _conflicts(sheet, IDENTIFIER_TYPE, types)


def _conflicts(sheet: Sheet, at: str, told: Iterable[tuple[str, Hashable, int]]) -> Iterator[Hit]:
    """The rows of each client whose values in `at` are not all the same, and the first of each other value."""
    for said in conflicts(told):
        for value, rows in said.items():
            firsts = (some[0] for other, some in said.items() if other != value)
            others = first_few(sheet.grid.at(row, sheet.layout.columns[at]).text for row in firsts)
            yield from (Hit(row, at, words={"others": others}) for row in rows)
