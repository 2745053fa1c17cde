"""iCARE's notes on rejected rows, in column A: told apart from a person's remark, taken apart, never lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from icare_xl.icare.messages import OF_CATEGORY, Catalogue, shipped
from icare_xl.icare.recognise import must_tell_columns
from icare_xl.model.addresses import Place
from icare_xl.model.normalise import collapse_blanks, comparison_key, more_french
from icare_xl.model.note import Message, RejectionNote
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.text import Text

# [BUID:62957,RID:91670490,ORP:1/37,DTS:2015-04-13 13:18:22], also in another order or with more in it
_HEAD = re.compile(r"\[(?P<inside>(?=[^\[\]]*\bBUID\s*:)[^\[\]]*\bORP\s*:\s*\d+\s*/\s*\d+\b[^\[\]]*)\]")
_IN_HEAD = re.compile(r"\b(?P<key>[A-Z]+)\s*:(?P<value>(?:(?!,\s*[A-Z]+\s*:).)*)", re.S)
_HEAD_CUT_OFF = re.compile(r"\[\s*BUID\s*:[^\[\]]*\Z")
# [XML:consent_ind, phone_no] or [1] or [OTHER:x], then (Category); field ids have brackets of their own: child[1]age_id
_IDS = r"(?:[^\[\]()]|\[\d+\])*"
_GROUP = rf"\[\s*(?:XML\s*:{_IDS}|\d+\s*|[A-Za-z]+\s*:[^\[\]]*)\]\s*"
_MARKER = re.compile(rf"(?<!\])(?:{_GROUP})++(?=\()|\[\s*XML\s*:{_IDS}(?:\]|\Z)", re.I)
_FIELDS = re.compile(rf"\[\s*XML\s*:(?P<ids>{_IDS})", re.I)
_CATEGORY = re.compile(r"\s*\((?P<category>[^()]*)\)\s*")
_HALVES = re.compile(r"(?:(?<!\s)\s++|(?<=[.!?)]))/\s*(?=\((?P<category>[^()]*))")
# how a line of a note starts: a head, a marker, the second half, a category with both halves, or nothing at all
_OUR_LINE = re.compile(r"\s*(\[\s*BUID\s*:|\[\s*XML\s*:|\[\d+\]\s*\(|/\s+\(|\([^)]*\).*\s/\s+\(|$)")


def has_note(text: str) -> bool:
    """Whether iCARE wrote here."""
    return _HEAD.search(_readable(text)) is not None


def is_only_notes(text: str) -> bool:
    """Whether the whole text is iCARE's, so that emptying the cell loses nothing of anybody's.

    A line that does not start like a note is taken for a remark, and so is what follows a sentence that we know or
    stands between a head and its message.
    """
    text = html.unescape(text)
    if not _HEAD.match(collapse_blanks(text)) or not all(_OUR_LINE.match(line) for line in text.splitlines()):
        return False
    said = [message for note in parse(text) for message in note.messages]
    return not any(
        (half and message.category is None) or shipped().goes_on(half)
        for message in said
        for half in (message.text.en, message.text.fr)
    )


def parse(text: str, catalogue: Catalogue | None = None) -> list[RejectionNote]:
    """Every note in a cell, in order; empty for a person's remark. `raw` keeps each as it was written."""
    return [
        RejectionNote(
            upload_id=head.get("BUID", ""),
            record_id=head.get("RID", ""),
            position=position,
            total=total,
            stamped=_moment(head.get("DTS", "")),
            messages=tuple(_messages(rest, catalogue or shipped())),
            raw=(found[0] + rest).strip(),
        )
        for found, rest in _cut(_HEAD, _readable(text))
        for head in (_inside(found["inside"]),)
        for position, total in (map(int, re.findall(r"\d+", head["ORP"])[:2]),)
    ]


