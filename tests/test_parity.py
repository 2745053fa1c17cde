"""What the ribbon can do and what the command line can: docs/ribbon-and-command-line.md names all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from icare_xl.cli import main
from icare_xl.excel.buttons.tab import RIBBON
from icare_xl.excel.ribbon import Menu
from tests.support import ROOT

ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in (ROOT / "docs/ribbon-and-command-line.md").read_text("utf-8").splitlines()
    if line.startswith("|")
][2:]


def buttons() -> Iterator[str]:
    """As they are labelled; of New sheet the menu alone, as its entries differ in the service only."""
    for control in (control for group in RIBBON for control in group.controls):
        entries = control.items if isinstance(control, Menu) and control.id != "new_sheet" else [control]
        yield from (each.label.en for each in entries)


def commands() -> Iterator[str]:
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            yield from (f"{name} {each}" for each in command.commands)
        else:
            yield name


def test_every_button_is_on_the_page_and_no_other() -> None:
    assert {label for row in ROWS for label in re.findall(r"\*\*(.+?)\*\*", row[0])} == {*buttons()}


def test_every_command_is_on_the_page_and_no_other() -> None:
    assert {name for row in ROWS for name in re.findall(r"`(.+?)`", row[1])} == {*commands()}


def test_what_only_one_of_them_can_do_has_a_reason() -> None:
    for in_excel, on_the_command_line, why in ROWS:
        assert (in_excel and on_the_command_line) or why.endswith("."), in_excel or on_the_command_line
