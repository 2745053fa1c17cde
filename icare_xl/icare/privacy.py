"""A message without the client's data: what may be kept of its words for others to explain."""

from __future__ import annotations

import re
from collections.abc import Collection

from icare_xl.model.normalise import collapse_blanks

GAP = "…"
_QUOTED = re.compile(
    r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)|(?<!\w)['‘].*?(?:['’](?!\w)|$)|\[[^\]]*(?:\]|$)|\([^)]*(?:\)|$)"
)
_MONTH = "jan|feb|fév|fev|mar|apr|avr|may|mai|jun|juin|jul|juil|aug|ao[uû]t|sep|oct|nov|dec|déc"
_DATE = re.compile(rf"{GAP} (?:{_MONTH})\w*\.?(?: {GAP})?|(?:{_MONTH})\w*\.? {GAP}", re.I)
_GAPS = re.compile(rf"{GAP}(?:[\s,;:/-]*{GAP})+")
_ENDS = ".,;:!?"
_SENTENCE = re.compile(r"(?:(?<=\w{4}[.!?])|(?<=[^\w\s][.!?]))[)”»\"]*\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a point behind a short word is an abbreviation’s."""
    return [each for each in _SENTENCE.split(text.strip()) if each]


def masked(text: str, values: Collection[str], words: Collection[str]) -> str:
    """The text with … for whatever a client's value could be: the values of the sheet's own cells, what is quoted or
    in brackets, whatever has a digit or @, dates in words, and names: capitals within a sentence, but for these `words`.
    """
    text = collapse_blanks(text)
    for value in sorted({collapse_blanks(each) for each in values} - {""}, key=len, reverse=True):
        if value.casefold() in text.casefold():
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", GAP, text, flags=re.I)
    text = _QUOTED.sub(GAP, text)
    text = " ".join(_masked_sentence(each.split(), words) for each in sentences(text))
    return _GAPS.sub(GAP, _DATE.sub(GAP, text))


def _masked_sentence(parts: list[str], words: Collection[str]) -> str:
    names = [_is_name(part, words) for part in parts]
    hidden = [all(names[:2]) and len(names) > 1, *names[1:]]  # every sentence begins with a capital
    return " ".join(
        GAP + _end(part) if hide or re.search(r"[\d@]", part) else part
        for part, hide in zip(parts, hidden, strict=True)
    )


def _is_name(part: str, words: Collection[str]) -> bool:
    """Whether a part begins with a capital, an elided article aside, and no label of the sheet has the word."""
    word = re.sub(r"^\w{1,2}['’]", "", part.strip("…()[].,;:!?«»\u00a0"))
    return word[:1].isupper() and word.casefold() not in words


def _end(part: str) -> str:
    return part[len(part.rstrip(_ENDS)) :]
