"""The command line: what the buttons do, on .xlsx files and without Excel."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, redirect_stdout
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from icare_xl import (
    __version__,
    certificate,
    contract,
    corrections,
    fixes,
    library,
    matching,
    messages,
    notes,
    proof,
    rejections,
    say,
    settings,
    snapshot,
    upload,
)
from icare_xl import compare as comparing
from icare_xl import install as installing
from icare_xl.address import a1
from icare_xl.check import check as run_rules
from icare_xl.check import check_folder
from icare_xl.deadline import reporting_month
from icare_xl.errors import NoAgencyFile, NoWorkbooks, text_of
from icare_xl.guards import Wish
from icare_xl.hosts.file import FileHost
from icare_xl.ledger import STATUSES, Ledger, Status, open_ledger, take_back
from icare_xl.model import Language, Report, Template, Text
from icare_xl.month import month_of
from icare_xl.report import Checked, Listing, must_be_a_list, write_list
from icare_xl.rules import RULES
from icare_xl.rules.rule import When
from icare_xl.settings import Settings
from icare_xl.sheet import FIRST_ROW, Sheet
from icare_xl.terminal import Output, system_language
from icare_xl.xlsx.package import write_new

DONE, ERRORS, UNUSABLE = 0, 1, 2
Command = TypeVar("Command", bound=Callable[..., int | None])
FILE = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
            try:
                code = function(output, **given) or DONE
            except (click.ClickException, BrokenPipeError):
                raise
            except Exception as fault:
                output.fault(text_of(fault))
                code = getattr(fault, "exit_code", UNUSABLE)
            click.get_current_context().exit(code)

        as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
        lang = click.option("--lang", type=click.Choice(["en", "fr"]), help="Default: as set, else the system's.")
        return group.command(name=name)(as_json(lang(run)))

    return wrap


a_file = click.argument("file", type=FILE)
an_out = click.argument("out", type=FILE)
ledger_option = click.option(
    "--ledger", "where", metavar="DIR|URL", help="The memory of what was sent. Default: as set."
)
sheet_option = click.option("--sheet", "name", metavar="NAME", help="Which sheet, where a workbook has several.")
Without = frozenset[str]
CODES = {rule.code for rule in RULES}


def in_force(ledger: str | None = None) -> Settings:
    """The settings, with another ledger than is set where one is named."""
    if ledger is not None and not ledger.strip():
        raise click.UsageError("--ledger needs a folder or a URL.")
    return settings.load(settings.settings_file(), CODES, ledger)


def remembered(where: str | None) -> Ledger | None:
    """The ledger that was named, now or in the settings; without one a batch can be run again and gives the same."""
    chosen = in_force(where)
    return open_ledger(chosen.ledger, settings.person()) if where or "ledger" in chosen.sources else None


def rules_options(function: Command) -> Command:
    """The options of the commands that run rules; the function gets `when` and `without`."""

    @wraps(function)
    def run(*args: Any, today: datetime | None, month: datetime | None, without: tuple[str, ...], **given: Any) -> Any:
        when = When(today.date() if today else date.today(), month.date() if month else None)
        left_out = in_force(given.get("where")).without | {*without}
        return function(*args, when=when, without=left_out, **given)

    a_day, a_month = click.DateTime(["%Y-%m-%d"]), click.DateTime(["%Y-%m"])
    options = (
        click.option("--today", type=a_day, metavar="YYYY-MM-DD", help="Default: today."),
        click.option("--month", type=a_month, metavar="YYYY-MM", help="The month that the services belong to."),
        click.option(
            "--without",
            multiple=True,
            type=click.Choice(["house", *sorted(CODES)], case_sensitive=False),
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
        yield host, snapshot.take(host, name)


@command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=FILE)
@sheet_option
@click.option("--marked", type=FILE, metavar="OUT.xlsx", help="Write a copy with the failing cells marked.")
@click.option(
    "--list", "listed", type=FILE, metavar="OUT.xlsx|OUT.html", help="Write a list of all there is to correct."
)
@rules_options
def check(
    output: Output,
    paths: tuple[Path, ...],
    name: str | None,
    marked: Path | None,
    listed: Path | None,
    when: When,
    without: Without,
) -> int:
    """Check workbooks, or a folder with those of one month, against the rules; exit code 1 where errors are found."""
    if listed:
        must_be_a_list(listed)
        if marked and marked.absolute() == listed.absolute():
            raise click.UsageError("--marked and --list need two names.")
    if len(paths) == 1 and not paths[0].is_dir():
        with opened(paths[0], name) as (host, sheet):
            report = run_rules(sheet, when, without)
            _show(output, paths[0], sheet, report)
            if marked:
                host.save_marked(marked, sheet.name, report.cells_to_mark, proof.only_marks_differ(host))
                output.say(say.marked(sum(map(len, report.cells_to_mark.values())), marked))
        _list(output, listed, [Checked(paths[0].absolute(), sheet, report)], {})
        output.document(contract.check(paths[0], sheet, report))
        return ERRORS if report.blocks_saving else DONE
    if marked:
        raise click.UsageError("--marked goes with one workbook.")
    return _check_many(output, _workbooks(paths), name, listed, when, without)


def _workbooks(paths: Iterable[Path]) -> list[Path]:
    """The paths, each folder replaced by the workbooks in it (but for the lock files of an open Excel)."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = [each for each in sorted(path.iterdir()) if each.suffix.lower() == ".xlsx" and each.name[:2] != "~$"]
        if not inside:
            raise NoWorkbooks(path=path)
        found += inside
    return found


