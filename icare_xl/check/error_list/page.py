"""The error list as a web page that needs no other file, no server and no network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from icare_xl.check.error_list import summary
from icare_xl.check.error_list.listing import (
    CARE,
    CAUSE,
    CELL,
    FILE,
    MESSAGE,
    RULE,
    SEVERITY_OF,
    TITLE,
    WHOLE_SHEET,
    Head,
    Line,
    Listing,
    words,
)
from icare_xl.check.error_list.summary import Section
from icare_xl.check.sentences import NO_COMMON_CAUSE, SEVERITY
from icare_xl.model.addresses import letters
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.html import style_of_marks

_DATE = re.compile(r"\d{4}-\d\d-\d\d|YYYY-MM-DD|AAAA-MM-JJ")
AT_ONCE = 500  # more rows wait in a template, where they cost a browser little, until they are asked for
_SEARCH = Text("Search", "Rechercher")
_ANY = Text("all", "tout")
_CLEAR = Text("Clear filters", "Effacer les filtres")
_TO_FINDINGS = Text("To the findings", "Aux constats")
_SHOWN = Text(
    "{shown} of {total} shown, sorted by “{column}” ({way})",
    "{shown} sur {total} affichés, triés par « {column} » ({way})",
)
_UP, _DOWN = Text("ascending", "ordre croissant"), Text("descending", "ordre décroissant")
_REST = Text("Show more ({left} left)", "Afficher la suite (encore {left})")
NO_SCRIPT = Text(
    "This browser does not run scripts here, so only the first {shown} of {total} findings are shown.",
    "Ce navigateur n’exécute pas de script ici; seuls les {shown} premiers constats sur {total} sont affichés.",
)


def write(out: Path, listing: Listing, language: Language) -> None:
    with out.open("w", encoding="utf-8", errors="xmlcharrefreplace", newline="\n") as file:
        file.writelines(f"{part}\n" for part in _page(listing, language))


def _page(listing: Listing, language: Language) -> Iterator[str]:
    def say(text: Text | str) -> str:
        return escape(words(text, language))

    style, script = _own("page.css") + style_of_marks() + _of_columns(listing.columns, language), _own("page.js")
    yield f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{say(listing.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{say(listing.title)}</h1>"
    yield f'<p><a href="#title">{say(_TO_FINDINGS)}</a></p>'
    yield from (f"<p>{say(sentence)}</p>" for sentence in (*summary.opening(listing), CARE))
    for section in summary.summary(listing):
        yield from _section(section, language)
    yield f'<h2 id="title">{say(TITLE)}</h2>'
    choices = _choices(listing)
    yield from _filters(choices, language)
    ways = f'data-up="{say(_UP)}" data-down="{say(_DOWN)}"'
    yield f'<p id="count" role="status" data-text="{say(_SHOWN)}" {ways}></p>'
    yield from _table(listing, choices, language)
    yield f'<p><button id="rest" type="button" data-text="{say(_REST)}" hidden></button></p>'
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>"


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded or sent anywhere; of styles and scripts only these two are run."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _own(name: str) -> str:
    return (files("icare_xl.check.error_list") / name).read_text("utf-8")


def _of_columns(columns: Sequence[Head], language: Language) -> str:
    """What is wrong has most room, and what people typed may be long and without a blank: it is broken anywhere, so that the
    other columns have room. In narrow windows the head of its column stands before each cell.
    """
    numbers = {each: number for number, each in enumerate(columns, 1)}
    free = (f"#findings td:nth-child({number})" for each, number in numbers.items() if each.free)
    broken = f"{', '.join(free)} {{ overflow-wrap: anywhere; min-width: 11ch }}"
    wide = f"#findings td:nth-child({numbers[MESSAGE]}) {{ overflow-wrap: anywhere; min-width: 34ch }}"
    heads = (
        f'#findings td:nth-child({number})::before {{ content: "{_css(each.name.to(language))}: "; font-weight: 600 }}'
        for each, number in numbers.items()
    )
    figures = (summary.ERRORS, summary.WARNINGS, summary.TOTAL)
    counts = (
        f'details td:nth-child({number})::before {{ content: "{_css(each.to(language))}: " }}'
        for number, each in enumerate(figures, 3)
    )
    return f"{broken}\n{wide}\n@media (max-width: 60rem) {{ {' '.join([*heads, *counts])} }}"


def _css(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


@lru_cache(maxsize=4096)
def _sentence(text: str) -> str:
    """A text of ours, its dates in an element that the style sheet keeps on one line: a browser breaks them at a dash."""
    return _DATE.sub(r"<span>\g<0></span>", escape(text)) if "-" in text else escape(text)


def _section(section: Section, language: Language) -> Iterator[str]:
    """A table of counts, closed where it is long."""
    heads = (section.name, section.about, summary.ERRORS, summary.WARNINGS, summary.TOTAL)
    opened = " open" if len(section.counts) <= 20 else ""
    yield f"<details{opened}><summary><h2>{escape(section.title.to(language))}</h2></summary><table><thead><tr>"
    yield "".join(f'<th scope="col">{escape(head.to(language))}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for count in section.counts:
        marked = f' class="{count.mark}"' if count.mark else ""
        figures = "".join(f'<td class="figure">{each}</td>' for each in (count.errors, count.warnings, count.total))
        yield (
            f'<tr><th scope="row"{marked}>{escape(words(count.name, language))}</th>'
            f"<td>{_sentence(words(count.about, language))}</td>{figures}</tr>"
        )
    yield "</tbody></table></details>"


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter, named as the data attribute of the rows; `number` of a line is that of what it has among `options`."""

    name: str
    label: Text
    options: list[Text | str]
    number: Callable[[Line], int]


