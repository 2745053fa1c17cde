"""Commands around a file for upload: save, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from icare_xl.cli import documents
from icare_xl.cli.command import (
    DONE,
    ERRORS,
    Without,
    a_file,
    an_out,
    command,
    in_force,
    opened,
    remembered,
    rules_options,
    sheet_option,
)
from icare_xl.cli.output import Output
from icare_xl.cli.sentences import save_hints
from icare_xl.cli.usage import Misuse
from icare_xl.model.check_date import CheckDate
from icare_xl.model.text import Text
from icare_xl.upload import certificate, saving
from icare_xl.upload.guards import SaveRequest
from icare_xl.upload.sentences import file_verified, outcome_lines


@command("save")
@a_file
@an_out
@sheet_option
@click.option(
    "--ledger", "where", metavar="DIR|URL", help="The memory of what was sent. Default: that of the settings."
)
@click.option("--service", metavar="NAME", help="The service that the file is for; refuses a sheet of another one.")
@click.option("--account", metavar="NAME", help="The agreement or account, where the agency has several.")
@click.option("--split", is_flag=True, help="Write several files where there are more than 2,500 rows.")
@click.option("--yes", "confirmed", is_flag=True, help="Accept the warnings.")
@click.option("--uploaded", is_flag=True, help="Earlier files that were only saved so far were uploaded: record it.")
@click.option("--replace", is_flag=True, help="They were not uploaded: the new file takes their place.")
@click.option("--only-new", is_flag=True, help="Save only the rows that were not uploaded before.")
@rules_options
def save(
    output: Output,
    file: Path,
    out: Path,
    name: str | None,
    where: str | None,
    split: bool,
    when: CheckDate,
    without: Without,
    **request: Any,
) -> int:
    """Save a copy ready for upload; OUT is a folder or a .xlsx path. Refuses while errors remain."""
    if request["uploaded"] and request["replace"]:
        raise Misuse(Text("--uploaded and --replace exclude each other.", "--uploaded et --replace s’excluent."))
    ledger = remembered(where)
    if ledger is None and (request["uploaded"] or request["replace"] or request["only_new"]):
        raise Misuse(
            Text(
                "--uploaded, --replace and --only-new need a ledger; name one with --ledger.",
                "--uploaded, --replace et --only-new exigent un registre; nommez-le avec --ledger.",
            )
        )
    options = saving.SaveOptions(
        out, when, in_force(where), SaveRequest(**request), ledger, output.language, without, split
    )
    with opened(file, name) as (host, sheet):
        outcome = saving.save(host, sheet, options)
    report, refused = outcome.report, outcome.refused
    output.document(documents.save(file, sheet, outcome, options.ledger.where if options.ledger else None))
    output.findings([each for each in report.findings if each.severity == "error" or not refused])
    for text in (*outcome_lines(outcome), *save_hints(outcome)):
        output.say(text)
    return ERRORS if refused else DONE


@command("verify")
@a_file
def verify(output: Output, file: Path) -> int:
    """Say whether a file saved for upload is still that file, by the certificate beside it."""
    known = certificate.read(file)
    same = certificate.digest(file) == known.sha256
    output.document(documents.verify(file, known, same))
    output.say(file_verified(known, same, file))
    return DONE if same else ERRORS
