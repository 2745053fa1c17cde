"""A command line that says something we do not take: told in the person's language, with exit code 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from icare_xl.cli import main
from tests.conftest import Run

ENGLISH = re.compile(
    r"\b(missing|there|needs?|value|lists|usage|error|invalid|no such|try|mean|takes?|argument|command)\b", re.I
)
PLACES = re.compile(r"“[^”]*”|«[^»]*»|Utilisation.*|--\S+")


def commands(group: click.Group = main, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name)


EVERY = pytest.mark.parametrize("words", [*commands()], ids=" ".join)


@EVERY
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_unknown_option_is_told(run: Run, words: tuple[str, ...], lang: str) -> None:
    result = run(*words, "--nonsense", "--lang", lang)
    assert result.exit_code == 2 and "--nonsense" in result.stderr and not result.stdout
    usage, *told = result.stderr.splitlines()
    assert usage.startswith("Usage: " if lang == "en" else "Utilisation\u00a0: ")
    if lang == "fr":
        assert not ENGLISH.search(PLACES.sub("", " ".join(told))), told


@pytest.mark.parametrize("words", ["check", "notes", "strip", "save a.xlsx", "compare a", "ledger status", "press"])
def test_a_missing_word_is_told(run: Run, words: str) -> None:
    english, french = (run(*words.split(), "--lang", lang) for lang in ("en", "fr"))
    assert english.exit_code == french.exit_code == 2
    assert english.stderr.rstrip().endswith(" is missing.") and "\nIl manque " in french.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("chek", "There is no command “chek”. Did you mean “check”?"),
        ("ledger stat", "There is no command “stat”. Did you mean “status”?"),
        ("check a.xlsx --mont 2026-01", "Did you mean “--month”"),
        ("check a.xlsx --month 2026-13", "“2026-13” is no month. Write year and month as 2026-01."),
        ("check a.xlsx --month 2026/01", "“2026/01” is no month."),
        ("check a.xlsx --today x", "“x” is no day. Write year, month and day as 2026-02-03."),
        ("check a.xlsx --without IC999", "There is no rule “IC999”."),
        ("check a.xlsx --without nonsense", "“icare-xl rules” lists them all."),
        ("ledger status x gone", "STATUS takes one of these: pending, processed"),
        ("ledger status x processed --accepted z", "--accepted takes a whole number."),
        ("check a.xlsx --list", "The option “--list” needs a value"),
        ("strip a b c", "There is more here than the command takes."),
        ("fix a b --safe --all-suggestions", "Of --safe and --all-suggestions only one can be meant."),
    ],
)
def test_it_says_what_and_how(run: Run, words: str, told: str) -> None:
    result = run(*words.split(), *(() if words.endswith("--list") else ("--lang", "en")))
    assert result.exit_code == 2 and told in result.stderr and "nvalid" not in result.stderr


def test_the_language_that_is_set_is_used(run: Run, own_settings: Path) -> None:
    own_settings.write_text('language = "fr"\n', "utf-8")
    assert "Il n’y a pas de commande" in run("chek").stderr
    assert "There is no command" in run("chek", "--lang", "en").stderr


def test_a_rule_is_named_in_any_case(run: Run, clean: Path) -> None:
    assert run("check", clean, "--without", "ic130", "--without", "HOUSE").exit_code == 0


def test_stopping_in_the_middle_says_so(run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("icare_xl.cli.checking.run_rules", stop)
    result = run("check", clean, "--lang", "en")
    assert result.exit_code == 130 and "none was left half written" in result.stderr