def _check_many(
    output: Output, paths: Sequence[Path], name: str | None, listed: Path | None, when: When, without: Without
) -> int:
    """Check workbooks one by one and with each other; one that cannot be used is said, and the others still run."""
    sheets: dict[Path, Sheet] = {}
    faults: dict[Path, Text] = {}
    for path in paths:
        try:
            with opened(path, name) as (_, sheet):
                sheets[path] = sheet
        except Exception as fault:
            faults[path] = text_of(fault)
            output.fault(faults[path])
    reports = dict(zip(sheets, check_folder(list(sheets.values()), when, without), strict=True))
    for path, report in reports.items():
        _show(output, path, sheets[path], report)
    checked = [Checked(path.absolute(), sheets[path], report) for path, report in reports.items()]
    _list(output, listed, checked, faults)
    output.document(
        [
            contract.fault(path, faults[path]) if path in faults else contract.check(path, sheets[path], reports[path])
            for path in paths
        ]
    )
    if faults:
        return UNUSABLE
    return ERRORS if any(report.blocks_saving for report in reports.values()) else DONE


def _list(output: Output, out: Path | None, checked: Sequence[Checked], left_out: Mapping[Path, Text]) -> None:
    if out:
        write_list(out, Listing(checked, left_out), output.language)
        output.say(say.listed(sum(len(each.report.findings) for each in checked), out))


def _show(output: Output, path: Path, sheet: Sheet, report: Report) -> None:
    output.say(str(path))
    output.findings(report.findings)
    output.say(say.checked(len(sheet.rows), report))


@command("notes")
@a_file
@sheet_option
@click.option(
    "--marked", type=FILE, metavar="OUT.xlsx", help="Write a copy with the cells marked that the notes are about."
)
def read_notes(output: Output, file: Path, name: str | None, marked: Path | None) -> None:
    """Read iCARE's notes in column A."""
    with opened(file, name) as (host, sheet):
        rejected = rejections.read(sheet, messages.load(settings.own_messages()))
        if marked:
            host.save_marked(marked, sheet.name, rejected.cells_to_mark, proof.only_marks_differ(host))
    output.document(contract.notes(file, rejected))
    output.say(say.rejected(rejected))
    for line in say.complaints(rejected):
        output.say(line)
    collected = rejections.collect(rejected)
    if collected.trouble:
        output.fault(collected.trouble)
    elif collected.new:
        output.say(say.collected(collected))
    if marked:
        output.say(say.marked(sum(map(len, rejected.cells_to_mark.values())), marked))


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
        host.save_emptied(out, sheet.name, emptied, proof.only_emptied(host, sheet, emptied))
        found = take_back(ledger, sheet, notes.read(sheet)[0]) if ledger else []
    output.document(contract.strip(file, out, [a1(*cell) for cell in emptied], [a1(*cell) for cell in kept], found))
    output.say(say.stripped(len(emptied), len(kept), out))
    for text in say.all_came_back(found, ledger.history()) if ledger else ():
        output.say(text)


@command("only-rejected")
@click.argument("original", type=FILE)
@click.argument("rejected", type=FILE)
@an_out
def only_rejected(output: Output, original: Path, rejected: Path, out: Path) -> None:
    """Write a workbook with just those rows of ORIGINAL that came back with a note in REJECTED."""
    with opened(rejected) as (_, returned), opened(original) as (host, sheet):
        kept = matching.rejected_rows(sheet, returned, rejected)
        host.save_rows(out, sheet.name, kept, FIRST_ROW, proof.only_rows(host, sheet, kept))
    output.document(contract.only_rejected(original, rejected, out, kept))
    output.say(say.only_rejected(len(kept), len(sheet.rows), out))


