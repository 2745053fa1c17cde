"""Where the rows of a change stand now, after people edited, inserted, deleted or sorted rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from hashlib import blake2b

import numpy as np

from icare_xl.excel.undo_log import Change
from icare_xl.model.addresses import Place
from icare_xl.model.grid import Grid
from icare_xl.model.normalise import comparison_key
from icare_xl.model.row_match import by_keys, rows_by_key


def row_digests(grid: Grid) -> dict[int, str]:
    """Each filled row -> what tells it from others: a digest of its cells."""
    sums = np.zeros(max((int(rows[-1]) for rows, _ in grid.columns.values()), default=0) + 1, np.uint64)
    for column, (rows, codes) in grid.columns.items():
        distinct, inverse = np.unique(codes, return_inverse=True)
        cells = [grid.cells[code] for code in distinct]
        numbers = [0 if cell.blank else _number(f"{column} {cell.text}") for cell in cells]
        sums[rows] += np.array(numbers, np.uint64)[inverse]
    return {row: f"{int(sums[row]):x}" for row in np.flatnonzero(sums).tolist()}


def client_digests(grid: Grid, rows: Collection[int], columns: Collection[int]) -> dict[int, dict[int, str]]:
    """Each of these rows -> digests of what tells its client, by column; `""` for a blank cell."""

    def digest(text: str) -> str:
        return f"{_number(comparison_key(text)):x}" if comparison_key(text) else ""

    return {row: {column: digest(grid.at(row, column).text) for column in columns} for row in rows}


def followed(change: Change, grid: Grid) -> dict[Place, Place]:
    """Each cell of a change -> where it stands now; without those of rows that nobody can tell.

    A row that is as the change left it has stayed, or has moved to where it is found now. Else it was edited: it has stayed,
    if all others have and something of its client is still there, or nothing ever told its client; or it is the one row
    that is new and has all of its client.
    """
    now = row_digests(grid)
    found = by_keys((_in_place(change.rows), _in_place(now)), (change.rows, now))
    calm, settled, taken = all(row == at for row, at in found.items()), bool(found), {*found.values()}
    columns = {column for known in change.clients.values() for column in known}
    here = client_digests(grid, {*now, *change.clients} - taken, columns)
    alike = rows_by_key({row: frozenset(known.items()) for row, known in here.items()})
    for row in {row for row, _ in change.after} - found.keys():
        known = change.clients.get(row, {})
        told = any(known.values())
        same = [at for at, digest in here.get(row, {}).items() if digest and digest == known.get(at)]
        if calm and row not in taken and (same or (not told and (settled or row not in now))):
            found[row] = row
        elif told and len(rows := alike.get(frozenset(known.items()), [])) == 1:
            found[row] = rows[0]
    claims = Counter(found.values())
    return {
        (row, column): (found[row], column) for row, column in change.after if row in found and claims[found[row]] == 1
    }


def _in_place(digests: Mapping[int, str]) -> dict[int, tuple[int, str]]:
    """Keys that only a row which stayed where it was has."""
    return {row: (row, digest) for row, digest in digests.items()}


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
