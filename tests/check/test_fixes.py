"""What may stand in a wrong cell instead: right where something is proposed, silent where nothing is clear."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from datetime import time as clock

import pytest

from icare_xl.check import fixes, list_match
from icare_xl.check.engine import check
from icare_xl.icare import library
from icare_xl.icare.example import good_row, template
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.finding import Proposal
from icare_xl.model.template import Field, ListOfValues
from tests.support.sheets import TODAY, Rows, sheet_of

LANGUAGE, BIRTH, START = "service_language_id", "client_birth_dt", "start_dttm"


def proposed(row: int, field_id: str, rows: Rows) -> list[Proposal]:
    """What is proposed for a field of a row."""
    sheet = sheet_of({number: good_row(number) | given for number, given in rows.items()})
    return list(fixes.proposals(check(sheet, TODAY)).get((row, sheet.layout.columns[field_id]), ()))


def best(field_id: str, value: object) -> tuple[str, str] | None:
    found = proposed(4, field_id, {4: {field_id: value}})  # type: ignore[dict-item]
    return (found[0].text, found[0].confidence) if found else None


@pytest.mark.parametrize(
    ("field_id", "value", "expected"),
    [
        (LANGUAGE, "english", ("English", "safe")), (LANGUAGE, "English\u00a0", ("English", "safe")),
        (LANGUAGE, "English 2", ("English", "likely")), (LANGUAGE, "English2", ("English", "likely")),
        ("client_validation_type_id", "FOSS/GCMS Client ID1", ("FOSS/GCMS Client ID", "likely")),
        ("client_validation_type_id", "FOSS/GCMS Client ID 2", ("FOSS/GCMS Client ID", "likely")),
        ("client_validation_type_id", "Client ID 1", None), ("client_validation_type_id", "Client ID 3", None),
        (BIRTH, "1978‑05‑20", ("1978-05-20", "safe")), (BIRTH, "1978–05–20", ("1978-05-20", "safe")),
        (BIRTH, "1978−5−20", ("1978-05-20", "safe")), (BIRTH, "1978‑13‑20", None), (LANGUAGE, "anglais", ("English", "likely")),
        (LANGUAGE, "Neerlandais", ("Dutch", "likely")), (LANGUAGE, "Ukranian", ("Ukrainian", "likely")),
        (LANGUAGE, "Persian", ("Farsi (Persian)", "likely")), (LANGUAGE, "6", ("Afrikaans", "likely")),
        ("service_official_language_id", "Francais", ("French", "likely")),
        (LANGUAGE, "Hindu", ("Hindi", "possible")), (LANGUAGE, "Klingon", None), (LANGUAGE, "Aak", None),
        ("support_received_ind", "Oui", ("Yes", "likely")), ("support_received_ind", True, ("Yes", "likely")),
        ("support_received_ind", "n", ("No", "likely")), ("support_received_ind", "0", ("No", "likely")),
        ("support_received_ind", "X", None),
        ("institution_type_id", "Not for profit", ("Not for profit organization", "likely")),
        ("institution_type_id", "Post secondary institution", ("Post-secondary institution", "likely")),
        ("group_clients_no_id", "3", ("More than 20 people", "possible")),
        ("orientation_length_id", "1 to 2 huors", ("1 to 2 hours", "likely")),
        ("orientation_length_id", "1 to 9 hours", None), ("orientation_length_id", "5 minutes", ("5 minutes or less", "likely")),
        ("orientation_length_id", "60 minutes", None), ("orientation_length_id", "30 minutes", None),
        ("group_clients_no_id", "20 people", None), (LANGUAGE, "Farsi", ("Farsi (Persian)", "likely")),
        (LANGUAGE, "American", ("American Sign Language (ASL)", "possible")),
        (LANGUAGE, "American Sign", ("American Sign Language (ASL)", "likely")),
        (LANGUAGE, "Other Chinese", ("Other Chinese Dialects", "likely")),
        ("institution_type_id", "Post-secondary", ("Post-secondary institution", "likely")),
        ("institution_type_id", "Public", ("Public library", "possible")),
        ("orientation_length_hours_no", 2, ("2", "safe")), ("orientation_length_hours_no", "2.5", None),
        ("orientation_length_hours_no", "2 0", None), ("orientation_length_hours_no", "1 000", None),
        ("orientation_length_hours_no", "10 00", None), ("orientation_length_hours_no", " 20", ("20", "safe")),
        (BIRTH, date(1978, 5, 20), ("1978-05-20", "safe")), (BIRTH, " 1978-05-20", ("1978-05-20", "safe")),
        (BIRTH, "1978/5/20", ("1978-05-20", "safe")), (BIRTH, "20 mai 1978", ("1978-05-20", "safe")),
        (BIRTH, "1er août 1978", ("1978-08-01", "safe")), (BIRTH, "May 20, 1978", ("1978-05-20", "safe")),
        (BIRTH, "20-May-78", ("1978-05-20", "likely")), (BIRTH, "20/05/78", ("1978-05-20", "likely")),
        (BIRTH, 28630, ("1978-05-20", "likely")), (BIRTH, "20-May-15", ("1915-05-20", "possible")),
        (BIRTH, "03/04/1985", ("1985-04-03", "possible")),
        (START, "20-May-15", ("2015-05-20", "likely")), (START, "2026-01-05 00:00:00", ("2026-01-05", "likely")),
        ("postal_cd", "m1b 5k1", ("M1B5K1", "safe")), ("postal_cd", "M1B 5KI", ("M1B5K1", "likely")),
        ("postal_cd", "M1B5K", None),
        ("client_validation_id", "12-3456-7890", ("1234567890", "likely")),
        ("client_validation_id", 12345678, ("12345678", "likely")),
        ("client_validation_id", 1234567890, ("1234567890", "likely")),
        ("client_validation_id", 1234567, ("1234567", "possible")),
        ("client_validation_id", 123456789, ("123456789", "possible")), ("update_record_id", 123, ("123", "possible")),
    ],
)  # fmt: skip
def test_what_is_proposed(field_id: str, value: object, expected: tuple[str, str] | None) -> None:
    assert best(field_id, value) == expected


def test_a_number_behind_a_value_is_no_drag_where_the_list_has_that_number() -> None:
    """In a list of levels `N/A 2` may be level 2, and `1 0` level 10; in one of hours `2 0` may be 20."""
    levels = Field("x", "X", "list", allowed=ListOfValues(("N/A", "Pre-CLB", "1", "2", "10"), ("",) * 5))
    assert [list_match.proposals(Cell(text), levels) for text in ("N/A 2", "1 0", "2 10")] == [(), (), ()]
    assert [each.text for each in list_match.proposals(Cell("Pre-CLB 3"), levels)] == ["Pre-CLB"]


def test_numbers_that_go_up_down_the_column_are_no_ids_of_its_values() -> None:
    """Dragging makes 1, 2, 3 of one value, which are three types by iCARE's ids."""
    type_ = "client_validation_type_id"
    assert not any(proposed(row, type_, {4 + n: {type_: f"{1 + n}"} for n in range(3)}) for row in (4, 5, 6))
    ((found),) = proposed(4, type_, {4: {type_: "3"}, 5: {type_: "1"}, 6: {type_: "1"}})
    assert found.text == library.list_of_values("identifier_type").values[2]
    dragged: Rows = {4 + n: {type_: f"FOSS/GCMS Client ID {n}"} for n in range(1, 6)}
    assert {proposed(row, type_, dragged)[0].text for row in dragged} == {"FOSS/GCMS Client ID"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [("Ave", "Avenue"), ("Ave.", "Avenue"), ("Rd", "Road"), ("ST.", "Street"), ("Blvd", "Boulevard"), ("Dr", "Drive"),
     ("Cres.", "Crescent "), ("av.", "Avenue"), ("boul.", "Boulevard"), ("ch.", "Chemin"), ("Apt", None), (".", None)],
)  # fmt: skip
def test_a_type_of_street_goes_by_its_abbreviation_too(typed: str, value: str | None) -> None:
    field = Field("x", "X", "list", allowed=library.list_of_values("street_type"))
    found = [each.text for each in list_match.proposals(Cell(typed), field) if each.confidence != "possible"]
    assert found == ([value] if value else [])


