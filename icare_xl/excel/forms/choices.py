"""Words of a drop-down, whichever language they were typed in."""

from __future__ import annotations

from collections.abc import Mapping

from icare_xl.model.text import Text


def chosen(text: str, words: Mapping[str, Text]) -> str | None:
    """What is meant by the words in a cell, or by the value itself; None where it is none of them."""
    meant = {value.casefold(): value for value in words}
    meant |= {word.casefold(): value for value, text in words.items() for word in (text.en, text.fr)}
    return meant.get(text.casefold())
