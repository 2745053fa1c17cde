"""How far a command has come that reads many files: on a terminal, beside what it prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from icare_xl.cli.output import Output


def with_progress(paths: Sequence[Path], output: Output) -> Iterator[Path]:
    """The paths, one after the other, with a bar where somebody looks at a terminal."""
    if output.json or len(paths) < 2 or not sys.stderr.isatty():
        yield from paths
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TaskProgressColumn(show_speed=True), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(paths)
