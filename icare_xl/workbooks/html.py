"""Our web pages, which need no other file: their frame, and the marks as they look on a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from icare_xl.model.text import Language, Text
from icare_xl.workbooks.marks import LOOKS, Look

# Light or dark as the person has it; on narrow windows each cell of a table is a line, with the head of its column before it.
_STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --page: #ffffff; --line: #8a8a8a; --link: #0b57d0; --gone: #8a1f11 }
@media (prefers-color-scheme: dark) {
  :root { --text: #f0f0f0; --page: #1b1b1b; --link: #a8c7fa; --gone: #ffb4a8 } }
body { font: 16px/1.5 "Segoe UI", "Noto Sans", sans-serif; max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem;
  color: var(--text); background: var(--page); overflow-wrap: anywhere }
a { color: var(--link) } h2 { margin-top: 2.5rem } dt { font-weight: 600; margin-top: .8rem } dd { margin-left: 1.5rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line);
  min-width: 5ch }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
@media (max-width: 44rem) {
  table, thead, tbody, tr, th, td { display: block; min-width: 0 } thead { display: none }
  th, td { border: 0; padding: .1rem 0 } tr { border-bottom: 1px solid var(--line); padding: .5rem 0 }
  td[data-head]::before { content: attr(data-head) ": "; font-weight: 600 }
}
@media print { :root { --text: #000; --page: #fff } @page { margin: 1.5cm } body { font-size: 10pt } }
"""


def html_page(title: Text, style: str, body: Iterable[str], language: Language) -> str:
    """The page, with its title as the first heading; `style` is what it has of its own."""
    name = escape(title.to(language))
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name}</title><style>{_STYLE}{style}</style>"
    )
    content = f"<main><h1>{name}</h1>{''.join(body)}</main>"
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{content}</body></html>'


_PATTERNS = {
    "solid": "#{ground}",
    "lightUp": "repeating-linear-gradient(135deg, #{ink} 0 1px, #{ground} 1px 7px) #{ground}",
    "lightGray": "radial-gradient(#{ink} 0.8px, transparent 1px) 0 0 / 5px 5px #{ground}",
}


def style_of_marks() -> str:
    """Text on a mark is black whatever the page's colours are."""
    return "\n".join(
        f".{mark} {{ background: {_fill_of(look)}; color: #000; forced-color-adjust: none; print-color-adjust: exact }}"
        for mark, look in LOOKS.items()
    )


def _fill_of(look: Look) -> str:
    return _PATTERNS[look.pattern].format(ink=look.ink, ground=look.ground)
