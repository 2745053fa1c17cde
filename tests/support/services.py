"""Good rows of every service, typed by hand: what a careful person of an agency would report. All people are invented."""

from __future__ import annotations

from typing import Any

from icare_xl.icare import library
from icare_xl.icare.example import good_row

Row = dict[str, Any]
_CARE = "childminding_NewcomerChildren[{}]childminding_{}_id"
NO_SUPPORT: Row = {"support_received_ind": "No"}
ALL_SUPPORT: Row = {
    "support_received_ind": "Yes", "childminding_ind": "Yes", "transportation_ind": "Yes", "support_disability_ind": "No",
    "translation_ind": "Yes", "translation_language_from_id": "English", "translation_language_to_id": "Dari",
    "interpretation_ind": "Yes", "interpretation_language_from_id": "French", "interpretation_language_to_id": "Somali",
    "counselling_ind": "No",
    **{_CARE.format(child, part): value for child in range(1, 6)
       for part, value in (("age", "Infant (6-18 months)"), ("type", "Short term"))},
    "update_record_id": "10000001", "assessment_update_reason_id": "Correct error",
}  # fmt: skip


def client(number: int) -> Row:
    return {
        "client_validation_type_id": "FOSS/GCMS Client ID",
        "client_validation_id": str(20_000_001 + 11 * number),
        "client_birth_dt": f"{1950 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}",
    }


def day(number: int) -> str:
    return f"2026-01-{1 + 11 * number % 28:02}"


def _profile(number: int, full: bool) -> Row:
    row = client(number) | {"postal_txt": "M1B5K1", "official_language_id": "English", "consent_ind": "No"}
    if full:
        row |= {
            "consent_ind": "Yes", "phone_no": "416-555-0123", "email_txt_ind": "Yes", "email_txt": "ana.novak@example.com",
            "street_no": "12", "street_nme": "Main", "street_type_id": "Abbey", "street_direction_id": "E - East",
            "unit_txt": "3b", "city_txt": "Toronto", "province_id": "Ontario",
        }  # fmt: skip
    return row


def _orientation(number: int, full: bool) -> Row:
    row = good_row(number) | client(number)
    if full:
        row |= ALL_SUPPORT | {
            "orientation_service_id": "Group orientation", "group_clients_no_id": "10 - 20 people",
            "orientation_length_hours_no": "1", "orientation_length_minutes_no": "30",
            "target_group_specific_ind": "Yes", "training_received_service_ind": "Yes", "skill_received_service_ind": "Yes",
        }  # fmt: skip
    return row


def _needs(number: int, full: bool) -> Row:
    row = client(number) | {
        "postal_cd": "M1B5K1", "assessment_start_dt": day(number), "assessment_language_id": "English",
        "preferred_official_language_id": "French", "institution_type_id": "Settlement service provider",
        "assessment_referral_id": "Family / friends", "knwl_life_needs_ind": "Yes", "knwl_life_referrals_ind": "No",
        "intention_canadian_citizen_ind": "Unknown/Not sure", "support_required_services_required": "No",
        "non_cic_program_needs_services_required": "No", "settlement_plan_ind": "No", "assessment_completed_dt": day(number),
        **NO_SUPPORT,
    }  # fmt: skip
    if full:
        row |= ALL_SUPPORT | {
            "support_required_services_required": "Yes", "non_cic_program_needs_services_required": "Yes",
            "language_skills_needs_reason_id": "Find employment", "other_skills_needs_reason_id": "Get an education",
            "find_employment_period_id": "Within one year", "canadian_employment_experience_id": "No",
            "intended_work_noc_group_id": "A - Professional", "intention_credentials_licence_ind": "Yes",
        }  # fmt: skip
    return row


def _community(number: int, full: bool) -> Row:
    row = client(number) | {
        "postal_cd": "M1B5K1", "service_lang_id": "English", "preferred_official_lang_id": "English",
        "assessment_referral_id": "Family / friends", "community_activity_id": "Targeted Matching and Networking",
        "institution_type_id": "Public library", "topics_service_id": "Connecting with other newcomers",
        "community_service_id": "Targeted Matching and Networking: One-on-one session (e.g. mentoring)",
        "service_status_id": "Ongoing", "service_start_dt": day(number), "training_received_service_ind": "No",
        "service_length_hours_no": "2", **NO_SUPPORT,
    }  # fmt: skip
    if full:
        row |= ALL_SUPPORT | {
            "community_service_id": "Targeted Matching and Networking: Group session (e.g. conversation circles)",
            "events_type_attended_id": "Neighbourhood day", "service_type_id": "Conversation circle",
            "group_clients_no_id": "10 - 20 people", "volunteers_participate_ind": "No", "target_group_specific_ind": "Yes",
            "service_status_id": "Service ended early (i.e. client ended participation)", "service_end_dt": day(number),
            "community_leave_reason_id": "Found employment", "service_projected_end_dt": "2026-12-01",
            "training_received_service_ind": "Yes", "service_length_minutes_no": "30",
        }  # fmt: skip
    return row