def test_a_beginning_of_one_word_says_little_and_a_whole_name_says_enough() -> None:
    field = Field("x", "X", "list", allowed=library.list_of_values("referred_by"))
    found = {typed: list_match.proposals(Cell(typed), field) for typed in ("Other", "Employer", "Not")}
    assert [(each.text, each.confidence) for each in found["Other"]] == [
        ("Other settlement service provider", "possible")
    ]
    assert [(each.text, each.confidence) for each in found["Employer"]] == [("Employer / co-worker", "likely")]
    assert found["Not"] == ()


@pytest.mark.parametrize("typed", ["Dentist", "publication", "6 years"])
def test_a_name_in_several_values_is_no_name_of_one(typed: str) -> None:
    values = ("Dentist / Dental specialist", "Dentist assistant", "Government publication", "Media / publication",
              "Pre-school (36 months - 6 years)", "School age (more than 6 years)")  # fmt: skip
    field = Field("x", "X", "list", allowed=ListOfValues(values, ("",) * 6))
    found = [(each.text, each.confidence) for each in list_match.proposals(Cell(typed), field)]
    assert found == ([] if typed == "6 years" else [(value, "possible") for value in values if typed in value])


@pytest.mark.parametrize(
    ("field_id", "value", "becomes"),
    [
        # spaces
        ("postal_cd", " M1B5K1 ", "M1B5K1"), ("client_validation_id", "12345678\u00a0", "12345678"),
        (LANGUAGE, "English  ", "English"),
        ("institution_type_id", "Not for  profit organization", "Not for profit organization"),
        # capitals of the values of a list
        (LANGUAGE, "ENGLISH", "English"), ("support_received_ind", "no", "No"),
        # dates that can only be one day: real ones, and texts
        (BIRTH, date(1978, 5, 20), "1978-05-20"), (BIRTH, "1978/5/20", "1978-05-20"), (BIRTH, "20/05/1978", "1978-05-20"),
        (BIRTH, "05.20.1978", "1978-05-20"), (BIRTH, "20 mai 1978", "1978-05-20"), (BIRTH, "May 20, 1978", "1978-05-20"),
        (BIRTH, "1978–05–20", "1978-05-20"),
        # postal codes
        ("postal_cd", "m1b 5k1", "M1B5K1"), ("postal_cd", "M1B-5K1", "M1B5K1"),
        # numbers where the list has numbers
        ("orientation_length_hours_no", 2, "2"),
        # never: another day, a guess, a lost zero, a lost time, a slip of a letter, another language, an identifier
        (BIRTH, "03/04/1985", None), (BIRTH, "20/05/78", None), (BIRTH, "19780520", None), (BIRTH, 28630, None),
        (BIRTH, "1978-05-20 10:00", None), ("postal_cd", "M1B 5KI", None), (LANGUAGE, "Englsh", None), (LANGUAGE, "anglais", None),
        ("client_validation_id", "12-3456-7890", None), ("client_validation_id", 12345678, None), ("support_received_ind", "y", None),
    ],
)  # fmt: skip
def test_fix_format_does_what_its_tip_says_and_no_more(field_id: str, value: object, becomes: str | None) -> None:
    sheet = sheet_of({4: good_row() | {field_id: value}})  # type: ignore[dict-item]
    chosen, _ = fixes.of_sheet(sheet, check(sheet, TODAY), safe=True)
    assert fixes.texts(chosen) == ({(4, sheet.layout.columns[field_id]): becomes} if becomes else {})


