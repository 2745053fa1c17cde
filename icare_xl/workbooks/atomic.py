"""Files that are whole or not there at all: written beside their place, then moved into it."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from icare_xl.model.errors import CannotWrite
from icare_xl.model.text import Text
from icare_xl.workbooks.errors import (
    AlreadyThere,
    OutputIsInput,
    OutputNotXlsx,
)

_READ_ONLY = Text("it is read-only", "il est en lecture seule")
_TOO_LONG = Text("the names of its folders and its own are too long for Windows",
                 "ses noms de dossiers et le sien sont trop longs pour Windows")  # fmt: skip
LONGEST_PATH = 259 if sys.platform == "win32" else sys.maxsize  # Windows says of longer ones that they do not exist
PATIENCE = 1.0 if sys.platform == "win32" else 0.0  # seconds, for a virus scanner that looks at what was just written


def write_new(out: Path, content: bytes) -> None:
    """A whole new .xlsx or nothing; never over a file that is there already."""
    if out.suffix.lower() != ".xlsx":
        raise OutputNotXlsx(path=out)
    if out.exists():
        raise AlreadyThere(path=out)
    with written_beside(out) as temporary:
        temporary.write_bytes(content)


@contextmanager
def written_beside(out: Path, *inputs: Path) -> Iterator[Path]:
    """As `written_whole`, in a folder that is made if need be, and never over one of the inputs."""
    try:
        if out.exists() and any(each.exists() and out.samefile(each) for each in inputs):
            raise OutputIsInput(path=out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(out) as temporary:
            yield temporary
    except OSError as fault:
        reason = _TOO_LONG if _is_too_long(out) else fault.strerror or fault
        raise CannotWrite(path=out, reason=reason) from fault


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """A temporary file beside `out` that becomes `out` only when everything in it is on the disk.

    Raises CannotWrite where `out` is read-only: somebody meant that, and Windows would say that access is denied. What a
    program that was killed has left beside it goes, since it holds a client's data.
    """
    if out.exists() and not out.stat().st_mode & stat.S_IWRITE:
        raise CannotWrite(path=out, reason=_READ_ONLY)
    for left in out.parent.glob(".icare-*.tmp"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > 3600:
                left.unlink()
    handle, name = tempfile.mkstemp(prefix=".icare-", suffix=".tmp", dir=out.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # mkstemp makes it private; a workbook gets the rights of any new file
        _replace(temporary, out)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _replace(temporary: Path, out: Path) -> None:
    """Windows replaces no file that anybody has open, and renames none, if it is for a moment."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            temporary.replace(out)
            return
        except PermissionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _is_too_long(path: Path) -> bool:
    """Counting the temporary file beside it, whose name may be the longer one."""
    whole = path.absolute()
    return max(len(str(whole)), len(str(whole.parent / ".icare-12345678.tmp"))) > LONGEST_PATH
