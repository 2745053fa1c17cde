"""A text that XlsxWriter puts into a cell as it is."""

from __future__ import annotations

from html import escape


def as_it_is(value: str) -> str:
    """XlsxWriter takes a text in <r> for the markup of one; so it gets that markup."""
    return f"<r><t>{escape(value)}</t></r>" if value.startswith("<r>") and value.endswith("</r>") else value
