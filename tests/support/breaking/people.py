"""Clients whose identifier and birth date do not belong together."""

from __future__ import annotations

from icare_xl.icare.blank_workbook import Value
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE, IDENTITY
from tests.support.breaking.office import Office, Row
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


@breaker("CA26", folder=True)
def birth_dates_sorted_alone(page: Page) -> Put | None:
    """The column was sorted, and the other columns were not."""
    random, block = page.random, page.block(8)
    if not block:
        return None
    lines = page.filled(BIRTH_DATE, block)
    before = [str(line[BIRTH_DATE]) for line in lines]
    changed = []
    for line, old, new in zip(lines, before, sorted(before, reverse=random.random() < 0.3), strict=True):
        line[BIRTH_DATE] = new
        changed += [line] if new != old else []
    if len(lines) < len(block) or len(changed) < 6:
        return None
    told = f"{len(lines)} birth dates sorted, of {len(page.lines)}"
    return Put("CA26", changed, told, columns=frozenset([BIRTH_DATE]), cells=cells_of(lines, *IDENTITY))


@breaker("CA27")
def zero_lost_at_the_start(page: Page) -> Put | None:
    """Excel made numbers of identifiers, or another program that wrote the texts had done so."""
    random, lines = page.random, page.scattered(3)
    own = [
        str(line[IDENTIFIER])
        for line in lines
        if str(line[IDENTIFIER_TYPE]).startswith("FOSS") and _may_begin_with_zero(line[IDENTIFIER])
    ]
    changed = [line for line in page.lines if line.get(IDENTIFIER) in own]
    if len(changed) < 3:
        return None
    numbers = random.random() < 0.5
    for line in changed:
        short = str(line[IDENTIFIER])[1:]
        line[IDENTIFIER] = int(short) if numbers else short
    if page.profile:  # there they are whole
        whole = {old: f"0{old[1:]}" for old in own}
        page.profile = {
            number: row | {IDENTIFIER: whole.get(str(row.get(IDENTIFIER)), row.get(IDENTIFIER, ""))}
            for number, row in page.profile.items()
        }
    return Put("CA27", changed, f"{len(changed)} of {len(page.lines)} rows, as {'numbers' if numbers else 'texts'}")


def _may_begin_with_zero(value: Value) -> bool:
    text = str(value)
    return isinstance(value, str) and text.isdigit() and len(text) in (8, 10) and text[1] != "0"


@breaker("CA29", folder=True, uniform=True)
def file_of_another_month(page: Page) -> Put | None:
    """The other file beside the sheet has hardly any of its clients, or of its courses."""
    random, of = page.random, "client_profile"
    id_, lines = IDENTIFIER, page.lines
    if page.service == "lt_client_enrolment" and random.random() < 0.5:
        id_, of = "course_cd", "lt_course_setup"
    known = sorted({str(line[id_]) for line in lines})
    stays = set(random.sample(known, random.randint(0, len(known) * 3 // 10)))
    missing = [line for line in lines if str(line[id_]) not in stays]
    if len(missing) < 0.6 * len(lines):
        return None
    other = Office(of, random)
    new = other.sheet(other.clients(random.randint(8, 40)) if of == "client_profile" else None)
    rows = [dict(row) for row in new.values()]
    if of == "client_profile":
        rows += [row for row in (page.profile or {}).values() if row[IDENTIFIER] in stays]
    else:
        for row, code in zip(rows, sorted(stays), strict=False):
            row["course_cd"] = code
        stays &= {str(row["course_cd"]) for row in rows}
        missing = [line for line in lines if str(line[id_]) not in stays]
    random.shuffle(rows)
    page.profile, page.profile_of = dict(enumerate(rows, 4)), of
    told = f"{len(missing)} of {len(lines)} rows are not in that of {of}, {len(rows)} rows"
    return Put("CA29", missing, told, columns=frozenset([id_]), cells=cells_of(missing, id_))
