"""Where the rows of a change stand now, after people edited, inserted, deleted or sorted rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from hashlib import blake2b

import numpy as np

from icare_xl.address import place_of
from icare_xl.grid import Grid
from icare_xl.journal import Change
from icare_xl.wording import plain

Place = tuple[int, int]


def digests(grid: Grid, but_for: Collection[int]) -> dict[str, str]:
    """Each filled row (as text) -> what tells it from others: a digest of its cells but for those in some columns."""
    columns = {column: filled for column, filled in grid.columns.items() if column not in but_for}
    sums = np.zeros(max((int(rows[-1]) for rows, _ in columns.values()), default=0) + 1, np.uint64)
    for column, (rows, codes) in columns.items():
        distinct, places = np.unique(codes, return_inverse=True)
        texts = [grid.cells[code].text if not grid.cells[code].blank else "" for code in distinct]
        sums[rows] += np.array([_number(f"{column} {text}") if text else 0 for text in texts], np.uint64)[places]
    return {str(row): f"{int(sums[row]):x}" for row in np.flatnonzero(sums).tolist()}


def clients(grid: Grid, rows: Collection[int], columns: Collection[int]) -> dict[str, dict[str, str]]:
    """Each of these rows (as text) -> digests of what tells its client, by column (as text)."""
    return {
        str(row): {str(at): f"{_number(plain(text)):x}" for at in columns if (text := grid.at(row, at).text)}
        for row in rows
    }


def followed(change: Change, grid: Grid) -> dict[str, Place]:
    """Each cell of a change -> where it stands now; without those of rows that nobody can tell.

    A row whose other cells are as they were has stayed, or has moved to where they are found now. Else it was edited, and is
    the one row of its client among those that are new; or, where nothing tells its client, has stayed if all others have.
    """
    places = {cell: place_of(cell) for cell in change.after}
    now = digests(grid, {column for _, column in places.values()})
    exact = _exact(change.rows, now)
    calm = all(row == at for row, at in exact.items())
    free = now.keys() - exact.values()
    found = dict(exact)
    of_client = _by_client(grid, free, {int(column) for known in change.clients.values() for column in known})
    for row in {str(row) for row, _ in places.values()} - exact.keys():
        known = change.clients.get(row, {})
        mates = set[str]().union(*(of_client[each] for each in known.items() if each in of_client))
        if calm and row in free and (row in mates or (exact and not known)):
            found[row] = row
        elif len(mates) == 1:
            found[row] = mates.pop()
    claims = Counter(found.values())
    return {
        cell: (int(found[str(row)]), column)
        for cell, (row, column) in places.items()
        if claims[found.get(str(row), "")] == 1
    }


def _exact(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """The rows whose digest is found again: where they were, else where as many rows have it as had it."""
    pairs = {row: row for row, digest in then.items() if now.get(row) == digest}
    lost, free = (_by_digest(rows, but_for=pairs) for rows in (then, now))
    for digest, rows in lost.items():
        if len(rows) == len(free.get(digest, ())):
            pairs.update(zip(rows, free[digest], strict=True))
    return pairs


def _by_client(grid: Grid, rows: Collection[str], columns: Collection[int]) -> dict[tuple[str, str], set[str]]:
    """Column and digest of what tells a client -> their rows."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row, known in clients(grid, [*map(int, rows)], columns).items():
        for each in known.items():
            found[each].add(row)
    return found


def _by_digest(rows: Mapping[str, str], but_for: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows.keys() - set(but_for), key=int):
        found[rows[row]].append(row)
    return found


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
