"""Columns that somebody filled by dragging: each value is the one above it and one more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from icare_xl.check.causes.cause import Case, Scene, cause, cells_of, down, short
from icare_xl.model.addresses import letters
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER
from icare_xl.model.columns import Column, Dates, Mask
from icare_xl.model.normalise import comparison_key
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field

HANDFUL = 5
WORKING_WEEK = 5
SORTED = 0.9  # of the rows
FAMILY = 8  # people who arrive together get identifiers in a row; more than these are no family
LISTED = 8  # numbers of a list: in a short one a handful come in a row by chance
LIST = 3  # values of a list with a number behind them
_OF_A_HOUSE = {"street_no", "unit_txt"}  # neighbours live at numbers in a row
_COUNTERS = {"update_record_id"}  # records made together are numbered in a row
_NUMBERED = re.compile(r"(.*?)(\d{1,15})", re.ASCII | re.DOTALL)
SHORTEST_MONTH = 28


def _steps(values: NDArray[np.int64], known: Mask) -> Mask:
    """The rows whose value is one more than that of the row before."""
    step = np.zeros(len(values), np.bool_)
    step[1:] = (np.diff(values) == 1) & known[1:] & known[:-1]
    return step


def _runs(step: Mask, least: int) -> Iterator[slice]:
    """The rows of each series of at least so many, its first row included."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], step.astype(np.int8), [0]))))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if end - start + 1 >= least:
            yield slice(start - 1, end)


def _by_digits(column: Column) -> Mask:
    """Where the number at the end of a text goes up by one and what is before it stays, as Excel fills texts."""
    matches = [_NUMBERED.fullmatch(cell.text) for cell in column.distinct]
    numbers = column.spread(np.array([int(match[2]) if match else 0 for match in matches], np.int64))
    names: dict[str, int] = {}
    before = column.spread(
        np.array([names.setdefault(match[1], len(names)) if match else -1 for match in matches], np.int64)
    )
    same = np.zeros(len(before), np.bool_)
    same[1:] = (before[1:] == before[:-1]) & (before[1:] >= 0)
    return _steps(numbers, before >= 0) & same


def _by_calendar(column: Dates) -> list[Mask]:
    """Where a date is the day after, the month after or the year after the one above."""
    days = [date.fromordinal(number) if number else date.min for number in np.unique(column.days).tolist()]
    at = np.searchsorted(np.unique(column.days), column.days)
    month = np.array([12 * day.year + day.month for day in days], np.int64)[at]
    year = np.array([day.year for day in days], np.int64)[at]
    of_month, of_year = (np.array([of(day) for day in days], np.int64)[at] for of in (_day, _day_of_year))
    stays = [np.concatenate(([False], np.diff(each) == 0)) for each in (of_month, of_year)]
    stays[0][1:] |= (
        np.minimum(of_month[1:], of_month[:-1]) >= SHORTEST_MONTH
    )  # Excel goes from 31 January to 28 February
    return [
        _steps(column.days.astype(np.int64), column.known),
        _steps(month, column.known) & stays[0],
        _steps(year, column.known) & stays[1],
    ]


def _day(day: date) -> int:
    return day.day


def _day_of_year(day: date) -> int:
    return 100 * day.month + day.day


def _counts(field: Field, sheet: Sheet) -> bool:
    """Whether the field numbers its rows by its nature, or says nothing by a number."""
    course = field.id == "course_cd" and sheet.template.service == "lt_course_setup"
    if field.allowed:
        return not all(value.isdecimal() or value == "N/A" for value in field.allowed.values[:3])
    return field.id in _COUNTERS or course or field.kind == "yes-no"


@cause(
    "CA07",
    en="“{label}” goes up by one from row to row (column {column}, {rows}): it was dragged down.",
    fr="« {label} » augmente de un à chaque ligne (colonne {column}, {rows}) : la valeur a été recopiée en glissant.",
    do_en="Only the first value may be right: enter the others from the documents.",
    do_fr="Seule la première valeur peut être bonne : entrez les autres d’après les documents.",
    why_fr="Excel compte quand on tire une valeur vers le bas; ce qu’il écrit ainsi a l’air vrai et n’appartient à "
    "personne.",
    good=[{"rows": down(IDENTIFIER, "12345671", "12345672", "12345673", "22345678", "32345678")},
          {"rows": down(IDENTIFIER, *(f"1234567{n}" for n in range(6)), postal_cd="M1B5K1")}],
    bad=[{"rows": {row: {IDENTIFIER: f"1234567{row}", "postal_cd": f"M{row}B5K1"} for row in range(4, 10)}, "about": [*range(4, 10)]},
         {"rows": down(BIRTH_DATE, *(f"1978-05-{28 + n}" for n in range(6))), "about": [*range(4, 10)]}],
)  # fmt: skip
def dragged_down(scene: Scene) -> Iterator[Case]:
    """Excel counts when a value is dragged down; what it writes looks real and belongs to nobody."""
    sheet = scene.sheet
    for field in scene.fields():
        if len(sheet.rows) < HANDFUL or _counts(field, sheet):
            continue
        column = sheet.column(field.id, Column)
        if len(column.distinct) < HANDFUL:
            continue
        steps = [_by_digits(column), *(_by_calendar(sheet.column(field.id, Dates)) if field.kind == "date" else [])]
        found = {
            row
            for step in steps
            for run in _runs(step, HANDFUL)
            if _is_dragged(sheet, field, run)
            for row in sheet.rows[run].tolist()
        }
        if found:
            rows = sorted(found)
            words = {"label": short(field.label), "column": letters(sheet.layout.columns[field.id])}
            yield Case(rows, cells_of(sheet, rows, field.id), words)


