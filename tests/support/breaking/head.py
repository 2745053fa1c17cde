"""The rows above the data, where iCARE's ids and labels stand: people see no row 2, and lose it."""

from __future__ import annotations

from random import Random

from icare_xl.model.template import Template
from tests.support.breaking.page import Head, Page, Put, breaker

_TITLE = "Immigration, Refugees and Citizenship Canada\niCARE - Immigration Contribution Agreement Reporting Environment\n{}\n"
_OWN = ["Type", "ID", "DOB", "Postal code", "Date", "Language", "Service", "Notes"]


@breaker("CA01", stage=3)
def row_2_lost(page: Page) -> Put | None:
    """Deleted, emptied, overwritten by the labels or by anything else, or moved up with all below it."""
    random, of = page.random, page.template
    title, labels = [_TITLE.format(of.title or "")], [field.label for field in of.fields]
    how = random.choice(["deleted", "emptied", "labels", "junk", "title deleted"])
    above = {
        "deleted": [title, labels], "emptied": [title, [], labels], "labels": [title, labels, labels],
        "junk": [title, _junk(random, of), labels], "title deleted": [list(of.ids), labels],
    }[how]  # fmt: skip
    page.head = Head(above, lists=random.random() < 0.7)
    page.rows = {number - 3 + len(above): row for number, row in page.rows.items()}
    return Put("CA01", [], f"row 2 {how}, {'with' if page.head.lists else 'without'} lists", whole=True)


def _junk(random: Random, of: Template) -> list[str]:
    width = random.choice([1, 2, 5, len(of.ids), len(of.ids)])
    how = random.choice(["x", "letters", "numbered", "own names"])
    if how == "own names":
        return (_OWN * len(of.ids))[:width]
    if how == "numbered":
        return [str(number) for number in range(1, width + 1)]
    return [random.choice(["x", "X", "-", "."])] * width if how == "x" else [chr(65 + n % 26) for n in range(width)]
