"""Rows that are wrong as a whole: pasted, added, slipped, in another order."""

from __future__ import annotations

from icare_xl.model.sheet import NOTES
from tests.support.breaking.office import Row
from tests.support.breaking.page import BESIDE, Page, Put, breaker

_REMARKS = [
    "see Maria", "call back", "to be checked", "new client?", "no show", "voir Marie", "ask Omar", "done", "moved to Calgary",
    "duplicate?", "pas venu", "OK", "waiting for documents",
]  # fmt: skip
_TOTALS = ["Total", "TOTAL", "Total:", "total", "Sum", "Grand total", "Total clients", "Somme", "Subtotal"]
_COUNTS = ["TOTAL: {}", "Total: {}", "Total = {}", "{} clients", "Total : {}", "Total {}"]


@breaker("CA02", stage=2)
def second_header(page: Page) -> Put | None:
    """The rows 3, or 2, or both were pasted in with the rows of another file."""
    random, made = page.random, list[Row]()
    width = len(page.template.ids)
    if random.random() < 0.15:
        width = max(4, round(width * random.uniform(0.6, 1)))
    fields = page.template.fields[:width]
    labels: Row = {each.id: each.label for each in fields}
    ids: Row = {each.id: each.id for each in fields}
    shown = random.choice([[labels], [labels], [labels], [ids], [ids, labels]])
    for _ in range(random.choice([1, 1, 1, 2])):
        at = page.any_row_number()
        if at - 1 in page.rows and id(page.rows[at - 1]) in page.apart:
            continue
        made += [page.insert(at + number, dict(row)) for number, row in enumerate(shown)]
    return Put("CA02", made, f"{len(made)} rows of {'ids' if shown[0] is ids else 'labels'}, {width} columns")


@breaker("CA03", stage=2)
def total_row(page: Page) -> Put | None:
    random = page.random
    numbers = sorted(page.rows)
    middle = random.random() < 0.2 and len(numbers) > 8
    at = random.choice(numbers[6:]) if middle else numbers[-1] + random.choice([1, 1, 1, 2, 3])
    above = [page.rows[number] for number in numbers if number < at and id(page.rows[number]) not in page.apart]
    sums: Row = {}
    for id_ in page.template.ids:
        values = [str(line[id_]) for line in above if line.get(id_, "") != ""]
        digits = [value for value in values if value.replace(".", "", 1).isdigit()]
        hours = id_.endswith(("_no", "_num", "_per_class", "_per_week", "_of_instruction", "_percentage"))
        if hours and id_ not in ("phone_no", "street_no") and len(digits) == len(values) >= 2:
            total = sum(map(float, values))
            sums[id_] = int(total) if total == int(total) else total
    word = random.choice(_TOTALS)
    count = len(above)
    ids = page.template.ids
    start = ids[random.randint(0, min(4, len(ids) - 1))]
    row: Row
    match random.choice(["word", "counted", "counted", "sum", "both", "bare"]):
        case "word":
            row = {start: word}
        case "counted":
            row = {start: random.choice(_COUNTS).format(count)}
        case "sum" if sums:
            row = {start: word, **dict(random.sample(list(sums.items()), random.randint(1, min(2, len(sums)))))}
        case "bare" if sums:
            row = dict(random.sample(list(sums.items()), random.randint(1, min(3, len(sums)))))
        case _:
            row = {ids[0]: word, ids[random.randint(2, 4)]: count}
    made = page.insert(at, row)
    return Put("CA03", [made], " | ".join(f"{id_}={value}" for id_, value in row.items()))


@breaker("CA04", stage=2)
def stray_row(page: Page) -> Put | None:
    """A letter, a remark, or a client of whom only the type was filled in."""
    random, ids = page.random, page.template.ids
    at = random.choice([random.randint(0, 8), random.randint(0, len(ids) - 1)]) % len(ids)
    row: Row
    match random.choice(["letter", "remark", "remark", "client", "two"]):
        case "letter":
            row = {ids[at]: random.choice(["x", "X", "a", "q", "\\", "-", "?", "1", "s", "."])}
        case "client" if page.has("client_validation_type_id"):
            day = next((id_ for id_ in page.service_dates()), "")
            row = {"client_validation_type_id": "FOSS/GCMS Client ID"}
            if day and random.random() < 0.4:
                row[day] = random.choice(page.filled(day))[day]
        case "two":
            beside = ids[(at + random.randint(1, 3)) % len(ids)]
            row = {ids[at]: random.choice(_REMARKS), beside: random.choice(["x", "?", "Ana", "2"])}
        case _:
            row = {ids[at]: random.choice(_REMARKS)}
    made = page.insert(page.any_row_number(), row)
    return Put("CA04", [made], " | ".join(f"{id_}={value}" for id_, value in row.items()))


