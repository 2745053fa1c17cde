"""A finding in one line: for the status bar, and where a box has no room for more."""

from __future__ import annotations

import re

from icare_xl.check.sentences import SEVERITY
from icare_xl.model.counting import CELLS, FINDINGS, counted
from icare_xl.model.finding import Finding
from icare_xl.model.text import Text, first_sentence, shortened
from icare_xl.rejected.findings import RULE as NOTE

IN_BAR, MOST_IN_BAR = 150, 190  # signs that the bar shows on a small screen, and holds beside what else is said
SHORT, _LONG = 36, 200  # signs of a label or a value, as it is shown and before


def went_to(number: int, total: int, finding: Finding) -> Text:
    """`Error, Date of Birth: “1978/5/20” is not a date. → 1978-05-20 (E7, 3 of 17)`: what is wrong, in the bar of a small screen.
    Explain says the rest; of what iCARE complains of, all that the bar can hold is said.
    """
    whole = finding.rule == NOTE
    wrong = finding.message if whole else first_sentence(finding.message)
    words = {
        "severity": Text(
            *(each.capitalize() for each in (SEVERITY[finding.severity].en, SEVERITY[finding.severity].fr))
        ),
        "label": shortened(_UNIT.sub("", shortened(finding.label or finding.cell or "", _LONG)), SHORT),
        "instead": f"→ {shortened(finding.suggestion, SHORT)} " if finding.suggestion else "",
        "cell": finding.cell,
        "number": number,
        "total": total,
    }
    frame = Text(
        "{severity}, {label}: {wrong} {instead}({cell}, {number} of {total})",
        "{severity}, {label} : {wrong} {instead}({cell}, {number} sur {total})",
    )
    bare = frame.format(wrong="", **words)
    room = (MOST_IN_BAR if whole else IN_BAR) - max(len(bare.en), len(bare.fr))
    return frame.format(wrong=Text(shortened(wrong.en, max(room, 40)), shortened(wrong.fr, max(room, 40))), **words)


def in_short(finding: Finding) -> Text:
    """`E7, Date of Birth: “1978/5/20” is not a date. Write it as YYYY-MM-DD. → 1978-05-20`"""
    words = {"cell": finding.cell or "", "label": finding.label or "", "message": finding.message}
    told = Text("{cell}, {label}: {message}", "{cell}, {label} : {message}").format(**words)
    rule = Text("(rule {code})", "(règle {code})").format(code=finding.rule)
    return Text.joined([told, *([Text(*[f"→ {finding.suggestion}"] * 2)] if finding.suggestion else []), rule])


_UNIT = re.compile(r"\s*\([^()]*\)$")  # behind a label: how its dates are written


def on_the_way(went: Text, about_the_sheet: int, passed: int | None) -> Text:
    """Where somebody went, how many findings are about the whole sheet, and how many in hidden rows were passed over (None: all
    rows with findings are hidden, this one too).
    """
    notes = []
    if passed is None:
        notes.append(Text("The row is hidden.", "La ligne est masquée."))
    elif passed:
        cells = Text("In hidden rows: {cells}.", "Dans des lignes masquées : {cells}.")
        notes.append(cells.format(cells=counted(passed, CELLS)))
    if about_the_sheet:
        sheet = Text("About the whole sheet: {findings}.", "Sur toute la feuille : {findings}.")
        notes.append(sheet.format(findings=counted(about_the_sheet, FINDINGS)))
    return Text.joined([went, *notes])
