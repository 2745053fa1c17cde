"""The commands `ledger …`: what was saved for upload, and what came back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from icare_xl import settings
from icare_xl.cli import documents
from icare_xl.cli.command import a_file, command, in_force, ledger_option, main, opened, sheet_option
from icare_xl.cli.output import Output
from icare_xl.cli.parameters import DAY, MONTH
from icare_xl.cli.usage import Group, Misuse
from icare_xl.icare import notes
from icare_xl.icare.deadline import reporting_month
from icare_xl.model.text import Text
from icare_xl.rejected.sentences import NO_NOTES
from icare_xl.upload.ledger import STATUSES, Status, open_ledger, take_back
from icare_xl.upload.month import month_of
from icare_xl.upload.sentences import all_came_back, deadline_line, month_lines, save_repaired, submission_line


@main.group("ledger", cls=Group)
def ledger() -> None:
    """What was saved for upload, and what came back."""


@command("list", ledger)
@ledger_option
@click.option(
    "--month",
    type=MONTH,
    metavar="YYYY-MM",
    help="Default: as set, else the last one that is over.",
)
@click.option("--today", type=DAY, metavar="YYYY-MM-DD", help="Default: today.")
def ledger_list(output: Output, where: str | None, month: datetime | None, today: datetime | None) -> None:
    """Show a month at a glance: what was saved, what iCARE made of it, what is to do, and until when."""
    chosen = in_force(where)
    ledger = open_ledger(chosen.ledger, settings.person())
    repaired = ledger.repair()
    reported = chosen.month or reporting_month(today.date() if today else date.today())
    first = month.date() if month else reported
    found = month_of(ledger.history(), first, chosen)
    output.document(documents.month(found, repaired, ledger.where))
    for line in (deadline_line(found), *map(save_repaired, repaired), *month_lines(found)):
        output.say(line)


@command("status", ledger)
@click.argument("id_", metavar="ID")
@click.argument("status", metavar="STATUS", type=click.Choice(STATUSES, case_sensitive=False))
@click.option("--accepted", type=click.IntRange(0), metavar="N", help="Rows that iCARE accepted.")
@click.option("--rejected", type=click.IntRange(0), metavar="N", help="Rows that iCARE rejected.")
@ledger_option
def ledger_status(
    output: Output, id_: str, status: Status, accepted: int | None, rejected: int | None, where: str | None
) -> None:
    """Record what became of a saved file: pending (uploaded), processed, error, deleted, or withdrawn (it is not to be uploaded)."""
    if status != "processed" and (accepted, rejected) != (None, None):
        raise Misuse(
            Text("--accepted and --rejected go with processed.", "--accepted et --rejected vont avec processed.")
        )
    ledger = open_ledger(in_force(where).ledger, settings.person())
    found = ledger.set_status(id_, status, accepted, rejected)
    open_rows = ledger.history().open_rows(found)
    output.document(documents.submission(found, open_rows))
    output.say(submission_line(found, open_rows))


@command("returned", ledger)
@a_file
@sheet_option
@ledger_option
def ledger_returned(output: Output, file: Path, name: str | None, where: str | None) -> None:
    """Record which rows iCARE rejected, from the notes in the rejected file as it came from iCARE."""
    ledger = open_ledger(in_force(where).ledger, settings.person())
    with opened(file, name) as (_, sheet):
        read, _ = notes.read(sheet)
        found = take_back(ledger, sheet, read)
    output.document(documents.returned(file, found))
    for text in all_came_back(found, ledger.history()):
        output.say(text)
    if not found:
        output.say(NO_NOTES)