@command("corrections")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@an_out
def list_corrections(output: Output, before: Path, after: Path, out: Path) -> None:
    """List what was corrected in a rejected file, client by client; OUT is a .xlsx or .html to print."""
    with opened(before) as (_, old), opened(after) as (_, new):
        found = corrections.compare(old, new)
    corrections.write(out, found, output.language, [before, after])
    output.document(contract.corrections(before, after, out, found))
    output.say(say.carried_back(found, out))
    if missing := corrections.unmatched(found):
        output.say(missing)


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
@rules_options
def save(
    output: Output,
    file: Path,
    out: Path,
    name: str | None,
    where: str | None,
    split: bool,
    when: When,
    without: Without,
    **wish: Any,
) -> int:
    """Save a copy ready for upload; OUT is a folder or a .xlsx path. Refuses while errors remain."""
    plan = upload.Plan(out, when, in_force(where), Wish(**wish), remembered(where), output.language, without, split)
    with opened(file, name) as (host, sheet):
        outcome = upload.save(host, sheet, plan)
    report, refused = outcome.report, outcome.refused
    output.document(contract.save(file, sheet, outcome, plan.ledger.where if plan.ledger else None))
    output.findings([each for each in report.findings if each.severity == "error" or not refused])
    for text in say.outcome(outcome):
        output.say(text)
    return ERRORS if refused else DONE


@command("verify")
@a_file
def verify(output: Output, file: Path) -> int:
    """Say whether a file saved for upload is still that file, by the certificate beside it."""
    known = certificate.read(file)
    same = certificate.digest(file) == known.sha256
    output.document(contract.verify(file, known, same))
    output.say(say.verified(known, same, file))
    return DONE if same else ERRORS


@command("fix")
@a_file
@an_out
@click.option("--safe", is_flag=True, help="What means the same as before. The default.")
@click.option("--all-suggestions", "every", is_flag=True, help="Everything that `check` suggests; look at each.")
@sheet_option
@rules_options
def fix(
    output: Output, file: Path, out: Path, safe: bool, every: bool, name: str | None, when: When, without: Without
) -> None:
    """Write a copy with wrong values corrected; every change is listed."""
    if safe and every:
        raise click.UsageError("Of --safe and --all-suggestions only one can be meant.")
    with opened(file, name) as (host, sheet):
        chosen, formulas = fixes.of_sheet(sheet, run_rules(sheet, when, without), safe=not every)
        texts = fixes.texts(chosen)
        host.save_changed(out, sheet.name, texts, proof.only_changed(host, sheet, texts))
    output.document(contract.fix(file, out, chosen, [a1(*place) for place in formulas]))
    for each in chosen:
        output.say(say.fixed(each))
    for place in formulas:
        output.say(say.holds_a_formula(a1(*place)))
    output.say(say.fixes_written(len(chosen), out))


@command("unmark")
@a_file
@an_out
def unmark(output: Output, file: Path, out: Path) -> None:
    """Write a copy with our marks removed exactly."""
    with FileHost(file) as host:
        host.save_unmarked(out, proof.only_marks_differ(host))
    output.document(contract.unmark(file, out))
    output.say(say.unmarked(out))


@command("new")
@click.argument("service")
@an_out
def new(output: Output, service: str, out: Path) -> None:
    """Write a blank upload workbook of the built-in edition of SERVICE."""
    write_new(out, library.blank_workbook(service))
    output.document(contract.new(service, out))
    output.say(say.blank_written(out))


@command("compare")
@click.argument("old")
@click.argument("new")
def compare(output: Output, old: str, new: str) -> None:
    """Say what changed between two editions of a template; OLD and NEW are workbooks or built-in services."""
    before, after = _template(old), _template(new)
    changes = comparing.compare(before, after)
    output.document(contract.compare(changes))
    for line in comparing.lines(before, after, changes):
        output.say(line)


def _template(name: str) -> Template:
    if not Path(name).exists() and name in {each.service for each in library.built_in()}:
        return library.of_service(name)
    with opened(Path(name)) as (_, sheet):
        return sheet.template


@command("rules")
def rules(output: Output) -> None:
    """List every rule: its code, where it comes from, and what it says."""
    output.document([contract.rule(each) for each in RULES])
    for each in RULES:
        output.say(
            Text(*(f"{each.code}  {each.origin}, {each.severity}  {text}" for text in (each.says.en, each.says.fr)))
        )