def _employment(number: int, full: bool) -> Row:
    row = client(number) | {
        "postal_cd": "M1B5K1", "session_result_intn_ind": "No", "session_referral_id": "Other",
        "session_referral_dt": day(number), "session_service_lang_id": "English", "session_official_lang_id": "English",
        "institution_type_id": "Settlement service provider", "assessment_referral_id": "Family / friends",
    }  # fmt: skip
    if full:
        row |= ALL_SUPPORT | {
            "session_result_intn_ind": "Yes", "session_employment_status_id": "Unemployed",
            "session_education_status_id": "Full-time student", "intervention_type_id": "Long Term",
            "session_current_occupation_id": "00 Senior management occupations",
            "session_intended_occupation_id": "00 Senior management occupations",
            "intervention_received_id": "Work placement", "intervention_start_dt": day(number),
            "intervention_status_id": "Intervention ended early (i.e. client ended participation)",
            "intervention_leave_reason_id": "To attend school", "intervention_end_dt": day(number),
            "employer_size_id": "Large enterprise - 500 employees or more", "placement_type_id": "Paid",
            "working_hours_id": "Part-time - less than 30 hours at main or only job", "mentoring_hours_id": "2",
            "mentoring_location_id": "Mentor's place of work during work hours",
            "intervention_profession_id": "Acupuncturists", "training_received_service_ind": "Yes",
            "complete_hours_spent_no": "2", "complete_minutes_spent_no": "30",
            **{f"short_term_service[{n}]{part}": value for n in range(1, 6)
               for part, value in (("service_received_id", "Networking opportunities"), ("entry_dt", day(number)))},
        }  # fmt: skip
    return row


def _course(number: int, full: bool) -> Row:
    row = {
        "course_cd": f"L-{number:03}", "held_on_ongoing_basis_ind": "No", "official_language_id": "English",
        "training_format_id": "Classroom", "total_spots_num": "20", "total_cic_funded_spots_num": "20",
        "course_enrolment_id": "Weekly", "support_available_ind": "No", "start_dt": day(number), "end_dt": "2026-06-30",
        "course_schedule_morning": "Yes", "instructional_hours_per_class": "2.5", "classes_per_week": "4",
        "weeks_of_instruction": "20", "course_dominant_focus_id": "Academic preparation", "target_group_ind": "No",
        "course_material_ind": "No", "street_no": "12", "street_nme": "Main", "street_type_id": "Abbey",
        "province_id": "Ontario", "city_id": "Toronto", "postal_cd": "M1B5K1", "phone_no": "416-555-0123",
        "email_txt": "school@example.com", "language_CLB_skill_listening_1": "1", "language_CLB_skill_speaking_1": "1",
        "language_CLB_skill_reading_1": "N/A", "language_CLB_skill_writing_1": "N/A",
    }  # fmt: skip
    if full:
        row |= {
            "training_format_id": "Blended classroom and online training",
            "training_location_id": "School", "inperson_instruction_percentage": "60", "online_distance_percentage": "40",
            "support_available_ind": "Yes", "weeks_of_instruction_per_year": "30", "target_group_ind": "Yes",
            "course_material_ind": "Yes", "street_direction_id": "E - East",
        }  # fmt: skip
        for field in library.of_service("lt_course_setup").fields:
            if "_CLB_skill_" in field.id and field.allowed:
                place = int(field.id.rpartition("_")[2])
                row[field.id] = field.allowed.values[place]  # the first value is N/A
    return row


def _enrolment(number: int, full: bool) -> Row:
    row = client(number) | {
        "postal_cd": "M1B5K1", "course_cd": "L-001", "first_class_dt": day(number), "preferred_official_lang_id": "English",
        **NO_SUPPORT,
    }  # fmt: skip
    return row | ALL_SUPPORT if full else row


def _exit(number: int, full: bool) -> Row:
    row = client(number) | {
        "course_cd": "L-001", "training_status_id": "Completed the course", "exit_course_dt": day(number),
        "listening_CLB_level_id": "5", "speaking_CLB_level_id": "5", "reading_CLB_level_id": "4",
        "writing_CLB_level_id": "4", "certificate_issued_ind": "No", **NO_SUPPORT,
    }  # fmt: skip
    if full:
        row |= ALL_SUPPORT | {
            "certificate_issued_ind": "Yes", "certificate_listening_level_id": "5", "certificate_speaking_level_id": "4",
            "training_status_id": "Has advanced to the next CLB level",
            "exit_course_reason_id": "Moved to a more appropriate level",
        }  # fmt: skip
    return row


_ROWS = {
    "client_profile": _profile, "information_orientation": _orientation, "nars": _needs,
    "community_connections": _community, "employment": _employment, "lt_course_setup": _course,
    "lt_client_enrolment": _enrolment, "lt_client_exit": _exit,
}  # fmt: skip
SERVICES = tuple(_ROWS)


def good(service: str, number: int, *, full: bool = False) -> Row:
    """A faultless row of a service; a full one has every block filled (and Yes in every Yes/No cell left over)."""
    row = _ROWS[service](number, full)
    if full:
        leftover = {field.id: "Yes" for field in library.of_service(service).fields if field.kind == "yes-no"}
        row = leftover | row
    if "update_record_id" in row:
        row["update_record_id"] = str(10_000_001 + number)  # it names one record
    return row
