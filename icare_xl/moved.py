"""Where the cells of a change stand now, after rows were inserted, deleted or sorted since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from hashlib import blake2b

from icare_xl.address import place_of
from icare_xl.grid import Grid
from icare_xl.journal import Change

Place = tuple[int, int]


def digests(grid: Grid, but_for: Collection[int], rows: Collection[int] | None = None) -> dict[int, str]:
    """Row -> what tells it from others: a digest of its cells but for those in some columns. All filled rows, without `rows`."""
    texts: dict[int, list[str]] = defaultdict(list, {row: [] for row in rows or ()})
    for column in sorted(grid.columns.keys() - set(but_for)):
        for row, cell in grid.column(column):
            if rows is None or row in rows:
                texts[row].append(f"{column} {cell.text}")
    return {row: blake2b("\n".join(cells).encode(), digest_size=8).hexdigest() for row, cells in texts.items()}


def followed(change: Change, grid: Grid) -> dict[str, Place]:
    """Each cell of a change -> where it stands now; none where nobody can tell.

    A row whose other cells are as they were has stayed, or has moved to where they are found now. A row that is found
    nowhere was edited, and has stayed unless another row of the change has moved.
    """
    places = {cell: place_of(cell) for cell in change.after}
    columns = {column for _, column in places.values()}
    known = {int(row): digest for row, digest in change.rows.items()}
    here = digests(grid, columns, known)
    now = {row: row for row, digest in known.items() if here[row] == digest}
    if len(now) < len(known):
        filled = digests(grid, columns)
        lost, free = _by_digest(known, now), _by_digest(filled, now)
        moved = {
            row: at
            for digest, rows in lost.items()
            if len(rows) == len(free.get(digest, ()))
            for row, at in zip(rows, free[digest], strict=True)
        }
        edited = {row: row for row in known if known[row] not in free and row in filled}
        now |= moved or edited
    return {cell: (now[row], column) for cell, (row, column) in places.items() if row in now}


def _by_digest(digest_of: Mapping[int, str], but_for: Collection[int]) -> dict[str, list[int]]:
    """Digest -> its rows, but for some."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, digest in sorted(digest_of.items()):
        if row not in but_for:
            rows[digest].append(row)
    return rows
