"""What a person in Excel reads names no option, no command and no status of the programs."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click
import pytest

from icare_xl.cli import main
from tests.support.literals import literal_texts

# Of these only the command line speaks: all of `cli`, and what is said while the ribbon is put into Excel or taken out.
NOT_IN_EXCEL = ("cli/", "excel/install.py")
# The certificate is a page that is printed too, and names the command for whoever has no Excel; a database is set up by IT.
ALLOWED = r"\{\w+\}|[“«]\u00a0?icare-xl verify\u00a0?[”»]|pip install [“«]\u00a0?icare-xl.*?[”»]"
STATUSES = ("pending", "processed", "withdrawn", "unfinished")  # as the ledger keeps them; French has other words
OPTION = r"(?<![\w-])--\w"
SEEN = {place: text for place, text in literal_texts().items() if not place.startswith(NOT_IN_EXCEL)}


def commands(group: click.Group = main) -> Iterable[str]:
    for name, command in group.commands.items():
        yield name
        if isinstance(command, click.Group):
            yield from commands(command)


COMMAND = rf"\bicare-xl ({'|'.join(map(re.escape, commands()))})\b"


def found(pattern: str, language: str) -> dict[str, str]:
    """The texts in which it stands, but for what is allowed, by their places."""
    texts = {place: re.sub(ALLOWED, "", getattr(text, language)) for place, text in SEEN.items()}
    return {place: text for place, text in texts.items() if re.search(pattern, text)}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_option_and_no_command_is_named(language: str) -> None:
    assert not found(f"{OPTION}|{COMMAND}|exit code", language)


def test_no_status_of_the_ledger_is_shown_as_it_is_kept() -> None:
    assert not found(rf"\b({'|'.join(STATUSES)})\b", "fr")
    assert not found(r"\bRecord (pending|processed|error|deleted|withdrawn)\b", "en")


def test_the_patterns_find_what_they_are_for() -> None:
    for text in ("Save with --split.", "icare-xl ledger list shows it", "name it with --sheet"):
        assert re.search(f"{OPTION}|{COMMAND}", text)
    assert not re.search(f"{OPTION}|{COMMAND}", "report this to the people who maintain icare-xl -- or not")
    assert len(SEEN) > 500
