"""Answers that are wrong in many rows at once: contradicted, repeated, invented, in another language, left out."""

from __future__ import annotations

from datetime import date, timedelta

from tests.support.breaking.fields import PARENTS, children
from tests.support.breaking.office import Office, Row
from tests.support.breaking.page import Page, Put, breaker, overlaid

# What a French office writes; of most lists the French texts are not public, so these are as people would put them.
_FRENCH = {
    "Yes": "Oui", "No": "Non", "English": "Anglais", "French": "Français", "Family / friends": "Famille / amis",
    "Public library": "Bibliothèque publique", "Settlement service provider": "Fournisseur de services d’établissement",
    "Ongoing": "En cours", "Completed": "Terminé", "Completed the course": "A terminé le cours", "Other": "Autre",
    "One-on-one orientation": "Orientation individuelle", "Group orientation": "Orientation de groupe", "School": "École",
    "Family orientation": "Orientation familiale", "Unknown/Not sure": "Inconnu/Incertain", "Not referred": "Non aiguillé",
    "Unknown/No preference": "Inconnue/Aucune préférence", "British Columbia": "Colombie-Britannique", "Online": "En ligne",
    "Nova Scotia": "Nouvelle-Écosse", "New Brunswick": "Nouveau-Brunswick", "Short term": "Court terme", "Long term": "Long terme",
    "Less than 10 people": "Moins de 10 personnes", "10 - 20 people": "10 à 20 personnes", "Correct error": "Corriger une erreur",
}  # fmt: skip
_EMAILS = ["name@example.com", "email@email.com", "noemail@noemail.com", "xxx@xxx.com", "name@domain.com"]  # fmt: skip


@breaker("CA09")
def one_answer_a_whole_block(page: Page) -> Put | None:
    """No to a question, or nothing, while the cells under it are filled."""
    random = page.random
    parents = [id_ for id_ in PARENTS if page.has(id_)] + ["session_result_intn_ind"] * page.has(
        "session_result_intn_ind"
    )
    if not parents:
        return None
    parent = random.choice(parents)
    lines = page.scattered(2)
    answer = "No" if page.field(parent).required or random.random() < 0.7 else ""
    office = Office(page.service, random)
    filled = _block(page, office, parent) if random.random() < 0.4 else None
    for line in lines:
        overlaid(line, (filled or _block(page, office, parent)) | {parent: answer})
    return Put("CA09", lines, f"{parent} is {answer or 'blank'} in {len(lines)} of {len(page.lines)} rows")


def _block(page: Page, office: Office, parent: str) -> Row:
    """The cells under a question as if it were answered Yes."""
    if parent == "support_received_ind":
        return office.support(yes=True)
    if parent == "non_cic_program_needs_services_required":
        row, ids = office.block(parent, yes=True), page.template.ids
        for id_ in children(parent, page.service):
            row[ids[ids.index(id_) + 1]] = "Yes" if row[id_] == "Yes" else "No" if row[id_] == "No" else ""
        return row
    if parent != "session_result_intn_ind":
        return office.block(parent, yes=True)
    day = office.random.choice(
        [str(row["session_referral_dt"]) for row in page.filled("session_referral_dt")] or ["2025-06-05"]
    )
    row = {
        "session_referral_id": "Other", "session_referral_dt": day, "intervention_type_id": "Long Term",
        "intervention_received_id": "Work placement", "intervention_status_id": "Ongoing", "intervention_start_dt": day,
        "employer_size_id": office.any_of("employer_size_id"), "placement_type_id": "Paid",
        "working_hours_id": office.any_of("working_hours_id"),
    }  # fmt: skip
    if office.chance(0.3):
        row = {"session_referral_id": "Other", "session_referral_dt": day, "intervention_type_id": "Short Term",
               "short_term_service[1]service_received_id": "Employment counselling", "short_term_service[1]entry_dt": day}  # fmt: skip
    taken = [id_ for id_ in page.template.ids if id_.startswith(("intervention_", "mentoring_", "short_term_"))]
    return {
        **dict.fromkeys(taken, ""),
        **dict.fromkeys(("employer_size_id", "placement_type_id", "working_hours_id"), ""),
        **row,
    }


