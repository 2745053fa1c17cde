"""What all commands share: their options, their exit codes, and what becomes of anything that goes wrong."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from icare_xl import __version__, settings
from icare_xl.check.codes import CODES
from icare_xl.cli import files
from icare_xl.cli.output import Output, system_language
from icare_xl.cli.parameters import DAY, MONTH, RuleCode
from icare_xl.cli.sentences import NAME_THE_SHEET
from icare_xl.cli.usage import Group, Misuse
from icare_xl.icare import recognise
from icare_xl.icare.errors import SeveralIcareSheets
from icare_xl.model.check_date import CheckDate
from icare_xl.model.errors import text_of
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Language, Text
from icare_xl.settings import Settings
from icare_xl.upload.ledger import Ledger, open_ledger
from icare_xl.workbooks.file import FileHost

DONE, ERRORS, UNUSABLE = 0, 1, 2
Command = TypeVar("Command", bound=Callable[..., int | None])


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="icare-xl")
def main() -> None:
    """Check iCARE upload workbooks, read and strip iCARE's notes, save copies ready for upload."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def command(name: str, group: click.Group = main) -> Callable[[Command], click.Command]:
    """A command with the options that all have; what goes wrong becomes one sentence and exit code 2."""

    def wrap(function: Command) -> click.Command:
        @wraps(function)
        def run(as_json: bool, lang: Language | None, **given: Any) -> None:
            output = Output(as_json, lang or settings.language_of(settings.settings_file()) or system_language())
            context = click.get_current_context()
            context.obj = output
            try:
                files.must_differ(context)
                before = files.there(context)
                code = function(output, **given) or DONE
                for text in files.replaced(before):
                    output.remark(text)
            except (click.ClickException, BrokenPipeError):
                raise
            except Exception as fault:
                fault_once(_told(fault))
                code = getattr(fault, "exit_code", UNUSABLE)
            click.get_current_context().exit(code)

        as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
        lang = click.option("--lang", type=click.Choice(["en", "fr"]), help="Default: as set, else the system's.")
        return group.command(name=name)(as_json(lang(run)))

    return wrap


def _told(fault: Exception) -> Text:
    """What went wrong, with the option that helps, where there is one."""
    return Text.joined([text_of(fault), *([NAME_THE_SHEET] if isinstance(fault, SeveralIcareSheets) else [])])


def fault_once(text: Text) -> None:
    """Say what is wrong, unless this command has said it."""
    context = click.get_current_context()
    said = context.meta.setdefault(__name__, [])
    if text not in said:
        said.append(text)
        context.obj.fault(text)


a_file = click.argument("file", type=files.READ)
an_out = click.argument("out", type=files.WRITTEN)
ledger_option = click.option(
    "--ledger", "where", metavar="DIR|URL", help="The memory of what was sent. Default: as set."
)
sheet_option = click.option("--sheet", "name", metavar="NAME", help="Which sheet, where a workbook has several.")
Without = frozenset[str]


def in_force(ledger: str | None = None) -> Settings:
    """The settings, with another ledger than is set where one is named. What is wrong with them is said."""
    if ledger is not None and not ledger.strip():
        raise Misuse(Text("--ledger needs a folder or a URL.", "--ledger demande un dossier ou une URL."))
    chosen = settings.load(settings.settings_file(), CODES, ledger)
    for problem in chosen.problems:
        fault_once(problem)
    return chosen


def remembered(where: str | None) -> Ledger | None:
    """The ledger that was named, now or in the settings; without one a batch can be run again and gives the same."""
    chosen = in_force(where)
    return open_ledger(chosen.ledger, settings.person()) if where or "ledger" in chosen.sources else None


def rules_options(function: Command) -> Command:
    """The options of the commands that run rules; the function gets `when` and `without`."""

    @wraps(function)
    def run(*args: Any, today: datetime | None, month: datetime | None, without: tuple[str, ...], **given: Any) -> Any:
        chosen = in_force(given.get("where"))
        when = CheckDate(today.date() if today else date.today(), month.date() if month else chosen.month)
        return function(*args, when=when, without=chosen.without | {*without}, **given)

    options = (
        click.option("--today", type=DAY, metavar="YYYY-MM-DD", help="Default: today."),
        click.option("--month", type=MONTH, metavar="YYYY-MM", help="The month that the services belong to."),
        click.option(
            "--without",
            multiple=True,
            type=RuleCode(),
            metavar="CODE|house",
            help="Leave out a rule, or all that we only infer.",
        ),
    )
    decorated: Any = run
    for option in options:
        decorated = option(decorated)
    return cast(Command, decorated)


@contextmanager
def opened(path: Path, name: str | None = None) -> Iterator[tuple[FileHost, Sheet]]:
    """A workbook on disk and its iCARE sheet."""
    with FileHost(path) as host:
        yield host, recognise.upload_sheet(host, name)
