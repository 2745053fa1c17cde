"""The command line: what the buttons do, on .xlsx files and without Excel."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from icare_xl import __version__, contract, notes, proof, say, snapshot, upload
from icare_xl.address import a1
from icare_xl.check import check as run_rules
from icare_xl.errors import IcareError, OurFault
from icare_xl.hosts.file import FileHost
from icare_xl.model import Language, Text
from icare_xl.rules import RULES
from icare_xl.sheet import NOTES, Sheet
from icare_xl.terminal import Output, system_language

DONE, ERRORS, UNUSABLE = 0, 1, 2
Command = TypeVar("Command", bound=Callable[..., int | None])
FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="icare-xl")
def main() -> None:
    """Check iCARE upload workbooks, read and strip iCARE's notes, save copies ready for upload."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def command(name: str) -> Callable[[Command], click.Command]:
    """A command with the options that all have; what goes wrong becomes one sentence and exit code 2."""

    def wrap(function: Command) -> click.Command:
        @wraps(function)
        def run(as_json: bool, lang: Language | None, **given: Any) -> None:
            output = Output(as_json, lang or system_language())
            try:
                code = function(output, **given) or DONE
            except IcareError as fault:
                output.fault(fault.text)
                code = UNUSABLE
            except (click.ClickException, BrokenPipeError):
                raise
            except Exception as fault:
                output.fault(OurFault.of(fault).text)
                code = UNUSABLE
            click.get_current_context().exit(code)

        as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
        lang = click.option("--lang", type=click.Choice(["en", "fr"]), help="Default: the system's language.")
        return main.command(name=name)(as_json(lang(run)))

    return wrap


def _as_date(context: click.Context, option: click.Parameter, given: datetime | None) -> date:
    return given.date() if given else date.today()


a_file = click.argument("file", type=FILE)
an_out = click.argument("out", type=FILE)
sheet_option = click.option("--sheet", "name", metavar="NAME", help="Which sheet, where a workbook has several.")
without_option = click.option(
    "--without", multiple=True, metavar="CODE|house", help="Leave out a rule, or all that we only infer."
)
today_option = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), callback=_as_date, help="Default: the day of today."
)


@contextmanager
def opened(path: Path, name: str | None = None) -> Iterator[tuple[FileHost, Sheet]]:
    """A workbook on disk and its iCARE sheet."""
    with FileHost(path) as host:
        yield host, snapshot.take(host, name)


@command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=FILE)
@sheet_option
@click.option("--marked", type=FILE, metavar="OUT.xlsx", help="Write a copy with the failing cells marked.")
@without_option
@today_option
def check(
    output: Output,
    paths: tuple[Path, ...],
    name: str | None,
    marked: Path | None,
    without: tuple[str, ...],
    today: date,
) -> int:
    """Check workbooks against the rules; exit code 1 where errors are found."""
    if len(paths) == 1:
        code, document = _check(output, paths[0], name, marked, without, today)
        output.document(document)
        return code
    if marked:
        raise click.UsageError("--marked goes with one workbook.")
    codes, documents = [], []
    for path in paths:
        try:
            code, document = _check(output, path, name, None, without, today)
        except IcareError as fault:
            code, document = UNUSABLE, contract.fault(path, fault.text)
            output.fault(fault.text)
        codes.append(code)
        documents.append(document)
    output.document(documents)
    return max(codes)


def _check(
    output: Output, path: Path, name: str | None, marked: Path | None, without: tuple[str, ...], today: date
) -> tuple[int, contract.Document]:
    with opened(path, name) as (host, sheet):
        report = run_rules(sheet, today, without)
        output.say(str(path))
        output.findings(report.findings)
        output.say(say.checked(len(sheet.rows), report))
        if marked:
            host.save_marked(marked, sheet.name, report.cells_to_mark, proof.only_marks_differ(host))
            output.say(say.marked(sum(map(len, report.cells_to_mark.values())), marked))
    return ERRORS if report.blocks_saving else DONE, contract.check(path, sheet, report)


@command("notes")
@a_file
@sheet_option
def read_notes(output: Output, file: Path, name: str | None) -> None:
    """Read iCARE's notes in column A."""
    with opened(file, name) as (_, sheet):
        texts = dict(notes.column_a(sheet))
    read = {row: notes.parse(text) for row, text in texts.items() if notes.has_note(text)}
    remarks = {row: text for row, text in texts.items() if row not in read}
    output.document(contract.notes(file, sheet, read, remarks))
    for row, found in read.items():
        for message in (message for note in found for message in note.messages):
            output.say(say.noted(row, message))
    output.say(say.counted_notes(sum(map(len, read.values()))))


@command("strip")
@a_file
@an_out
@sheet_option
def strip(output: Output, file: Path, out: Path, name: str | None) -> None:
    """Write a copy with iCARE's notes gone from column A and nothing else changed."""
    with opened(file, name) as (host, sheet):
        column = sheet.layout.places.get(NOTES, 0)
        emptied = [(row, column) for row in notes.strippable(sheet)]
        host.save_emptied(out, sheet.name, emptied, proof.only_emptied(host, sheet, emptied))
    kept = [(row, column) for row, _ in notes.column_a(sheet) if (row, column) not in set(emptied)]
    output.document(contract.strip(file, out, [a1(*cell) for cell in emptied], [a1(*cell) for cell in kept]))
    output.say(say.stripped(len(emptied), len(kept), out))


@command("save")
@a_file
@an_out
@sheet_option
@without_option
@today_option
def save(output: Output, file: Path, out: Path, name: str | None, without: tuple[str, ...], today: date) -> int:
    """Save a copy ready for upload; OUT is a folder or a .xlsx path. Refuses while errors remain."""
    target = out if out.suffix.lower() == ".xlsx" and not out.is_dir() else out / f"{file.stem}_upload.xlsx"
    with opened(file, name) as (host, sheet):
        report = run_rules(sheet, today, without)
        refused = upload.refusal(host, report)
        saved = {} if refused else {target: upload.save(host, sheet, target)}
    output.document(contract.save(file, sheet, report, saved, refused))
    output.findings(report.findings)
    output.say(refused.says if refused else say.saved(len(sheet.rows), report.warnings, target))
    return ERRORS if refused else DONE


@command("unmark")
@a_file
@an_out
def unmark(output: Output, file: Path, out: Path) -> None:
    """Write a copy with our marks removed exactly."""
    with FileHost(file) as host:
        host.save_unmarked(out, proof.only_marks_differ(host))
    output.document(contract.unmark(file, out))
    output.say(say.unmarked(out))


@command("rules")
def rules(output: Output) -> None:
    """List every rule: its code, where it comes from, and what it says."""
    output.document([contract.rule(each) for each in RULES])
    for each in RULES:
        output.say(
            Text(*(f"{each.code}  {each.origin}, {each.severity}  {text}" for text in (each.says.en, each.says.fr)))
        )


@command("demo")
@click.argument("folder", type=FILE, default=Path("icare-demo"))
def demo(output: Output, folder: Path) -> None:
    """Run the main job on an invented workbook with mistakes and an invented rejected file, in FOLDER."""
    from icare_xl import demo as invented

    invented.write(folder)
    for number, step in enumerate(invented.STEPS, 1):
        words = [str(folder / word) if word.endswith((".xlsx", "upload")) else word for word in step.command]
        output.say(f"\n{number}. {step.says.to(output.language)}\n   icare-xl {' '.join(words)}\n")
        with redirect_stdout(io.StringIO()) if output.json else nullcontext():
            main.main([*words, "--lang", output.language], standalone_mode=False)
    output.say()
    output.say(invented.LOOK_AT.format(folder=folder))
    output.document({"folder": str(folder), "files": sorted(map(str, folder.rglob("*.xlsx")))})


if __name__ == "__main__":
    main()
