"""A web page that needs no other file: its frame, around a body that is HTML already."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from icare_xl.model import Language, Text


def document(title: Text, style: str, body: Iterable[str], language: Language) -> str:
    """The page, with its title as the first heading."""
    name = escape(title.to(language))
    head = f'<meta charset="utf-8"><title>{name}</title><style>{style}</style>'
    content = f"<h1>{name}</h1>{''.join(body)}"
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{content}</body></html>'
