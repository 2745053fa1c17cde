"""What a careful person reports, by service: the cells that depend on each other, filled at random."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from icare_xl.icare.blank_workbook import Value

if TYPE_CHECKING:
    from tests.support.breaking.office import Office

Row = dict[str, Value]
GIVEN = ["ana", "omar", "li", "fatima", "oleh", "maria", "yusuf", "chen", "sara", "ivan", "amina", "jose", "petra"]  # fmt: skip
FAMILY = ["novak", "haddad", "wang", "ali", "shevchenko", "silva", "rahimi", "okafor", "singh", "kim", "nguyen", "lopez"]  # fmt: skip


def profile(office: Office) -> Row:
    more = Row()
    if office.chance(0.8):
        more["phone_no"] = "416-555-0123"
    more["consent_ind"] = office.random.choice(["Yes", "No"]) if "phone_no" in more else "No"
    more["email_txt_ind"] = office.random.choice(["Yes", "Yes", "No", ""])
    more["email_txt"] = "someone" if more["email_txt_ind"] == "Yes" else ""
    if office.chance(0.7):
        more |= {"street_no": "1", "street_nme": "Main", "street_type_id": "Avenue", "city_txt": "Here",
                 "province_id": office.province}  # fmt: skip
        more |= {"unit_txt": "1"} if office.chance(0.3) else {}
        more |= {"street_direction_id": "E - East"} if office.chance(0.2) else {}
    return more


def orientation(office: Office) -> Row:
    more: Row = {"orientation_service_id": office.any_of("orientation_service_id")}
    if more["orientation_service_id"] == "Group orientation":
        more["group_clients_no_id"] = office.any_of("group_clients_no_id")
    if office.chance(0.4):
        more |= {"orientation_length_id": "", "orientation_length_hours_no": str(office.random.randint(1, 9)),
                 "orientation_length_minutes_no": office.random.choice(["", "0", "15", "30", "45"])}  # fmt: skip
    else:
        more["orientation_length_id"] = office.any_of("orientation_length_id")
    topics = [id_ for id_ in office.template.ids if id_.startswith("topic_") and id_.endswith("_given_ind")]
    given = office.random.sample(topics, office.random.randint(1, 6))
    other = office.random.choice(["No", ""])
    for id_ in topics:
        more[id_] = "Yes" if id_ in given else other
        more[id_.replace("_given_", "_referral_")] = office.random.choice(["Yes", "No"]) if id_ in given else other
    return more


def needs(office: Office) -> Row:
    return office.needs() | {"settlement_plan_ind": office.random.choice(["Yes", "No"])}


def community(office: Office) -> Row:
    service = office.any_of("community_service_id")
    activity = service.partition(":")[0]
    topics = [
        value
        for value in next(each for each in office.template.fields if each.id == "topics_service_id").allowed.values  # type: ignore[union-attr]
        if ":" not in value or value.startswith(activity)
    ]
    more: Row = {"community_service_id": service, "community_activity_id": activity,
                 "topics_service_id": office.random.choice(topics), "service_length_hours_no": str(office.random.randint(1, 8)),
                 "service_length_minutes_no": office.random.choice(["", "0", "15", "30"])}  # fmt: skip
    if "Group session" in service:
        more |= {
            "group_clients_no_id": office.any_of("group_clients_no_id"),
            "volunteers_participate_ind": office.random.choice(["Yes", "No"]),
        }
    status = more["service_status_id"] = office.any_of("service_status_id")
    if status != "Ongoing":
        more["service_end_dt"] = "later"
    if str(status).startswith("Service ended"):
        more["community_leave_reason_id"] = "Medical reason"
    return more


def employment(office: Office) -> Row:
    more: Row = {
        "complete_hours_spent_no": str(office.random.randint(1, 9)),
        "session_employment_status_id": "Unemployed",
        "session_education_status_id": "Not a student",
    }
    if office.chance(0.4):
        return more
    more |= {"session_result_intn_ind": "Yes", "session_referral_id": "", "session_referral_dt": ""}
    if office.chance(0.4):
        more["intervention_type_id"] = "Short Term"
        for n in range(1, office.random.choice([1, 1, 2, 3]) + 1):
            more |= {f"short_term_service[{n}]service_received_id": "any", f"short_term_service[{n}]entry_dt": "day"}
        return more
    received = office.any_of("intervention_received_id")
    more |= {"intervention_type_id": "Long Term", "intervention_received_id": received, "intervention_start_dt": "day"}
    if received == "Work placement":
        more |= {"employer_size_id": "any", "placement_type_id": "any", "working_hours_id": "any"}
    elif received == "Mentoring":
        more |= {"mentoring_location_id": office.any_of("mentoring_location_id"),
                 "mentoring_hours_id": office.any_of("mentoring_hours_id")}  # fmt: skip
    else:
        more["intervention_profession_id"] = office.any_of("intervention_profession_id")
    status = more["intervention_status_id"] = office.any_of("intervention_status_id")
    if status != "Ongoing":
        more["intervention_end_dt"] = "later"
    if str(status).startswith("Intervention ended"):
        more["intervention_leave_reason_id"] = "any"
    return more


def course(office: Office) -> Row:
    spots = office.random.randint(8, 40)
    more: Row = {"official_language_id": office.random.choice(["English", "French"]),
                 "total_spots_num": str(spots), "total_cic_funded_spots_num": str(office.random.randint(1, spots)),
                 "contact_nme": office.random.choice(GIVEN).title() + " " + office.random.choice(FAMILY).title()}  # fmt: skip
    when = [f"course_schedule_{part}" for part in ("morning", "afternoon", "evening", "weekends")]
    more |= {id_: office.random.choice(["Yes", "No", ""]) for id_ in when} | {office.random.choice(when): "Yes"}
    for skill in ("listening", "speaking", "reading", "writing"):
        first = office.random.randint(1, 5)
        for place in range(office.random.randint(1, 3)):
            more[f"language_CLB_skill_{skill}_{place + 1}"] = str(first + place)
    return more


def enrolment(office: Office) -> Row:
    return {}


def leaving(office: Office) -> Row:
    status = office.any_of("training_status_id")
    more: Row = {"training_status_id": status}
    for skill in ("listening", "speaking", "reading", "writing"):
        more[f"{skill}_CLB_level_id"] = str(office.random.randint(1, 8))
    if status.startswith("Exited"):
        more["exit_course_reason_id"] = "any"
    elif office.chance(0.5):
        more["certificate_issued_ind"] = "Yes"
        for skill in ("listening", "speaking"):
            level = office.random.randint(1, int(str(more[f"{skill}_CLB_level_id"])))
            more[f"certificate_{skill}_level_id"] = str(level)
    return more


DETAILS: dict[str, Callable[[Office], Row]] = {
    "client_profile": profile, "information_orientation": orientation, "nars": needs,
    "community_connections": community, "employment": employment, "lt_course_setup": course,
    "lt_client_enrolment": enrolment, "lt_client_exit": leaving,
}  # fmt: skip
