"""The command `settings`."""

from __future__ import annotations

import click

from icare_xl import settings
from icare_xl.check.codes import CODES
from icare_xl.cli import documents
from icare_xl.cli import sentences as say
from icare_xl.cli.command import command, in_force, ledger_option
from icare_xl.cli.output import Output
from icare_xl.cli.usage import Misuse
from icare_xl.model.text import Text


@command("settings")
@click.argument("key", required=False)
@click.argument("values", nargs=-1, metavar="VALUE...")
@click.option("--agency", is_flag=True, help="In the agency's file, beside the ledger, which everybody shares.")
@click.option("--unset", is_flag=True, help="As if nobody had set KEY.")
@ledger_option
def set_or_show(
    output: Output, key: str | None, values: tuple[str, ...], agency: bool, unset: bool, where: str | None
) -> None:
    """Show what is set and where, or set KEY to VALUE (several for a list) in your own file."""
    if key and bool(values) == unset:
        raise Misuse(Text("Give KEY a VALUE, or --unset.", "Donnez une valeur VALUE à KEY, ou --unset."))
    own = settings.settings_file()
    if agency and key == "ledger":
        raise Misuse(
            Text("The ledger cannot be set beside itself.", "Le registre ne peut être indiqué à côté de lui-même.")
        )
    if key:
        before = settings.load(own, CODES, where)
        settings.put(before.agency_file_to_set if agency else own, CODES, key, values)
    found = in_force(where)
    output.document(documents.settings(own, found))
    for each in settings.SETTINGS:
        value = settings.shown(found.value(each.name))
        output.say(say.setting_line(each.name, value, found.sources.get(each.name)))
