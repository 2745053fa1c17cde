"""Words of a drop-down, whichever language they were typed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from icare_xl.model.text import Text

Value = TypeVar("Value", bound=str)


def chosen(text: str, words: Mapping[Value, Text]) -> Value | None:
    """What is meant by the words in a cell, or by the value itself; None where it is none of them."""
    meant: dict[str, Value] = {value.casefold(): value for value in words}
    meant |= {word.casefold(): value for value, text in words.items() for word in (text.en, text.fr)}
    return meant.get(text.casefold())
