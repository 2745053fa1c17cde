"""How the command line answers: one JSON document for a program, or sentences and a table for a person."""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from icare_xl.check.sentences import SEVERITY
from icare_xl.model.finding import Finding
from icare_xl.model.text import Language, Text

_HEAD = (
    Text("Cell", "Cellule"),
    Text("Rule", "Règle"),
    Text("What is wrong", "Ce qui ne va pas"),
    Text("Enter instead", "À inscrire à la place"),
)


@dataclass(frozen=True, slots=True)
class Output:
    """How the answer is wanted: for a program (`json`) or for a person, in which language."""

    json: bool
    language: Language

    def say(self, text: Text | str = "") -> None:
        if not self.json:
            click.echo(text.to(self.language) if isinstance(text, Text) else text)

    def heading(self, text: Text) -> None:
        """Say it above what follows: after a blank line, and bold on a terminal."""
        if not self.json:
            click.echo()
            click.secho(text.to(self.language), bold=True)

    def document(self, document: object) -> None:
        if self.json:
            click.echo(json.dumps(document, ensure_ascii=False))

    def remark(self, text: Text) -> None:
        """Say it to a person; to a program, beside the document."""
        click.echo(text.to(self.language), err=self.json)

    def fault(self, text: Text) -> None:
        click.echo(text.to(self.language), err=True)

    def findings(self, findings: Sequence[Finding]) -> None:
        """A table on a terminal, plain lines when piped."""
        if self.json or not findings:
            return
        if sys.stdout.isatty():
            self._table(findings)
            return
        for each in findings:
            words = [each.cell or "-", SEVERITY[each.severity].to(self.language), each.rule]
            words += [each.message.to(self.language), *([f"→ {each.suggestion}"] if each.suggestion else [])]
            click.echo("  ".join(words))

    def _table(self, findings: Sequence[Finding]) -> None:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text as Plain  # a client's value is no markup

        table = Table(*(head.to(self.language) for head in _HEAD), box=None, pad_edge=False, header_style="underline")
        for each in findings:
            told = f"{SEVERITY[each.severity].to(self.language)} {each.rule}"
            rule = Plain(told, style="red" if each.severity == "error" else "yellow")
            message = Plain(each.message.to(self.language))
            table.add_row(each.cell or "", rule, message, Plain(each.suggestion or ""))
        Console().print(table)


def system_language() -> Language:
    """French where the system says so, under the names that Windows and the others give it."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), None)
    return "fr" if (named or locale.getlocale()[0] or "").lower().startswith("fr") else "en"
