"""Commands on templates: new, compare."""

from __future__ import annotations

from pathlib import Path

import click

from icare_xl.cli import documents
from icare_xl.cli import sentences as say
from icare_xl.cli.command import an_out, command, opened
from icare_xl.cli.output import Output
from icare_xl.icare import editions as comparing
from icare_xl.icare import library
from icare_xl.model.template import Template
from icare_xl.workbooks.atomic import write_new


@command("new")
@click.argument("service")
@an_out
def new(output: Output, service: str, out: Path) -> None:
    """Write a blank upload workbook of the built-in edition of SERVICE."""
    write_new(out, library.blank_workbook(service))
    output.document(documents.new(service, out))
    output.say(say.blank_written(out))
    if output.language == "fr":
        output.say(library.ONLY_ENGLISH.format(edition=library.of_service(service).edition))


@command("compare")
@click.argument("old")
@click.argument("new")
def compare(output: Output, old: str, new: str) -> None:
    """Say what changed between two editions of a template; OLD and NEW are workbooks or built-in services."""
    before, after = _template(old), _template(new)
    changes = comparing.compare(before, after)
    output.document(documents.compare(changes))
    for line in comparing.lines(before, after, changes):
        output.say(line)


def _template(name: str) -> Template:
    if not Path(name).exists() and name in {each.service for each in library.built_in()}:
        return library.of_service(name)
    with opened(Path(name)) as (_, sheet):
        return sheet.template