CERTAIN, DOUBTFUL = re.compile("can only be this|the same ", re.I), re.compile("most likely|may be|may have", re.I)
TOLD = (
    "03/04/1985", "20-May-15", "03/04/18", "1978/5/20", "19780520", "20/05/78", "1978-05-20 10:00", 28630, date(1978, 5, 20),
    "Ukranian", "Farsi", "anglais", "English 2", "ENGLISH", "6", "American", "Hindu", "n", "Oui", "m1b 5k1", "MOB 5K1", "Public",
    "12-3456-7890", 12345678, 1234567, "3", "Other", "Not for profit", "X",
)  # fmt: skip


@pytest.mark.parametrize("value", TOLD, ids=str)
@pytest.mark.parametrize("field_id", [BIRTH, START, LANGUAGE, "support_received_ind", "postal_cd", "client_validation_id",
                                      "institution_type_id", "group_clients_no_id"])  # fmt: skip
def test_a_reason_says_as_much_as_the_proposal_is_sure_of(field_id: str, value: object) -> None:
    for each in proposed(4, field_id, {4: {field_id: value}}):  # type: ignore[dict-item]
        if each.confidence == "safe":
            assert CERTAIN.search(each.reason.en) and not DOUBTFUL.search(each.reason.en), each
        else:
            assert not CERTAIN.search(each.reason.en), each
            assert each.confidence == "likely" or "most likely" not in each.reason.en, each


