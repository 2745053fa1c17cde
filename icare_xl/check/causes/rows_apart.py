"""Rows among the data that are no client's: the labels again, a total, a remark; and rows that were pasted twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from icare_xl.check.causes.cause import RUNS, Case, Scene, cause
from icare_xl.check.rules.repeats import repeated_rows
from icare_xl.icare import notes
from icare_xl.model.addresses import runs
from icare_xl.model.cells import Cell
from icare_xl.model.client import IDENTIFIER
from icare_xl.model.columns import Column, Mask
from icare_xl.model.counting import ROWS, counted
from icare_xl.model.sheet import Sheet

LABELS = 3  # in one row: fewer may be values that read like a label
TOTALS = 20  # rows that may be totals: more of them with few cells are how this sheet is
FEW, MANY = 2, 6  # filled cells of a row that is hardly a client's, where most rows have many
TWICE = 3  # rows: fewer are told one by one
_TOTAL = re.compile(
    r"(?:(?:grand[ -]?|sub-?|sous-)?(?:totals?|totaux|somme|sum|count|nombre)\b|\d+ (?:clients?|rows?|records?|lignes?)\b)",
    re.IGNORECASE,
)
_HEADS = {
    IDENTIFIER: "Unique Identifier Value",
    "start_dttm": "Start Date of Service (YYYY-MM-DD)",
    "service_referred_by_id": "Referred By",
}
_SIX: dict[int, dict[str, object]] = {4 + number: {} for number in range(6)}


def _each(sheet: Sheet, ask: Callable[[Cell], bool]) -> NDArray[np.intp]:
    """How many cells of each row hold a value of which this is true; it is asked once of each distinct value."""
    answers = np.fromiter(map(ask, sheet.grid.cells), np.bool_, len(sheet.grid.cells))
    if not answers.any():
        return np.zeros(len(sheet.rows), np.intp)
    found = [answers[sheet.column(each.id, Column).codes] for each in sheet.fields()]
    return np.sum(found, axis=0) if found else np.zeros(len(sheet.rows), np.intp)


def _remarks(sheet: Sheet) -> dict[int, str]:
    """What stands in column A, iCARE's notes aside, by row."""
    return {row: text for row, text in notes.column_a(sheet) if not notes.has_note(text)}


def _alone(sheet: Sheet, remarks: Mapping[int, str]) -> dict[int, str]:
    """The remarks in rows that hold nothing else."""
    return {row: text for row, text in remarks.items() if len(sheet.grid.row(row)) == 1}


def _rows(scene: Scene, mask: Mask, more: Iterable[int] = (), **words: object) -> Iterator[Case]:
    """These rows, and more that hold nothing but a remark in column A, with all that is found in them."""
    if rows := sorted([*scene.numbers(mask), *more]):
        here, columns = frozenset(rows), scene.sheet.layout.columns.values()
        cells = [(row, column) for row in rows for column in columns if not scene.sheet.grid.at(row, column).blank]
        told = {"count": counted(len(rows), ROWS), **words}
        yield Case(rows, cells, told, explains=lambda finding: finding.row in here)


@cause(
    "CA02",
    apart=True,
    en="The labels of the columns are repeated in {the_rows}.",
    fr="Les libellés des colonnes sont répétés dans {the_rows}.",
    do_en="Delete what was pasted there: it is not a client.",
    do_fr="Supprimez ce qui y a été collé : ce n’est pas un client.",
    why_fr="Une feuille collée sous une autre apporte ses en-têtes; iEDEC les prendrait pour un client.",
    good=[{"rows": _SIX, "bare": {10: {"postal_cd": "Postal Code"}}}],
    bad=[{"rows": _SIX, "bare": {10: _HEADS}, "about": [10]}],
)  # fmt: skip
def second_header(scene: Scene) -> Iterator[Case]:
    """A sheet pasted below another brings its headings along; iCARE would take them for a client."""
    heads = {head for each in scene.sheet.fields() for head in (each.id, each.label)}
    found = _each(scene.sheet, lambda cell: cell.text in heads)
    if (found >= LABELS).any():
        yield from _rows(scene, (found >= LABELS) & (found * 2 >= scene.sheet.filled))


