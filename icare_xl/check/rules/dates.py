"""Dates: how they are written, and which order they must have."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from icare_xl.check.rules import wording
from icare_xl.check.rules.rule import Hit, Wrong, cell_rule, hits, instead, sheet_rule
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.check_date import CheckDate
from icare_xl.model.client import BIRTH_DATE
from icare_xl.model.columns import Column, Dates, Mask
from icare_xl.model.dates import (
    Span,
    Written,
    certain_day,
    iso_day,
    likely_day,
    readings,
    shown_day,
    two_days,
    written,
)
from icare_xl.model.finding import Proposal
from icare_xl.model.normalise import collapse_blanks, plain
from icare_xl.model.sheet import Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import Text

ENDS = {
    "service_end_dt": "service_start_dt",
    "intervention_end_dt": "intervention_start_dt",
}  # blank while a service goes on
EARLIEST_BIRTH = date(1900, 1, 1)
FIRST_SERVICE = date(2013, 1, 1)


COURSE = {"start_dt", "end_dt"}  # of a course, which is set up before it is held
AHEAD = timedelta(days=5 * 365)  # how far a planned date may lie ahead
_WHOLE = re.compile(r"\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}", re.ASCII)  # all of its parts
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}", re.ASCII)
SAME_DAY = Text("This is the same day with plain hyphens.", "C’est le même jour, avec de simples traits d’union.")
ONLY_THIS_DAY = Text("The text can only be this day.", "Le texte ne peut désigner que ce jour.")
NOT_IN_FULL: dict[Written, Text] = {
    "short year": Text(
        "This is most likely the day; no other reading of the short year makes sense here.",
        "C’est très probablement ce jour; aucune autre lecture de l’année abrégée n’a de sens ici.",
    ),
    "run together": Text(
        "This is most likely the day; its parts are run together.",
        "C’est très probablement ce jour; ses parties sont collées les unes aux autres.",
    ),
    "with a time": Text(
        "This is the day; the time of day after it is left out.", "C’est le jour; l’heure qui le suit est omise."
    ),
}
ONE_READING = Text(
    "This may be the day; the text can be read in more than one way.",
    "C’est peut-être ce jour; le texte peut se lire de plus d’une façon.",
)
STORED_AS_NUMBER = Text(
    "{typed} is the number that Excel uses for this day.", "{typed} est le nombre qu’Excel emploie pour ce jour."
)
DAY_FIRST = Text(
    "{settled} of the {all} dates written this way in this column can only be day before month, so this one most likely is "
    "too.",
    "Sur les {all} dates écrites ainsi dans cette colonne, {settled} ne se lisent qu’avec le jour avant le mois; celle-ci "
    "aussi, très probablement.",
)
MONTH_FIRST = Text(
    "{settled} of the {all} dates written this way in this column can only be month before day, so this one most likely is "
    "too.",
    "Sur les {all} dates écrites ainsi dans cette colonne, {settled} ne se lisent qu’avec le mois avant le jour; celle-ci "
    "aussi, très probablement.",
)
MAYBE_DAY_FIRST = Text(
    "This may be the day, if the text has the day before the month.",
    "C’est peut-être ce jour, si le texte donne le jour avant le mois.",
)
MAYBE_MONTH_FIRST = Text(
    "This may be the day, if the text has the month before the day.",
    "C’est peut-être ce jour, si le texte donne le mois avant le jour.",
)


def is_service_date(field: Field) -> bool:
    return field.id != BIRTH_DATE and field.id not in COURSE and "projected" not in field.id


def _span(field: Field, today: date) -> Span:
    """The days that make sense in a field."""
    if field.id == BIRTH_DATE:
        return EARLIEST_BIRTH, today
    return FIRST_SERVICE, today if is_service_date(field) else today + AHEAD


@cell_rule(
    "IC101",
    kinds=("date",),
    origin="template",
    source="DAT-01",
    en="“{value}” {why}. Enter year, month and day, such as 2018-06-05.",
    fr="« {value} » {why}. Entrez l’année, le mois et le jour, par exemple 2018-06-05.",
    usual={"why": wording.NOT_THAT_WAY},
    why_fr="Les libellés du modèle demandent le format AAAA-MM-JJ.",
    good=["2018-06-05", "2024-02-29", " 2018-06-05"],
    bad={"1990-13-01": None, "2023-02-29": None, "201-05-20": None, "1978/5/20": "1978-05-20",
         "2018-0525": "2018-05-25", "25/04/2025": "2025-04-25", "18803": "1951-06-24", 43119: "2018-01-19",
         "20 mai 2018": "2018-05-20", "May 20, 2018": "2018-05-20", "2018-05-20 00:00:00": "2018-05-20",
         "03/04/18": None, "2018‑06‑05": "2018-06-05", "２０１８-06-05": "2018-06-05", "unknown": None, "?": None,
         True: None, 4: None},
)  # fmt: skip
def unreadable_date(cell: Cell, field: Field, today: date) -> Wrong | None:
    """The labels of the template ask for YYYY-MM-DD."""
    if cell.blank or cell.is_error or cell.holds is Holds.DATE or iso_day(cell) or two_days(cell):
        return None
    text, day = collapse_blanks(cell.text), likely_day(cell, _span(field, today))
    if day and plain(text) == day.isoformat():
        return Wrong(instead(day.isoformat(), SAME_DAY, "safe"), {"why": wording.OTHER_DASHES})
    why = {"why": _why_no_date(cell, text, day)}
    if day is None:
        days = readings(cell, _span(field, today))
        return Wrong([Proposal(each.isoformat(), ONE_READING, "possible") for each in days], why)
    if cell.day or len(text) == 5:
        return Wrong(instead(day.isoformat(), STORED_AS_NUMBER.format(typed=text)), why)
    form = written(cell)
    if form == "in full":
        return Wrong(instead(day.isoformat(), ONLY_THIS_DAY, "safe"), why)
    return Wrong(instead(day.isoformat(), NOT_IN_FULL[form]), why)


def _why_no_date(cell: Cell, text: str, day: date | None) -> Text:
    """What is wrong with a text that is not written YYYY-MM-DD; `day` is the one that it certainly means."""
    if text.isdecimal() and (cell.day or len(text) == 5):
        return wording.PLAIN_NUMBER
    if _SHORT_YEAR.fullmatch(plain(text)):
        return wording.SHORT_YEAR
    if day:
        return wording.OTHER_WAY
    if cell.holds is Holds.BOOLEAN or not any(map(str.isdigit, text)):
        return wording.NO_DATE
    if _WHOLE.fullmatch(plain(text)):
        return wording.NO_DAY
    return wording.LETTERS if any(map(str.isalpha, text)) else wording.NOT_THAT_WAY


@cell_rule(
    "IC102",
    kinds=("date",),
    origin="template",
    source="DAT-02",
    en="“{value}” can be {one} or {other}. Find out which day is meant and enter it as YYYY-MM-DD.",
    fr="« {value} » peut être le {one} ou le {other}. Vérifiez de quel jour il s’agit et entrez-le au format "
    "AAAA-MM-JJ.",
    why_fr="Le jour et le mois peuvent se lire dans les deux sens; les documents du client tranchent, ou les autres dates "
    "de la colonne.",
    good=["2025-04-03", "25/04/2025", "04/04/2025"],
    bad=["03/04/2025", "3-4-2025"],
)
def ambiguous_date(cell: Cell, field: Field, sheet: Sheet) -> Wrong | None:
    """Day and month can be read either way; the client’s documents tell which is meant, or the other dates of the column."""
    days = two_days(cell)
    if days is None:
        return None
    one, other = days[0].isoformat(), days[1].isoformat()
    order = sheet.column(field.id, Dates).order
    count = {"settled": order.day_first + order.month_first, "all": order.all}
    day_first, month_first = instead(one, DAY_FIRST.format(**count)), instead(other, MONTH_FIRST.format(**count))
    either = instead(one, MAYBE_DAY_FIRST, "possible") + instead(other, MAYBE_MONTH_FIRST, "possible")
    proposals = {"day": day_first, "month": month_first, None: either}[order.settled]
    return Wrong(proposals, {"one": one, "other": other})


@cell_rule(
    "IC120",
    kinds=("date",),
    origin="documented",
    source="IDN-05, S138, S140",
    en="The date of birth {value} is {when}, so it matches no client in iCARE. Check it against the immigration document.",
    fr="La date de naissance {value} est {when} et ne correspond donc à aucun client dans iEDEC. Vérifiez-la d’après le "
    "document d’immigration.",
    usual={"when": wording.AHEAD_OR_LONG_AGO},
    why_fr="iEDEC compare l’identifiant et la date de naissance à sa base de données; une date dans le futur ou d’avant "
    "1900 n’y est celle d’aucun client.",
    good=["1978-05-20", "20-May-78", "03/04/2099"],
    bad=["2099-01-01", "1878-05-20", "2099/1/1", Cell("2099-01-01", Holds.DATE, day=date(2099, 1, 1))],
)
def implausible_birth_date(cell: Cell, field: Field, today: date) -> Wrong | None:
    """iCARE compares identifier and date of birth with its database; a date in the future or before 1900 is no client’s."""
    day = certain_day(cell, _span(field, today)) if field.id == BIRTH_DATE else None
    if day is None or EARLIEST_BIRTH <= day <= today:
        return None
    when = wording.AHEAD if day > today else wording.LONG_AGO
    return Wrong(words={"when": when, "value": shown_day(cell, _span(field, today))})


@cell_rule(
    "IC121",
    kinds=("date",),
    origin="house",
    source="DAT-04",
    en="“{label}” is {value}, which is in the future. Check the date.",
    fr="La date {value} de « {label} » est dans le futur. Vérifiez-la.",
    why_fr="Un service est déclaré après avoir été rendu; seule une date prévue peut être dans le futur.",
    good=["2018-06-05", "20-May-15", "1/2/2099"],
    bad=["2099-01-01", "2099/1/1", 72686],
)
def service_in_the_future(cell: Cell, field: Field, today: date) -> Wrong | None:
    """A service is reported after it was given; only a projected date may be in the future."""
    return _out_of_span(cell, field, today, lambda day: day > today)


@cell_rule(
    "IC123",
    kinds=("date",),
    origin="house",
    source="DAT-06",
    en="“{label}” is {value}, which is before iCARE existed. Check the year.",
    fr="La date {value} de « {label} » est antérieure à la création d’iEDEC. Vérifiez l’année.",
    why_fr="iEDEC date de 2013; une date antérieure vient très probablement d’une erreur dans l’année.",
    good=["2018-06-05"],
    bad=["2008-06-05", "June 5, 2008", 39604],
)
def service_before_icare(cell: Cell, field: Field, today: date) -> Wrong | None:
    """iCARE was introduced in 2013; an earlier date most likely has the wrong year."""
    return _out_of_span(cell, field, today, lambda day: day < FIRST_SERVICE)


def _out_of_span(cell: Cell, field: Field, today: date, out: Callable[[date], bool]) -> Wrong | None:
    """A service date of which that is true, told with its day where it is written in another form."""
    day = certain_day(cell, _span(field, today)) if is_service_date(field) else None
    return Wrong(words={"value": shown_day(cell, _span(field, today))}) if day and out(day) else None


@sheet_rule(
    "IC122",
    row_by_row=True,
    origin="house",
    source="DAT-05",
    en="No date of this service is in {month}. Check the dates, or move the row to the file of its month.",
    fr="Aucune date de ce service ne tombe dans le mois visé ({month}). Vérifiez les dates, ou transférez "
    "la ligne dans le fichier du bon mois.",
    why_fr="Les fichiers se font mois par mois; aucune source publique ne dit si iEDEC refuse les lignes en retard.",
    good=[
        {"month": "2026-01", "rows": {4: {"start_dttm": "2025-12-30", "end_dttm": "2026-01-05"}}},
        {"month": "2026-01", "rows": {4: {"start_dttm": "2025-12-30", "end_dttm": "05/01/2026"}}},
    ],
    bad=[
        {"month": "2026-01", "rows": {4: {"start_dttm": "2025-12-30", "end_dttm": "2025-12-31"}}},
        {"month": "2026-01", "rows": {4: {"start_dttm": "2025/12/30", "end_dttm": "Dec 31, 2025"}}},
        {"month": "2026-01", "rows": {4: {"start_dttm": "2026-02-02", "end_dttm": "2026-02-30"}}},
    ],
)
def service_of_another_month(sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
    """Files are made month by month; whether iCARE refuses late rows is not public.

    Asked only where a month is named.
    """
    if when.month:
        outside = outside_month(sheet, when.month)
        for each in service_dates(sheet):  # told once, at the first date of the row
            yield from hits(sheet, outside & each.known, each.field.id, month=f"{when.month:%Y-%m}")
            outside = outside & ~each.known


def service_dates(sheet: Sheet) -> list[Dates]:
    return [sheet.column(field.id, Dates) for field in sheet.fields("date") if is_service_date(field)]


def outside_month(sheet: Sheet, month: date) -> Mask:
    """The rows whose service was over before the month that begins on this day, or began after it."""
    nowhere, dates = np.zeros(len(sheet.rows), np.bool_), service_dates(sheet)
    if not dates:
        return nowhere
    first = month.toordinal()
    last = first + monthrange(month.year, month.month)[1] - 1
    known = np.logical_or.reduce([each.known for each in dates])
    began = np.logical_or.reduce([each.known & (each.days <= last) for each in dates])
    over = np.logical_and.reduce([~each.known | (each.days < first) for each in dates])
    open_ = [
        sheet.column(end, Column).blank & sheet.column(start, Column).filled
        for end, start in ENDS.items()
        if sheet.has(end, start)
    ]
    goes_on = np.logical_and.reduce(open_) if open_ else nowhere
    outside: Mask = known & ~_may_be_inside(dates, began) & ~(began & (~over | goes_on))
    return outside


def _may_be_inside(dates: Sequence[Dates], began: Mask) -> Mask:
    """The rows with a date that nobody can read and that may be in the month: not one that follows a day after it."""
    unread = np.array([each.filled & ~each.known for each in dates])
    first = np.argmax([each.filled for each in dates], axis=0)
    return np.where(began, unread.any(axis=0), unread[first, np.arange(len(began))])


@sheet_rule(
    "IC202",
    row_by_row=True,
    origin="house",
    source="IDN-05",
    en="The date of birth {value} is after {service}, the date in “{label_of_service}”. Correct one of them.",
    fr="La date de naissance {value} est postérieure au {service}, la date inscrite sous "
    "« {label_of_service} ». Corrigez l’une des deux dates.",
    why_fr="Personne ne reçoit de service avant sa naissance.",
    good=[
        {"rows": {4: {BIRTH_DATE: "1978-05-20", "start_dttm": "2018-06-05"}}},
        {"rows": {4: {BIRTH_DATE: "2099-01-01", "start_dttm": "2018-06-05"}}},
    ],
    bad=[
        {"rows": {4: {BIRTH_DATE: "2018-06-06", "start_dttm": "2018-06-05"}}},
        {"rows": {4: {BIRTH_DATE: "2018/6/6", "start_dttm": 43256}}},
    ],
)
def born_after_the_service(sheet: Sheet, when: CheckDate) -> Iterator[Hit]:
    """Nobody is served before birth.

    Each row is told once, with the first service date that does not fit. Of a birth in the future another rule speaks.
    """
    if not sheet.has(BIRTH_DATE):
        return
    birth = sheet.column(BIRTH_DATE, Dates)
    untold = birth.known & (birth.days <= when.today.toordinal())
    for field in filter(is_service_date, sheet.fields("date")):
        service = sheet.column(field.id, Dates)
        wrong = (service < birth) & untold
        untold = untold & ~wrong
        yield from hits(sheet, wrong, BIRTH_DATE, value=birth, label_of_service=field.label, service=service)