def column_a(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The filled cells of column A below the labels: row and text, notes and remarks alike."""
    if sheet.has(NOTES):
        for row, cell in sheet.grid.column(sheet.layout.columns[NOTES], sheet.first_row):
            yield row, cell.text


def read(sheet: Sheet, catalogue: Catalogue | None = None) -> tuple[dict[int, list[RejectionNote]], dict[int, str]]:
    """The notes in column A by row, and the remarks of persons by row."""
    texts = dict(column_a(sheet))
    notes = {row: parse(text, catalogue) for row, text in texts.items() if has_note(text)}
    return notes, {row: text for row, text in texts.items() if row not in notes}


def to_strip(sheet: Sheet) -> tuple[list[Place], list[Place]]:
    """The cells that hold nothing but notes, and the other filled ones of column A, which are kept. Raises ColumnsUnknown."""
    must_tell_columns(sheet)
    column, gone = sheet.layout.columns.get(NOTES, 0), set(strippable(sheet))
    filled = [row for row, _ in column_a(sheet)]
    return [(row, column) for row in filled if row in gone], [(row, column) for row in filled if row not in gone]


def strippable(sheet: Sheet) -> Iterator[int]:
    """The rows whose cell in column A holds iCARE's notes and nothing else (a formula's result is not iCARE's)."""
    column = sheet.layout.columns.get(NOTES)
    for row, text in column_a(sheet):
        if column is not None and is_only_notes(text) and not sheet.grid.at(row, column).formula:
            yield row


def _cut(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each match, with the text from its end to where the next one starts."""
    matches = list(pattern.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=False):
        yield match, text[match.end() : end]


def _readable(text: str) -> str:
    """The text as it was written, unless even its heads are HTML entities."""
    return text if _HEAD.search(text) else html.unescape(text)


def _inside(head: str) -> Mapping[str, str]:
    """The fields of a head by their names; what has another name is in `raw`."""
    return {found["key"]: found["value"].strip(" ,\t\r\n\u00a0") for found in _IN_HEAD.finditer(head)}


def _messages(block: str, catalogue: Catalogue) -> Iterator[Message]:
    """What follows a head. Words that belong to no marker make a message of their own, so that none is lost."""
    block = _HEAD_CUT_OFF.sub("", html.unescape(html.unescape(block)))
    first = _MARKER.search(block)
    before = block[: first.start()] if first else block
    if re.search(r"\w", before) or not first:
        yield _message((), before, catalogue)
    for marker, rest in _cut(_MARKER, block):
        named = _FIELDS.search(marker[0])
        ids = re.split("[,;]", named["ids"]) if named else ()
        yield _message(tuple(id_.strip() for id_ in ids if id_.strip()), rest, catalogue)


def _message(fields: tuple[str, ...], body: str, catalogue: Catalogue) -> Message:
    halves = _halves(body.strip())
    french_first = more_french(halves[0]) > max(0, more_french(halves[-1]) if len(halves) > 1 else 0)
    if french_first:
        halves = [*halves[1:], *([""] if len(halves) == 1 else []), halves[0]]
    categories, texts = zip(*map(_categorised, [*halves, ""][:2]), strict=True)
    category = next((each for each in categories if each is not None), None)
    text = Text(*texts)
    known = catalogue.find(text)
    look_at = (known.look_at if known else ()) or OF_CATEGORY.get(comparison_key(category or ""), ())
    if known is None:
        return Message(fields, category, text, look_at=look_at)
    return Message(fields, category, text, known.meaning, known.fix, known.reason, look_at)


def _halves(body: str) -> list[str]:
    """The text in one language and in the other, each with its category; one where there is no more.

    The words may hold ` / (` too: the second half is the one whose category is like the first.
    """
    own = _CATEGORY.match(body)
    cuts = list(_HALVES.finditer(body, own.end())) if own else []
    if not own or not cuts:
        return [body.rstrip(" /\u00a0") if own else body]
    alike = [cut for cut in cuts if comparison_key(cut["category"])[:3] == comparison_key(own["category"])[:3]]
    cut = (alike or cuts)[0]
    return [body[: cut.start()], body[cut.end() :]]


def _categorised(half: str) -> tuple[str | None, str]:
    own = _CATEGORY.match(half)
    return (own["category"].strip(), half[own.end() :].strip()) if own else (None, half.strip())


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
