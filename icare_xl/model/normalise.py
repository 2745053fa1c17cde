"""Comparing texts the way a person would: blanks, case, apostrophes and dashes aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_DROP = {ord(sign): None for sign in INVISIBLE}
_DROP |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_SAME = str.maketrans("‘’‛ʼ´`′“”„‐‑‒–—―−", "'''''''\"\"\"-------")
_BLANKS = re.compile(r"\s+")
_NOT_BETWEEN_DIGITS = re.compile(r"(?<!\d) +| +(?!\d)")
_SIGNS = re.compile(r"(?<!\d)[^\w\s](?!\d)|_")
_NO_CODE = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def collapse_blanks(text: str) -> str:
    """The text without invisible signs, with one plain blank for each run of blanks, and none outside."""
    return _BLANKS.sub(" ", text.translate(_DROP)).strip()


@lru_cache(maxsize=65536)
def comparison_key(text: str) -> str:
    """What texts are compared by: blanks collapsed, one kind of apostrophe and dash, no difference of case."""
    return collapse_blanks(text).translate(_SAME).casefold()


@lru_cache(maxsize=65536)
def code_key(text: str) -> str:
    """The letters and digits of a code, in one case and one width, whatever stands between them; empty without any."""
    if text.isascii() and text.isalnum():  # most codes; there is nothing else to do for them
        return text.lower()
    return _NO_CODE.sub("", comparison_key(unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The comparison key in signs of ordinary width, so that `２０１８‑06‑05` is `2018-06-05`."""
    return comparison_key(text if text.isascii() else unicodedata.normalize("NFKC", text))


def id_of_yes_or_no(text: str) -> str:
    """iCARE's id of Yes (1) and No (0) in either language; empty for anything else."""
    return {"yes": "1", "oui": "1", "no": "0", "non": "0"}.get(comparison_key(text), "")


_FRENCH = re.compile(r"\b(le|la|les|de|du|des|dans|pas|été|est|une?|et|ou|ne|que|doit|aucun|impossible|profil)\b")
_ENGLISH = re.compile(r"\b(the|of|in|not|been|has|have|is|an|and|or|no|must|to|unable|against|profile)\b")


def more_french(text: str) -> int:
    """How many more French than English words a text has, of those that most sentences are made of."""
    words = comparison_key(text)
    return len(_FRENCH.findall(words)) - len(_ENGLISH.findall(words))


@lru_cache(maxsize=65536)
def unaccented(text: str) -> str:
    """The comparison key without accents."""
    letters = unicodedata.normalize("NFKD", comparison_key(text).replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


@lru_cache(maxsize=65536)
def alphanumeric(text: str) -> str:
    """Letters and digits alone, and the signs beside digits: `Post secondary` is `post-secondary`, `2.5` is not `25`."""
    return _SIGNS.sub("", _NOT_BETWEEN_DIGITS.sub("", unaccented(text)))