@breaker("CA06")
def shifted(page: Page) -> Put | None:
    """From one column on, all stands one or two columns too far right or left, in some rows or all."""
    random, ids = page.random, [*page.template.ids[1:]]
    lines, by = page.part(1), random.choice([1, 1, 1, -1, -1, 2, -2])
    start = random.choice([random.randrange(len(ids) - 3), random.randrange(min(12, len(ids) - 3))])
    for line in lines:
        old = dict(line)
        moved = [id_ for id_ in ids[start:] if id_ in old]
        for id_ in moved:
            del line[id_]
        landed = []
        for id_ in moved:
            to = ids.index(id_) + by
            if to < start:
                continue  # overwritten by what came from the right
            if to > len(ids):
                return None  # more than one column beside the table
            home = ids[to] if to < len(ids) else BESIDE
            line[home] = old[id_]
            landed.append(home)
        if len(landed) < 5 or page.misfits(line, landed) < 3:
            return None
    side = "right" if by > 0 else "left"
    return Put("CA06", lines, f"{len(lines)} of {len(page.lines)} rows, from {ids[start]} on, {abs(by)} too far {side}")


@breaker("CA05")
def order_of_another_template(page: Page) -> Put | None:
    """The fields of neighbouring columns are in another order in most or all rows."""
    random, ids = page.random, list(page.template.ids)
    size = random.choice([3, 3, 4, 4, 5, 6])
    start = random.randint(1, len(ids) - size)
    run = ids[start : start + size]
    # A run in which most cells are blank, or all are Yes or No, shows no order.
    if (
        any(len(page.filled(id_)) < 0.8 * len(page.lines) for id_ in run)
        or len({page.field(id_).kind for id_ in run}) < 2
    ):
        return None
    order = random.sample(run, size)
    if order[0] == run[0] or order[-1] == run[-1]:
        return None
    lines = page.lines
    if random.random() < 0.4:
        lines = page.part(round(0.7 * len(lines)))
        if len(lines) < 0.7 * len(page.lines):
            return None
    for line in lines:
        old = dict(line)
        for id_ in run:
            line.pop(id_, None)
        line |= {to: old[of] for to, of in zip(run, order, strict=True) if of in old}
        if page.misfits(line, run) < 2:
            return None
    return Put("CA05", lines, f"{len(lines)} of {len(page.lines)} rows: {', '.join(run)} hold {', '.join(order)}")


@breaker("CA21", stage=0)
def rows_twice(page: Page) -> Put | None:
    random, copied = page.random, page.block(3, 20)
    if not copied:
        return None
    last = page.numbers(copied)[-1]
    at = last + 1 if random.random() < 0.3 else max(page.rows) + random.choice([1, 1, 2])
    again = [page.insert(at + number, {**row}, apart=False) for number, row in enumerate(copied)]
    first = page.numbers(copied)
    return Put("CA21", again, f"rows {first[0]}-{first[-1]} again", alone=[*copied, *again])


@breaker("CA17")
def one_note_everywhere(page: Page) -> Put | None:
    random = page.random
    rows = page.lines
    lines = rows if random.random() < 0.5 else page.scattered(round(0.75 * len(rows)))
    if len(lines) < 0.75 * len(rows):
        return None
    batch, second = random.randint(10000, 99999), random.randrange(60)
    position, count = random.choice([(4, 5), (4, 5), (1, 1), (2, 37), (12, len(rows))])
    note = (
        f"[BUID:{batch},RID:,ORP:{position}/{count},DTS:2018-08-07 10:05:{second:02}][1] (Client) Unable to validate against "
        "database. / (Client) Impossible de valider dans la base de données."
    )
    for line in lines:
        line[NOTES] = note
    return Put("CA17", lines, f"ORP:{position}/{count} on {len(lines)} of {len(rows)} rows")