@cause(
    "CA03",
    apart=True,
    en="There is a total among the clients, in {the_rows}.",
    fr="Un total se trouve parmi les clients, dans {the_rows}.",
    do_en="Delete it: iCARE would take it for a client.",
    do_fr="Supprimez-le : iEDEC le prendrait pour un client.",
    why_fr="Un total aide qui lit la feuille; iEDEC prend chaque ligne pour un client.",
    good=[{"rows": _SIX | {10: {"postal_cd": "Total"}}}],
    bad=[{"rows": _SIX, "about": [10], "bare": {10: {IDENTIFIER: "Total: 6"}}},
         {"rows": _SIX, "about": [10], "bare": {10: {"orientation_length_hours_no": "6"}} } | {
          "rows": {row: {"orientation_length_hours_no": "1"} for row in _SIX}}],
)  # fmt: skip
def total_row(scene: Scene) -> Iterator[Case]:
    """A total helps whoever reads the sheet; iCARE takes every row for a client."""
    sheet, filled, remarks = scene.sheet, scene.sheet.filled, _remarks(scene.sheet)
    few = filled <= max(FEW, np.median(filled) / 3) if len(filled) else np.zeros(0, np.bool_)
    total = np.zeros(len(few), np.bool_)
    if 0 < few.sum() <= TOTALS:
        named = _each(sheet, lambda cell: _is_total(cell.text)) > 0
        beside = np.isin(sheet.rows, [row for row, text in remarks.items() if _is_total(text)])
        total = few & (named | beside | _adds_up(sheet, few))
    yield from _rows(scene, total, (row for row, text in _alone(sheet, remarks).items() if _is_total(text)))


def _is_total(text: str) -> bool:
    return bool(_TOTAL.match(text.strip()))


def _adds_up(sheet: Sheet, few: Mask) -> Mask:
    """The rows among these whose numbers are the sum, or the count, of what stands above them in the same column."""
    found = np.zeros(len(sheet.rows), np.bool_)
    for index in np.flatnonzero(few).tolist():
        told = [(each, text) for each in sheet.fields() if (text := sheet.column(each.id, Column).text(index).strip())]
        above = ~few[:index]
        found[index] = 0 < len(told) <= MANY and above.sum() >= MANY and all(
            text.isdecimal() and len(text) < 10 and int(text) in _sums(sheet.column(each.id, Column), above) for each, text in told
        )  # fmt: skip
    return found


def _sums(column: Column, above: Mask) -> set[int]:
    """How many of these cells are filled, and their sum where all of those are numbers."""
    texts = [text for index in np.flatnonzero(above).tolist() if (text := column.text(index).strip())]
    numbers = texts and all(text.isdecimal() and len(text) < 10 for text in texts)
    return {len(texts), *([sum(map(int, texts))] if numbers else [])}


@cause(
    "CA04",
    apart=True,
    en="There is hardly anything in {the_rows} (“{value}”), while the other rows have many filled cells.",
    fr="Il n’y a presque rien dans {the_rows} (« {value} »), alors que les autres lignes ont beaucoup de cellules "
    "remplies.",
    do_en="If that is not a client, delete it.",
    do_fr="Si ce n’est pas un client, supprimez-le.",
    why_fr="Une lettre ou une remarque laissée dans une ligne vide suffit pour qu’iEDEC la prenne pour un client.",
    good=[{"rows": _SIX}],
    bad=[{"rows": _SIX, "about": [10], "bare": {10: {"postal_cd": "x"}}}],
)
def stray_row(scene: Scene) -> Iterator[Case]:
    """A letter or a remark left in an empty row is enough for iCARE to take it for a client."""
    sheet, filled = scene.sheet, scene.sheet.filled
    if not len(filled) or np.median(filled) < MANY:
        return
    remarks = {row: text for row, text in _alone(sheet, _remarks(sheet)).items() if not _is_total(text)}
    stray = filled <= FEW
    if 2 * stray.sum() < len(stray) and (rows := sorted([*scene.numbers(stray), *remarks])):
        value = remarks.get(rows[0]) or next(iter(sheet.grid.row(rows[0]).values())).text
        yield from _rows(scene, stray, remarks, value=value[:30])


@cause(
    "CA21",
    apart=True,
    en="{count} repeat earlier ones cell by cell: {the_rows} are the same as rows {first}.",
    fr="Des lignes en répètent d’autres cellule par cellule ({count}) : {the_rows} sont identiques à celles-ci : "
    "{first}.",
    do_en="They were pasted twice: delete them, as iCARE would create every record twice.",
    do_fr="Elles ont été collées deux fois : supprimez-les, car iEDEC créerait chaque enregistrement deux fois.",
    why_fr="iEDEC garde ce qui lui arrive deux fois; quelqu’un doit ensuite supprimer les doublons un à un.",
    good=[{"rows": {**_SIX, 10: {IDENTIFIER: "99999999"}}}],
    bad=[{"rows": {**_SIX, **{row: {"same_as": row - 6} for row in (10, 11, 12)}}, "about": [10, 11, 12]}],
)
def rows_twice(scene: Scene) -> Iterator[Case]:
    """iCARE keeps what reaches it twice; somebody has to delete the duplicates one by one."""
    if len(scene.of_rules("IC301")) < TWICE:
        return
    first_of = repeated_rows(scene.sheet)
    if len(first_of) >= TWICE:
        here = np.isin(scene.sheet.rows, list(first_of))
        yield from _rows(scene, here, first=runs(sorted(set(first_of.values())), RUNS))
