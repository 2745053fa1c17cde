"""Faultless sheets as an office fills them: the month and the neighbourhood are the office's, all else differs by row."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from random import Random

from icare_xl.icare.blank_workbook import Value
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE
from tests.support.breaking.details import DETAILS, FAMILY, GIVEN
from tests.support.breaking.fields import (
    FREE,
    LANGUAGES,
    ONE_ROW_A_CLIENT,
    PARENTS,
    SERVICE_DATES,
    WITHOUT_CLIENTS,
    blank,
    children,
)
from tests.support.services import good

Row = dict[str, Value]
Rows = dict[int, Row]

_ENDS = {"end_dttm", "assessment_completed_dt", "service_end_dt", "intervention_end_dt"}
_LETTERS = "ABCEGHJKLMNPRSTVWXYZ"
_FIRST = {
    "Ontario": "KLMNP", "Québec": "GHJ", "British Columbia": "V", "Alberta": "T", "Manitoba": "R", "Saskatchewan": "S",
    "Nova Scotia": "B", "New Brunswick": "E",
}  # fmt: skip
_STREETS = ["Main", "King", "Church", "Elm", "Victoria", "Maple", "Station", "River", "Park", "Wellington", "Oak"]  # fmt: skip
_CITIES = ["Toronto", "Hamilton", "Halifax", "Regina", "Surrey", "Laval", "Brandon", "Red Deer", "Moncton", "Windsor"]  # fmt: skip


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
            f"{random.choice(letters)}{random.randrange(10)}{random.choice(_LETTERS)}"
            for _ in range(random.randint(2, 8))
        ]
        # Services are given at the office's own addresses, now and then; clients live at theirs.
        here = random.random() < 0.3 and service != "client_profile"
        self.places = (
            [postal_code(random, random.choice(self.areas)) for _ in range(random.randint(1, 3))] if here else []
        )
        self.only_client_ids = random.random() < 0.75
        self.amends = random.choice([0, 0, 0, 0.1, 1])
        self.courses = [
            f"{random.choice(['L', 'LINC-3', 'ESL-B'])}-{random.randint(100, 999)}" for _ in range(random.randint(2, 6))
        ]

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
        return (
            self.random.choice(self.places) if self.places else postal_code(self.random, self.random.choice(self.areas))
        )

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
                one, other = self.random.sample(
                    ["English", "French", "Arabic", "Dari", "Ukrainian", "Somali", "Spanish"], 2
                )
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
            row |= DETAILS[self.service](self)
            for parent in PARENTS:
                if parent in self.template.ids and not parent.startswith(
                    ("support_received", "non_cic", "support_required")
                ):
                    row |= self.block(parent, yes=self.chance(0.3))
            if "support_received_ind" in self.template.ids:
                row |= self.support(yes=self.chance(0.3))
        for id_ in row:
            if row[id_] and id_ in FREE and (id_ != "official_language_id" or self.service not in WITHOUT_CLIENTS):
                row[id_] = self.any_of(id_)
            elif row[id_] and id_ in LANGUAGES:
                row[id_] = self.language(id_)
        for kind in ("translation", "interpretation"):
            while (
                row.get(f"{kind}_language_from_id") and row[f"{kind}_language_from_id"] == row[f"{kind}_language_to_id"]
            ):
                row[f"{kind}_language_from_id"] = self.any_of(f"{kind}_language_from_id")
        for id_ in row:
            if row[id_] and id_ in SERVICE_DATES:
                row[id_] = (self._later(day) if id_ in _ENDS and self.chance(0.3) else day).isoformat()
        for id_ in row:
            if id_ in ("postal_cd", "postal_txt"):
                row[id_] = self.code()
            elif id_ in ("city_txt", "city_id") and row[id_]:
                row[id_] = self.random.choice(_CITIES)
        if row.get("province_id"):
            row["province_id"] = self.province
        if row.get("phone_no"):
            row["phone_no"] = (
                f"{self.random.choice([416, 905, 604, 902, 514, 780])}-555-{self.random.randrange(10**4):04}"
            )
        if row.get("email_txt"):
            name = f"{self.random.choice(GIVEN)}.{self.random.choice(FAMILY)}{self.random.randrange(10, 99)}"
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
