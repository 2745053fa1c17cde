"""The catalogue of iCARE's messages: ours, and the one that a person extends from their own rejected files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from icare_xl.icare.errors import BadMessages
from icare_xl.icare.privacy import GAP, masked, sentences
from icare_xl.model.client import IDENTITY
from icare_xl.model.errors import IcareError, text_of
from icare_xl.model.normalise import collapse_blanks, comparison_key
from icare_xl.model.text import Text
from icare_xl.workbooks.atomic import output_file, replacing

OF_CATEGORY = {"client": IDENTITY}  # where to look when a message names no field and its text is unknown
COLUMNS = (
    "english", "french", "reason_en", "reason_fr", "meaning_en", "meaning_fr", "fix_en", "fix_fr", "look_at"
)  # fmt: skip
_NO_COLUMNS = Text("it has no columns “english” and “french”", "il n’a pas de colonnes « english » et « french »")
_NOT_TEXT = Text("it is not text", "il ne contient pas du texte")
_TOO_WIDE = Text(
    "line {line} has more cells than the header", "la ligne {line} a plus de cellules que la ligne d’en-tête"
)
_RECOGNISABLE = 12  # signs of a message that was cut off, from which on it is taken for the one that begins so


@dataclass(frozen=True)
class Entry:
    """A message: a part of its words or, ending with a full stop, all of them; … stands for anything."""

    english: str
    french: str
    reason: Text | None = None
    meaning: Text | None = None
    fix: Text | None = None
    look_at: tuple[str, ...] = ()

    @property
    def explains(self) -> bool:
        return bool(self.reason or self.meaning or self.fix)

    def fits(self, said: Text) -> bool:
        halves = [comparison_key(half) for half in (said.en, said.fr) if half]
        return any(_fits(words, half) for words in (self.english, self.french) for half in halves if words)

    def is_the_same(self, said: Text) -> bool:
        """Whether these are its words from beginning to end, so that it need not be collected again."""
        pairs = ((self.english, said.en), (self.french, said.fr))
        return any(words and half and _pattern(words).fullmatch(comparison_key(half)) for words, half in pairs)


def _fits(words: str, half: str) -> bool:
    if _pattern(words).search(half):
        return True
    return words.endswith(".") and len(half) >= _RECOGNISABLE and comparison_key(words).startswith(half)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(".*?".join(map(re.escape, comparison_key(words).split(GAP))), re.S)


@dataclass(frozen=True)
class Catalogue:
    """Entries, those of the person's own file first. `trouble` says why that file could not be used."""

    entries: tuple[Entry, ...]
    path: Path | None = None
    trouble: Text | None = None

    def find(self, said: Text) -> Entry | None:
        return next((each for each in self.entries if each.explains and each.fits(said)), None)

    def goes_on(self, half: str) -> bool:
        """Whether a text begins with a message that we know in full and goes on with somebody's own words."""
        found = (
            _pattern(words).match(comparison_key(half))
            for each in self.entries
            for words in (each.english, each.french)
            if words.endswith(".")
        )
        return any(comparison_key(half)[match.end() :].strip(" )") for match in found if match)


@dataclass(frozen=True, slots=True)
class Collected:
    """How many messages were new to the person's own catalogue, or why it could not take them."""

    new: int
    path: Path | None = None
    trouble: Text | None = None


@cache
def shipped() -> Catalogue:
    """What is publicly known, from `templates/messages.csv`."""
    return Catalogue(tuple(map(_entry, _table((files("icare_templates") / "messages.csv").read_text("utf-8")).rows)))


def load(path: Path) -> Catalogue:
    """The person's own entries in front of ours; where their file cannot be used, ours and the reason."""
    try:
        own = tuple(map(_entry, _own(path).rows))
    except (IcareError, OSError) as fault:
        return Catalogue(shipped().entries, path, text_of(fault))
    return Catalogue(own + shipped().entries, path)


def collect(
    catalogue: Catalogue, unknown: Iterable[Text], values: Collection[str], words: Collection[str]
) -> Collected:
    """Add messages that nobody has explained to the person's own file, each once and without a client's data.

    `values` are the values of the sheet's cells, `words` those of its labels. What stands in the file stays as it is.
    """
    path = catalogue.path
    if catalogue.trouble or path is None:
        return Collected(0, path, catalogue.trouble)
    try:
        own = _own(path)
        entries, added = list(map(_entry, own.rows)), []
        for said in dict.fromkeys(_without_data(each, values, words) for each in unknown):
            if re.search(r"\w{3}", said.en + said.fr) and not any(each.is_the_same(said) for each in entries):
                entries.append(Entry(said.en, said.fr))
                added.append({"english": said.en, "french": said.fr})
        if added:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as temporary:
                temporary.write_bytes(own.with_rows(added).encode("utf-8-sig"))
    except (IcareError, OSError) as fault:
        return Collected(0, path, text_of(fault))
    return Collected(len(added), path)


