"""An invented month: a workbook with mistakes and a rejected file, for trying the program safely in either language."""

from __future__ import annotations

from pathlib import Path

from icare_xl.icare import french_rows, library
from icare_xl.icare.blank_workbook import Value, write_workbook
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE
from icare_xl.model.template import Template
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.atomic import raising_cannot_write, replacing

Row = dict[str, Value]
_CHILD = "childminding_NewcomerChildren[{}]childminding_{}_id"
_NOTE = (
    "[BUID:62957,RID:,ORP:{position}/37,DTS:2026-02-03 10:05:04][1] (Client) Unable to validate against database. / "
    "(Client) Impossible de valider dans la base de données."
)
WORKBOOKS = ("january.xlsx", "january_rejected.xlsx")
FOLDER = Text("icare-demo", "iedec-demo")
SECOND_HAND = Text(
    "The labels are those of the French needs assessment of 2025, as an agency typed them; your own template may differ.",
    "Les libellés sont ceux de l’évaluation des besoins de 2025, tels qu’un organisme les a saisis; votre modèle peut différer.",
)  # to be said where the month is in French


def template(language: Language = "en") -> Template:
    return library.french_layout() if language == "fr" else library.of_service("information_orientation")


def good_row(client: int = 0) -> Row:
    """A row of Information and Orientation in which nothing is wrong, for the invented client of that number."""
    return {
        IDENTIFIER_TYPE: "FOSS/GCMS Client ID",
        IDENTIFIER: str(10_000_001 + 7 * client),
        BIRTH_DATE: f"19{60 + client % 40}-{1 + client % 12:02}-{1 + client % 28:02}",
        "postal_cd": "M1B5K1",
        "start_dttm": f"2026-01-{5 + client % 20:02}",
        "service_language_id": "English",
        "service_official_language_id": "English",
        "institution_type_id": "Settlement service provider",
        "service_referred_by_id": "Family / friends",
        "orientation_service_id": "One-on-one orientation",
        "orientation_length_id": "1 to 2 hours",
        "topic_housing_given_ind": "Yes",
        "topic_housing_referral_ind": "No",
        "training_received_service_ind": "No",
        "skill_received_service_ind": "No",
        "support_received_ind": "No",
        "end_dttm": f"2026-01-{5 + client % 20:02}",
    }


def month_with_mistakes(language: Language = "en") -> dict[int, Row]:
    """Twelve rows by Excel row number, most with one of the slips that staff meet."""
    if language == "fr":
        return {4 + number: {**french_rows.good_row(number), **slip} for number, slip in enumerate(french_rows.SLIPS)}
    slips: list[Row] = [
        {},
        {IDENTIFIER: "1234567"},
        {BIRTH_DATE: "03/04/1985"},
        {BIRTH_DATE: "1978/5/20"},
        {"postal_cd": "M1B 5K1"},
        {"start_dttm": "2026-01-20", "end_dttm": "2026-01-19"},
        {"orientation_service_id": "one-on-one orientation"},
        {"service_language_id": "Klingon"},
        {"service_official_language_id": ""},
        {"support_received_ind": "Yes"},
        {
            "support_received_ind": "Yes",
            "childminding_ind": "Yes",
            _CHILD.format(1, "age"): "Infant (6-18 months)",
        },
        {"end_dttm": "2026-02-30"},
    ]
    return {4 + number: {**good_row(number), **slip} for number, slip in enumerate(slips)}


def rejected_month(language: Language = "en") -> dict[int, Row]:
    """Three rows as iCARE sends them back, corrected but for the notes, and one with a colleague's remark."""
    row_of = french_rows.good_row if language == "fr" else good_row
    rows: dict[int, Row] = {4 + number: row_of(number) for number in range(4)}
    for row, position in ((4, 3), (5, 9), (6, 21)):
        rows[row] = {"processing_details": _NOTE.format(position=position), **rows[row]}
    remark = Text("checked on paper, Ana", "vérifié sur papier, Ana").to(language)
    rows[7] = {"processing_details": remark, **rows[7]}
    return rows


def write(folder: Path, language: Language = "en") -> None:
    """The two workbooks, in a folder that is made if need be."""
    with raising_cannot_write(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in zip(WORKBOOKS, (month_with_mistakes(language), rejected_month(language)), strict=True):
            with replacing(folder / name) as out:
                write_workbook(template(language), out, rows)
