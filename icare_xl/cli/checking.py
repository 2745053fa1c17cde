"""Commands that run the rules: check, fix, rules; and unmark, which lifts the marks again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from icare_xl.check import fixes
from icare_xl.check.engine import Memory
from icare_xl.check.engine import check as run_rules
from icare_xl.check.error_list import Checked, Listing, must_be_a_list, write_list
from icare_xl.check.files import check_files, workbooks_in
from icare_xl.check.rules import RULES
from icare_xl.check.sentences import (
    MOST_CAUSES,
    NO_COMMON_CAUSE,
    causes_told,
    cell_fixed,
    cells_marked,
    findings_listed,
    fixes_written,
    holds_a_formula,
    marks_removed,
    rows_checked,
)
from icare_xl.cli import documents
from icare_xl.cli import sentences as say
from icare_xl.cli.command import (
    DONE,
    ERRORS,
    UNUSABLE,
    Without,
    a_file,
    an_out,
    command,
    fault_once,
    ledger_option,
    opened,
    remembered,
    rules_options,
    sheet_option,
)
from icare_xl.cli.files import READ, WRITTEN
from icare_xl.cli.output import Output
from icare_xl.cli.progress import with_progress
from icare_xl.cli.sentences import in_one_line
from icare_xl.cli.usage import Misuse
from icare_xl.model.addresses import a1
from icare_xl.model.check_date import CheckDate
from icare_xl.model.errors import IcareError
from icare_xl.model.finding import Report
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import Text
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.proof import prove_only_changed, prove_only_marks_differ


@command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=READ)
@sheet_option
@click.option("--marked", type=WRITTEN, metavar="OUT.xlsx", help="Write a copy with the failing cells marked.")
@click.option(
    "--list", "listed", type=WRITTEN, metavar="OUT.xlsx|OUT.html", help="Write a list of all there is to correct."
)
@ledger_option
@rules_options
def check(
    output: Output,
    paths: tuple[Path, ...],
    name: str | None,
    marked: Path | None,
    listed: Path | None,
    where: str | None,
    when: CheckDate,
    without: Without,
) -> int:
    """Check workbooks, or a folder with those of one month, against the rules; exit code 1 where errors are found."""
    if listed:
        must_be_a_list(listed)
        if marked and marked.absolute() == listed.absolute():
            raise Misuse(Text("--marked and --list need two names.", "--marked et --list demandent deux noms."))
    memory = _memory(where)
    if len(paths) == 1 and not paths[0].is_dir():
        with opened(paths[0], name) as (host, sheet):
            report = run_rules(sheet, when, without, memory=memory)
            _show(output, paths[0], sheet, report)
            if marked:
                with host.copy_marked(marked, sheet.name, report.cells_to_mark) as written:
                    prove_only_marks_differ(host, written)
                output.say(cells_marked(sum(map(len, report.cells_to_mark.values())), marked))
        _list(output, listed, Listing([Checked(paths[0], sheet, report)]))
        output.document(documents.check(paths[0], sheet, report))
        return ERRORS if report.blocks_saving else DONE
    if marked:
        raise Misuse(Text("--marked goes with one workbook.", "--marked va avec un seul classeur."))
    return _check_many(output, list(_workbooks(paths)), name, listed, when, without, memory)


def _memory(where: str | None) -> Memory | None:
    """What the ledger has of warnings that were found right; where none was named, a check can do without."""
    try:
        ledger = remembered(where)
        return ledger.acceptances() if ledger else None
    except IcareError as fault:
        if where:
            raise
        fault_once(fault.text)
        return None


def _workbooks(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths, each folder replaced by the workbooks in it."""
    for path in paths:
        yield from workbooks_in(path) if path.is_dir() else [path]


def _check_many(
    output: Output,
    paths: Sequence[Path],
    name: str | None,
    listed: Path | None,
    when: CheckDate,
    without: Without,
    memory: Memory | None,
) -> int:
    """Check workbooks one by one and with each other; one that cannot be used is said, and the others still run."""
    found = check_files(with_progress(paths, output), when, without, name, memory)
    for fault in found.left_out.values():
        output.fault(fault)
    for line in say.files_checked(found):
        output.say(line)
    for each in found.checked:
        output.say()
        _show(output, each.file, each.sheet, each.report)
    _list(output, listed, found)
    told = {path: documents.fault(path, fault) for path, fault in found.left_out.items()}
    told |= {each.file: documents.check(each.file, each.sheet, each.report) for each in found.checked}
    output.document([told[path] for path in paths])
    if found.left_out:
        return UNUSABLE
    return ERRORS if any(each.report.blocks_saving for each in found.checked) else DONE


def _list(output: Output, out: Path | None, found: Listing) -> None:
    if out:
        checked = [replace(each, file=each.file.absolute()) for each in found.checked]  # for the links to its cells
        write_list(out, replace(found, checked=checked), output.language)
        output.say(findings_listed(len(found.lines), out))


def _show(output: Output, path: Path, sheet: Sheet, report: Report) -> None:
    """The causes, the counts, then the findings under their causes."""
    output.say(str(path))
    for line in (*causes_told(report), rows_checked(len(sheet.rows), report)):
        output.say(line)
    for number, (cause, findings) in enumerate(report.by_cause):
        if cause and (findings or number >= MOST_CAUSES):
            output.heading(in_one_line(cause.says) if number < MOST_CAUSES else cause.told)
        elif report.diagnoses and findings:
            output.heading(NO_COMMON_CAUSE)
        output.findings(findings)


@command("fix")
@a_file
@an_out
@click.option("--safe", is_flag=True, help="What means the same as before. The default.")
@click.option("--all-suggestions", "every", is_flag=True, help="Everything that `check` suggests; look at each.")
@sheet_option
@rules_options
def fix(
    output: Output, file: Path, out: Path, safe: bool, every: bool, name: str | None, when: CheckDate, without: Without
) -> None:
    """Write a copy with wrong values corrected; every change is listed."""
    if safe and every:
        raise Misuse(
            Text("Of --safe and --all-suggestions only one can be meant.", "Choisissez --safe ou --all-suggestions.")
        )
    with opened(file, name) as (host, sheet):
        chosen, formulas = fixes.of_sheet(sheet, run_rules(sheet, when, without), safe=not every)
        texts = fixes.texts(chosen)
        with host.copy_changed(out, sheet.name, texts) as written:
            prove_only_changed(host, sheet, texts, written)
    output.document(documents.fix(file, out, chosen, [a1(*place) for place in formulas]))
    for each in chosen:
        output.say(cell_fixed(each))
    for place in formulas:
        output.say(holds_a_formula(a1(*place)))
    output.say(fixes_written(len(chosen), out))


@command("unmark")
@a_file
@an_out
def unmark(output: Output, file: Path, out: Path) -> None:
    """Write a copy with our marks removed exactly."""
    with FileHost(file) as host, host.copy_without_marks(out) as written:
        prove_only_marks_differ(host, written)
    output.document(documents.unmark(file, out))
    output.say(marks_removed(out))


@command("rules")
def rules(output: Output) -> None:
    """List every rule: its code, where it comes from, and what it says."""
    output.document([documents.rule(each) for each in RULES])
    for each in RULES:
        output.say(
            Text(*(f"{each.code}  {each.origin}, {each.severity}  {text}" for text in (each.says.en, each.says.fr)))
        )
