"""Which value of a list is meant by a text that is written otherwise."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from icare_xl.icare import library
from icare_xl.model.cells import Cell, Holds
from icare_xl.model.finding import Confidence, Proposal
from icare_xl.model.normalise import alphanumeric, comparison_key, id_of_yes_or_no, unaccented
from icare_xl.model.template import Field, ListOfValues
from icare_xl.model.text import Text

SAME = Text(
    "The list has the same text, with other capitals, spaces, dashes or apostrophes.",
    "La liste contient le même texte, avec d’autres majuscules, espaces, tirets ou apostrophes.",
)
DRAGGED = Text(
    "The number at the end most likely comes from dragging the value down.",
    "Le nombre à la fin vient très probablement d’une valeur recopiée en glissant.",
)
_SIGNS = Text(
    "The list has the same text with other accents or punctuation.",
    "La liste contient le même texte avec d’autres accents ou une autre ponctuation.",
)
_SAME_IN_COPY = Text(
    "Our copy of the list, typed by hand, has this text with other capitals, spaces, dashes or apostrophes.",
    "Notre copie de la liste, saisie à la main, contient ce texte avec d’autres majuscules, espaces, tirets ou apostrophes.",
)
_YES_NO = Text("This is the list’s own word for that answer.", "C’est le mot de la liste pour cette réponse.")
_ID = Text("{typed} is iCARE’s number for this value.", "{typed} est le numéro qu’iEDEC donne à cette valeur.")
_OTHER = Text(
    "This value goes by that name in the other language, in another edition or in short.",
    "Cette valeur porte ce nom dans l’autre langue, dans une autre édition ou en abrégé.",
)
_PART = Text(
    "This is the only value in the list with that name in it.",
    "C’est la seule valeur de la liste qui contient ce nom.",
)
_START = Text(
    "This is the only value in the list that begins this way.",
    "C’est la seule valeur de la liste qui commence ainsi.",
)
_SLIP = Text(
    "This is the closest text in the list; no other is nearly as close.",
    "C’est le texte le plus proche dans la liste; aucun autre ne s’en approche autant.",
)
_CLOSE = Text(
    "This may be meant: it is one of the closest texts in the list.",
    "C’est peut-être ce texte : l’un des plus proches dans la liste.",
)

_ONE_OF = Text(
    "This may be meant: it is one of the values in the list that this text fits.",
    "C’est peut-être cette valeur : elle est l’une de celles de la liste qui correspondent à ce texte.",
)

_YES_OR_NO_WORDS = {"y": "1", "true": "1", "vrai": "1", "n": "0", "false": "0", "faux": "0"}
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"\w+")
_BETWEEN_NAMES = re.compile(r"[()/]| - (?!\d)")  # a dash before a number is the middle of `30 - 60 minutes`
SHORTEST_SLIP, SHORT = 4, 6  # letters; with fewer, every text is close to another
SHORTEST_NAME, SHORTEST_START = 3, 4
SHOWN = 3
Meant = Mapping[str, tuple[str, ...]]  # text -> the values that it may stand for


def proposals(cell: Cell, field: Field) -> tuple[Proposal, ...]:
    """What the cell may mean, the best first; nothing where it holds a value of the list, or where nothing is clear."""
    if (
        field.allowed is None
        or cell.blank
        or cell.holds in (Holds.DATE, Holds.ERROR)
        or cell.text in field.allowed.id_of
    ):
        return ()
    found = tuple(_found(cell.text, _known(field.id, field.allowed)))
    return tuple(map(_doubted, found)) if field.status == "transcribed" else found


def _doubted(found: Proposal) -> Proposal:
    """A list typed by hand has slips of its own, so what only resembles it says little."""
    if found.reason == SAME:
        return replace(found, reason=_SAME_IN_COPY, confidence="likely")
    return found if found.reason == DRAGGED else replace(found, confidence="possible")


@dataclass(frozen=True)
class _Known:
    """A list, and by which other texts its values go."""

    allowed: ListOfValues
    others: Meant  # by unaccented text

    @cached_property
    def by_letters(self) -> Meant:
        return _meant((alphanumeric(value), value) for value in self.allowed.values)

    @cached_property
    def by_id(self) -> Meant:
        """Nothing where the values are numbers themselves: then a number is a slip of another kind."""
        named = zip(self.allowed.ids, self.allowed.values, strict=True)
        return {} if self.counts else _meant((id_, value) for id_, value in named if id_)

    @cached_property
    def counts(self) -> bool:
        """Whether all values are numbers, with or without a sign."""
        return all(re.fullmatch(r"[\d.,+]+|N/A", value) for value in self.allowed.values)

    @cached_property
    def quantities(self) -> bool:
        """Whether most values speak of numbers, such as `10 - 20 people`: then a number may be the quantity itself."""
        return 2 * sum(bool(_DIGITS.search(value)) for value in self.allowed.values) > len(self.allowed.values)

    @cached_property
    def parts(self) -> Meant:
        """The names that values are made of, each with the values that have it anywhere in them."""
        names = {name for value in self.allowed.values for name in _names(value)}
        return _meant((alphanumeric(name), value) for name in names for value in self._with(name))

    def _with(self, name: str) -> list[str]:
        """The values that have these words in them."""
        words = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        return [value for text, value in self.unaccented if words.search(text)]

    @cached_property
    def by_digits(self) -> dict[tuple[str, ...], dict[str, str]]:
        """What a slip is measured against: the values and the other texts, squeezed, by the digits in them."""
        found: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        known = {**{alphanumeric(text): values for text, values in self.others.items()}, **self.by_letters}
        for text, values in known.items():
            if len(values) == 1:
                found[_digits(text)][text] = values[0]
        return dict(found)

    @cached_property
    def unaccented(self) -> list[tuple[str, str]]:
        return [(unaccented(value), value) for value in self.allowed.values]


def _found(text: str, known: _Known) -> Iterator[Proposal]:
    """The proposals of the first way of reading the text that gives one."""
    if exact := known.allowed.exact.get(comparison_key(text)):
        yield Proposal(exact, SAME, "safe")
    elif exact := known.allowed.meant(text):
        yield Proposal(exact, DRAGGED)
    elif values := known.by_letters.get(alphanumeric(text)):
        yield from _told(values, _SIGNS)
    elif value := _yes_or_no(text, known):
        yield Proposal(value, _YES_NO)
    elif values := known.by_id.get(comparison_key(text)):
        yield from _told(values, _ID.format(typed=comparison_key(text)), "possible" if known.quantities else "likely")
    elif values := known.others.get(unaccented(text)) or known.others.get(unaccented(text).rstrip(".")):
        yield from _told(values, _OTHER)
    elif values := known.parts.get(alphanumeric(text)):
        yield from _told(values, _PART)
    elif values := _starting(text, known):
        yield from _told(values, _START, "likely" if len(_WORDS.findall(text)) > 1 else "possible")
    else:
        yield from _slips(text, known)


def _told(values: tuple[str, ...], reason: Text, confidence: Confidence = "likely") -> Iterator[Proposal]:
    """The only value that is meant, or each of the few that may be."""
    if len(values) == 1:
        yield Proposal(values[0], reason, confidence)
    else:
        yield from (Proposal(each, _ONE_OF, "possible") for each in values)


def _yes_or_no(text: str, known: _Known) -> str | None:
    """The list's own word for Yes or No."""
    wanted = id_of_yes_or_no(text) or _YES_OR_NO_WORDS.get(comparison_key(text))
    words = (value for value in known.allowed.values if wanted and id_of_yes_or_no(value) == wanted)
    return next(words, None)


