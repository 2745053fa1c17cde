"""The command `accept`: that a warning is right as it stands, said once by a person who looked."""

from __future__ import annotations

import re
from pathlib import Path

import click

from icare_xl import settings
from icare_xl.check.engine import check
from icare_xl.cli import documents
from icare_xl.cli import sentences as say
from icare_xl.cli.command import Without, command, in_force, ledger_option, opened, rules_options, sheet_option
from icare_xl.cli.errors import NoSuchCell
from icare_xl.cli.files import READ
from icare_xl.cli.output import Output
from icare_xl.cli.usage import Misuse
from icare_xl.model.addresses import place_of
from icare_xl.model.check_date import CheckDate
from icare_xl.model.finding import REASONS, Acceptance, Finding, Reason, Report
from icare_xl.model.text import Text
from icare_xl.upload.errors import NoWarning
from icare_xl.upload.ledger import Ledger, open_ledger


@command("accept")
@click.argument("file", type=READ, required=False)
@click.argument("cells", nargs=-1, metavar="CELL...")
@click.option("--reason", type=click.Choice(REASONS), help="Why it is right.")
@click.option("--list", "listed", is_flag=True, help="Show what was accepted.")
@click.option("--revoke", metavar="ID", help="Say it again from now on.")
@sheet_option
@ledger_option
@rules_options
def accept(
    output: Output,
    file: Path | None,
    cells: tuple[str, ...],
    reason: Reason | None,
    listed: bool,
    revoke: str | None,
    name: str | None,
    where: str | None,
    when: CheckDate,
    without: Without,
) -> None:
    """Accept the warnings in CELLs of FILE: a person looked, and they are right. Errors cannot be accepted."""
    ledger = open_ledger(in_force(where).ledger, settings.person())
    if listed + bool(revoke) + bool(file) != 1 or bool(file) != bool(cells and reason):
        raise Misuse(
            Text(
                "Give FILE, CELL and --reason, or --list, or --revoke ID.",
                "Donnez FILE, CELL et --reason, ou --list, ou --revoke ID.",
            )
        )
    if revoke:
        found = [ledger.revoke(revoke)]
    elif file and reason:
        found = _accept(ledger, file, name, cells, reason, when, without)
    else:
        found = list(ledger.acceptances().all)
    output.document(documents.acceptances(found))
    for each in found:
        output.say(say.revoked(each) if revoke else say.accepted_line(each))
    if not found:
        output.say(say.NOTHING_ACCEPTED)


def _accept(
    ledger: Ledger,
    file: Path,
    name: str | None,
    cells: tuple[str, ...],
    reason: Reason,
    when: CheckDate,
    without: Without,
) -> list[Acceptance]:
    """All of these cells, or none where one has no warning."""
    with opened(file, name) as (_, sheet):
        report = check(sheet, when, without, memory=ledger.acceptances())
        warnings = [each for cell in cells for each in _warnings(report, cell)]
        return ledger.accept(sheet, warnings, reason, file.name)


def _warnings(report: Report, cell: str) -> list[Finding]:
    if not re.fullmatch(r"[A-Za-z]{1,3}[1-9][0-9]{0,6}", cell):
        raise NoSuchCell(cell=cell)
    if found := [each for each in report.at(*place_of(cell.upper())) if each.severity == "warning"]:
        return found
    raise NoWarning(cell=cell.upper())