@main.group("ledger")
def ledger_commands() -> None:
    """What was saved for upload, and what came back."""


@command("list", ledger_commands)
@ledger_option
@click.option("--month", type=click.DateTime(["%Y-%m"]), metavar="YYYY-MM", help="Default: the last one that is over.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Default: today.")
def ledger_list(output: Output, where: str | None, month: datetime | None, today: datetime | None) -> None:
    """Show a month at a glance: what was saved, what iCARE made of it, what is to do, and until when."""
    chosen = in_force(where)
    ledger = open_ledger(chosen.ledger, settings.person())
    repaired = ledger.repair()
    first = month.date() if month else reporting_month(today.date() if today else date.today())
    found = month_of(ledger.history(), first, chosen)
    output.document(contract.month(found, repaired, ledger.where))
    for line in (say.deadline(found), *map(say.repaired, repaired), *say.month(found)):
        output.say(line)


@command("status", ledger_commands)
@click.argument("id_", metavar="ID")
@click.argument("status", metavar="STATUS", type=click.Choice(STATUSES, case_sensitive=False))
@click.option("--accepted", type=click.IntRange(0), metavar="N", help="Rows that iCARE accepted.")
@click.option("--rejected", type=click.IntRange(0), metavar="N", help="Rows that iCARE rejected.")
@ledger_option
def ledger_status(
    output: Output, id_: str, status: Status, accepted: int | None, rejected: int | None, where: str | None
) -> None:
    """Record what became of a saved file: pending, processed, error, deleted, or withdrawn (it is not to be uploaded)."""
    if status != "processed" and (accepted, rejected) != (None, None):
        raise click.UsageError("--accepted and --rejected go with processed.")
    ledger = open_ledger(in_force(where).ledger, settings.person())
    found = ledger.set_status(id_, status, accepted, rejected)
    open_rows = ledger.history().open_rows(found)
    output.document(contract.submission(found, open_rows))
    output.say(say.submission(found, open_rows))


@command("returned", ledger_commands)
@a_file
@sheet_option
@ledger_option
def ledger_returned(output: Output, file: Path, name: str | None, where: str | None) -> None:
    """Record which rows iCARE rejected, from the notes in the rejected file as it came from iCARE."""
    ledger = open_ledger(in_force(where).ledger, settings.person())
    with opened(file, name) as (_, sheet):
        read, _ = notes.read(sheet)
        found = take_back(ledger, sheet, read)
    output.document(contract.returned(file, found))
    for text in say.all_came_back(found, ledger.history()):
        output.say(text)
    if not found:
        output.say(say.NO_NOTES)


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
        raise click.UsageError("Give KEY a VALUE, or --unset.")
    own = settings.settings_file()
    shared = settings.agency_file(settings.ledger_of(own, where))
    if agency and shared is None:
        raise NoAgencyFile()
    if agency and key == "ledger":
        raise click.UsageError("The ledger cannot be set beside itself.")
    if key:
        settings.put(shared if agency and shared else own, CODES, key, values)
    found = in_force(where)
    output.document(contract.settings(own, shared, found))
    for each in settings.SETTINGS:
        value = settings.shown(getattr(found, each.name))
        output.say(say.setting(each.name, value, found.sources.get(each.name)))


@command("press")
@click.argument("action", metavar="ACTION")
@click.option("--hwnd", type=int, metavar="N", help="The window of the Excel to work in. Default: any that runs.")
def press(output: Output, action: str, hwnd: int | None) -> None:
    """Do what a button of the ribbon does, in a running Excel."""
    from icare_xl import press as pressing
    from icare_xl.hosts.excel import attach

    pressing.must_be_a_button(action)
    pressing.press(action, attach(hwnd), output.language, date.today(), installing.keep_language)


@command("install")
def install(output: Output) -> None:
    """Put the buttons into Excel for Windows, for this user only; Excel must be closed."""
    computer = installing.this_computer()
    slot = installing.install(computer, installing.built_addin())
    output.document(contract.install(computer.addin, computer.python, slot))
    output.say(say.installed(computer.addin))


@command("uninstall")
def uninstall(output: Output) -> None:
    """Take the buttons out of Excel again."""
    removed = installing.uninstall(installing.this_computer())
    output.document(contract.uninstall(removed))
    output.say(say.uninstalled(bool(removed)))


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
    output.say(invented.LOOK_AT.format(marked=folder / "january_checked.xlsx", upload=folder / "upload"))
    output.document(contract.demo(folder))


if __name__ == "__main__":
    main()