@pytest.mark.parametrize(
    ("field_id", "value", "texts"),
    [(BIRTH, "03/04/1985", ["1985-04-03", "1985-03-04"]), (BIRTH, "20-May-15", ["1915-05-20", "2015-05-20"]),
     (START, "03/04/18", ["2018-04-03", "2018-03-04"]),
     (LANGUAGE, "Chinese", ["Chinese - Simplified (Translation Only)", "Chinese - Traditional (TRANSLATION ONLY)"])],
)  # fmt: skip
def test_where_two_readings_are_known_both_are_proposed_and_none_is_suggested(
    field_id: str, value: str, texts: list[str]
) -> None:
    found = proposed(4, field_id, {4: {field_id: value}})
    assert [each.text for each in found][:2] == texts and {each.confidence for each in found} == {"possible"}
    report = check(sheet_of({4: good_row() | {field_id: value}}), TODAY)
    assert {each.suggestion for each in report.findings if each.field == field_id} == {None}


@pytest.mark.parametrize("typed", ["(416) 555 0123", 4165550123])
def test_a_telephone_number_is_written_with_dashes(typed: str | int) -> None:
    sheet = sheet_of({4: {"phone_no": typed}}, of=library.of_service("client_profile"))
    ((found, *others),) = fixes.proposals(check(sheet, TODAY)).values()
    assert (found.text, found.confidence) == ("416-555-0123", "safe")
    assert all(each.confidence == "possible" for each in others)


class TestTheOrderOfDayAndMonth:
    def test_is_told_by_the_rest_of_the_column(self) -> None:
        rows: Rows = {4: {BIRTH: "03/04/1985"}} | {5 + n: {BIRTH: f"{13 + n}/04/1985"} for n in range(3)}
        (found,) = proposed(4, BIRTH, rows)
        assert found.text == "1985-04-03"
        assert found.confidence == "likely" and found.reason.en == (
            "3 of the 4 dates written this way in this column can only be day before month, so this one most likely is too."
        )
        months = {row: {BIRTH: f"04/{given[BIRTH][:2]}/1985"} if row > 4 else given for row, given in rows.items()}  # type: ignore[index]
        assert [each.text for each in proposed(4, BIRTH, months)] == ["1985-03-04"]

    @pytest.mark.parametrize(
        "others",
        [[], ["13/04/1985"], ["13/04/1985"] * 5, ["13/04/1985", "14/04/1985"],
         ["13/04/1985", "14/04/1985", "15/04/1985", "04/13/1985"]],
    )  # fmt: skip
    def test_is_left_open_without_evidence_or_against_it(self, others: list[str]) -> None:
        texts = ["03/04/1985", *others]
        found = proposed(4, BIRTH, {4 + n: {BIRTH: text} for n, text in enumerate(texts)})
        assert [(each.text, each.confidence) for each in found] == [
            ("1985-04-03", "possible"), ("1985-03-04", "possible")
        ]  # fmt: skip

    def test_makes_real_dates_doubtful_that_excel_may_have_turned_round(self) -> None:
        rows: Rows = {4: {BIRTH: date(1985, 3, 4)}, 5: {BIRTH: date(1985, 3, 14)}, 6: {BIRTH: "14/03/1985"}}
        found = proposed(4, BIRTH, rows)
        assert [(each.text, each.confidence) for each in found] == [
            ("1985-03-04", "possible"), ("1985-04-03", "possible")
        ]  # fmt: skip
        assert [each.confidence for each in proposed(5, BIRTH, rows)] == ["safe"]


