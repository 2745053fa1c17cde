"""Dates that many rows share a fault in: day and month exchanged by Excel, services of another month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from icare_xl.check.causes.cause import Case, Scene, cause, cells_of, down
from icare_xl.check.rules.dates import is_service_date, outside_month, service_dates
from icare_xl.model.addresses import Place, letters
from icare_xl.model.cells import Holds
from icare_xl.model.client import BIRTH_DATE
from icare_xl.model.columns import Dates
from icare_xl.model.dates import certain_day, iso_day, likely_day
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import Text, first_few

WITNESSES = 2  # texts whose day Excel could not take for a month
MONTH = 3  # rows of another month; fewer came late
LEAST, MOST = 5, 0.55  # of the rows, for their month to be that of the file


def _turned(day: date) -> date | None:
    """Day and month the other way round, where that is another day."""
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


@cause(
    "CA12",
    en="Day and month are swapped in {count} cells of column {column} ({rows}): {why}.",
    fr="Le jour et le mois sont inversés dans {count} cellules de la colonne {column} ({rows}) : {why}.",
    do_en="Swap them back, for example {old} to {new}; compare one or two with the documents first.",
    do_fr="Remettez-les dans l’ordre, par exemple {old} en {new}; comparez-en d’abord une ou deux avec les documents.",
    why_fr="Excel prend un jour de 1 à 12 pour un mois quand l’ordinateur suit l’autre ordre; les jours suivants restent "
    "du texte.",
    good=[{"rows": down(BIRTH_DATE, date(1978, 5, 3), date(1979, 4, 2), date(1980, 6, 25), "13/10/1981", "14/10/1982")}],
    bad=[{"rows": down(BIRTH_DATE, date(1978, 5, 3), date(1979, 4, 2), "13/10/1981", "14/10/1982"), "about": [4, 5]},
         {"rows": {**down("start_dttm", *(f"2026-0{n}-01" for n in (5, 6, 7)), end_dttm="2026-01-28"),
                   **{row: {"start_dttm": "2026-01-05", "end_dttm": "2026-01-28"} for row in range(7, 14)}}, "about": [4, 5, 6]}],
)  # fmt: skip
def day_and_month_exchanged(scene: Scene) -> Iterator[Case]:
    """Excel takes a day from 1 to 12 for a month where the computer is set to the other order; later days stay text."""
    usual = _usual_month(scene)
    for field in scene.sheet.fields("date"):
        column = scene.sheet.column(field.id, Dates)
        if turned := _beside_texts(column):
            yield _exchange(scene.sheet, field, turned, BESIDE_TEXTS.format(text=_witness(column)), texts=True)
        elif usual and is_service_date(field) and (turned := _into_the_month(column, usual)):
            yield _exchange(scene.sheet, field, turned, ONLY_SO, texts=False)


BESIDE_TEXTS = Text(
    "the column also has “{text}”, whose day Excel could not take for a month",
    "la colonne contient aussi « {text} », dont Excel n’a pas pu prendre le jour pour un mois",
)
ONLY_SO = Text(
    "only once swapped back do they fall in the month of the other rows",
    "c’est seulement une fois remises dans l’ordre qu’elles tombent dans le mois des autres lignes",
)


def _beside_texts(column: Dates) -> dict[int, date]:
    """Numbers of the distinct real dates that are exchanged, by texts such as 13/10/2026 in their column."""
    days = {number: cell.day for number, cell in enumerate(column.distinct) if cell.holds is Holds.DATE and cell.day}
    if not days or any(day.day > 12 for day in days.values()):
        return {}
    order = column.order
    settled = min(order.day_first, order.month_first) == 0 and max(order.day_first, order.month_first) >= WITNESSES
    if not settled or order.unsettled:
        return {}
    return {number: turned for number, day in days.items() if (turned := _turned(day))}


def _witness(column: Dates) -> str:
    """A date of the column that can be read in one order only."""
    texts = (
        cell.text for cell in column.distinct if cell.holds is Holds.TEXT and not iso_day(cell) and likely_day(cell)
    )
    return next(texts, "")


def _into_the_month(column: Dates, usual: date) -> dict[int, date]:
    """Numbers of the distinct dates outside the usual month, where nearly all of them fall into it the other way round."""
    outside, turned = 0, {}
    for number, cell in enumerate(column.distinct):
        if (day := certain_day(cell)) and day.replace(day=1) != usual:
            outside += 1
            if (other := _turned(day)) and other.replace(day=1) == usual:
                turned[number] = other
    return turned if len(turned) >= MONTH and len(turned) >= 0.8 * outside else {}


def _exchange(sheet: Sheet, field: Field, turned: dict[int, date], why: Text, texts: bool) -> Case:
    column, at = sheet.column(field.id, Dates), sheet.layout.columns[field.id]
    cure: dict[Place, str] = {}
    for number, day in turned.items():
        for row in sheet.rows[column.indexes(number)].tolist():
            cure[row, at] = day.isoformat()
    number, day = next(iter(turned.items()))
    rows = sorted(row for row, _ in cure)
    words = {"column": letters(at), "count": len(rows), "why": why, "old": column.distinct[number].text,
             "new": day.isoformat()}  # fmt: skip
    beside = {"IC101", "IC102"} if texts else set()
    return Case(
        rows,
        cells_of(sheet, rows, field.id),
        words,
        explains=lambda finding: finding.place in cure or (finding.column == at and finding.rule in beside),
        cure=cure,
    )


def _usual_month(scene: Scene) -> date | None:
    """The first day of the named month, else of the month of most rows, by the last date of each."""
    dates = service_dates(scene.sheet)
    if scene.when.month or not dates:
        return scene.when.month if dates else None
    last = np.max([each.days for each in dates], axis=0)
    months, rows = np.unique(_months_of(last[last > 0]), return_counts=True)
    if not len(rows) or rows.max() < max(LEAST, MOST * np.sum(last > 0)):
        return None
    year, month = divmod(int(months[np.argmax(rows)]), 12)
    return date(year, month + 1, 1)


def _months_of(days: NDArray[np.int32]) -> NDArray[np.int64]:
    """For each day its month, counted from the year 0."""
    distinct, at = np.unique(days, return_inverse=True)
    found = [date.fromordinal(day) if day else None for day in distinct.tolist()]
    return np.array([12 * day.year + day.month - 1 if day else 0 for day in found], np.int64)[at]


@cause(
    "CA14",
    en="{count} of {all} rows are from {months}, not from {usual} ({rows}).",
    fr="{count} lignes sur {all} sont de {months}, et non de {usual} ({rows}).",
    do_en="Move them to the file of their month, or correct the dates where the month is wrong.",
    do_fr="Transférez-les dans le fichier de leur mois, ou corrigez les dates si le mois est erroné.",
    why_fr="Les fichiers se font mois par mois; les lignes d’un autre mois viennent souvent d’une exportation trop large, "
    "et ont peut-être déjà été téléversées.",
    good=[{"rows": down("end_dttm", *["2026-01-28"] * 6, "2025-12-20", start_dttm="2025-12-05")}],
    bad=[{"rows": {**down("end_dttm", *["2025-12-20"] * 4, start_dttm="2025-12-05"),
                   **{row: {} for row in range(8, 18)}}, "about": [4, 5, 6, 7]}],
)  # fmt: skip
def another_month(scene: Scene) -> Iterator[Case]:
    """Files are made month by month; rows of another month often come from an export that covers too much, and may have
    been uploaded before."""
    sheet, usual = scene.sheet, _usual_month(scene)
    if usual is None:
        return
    outside = outside_month(sheet, usual)
    if outside.sum() >= MONTH and (scene.when.month or not outside.all()):
        rows = scene.numbers(outside)
        last = np.max([each.days for each in service_dates(sheet)], axis=0)
        others = sorted(set(_months_of(last[outside]).tolist()))
        cells = _first_dates(sheet, rows)
        words = {
            "count": len(rows),
            "all": len(sheet.rows),
            "months": first_few(f"{month // 12}-{month % 12 + 1:02}" for month in others),
            "usual": f"{usual:%Y-%m}",
        }
        here = frozenset(rows)
        yield Case(rows, cells, words, explains=lambda finding: finding.rule == "IC122" and finding.row in here)


def _first_dates(sheet: Sheet, rows: list[int]) -> list[Place]:
    """The first filled service date of each of these rows."""
    columns = [sheet.layout.columns[each.field.id] for each in service_dates(sheet)]
    places = [[(row, column) for column in columns if not sheet.grid.at(row, column).blank] for row in rows]
    return [filled[0] for filled in places if filled]
