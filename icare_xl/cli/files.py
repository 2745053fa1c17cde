"""The files that a command line names: which are read, which are written, and what was there before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from icare_xl.check.errors import NoWorkbooks
from icare_xl.check.files import workbooks_in
from icare_xl.model.text import Text
from icare_xl.workbooks.errors import OutputIsInput

_REPLACED = Text(
    "The file that was there before was replaced: {path}", "Le fichier qui s’y trouvait a été remplacé : {path}"
)


class _Read(click.Path):
    """What a command reads."""


class _Written(click.Path):
    """What a command writes."""


READ, WRITTEN = _Read(path_type=Path), _Written(path_type=Path)
Before = Mapping[Path, tuple[int, int]]  # each file that is there already, and what tells it from a newer one


def must_differ(ctx: click.Context) -> None:
    """Raises OutputIsInput before any work is done, whatever links or spelling hide it."""
    inputs = [each for path in _named(ctx, _Read) for each in (path, *_inside(path)) if each.exists()]
    for out in _named(ctx, _Written):
        if out.is_file() and any(out.samefile(each) for each in inputs):
            raise OutputIsInput(path=out)


def there(ctx: click.Context) -> Before:
    """The files that are there where the command is to write."""
    return {out: _told_by(out) for out in _named(ctx, _Written) if out.is_file()}


def replaced(before: Before) -> Iterable[Text]:
    """What is said of those that are there no more: nothing is overwritten silently."""
    return (_REPLACED.format(path=out) for out, told_by in before.items() if out.is_file() and _told_by(out) != told_by)


def _named(ctx: click.Context, kind: type[click.Path]) -> list[Path]:
    values = (ctx.params.get(param.name or "") for param in ctx.command.params if isinstance(param.type, kind))
    return [each for value in values if value for each in (value if isinstance(value, tuple) else (value,))]


def _inside(path: Path) -> list[Path]:
    try:
        return workbooks_in(path) if path.is_dir() else []
    except (NoWorkbooks, OSError):  # told by what reads it
        return []


def _told_by(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns
