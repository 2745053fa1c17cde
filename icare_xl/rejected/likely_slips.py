"""What may be behind a rejected identity: hints from what the rules know, and from the other rows of the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from icare_xl.check.rules.formats import (
    bare,
    client_id_of_wrong_length,
    identifier_of_another_type,
    separators_in_identifier,
)
from icare_xl.model.addresses import a1
from icare_xl.model.check_date import CheckDate
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE, births, conflicts
from icare_xl.model.dates import two_days
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text, first_few

_TELLING = 6  # signs from which on one more or less is no chance
_ANY_DAY = CheckDate(date.min)  # the rules about identifiers do not ask for it

COUNT = Text(
    "The number of digits in {cell} is {count}, and not 8 or 10: a zero at the start may be missing, or a digit may be "
    "missing or typed twice. Compare it with the document.",
    "Le nombre de chiffres en {cell} est de {count}, et non de 8 ou 10 : il manque peut-être un zéro initial, ou un "
    "chiffre a pu être oublié ou tapé deux fois. Comparez-le avec le document.",
)
LETTERS = Text(
    "The identifier in {cell} has letters or other characters among its digits; an O may stand for 0, an I or l for "
    "1. Compare it with the document.",
    "L’identifiant en {cell} contient des lettres ou d’autres caractères parmi ses chiffres; un O remplace "
    "peut-être un 0, un I ou un l, un 1. Comparez-le avec le document.",
)
OTHER_TYPE = Text(
    "The identifier in {cell} does not look like the type chosen in {other}; one of the two may be wrong. Compare both "
    "with the document.",
    "L’identifiant en {cell} ne ressemble pas au type choisi en {other}; l’un des deux est peut-être erroné. "
    "Comparez les deux avec le document.",
)
SEPARATORS = Text(
    "The identifier in {cell} has dashes or spaces in it; iCARE may expect it without them.",
    "L’identifiant en {cell} contient des tirets ou des espaces; iEDEC l’attend peut-être sans ces signes.",
)
TWO_DAYS = Text(
    "The date of birth in {cell} can be read in two ways, so day and month may have been swapped. Write it as "
    "YYYY-MM-DD, as in the document.",
    "La date de naissance en {cell} peut se lire de deux façons : le jour et le mois ont pu être inversés. "
    "Écrivez-la au format AAAA-MM-JJ, d’après le document.",
)
SWAPPED = Text(
    "Day and month of the date of birth in {cell} are the other way round in {others}, with the same identifier; they "
    "may have been swapped in one of them. Compare with the document.",
    "Le jour et le mois de la date de naissance en {cell} sont inversés en {others}, pour le même identifiant; l’une des "
    "dates est peut-être erronée. Comparez avec le document.",
)
OTHER_BIRTH = Text(
    "The date of birth in {cell} differs from the one in {others}, with the same identifier; one of them may be "
    "wrong. Compare with the document.",
    "La date de naissance en {cell} diffère de celle en {others}, pour le même identifiant; l’une d’elles est "
    "peut-être erronée. Comparez avec le document.",
)
ALMOST = Text(
    "The identifier in {cell} differs by one character from {others}, with the same date of birth; it may be the "
    "same client. Compare both with the document.",
    "L’identifiant en {cell} diffère d’un seul caractère de {others}, pour la même date de naissance; il s’agit "
    "peut-être du même client. Comparez les deux avec le document.",
)


def likely(sheet: Sheet, rows: Collection[int]) -> dict[int, list[Text]]:
    """The hints for each of these rows that has any, with the cells that show it and never what stands in them."""
    found: dict[int, list[Text]] = defaultdict(list)
    if sheet.has(IDENTIFIER):
        for hints in (_from_rules(sheet), _from_dates(sheet), _from_other_rows(sheet)):
            for row, hint in hints:
                if row in rows:
                    found[row].append(hint)
    return dict(found)


def _from_rules(sheet: Sheet) -> Iterator[tuple[int, Text]]:
    hints = (
        (client_id_of_wrong_length, COUNT),
        (identifier_of_another_type, OTHER_TYPE),
        (separators_in_identifier, SEPARATORS),
    )
    for rule, hint in hints:
        for row in (spot.row for spot in rule.find(sheet, _ANY_DAY) if spot.row):
            signs = bare(sheet.grid.at(row, sheet.layout.columns[IDENTIFIER]).text)
            fitting = LETTERS if hint is COUNT and (not signs.isdecimal() or len(signs) in (8, 10)) else hint
            other = _cell(sheet, row, IDENTIFIER_TYPE) if sheet.has(IDENTIFIER_TYPE) else ""
            yield row, fitting.format(cell=_cell(sheet, row, IDENTIFIER), other=other, count=len(signs))


def _from_dates(sheet: Sheet) -> Iterator[tuple[int, Text]]:
    """Dates that can be read two ways, and those of one client that are not the same."""
    if not sheet.has(BIRTH_DATE):
        return
    for row in sheet.rows.tolist():
        if two_days(sheet.grid.at(row, sheet.layout.columns[BIRTH_DATE])):
            yield row, TWO_DAYS.format(cell=_cell(sheet, row, BIRTH_DATE))
    for days in conflicts(births(sheet)):
        for born, rows in days.items():
            swapped = [day for day in days if (day.year, day.month, day.day) == (born.year, born.day, born.month)]
            hint, elsewhere = (SWAPPED, swapped) if swapped and swapped != [born] else (OTHER_BIRTH, [*days])
            others = _cells(sheet, (row for day in elsewhere if day != born for row in days[day]), BIRTH_DATE)
            for row in rows:
                yield row, hint.format(cell=_cell(sheet, row, BIRTH_DATE), others=others)


def _from_other_rows(sheet: Sheet) -> Iterator[tuple[int, Text]]:
    """Identifiers one sign apart (a sign wrong, missing, doubled, or two swapped) with the same date of birth."""
    rows_of: dict[tuple[date, str], list[int]] = defaultdict(list)
    for client, born, row in births(sheet):
        if len(client) >= _TELLING:
            rows_of[born, client].append(row)
    for (born, client), others in _one_sign_apart(rows_of).items():
        cells = _cells(sheet, (row for other in others for row in rows_of[born, other]), IDENTIFIER)
        for row in rows_of[born, client]:
            yield row, ALMOST.format(cell=_cell(sheet, row, IDENTIFIER), others=cells)


def _one_sign_apart(born_and_client: Iterable[tuple[date, str]]) -> dict[tuple[date, str], list[str]]:
    """For each client the others born on the same day whose identifier differs in one sign.

    Two such identifiers are the same text when one sign is left out of the one, the other or both.
    """
    from rapidfuzz.distance import OSA  # heavy; needed where an identity was rejected only

    with_one_out: dict[tuple[date, str], list[str]] = defaultdict(list)
    for born, client in born_and_client:
        for short in _one_left_out(client):
            with_one_out[born, short].append(client)
    return {
        (born, client): others
        for born, client in born_and_client
        for near in ({each for short in _one_left_out(client) for each in with_one_out[born, short]},)
        if (others := sorted(each for each in near if OSA.distance(client, each) == 1))
    }


def _one_left_out(text: str) -> set[str]:
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def _cells(sheet: Sheet, rows: Iterable[int], id_: str) -> str:
    return first_few(_cell(sheet, row, id_) for row in rows)


def _cell(sheet: Sheet, row: int, id_: str) -> str:
    return a1(row, sheet.layout.columns[id_])
