"""Faultless sheets as an office fills them: the month and the neighbourhood are the office's, all else differs by row."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from icare_xl.icare import library
from icare_xl.icare.blank_workbook import Value
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE
from icare_xl.model.template import Template
from tests.support.services import good

Row = dict[str, Value]
Rows = dict[int, Row]

ONE_ROW_A_CLIENT = {"client_profile", "nars"}
WITHOUT_CLIENTS = {"lt_course_setup"}
SERVICE_DATES = {
    "start_dttm", "end_dttm", "assessment_start_dt", "assessment_completed_dt", "service_start_dt", "service_end_dt",
    "session_referral_dt", "intervention_start_dt", "intervention_end_dt", "first_class_dt", "exit_course_dt",
    *(f"short_term_service[{n}]entry_dt" for n in range(1, 6)),
}  # fmt: skip
_ENDS = {"end_dttm", "assessment_completed_dt", "service_end_dt", "intervention_end_dt"}
_LANGUAGES = {
    "service_language_id", "assessment_language_id", "service_lang_id", "session_service_lang_id", "translation_language_from_id",
    "interpretation_language_from_id",
}  # fmt: skip
# Lists in which any answer is possible, whatever stands in the rest of the row.
_FREE = {
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
_LETTERS = "ABCEGHJKLMNPRSTVWXYZ"
_FIRST = {
    "Ontario": "KLMNP", "Québec": "GHJ", "British Columbia": "V", "Alberta": "T", "Manitoba": "R", "Saskatchewan": "S",
    "Nova Scotia": "B", "New Brunswick": "E",
}  # fmt: skip
_STREETS = ["Main", "King", "Queen", "Church", "Elm", "Victoria", "Maple", "Station", "River", "Park", "Wellington", "Oak"]
_CITIES = ["Toronto", "Hamilton", "Halifax", "Regina", "Surrey", "Laval", "Brandon", "Red Deer", "Moncton", "Windsor"]
_GIVEN = ["ana", "omar", "li", "fatima", "oleh", "maria", "yusuf", "chen", "sara", "ivan", "amina", "jose", "noor", "petra"]
_FAMILY = ["novak", "haddad", "wang", "ali", "shevchenko", "silva", "rahimi", "okafor", "singh", "kim", "nguyen", "lopez"]


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


def postal_code(random: Random, area: str) -> str:
    return f"{area}{random.randrange(10)}{random.choice(_LETTERS)}{random.randrange(10)}"


class Office:
    """Who fills one sheet, in one month."""

    def __init__(self, service: str, random: Random) -> None:
        self.service, self.template, self.random = service, blank(service), random
        self.month = random.choice([date(2025, month, 1) for month in range(4, 13)] + [date(2026, 1, 1)])
        length = monthrange(self.month.year, self.month.month)[1]
        days = [self.month + timedelta(days) for days in range(length)]
        self.days = [day for day in days if day.weekday() < 5 or random.random() < 0.15]
        self.province = random.choice(list(_FIRST))
        letters = _FIRST[self.province]
        self.areas = [
            f"{random.choice(letters)}{random.randrange(10)}{random.choice(_LETTERS)}" for _ in range(random.randint(2, 8))
        ]
        # Services are given at the office's own addresses, now and then; clients live at theirs.
        here = random.random() < 0.3 and service != "client_profile"
        self.places = [postal_code(random, random.choice(self.areas)) for _ in range(random.randint(1, 3))] if here else []
        self.only_client_ids = random.random() < 0.75
        self.amends = random.choice([0, 0, 0, 0.1, 1])
        self.courses = [f"{random.choice(['L', 'LINC-3', 'ESL-B'])}-{random.randint(100, 999)}" for _ in range(random.randint(2, 6))]

    # Values

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def any_of(self, field: str) -> str:
        allowed = next(each.allowed for each in self.template.fields if each.id == field)
        assert allowed
        return self.random.choice(allowed.values)

    def language(self, field: str) -> str:
        return self.random.choices(["English", "French", self.any_of(field)], [7, 1, 3])[0]

    def client(self) -> Row:
        random, type_ = self.random, "FOSS/GCMS Client ID"
        digits = random.choice([8, 8, 8, 10])
        identifier = str(random.randint(10 ** (digits - 1) + 1, 10**digits - 1))
        if not self.only_client_ids and self.chance(0.15):
            type_ = self.any_of(IDENTIFIER_TYPE)
            if not type_.startswith("FOSS"):
                identifier = random.choice("TWF") + f"{random.randrange(10**9):09}"
        born = date(1938, 1, 1) + timedelta(random.randrange(86 * 365))
        return {IDENTIFIER_TYPE: type_, IDENTIFIER: identifier, BIRTH_DATE: born.isoformat()}

    def clients(self, count: int) -> list[Row]:
        """Clients of whom no two are alike, as the second would look mistyped."""
        if self.service in WITHOUT_CLIENTS:
            return [{}] * count
        found: dict[Value, Row] = {}
        while len(found) < count:
            client = self.client()
            found.setdefault(client[BIRTH_DATE], client)
        return list(found.values())

    def code(self) -> str:
        return self.random.choice(self.places) if self.places else postal_code(self.random, self.random.choice(self.areas))

    # Blocks

    def block(self, parent: str, *, yes: bool) -> Row:
        """A question with the cells under it, at least two of which are Yes where it is."""
        own = children(parent, self.service)
        if not yes:
            return {parent: "No", **dict.fromkeys(own, "No" if self.chance(0.15) else "")}
        said = self.random.sample(own, self.random.randint(min(2, len(own)), len(own)))
        other = self.random.choice(["No", ""])
        return {parent: "Yes", **{id_: "Yes" if id_ in said else other for id_ in own}}

    def support(self, *, yes: bool) -> Row:
        row = self.block("support_received_ind", yes=yes)
        row |= {field.id: "" for field in self.template.fields if field.id.startswith("childminding_New") or "_language_from_" in
                field.id or "_language_to_" in field.id}  # fmt: skip
        if row["childminding_ind"] == "Yes":
            for child in range(1, self.random.choice([1, 1, 1, 2, 2, 3, 5]) + 1):
                for part in ("age", "type"):
                    id_ = f"childminding_NewcomerChildren[{child}]childminding_{part}_id"
                    row[id_] = self.any_of(id_)
        for kind in ("translation", "interpretation"):
            if row[f"{kind}_ind"] == "Yes":
                one, other = self.random.sample(["English", "French", "Arabic", "Dari", "Ukrainian", "Somali", "Spanish"], 2)
                row |= {f"{kind}_language_from_id": one, f"{kind}_language_to_id": other}
        return row

    def needs(self) -> Row:
        """A need, and whether the client was referred for it."""
        row, ids = Row(), list(self.template.ids)
        parent = "non_cic_program_needs_services_required"
        row |= self.block(parent, yes=self.chance(0.3)) | self.block(
            "support_required_services_required", yes=self.chance(0.2)
        )
        for id_ in ids:
            if id_.endswith("_needs_ind"):
                if id_ not in row:
                    row[id_] = self.random.choice(["Yes", "Yes", "No", ""])
                own = "No" if row[id_] == "No" else ""
                row[ids[ids.index(id_) + 1]] = self.random.choice(["Yes", "No"]) if row[id_] == "Yes" else own
        for need in ("language_skills", "other_skills"):
            id_ = f"{need}_needs_reason_id"
            row[id_] = self.any_of(id_) if row[f"{need}_needs_ind"] == "Yes" else ""
        for id_ in ("find_employment_period_id", "canadian_employment_experience_id", "intended_work_noc_group_id",
                    "intention_credentials_licence_ind"):  # fmt: skip
            row[id_] = self.any_of(id_) if row["find_employment_needs_ind"] == "Yes" else ""
        return row

    # Rows

    def row(self, number: int, client: Row, day: date, course: str) -> Row:
        full = self.chance(0.2)
        row: Row = dict(good(self.service, number, full=full)) | (client if self.service not in WITHOUT_CLIENTS else {})
        if not full:
            row |= _DETAILS[self.service](self, row)
            for parent in PARENTS:
                if parent in self.template.ids and not parent.startswith(("support_received", "non_cic", "support_required")):
                    row |= self.block(parent, yes=self.chance(0.3))
            if "support_received_ind" in self.template.ids:
                row |= self.support(yes=self.chance(0.3))
        for id_ in row:
            if row[id_] and id_ in _FREE:
                row[id_] = self.any_of(id_)
            elif row[id_] and id_ in _LANGUAGES:
                row[id_] = self.language(id_)
        for kind in ("translation", "interpretation"):
            while row.get(f"{kind}_language_from_id") and row[f"{kind}_language_from_id"] == row[f"{kind}_language_to_id"]:
                row[f"{kind}_language_from_id"] = self.any_of(f"{kind}_language_from_id")
        for id_ in row:
            if row[id_] and id_ in SERVICE_DATES:
                row[id_] = (self._later(day) if id_ in _ENDS and self.chance(0.3) else day).isoformat()
        for id_ in row:
            if id_ in ("postal_cd", "postal_txt"):
                row[id_] = self.code()
            elif id_ in ("city_txt", "city_id") and row[id_]:
                row[id_] = self.random.choice(_CITIES)
        if "province_id" in row and row["province_id"]:
            row["province_id"] = self.province
        if "phone_no" in row and row["phone_no"]:
            row["phone_no"] = f"{self.random.choice([416, 905, 604, 902, 514, 780])}-555-{self.random.randrange(10**4):04}"
        if row.get("email_txt"):
            name = f"{self.random.choice(_GIVEN)}.{self.random.choice(_FAMILY)}{self.random.randrange(10, 99)}"
            row["email_txt"] = f"{name}@example.{self.random.choice(['com', 'org', 'net'])}"
        if row.get("street_no"):
            row |= {"street_no": str(self.random.randint(1, 9999)), "street_nme": self.random.choice(_STREETS)}
        if row.get("unit_txt"):
            row["unit_txt"] = str(self.random.randint(1, 40)) + self.random.choice(["", "a", "b"])
        if "course_cd" in self.template.ids:
            row["course_cd"] = course
        if self.service == "lt_course_setup":
            row |= {"start_dt": day.isoformat(), "end_dt": (day + timedelta(self.random.randint(60, 250))).isoformat()}
        if "assessment_update_reason_id" in self.template.ids:
            amends = self.chance(self.amends)
            row["update_record_id"] = str(self.random.randint(10**7, 10**8 - 1)) if amends else ""
            row["assessment_update_reason_id"] = self.any_of("assessment_update_reason_id") if amends else ""
        return {id_: row[id_] for id_ in self.template.ids if row.get(id_, "") != ""}

    def _later(self, day: date) -> date:
        return self.random.choice([each for each in self.days if each >= day] or [day])

    def sheet(self, clients: list[Row] | None = None, most: int = 120) -> Rows:
        """The rows of a sheet by their numbers; of these clients, one row each, where they are given."""
        random = self.random
        count = len(clients) if clients else random.randint(12, random.choice([20, 40, 80, most]))
        if self.service in WITHOUT_CLIENTS:
            count = min(count, 40)
        alone = bool(clients) or self.service in ONE_ROW_A_CLIENT | WITHOUT_CLIENTS or self.chance(0.3)
        known = clients or self.clients(count)
        used: dict[int, set[object]] = defaultdict(set)
        codes = random.sample(range(100, 1000), count)
        rows = []
        for number in range(count):
            who = number if alone or self.chance(0.7) else random.randrange(number + 1)
            day, course = random.choice(self.days), random.choice(self.courses)
            if {day, course} & used[who]:
                who = number
            used[who] |= {day, course} if self.service.startswith("lt_") else {day}
            course = f"{course}-{codes[number]}" if self.service == "lt_course_setup" else course
            rows.append(self.row(number, known[who], day, course))
        if self.chance(0.15):
            key = next((id_ for id_ in self.template.ids if id_ in SERVICE_DATES), "start_dt")
            rows.sort(key=lambda row: str(row.get(key, "")))
        gaps = random.choice([0, 0, 0.03])
        numbered, at = Rows(), 4
        for row in rows:
            numbered[at] = row
            at += 1 + (random.randint(1, 2) if self.chance(gaps) else 0)
        return numbered

    # What differs by service

    def _profile(self, row: Row) -> Row:
        more = Row()
        if self.chance(0.8):
            more["phone_no"] = "416-555-0123"
        more["consent_ind"] = self.random.choice(["Yes", "No"]) if "phone_no" in more else "No"
        more["email_txt_ind"] = self.random.choice(["Yes", "Yes", "No", ""])
        more["email_txt"] = "someone" if more["email_txt_ind"] == "Yes" else ""
        if self.chance(0.7):
            more |= {"street_no": "1", "street_nme": "Main", "street_type_id": "Avenue", "city_txt": "Here",
                     "province_id": self.province}  # fmt: skip
            more |= {"unit_txt": "1"} if self.chance(0.3) else {}
            more |= {"street_direction_id": "E - East"} if self.chance(0.2) else {}
        return more

    def _orientation(self, row: Row) -> Row:
        more: Row = {"orientation_service_id": self.any_of("orientation_service_id")}
        if more["orientation_service_id"] == "Group orientation":
            more["group_clients_no_id"] = self.any_of("group_clients_no_id")
        if self.chance(0.4):
            more |= {"orientation_length_id": "", "orientation_length_hours_no": str(self.random.randint(1, 9)),
                     "orientation_length_minutes_no": self.random.choice(["", "0", "15", "30", "45"])}  # fmt: skip
        else:
            more["orientation_length_id"] = self.any_of("orientation_length_id")
        topics = [id_ for id_ in self.template.ids if id_.startswith("topic_") and id_.endswith("_given_ind")]
        given = self.random.sample(topics, self.random.randint(1, 6))
        other = self.random.choice(["No", ""])
        for id_ in topics:
            more[id_] = "Yes" if id_ in given else other
            more[id_.replace("_given_", "_referral_")] = self.random.choice(["Yes", "No"]) if id_ in given else other
        return more

    def _needs(self, row: Row) -> Row:
        return self.needs() | {"settlement_plan_ind": self.random.choice(["Yes", "No"])}

    def _community(self, row: Row) -> Row:
        service = self.any_of("community_service_id")
        activity = service.partition(":")[0]
        topics = [
            value
            for value in next(each for each in self.template.fields if each.id == "topics_service_id").allowed.values  # type: ignore[union-attr]
            if ":" not in value or value.startswith(activity)
        ]
        more: Row = {"community_service_id": service, "community_activity_id": activity,
                     "topics_service_id": self.random.choice(topics), "service_length_hours_no": str(self.random.randint(1, 8)),
                     "service_length_minutes_no": self.random.choice(["", "0", "15", "30"])}  # fmt: skip
        if "Group session" in service:
            more |= {
                "group_clients_no_id": self.any_of("group_clients_no_id"),
                "volunteers_participate_ind": self.random.choice(["Yes", "No"]),
            }
        status = more["service_status_id"] = self.any_of("service_status_id")
        if status != "Ongoing":
            more["service_end_dt"] = "later"
        if str(status).startswith("Service ended"):
            more["community_leave_reason_id"] = "Medical reason"
        return more

    def _employment(self, row: Row) -> Row:
        more: Row = {
            "complete_hours_spent_no": str(self.random.randint(1, 9)),
            "session_employment_status_id": "Unemployed",
            "session_education_status_id": "Not a student",
        }
        if self.chance(0.4):
            return more
        more |= {"session_result_intn_ind": "Yes", "session_referral_id": "", "session_referral_dt": ""}
        if self.chance(0.4):
            more["intervention_type_id"] = "Short Term"
            for n in range(1, self.random.choice([1, 1, 2, 3]) + 1):
                more |= {f"short_term_service[{n}]service_received_id": "any", f"short_term_service[{n}]entry_dt": "day"}
            return more
        received = self.any_of("intervention_received_id")
        more |= {"intervention_type_id": "Long Term", "intervention_received_id": received, "intervention_start_dt": "day"}
        if received == "Work placement":
            more |= {"employer_size_id": "any", "placement_type_id": "any", "working_hours_id": "any"}
        elif received == "Mentoring":
            more |= {"mentoring_location_id": self.any_of("mentoring_location_id"),
                     "mentoring_hours_id": self.any_of("mentoring_hours_id")}  # fmt: skip
        else:
            more["intervention_profession_id"] = self.any_of("intervention_profession_id")
        status = more["intervention_status_id"] = self.any_of("intervention_status_id")
        if status != "Ongoing":
            more["intervention_end_dt"] = "later"
        if str(status).startswith("Intervention ended"):
            more["intervention_leave_reason_id"] = "any"
        return more

    def _course(self, row: Row) -> Row:
        spots = self.random.randint(8, 40)
        more: Row = {"total_spots_num": str(spots), "total_cic_funded_spots_num": str(self.random.randint(1, spots)),
                     "contact_nme": self.random.choice(_GIVEN).title() + " " + self.random.choice(_FAMILY).title()}  # fmt: skip
        when = [f"course_schedule_{part}" for part in ("morning", "afternoon", "evening", "weekends")]
        more |= {id_: self.random.choice(["Yes", "No", ""]) for id_ in when} | {self.random.choice(when): "Yes"}
        for skill in ("listening", "speaking", "reading", "writing"):
            first = self.random.randint(1, 5)
            for place in range(self.random.randint(1, 3)):
                more[f"language_CLB_skill_{skill}_{place + 1}"] = str(first + place)
        return more

    def _enrolment(self, row: Row) -> Row:
        return {}

    def _exit(self, row: Row) -> Row:
        status = self.any_of("training_status_id")
        more: Row = {"training_status_id": status}
        for skill in ("listening", "speaking", "reading", "writing"):
            more[f"{skill}_CLB_level_id"] = str(self.random.randint(1, 8))
        if status.startswith("Exited"):
            more["exit_course_reason_id"] = "any"
        elif self.chance(0.5):
            more["certificate_issued_ind"] = "Yes"
            for skill in ("listening", "speaking"):
                level = self.random.randint(1, int(str(more[f"{skill}_CLB_level_id"])))
                more[f"certificate_{skill}_level_id"] = str(level)
        return more


_DETAILS: dict[str, Callable[[Office, Row], Row]] = {
    "client_profile": Office._profile, "information_orientation": Office._orientation, "nars": Office._needs,
    "community_connections": Office._community, "employment": Office._employment, "lt_course_setup": Office._course,
    "lt_client_enrolment": Office._enrolment, "lt_client_exit": Office._exit,
}  # fmt: skip
