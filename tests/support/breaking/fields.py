"""What the templates ask, as far as a person who fills them has to know it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from icare_xl.icare import library
from icare_xl.model.template import Template

ONE_ROW_A_CLIENT = {"client_profile", "nars"}
WITHOUT_CLIENTS = {"lt_course_setup"}
SERVICE_DATES = {
    "start_dttm", "end_dttm", "assessment_start_dt", "assessment_completed_dt", "service_start_dt", "service_end_dt",
    "session_referral_dt", "intervention_start_dt", "intervention_end_dt", "first_class_dt", "exit_course_dt",
    *(f"short_term_service[{n}]entry_dt" for n in range(1, 6)),
}  # fmt: skip
LANGUAGES = {
    "service_language_id", "assessment_language_id", "service_lang_id", "session_service_lang_id", "translation_language_from_id",
    "interpretation_language_from_id",
}  # fmt: skip
# Lists in which any answer is possible, whatever stands in the rest of the row.
FREE = {
    "official_language_id", "street_type_id", "street_direction_id", "service_official_language_id", "institution_type_id",
    "service_referred_by_id", "preferred_official_language_id", "assessment_referral_id", "intention_canadian_citizen_ind",
    "language_skills_needs_reason_id", "other_skills_needs_reason_id", "find_employment_period_id",
    "canadian_employment_experience_id", "intended_work_noc_group_id", "intention_credentials_licence_ind",
    "preferred_official_lang_id", "events_type_attended_id", "service_type_id", "community_leave_reason_id",
    "session_official_lang_id", "session_referral_id", "session_employment_status_id", "session_education_status_id",
    "session_current_occupation_id", "session_intended_occupation_id", "intervention_leave_reason_id", "employer_size_id",
    "placement_type_id", "working_hours_id", "course_enrolment_id", "instructional_hours_per_class", "classes_per_week",
    "weeks_of_instruction", "course_dominant_focus_id", "training_location_id", "exit_course_reason_id",
    "assessment_update_reason_id", *(f"short_term_service[{n}]service_received_id" for n in range(1, 6)),
    *(f"childminding_NewcomerChildren[{n}]childminding_{part}_id" for n in range(1, 6) for part in ("age", "type")),
}  # fmt: skip


@cache
def blank(service: str) -> Template:
    """The template as the blank workbook describes it."""
    return replace(library.of_service(service), source="workbook")


@cache
def children(parent: str, service: str) -> tuple[str, ...]:
    """The Yes/No cells under a question."""
    ids = [field.id for field in blank(service).fields if field.kind == "yes-no"]
    match parent:
        case "support_received_ind":
            own = {"childminding_ind", "transportation_ind", "support_disability_ind", "translation_ind", "interpretation_ind",
                   "counselling_ind"}  # fmt: skip
            return tuple(id_ for id_ in ids if id_ in own)
        case "non_cic_program_needs_services_required":
            return tuple(ids[ids.index(parent) + 1 : ids.index("support_received_ind") : 2])
        case "support_required_services_required":
            return tuple(id_ for id_ in ids if id_.endswith("_required_ind"))
    prefix = {"skill_received_service_ind": "essential_skill_", "support_available_ind": "available_"}
    begins = prefix.get(parent) or "_".join(parent.split("_")[:2]) + "_"
    return tuple(id_ for id_ in ids if id_.startswith(begins) and id_ != parent)


PARENTS = (
    "support_received_ind", "training_received_service_ind", "skill_received_service_ind", "target_group_specific_ind",
    "target_group_ind", "course_material_ind", "support_available_ind", "support_required_services_required",
    "non_cic_program_needs_services_required",
)  # fmt: skip
