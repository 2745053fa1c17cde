"""Conditions between cells that only one or two services have, and that no table can say."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from icare_xl.check.rules.formats import first_letter
from icare_xl.check.rules.rule import row_rule
from icare_xl.model.cells import Cell
from icare_xl.model.columns import Choice, Column, Mask, YesNo
from icare_xl.model.normalise import collapse_blanks, comparison_key

_NO_LANGUAGE = "Unknown/No preference"
_EXITED = "Exited the course before completing"
_FIRST_LETTERS = {
    "A": ("Newfoundland and Labrador", "Terre-Neuve-et-Labrador"),
    "B": ("Nova Scotia", "Nouvelle-Écosse"),
    "C": ("Prince Edward Island", "Île-du-Prince-Édouard"),
    "E": ("New Brunswick", "Nouveau-Brunswick"),
    "GHJ": ("Québec", "Quebec"),
    "KLMNP": ("Ontario",),
    "R": ("Manitoba",),
    "S": ("Saskatchewan",),
    "T": ("Alberta",),
    "V": ("British Columbia", "Colombie-Britannique"),
    "X": ("Northwest Territories", "Territoires du Nord-Ouest", "Nunavut"),
    "Y": ("Yukon",),
}
_LETTERS_OF = {comparison_key(name): letters for letters, names in _FIRST_LETTERS.items() for name in names}


def _numbers(column: Column, read: Callable[[str], float] = float) -> NDArray[np.float64]:
    """The values as numbers, decimal comma or point; NaN where there is none, for which every comparison is False."""

    def number(cell: Cell) -> float:
        try:
            return read(collapse_blanks(cell.text).replace(",", "."))
        except ValueError:
            return np.nan

    return column.spread(np.array([number(cell) for cell in column.distinct], np.float64))


@row_rule(
    "IC214",
    marks="email_txt",
    origin="house",
    source="CP-06",
    en="The client has an email address, but none is entered. Enter it or answer No.",
    fr="Le client a une adresse courriel, mais aucune n’est saisie. Saisissez-la ou répondez Non.",
    why_fr="Le libellé de la colonne demande l’adresse après un Oui; aucune source publique ne dit ce qu’iEDEC vérifie.",
    good=[
        {"email_txt_ind": "Yes", "email_txt": "ana.novak@example.com"},
        {"email_txt_ind": "No", "email_txt": ""},
    ],
    bad=[{"email_txt_ind": "Yes", "email_txt": ""}],
)
def email_announced_but_blank(email_txt_ind: YesNo, email_txt: Column) -> Mask:
    """The label of the column asks for the address after Yes; what iCARE checks is not public."""
    return email_txt_ind.yes & email_txt.blank


@row_rule(
    "IC215",
    marks="phone_no",
    origin="documented",
    source="CP-05, ERR-02",
    en="The client agrees to be contacted, but the telephone number is blank. Enter it, or correct the consent.",
    fr="Le client accepte d’être joint, mais le numéro de téléphone est vide. Entrez-le, ou corrigez le consentement.",
    why_fr="L’un des deux messages publics d’iEDEC nomme ensemble le consentement et le téléphone; la condition exacte est "
    "notre interprétation.",
    good=[{"consent_ind": "Yes", "phone_no": "416-555-0123"}, {"consent_ind": "No", "phone_no": ""}],
    bad=[{"consent_ind": "Yes", "phone_no": ""}],
)
def consent_without_phone(consent_ind: YesNo, phone_no: Column) -> Mask:
    """One of iCARE’s two public messages names consent and telephone together; the exact condition is our reading."""
    return consent_ind.yes & phone_no.blank


@row_rule(
    "IC218",
    marks="orientation_length_id",
    origin="house",
    source="IO-04",
    en="“{orientation_length_id}” does not fit the length entered in hours and minutes. Correct one of them.",
    fr="« {orientation_length_id} » ne correspond pas à la durée inscrite en heures et en minutes. Corrigez "
    "l’une des deux.",
    why_fr="La durée est donnée deux fois, par tranche et en heures et minutes, et les deux devraient concorder.",
    good=[
        {"orientation_length_id": "1 to 2 hours", "orientation_length_hours_no": "2"},
        {"orientation_length_id": "6 - 30 minutes", "orientation_length_minutes_no": "30"},
        {"orientation_length_id": "Over 30 hours", "orientation_length_hours_no": "31"},
        {"orientation_length_id": "5 minutes or less", "orientation_length_minutes_no": "5"},
        {"orientation_length_id": "1 to 2 hours"},
    ],
    bad=[
        {"orientation_length_id": "1 to 2 hours", "orientation_length_hours_no": "3"},
        {"orientation_length_id": "1 to 2 hours", "orientation_length_minutes_no": "30"},
        {"orientation_length_id": "Over 30 hours", "orientation_length_hours_no": "29"},
    ],
)
def length_outside_its_band(
    orientation_length_id: Column, orientation_length_hours_no: Column, orientation_length_minutes_no: Column
) -> Mask:
    """The length is given twice, as a range and in hours and minutes, and both should agree.

    The limits of neighbouring bands overlap.
    """
    hours, minutes = _numbers(orientation_length_hours_no), _numbers(orientation_length_minutes_no)
    unreadable = (np.isnan(hours) & orientation_length_hours_no.filled) | (
        np.isnan(minutes) & orientation_length_minutes_no.filled
    )
    total = np.nan_to_num(hours) * 60 + np.nan_to_num(minutes)
    entered = ~unreadable & (total > 0)
    least = _numbers(orientation_length_id, lambda text: _band(text)[0])
    most = _numbers(orientation_length_id, lambda text: _band(text)[1])
    wrong: Mask = entered & ((total < least) | (total > most))
    return wrong


def _band(text: str) -> tuple[float, float]:
    """The least and the most minutes of a band, in either language: `6 - 30 minutes`, `1 to 2 hours`, `Over 30 hours`."""
    unit = 1 if "minute" in text else 60
    limits = [float(number) * unit for number in re.findall(r"\d+", text)]
    match limits:
        case [least, most]:
            return least, most
        case [limit]:
            return (0, limit) if text[0].isdigit() else (limit, np.inf)
    raise ValueError(text)


_GROUP_EVENTS = "Community-based group events and activities"
_MATCHING = "Targeted Matching and Networking"


@row_rule(
    "IC219",
    marks="value",
    fields=[{"value": "community_service_id"}, {"value": "topics_service_id"}],
    origin="house",
    source="CC-03",
    en="“{value}” belongs to another activity than “{community_activity_id}”. Correct one of them.",
    fr="« {value} » relève d’une autre activité que « {community_activity_id} ». Corrigez l’une des deux.",
    why_fr="Le service reçu, et certains sujets, commencent par le nom de l’activité dont ils relèvent.",
    good=[
        {"community_activity_id": _GROUP_EVENTS, "community_service_id": f"{_GROUP_EVENTS}: Group session"},
        {"community_activity_id": _GROUP_EVENTS, "topics_service_id": "Getting involved in the community"},
    ],
    bad=[
        {"community_activity_id": _MATCHING, "community_service_id": f"{_GROUP_EVENTS}: Group session"},
        {"community_activity_id": _GROUP_EVENTS, "topics_service_id": f"{_MATCHING}: Language learning"},
    ],
)
def value_of_another_activity(community_activity_id: Column, value: Column) -> Mask:
    """The service received, and some topics, begin with the name of the activity that they belong to."""
    allowed = community_activity_id.field.allowed
    known = set(allowed.exact) if allowed else set()
    prefixes = [comparison_key(cell.text.partition(":")[0]) if ":" in cell.text else "" for cell in value.distinct]
    own = value.spread(np.array(prefixes, object))
    chosen = community_activity_id.spread(
        np.array([comparison_key(cell.text) for cell in community_activity_id.distinct], object)
    )
    wrong: Mask = np.isin(own, list(known)) & np.isin(chosen, list(known)) & (own != chosen)
    return wrong


@row_rule(
    "IC223",
    marks="online_distance_percentage",
    origin="house",
    source="LS-04",
    en="The in-person and online percentages do not add up to 100. Correct one of them.",
    fr="Le total des pourcentages en personne et en ligne n’est pas de 100. Corrigez l’un des deux.",
    why_fr="Un cours se donne en personne et en ligne, par parts d’un tout; l’une des deux parts peut rester vide.",
    good=[
        {"inperson_instruction_percentage": "60", "online_distance_percentage": "40"},
        {"inperson_instruction_percentage": "100", "online_distance_percentage": ""},
    ],
    bad=[
        {"inperson_instruction_percentage": "60", "online_distance_percentage": "50"},
        {"inperson_instruction_percentage": "160", "online_distance_percentage": ""},
    ],
)
def shares_do_not_make_100(inperson_instruction_percentage: Column, online_distance_percentage: Column) -> Mask:
    """A course is given in person and online in shares of the whole; one of the two may be left blank."""
    one, other = _numbers(inperson_instruction_percentage), _numbers(online_distance_percentage)
    entered = ~np.isnan(one) | ~np.isnan(other)
    wrong: Mask = entered & (np.nan_to_num(one) + np.nan_to_num(other) != 100)
    return wrong


@row_rule(
    "IC224",
    marks="total_cic_funded_spots_num",
    origin="house",
    source="LS-05",
    en="{total_cic_funded_spots_num} funded spots are more than the {total_spots_num} spots of the course. "
    "Correct one of them.",
    fr="{total_cic_funded_spots_num} places financées dépassent les {total_spots_num} places du cours. "
    "Corrigez l’un des deux nombres.",
    why_fr="Les places financées font partie de l’ensemble des places.",
    good=[{"total_spots_num": "20", "total_cic_funded_spots_num": "20"}],
    bad=[{"total_spots_num": "9", "total_cic_funded_spots_num": "10"}],
)
def more_funded_spots_than_spots(total_spots_num: Column, total_cic_funded_spots_num: Column) -> Mask:
    """The funded spots are a part of all spots."""
    wrong: Mask = _numbers(total_cic_funded_spots_num) > _numbers(total_spots_num)
    return wrong


@row_rule(
    "IC225",
    marks="certificate_issued_ind",
    origin="house",
    source="LX-07",
    en="A certificate is reported for a client who left before completing the course. Correct one of the answers.",
    fr="Un certificat est déclaré pour un client qui a quitté le cours avant la fin. Corrigez l’une des réponses.",
    why_fr="Un certificat se délivre à la fin d’un niveau achevé.",
    good=[
        {"training_status_id": "Completed the course", "certificate_issued_ind": "Yes"},
        {"training_status_id": _EXITED, "certificate_issued_ind": "No"},
    ],
    bad=[{"training_status_id": _EXITED, "certificate_issued_ind": "Yes"}],
)
def certificate_without_completion(training_status_id: Choice, certificate_issued_ind: YesNo) -> Mask:
    """Certificates come at the end of completed levels."""
    return training_status_id.chosen(_EXITED) & certificate_issued_ind.yes


@row_rule(
    "IC226",
    marks="certificate",
    fields=[
        {"certificate": "certificate_listening_level_id", "level": "listening_CLB_level_id"},
        {"certificate": "certificate_speaking_level_id", "level": "speaking_CLB_level_id"},
    ],
    origin="house",
    source="LX-09",
    en="Level {certificate} on the certificate is above the level {level} that is reported for the skill. "
    "Correct one of them.",
    fr="Le niveau {certificate} du certificat dépasse le niveau {level} déclaré pour cette compétence. "
    "Corrigez l’un des deux.",
    why_fr="Un certificat atteste un niveau que le client a atteint.",
    good=[
        {"certificate_listening_level_id": "4", "listening_CLB_level_id": "5"},
        {"certificate_speaking_level_id": "4", "speaking_CLB_level_id": "Pre-CLB"},
    ],
    bad=[
        {"certificate_listening_level_id": "5", "listening_CLB_level_id": "4"},
        {"certificate_speaking_level_id": "10", "speaking_CLB_level_id": "9"},
    ],
)
def certificate_above_level(certificate: Column, level: Column) -> Mask:
    """A certificate shows a level that the client has reached.

    Levels that are no number say nothing.
    """
    wrong: Mask = _numbers(certificate) > _numbers(level)
    return wrong


@row_rule(
    "IC228",
    marks="official_language_id",
    origin="house",
    source="LS-14",
    en="A course is given in English or French, but “{official_language_id}” is neither. Choose the language of the "
    "course.",
    fr="Un cours se donne en français ou en anglais, mais « {official_language_id} » n’est ni l’un ni l’autre. "
    "Choisissez la langue du cours.",
    why_fr="Un client peut n’avoir aucune préférence linguistique; un cours se donne toujours dans une langue officielle.",
    good=[{"course_cd": "L-1", "official_language_id": "French"}, {"course_cd": "L-1", "official_language_id": ""}],
    bad=[{"course_cd": "L-1", "official_language_id": "Unknown/No preference"}],
)
def course_without_language(course_cd: Column, official_language_id: Choice) -> Mask:
    """A client may prefer no language, but a course is always given in one of the two.

    The list of the course's own language is lost; what stands in for it is the list of preferences.
    """
    return course_cd.filled & official_language_id.chosen(_NO_LANGUAGE)


@row_rule(
    "IC227",
    marks="postal",
    fields=[{"postal": "postal_txt"}, {"postal": "postal_cd"}],
    origin="house",
    source="CP-10",
    en="Postal code {postal} is not in {province_id}. Correct one of them.",
    fr="Le code postal {postal} n’est pas celui de la province choisie ({province_id}). Corrigez l’un des deux.",
    why_fr="La première lettre d’un code postal est celle d’une seule province, et X celle de deux territoires.",
    good=[
        {"province_id": "Ontario", "postal_txt": "M1B5K1"},
        {"province_id": "Québec", "postal_cd": "H1B5K1"},
        {"province_id": "", "postal_txt": "M1B5K1"},
        {"province_id": "Ontario", "postal_txt": "D1B5K1"},
        {"province_id": "Ontario", "postal_txt": "see file"},
    ],
    bad=[{"province_id": "Alberta", "postal_txt": "M1B5K1"}, {"province_id": "Québec", "postal_cd": "M1B5K1"}],
)
def postal_code_of_another_province(province_id: Column, postal: Column) -> Mask:
    """The first letter of a postal code belongs to one province, X to two territories."""
    own = province_id.spread(
        np.array([_LETTERS_OF.get(comparison_key(cell.text), "") for cell in province_id.distinct], object)
    )
    first = postal.spread(np.array([first_letter(cell) for cell in postal.distinct], object))
    pairs = zip(own.tolist(), first.tolist(), strict=True)
    return np.array([bool(letters and letter and letter not in letters) for letters, letter in pairs], np.bool_)
