"""Clients whose identifier and birth date do not belong together."""

from __future__ import annotations

from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE, IDENTITY
from tests.support.breaking.office import Row
from tests.support.breaking.page import Page, Put, breaker, cells_of


@breaker("CA10", folder=True)
def moved_by_one(page: Page) -> Put | None:
    """A cell was inserted or deleted in the column of birth dates."""
    random, lines = page.random, page.part(4)
    born = [line[BIRTH_DATE] for line in lines]
    if random.random() < 0.5:
        now, side = [random.choice(["", born[0]]), *born[:-1]], "low"
    else:
        now, side = [*born[1:], random.choice(["", born[-1]])], "high"
    for line, value in zip(lines, now, strict=True):
        if value:
            line[BIRTH_DATE] = value
        else:
            del line[BIRTH_DATE]
    moved = lines[1:] if side == "low" else lines[:-1]
    return Put(
        "CA10", moved, f"{len(moved)} of {len(page.lines)} birth dates one too {side}", cells=cells_of(lines, *IDENTITY)
    )


@breaker("CA11", folder=True)
def exchanged(page: Page) -> Put | None:
    """Two clients have each other's birth date, or identifier."""
    random = page.random
    same = [line for line in page.lines if str(line[IDENTIFIER_TYPE]).startswith("FOSS")]
    if len(same) < 2:
        return None
    start = random.randrange(len(same) - 1)
    lines = random.choice([same[start : start + 2], random.sample(same, 2)])
    id_ = random.choice([BIRTH_DATE, BIRTH_DATE, IDENTIFIER])
    lines[0][id_], lines[1][id_] = lines[1][id_], lines[0][id_]
    return Put("CA11", lines, f"{id_} exchanged", cells=cells_of(lines, *IDENTITY))


@breaker("CA19")
def one_person_typed_twice(page: Page) -> Put | None:
    """One identifier differs from the other by one digit, or by two that changed places."""
    random = page.random
    if not page.has(IDENTIFIER):
        return None
    once = [line for line in page.of_one_row() if str(line.get(IDENTIFIER, "")).isdigit()]
    if len(once) < 2:
        return None
    one, other = random.sample(once, 2)
    days = page.service_dates()
    if any(one.get(id_) == other.get(id_) != "" and one.get(id_) for id_ in days[:1]):
        return None
    other[BIRTH_DATE], other[IDENTIFIER_TYPE] = one[BIRTH_DATE], one[IDENTIFIER_TYPE]
    other[IDENTIFIER] = mistyped(page, str(one[IDENTIFIER]))
    told = f"{one[IDENTIFIER]} and {other[IDENTIFIER]}, both {one[BIRTH_DATE]}"
    return Put("CA19", _in_order(page, [one, other]), told, cells=cells_of([one, other], *IDENTITY))


def mistyped(page: Page, digits: str) -> str:
    random = page.random
    places = [at for at in range(1, len(digits) - 1) if digits[at] != digits[at + 1]]
    if places and random.random() < 0.5:
        at = random.choice(places)
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    at = random.randrange(1, len(digits))
    return digits[:at] + random.choice([each for each in "0123456789" if each != digits[at]]) + digits[at + 1 :]


def _in_order(page: Page, lines: list[Row]) -> list[Row]:
    return [page.rows[number] for number in page.numbers(lines)]