def _choices(listing: Listing) -> list[Choice]:
    """By severity, rule and column, by cause where one is known, and by file where there are several."""
    lines, several = listing.all, len(listing.checked) > 1
    known = CAUSE in listing.columns
    return [
        *([_choice("cause", CAUSE.name, lines, _cause)] if known else []),
        _choice("severity", SEVERITY_OF.name, lines, lambda line: (line.found.severity, SEVERITY[line.found.severity])),
        _choice("rule", RULE.name, lines, lambda line: (line.found.rule, line.found.rule)),
        _choice("column", summary.COLUMN, lines, _column),
        *([_choice("file", FILE.name, lines, lambda line: (str(line.file), line.file.name))] if several else []),
    ]


def _choice(name: str, label: Text, lines: Iterable[Line], of: Callable[[Line], tuple[Any, Text | str]]) -> Choice:
    """`of` says what a line has: by what to sort it, and what to show."""
    found = sorted({of(line) for line in lines}, key=lambda each: each[0])
    number = {each: index for index, each in enumerate(found)}
    return Choice(name, label, [shown for _, shown in found], lambda line: number[of(line)])


def _cause(line: Line) -> tuple[tuple[bool, str], Text]:
    cause = line.cause or NO_COMMON_CAUSE
    return (line.cause is None, cause.en), cause


def _column(line: Line) -> tuple[tuple[int, str], Text | str]:
    column, label = line.found.column, line.found.label or ""
    if column is None:
        return (-1, ""), WHOLE_SHEET
    return (column, label), f"{letters(column)} {label}"


def _filters(choices: Iterable[Choice], language: Language) -> Iterator[str]:
    """Shown by the script, as nothing works without it."""
    yield '<form id="filters" hidden>'
    for each in choices:
        shown = (escape(words(option, language)) for option in each.options)
        options = "".join(f'<option value="{number}">{option}</option>' for number, option in enumerate(shown))
        select = f'<select name="{each.name}"><option value="">{_ANY.to(language)}</option>{options}</select>'
        yield f"<label>{each.label.to(language)} {select}</label>"
    yield f'<label>{_SEARCH.to(language)} <input type="search" name="text" autocomplete="off"></label>'
    yield f'<button type="reset">{_CLEAR.to(language)}</button></form>'


def _table(listing: Listing, choices: Sequence[Choice], language: Language) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(column.name.to(language))}</th>' for column in listing.columns)
    yield f'<table id="findings" aria-labelledby="title"><thead><tr>{heads}</tr></thead><tbody>'
    rows = (_row(line, listing.columns, choices, language) for line in listing.all)
    yield from islice(rows, AT_ONCE)
    yield '</tbody></table><template id="more">'
    yield from rows
    yield "</template>"
    if len(listing.all) > AT_ONCE:
        few = NO_SCRIPT.format(shown=AT_ONCE, total=len(listing.all))
        yield f"<noscript><p>{few.to(language)}</p></noscript>"


def _row(line: Line, columns: Sequence[Head], choices: Iterable[Choice], language: Language) -> str:
    data = "".join(f' data-{each.name}="{each.number(line)}"' for each in choices)
    cells = []
    for column in columns:
        tag = 'th scope="row"' if column is CELL else "td"
        marked = f' class="{line.found.mark}"' if column is SEVERITY_OF else ""
        text = column.says(line, language)
        cells.append(f"<{tag}{marked}>{escape(text) if column.free else _sentence(text)}</{tag[:2]}>")
    right = ' class="right"' if line.accepted else ""
    return f"<tr{right}{data}>{''.join(cells)}</tr>"
