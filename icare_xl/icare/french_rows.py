"""Invented rows of a needs assessment in French, and the slips that staff meet in them."""

from __future__ import annotations

from icare_xl.icare import library
from icare_xl.icare.blank_workbook import Value
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE

Row = dict[str, Value]

_ANSWERS: Row = {
    IDENTIFIER_TYPE: "N° d'identité SSOBL ou SMGC du client",
    "client_email_txt": "ana.novak@example.com",
    "preferred_official_lang_id": "Français",
    "program_types_id": "Service standard",
    "activity_duration": "1,0",
    "activity_postal_cd": "M1B5K1",
    "activity_country_id": "Canada",
    "client_postal_cd": "M4B1B3",
    "client_country_id": "Canada",
    "service_language_id": "Français",
    "life_needs_ind": "Oui",
    "life_needs_housing_identified_ind": "Oui",
    "life_needs_housing_referral_ind": "Oui",
    "life_needs_housing_funded_referral_id": "Service financé par IRCC",
    "format_in_person_ind": "Oui",
    "settlement_plan_created_ind": "Oui",
    "francophone_referred_id": "Oui",
}
SLIPS: list[Row] = [
    {},
    {IDENTIFIER: "1234567"},
    {BIRTH_DATE: "03/04/1985"},
    {BIRTH_DATE: "1978/5/20"},
    {"activity_postal_cd": "M1B 5K1"},
    {"activity_start_dt": "2026-02-30"},
    {"formal_follow_up_ind": "oui"},
    {"preferred_official_lang_id": "Klingon"},
    {BIRTH_DATE: ""},
    {"support_received_ind": "Yes"},
    {IDENTIFIER: "12-3456-7890"},
    {"activity_start_dt": "5 janvier 2026"},
]


def good_row(client: int = 0) -> Row:
    """A row in which nothing is wrong, for the invented client of that number; every question that is not answered is No."""
    no = {field.id: "Non" for field in library.french_layout().fields if field.kind == "yes-no"}
    return {
        **no,
        **_ANSWERS,
        IDENTIFIER: str(10_000_001 + 7 * client),
        BIRTH_DATE: f"19{60 + client % 40}-{1 + client % 12:02}-{1 + client % 28:02}",
        "activity_start_dt": f"2026-01-{5 + 7 * client % 20:02}",
    }
