"""Cells of a row that belong together: parents and children, details, pairs, slots, as blocks.toml lists them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from icare_xl import library
from icare_xl.rules.rule import Spot, sheet_rule
from icare_xl.sheet import Column, Mask, Sheet, YesNo
from icare_xl.wording import plain

_CHILD = "childminding_NewcomerChildren[{}]childminding_age_id"
_CARE = "childminding_NewcomerChildren[{}]childminding_type_id"
_INFANT, _SHORT = "Infant (6-18 months)", "Short term"


def _spots(sheet: Sheet, wrong: Mask, at: str, **words: object) -> Iterator[Spot]:
    for row in sheet.rows[wrong]:
        yield Spot(int(row), at, words=words)


def _present(sheet: Sheet, ids: list[str]) -> list[str]:
    return [id_ for id_ in ids if sheet.has(id_)]


def _not_chosen(sheet: Sheet, parent: YesNo) -> Mask:
    """No, or blank where blank is allowed: a blank mandatory parent is the business of the rule for blanks."""
    return parent.no if parent.field.required else parent.no | parent.blank


@sheet_rule(
    "IC210",
    origin="house",
    source="SUP-02, IO-11, IO-12",
    en="“{label}” is Yes, but none of the cells that belong to it is. Answer Yes to at least one, or No here.",
    fr="La réponse à « {label} » est Oui, mais aucune des cellules qui en dépendent ne l’est. "
    "Répondez Oui à au moins une, ou Non ici.",
    good=[{"rows": {4: {"support_received_ind": "Yes", "counselling_ind": "Yes"},
                    5: {"support_received_ind": "No", "counselling_ind": "No"}}}],
    bad=[{"rows": {4: {"support_received_ind": "Yes", "counselling_ind": "No"}}}],
)  # fmt: skip
def parent_without_child(sheet: Sheet) -> Iterator[Spot]:
    """Yes to the question announces at least one Yes among the cells below it."""
    for block in library.blocks()["any_of"]:
        children = [sheet.column(id_, YesNo) for id_ in _present(sheet, block["children"])]
        if children and sheet.has(block["parent"]):
            all_no = np.logical_and.reduce([child.no | child.blank for child in children])
            yield from _spots(sheet, sheet.column(block["parent"], YesNo).yes & all_no, block["parent"])


@sheet_rule(
    "IC211",
    origin="house",
    source="SUP-03, IO-11, IO-12",
    en="“{label}” is Yes, but “{parent}”, to which it belongs, is not. Correct one of them.",
    fr="La réponse à « {label} » est Oui, mais celle à « {parent} », dont elle dépend, ne l’est pas. "
    "Corrigez l’une des deux.",
    good=[{"rows": {4: {"support_received_ind": "No", "counselling_ind": "No"}}}],
    bad=[{"rows": {4: {"support_received_ind": "No", "counselling_ind": "Yes"}}}],
)
def child_without_parent(sheet: Sheet) -> Iterator[Spot]:
    """Details filled while the question says No: one of the two answers is wrong."""
    for block in library.blocks()["any_of"]:
        if sheet.has(block["parent"]):
            parent = sheet.column(block["parent"], YesNo)
            for id_ in _present(sheet, block["children"]):
                wrong = _not_chosen(sheet, parent) & sheet.column(id_, YesNo).yes
                yield from _spots(sheet, wrong, id_, parent=parent.field.label)


@sheet_rule(
    "IC212",
    origin="house",
    source="SUP-05, SUP-08, SUP-10",
    en="“{parent}” is Yes, but “{label}” is blank. Fill it in, or answer No there.",
    fr="La réponse à « {parent} » est Oui, mais « {label} » est vide. Remplissez la cellule, ou répondez Non.",
    good=[{"rows": {4: {"translation_ind": "Yes", "translation_language_from_id": "English",
                        "translation_language_to_id": "French"}}}],
    bad=[{"rows": {4: {"translation_ind": "Yes", "translation_language_from_id": "English"}}}],
)  # fmt: skip
def detail_blank(sheet: Sheet) -> Iterator[Spot]:
    """Yes to the question asks for its details: a first child, the two languages."""
    for block in library.blocks()["details"]:
        if sheet.has(block["parent"]):
            parent = sheet.column(block["parent"], YesNo)
            for id_ in _present(sheet, block["asks"]):
                yield from _spots(sheet, parent.yes & sheet.column(id_, Column).blank, id_, parent=parent.field.label)


@sheet_rule(
    "IC213",
    origin="house",
    source="SUP-07, SUP-09, SUP-10",
    en="“{label}” is filled, but “{parent}” is not Yes. Empty the cell, or answer Yes there.",
    fr="« {label} » est rempli, mais la réponse à « {parent} » n’est pas Oui. Videz la cellule, ou répondez Oui.",
    good=[{"rows": {4: {"childminding_ind": "Yes", _CHILD.format(1): _INFANT, _CARE.format(1): _SHORT},
                    5: {"childminding_ind": "No"}}}],
    bad=[{"rows": {4: {"childminding_ind": "No", _CHILD.format(2): _INFANT}}}],
)  # fmt: skip
def detail_without_parent(sheet: Sheet) -> Iterator[Spot]:
    """Details stay blank unless the question is answered Yes."""
    for block in library.blocks()["details"]:
        if sheet.has(block["parent"]):
            parent = sheet.column(block["parent"], YesNo)
            for id_ in _present(sheet, [*block["asks"], *block.get("also", [])]):
                wrong = _not_chosen(sheet, parent) & sheet.column(id_, Column).filled
                yield from _spots(sheet, wrong, id_, parent=parent.field.label)


@sheet_rule(
    "IC220",
    origin="house",
    source="SUP-06, amendments",
    en="“{label}” is blank, but “{other}” is filled. Fill both or neither.",
    fr="« {label} » est vide, mais « {other} » est rempli. Remplissez les deux ou aucun.",
    good=[{"rows": {4: {"update_record_id": "10000001", "assessment_update_reason_id": "Correct error"},
                    5: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"update_record_id": "10000001"}}}],
)  # fmt: skip
def half_of_a_pair(sheet: Sheet) -> Iterator[Spot]:
    """Some cells only mean something together: a record and the reason to update it, a child's age and care."""
    for pair in library.blocks()["both"]:
        if sheet.has(*pair):
            for one, other in (pair, pair[::-1]):
                wrong = sheet.column(one, Column).blank & sheet.column(other, Column).filled
                yield from _spots(sheet, wrong, one, other=sheet.field(other).label)


