"""Identifiers that are nobody's or somebody else's: digits lost, examples, slips of the keyboard."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

import numpy as np

from icare_xl.check.causes.cause import Case, Scene, cause, cells_of, down
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTITY, births, row_keys
from icare_xl.model.columns import Column, Dates
from icare_xl.model.normalise import code_key, comparison_key
from icare_xl.model.row_match import rows_by_key
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import quoted

EXPONENT = 99
ROUND = 3  # rows with four zeros at the end; one with five is enough
SEVERAL = 2  # clients with one value: the same example, or one identifier with three birth dates
SHARED_BIRTHS = 3
_OF_CLIENTS = ("IC301", "IC302", "IC303", "IC305", "IC402", "IC405")  # rules that compare clients
MOST_PAIRS = 10  # more are how this sheet’s identifiers are made
SIBLINGS = 2  # twins and triplets have identifiers in a row
CROWD = 60  # clients born on one day: a day that stands for “not known”
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.ASCII | re.IGNORECASE)
_EXAMPLES = {
    "identifier": {"12345678", "1234567890", "123456789", "87654321", "0123456789", "00000000", "11111111", "99999999", "1111111111",
                   "9999999999", "0000000000"},
    "postal": {"a1a1a1", "x0x0x0", "x1x1x1", "z9z9z9", "h0h0h0"},
    "phone": {"9999999999", "5555555555", "1234567890", "0000000000", "1111111111", "1231231234"},
    "email": {"example@example.com", "name@example.com", "test@example.com", "none@example.com", "email@example.com",
              "name@domain.com", "noemail@noemail.com", "user@example.com", "no@email.com"},
}  # fmt: skip
_SAME_TWICE = re.compile(r"([a-z]+)@\1\.\w+", re.ASCII)  # test@test.com
_FILLER = re.compile(r"(?:([x?#*0.-])\1*|n/?a|tbd|unknown|inconnu|none|aucun|test|example|exemple)", re.IGNORECASE)


@cause(
    "CA13",
    en="Excel turned identifiers into numbers such as {value} ({rows}): their last digits are lost.",
    fr="Excel a transformé des identifiants en nombres tels que {value} ({rows}) : leurs derniers chiffres sont "
    "perdus.",
    do_en="Take the identifiers from the documents; the cells no longer hold them in full.",
    do_fr="Reprenez les identifiants dans les documents; les cellules ne les contiennent plus en entier.",
    why_fr="Un fichier CSV ouvert dans Excel affiche les longs numéros en puissance de dix, et une copie de cet "
    "affichage n’a plus "
    "tous les chiffres.",
    good=[{"rows": {4: {IDENTIFIER: "31450000"}}}],
    bad=[{"rows": {4: {IDENTIFIER: "3.14E+07"}, 5: {IDENTIFIER: "31400000"}}, "about": [4, 5]}],
)
def lost_digits(scene: Scene) -> Iterator[Case]:
    """A CSV file opened in Excel shows long numbers as powers of ten, and a copy of what is shown has lost digits."""
    for field in scene.fields("identifier"):
        column = scene.sheet.column(field.id, Column)
        zeros = column.spread(np.array([_lost(cell) for cell in column.distinct], np.int8))
        exponent, rather = zeros == EXPONENT, zeros >= 4
        numbers = column.each(lambda cell: cell.holds is Holds.NUMBER)
        lost = rather if rather.sum() >= ROUND or exponent.any() else numbers & (zeros >= 5)
        if rows := scene.numbers(lost):
            value = column.text(int(np.argmax(lost)))
            yield Case(rows, cells_of(scene.sheet, rows, field.id), {"value": value})


def _lost(cell: Cell) -> int:
    """How many zeros end what may be a rounded identifier; EXPONENT for a power of ten."""
    text = cell.text.strip()
    if cell.holds not in (Holds.TEXT, Holds.NUMBER) or not (text.endswith("0000") or "E" in text.upper()):
        return 0
    if _EXPONENT.fullmatch(text):
        return EXPONENT
    return len(text) - len(text.rstrip("0")) if text.isdecimal() and 8 <= len(text) <= 10 and text.strip("0") else 0


@cause(
    "CA27",
    en="{count} identifiers have 7 or 9 digits ({rows}): Excel probably dropped a zero at the start.",
    fr="{count} identifiants comptent 7 ou 9 chiffres ({rows}) : Excel a probablement supprimé un zéro initial.",
    do_en="Compare one or two with the documents, format the column as Text, and put the zero back.",
    do_fr="Comparez-en un ou deux avec les documents, mettez la colonne au format Texte et remettez le zéro.",
    why_fr="Un numéro qui commence par zéro perd ce zéro dès qu’Excel le prend pour un nombre; iEDEC ne trouve alors "
    "pas le client.",
    good=[{"rows": {4: {IDENTIFIER: "1234567"}}}],
    bad=[{"rows": down(IDENTIFIER, "1234567", 7654321, "2224446"), "about": [4, 5, 6]}],
)
def lost_zeros(scene: Scene) -> Iterator[Case]:
    """A number that starts with zero loses it as soon as Excel takes it for a number; iCARE then does not find the client."""
    found = [
        each for each in scene.of_rules("IC130") if each.value.strip().isdecimal() and len(each.value.strip()) in (7, 9)
    ]
    if len(found) >= ROUND:
        cells = sorted(each.place for each in found if each.place)
        rows = [row for row, _ in cells]
        yield Case(rows, cells, {"count": len(rows)}, rules=("IC130", "IC105"))


@cause(
    "CA16",
    en="{values} is entered for different clients ({rows}): it is an example or a placeholder.",
    fr="{values} est inscrit pour des clients différents ({rows}) : c’est un exemple ou un bouche-trou.",
    do_en="Enter each client’s own value, from the client’s document.",
    do_fr="Entrez la valeur propre à chaque client, d’après son document.",
    why_fr="iEDEC cherche chaque client par ce qui est inscrit; une valeur inventée n’y désigne personne, ou "
    "quelqu’un d’autre.",
    good=[{"rows": down(IDENTIFIER, "12345678", "22345678")}],
    bad=[{"rows": {4: {IDENTIFIER: "12345678"}, 5: {IDENTIFIER: "12345678"}}, "about": [4, 5]},
         {"rows": {4: {IDENTIFIER: "xxxxxxxxx"}, 5: {IDENTIFIER: "xxxxxxxxx"}}, "about": [4, 5]}],
)  # fmt: skip
def example_values(scene: Scene) -> Iterator[Case]:
    """iCARE looks for each client by what is entered; an invented value names nobody, or somebody else."""
    sheet = scene.sheet
    identity = {sheet.layout.columns[id_] for id_ in IDENTITY if sheet.has(id_)}
    for field in scene.fields(*_EXAMPLES):
        column, at = sheet.column(field.id, Column), sheet.layout.columns[field.id]
        told = [number for number in range(len(column.distinct)) if _is_nobodys(sheet, column, number)]
        if told:
            rows = sorted(row for number in told for row in sheet.rows[column.indexes(number)].tolist())
            here, beside = frozenset(rows), identity if at in identity else set()
            values = quoted(column.distinct[number].text for number in told[:3])
            yield Case(
                rows,
                cells_of(sheet, rows, field.id),
                {"values": values},
                explains=lambda finding, at=at, here=here, beside=beside: (  # type: ignore[misc]
                    finding.row in here
                    and (finding.column == at or (finding.column in beside and finding.rule in _OF_CLIENTS))
                ),
            )


def _is_nobodys(sheet: Sheet, column: Column, number: int) -> bool:
    """Whether a distinct value stands for several people, and is a known example or an identifier with three dates of birth."""
    indexes, cell = column.indexes(number), column.distinct[number]
    if cell.blank or len(indexes) < SEVERAL:
        return False
    days = sheet.column(BIRTH_DATE, Dates).days[indexes] if sheet.has(BIRTH_DATE) else indexes
    people = len(np.unique(days))
    shared = column.field.kind == "identifier" and people - (0 in days) >= SHARED_BIRTHS
    return shared or (people >= SEVERAL and _is_example(cell, column.field.kind))


def _is_example(cell: Cell, kind: str) -> bool:
    text = comparison_key(cell.text)
    if kind == "email":
        return text in _EXAMPLES[kind] or bool(_SAME_TWICE.fullmatch(text) or _FILLER.fullmatch(text))
    return code_key(cell.text) in _EXAMPLES[kind] or bool(text and _FILLER.fullmatch(text))


@cause(
    "CA19",
    en="{one} and {other} have the same date of birth and differ by one typing mistake ({rows}): probably one person "
    "typed twice.",
    fr="{one} et {other} ont la même date de naissance et ne diffèrent que d’une faute de frappe ({rows}) : "
    "probablement une seule personne.",
    do_en="Compare both with the document; iCARE rejects the rows of the wrong one.",
    do_fr="Comparez les deux avec le document; iEDEC rejette les lignes de celui qui est erroné.",
    why_fr="Deux chiffres inversés ou un seul chiffre mal tapé font d’une personne deux clients, dont iEDEC ne "
    "connaît qu’un.",
    good=[{"rows": down(IDENTIFIER, "12345678", "12345679", **{BIRTH_DATE: "1978-05-20"})},
          {"rows": {4: {IDENTIFIER: "12345678"}, 5: {IDENTIFIER: "12354678"}}}],
    bad=[{"rows": down(IDENTIFIER, "12345678", "12354678", **{BIRTH_DATE: "1978-05-20"}), "about": [4, 5]}],
)  # fmt: skip
def one_person_typed_twice(scene: Scene) -> Iterator[Case]:
    """Two swapped digits, or one wrong digit, turn one person into two clients, and iCARE knows only one of them."""
    same_day: dict[date, dict[str, None]] = defaultdict(dict)  # in the order of the rows
    for client, day, _ in births(scene.sheet):
        same_day[day][client] = None
    rows_of = None
    for one, other in _pairs(clients for clients in same_day.values() if 1 < len(clients) <= CROWD):
        rows_of = rows_of or rows_by_key({row: key for row, (key,) in row_keys(scene.sheet, IDENTIFIER)})
        rows = [*rows_of[one], *rows_of[other]]
        yield Case(rows, cells_of(scene.sheet, rows, IDENTIFIER), {"one": one.upper(), "other": other.upper()})


def _pairs(groups: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
    """Identifiers one slip apart that have no third beside them: such a family, or a series, is no slip."""
    close = [pair for clients in groups for pair in combinations(clients, 2) if _one_slip(*pair)]
    often = Counter(client for pair in close for client in pair)
    return [pair for pair in close if max(often[client] for client in pair) == 1][:MOST_PAIRS]


def _one_slip(one: str, other: str) -> bool:
    """Whether two neighbouring digits are exchanged or one is another, which is how siblings’ identifiers differ too."""
    if len(one) != len(other) or len(one) < 6:
        return False
    apart = [number for number, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return not (one.isdecimal() and other.isdecimal() and abs(int(one) - int(other)) <= SIBLINGS)
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )
