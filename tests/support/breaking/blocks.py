"""A question that is answered, and the cells below it left as they were."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.breaking.fields import children
from tests.support.breaking.office import Office, Row
from tests.support.breaking.page import Page, Put, breaker, cells_of, overlaid

_WORK = ["find_employment_period_id", "canadian_employment_experience_id", "intended_work_noc_group_id",
         "intention_credentials_licence_ind"]  # fmt: skip
_INTERVENTION = (
    "intervention_", "mentoring_", "short_term_service", "employer_size_id", "placement_type_id", "working_hours_id",
)  # fmt: skip


@breaker("CA25")
def answer_without_its_block(page: Page) -> Put | None:
    """Yes, or the type of what was done, and nothing of what it asks for."""
    random, office = page.random, Office(page.service, page.random)
    chosen = random.choice([each for each in _QUESTIONS if page.has(each)] or [""])
    if not chosen:
        return None
    lines = page.scattered(2)
    answer, blank = _QUESTIONS[chosen](page, office)
    for line in lines:
        support = office.support(yes=True) if chosen in children("support_received_ind", page.service) else {}
        overlaid(line, support | dict.fromkeys(blank, "") | {chosen: answer})
        if chosen == "find_employment_needs_ind":
            line["find_employment_referrals_ind"] = random.choice(["Yes", "No"])
        if chosen == "intervention_type_id":
            line["session_result_intn_ind"] = "Yes"
    told = f"{chosen} is {answer}, {len(blank)} cells are blank, in {len(lines)} of {len(page.lines)} rows"
    return Put("CA25", lines, told, cells=cells_of(lines, chosen, *blank))


def _languages(kind: str) -> Callable[[Page, Office], tuple[str, list[str]]]:
    return lambda page, office: ("Yes", [f"{kind}_language_from_id", f"{kind}_language_to_id"])


def _work(page: Page, office: Office) -> tuple[str, list[str]]:
    return "Yes", _WORK


def _care(page: Page, office: Office) -> tuple[str, list[str]]:
    return "Yes", [id_ for id_ in page.template.ids if id_.startswith("childminding_New")]


def _intervention(page: Page, office: Office) -> tuple[str, list[str]]:
    """What was done is said in one word."""
    blank = [id_ for id_ in page.template.ids if id_.startswith(_INTERVENTION) and id_ != "intervention_type_id"]
    return office.random.choice(["Long Term", "Long Term", "Short Term"]), blank


_QUESTIONS: dict[str, Callable[[Page, Office], tuple[str, list[str]]]] = {
    "find_employment_needs_ind": _work,
    "translation_ind": _languages("translation"),
    "interpretation_ind": _languages("interpretation"),
    "childminding_ind": _care,
    "intervention_type_id": _intervention,
}


@breaker("CA18")
def merged_cells(page: Page) -> Put | None:
    """Cells one below the other were made into one, which keeps the value of the first."""
    random = page.random
    lost: list[Row] = []
    areas: list[str] = []
    kept: frozenset[tuple[int, str]] = frozenset()
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        lines = page.block(2, random.choice([2, 3, 6, 15]))
        if not lines or {id(line) for line in lines} & {row for row, _ in kept}:
            continue
        ids = [id_ for id_ in page.template.ids[1:] if len(page.filled(id_, lines)) == len(lines)]
        for id_ in random.sample(ids, random.choice([1, 1, 2])):
            for line in lines[1:]:
                del line[id_]
            page.merged.append((lines, id_))
            areas.append(f"{id_} in {len(lines)}")
            kept |= cells_of(lines, id_)
        lost += lines[1:]
    if not lost:
        return None
    return Put("CA18", lost, ", ".join(areas), cells=kept)
