"""Values that are written in one wrong way: by Excel, by a habit, by pasting."""

from __future__ import annotations

from datetime import date

from icare_xl.icare.blank_workbook import Value
from tests.support.breaking.page import Page, Put, breaker


@breaker("CA12", uniform=True)
def day_and_month_exchanged(page: Page) -> Put | None:
    """DD/MM/YYYY in an Excel that takes the month first: days up to 12 become real dates, turned; the others stay texts."""
    random = page.random
    ids = list(page.kinds("date", share=0.8))
    if not ids:
        return None
    id_, form = random.choice(ids), random.choice(["{:%d/%m/%Y}", "{:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}"])
    turned, texts = [], 0
    for line in page.filled(id_):
        day = date.fromisoformat(str(line[id_]))
        if day.day == day.month:
            day = day.replace(day=day.day + 13)  # exchanged, it would be the same
        if day.day <= 12:
            line[id_] = date(day.year, day.day, day.month)
            turned.append(line)
        else:
            line[id_] = form.format(day)
            texts += 1
    if len(turned) < 2 or texts < 2:
        return None
    return Put("CA12", turned, f"{id_}: {len(turned)} turned, {texts} texts", columns=frozenset([id_]))


@breaker("CA20")
def pasted_text(page: Page) -> Put | None:
    """No-break and zero-width signs in a block of cells."""
    random, lines, ids = page.random, page.part(3, 20), list(page.template.ids)
    start, width = random.randint(1, len(ids) - 2), random.randint(2, 6)
    block = ids[start : start + width]
    sign = random.choice(["\u00a0", "\u00a0", "\u200b", "\ufeff", "\u00a0\u200b"])
    how = random.choice(["after", "before", "both", "within", "mixed"])
    rows, cells = [], 0
    for line in lines:
        filled = [id_ for id_ in block if isinstance(line.get(id_), str)]
        for id_ in filled:
            line[id_] = _with(
                str(line[id_]), sign, random.choice(["after", "before", "within"]) if how == "mixed" else how
            )
        cells += len(filled)
        rows += [line] if filled else []
    if len(rows) < 3 or cells < 6 or cells < 1.5 * len(rows):
        return None
    return Put("CA20", rows, f"{sign!a} {how} {cells} cells of {block[0]} to {block[-1]}, {len(rows)} rows")


def _with(text: str, sign: str, how: str) -> str:
    match how:
        case "after":
            return text + sign
        case "before":
            return sign + text
        case "both":
            return sign + text + sign
    return text.replace(" ", "\u00a0") if " " in text else text[:2] + "\u200b" + text[2:]


@breaker("CA24", uniform=True)
def column_all_in_one_wrong_way(page: Page) -> Put | None:
    random = page.random
    ways = {
        "real dates": list(page.kinds("date", share=0.5)), "slashes": list(page.kinds("date", share=0.5)),
        "postal code with a blank": list(page.kinds("postal", share=0.5)),
        "numbers": list(page.kinds("identifier", share=0.5)), "phone with brackets": list(page.kinds("phone", share=0.5)),
        "lower case": list(page.kinds("list", "yes-no", share=0.5)),
    }  # fmt: skip
    way = random.choice([way for way, ids in ways.items() if ids])
    id_ = random.choice(ways[way])
    lines = page.filled(id_)
    if len(lines) < 5 or (way == "numbers" and not all(str(line[id_]).isdigit() for line in lines)):
        return None
    for line in lines:
        old = line[id_]
        line[id_] = _in_this_way(str(old), way)
        if line[id_] == old:
            return None
    return Put("CA24", lines, f"{id_}: {way}", columns=frozenset([id_]))


def _in_this_way(text: str, way: str) -> Value:
    match way:
        case "real dates":
            return date.fromisoformat(text)
        case "slashes":
            return text.replace("-", "/")
        case "postal code with a blank":
            return f"{text[:3]} {text[3:]}"
        case "numbers":
            return int(text)
        case "phone with brackets":
            return f"({text[:3]}) {text[4:]}"
    return text.lower()
