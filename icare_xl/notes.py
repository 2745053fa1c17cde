"""iCARE's notes on rejected rows, in column A: told apart from a person's remark, taken apart, never lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files

from icare_xl.model import Message, RejectionNote, Text
from icare_xl.sheet import FIRST_ROW, NOTES, Sheet
from icare_xl.wording import plain, tidy

# [BUID:62957,RID:91670490,ORP:1/37,DTS:2015-04-13 13:18:22]
_HEAD = re.compile(
    r"\[\s*BUID:(?P<upload>[^,\]]*),\s*RID:(?P<record>[^,\]]*),"
    r"\s*ORP:\s*(?P<position>\d+)\s*/\s*(?P<total>\d+)\s*,\s*DTS:(?P<stamped>[^\]]*)\]"
)
# [XML:consent_ind, phone_no] or [1], then (Category); field ids have brackets of their own: child[1]age_id
_MARKER = re.compile(r"\[(?:XML:(?P<fields>(?:[^\[\]]|\[\d+\])*)|\d+)\]\s*(?=\()")
_BOTH = re.compile(r"\((?P<category>[^)]*)\)\s*+(?P<en>.*?)\s++/\s++\([^)]*\)\s*+(?P<fr>.*)", re.S)
_ONE = re.compile(r"\((?P<category>[^)]*)\)\s*+(?P<en>.*)", re.S)
# how a line of a note starts: a head, a marker, the French half, a category with both halves, or nothing at all
_OUR_LINE = re.compile(r"\s*(\[BUID:|\[XML:|\[\d+\]\s*\(|/\s+\(|\([^)]*\).*\s/\s+\(|$)")


def has_note(text: str) -> bool:
    """Whether iCARE wrote here."""
    return _HEAD.search(text) is not None


def is_only_notes(text: str) -> bool:
    """Whether the whole text is iCARE's, so that emptying the cell loses nothing of anybody's.

    A line that does not start like a note is taken for a remark, and so is what follows a French sentence we know.
    """
    if not _HEAD.match(tidy(text)) or not all(_OUR_LINE.match(line) for line in text.splitlines()):
        return False
    halves = [plain(message.text.fr) for note in parse(text) for message in note.messages]
    return not any(
        half.startswith(known) and half.removeprefix(known).strip(" )") for half in halves for known in _french()
    )


def parse(text: str) -> list[RejectionNote]:
    """Every note in a cell, in order; empty for a person's remark. `raw` keeps each as it was written."""
    return [
        RejectionNote(
            upload_id=head["upload"].strip(),
            record_id=head["record"].strip(),
            position=int(head["position"]),
            total=int(head["total"]),
            stamped=_moment(head["stamped"]),
            messages=tuple(_messages(rest)),
            raw=(head[0] + rest).strip(),
        )
        for head, rest in _cut(_HEAD, text)
    ]


def column_a(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The filled cells of column A below the labels: row and text, notes and remarks alike."""
    if sheet.has(NOTES):
        for row, cell in sheet.grid.column(sheet.layout.places[NOTES], FIRST_ROW):
            yield row, cell.text


def read(sheet: Sheet) -> tuple[dict[int, list[RejectionNote]], dict[int, str]]:
    """The notes in column A by row, and the remarks of persons by row."""
    texts = dict(column_a(sheet))
    notes = {row: parse(text) for row, text in texts.items() if has_note(text)}
    return notes, {row: text for row, text in texts.items() if row not in notes}


def to_strip(sheet: Sheet) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The (row, column) cells that hold nothing but notes, and the other filled ones of column A, which are kept."""
    column, gone = sheet.layout.places.get(NOTES, 0), set(strippable(sheet))
    filled = [row for row, _ in column_a(sheet)]
    return [(row, column) for row in filled if row in gone], [(row, column) for row in filled if row not in gone]


def strippable(sheet: Sheet) -> Iterator[int]:
    """The rows whose cell in column A holds iCARE's notes and nothing else (a formula's result is not iCARE's)."""
    column = sheet.layout.places.get(NOTES)
    for row, text in column_a(sheet):
        if column is not None and is_only_notes(text) and not sheet.grid.at(row, column).formula:
            yield row


def _cut(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each match, with the text from its end to where the next one starts."""
    matches = list(pattern.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=False):
        yield match, text[match.end() : end]


def _messages(block: str) -> Iterator[Message]:
    for marker, rest in _cut(_MARKER, block):
        fields = tuple(id_.strip() for id_ in (marker["fields"] or "").split(",") if id_.strip())
        body = rest.strip()
        found = _BOTH.match(body) or _ONE.match(body)
        texts = found.groupdict() if found else {"en": body}
        english = texts["en"].strip()
        meaning, fix = _explained(english)
        yield Message(fields, texts.get("category"), Text(english, texts.get("fr", "").strip()), meaning, fix)


def _explained(english: str) -> tuple[Text | None, Text | None]:
    """What a message means and what to do, from `templates/messages.csv`: the first pattern that it contains."""
    for pattern, meaning, fix in _catalogue():
        if pattern in plain(english):
            return meaning, fix
    return None, None


@cache
def _catalogue() -> list[tuple[str, Text, Text]]:
    return [
        (plain(row["pattern"]), Text(row["meaning_en"], row["meaning_fr"]), Text(row["fix_en"], row["fix_fr"]))
        for row in _messages_csv()
    ]


@cache
def _french() -> list[str]:
    """The French halves that are known in full."""
    return [plain(row["french"]) for row in _messages_csv() if row["french"]]


def _messages_csv() -> list[dict[str, str]]:
    table = (files("icare_templates") / "messages.csv").read_text("utf-8")
    return list(csv.DictReader(table.splitlines()))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
