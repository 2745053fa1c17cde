"""The zip container of a workbook: parts are read whole, and copied as raw bytes where nothing changed."""

from __future__ import annotations

import copy
import lzma
import os
import stat
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from icare_xl.errors import (
    AlreadyThere,
    CannotRead,
    CannotWrite,
    DamagedWorkbook,
    EncryptedWorkbook,
    NoSuchFile,
    NotAWorkbook,
    OldWorkbook,
    OutputIsInput,
    OutputNotXlsx,
    WorkbookTooLarge,
)
from icare_xl.model import Text

LARGEST_PART = 1 << 30  # bytes unpacked; 100,000 full rows of 95 columns are about a third of it
_GARBLED = Text("its table of contents is garbled", "sa table des matières est illisible")
_CUT_OFF = Text("it ends too early", "il est tronqué")
_READ_ONLY = Text("it is read-only", "il est en lecture seule")
_TOO_LONG = Text("the names of its folders and its own are too long for Windows",
                 "ses noms de dossiers et le sien sont trop longs pour Windows")  # fmt: skip
LONGEST_PATH = 259 if sys.platform == "win32" else sys.maxsize  # Windows says of longer ones that they do not exist
PATIENCE = 1.0 if sys.platform == "win32" else 0.0  # seconds, for a virus scanner that looks at what was just written
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """An open .xlsx, read only. `save` writes another one beside it; the input is never touched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = path.open("rb")
        except FileNotFoundError:
            raise (CannotRead(path=path, reason=_TOO_LONG) if _is_too_long(path) else NoSuchFile(path=path)) from None
        except OSError as fault:
            raise CannotRead(path=path, reason=fault.strerror) from fault
        try:
            self._zip = zipfile.ZipFile(self._file)
            if "[Content_Types].xml" not in self.names:
                raise NotAWorkbook(path=path)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            why = self._why_not_zip()
            self._file.close()
            raise why from None
        except NotAWorkbook:
            self._file.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._file.close()

    @property
    def names(self) -> list[str]:
        """The parts, in the order in which the file stores them."""
        return [info.filename for info in self._zip.infolist()]

    def read(self, name: str) -> bytes:
        """A part, unpacked. Raises DamagedWorkbook where it is missing or broken, WorkbookTooLarge before unpacking."""
        try:
            info = self._zip.getinfo(name)
            if info.file_size > LARGEST_PART:
                raise WorkbookTooLarge(path=self.path, megabytes=info.file_size >> 20)
            return self._zip.read(info)
        except KeyError:
            raise DamagedWorkbook(
                path=self.path, reason=Text("“{name}” is missing", "« {name} » est absent").format(name=name)
            ) from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as fault:
            raise DamagedWorkbook(
                path=self.path,
                reason=Text("“{name}” cannot be unpacked", "« {name} » ne peut être décompressé").format(name=name),
            ) from fault

    def save(self, out: Path, changed: Mapping[str, bytes], prove: Callable[[Path], None] | None = None) -> None:
        """Write a copy in which only `changed` parts differ; whole or not at all, never over the input.

        `prove` may look at the finished file before it takes its place, and raise to have it thrown away.
        """
        with written_beside(out, self.path) as temporary:
            self._write(temporary, changed)
            if prove:
                prove(temporary)

    def _write(self, target: Path, changed: Mapping[str, bytes]) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            new.comment = self._zip.comment
            for info in self._zip.infolist():
                if info.filename in changed:
                    entry = zipfile.ZipInfo(info.filename, info.date_time)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    entry.external_attr = info.external_attr
                    new.writestr(entry, changed[info.filename])
                else:
                    _append_raw(new, info, self._record(info))

    def _record(self, info: zipfile.ZipInfo) -> bytes:
        """The stored bytes of an entry: local header, data, and what follows up to the next entry."""
        ends = [other.header_offset for other in self._zip.infolist()] + [self._zip.start_dir]
        end = min((offset for offset in ends if offset > info.header_offset), default=0)
        if not end:
            raise DamagedWorkbook(path=self.path, reason=_GARBLED)
        self._file.seek(info.header_offset)
        return self._file.read(end - info.header_offset)

    def _why_not_zip(self) -> Exception:
        self._file.seek(0)
        head = self._file.read(1 << 20)
        if not head.startswith(_COMPOUND_FILE):
            return (DamagedWorkbook(path=self.path, reason=_CUT_OFF) if head.startswith(b"PK\x03\x04")
                    else NotAWorkbook(path=self.path))  # fmt: skip
        encrypted = "EncryptedPackage".encode("utf-16-le") in head + self._file.read()
        return EncryptedWorkbook(path=self.path) if encrypted else OldWorkbook(path=self.path)


def _append_raw(new: zipfile.ZipFile, info: zipfile.ZipInfo, record: bytes) -> None:
    """Add an entry without unpacking it; the directory that `close` writes then lists it like any other."""
    assert new.fp is not None
    entry = copy.copy(info)
    entry.header_offset = new.start_dir
    new.fp.seek(new.start_dir)
    new.fp.write(record)
    new.filelist.append(entry)
    new.NameToInfo[entry.filename] = entry
    new.start_dir = new.fp.tell()


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
