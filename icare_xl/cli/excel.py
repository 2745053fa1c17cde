"""Commands around the Excel add-in: press, install, uninstall."""

from __future__ import annotations

from datetime import date

import click

from icare_xl.cli import documents
from icare_xl.cli import sentences as say
from icare_xl.cli.command import command
from icare_xl.cli.output import Output
from icare_xl.excel import install as installing


@command("press")
@click.argument("action", metavar="ACTION")
@click.option("--hwnd", type=int, metavar="N", help="The window of the Excel to work in. Default: any that runs.")
def press(output: Output, action: str, hwnd: int | None) -> None:
    """Do what a button of the ribbon does, in a running Excel."""
    from icare_xl.excel import press as pressing
    from icare_xl.workbooks.excel import attach

    pressing.must_be_a_button(action)
    pressing.press(action, attach(hwnd), output.language, date.today(), installing.keep_language)


@command("install")
def install(output: Output) -> None:
    """Put the buttons into Excel for Windows, for this user only; Excel must be closed."""
    computer = installing.this_computer()
    slot = installing.install(computer, installing.built_addin())
    output.document(documents.install(computer.addin, computer.python, slot))
    output.say(say.installed(computer.addin))


@command("uninstall")
def uninstall(output: Output) -> None:
    """Take the buttons out of Excel again."""
    removed = installing.uninstall(installing.this_computer())
    output.document(documents.uninstall(removed))
    output.say(say.uninstalled(bool(removed)))