def begin(path: Path) -> None:
    """Make the person's own file, with its header, where there is none. Raises CannotWrite."""
    if not path.exists():
        with output_file(path) as temporary:
            temporary.write_bytes(_own(path).text.encode("utf-8-sig"))


def separator(path: Path) -> str:
    """What stands between the cells of the person's own file; a comma where that cannot be told."""
    try:
        return _own(path).delimiter
    except (BadMessages, OSError):
        return ","


def _without_data(said: Text, values: Collection[str], words: Collection[str]) -> Text:
    """The first line of the message. What follows may be a person's remark, so a half is no longer than the other one
    and stands alone with one sentence. A sign that Excel would take for the start of a formula goes.
    """
    halves = [sentences(half.strip().partition("\n")[0]) for half in (said.en, said.fr)]
    most = min(map(len, halves)) or 1
    return Text(*(masked(" ".join(half[:most]), values, words).lstrip("=+-@ ") for half in halves))


@dataclass(frozen=True)
class _Table:
    """A CSV file as it is: its whole text, how it separates cells, its header as written, its rows by our names."""

    text: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]

    def with_rows(self, added: Iterable[Mapping[str, str]]) -> str:
        """The text with these rows behind it."""
        end = "\r\n" if "\r\n" in self.text or "\n" not in self.text else "\n"
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator=end)
        for row in added:
            writer.writerow(row.get(_name(name), "") for name in self.header)
        gap = "" if self.text.endswith(("\n", "\r")) else end
        return self.text + gap + out.getvalue()


def _own(path: Path) -> _Table:
    """The person's file, or a new one's header where there is none. Raises BadMessages, OSError."""
    try:
        return _table(_decoded(path.read_bytes()))
    except FileNotFoundError:
        return _table(",".join(COLUMNS) + "\r\n")
    except UnicodeDecodeError as fault:
        raise BadMessages(path=path, reason=_NOT_TEXT) from fault
    except csv.Error as fault:
        raise BadMessages(path=path, reason=fault) from fault
    except _Unusable as fault:
        raise BadMessages(path=path, reason=fault.reason) from fault


class _Unusable(Exception):
    """The table is not a catalogue."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason


def _decoded(raw: bytes) -> str:
    """UTF-8, or what Excel writes when it saves a CSV in its own ways."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _table(text: str) -> _Table:
    """Cells separated by commas, semicolons or tabs, whichever makes a header of the first filled line."""
    lines = io.StringIO(text, newline="")
    first = next((line for line in lines if line.strip(" ,;\t\r\n") and not line.startswith("sep=")), "")
    for delimiter in ",;\t":
        header = tuple(next(csv.reader([first], delimiter=delimiter), ()))
        if {"english", "french"} <= set(map(_name, header)):
            break
    else:
        raise _Unusable(_NO_COLUMNS)
    rows, reader = [], csv.reader(lines, delimiter=delimiter)
    before = text[: lines.tell()].count("\n")
    for cells in reader:
        if any(map(collapse_blanks, cells[len(header) :])):
            raise _Unusable(_TOO_WIDE.format(line=before + reader.line_num))
        rows.append(dict(zip(map(_name, header), map(collapse_blanks, cells), strict=False)))
    return _Table(text, delimiter, header, tuple(rows))


def _name(header: str) -> str:
    return collapse_blanks(header).casefold()


def _entry(row: Mapping[str, str]) -> Entry:
    english, french = (_words(row.get(name, "")) for name in ("english", "french"))
    reason, meaning, fix = (_both(row, name) for name in ("reason", "meaning", "fix"))
    return Entry(english, french, reason, meaning, fix, tuple(re.findall(r"[^\s,;]+", row.get("look_at", ""))))


def _words(text: str) -> str:
    """A part of a message, or none where it would fit every message."""
    return text if re.search(r"\w", text) else ""


def _both(row: Mapping[str, str], name: str) -> Text | None:
    """A text in both languages, or in the one that it was written in."""
    english, french = (row.get(f"{name}_{language}", "") for language in ("en", "fr"))
    return Text(english or french, french or english) if english or french else None
