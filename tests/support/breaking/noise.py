"""Single faults, as there are in every sheet: one typo in one cell, with no cause behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from icare_xl.model.client import IDENTIFIER
from tests.support.breaking.office import Row
from tests.support.breaking.page import Page, Put, overlaid

_PERIODS = [
    ("start_dttm", "end_dttm"), ("assessment_start_dt", "assessment_completed_dt"), ("service_start_dt", "service_end_dt"),
    ("intervention_start_dt", "intervention_end_dt"), ("start_dt", "end_dt"),
]  # fmt: skip
_KINDS = ["blank", "list", "date", "postal", "identifier", "period"]


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
            id_, value = _fault(page, kind, line) or ("", "")
            if not id_ or (id(line), id_) in cells or id(line) in alone or id_ in columns:
                continue
            overlaid(line, {id_: value})
            told.append(f"row {page.numbers([line])[0]}: {id_} = {value or 'blank'}")
            alone.add(id(line))
            columns.add(id_)
            break
    return told


def _fault(page: Page, kind: str, line: Row) -> tuple[str, str] | None:
    """Field and value of a fault in this row, where it can have one of this kind."""
    random = page.random
    texts = {
        each.id: each
        for each in page.template.fields
        if isinstance(line.get(each.id), str) and not page.misfits(line, [each.id])
    }
    if not any(each is line for each in page.of_one_row()):
        texts.pop(IDENTIFIER, None)  # beside the client's other rows, it would be a person typed twice
    if kind == "period":
        own = [(start, end) for start, end in _PERIODS if start in texts and end in texts]
        if not own:
            return None
        start, end = random.choice(own)
        before = date.fromisoformat(str(line[start])) - timedelta(random.randint(1, 5))
        return end, before.isoformat()
    if kind == "blank":
        ids = [id_ for id_, each in texts.items() if each.required]
        return (random.choice(ids), "") if ids else None
    spoil = {"list": _misspelt, "date": _bad_date, "postal": _bad_postal, "identifier": _letter}[kind]
    ids = [id_ for id_, each in texts.items() if each.kind == kind and len(str(line[id_])) > 4]
    if not ids:
        return None
    id_ = random.choice(ids)
    return id_, spoil(random, str(line[id_]))


def _misspelt(random: Random, text: str) -> str:
    at = random.randrange(1, len(text) - 1)
    return text[:at] + random.choice(["", text[at] * 2 if text[at].isalpha() else "e"]) + text[at + 1 :]


def _bad_date(random: Random, text: str) -> str:
    year, month, _ = text.split("-")
    return random.choice(
        [f"{year}-{month}-32", f"{year[:3]}-{text[5:]}", f"{year}-13-{text[8:]}", f"{year}{text[5:]}", "?"]
    )


def _bad_postal(random: Random, text: str) -> str:
    return random.choice([text[:5], text[:2] + text[3:], text + "1", text[:1] + text[2] + text[1] + text[3:]])


def _letter(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    return text[:at] + random.choice("OIlSB") + text[at + 1 :]