class TestATimeOfDay:
    CELL = Cell("1978-05-20", Holds.DATE, day=date(1978, 5, 20), time_of_day=clock(23, 45))

    def test_is_never_left_out_as_if_nothing_were_lost(self) -> None:
        ((found),) = proposed(4, BIRTH, {4: {BIRTH: self.CELL}})
        assert (found.text, found.confidence) == ("1978-05-20", "likely")
        assert found.reason.en == "This is the day as text; its time of day (23:45) is left out."
        assert found.reason.fr == "C’est le jour sous forme de texte; son heure (23:45) est omise."

    def test_is_said_to_the_second_where_it_has_seconds(self) -> None:
        ((found),) = proposed(4, BIRTH, {4: {BIRTH: replace(self.CELL, time_of_day=clock(0, 0, 5))}})
        assert "(00:00:05)" in found.reason.en

    def test_is_named_too_where_day_and_month_may_be_turned_round(self) -> None:
        turned = replace(self.CELL, text="1985-03-04", day=date(1985, 3, 4))
        for found in proposed(4, BIRTH, {4: {BIRTH: turned}, 5: {BIRTH: "14/03/1985"}}):
            assert found.confidence == "possible" and "(23:45)" in found.reason.en and "(23:45)" in found.reason.fr
        same = replace(self.CELL, text="1985-03-03", day=date(1985, 3, 3), time_of_day=None)
        assert [each.confidence for each in proposed(4, BIRTH, {4: {BIRTH: same}, 5: {BIRTH: "14/03/1985"}})] == [
            "safe"
        ]


def test_a_label_of_another_edition_is_known_by_its_id() -> None:
    own = ListOfValues(("Autre nom", "Deuxième", "Troisième"), ("1", "2", "3"))
    fields = tuple(
        replace(each, allowed=own) if each.id == "client_validation_type_id" else each for each in template().fields
    )
    field = next(each for each in fields if each.id == "client_validation_type_id")
    assert [each.text for each in list_match.proposals(Cell("FOSS/GCMS Client ID"), field)] == ["Autre nom"]


def test_a_province_goes_by_its_letters_too() -> None:
    field = Field("x", "X", "list", allowed=library.list_of_values("province"))
    assert [each.text for each in list_match.proposals(Cell("qc"), field)] == ["Québec"]
    assert [each.text for each in list_match.proposals(Cell("Colombie-britannique"), field)] == ["British Columbia"]


def test_a_list_typed_by_hand_makes_every_likeness_doubtful() -> None:
    field = Field("x", "X", "list", allowed=library.list_of_values("language"), status="transcribed")
    assert [each.confidence for each in list_match.proposals(Cell("Ukranian"), field)] == ["possible"]


def test_only_what_means_the_same_is_safe_and_a_formula_is_left_alone() -> None:
    rows: Rows = {
        4: good_row(4) | {"postal_cd": "m1b 5k1", BIRTH: "20/05/78"},
        5: good_row(5) | {"postal_cd": Cell("m1b 5k1", formula=True)},
    }
    sheet = sheet_of(rows)
    report = check(sheet, TODAY)
    postal = sheet.layout.columns["postal_cd"]
    safe, formulas = fixes.of_sheet(sheet, report, safe=True)
    assert fixes.texts(safe) == {(4, postal): "M1B5K1"} and formulas == [(5, postal)]
    every, formulas = fixes.of_sheet(sheet, report, safe=False)
    assert fixes.texts(every) == {(4, sheet.layout.columns[BIRTH]): "1978-05-20", (4, postal): "M1B5K1"}
    assert formulas == [(5, postal)]


def test_what_is_proposed_heals_its_cell() -> None:
    """Put there, no rule proposes anything else."""
    rows: Rows = {4: good_row(4) | {LANGUAGE: "Ukranian", BIRTH: "20 mai 1978", "end_dttm": "Jan 30, 2026"}}
    report = check(sheet_of(rows), TODAY)
    healed = {each.field: each.suggestion for each in report.findings}
    assert len(healed) == 3
    assert not fixes.proposals(check(sheet_of({4: rows[4] | healed}), TODAY))  # type: ignore[operator]


def lists() -> dict[ListOfValues, Field]:
    """Every built-in list, as if each were the genuine one, under a field that has it."""
    fields = [field for template in library.built_in() for field in template.fields if field.allowed]
    return {field.allowed: replace(field, status="own") for field in fields if field.allowed}


Mutate = Callable[[random.Random, str, Field], str]


def slip(chance: random.Random, value: str, field: Field) -> str:
    """A letter or digit left out, put in, changed, or swapped with the next."""
    at = chance.randrange(len(value))
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = value[:at] + value[at + 1 : at + 2] + value[at] + value[at + 2 :]
    return chance.choice(
        [value[:at] + value[at + 1 :], value[:at] + letter + value[at:], value[:at] + letter + value[at + 1 :], swapped]
    )