@sheet_rule(
    "IC221",
    origin="house",
    source="SUP-08, SUP-10",
    en="“{value}” is entered as both languages. Choose two different ones.",
    fr="« {value} » est inscrit pour les deux langues. Choisissez-en deux différentes.",
    good=[{"rows": {4: {"translation_language_from_id": "English", "translation_language_to_id": "French"},
                    5: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {"translation_language_from_id": "English", "translation_language_to_id": "english"}}}],
)  # fmt: skip
def same_language_twice(sheet: Sheet) -> Iterator[Spot]:
    """Nothing is translated or interpreted from a language into itself."""
    for one, other in library.blocks()["differ"]:
        if sheet.has(one, other):
            first, second = sheet.column(one, Column), sheet.column(other, Column)
            same = [plain(first.text(n)) == plain(second.text(n)) for n in range(len(sheet.rows))]
            yield from _spots(sheet, np.array(same, bool) & second.filled, other)


@sheet_rule(
    "IC222",
    origin="house",
    source="SUP-06",
    en="“{label}” is blank, but a later place is filled. Fill the places from the first on.",
    fr="« {label} » est vide, mais une place suivante est remplie. Remplissez les places à partir de la première.",
    good=[{"rows": {4: {_CHILD.format(1): _INFANT, _CHILD.format(2): _INFANT}, 5: {"postal_cd": "M1B5K1"}}}],
    bad=[{"rows": {4: {_CHILD.format(1): _INFANT, _CHILD.format(3): _INFANT}}}],
)
def gap_between_places(sheet: Sheet) -> Iterator[Spot]:
    """Children are entered from the first place on; an empty place in between is a slip."""
    for slots in library.blocks()["slots"]:
        columns = [sheet.column(id_, Column) for id_ in _present(sheet, slots)]
        for number, column in enumerate(columns[1:-1], start=1):
            later = np.logical_or.reduce([after.filled for after in columns[number + 1 :]])
            earlier = np.logical_or.reduce([before.filled for before in columns[:number]])
            yield from _spots(sheet, column.blank & later & earlier, column.field.id)
