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

TOO_LONG = Text("the names of its folders and the file together are too long for Windows",
                "les noms de ses dossiers et du fichier sont trop longs pour Windows")  # fmt: skip
_READ_ONLY = Text("it is read-only", "il est en lecture seule")
LONGEST_PATH = 259 if sys.platform == "win32" else sys.maxsize  # Windows says of longer ones that they do not exist
PATIENCE = 1.0 if sys.platform == "win32" else 0.0  # seconds, for a virus scanner that looks at what was just written


def write_new(out: Path, content: bytes) -> None:
    """A whole new .xlsx or nothing; never over a file that is there already."""
    if out.suffix.lower() != ".xlsx":
        raise OutputNotXlsx(path=out)
    if out.exists():
        raise AlreadyThere(path=out)
    with output_file(out) as temporary:
        temporary.write_bytes(content)


@contextmanager
def output_file(out: Path, *inputs: Path) -> Iterator[Path]:
    """As `replacing`, in a folder that is made if need be, and never over one of the inputs. Raises CannotWrite."""
    with raising_cannot_write(out):
        if out.exists() and any(each.exists() and out.samefile(each) for each in inputs):
            raise OutputIsInput(path=out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with replacing(out) as temporary:
            yield temporary


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
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
    with _temporary_file(out.parent) as (handle, temporary):
        os.close(handle)
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # mkstemp makes it private; a workbook gets the rights of any new file
        _replace(temporary, out)


def put_if_free(path: Path, content: bytes) -> bool:
    """Put a whole file there, or leave the one that has the name already and return False.

    It can be read by its owner only, or by a group where the folder is one that a group may write to.
    """
    with _temporary_file(path.parent) as (handle, temporary):
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        _share_with_group(temporary)
        return not path.exists() and _name(temporary, path)


@contextmanager
def raising_cannot_write(path: Path) -> Iterator[None]:
    """What the system says against writing there, as CannotWrite."""
    try:
        yield
    except OSError as fault:
        raise CannotWrite(path=path, reason=TOO_LONG if is_too_long(path) else fault.strerror or fault) from fault


def is_too_long(path: Path) -> bool:
    """Counting the temporary file beside it, whose name may be the longer one."""
    whole = path.absolute()
    return max(len(str(whole)), len(str(whole.parent / ".icare-12345678.tmp"))) > LONGEST_PATH


@contextmanager
def _temporary_file(folder: Path) -> Iterator[tuple[int, Path]]:
    """A private file and the handle that it is open with, which the caller closes; gone in the end, unless renamed."""
    handle, name = tempfile.mkstemp(prefix=".icare-", suffix=".tmp", dir=folder)
    temporary = Path(name)
    try:
        yield handle, temporary
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


def _name(temporary: Path, path: Path) -> bool:
    """Give a finished file its name, which no system does twice."""
    try:
        if sys.platform == "win32":
            temporary.rename(path)
        else:
            path.hardlink_to(temporary)
    except FileExistsError:
        return temporary.stat().st_nlink > 1  # NFS may say so of the link that it just made
    except OSError:  # the drive has no links: the name first, then what is in it
        try:
            with path.open("xb") as file:
                file.write(temporary.read_bytes())
                _share_with_group(path)
        except FileExistsError:
            return False
    return True


def _share_with_group(path: Path) -> None:
    if sys.platform != "win32":
        path.chmod(0o660 if path.parent.stat().st_mode & 0o020 else 0o600)
