"""What differs from run to run, made the same: the clock, chance, names of the computer and the person, temporary folders."""

from __future__ import annotations

import datetime as real
import json
import platform
import random
import re
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

TODAY = real.date(2026, 2, 3)
NOON = real.datetime(2026, 2, 3, 12, tzinfo=real.UTC)
PERSON = "Ana Novak"
_CLOCKS = (
    "icare_xl",
    "xlsxwriter",
)  # the packages that ask what time it is; XlsxWriter writes it into docProps/core.xml
_NAMED = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "<sha256>"),  # of a whole file: zlib packs otherwise from one system to the next
    (re.compile(r'"process": \d+'), '"process": <number>'),
    (re.compile(r"\b\d+-[0-9a-f]{8}\b(?=[\"<])"), "<rules>"),  # in certificates; `icare-xl rules` has them in full
    (re.compile(r"\bicare-xl \d+\.\d+[\w.]*"), "icare-xl <version>"),
    (
        re.compile(r"^[0-9a-f]{16}(?= (?:CA\d+|IC\d+|iCARE) (?:IC\d+|iCARE)$)"),
        "<key>",
    ),  # made of the path of a workbook
    (re.compile(r"\.icare-\w{8}\.tmp"), ".icare-<chance>.tmp"),
)


class _Alike(type):
    """A frozen class takes any day or moment for one of its own, as the class that it stands for does."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])


class FrozenDate(real.date, metaclass=_Alike):
    @classmethod
    def today(cls) -> real.date:
        return TODAY


class FrozenDatetime(real.datetime, metaclass=_Alike):
    """It is noon, and a minute later after each `tick`; the time zone of the computer is UTC."""

    minutes = 0

    @classmethod
    def now(cls, tz: real.tzinfo | None = None) -> FrozenDatetime:
        moment = cls.fromisoformat((NOON + real.timedelta(minutes=cls.minutes)).isoformat())
        return moment if tz else moment.replace(tzinfo=None)

    def astimezone(self, tz: real.tzinfo | None = None) -> FrozenDatetime:
        return super().astimezone(tz or real.UTC)


def tick() -> None:
    """A minute passes, so that what happens later is later."""
    FrozenDatetime.minutes += 1


def make_the_same(monkeypatch: pytest.MonkeyPatch, seed: str) -> None:
    """While the test lasts: one time, one person, one computer, and chance that throws the same each time."""
    frozen = {"date": (real.date, FrozenDate), "datetime": (real.datetime, FrozenDatetime)}
    for module in [each for name, each in sys.modules.items() if name.partition(".")[0] in _CLOCKS]:
        for name, (clock, stopped) in frozen.items():
            if getattr(module, name, None) is clock:
                monkeypatch.setattr(module, name, stopped)
    monkeypatch.setattr(FrozenDatetime, "minutes", 0)
    chance = random.Random(seed)
    monkeypatch.setattr(secrets, "choice", chance.choice)
    monkeypatch.setattr(secrets, "token_bytes", chance.randbytes)
    monkeypatch.setattr(platform, "node", lambda: "office")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, PERSON)
    monkeypatch.setenv("LC_ALL", "en_CA.UTF-8")


def plain(text: str, folders: Mapping[str, Path]) -> str:
    """A text with `<folder>` for each folder, and a name for all else that differs."""
    text = without_folders(text.encode("utf-8", "surrogateescape"), folders).decode("utf-8", "surrogateescape")
    for pattern, name in _NAMED:
        text = pattern.sub(name, text)
    return text


def without_folders(content: bytes, folders: Mapping[str, Path]) -> bytes:
    """With `<folder>` for each folder, however it is written."""
    for name, folder in folders.items():
        spellings = {each for path in {folder, folder.resolve()} for each in _spellings(path)}
        for spelling in sorted(spellings, key=len, reverse=True):
            content = content.replace(spelling.encode(), f"<{name}>".encode())
    return content


def _spellings(path: Path) -> set[str]:
    return {str(path), json.dumps(str(path))[1:-1], path.as_posix(), quote(path.as_posix())}
