"""Cells of a row that belong together: parents and children, details, pairs, slots, as conditions.toml lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from icare_xl.check.rules.repeats import repeated_rows
from icare_xl.check.rules.rule import Hit, hits, sheet_rule
from icare_xl.model.cells import Cell
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, birth_days, row_keys
from icare_xl.model.columns import Choice, Column, Dates, Mask, YesNo
from icare_xl.model.normalise import collapse_blanks, comparison_key
from icare_xl.model.sheet import Sheet

if TYPE_CHECKING:
    from icare_xl.icare.cell_conditions import Conditions

_CHILD = "childminding_NewcomerChildren[{}]childminding_age_id"
_CARE = "childminding_NewcomerChildren[{}]childminding_type_id"
_INFANT, _SHORT = "Infant (6-18 months)", "Short term"


def _conditions(sheet: Sheet) -> Conditions:
    """The conditions that a sheet has the fields for."""
    from icare_xl.icare.conditions_file import conditions_for  # a press that checks nothing needs none of it

    return conditions_for(tuple(id_ for id_ in sheet.template.ids if sheet.has(id_)))


def _unless_required(column: YesNo) -> Mask:
    """No, or blank where blank is allowed: a blank mandatory parent is the business of the rule for blanks."""
    return column.no if column.field.required else column.no | column.blank


def _all_plainly_not_yes(columns: Iterable[YesNo]) -> Mask:
    plainly: Mask = np.logical_and.reduce([column.no | column.blank for column in columns])
    return plainly


def _nothing(cell: Cell) -> bool:
    """Whether a detail says that there is nothing to say."""
    return _blank_or_zero(cell) or comparison_key(cell.text) == "n/a"


def _blank_or_zero(cell: Cell) -> bool:
    return cell.blank or collapse_blanks(cell.text) == "0"


@sheet_rule(
    "IC210",
    row_by_row=True,
    origin="house",
    source="SUP-02, EM-14, LE-05, NA-10, and any_of in conditions.toml",
    en="“{label}” is Yes, but none of the cells that belong to it is. Answer Yes to at least one, or No here.",
    fr="La réponse à « {label} » est Oui, mais aucune des cellules qui en dépendent ne porte Oui. "
    "Répondez Oui à au moins une, ou Non ici.",
    why_fr="Un Oui à la question suppose au moins un Oui parmi les cellules qui en dépendent.",
    good=[{"rows": {4: {"support_received_ind": "Yes", "counselling_ind": "Yes"},
                    5: {"support_received_ind": "No", "counselling_ind": "No"}}}],
    bad=[{"rows": {4: {"support_received_ind": "Yes", "counselling_ind": "No"}}}],
)  # fmt: skip
def parent_without_child(sheet: Sheet) -> Iterator[Hit]:
    """Yes to the question means Yes to at least one of the cells that belong to it."""
    for entry in _conditions(sheet).any_of:
        if not entry.complete and not sheet.template.edition:
            continue  # an edition nobody has seen may have other children
        children = _all_plainly_not_yes(sheet.column(id_, YesNo) for id_ in entry.children)
        yield from hits(sheet, sheet.column(entry.parent, YesNo).yes & children, entry.parent)


@sheet_rule(
    "IC211",
    row_by_row=True,
    origin="house",
    source="SUP-03, and any_of and only_if in conditions.toml",
    en="“{label}” is Yes, but “{parent}”, to which it belongs, is not. Correct one of them.",
    fr="La réponse à « {label} » est Oui, mais celle de la question « {parent} », dont elle dépend, ne "
    "l’est pas. Corrigez l’une des deux.",
    why_fr="La réponse à un détail est Oui, mais pas celle de la question dont il dépend : l’une des deux est "
    "probablement erronée.",
    good=[{"rows": {4: {"support_received_ind": "No", "counselling_ind": "No"}}}],
    bad=[{"rows": {4: {"support_received_ind": "No", "counselling_ind": "Yes"}}}],
)
def child_without_parent(sheet: Sheet) -> Iterator[Hit]:
    """A detail is Yes while its question is not: one of the two answers is probably wrong."""
    pairs = [(entry.parent, child) for entry in _conditions(sheet).any_of for child in entry.children]
    pairs += [(entry.parent, entry.child) for entry in _conditions(sheet).only_if]
    for parent_id, child in pairs:
        parent = sheet.column(parent_id, YesNo)
        wrong = _unless_required(parent) & sheet.column(child, YesNo).yes
        yield from hits(sheet, wrong, child, parent=parent.field.label)


@sheet_rule(
    "IC212",
    row_by_row=True,
    origin="house",
    source="SUP-05, SUP-08, SUP-10, and asks in conditions.toml",
    en="“{label}” is blank, but “{parent}” is “{answer}”. Fill the cell, or correct the answer.",
    fr="« {label} » est vide, mais la réponse à « {parent} » est « {answer} ». Remplissez la cellule, "
    "ou corrigez la réponse.",
    why_fr="Certaines réponses demandent des détails : un premier enfant, les deux langues, la date de fin d’un "
    "service.",
    good=[{"rows": {4: {"support_received_ind": "Yes", "translation_ind": "Yes",
                        "translation_language_from_id": "English", "translation_language_to_id": "French"}}}],
    bad=[{"rows": {4: {"translation_ind": "Yes", "translation_language_from_id": "English"}}}],
)  # fmt: skip
def detail_blank(sheet: Sheet) -> Iterator[Hit]:
    """Some answers ask for details: a first child, the two languages, the date on which a service ended."""
    for entry in _conditions(sheet).asks:
        parent = sheet.column(entry.parent, Choice)
        asked = parent.chosen(*entry.answers)
        for id_ in entry.fields:
            wrong = asked & sheet.column(id_, Column).blank
            yield from hits(sheet, wrong, id_, parent=parent.field.label, answer=parent)


@sheet_rule(
    "IC213",
    row_by_row=True,
    origin="house",
    source="SUP-07, SUP-09, SUP-10, and blanks in conditions.toml",
    en="“{label}” is filled, but “{parent}” does not ask for it. Empty the cell, or correct “{parent}”.",
    fr="« {label} » contient une valeur, mais « {parent} » n’en demande pas. Videz la cellule, ou corrigez "
    "« {parent} ».",
    why_fr="Les détails restent vides, sauf si la question les demande.",
    good=[{"rows": {4: {"support_received_ind": "Yes", "childminding_ind": "Yes",
                        _CHILD.format(1): _INFANT, _CARE.format(1): _SHORT},
                    5: {"childminding_ind": "No"}}}],
    bad=[{"rows": {4: {"childminding_ind": "No", _CHILD.format(2): _INFANT}}}],
)  # fmt: skip
def detail_without_parent(sheet: Sheet) -> Iterator[Hit]:
    """Details stay blank unless the question asks for them."""
    for entry in _conditions(sheet).blanks:
        parent = sheet.column(entry.parent, YesNo)
        unasked = parent.chosen(*entry.answers) if entry.answers else _unless_required(parent)
        for id_ in entry.fields:
            filled = ~sheet.column(id_, Column).each(_nothing)
            yield from hits(sheet, unasked & filled, id_, parent=parent.field.label)


@sheet_rule(
    "IC216",
    row_by_row=True,
    origin="house",
    source="at_least_one in conditions.toml",
    en="“{label}” and the cells that can replace it are all blank or 0. Fill at least one of them.",
    fr="La cellule « {label} » et celles qui peuvent la remplacer sont toutes vides ou à 0. Remplissez-en au moins une.",
    why_fr="Une durée se donne par tranche ou en heures; un cours a au moins un niveau pour chaque compétence.",
    good=[{"rows": {4: {"orientation_length_id": "", "orientation_length_hours_no": "2"}}}],
    bad=[{"rows": {4: {"orientation_length_id": ""}}}],
)
def none_of_several_filled(sheet: Sheet) -> Iterator[Hit]:
    """A length is given as a range or in hours; a course has at least one level for each skill."""
    for entry in _conditions(sheet).at_least_one:
        none = np.logical_and.reduce([sheet.column(id_, Column).each(_blank_or_zero) for id_ in entry.fields])
        yield from hits(sheet, none, entry.fields[0])


@sheet_rule(
    "IC217",
    row_by_row=True,
    origin="house",
    source="one_yes in conditions.toml",
    en="None of the cells in the group that starts with “{label}” is Yes. Answer Yes to at least one.",
    fr="Aucune cellule du groupe qui commence par « {label} » ne porte Oui. Répondez Oui à au moins une.",
    why_fr="Une orientation a un sujet; un cours se donne à un moment de la journée.",
    good=[{"rows": {4: {"topic_housing_given_ind": "", "topic_money_given_ind": "Yes"}}}],
    bad=[{"rows": {4: {"topic_housing_given_ind": "No"}}}],
)
def none_of_several_yes(sheet: Sheet) -> Iterator[Hit]:
    """An orientation has a topic; a course is held at some time of the day."""
    for entry in _conditions(sheet).one_yes:
        none = _all_plainly_not_yes(sheet.column(id_, YesNo) for id_ in entry.fields)
        yield from hits(sheet, none, entry.fields[0])


@sheet_rule(
    "IC220",
    row_by_row=True,
    origin="house",
    source="SUP-06, and both in conditions.toml",
    en="“{label}” is blank, but “{other}” is filled. Fill both cells or leave both blank.",
    fr="« {label} » est vide, mais « {other} » contient une valeur. Remplissez les deux cellules ou laissez les deux "
    "vides.",
    why_fr="Certaines cellules n’ont de sens qu’ensemble : un enregistrement et le motif de sa mise à jour, l’âge "
    "d’un enfant et son mode de garde.",
    good=[{"rows": {4: {"update_record_id": "10000001", "assessment_update_reason_id": "Correct error"},
                    5: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"update_record_id": "10000001"}}}],
)  # fmt: skip
def half_of_a_pair(sheet: Sheet) -> Iterator[Hit]:
    """Some cells only mean something together: a record and the reason to update it, a child’s age and care."""
    for entry in _conditions(sheet).both:
        for one, other in permutations(entry.fields):
            wrong = sheet.column(one, Column).blank & sheet.column(other, Column).filled
            yield from hits(sheet, wrong, one, other=sheet.field(other).label)


@sheet_rule(
    "IC221",
    row_by_row=True,
    origin="house",
    source="SUP-08, SUP-10, and differ in conditions.toml",
    en="“{value}” is already entered in “{other}”. Choose a different value.",
    fr="« {value} » est déjà inscrit dans « {other} ». Choisissez une autre valeur.",
    why_fr="Rien ne se traduit d’une langue vers elle-même, et un cours n’enseigne un niveau qu’une fois.",
    good=[{"rows": {4: {"translation_language_from_id": "English", "translation_language_to_id": "French"},
                    5: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"translation_language_from_id": "English", "translation_language_to_id": "english"}}}],
)  # fmt: skip
def same_value_twice_in_a_row(sheet: Sheet) -> Iterator[Hit]:
    """Nothing is translated from a language into itself, and a course teaches a level once."""
    for entry in _conditions(sheet).differ:
        columns = [sheet.column(id_, Column) for id_ in entry.fields]
        filled = np.logical_or.reduce([column.filled for column in columns[1:]])
        for index in np.flatnonzero(filled).tolist():
            first: dict[str, Column] = {"": columns[0], "n/a": columns[0]}
            for column in columns:
                value = comparison_key(column.text(index))
                other = first.setdefault(value, column)
                if other is not column and value not in ("", "n/a"):
                    yield Hit(int(sheet.rows[index]), column.field.id, words={"other": other.field.label})


@sheet_rule(
    "IC222",
    row_by_row=True,
    origin="house",
    source="SUP-06, and slots in conditions.toml",
    en="“{label}” is blank, but a later cell of the same series is filled. Fill the series from the first "
    "cell on, without a gap.",
    fr="« {label} » est vide, mais une cellule suivante de la même série est remplie. Remplissez la série à partir de "
    "la première cellule, sans en sauter aucune.",
    why_fr="On inscrit les enfants à partir de la première place; une place vide entre deux autres est probablement "
    "une erreur.",
    good=[{"rows": {4: {_CHILD.format(1): _INFANT, _CHILD.format(2): _INFANT}, 5: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {_CHILD.format(1): _INFANT, _CHILD.format(3): _INFANT}}}],
)
def gap_between_places(sheet: Sheet) -> Iterator[Hit]:
    """Children are entered from the first place on; an empty place in between is most likely a mistake.

    Told at the first gap.
    """
    for entry in _conditions(sheet).slots:
        blank = np.array([sheet.column(id_, Column).blank for id_ in entry.fields])
        last = len(blank) - np.argmin(blank[::-1], axis=0) - 1  # the last filled place of each row
        first_gap = np.argmax(blank[1:], axis=0) + 1  # the first place is asked for by other rules
        for number, id_ in enumerate(entry.fields):
            started = ~np.logical_and.reduce(blank[:number], axis=0) if number else False
            yield from hits(sheet, (first_gap == number) & blank[number] & (number < last) & started, id_)


@sheet_rule(
    "IC201",
    row_by_row=True,
    origin="house",
    source="DAT-03, and order in conditions.toml",
    en="The end {end} is before the start {start}. Correct one of them.",
    fr="La fin ({end}) précède le début ({start}). Corrigez l’une des deux dates.",
    why_fr="Un service ne peut pas finir avant d’avoir commencé; l’une des deux dates est erronée.",
    good=[{"rows": {4: {"start_dttm": "2018-06-05", "end_dttm": "2018-06-05"},
                    5: {"start_dttm": "2018-06-05", "end_dttm": ""}}}],
    bad=[{"rows": {4: {"start_dttm": "2018-06-05", "end_dttm": "2018-06-04"}}},
         {"rows": {4: {"start_dttm": 43256, "end_dttm": "2018/6/4"}, 5: {"start_dttm": "June 5, 2018", "end_dttm": "04-06-2018"}}}],
)  # fmt: skip
def end_before_start(sheet: Sheet) -> Iterator[Hit]:
    """A service cannot end before it starts; one of the two dates is wrong."""
    for entry in _conditions(sheet).order:
        start, end = sheet.column(entry.start, Dates), sheet.column(entry.end, Dates)
        yield from hits(sheet, end < start, entry.end, start=start, end=end)


@sheet_rule(
    "IC305",
    origin="house",
    source="DUP-02, DUP-04, and once in conditions.toml",
    en="Row {first} has the same values in these columns: {fields}. If both rows are one record, delete one "
    "of them.",
    fr="La ligne {first} a les mêmes valeurs dans ces colonnes : {fields}. Si les deux lignes sont un seul "
    "enregistrement, supprimez l’une d’elles.",
    why_fr="Certaines choses ne figurent qu’une fois dans un fichier : un client dans les profils, un cours, un client "
    "dans un cours, un même service le même jour.",
    good=[{"rows": {4: {IDENTIFIER: "12345678", "start_dttm": "2018-06-05"},
                    5: {IDENTIFIER: "12345678", "start_dttm": "2018-06-06"}}},
          {"rows": {4: {IDENTIFIER: "12345678", "start_dttm": "2018-06-05", BIRTH_DATE: "1978-05-20"},
                    5: {IDENTIFIER: "12345678", "start_dttm": "2018-06-05", BIRTH_DATE: "1979-01-01"}}}],
    bad=[{"rows": {4: {IDENTIFIER: "12345678", "start_dttm": "2018-06-05", "postal_cd": "M1B5K1"},
                   5: {IDENTIFIER: "12345678", "start_dttm": "2018-06-05", "postal_cd": "M1B5K2"}}}],
)  # fmt: skip
def same_key_twice(sheet: Sheet) -> Iterator[Hit]:
    """Some things belong in a file only once: a client in the profiles, a course, a client in a course, a service on a day.

    Rows that are the same in every cell are the business of another rule.
    """
    identical = set(repeated_rows(sheet))
    for entry in _conditions(sheet).once:
        if entry.services and sheet.template.service not in entry.services:
            continue
        labels = ", ".join(sheet.field(id_).label for id_ in entry.fields)
        for row, first in _twins(row_keys(sheet, *entry.fields), birth_days(sheet)).items():
            if row not in identical:
                yield Hit(row, entry.fields[0], words={"first": first, "fields": labels})


def _twins(rows: Iterable[tuple[int, tuple[str, ...]]], born: Mapping[int, int]) -> dict[int, int]:
    """Each row that has the key of an earlier one, and that one: born on the same day, or else where one is not told."""
    found: dict[int, int] = {}
    first_of: dict[tuple[str, ...], dict[int, int]] = defaultdict(dict)  # key -> day of birth -> first row
    for row, key in rows:
        day, firsts = born.get(row, 0), first_of[key]
        first = firsts.get(day) or firsts.get(0) or (next(iter(firsts.values()), None) if not day else None)
        if first:
            found[row] = first
        firsts.setdefault(day, row)
    return found