def _names(value: str) -> list[str]:
    """What stands between brackets, slashes and dashes; nothing where there are none."""
    parts = [unaccented(part) for part in _BETWEEN_NAMES.split(value)]
    return [part for part in parts if len(alphanumeric(part)) >= SHORTEST_NAME] if len(parts) > 1 else []


def _starting(text: str, known: _Known) -> tuple[str, ...]:
    """The values that begin with these words; none where there are too many to choose from."""
    start = unaccented(text)
    if len(start) < SHORTEST_START or start[-1].isdigit():
        return ()
    found = [
        value for text, value in known.unaccented if text.startswith(start) and not f"{text} "[len(start)].isalnum()
    ]
    return tuple(found) if len(found) <= SHOWN else ()


def _slips(text: str, known: _Known) -> Iterator[Proposal]:
    """The closest value where no other is nearly as close; else those that are as close, to choose from."""
    typed = alphanumeric(text)
    if known.counts or len(typed) < SHORTEST_SLIP or not (near := _near(typed, known)):
        return
    best, *others = near
    clearly = not others or others[0].distance >= best.distance + _lead(typed)
    if clearly and best.distance <= _most(typed) and not _another_word(typed, best.text):
        yield Proposal(best.value, _SLIP)
    else:
        yield from (Proposal(each.value, _CLOSE, "possible") for each in near[:SHOWN])


