"""All eight services: good rows give nothing, and each cell broken on its own is found in exactly that cell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from icare_xl.check.engine import check
from icare_xl.icare import library
from icare_xl.model.addresses import a1
from icare_xl.model.template import Field, ListOfValues, Template
from tests import support
from tests.support.services import SERVICES, good
from tests.support.sheets import TODAY, brief, findings_of, sheet_of, small_workbook

FOREIGN = "Zzz"


@pytest.mark.parametrize("full", [False, True], ids=["plain", "full"])
@pytest.mark.parametrize("service", SERVICES)
def test_fifty_good_rows_give_nothing(service: str, full: bool) -> None:
    rows = {4 + number: good(service, number, full=full) for number in range(50)}
    assert brief(check(sheet_of(rows, of=blank(service)), TODAY).findings) == []


@pytest.mark.parametrize("service", SERVICES)
def test_good_rows_in_a_workbook_give_nothing(service: str, tmp_path: Path) -> None:
    rows = {4 + number: good(service, number, full=number % 2 == 0) for number in range(20)}
    assert findings_of(small_workbook(tmp_path / "good.xlsx", rows, of=library.of_service(service))) == []


def blank(service: str) -> Template:
    """The template as the blank workbook describes it (a test proves that it does)."""
    return replace(library.of_service(service), source="workbook")


@dataclass(frozen=True)
class Fault:
    """One cell of one good row broken in one way."""

    field: Field
    value: str
    row: dict[str, object]

    def __str__(self) -> str:
        return f"{self.field.id}={self.value or 'blank'}"


def faults(service: str) -> Iterator[Fault]:
    template = blank(service)
    plain, full = good(service, 3), good(service, 3, full=True)
    for field in template.fields:
        row = full if field.id in full and field.id not in plain else plain
        if field.required:
            yield Fault(field, "", plain)
        if field.allowed:
            yield Fault(field, FOREIGN, row)
        if field.kind == "date":
            filled = row if field.id in row else full
            yield from (Fault(field, value, filled) for value in ("2026-13-01", "03/04/2025", "1/2/26"))
        if field.kind == "postal":
            yield from (Fault(field, value, plain) for value in ("M1B 5K1", "M1B5K", "0"))


FAULTS = {service: list(faults(service)) for service in SERVICES}


@pytest.mark.parametrize("service", SERVICES)
def test_each_cell_broken_on_its_own_is_found_in_exactly_that_cell(service: str) -> None:
    """Precision and recall over every mandatory cell, list cell, date and postal code of the template; in quick tests over some."""
    template, faults = blank(service), FAULTS[service] if support.thorough else FAULTS[service][::4]
    hits = misses = alarms = 0
    wrong = []
    for fault in faults:
        rows = {4: good(service, 1), 5: fault.row | {fault.field.id: fault.value}, 6: good(service, 2)}
        cell = a1(5, template.ids.index(fault.field.id))
        found = {finding.cell for finding in check(sheet_of(rows, of=template), TODAY).findings}
        hits, misses, alarms = hits + (cell in found), misses + (cell not in found), alarms + len(found - {cell})
        if found != {cell}:
            wrong.append((str(fault), sorted(map(str, found))))
    print(
        f"{service}: {len(faults)} faults, precision {hits / (hits + alarms):.3f}, recall {hits / (hits + misses):.3f}"
    )
    assert wrong == []


BROKEN_BLOCKS = [
    ("client_profile", {"consent_ind": "Yes"}, ["E4 IC215"]),
    ("client_profile", {"email_txt_ind": "Yes"}, ["G4 IC214"]),
    ("client_profile", {"email_txt_ind": "No", "email_txt": "ana.novak@example.com"}, ["G4 IC213"]),
    ("client_profile", {"province_id": "Alberta"}, ["O4 IC227"]),
    ("nars", {"knwl_life_needs_ind": "No", "knwl_life_referrals_ind": "Yes"}, ["M4 IC211"]),
    ("nars", {"housing_accommodation_needs_ind": "Yes"}, ["AY4 IC211", "AZ4 IC212"]),
    ("nars", {"food_cloth_material_refs_ind": "Yes"}, ["AX4 IC211"]),
    ("nars", {"support_required_services_required": "Yes"}, ["AO4 IC210"]),
    ("nars", {"non_cic_program_needs_services_required": "Yes"}, ["AV4 IC210"]),
    ("nars", {"language_skills_needs_ind": "Yes", "language_skills_referrals_ind": "No"}, ["AD4 IC212"]),
    ("nars", {"find_employment_period_id": "Within one year"}, ["AJ4 IC213"]),
    ("nars", {"assessment_completed_dt": "2025-12-31"}, ["CM4 IC201"]),
    ("community_connections", {"service_status_id": "Completed"}, ["AJ4 IC212"]),
    ("community_connections", {"service_end_dt": "2026-01-31"}, ["AJ4 IC213"]),
    ("community_connections", {"service_projected_end_dt": "2025-12-31"}, ["AK4 IC201"]),
    ("community_connections", {"community_activity_id": "Community-based group events and activities"}, ["O4 IC219"]),
    ("community_connections", {"service_length_hours_no": ""}, ["BN4 IC216"]),
    ("community_connections", {"group_clients_no_id": "10 - 20 people"}, ["P4 IC213"]),
    ("employment", {"session_result_intn_ind": "Yes"}, ["R4 IC212"]),
    ("employment", {"session_referral_id": ""}, ["H4 IC212", "H4 IC220"]),
    ("employment", {"session_referral_dt": ""}, ["M4 IC220"]),
    ("employment", {"intervention_start_dt": "2026-01-02"}, ["V4 IC213"]),
    ("lt_course_setup", {"held_on_ongoing_basis_ind": "Yes"}, ["AC4 IC212"]),
    ("lt_course_setup", {"training_format_id": "Blended classroom and online training", "inperson_instruction_percentage": "60",
                         "online_distance_percentage": "60"}, ["J4 IC223"]),
    ("lt_course_setup", {"inperson_instruction_percentage": "100", "online_distance_percentage": "0"}, []),
    ("lt_course_setup", {"inperson_instruction_percentage": "60", "online_distance_percentage": "40"}, ["J4 IC213"]),
    ("lt_course_setup", {"training_format_id": "Online computer training", "inperson_instruction_percentage": "100"}, ["I4 IC213"]),
    ("lt_course_setup", {"official_language_id": "Unknown/No preference"}, ["F4 IC228"]),
    ("community_connections", {"community_leave_reason_id": "Found employment"}, ["AH4 IC213"]),
    ("employment", {"session_result_intn_ind": "Yes", "intervention_type_id": "Short Term", "intervention_status_id": "Completed",
                    "short_term_service[1]service_received_id": "Networking opportunities",
                    "short_term_service[1]entry_dt": "2026-01-02", "intervention_end_dt": "2026-01-02",
                    "intervention_leave_reason_id": "To attend school"}, ["U4 IC213"]),
    ("lt_client_exit", {"exit_course_reason_id": "Found employment"}, ["I4 IC213"]),
    ("lt_course_setup", {"total_cic_funded_spots_num": "21"}, ["L4 IC224"]),
    ("lt_course_setup", {"end_dt": "2025-12-01"}, ["S4 IC201"]),
    ("lt_course_setup", {"course_schedule_morning": "No"}, ["T4 IC217"]),
    ("lt_course_setup", {"language_CLB_skill_listening_1": ""}, ["BI4 IC216"]),
    ("lt_course_setup", {"language_CLB_skill_listening_2": "1"}, ["BJ4 IC221"]),
    ("lt_course_setup", {"language_CLB_skill_reading_2": "3"}, ["CH4 IC213"]),
    ("lt_course_setup", {"language_CLB_skill_reading_2": "N/A"}, []),
    ("lt_client_exit", {"certificate_listening_level_id": "N/A", "certificate_speaking_level_id": "N/A"}, []),
    ("lt_course_setup", {"language_CLB_skill_listening_3": "3"}, ["BJ4 IC222"]),
    ("lt_course_setup", {"province_id": "Québec"}, ["BE4 IC227"]),
    ("lt_client_enrolment", {"support_received_ind": "Yes"}, ["J4 IC210"]),
    ("lt_client_exit", {"training_status_id": "Exited the course before completing"}, ["I4 IC212"]),
    ("lt_client_exit", {"certificate_issued_ind": "Yes", "certificate_listening_level_id": "6"}, ["O4 IC226", "P4 IC212"]),
    ("lt_client_exit", {"certificate_speaking_level_id": "5"}, ["P4 IC213"]),
]  # fmt: skip


@pytest.mark.parametrize(("service", "slips", "found"), BROKEN_BLOCKS, ids=str)
def test_a_broken_block_is_found_where_it_breaks(service: str, slips: dict[str, str], found: list[str]) -> None:
    rows = {4: good(service, 1) | slips, 5: good(service, 2)}
    findings = check(sheet_of(rows, of=blank(service)), TODAY).findings
    assert [f"{finding.cell} {finding.rule}" for finding in findings] == found


ONCE = [
    ("client_profile", {"postal_txt": "M1B5K2"}, "IC305"),
    ("nars", {"postal_cd": "M1B5K2"}, "IC305"),
    ("lt_course_setup", {"street_no": "13"}, "IC305"),
    ("lt_client_enrolment", {"postal_cd": "M1B5K2"}, "IC305"),
    ("lt_client_exit", {"exit_course_dt": "2026-01-30"}, "IC305"),
]


@pytest.mark.parametrize(("service", "difference", "code"), ONCE)
def test_what_stands_once_is_told_the_second_time(service: str, difference: dict[str, str], code: str) -> None:
    rows = {4: good(service, 1), 8: good(service, 1) | difference}
    findings = check(sheet_of(rows, of=blank(service)), TODAY).findings
    assert [(finding.row, finding.rule) for finding in findings] == [(8, code)]


def test_a_value_outside_a_transcribed_list_is_a_warning_and_outside_another_an_error() -> None:
    row = good("client_profile", 1, full=True) | {"street_type_id": FOREIGN, "official_language_id": FOREIGN}
    findings = check(sheet_of({4: row}, of=blank("client_profile")), TODAY).findings
    assert [(finding.field, finding.severity) for finding in findings] == [
        ("street_type_id", "warning"), ("official_language_id", "error"),
    ]  # fmt: skip


class TestEditionsNobodyHasSeen:
    """Workbooks that describe themselves and are none of the built-in editions."""

    def newer(self, *, french: bool) -> Template:
        """A needs assessment of 2025 with 119 columns: known fields, and others under ids that follow the same endings."""
        yes_no = ListOfValues(("Oui", "Non") if french else ("Yes", "No"), ("1", "0"))
        asked = "AAAA-MM-JJ" if french else "YYYY-MM-DD"
        known = [
            Field("processing_details", "Détails", "text"),
            Field("client_validation_type_id", "Type", "list", True, library.list_of_values("identifier_type")),
            Field("client_validation_id", "Valeur", "identifier", True),
            Field("client_birth_dt", f"Naissance ({asked})", "date", True),
            Field("client_email_txt", "Courriel", "email"),
            Field("begin", f"Début ({asked})", "date", True),
            Field("duration_hours_no", "Durée (heures)", "number"),
            Field("organization_location", "Code postal (A#A#A#)", "postal", True),
            Field("support_received_ind", "Soutien", "yes-no", True, yes_no),
            Field("translation_ind", "Traduction", "yes-no", allowed=yes_no),
            Field("counselling_ind", "Counseling", "yes-no", allowed=yes_no),
        ]
        more = [
            Field(f"topic_{n}_{part}_ind", f"Sujet {n} {part}", "yes-no", allowed=yes_no)
            for n in range(54) for part in ("needs", "referrals")
        ]  # fmt: skip
        return Template("naars", "naars", "1335", "fr-CA" if french else "en-CA", (*known, *more), "workbook")

    def rows(self, *, french: bool) -> dict[int, dict[str, str]]:
        yes, no = ("Oui", "Non") if french else ("Yes", "No")
        good_one = {
            "client_validation_type_id": "FOSS/GCMS Client ID", "client_validation_id": "12345678",
            "client_birth_dt": "1978-05-20", "begin": "2026-01-05", "duration_hours_no": "1,0",
            "organization_location": "M1B5K1", "support_received_ind": no, "topic_1_needs_ind": yes,
            "topic_1_referrals_ind": no,
        }  # fmt: skip
        slips: list[dict[str, str]] = [
            {}, {"begin": "05/06/2026"}, {"organization_location": "M1B 5K1"}, {"support_received_ind": yes},
            {"topic_2_referrals_ind": yes}, {"topic_3_needs_ind": yes}, {"client_email_txt": "x"}, {"duration_hours_no": "long"},
            {"topic_1_needs_ind": "perhaps"}, {"begin": ""},
        ]  # fmt: skip
        return {4 + n: good_one | {"client_validation_id": f"1234567{n}"} | slip for n, slip in enumerate(slips)}

    def test_give_the_same_findings_in_both_languages(self) -> None:
        found = [
            brief(check(sheet_of(self.rows(french=french), of=self.newer(french=french)), TODAY).findings)
            for french in (False, True)
        ]
        assert found[0] == found[1]
        assert found[0] == [
            (None, "IC012"), ("F5", "IC102"), ("H6", "IC110"), ("Q8", "IC211"), ("S9", "IC212"),
            ("E10", "IC113"), ("G11", "IC114"), ("N12", "IC103"), ("F13", "IC100"),
        ]  # fmt: skip

    def test_say_what_was_checked(self) -> None:
        (finding,) = check(sheet_of({}, of=self.newer(french=True)), TODAY).findings
        assert finding.message.en.startswith(
            "icare-xl does not know this edition of the template (naars, version 1335)"
        )
        assert "les cellules obligatoires, les listes et les formats" in finding.message.fr


@pytest.mark.parametrize("fields", ["\nfields = [", "\nfields=[", "\n  fields  =  ["])
def test_one_more_definition_is_in_the_menu_and_named_by_itself(tmp_path: Path, fields: str) -> None:
    with as_file(files("icare_templates")) as shipped:
        copy = shutil.copytree(shipped, tmp_path / "icare_templates")
    text = (copy / "client_profile.toml").read_text("utf-8")
    for old, new in (('"client_profile"', '"sport"'), ("Profil du client", "Sport d’équipe"), ("menu = 1", "menu = 9")):
        text = text.replace(old, new)
    assert text.count("\nfields = [") == 1
    (copy / "sport.toml").write_text(text.replace("\nfields = [", fields), "utf-8")
    program = (
        "from icare_xl.excel.buttons.tab import BUTTONS; from icare_xl.icare import library;"
        "print(*[(each.id, each.label.fr, each.keytip) for each in BUTTONS.values() if each.id.startswith('new_')][-1]);"
        "print(library.services()['sport'].fr, library.of_service('sport').service)"
    )
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines() == ["new_sport Sport d’équipe 9", "Sport d’équipe sport"], done.stderr
