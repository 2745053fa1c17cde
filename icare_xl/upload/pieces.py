"""What becomes the files for upload: the workbook itself, or workbooks with a part of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from icare_xl.icare import recognise
from icare_xl.model.sheet import MOST_ROWS, Sheet
from icare_xl.workbooks.file import FileHost
from icare_xl.workbooks.proof import prove_only_rows


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes one file; `number` counts them where there are several."""

    host: FileHost
    sheet: Sheet
    source: Path
    number: int | None = None


@contextmanager
def pieces(host: FileHost, sheet: Sheet, kept: Sequence[int], most: int) -> Iterator[list[Piece]]:
    """The workbook itself where all its rows are kept and are no more than `most`, else workbooks of 2,500 rows at most that
    hold each row to keep (Excel's) once.
    """
    if len(kept) == len(sheet.rows) <= most:
        yield [Piece(host, sheet, host.path)]
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as opened:
        found = []
        for number, start in enumerate(range(0, len(kept), MOST_ROWS), 1):
            path, rows = Path(folder) / f"{number}.xlsx", kept[start : start + MOST_ROWS]
            with host.copy_of_rows(path, sheet.name, rows, sheet.first_row) as written:
                prove_only_rows(host, sheet, rows, written)
            part = opened.enter_context(FileHost(path))
            count = number if len(kept) > MOST_ROWS else None
            found.append(Piece(part, recognise.upload_sheet(part, sheet.name), host.path, count))
        yield found