class _Near(NamedTuple):
    """A text that a list knows, its value, and how many slips it is away."""

    text: str
    value: str
    distance: int


def _near(typed: str, known: _Known) -> list[_Near]:
    """The values within reach, the nearest first. A slip does not change digits."""
    texts = known.by_digits.get(_digits(typed))
    if not texts:
        return []
    from rapidfuzz import process  # only where something is misspelt
    from rapidfuzz.distance import OSA

    reach = _most(typed) + _lead(typed) - 1
    nearest: dict[str, _Near] = {}
    for text, distance, _ in process.extract(typed, texts.keys(), scorer=OSA.distance, score_cutoff=reach, limit=None):
        nearest.setdefault(texts[text], _Near(text, texts[text], int(distance)))
    return list(nearest.values())


def _digits(text: str) -> tuple[str, ...]:
    return tuple(_DIGITS.findall(text))


def _another_word(typed: str, text: str) -> bool:
    """In a short text another letter makes another word: Lango is not Sango."""
    if len(typed) >= SHORT or len(typed) != len(text):
        return False
    return sum(one != other for one, other in zip(typed, text, strict=True)) == 1


def _most(typed: str) -> int:
    """How many slips a text of this length may have."""
    return 1 if len(typed) < 8 else 2 if len(typed) < 14 else 3


def _lead(typed: str) -> int:
    """How many slips more the second value must be away."""
    return 1 if len(typed) < 6 else 2


@cache
def _known(field_id: str, allowed: ListOfValues) -> _Known:
    pairs = [*_twins(allowed), *_of_other_editions(field_id, allowed)]
    others = _meant((unaccented(text), value) for text, value in pairs if comparison_key(text) not in allowed.exact)
    return _Known(allowed, others)


def _twins(allowed: ListOfValues) -> Iterator[tuple[str, str]]:
    for pair in _pairs():
        for text, twin in (pair, pair[::-1]):
            if value := allowed.exact.get(comparison_key(twin)):
                yield text, value


def _of_other_editions(field_id: str, allowed: ListOfValues) -> Iterator[tuple[str, str]]:
    """The texts that built-in lists of the same field have for the same ids."""
    value_of = {id_: value for id_, value in zip(allowed.ids, allowed.values, strict=True) if id_}
    for template in library.built_in():
        for field in template.fields:
            if field.id == field_id and field.allowed and field.allowed != allowed:
                theirs = zip(field.allowed.values, field.allowed.ids, strict=True)
                yield from ((text, value_of[id_]) for text, id_ in theirs if id_ in value_of)


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """`templates/other_texts.csv`: values in English, and the same in French or in short."""
    lines = (files("icare_templates") / "other_texts.csv").read_text("utf-8").splitlines()
    return tuple((row["value"], row["other"]) for row in csv.DictReader(lines))


def _meant(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Text -> the values that it may stand for, without the texts that stand for too many to choose from."""
    found: dict[str, dict[str, None]] = {}
    for text, value in pairs:
        found.setdefault(text, {})[value] = None
    return {text: tuple(values) for text, values in found.items() if len(values) <= SHOWN}


def is_translation(typed: str, value: str) -> bool:
    """Whether a text says a value of a list in the other official language; a short name of it does not."""
    return (unaccented(typed), value) in _translations()


@cache
def _translations() -> frozenset[tuple[str, str]]:
    both = (pair for one, other in _pairs() if len(other) > 2 for pair in ((one, other), (other, one)))
    return frozenset((unaccented(typed), value) for typed, value in both)


def is_yes_or_no(typed: str) -> bool:
    """Whether a text is a usual code for Yes or No, and no word of a list."""
    return comparison_key(typed) in _YES_OR_NO_WORDS
