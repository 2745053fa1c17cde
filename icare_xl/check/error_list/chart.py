"""The chart beside the summary: a bar for each of the columns with most to correct, in the fills of the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from icare_xl.check.error_list.listing import words
from icare_xl.check.error_list.summary import ERRORS, WARNINGS, Section
from icare_xl.model.finding import Mark
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.marks import LOOKS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

MOST = 10
_TITLE = Text("The columns with the most findings", "Les colonnes qui comptent le plus de constats")
_PATTERNS = {"lightGray": "percent_25", "lightUp": "light_upward_diagonal"}
_LINE = {"color": "#404040", "width": 0.75}


def chart(book: Workbook, sheet: str, columns: Section, first: int, language: Language) -> tuple[Chart, dict[str, Any]]:
    """The chart and how to put it in: its alternative text says the figures. `first` is the row (from 0) in which the
    counts of the columns begin on `sheet`; their values come along, as XlsxWriter does not see them there.
    """
    shown = columns.counts[:MOST]
    last = first + len(shown) - 1
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"})
    marks: tuple[tuple[Mark, Text, int, list[int]], ...] = (
        ("wrong", ERRORS, 2, [each.errors for each in shown]),
        ("warning", WARNINGS, 3, [each.warnings for each in shown]),
    )
    names = [words(each.about or each.name, language) for each in shown]
    for mark, name, column, values in marks:
        drawn.add_series(
            {
                "name": name.to(language),
                "categories": [sheet, first, 1, last, 1],
                "categories_data": names,
                "values": [sheet, first, column, last, column],
                "values_data": values,
                "gap": 60,
                "border": _LINE,
                **_fill(mark),
            }
        )
    title = _TITLE.to(language)
    drawn.set_title({"name": title, "overlay": False, "name_font": {"size": 12}})
    most = max(each.total for each in shown)
    drawn.set_x_axis({"num_format": "0", "min": 0, "major_unit": max(1, -(-most // 5))})
    drawn.set_y_axis({"reverse": True, "crossing": "max"})  # the first of the table at the top, figures at the bottom
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": 640, "height": 130 + 34 * len(shown)})
    figures = "; ".join(f"{name}: {each.total}" for name, each in zip(names, shown, strict=True))
    return drawn, {"description": f"{title}: {figures}"}


def _fill(mark: Mark) -> dict[str, Any]:
    look = LOOKS[mark]
    if look.pattern == "solid":
        return {"fill": {"color": f"#{look.ground}"}}
    return {"pattern": {"pattern": _PATTERNS[look.pattern], "fg_color": f"#{look.ink}", "bg_color": f"#{look.ground}"}}
