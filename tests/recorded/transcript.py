"""A case of the command line, run and written down: each line, what it prints, its exit code, and the files it writes."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from icare_xl.__main__ import main
from tests.recorded.plain import plain, tick
from tests.recorded.written import Files, changes

WAYS = {"en": "--lang en", "fr": "--lang fr", "json": "--json"}


@dataclass(frozen=True)
class Case:
    """Command lines, run one after the other in a folder that holds `files`, which `inputs` makes.

    A line ending in `: en fr json` is run once in each of these ways. `cp A B` copies a file in between.
    """

    name: str
    files: tuple[str, ...]
    lines: str

    def __iter__(self) -> Iterator[str]:
        for line in filter(None, map(str.strip, self.lines.splitlines())):
            words, _, ways = line.partition(" : ")
            yield from (f"{words} {WAYS[way]}" for way in ways.split()) if ways else (words,)


def transcript(case: Case, folders: Mapping[str, Path]) -> str:
    """What a person would see who ran the lines in the first of the folders, which is the current one."""
    told: list[str] = []
    files = Files(folders)
    before = files.contents()
    for line in case:
        told += ["", *_run(line, folders)]
        after = files.contents()
        told += changes(before, after)
        before = after
    return "\n".join(told[1:]) + "\n"


def _run(line: str, folders: Mapping[str, Path]) -> list[str]:
    tick()
    words = shlex.split(line)
    if words[0] == "cp":
        shutil.copyfile(*words[1:])
        return [f"$ {line}"]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    out, err = (plain(each, folders) for each in (result.stdout, result.stderr))
    told = [f"$ icare-xl {line}", *_laid_out(out), *(f"! {each}" for each in err.splitlines())]
    return [*told, f"exit {result.exit_code}"]


def _laid_out(out: str) -> Sequence[str]:
    """What was printed; a document for programs with one finding on each line, where it is written as all others are."""
    try:
        document = json.loads(out)
    except ValueError:
        return out.splitlines()
    return list(_document(document)) if _compact(document) + "\n" == out else out.splitlines()


def _document(value: Any, before: str = "", after: str = "") -> Iterator[str]:
    """A container that holds lists of objects on several lines, any other value on one."""
    items = list(value.items()) if isinstance(value, dict) else [("", each) for each in value]
    if not any(isinstance(each, list) and _is_deep(each) for each in [value, *(each for _, each in items)]):
        yield f"{before}{_compact(value)}{after}"
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    margin = before[: len(before) - len(before.lstrip())]
    yield f"{before}{opening}"
    for number, (key, each) in enumerate(items, 1):
        start = f"{margin} {_compact(key)}: " if isinstance(value, dict) else f"{margin} "
        comma = "," if number < len(items) else ""
        if isinstance(each, dict | list):
            yield from _document(each, start, comma)
        else:
            yield f"{start}{_compact(each)}{comma}"
    yield f"{margin}{closing}{after}"


def _is_deep(value: list[Any]) -> bool:
    return any(isinstance(each, dict) for each in value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