def _is_dragged(sheet: Sheet, field: Field, run: slice) -> bool:
    """Whether a series can hardly be true: not a family's identifiers, nor services of one working day after the other."""
    length: int = run.stop - run.start
    if field.allowed:
        return length >= LISTED
    if field.id in _OF_A_HOUSE and _same_in(sheet, run, "postal_cd", "postal_txt"):
        return False
    if field.kind == "identifier":
        return length > FAMILY or not _same_in(sheet, run, "postal_cd", "postal_txt")
    if field.kind == "date" and field.id != BIRTH_DATE:
        natural = length <= WORKING_WEEK and _day_after_day(sheet, field, run) and _in_order(sheet, field)
        return not natural and not _together(sheet, field, run)
    return True


def _day_after_day(sheet: Sheet, field: Field, run: slice) -> bool:
    """Whether every date is the day after the one above; months, years and a 32 May are nobody's working days."""
    return bool(np.all(np.diff(sheet.column(field.id, Dates).days[run]) == 1))


def _in_order(sheet: Sheet, field: Field) -> bool:
    """Whether the rows are sorted by this date, so that days in a row come of themselves."""
    return bool(np.mean(np.diff(sheet.column(field.id, Dates).days) >= 0) >= SORTED)


def _same_in(sheet: Sheet, run: slice, *ids: str) -> bool:
    return any(len(set(sheet.column(id_, Column).codes[run].tolist())) == 1 for id_ in ids if sheet.has(id_))


def _together(sheet: Sheet, field: Field, run: slice) -> bool:
    """Whether another date goes along on most rows: then the rows are in the order of their days."""
    own = np.diff(sheet.column(field.id, Dates).days[run])
    others = (
        sheet.column(each.id, Dates).days[run] for each in sheet.fields("date") if each.id not in (field.id, BIRTH_DATE)
    )
    return any(2 * np.sum((np.diff(days) == own) & (days[1:] > 0)) > len(own) for days in others)


@cause(
    "CA08",
    en="“{value}” is followed by numbers in column {column} ({rows}): it was dragged down, and Excel counted.",
    fr="« {value} » est suivi de numéros dans la colonne {column} ({rows}) : Excel a compté quand la valeur a été recopiée "
    "en glissant.",
    do_en="Put the value without its number into all of these cells.",
    do_fr="Mettez la valeur sans son numéro dans toutes ces cellules.",
    why_fr="Excel ajoute un numéro à un texte qu’on tire vers le bas; aucune de ces valeurs ne figure dans la liste.",
    good=[{"rows": down("service_language_id", "English", "English", "English")}],
    bad=[{"rows": down("client_validation_type_id", *(f"FOSS/GCMS Client ID{n}" for n in ("", " 1", " 2", " 3"))),
          "about": [5, 6, 7]}],
)  # fmt: skip
def numbers_behind_a_value(scene: Scene) -> Iterator[Case]:
    """Excel puts a number after a text that is dragged down; no such value is in the list."""
    sheet = scene.sheet
    for field in sheet.fields("list", "yes-no"):
        column, allowed = sheet.column(field.id, Column), field.allowed
        if allowed is None:
            continue
        values = [
            _numbered(cell.text, allowed.exact) if cell.text not in allowed.id_of else "" for cell in column.distinct
        ]
        for value in sorted({each for each in values if each}):
            mask = column.spread(np.array([each == value for each in values], np.bool_))
            rows = scene.numbers(mask)
            typed = list(dict.fromkeys(column.text(index) for index in np.flatnonzero(mask).tolist()))
            if len(rows) >= LIST and len(typed) >= LIST:
                cells = cells_of(sheet, rows, field.id)
                words = {
                    "value": short(value),
                    "column": letters(cells[0][1]),
                }
                yield Case(rows, cells, words, cure=dict.fromkeys(cells, value))


def _numbered(text: str, exact: dict[str, str]) -> str:
    """The value of a list behind which a number stands, and nothing where it is none."""
    match = _NUMBERED.fullmatch(text)
    return exact.get(comparison_key(match[1]), "") if match and any(map(str.isalpha, match[1])) else ""
