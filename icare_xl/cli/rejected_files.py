"""Commands on rejected files: notes, strip, only-rejected, corrections."""

from __future__ import annotations

from pathlib import Path

import click

from icare_xl import settings
from icare_xl.check.sentences import cells_marked
from icare_xl.cli import documents
from icare_xl.cli.command import a_file, an_out, command, ledger_option, opened, remembered, sheet_option
from icare_xl.cli.files import READ, WRITTEN
from icare_xl.cli.output import Output
from icare_xl.icare import messages, notes
from icare_xl.model.addresses import a1
from icare_xl.rejected import correction_list, corrections, matching, new_messages, rejections
from icare_xl.rejected.sentences import (
    carried_back,
    complaint_lines,
    messages_collected,
    notes_stripped,
    rejected_summary,
    rows_kept,
    unmatched,
)
from icare_xl.upload.ledger import take_back
from icare_xl.upload.sentences import all_came_back
from icare_xl.workbooks.proof import prove_only_changed, prove_only_marks_differ, prove_only_rows


@command("notes")
@a_file
@sheet_option
@click.option(
    "--marked", type=WRITTEN, metavar="OUT.xlsx", help="Write a copy with the cells marked that the notes are about."
)
def read_notes(output: Output, file: Path, name: str | None, marked: Path | None) -> None:
    """Read iCARE's notes in column A."""
    with opened(file, name) as (host, sheet):
        rejected = rejections.read(sheet, messages.load(settings.own_messages()))
        if marked:
            with host.copy_marked(marked, sheet.name, rejected.cells_to_mark) as written:
                prove_only_marks_differ(host, written)
    output.document(documents.notes(file, rejected))
    output.say(rejected_summary(rejected))
    for line in complaint_lines(rejected):
        output.say(line)
    collected = new_messages.collect(rejected)
    if collected.trouble:
        output.fault(collected.trouble)
    elif collected.new:
        output.say(messages_collected(collected))
    if marked:
        output.say(cells_marked(sum(map(len, rejected.cells_to_mark.values())), marked))


@command("strip")
@a_file
@an_out
@sheet_option
@ledger_option
def strip(output: Output, file: Path, out: Path, name: str | None, where: str | None) -> None:
    """Write a copy with iCARE's notes gone from column A and nothing else changed; the ledger remembers what came back."""
    ledger = remembered(where)
    with opened(file, name) as (host, sheet):
        emptied, kept = notes.to_strip(sheet)
        texts = dict.fromkeys(emptied, "")
        with host.copy_changed(out, sheet.name, texts) as written:
            prove_only_changed(host, sheet, texts, written)
        found = take_back(ledger, sheet, notes.read(sheet)[0]) if ledger else []
    output.document(documents.strip(file, out, [a1(*cell) for cell in emptied], [a1(*cell) for cell in kept], found))
    output.say(notes_stripped(len(emptied), len(kept), out))
    for text in all_came_back(found, ledger.history()) if ledger else ():
        output.say(text)


@command("only-rejected")
@click.argument("original", type=READ)
@click.argument("rejected", type=READ)
@an_out
def only_rejected(output: Output, original: Path, rejected: Path, out: Path) -> None:
    """Write a workbook with just those rows of ORIGINAL that came back with a note in REJECTED."""
    with opened(rejected) as (_, returned), opened(original) as (host, sheet):
        kept = matching.rejected_rows(sheet, returned, rejected)
        with host.copy_of_rows(out, sheet.name, kept, sheet.first_row) as written:
            prove_only_rows(host, sheet, kept, written)
    output.document(documents.only_rejected(original, rejected, out, kept))
    output.say(rows_kept(len(kept), len(sheet.rows), out))


@command("corrections")
@click.argument("before", type=READ)
@click.argument("after", type=READ)
@an_out
def list_corrections(output: Output, before: Path, after: Path, out: Path) -> None:
    """List what was corrected in a rejected file, client by client; OUT is a .xlsx or .html to print."""
    with opened(before) as (_, old), opened(after) as (_, new):
        found = corrections.compare(old, new)
    correction_list.write(out, found, output.language, [before, after])
    output.document(documents.corrections(before, after, out, found))
    output.say(carried_back(found, out))
    if missing := unmatched(found):
        output.say(missing)
