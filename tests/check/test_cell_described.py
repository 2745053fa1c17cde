"""What belongs in a cell in which nothing is wrong: six lines at most, true for every column of every service."""

from __future__ import annotations

import re

import pytest

from icare_xl.check.cell_described import MOST_LINES, cell_described
from icare_xl.check.engine import check
from icare_xl.icare import library
from icare_xl.icare.conditions_file import conditions_for
from icare_xl.model.template import Field, Template
from tests.support.services import good
from tests.support.sheets import TODAY, sheet_of

EVERY = [(each, field) for each in library.built_in() for field in each.fields]


def described(service: str, field_id: str, language: str = "en") -> list[str]:
    template = library.of_service(service)
    field = next(each for each in template.fields if each.id == field_id)
    return getattr(cell_described("E4", field, template), language).split("\n")  # type: ignore[no-any-return]


@pytest.mark.parametrize(("template", "field"), EVERY, ids=lambda each: getattr(each, "id", "") or each.service)
def test_every_column_of_every_service_is_described_in_a_few_lines(template: Template, field: Field) -> None:
    found = cell_described("E4", field, template)
    for told in (found.en, found.fr):
        lines = told.split("\n")
        assert 2 <= len(lines) <= MOST_LINES and len(set(lines)) == len(lines)
        assert not re.search(r"[{}]|“”|«\u00a0\u00a0»", told)
        assert all(line.endswith((".", "…")) for line in lines), told
    assert ("It is always mandatory." in found.en) == field.required
    if field.allowed:
        assert f"{len(field.allowed.values)} values" in found.en and field.allowed.values[0][:50] in found.en


def test_a_list_a_date_and_a_text_say_what_they_take() -> None:
    assert described("information_orientation", "service_language_id")[1:] == [
        "It takes a value from its list (263 values): “English”, “French”, “Ada”, “Affar”, “Afrikaans”, …",
        "It is always mandatory.",
    ]
    assert described("client_profile", "client_birth_dt", "fr")[1:] == [
        "Elle accepte une date au format AAAA-MM-JJ, par exemple 2018-06-05.",
        "Elle est toujours obligatoire.",
    ]
    assert described("client_profile", "city_txt")[1:] == ["It takes free text.", "The template lets it stay blank."]
    assert "typed by hand" in described("client_profile", "province_id")[1]
    assert described("nars", "processing_details")[1:] == [
        "iCARE writes its notes on rejected rows here; leave the cell blank."
    ]


def test_a_detail_says_which_answer_asks_for_it() -> None:
    assert described("information_orientation", "translation_language_from_id")[2:] == [
        "Fill it in where “Translation” is “Yes”.",
        "Leave it blank unless “Translation” is “Yes”.",
    ]
    assert described("community_connections", "service_end_dt")[2:] == [
        "Fill it in where “Status of Service” is “Completed” or “Service ended early (i.e. client ended participation)”.",
        "Leave it blank where “Status of Service” is “Ongoing”.",
    ]
    assert "Remplissez-la si «\u00a0Translation\u00a0» porte «\u00a0Yes\u00a0»." in described(
        "information_orientation", "translation_language_from_id", "fr"
    )


@pytest.mark.parametrize(
    ("service", "parent", "answer", "field_id", "rule"),
    [
        (service, each.parent, answer, field_id, "IC212")
        for service in library.services()
        for each in conditions_for(library.of_service(service).ids).asks
        for answer in each.answers
        for field_id in each.fields
    ]
    + [
        ("client_profile", "consent_ind", "1", "phone_no", "IC215"),
        ("client_profile", "email_txt_ind", "1", "email_txt", "IC214"),
    ],
)
def test_what_is_asked_for_is_missed_where_it_is_blank(
    service: str, parent: str, answer: str, field_id: str, rule: str
) -> None:
    template = library.of_service(service)
    field_of = {each.id: each for each in template.fields}
    allowed = field_of[parent].allowed
    assert allowed
    value = {id_: value for value, id_ in allowed.id_of.items()}.get(answer, answer)
    told = described(service, field_id)
    assert any(line.startswith("Fill it in where") and field_of[parent].label[:50] in line for line in told) or (
        field_of[field_id].required
    )
    sheet = sheet_of({4: good(service, 4) | {parent: value, field_id: ""}}, of=template)
    found = [each.rule for each in check(sheet, TODAY).findings if each.field == field_id]
    assert rule in found or field_of[field_id].required


def test_a_cell_that_no_rule_looks_at_is_said_to_be_one() -> None:
    assert cell_described("A1", None, library.of_service("nars")).en == "A1: no rule looks at this cell."
