"""A sentence in both official languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

Language = Literal["en", "fr"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in both official languages; `{words}` are filled in by `format`, Texts each in its own."""

    en: str
    fr: str

    def format(self, **words: object) -> Text:
        english = {name: word.en if isinstance(word, Text) else word for name, word in words.items()}
        french = {name: word.fr if isinstance(word, Text) else word for name, word in words.items()}
        return Text(self.en.format_map(english), self.fr.format_map(french))

    def to(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en

    @staticmethod
    def joined(texts: Iterable[Text], sign: str = " ") -> Text:
        """One after the other, each in its own language."""
        given = list(texts)
        return Text(sign.join(each.en for each in given), sign.join(each.fr for each in given))


def shortened(text: str, most: int) -> str:
    """The text, cut where it has more signs."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def quoted(values: Iterable[str]) -> Text:
    """The values one after the other, in the quotes of each language."""
    given = list(values)
    return Text(", ".join(f"“{each}”" for each in given), ", ".join(f"« {each} »" for each in given))


def first_few(values: Iterable[str], most: int = 3) -> str:
    """The first values, with … where there are more: one placeholder may stand for hundreds of clients."""
    some = list(islice(values, most + 1))
    return ", ".join([*some[:most], *(["…"] if len(some) > most else [])])


def first_sentence(text: Text) -> Text:
    """The first of its sentences; what stands in quotes ends none."""
    return Text(*(_FIRST_SENTENCE.match(shortened(each, _LONG))[0] for each in (text.en, text.fr)))  # type: ignore[index]


_LONG = 1000  # signs, of which foreign quotes that never close are looked for in all that follow
_FIRST_SENTENCE = re.compile(r"(?:“[^”]*”|«[^»]*»|[^.]|\.(?! ))*\.?")
