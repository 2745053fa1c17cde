"""The zip container of a workbook: parts are read whole, and copied as raw bytes where nothing changed."""

from __future__ import annotations

import copy
import lzma
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from icare_xl.workbooks.xlsx.errors import Damage, Damaged, Encrypted, NotAPackage, OldFormat, TooLarge, XlsxError

LARGEST_PART = 1 << 30  # bytes unpacked; 100,000 full rows of 95 columns are about a third of it
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """An open .xlsx, read only."""

    def __init__(self, path: Path) -> None:
        """Raises NotAPackage, Damaged, Encrypted, OldFormat, and OSError where the file cannot be opened."""
        self._file = path.open("rb")
        try:
            self._zip = zipfile.ZipFile(self._file)
            if "[Content_Types].xml" not in self.names:
                raise NotAPackage()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            why = self._why_not_zip()
            self._file.close()
            raise why from None
        except NotAPackage:
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
        """A part, unpacked. Raises Damaged where it is missing or broken, TooLarge before unpacking."""
        try:
            info = self._zip.getinfo(name)
            if info.file_size > LARGEST_PART:
                raise TooLarge(megabytes=info.file_size >> 20)
            return self._zip.read(info)
        except KeyError:
            raise Damaged(Damage.MISSING_PART, name=name) from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as fault:
            raise Damaged(Damage.PACKED_PART, name=name) from fault

    def write(self, target: Path, changed: Mapping[str, bytes]) -> None:
        """A copy in which only `changed` parts differ."""
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
            raise Damaged(Damage.ZIP_DIRECTORY)
        self._file.seek(info.header_offset)
        return self._file.read(end - info.header_offset)

    def _why_not_zip(self) -> XlsxError:
        self._file.seek(0)
        head = self._file.read(1 << 20)
        if head.startswith(b"PK\x03\x04"):
            return Damaged(Damage.CUT_OFF)
        if not head.startswith(_COMPOUND_FILE):
            return NotAPackage()
        encrypted = "EncryptedPackage".encode("utf-16-le") in head + self._file.read()
        return Encrypted() if encrypted else OldFormat()


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
