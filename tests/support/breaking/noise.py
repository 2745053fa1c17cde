"""Single faults, as there are in every sheet: one typo in one cell, with no cause behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from icare_xl.model.client import IDENTIFIER
from tests.support.breaking.page import Page, Put

_PERIODS = [
    ("start_dttm", "end_dttm"), ("assessment_start_dt", "assessment_completed_dt"), ("service_start_dt", "service_end_dt"),
    ("intervention_start_dt", "intervention_end_dt"), ("start_dt", "end_dt"),
]  # fmt: skip
_KINDS = ["blank", "list", "date", "postal", "letter", "period"]


def noise(page: Page, puts: Sequence[Put], count: int) -> list[str]:
    """So many faults at most, of different kinds, in different rows and columns, away from what was put in; told in words."""
    cells = {cell for put in puts for cell in put.cells}
    alone = {id(row) for put in puts for row in put.alone}
    columns = {id_ for put in puts for id_ in put.columns}
    told: list[str] = []
    kinds = page.random.sample(_KINDS, len(_KINDS))
    for kind in kinds:
        if len(told) == count:
            break
        for _ in range(10):
            line = page.random.choice(page.lines)
            found = _fault(page, kind, page.random.choice(page.lines) if id(line) in alone else line)
            if not found:
                continue
            row, id_, value = found
            if (row, id_) in cells or row in alone or id_ in columns:
                continue
            number, line = next((number, line) for number, line in page.rows.items() if id(line) == row)
            if value:
                line[id_] = value
            else:
                del line[id_]
            told.append(f"row {number}: {id_} = {value or 'blank'}")
            alone.add(row)
            columns.add(id_)
            break
    return told


def _fault(page: Page, kind: str, line: dict) -> tuple[int, str, str] | None:  # type: ignore[type-arg]
    """Row, field and value of a fault in this row, where it can have one of this kind."""
    random = page.random
    texts = [
        each
        for each in page.template.fields
        if isinstance(line.get(each.id), str) and not page.misfits(line, [each.id])
    ]
    once = any(each is line for each in page.of_one_row())
    match kind:
        case "blank":
            ids, value = [each.id for each in texts if each.required and (once or each.id != IDENTIFIER)], str
        case "list":
            ids, value = [each.id for each in texts if each.kind == "list" and len(line[each.id]) > 4], _misspelt
        case "date":
            ids, value = [each.id for each in texts if each.kind == "date"], _bad_date
        case "postal":
            ids, value = [each.id for each in texts if each.kind == "postal"], _bad_postal
        case "letter":
            ids, value = (
                [each.id for each in texts if each.kind == "identifier" and once and line[each.id].isdigit()],
                _letter,
            )
        case _:
            own = [(start, end) for start, end in _PERIODS if not {start, end} - {each.id for each in texts}]
            if not own:
                return None
            start, end = random.choice(own)
            before = date.fromisoformat(line[start]) - timedelta(random.randint(1, 5))
            return id(line), end, before.isoformat()
    if not ids:
        return None
    id_ = random.choice(ids)
    return id(line), id_, "" if kind == "blank" else value(page, line[id_])  # type: ignore[operator]


def _misspelt(page: Page, text: str) -> str:
    at = page.random.randrange(1, len(text) - 1)
    return text[:at] + page.random.choice(["", text[at] * 2 if text[at].isalpha() else "e"]) + text[at + 1 :]


def _bad_date(page: Page, text: str) -> str:
    year, month, _ = text.split("-")
    return page.random.choice(
        [f"{year}-{month}-32", f"{year[:3]}-{text[5:]}", f"{year}-13-{text[8:]}", f"{year}{text[5:]}", "?"]
    )


def _bad_postal(page: Page, text: str) -> str:
    return page.random.choice([text[:5], text[:2] + text[3:], text + "1", text[:1] + text[2] + text[1] + text[3:]])


def _letter(page: Page, text: str) -> str:
    at = page.random.randrange(len(text))
    return text[:at] + page.random.choice("OIlSB") + text[at + 1 :]
