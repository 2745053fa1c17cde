"""Our web pages, which need no other file: their frame, and the marks as they look on a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from icare_xl.model.text import Language, Text
from icare_xl.workbooks.marks import LOOKS, Look


def html_page(title: Text, style: str, body: Iterable[str], language: Language) -> str:
    """The page, with its title as the first heading."""
    name = escape(title.to(language))
    head = f'<meta charset="utf-8"><title>{name}</title><style>{style}</style>'
    content = f"<h1>{name}</h1>{''.join(body)}"
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