def two_slips(chance: random.Random, value: str, field: Field) -> str:
    return slip(chance, slip(chance, value, field) or value, field)


def other_case(chance: random.Random, value: str, field: Field) -> str:
    return chance.choice([value.upper(), value.lower(), value.title()])


def other_blanks(chance: random.Random, value: str, field: Field) -> str:
    choices = [f" {value}", f"{value} ", value.replace(" ", "  "), value.replace(" ", "\u00a0"), value.replace(" ", "")]
    return chance.choice(choices)


def no_accents(chance: random.Random, value: str, field: Field) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", value) if not unicodedata.combining(sign))


def its_id(chance: random.Random, value: str, field: Field) -> str:
    return (field.allowed.id_of[value] if field.allowed else "") or value


def in_french(chance: random.Random, value: str, field: Field) -> str:
    return next((other for known, other in list_match._pairs() if known == value), value)


MUTATIONS: dict[Mutate, float] = {
    slip: 0.5, two_slips: 0.35, other_case: 0.99, other_blanks: 0.99, no_accents: 0.99, its_id: 0.85, in_french: 0.99
}  # fmt: skip


def mutated(mutate: Mutate) -> Iterator[tuple[str, str, Field]]:
    """Value, what became of it, and its field; not where that is blank or a value itself."""
    chance = random.Random(2026)
    for allowed, field in lists().items():
        for value in allowed.values * 3:
            text = mutate(chance, value, field)
            if text.strip() and text not in allowed.id_of:
                yield value, text, field


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_the_first_proposal_is_right_where_one_is_made(mutate: Mutate) -> None:
    """Over every value of every built-in list. The share where one is made has a floor, so that silence is no way out:
    most values with slips that get none are numbers or have fewer than four letters.
    """
    count: Counter[str] = Counter()
    for value, text, field in mutated(mutate):
        found = [each for each in list_match.proposals(Cell(text), field) if each.confidence != "possible"]
        count.update({"asked": 1, "made": bool(found), "right": bool(found) and found[0].text == value})
    assert count["right"] >= 0.98 * count["made"], count
    assert count["made"] >= MUTATIONS[mutate] * count["asked"], count


ELSEWHERE = """
    Irish Tajik Dinka Bosnian Sylheti Rwandan Fula Mam Quechua Hmong Turkmen Kazakh Kyrgyz Georgian Basque Corsican
    Latin Assamese Bhojpuri Maithili Balochi Brahui Pashai Zhuang Hainanese Kachin Mon Tswana Venda Tsonga Ndebele
    Swati Luba Sidamo Hadiyya Luo Kamba Kikuyu Meru Masai Turkana Acholi Lango Lugbara Bari Zande Nubian Fur Kanuri
    Nupe Fon Dagbani Mossi Senufo Serer Guarani Aymara Maya Maori Fijian Tongan Ilocano Maranao Balinese Sundanese
    Batak Iban Comorian Chechen Avar Ossetian Abkhaz Montenegrin Karelian Tuvan Yakut Austrian Brazilian
"""  # languages that the list does not have


@pytest.mark.parametrize("language", ELSEWHERE.split())
def test_a_language_that_the_list_does_not_have_becomes_no_other(language: str) -> None:
    assert all(each.confidence == "possible" for each in proposed(4, LANGUAGE, {4: {LANGUAGE: language}}))


def test_proposing_for_a_thousand_wrong_cells_takes_well_under_a_second() -> None:
    chance, languages = random.Random(1), library.list_of_values("language").values
    rows = {4 + n: good_row(n) for n in range(2500)}
    for n in range(500):
        rows[4 + n * 5] |= {LANGUAGE: two_slips(chance, languages[n % 263], template().fields[0])}
        rows[5 + n * 5] |= {BIRTH: f"{1 + n % 12:02}/{1 + n % 28:02}/{1950 + n % 50}"}
    sheet = sheet_of(rows)
    began = time.process_time()
    report = check(sheet, TODAY)
    chosen, _ = fixes.of_sheet(sheet, report, safe=False)
    took = time.process_time() - began
    assert len(report.by_cell) >= 950 and len(chosen) >= 300
    assert took < 0.8, took


def test_a_real_date_is_no_value_of_a_list() -> None:
    field = Field("x", "X", "list", allowed=library.list_of_values("language"))
    assert list_match.proposals(Cell("2026-01-02", Holds.DATE), field) == ()
