"""Columns that were dragged down, and values that were rounded."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from icare_xl.icare.blank_workbook import Value
from tests.support.breaking.office import Row
from tests.support.breaking.page import Page, Put, breaker, cells_of


def _counted(text: str, by: int) -> str:
    """A text that ends in digits, so many steps further down."""
    found = re.search(r"\d+$", text)
    if not found:
        raise ValueError(text)
    return text[: found.start()] + str(int(found[0]) + by).zfill(len(found[0]))


def _months_later(text: str, months: int) -> str:
    day = date.fromisoformat(text)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).isoformat()


def _dragged(text: str, by: int, step: str) -> str:
    match step:
        case "day":
            return (date.fromisoformat(text) + timedelta(by)).isoformat()
        case "month":
            return _months_later(text, by)
        case "year":
            return _months_later(text, 12 * by)
    return _counted(text, by)


@breaker("CA07")
def dragged_down(page: Page) -> Put | None:
    random, lines = page.random, page.block(5)
    if not lines:
        return None
    dates = [id_ for id_ in page.kinds("date") if id_ != "client_birth_dt"]
    others = [id_ for id_ in page.kinds("postal", "phone") if id_ != "client_validation_id"]
    one_of = [["client_validation_id"], ["client_validation_id"], ["client_birth_dt"], ["client_birth_dt"], dates, dates, others,
              ["street_no"]]  # fmt: skip
    kinds = [[id_ for id_ in ids if page.has(id_)] for ids in one_of]
    id_ = random.choice(random.choice([ids for ids in kinds if ids]))
    if len(page.filled(id_, lines)) < len(lines):
        return None
    step = "number"
    if page.field(id_).kind == "date":
        step = random.choice(["day", "day", "month", "year", "number"])
    first = str(lines[0][id_])
    values = [_dragged(first, number, step) for number in range(-1, len(lines) + 1)]
    # Text is dragged on as a number; past the 31st somebody would have seen it, mostly.
    if step == "number" and page.field(id_).kind == "date" and int(values[-1][-2:]) > 31 and random.random() < 0.8:
        return None
    if step == "year" and id_ != "client_birth_dt" and len(lines) > 8:
        return None
    before, after = _beside(page, lines)
    if (before and before.get(id_) == values[0]) or (after and after.get(id_) == values[-1]):
        return None  # by chance the run would be longer
    for line, value in zip(lines, values[1:-1], strict=True):
        line[id_] = value
    return Put(
        "CA07",
        lines,
        f"{id_} from {first} on, {len(lines)} of {len(page.lines)} rows, by {step}",
        cells=cells_of(lines, id_),
    )


def _beside(page: Page, lines: list[Row]) -> tuple[Row | None, Row | None]:
    """The rows of clients above and below."""
    rows = page.lines
    first = next(index for index, row in enumerate(rows) if row is lines[0])
    last = first + len(lines) - 1
    return rows[first - 1] if first else None, rows[last + 1] if last + 1 < len(rows) else None


@breaker("CA08")
def list_value_dragged(page: Page) -> Put | None:
    random, lines = page.random, page.block(4)
    if not lines:
        return None
    ids = [id_ for id_ in page.kinds("list") if not re.search(r"\d$", str(lines[0].get(id_, "1")))]
    if not ids:
        return None
    id_ = (
        "client_validation_type_id"
        if "client_validation_type_id" in ids and random.random() < 0.4
        else random.choice(ids)
    )
    if len(page.filled(id_, lines)) < len(lines):
        return None
    text, gap, clean = str(lines[0][id_]), random.choice([" ", " ", ""]), random.random() < 0.5
    for number, line in enumerate(lines):
        count = number + (not clean)
        line[id_] = text if count == 0 else f"{text}{gap}{count}"
    return Put(
        "CA08",
        lines[clean:],
        f"{id_}: {lines[-1][id_]}, {len(lines)} of {len(page.lines)} rows",
        cells=cells_of(lines, id_),
    )


@breaker("CA13")
def lost_digits(page: Page) -> Put | None:
    random = page.random
    if not page.has("client_validation_id"):
        return None
    lines = [line for line in page.scattered(1) if str(line.get("client_validation_id", "")).isdigit()]
    form = random.choice(["3.14E+07", "3.14E+07", "31400000", "3,14E+07"])
    for line in lines:
        number = int(str(line["client_validation_id"]))
        short = f"{number:.2E}"
        value: Value = round(float(short)) if form.isdigit() else short
        line["client_validation_id"] = value.replace(".", ",") if "," in form and isinstance(value, str) else value
    return Put("CA13", lines, f"identifiers like {form} in {len(lines)} of {len(page.lines)} rows")