@breaker("CA14")
def another_month(page: Page) -> Put | None:
    """Some rows were given in the month before."""
    random, rows, ids = page.random, page.lines, page.service_dates()
    rows = [line for line in rows if any(line.get(id_) for id_ in ids)]
    count = round(len(rows) * random.uniform(0.2, 0.45))
    over = [line for line in rows if not _goes_on(line)]  # what goes on is of this month too
    if not ids or not 0.2 * len(rows) <= count <= min(0.45 * len(rows), len(over)):
        return None
    if random.random() < 0.5:
        start = random.choice([0, random.randint(0, len(over) - count)])
        lines = over[start : start + count]
    else:
        chosen = {id(line) for line in random.sample(over, count)}
        lines = [line for line in over if id(line) in chosen]
    for line in lines:
        for id_ in ids:
            if line.get(id_):
                day = date.fromisoformat(str(line[id_]))
                before = day.replace(day=1) - timedelta(1)
                line[id_] = before.replace(day=min(day.day, before.day)).isoformat()
    return Put("CA14", lines, f"{len(lines)} of {len(rows)} rows are of the month before", columns=frozenset(ids))


def _goes_on(line: Row) -> bool:
    return "Ongoing" in (line.get("service_status_id"), line.get("intervention_status_id"))


@breaker("CA15")
def one_record_id_on_many_rows(page: Page) -> Put | None:
    if not page.has("update_record_id"):
        return None
    random, lines = page.random, page.scattered(2, 20)
    record = str(random.randint(10**7, 10**8 - 1))
    for line in lines:
        line["update_record_id"] = record
        if page.has("assessment_update_reason_id"):
            line.setdefault("assessment_update_reason_id", random.choice(["Amend record", "Correct error"]))
    return Put("CA15", lines, f"{record} on {len(lines)} of {len(page.lines)} rows")


@breaker("CA16")
def example_values(page: Page) -> Put | None:
    """What a form, or the label of the column, shows as an example."""
    random = page.random
    kinds = list(page.kinds("identifier", "postal", "phone", "email"))
    id_ = random.choice([*(["client_validation_id"] * 3 if "client_validation_id" in kinds else []), *kinds])
    lines = page.scattered(2)
    value = {
        "identifier": random.choice(["12345678", "12345678", "xxxxxxxxx", "XXXXXXXX", "xxxxxxxx"]), "postal": "A1A1A1",
        "phone": "999-999-9999", "email": random.choice(_EMAILS),
    }[page.field(id_).kind]  # fmt: skip
    if id_ == "client_validation_id":
        once = {id(line) for line in page.of_one_row()}
        lines = [line for line in lines if id(line) in once]
        lines = [
            line for line in lines if value != "12345678" or str(line["client_validation_type_id"]).startswith("FOSS")
        ]
    else:
        lines = page.filled(id_, lines)
    if len(lines) < 2:
        return None
    for line in lines:
        line[id_] = value
    return Put("CA16", lines, f"{id_} is {value} in {len(lines)} of {len(page.lines)} rows")


@breaker("CA22")
def other_language(page: Page) -> Put | None:
    """French answers in English lists."""
    random = page.random
    lines = page.lines if random.random() < 0.4 else page.part(3)
    ids = [each.id for each in page.template.fields if each.kind in ("yes-no", "list")]
    only = random.random() < 0.3  # Yes and No alone
    for line in lines:
        changed = {id_: _FRENCH[str(line[id_])] for id_ in ids if line.get(id_) in (("Yes", "No") if only else _FRENCH)}
        if not changed:
            return None
        line |= changed
    return Put("CA22", lines, f"French in {len(lines)} of {len(page.lines)} rows")


@breaker("CA23", uniform=True)
def column_left_blank(page: Page) -> Put | None:
    id_ = page.random.choice([each.id for each in page.template.fields if each.required])
    lines = page.lines
    for line in lines:
        line.pop(id_, None)
    return Put("CA23", lines, f"{id_} is blank everywhere", columns=frozenset([id_]))


_CODES = [("1", "0"), ("1", "0"), (1, 0), ("Y", "N"), ("y", "n"), ("TRUE", "FALSE"), (True, False)]  # fmt: skip


@breaker("CA28")
def codes_for_answers(page: Page) -> Put | None:
    """Another program writes Yes and No in its own way."""
    random = page.random
    ids = list(page.kinds("yes-no"))
    if random.random() < 0.5:
        start = random.randrange(len(ids))
        ids = ids[start : start + random.randint(1, 4)]
    yes, no = random.choice(_CODES)
    lines = [line for line in page.part(3) if any(line.get(id_) in ("Yes", "No") for id_ in ids)]
    if len(lines) < 3:
        return None
    cells = 0
    for line in lines:
        own = {id_: yes if line[id_] == "Yes" else no for id_ in ids if line.get(id_) in ("Yes", "No")}
        line |= own
        cells += len(own)
    return Put("CA28", lines, f"{yes!r} and {no!r} in {cells} cells of {len(lines)} of {len(page.lines)} rows")
