"""Which row of one table is which row of another: told by keys that both have, else by how much they are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Row = TypeVar("Row", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)

LIKE = 0.5  # rows that share fewer of their cells are not taken for the same
MOST_COMPARED = 1_000_000  # pairs of rows, a second of work


def rows_by_key(keys: Mapping[Row, Key]) -> dict[Key, list[Row]]:
    """Each key -> its rows, in the order given; a row whose key is None has none."""
    found: dict[Key, list[Row]] = defaultdict(list)
    for row, key in keys.items():
        if key is not None:
            found[key].append(row)
    return found


def by_keys(*turns: tuple[Mapping[Row, Hashable], Mapping[Row, Hashable]]) -> dict[Row, Row]:
    """Rows of the first table -> those of the second with the same key, where as many rows have it on either side.

    Each turn has the keys of the rows of both; a row that found its partner is out of the turns that follow.
    """
    pairs: dict[Row, Row] = {}
    for first, second in turns:
        taken = set(pairs.values())
        left = rows_by_key({row: key for row, key in first.items() if row not in pairs})
        free = rows_by_key({row: key for row, key in second.items() if row not in taken})
        for key, rows in left.items():
            if len(rows) == len(free.get(key, ())):
                pairs.update(zip(rows, free[key], strict=True))
    return pairs


def each_once(candidates: Iterable[tuple[Row, Other]]) -> dict[Row, Other]:
    """The pairs that come first: a row or a partner that is taken is not taken again."""
    pairs: dict[Row, Other] = {}
    taken: set[Other] = set()
    for row, other in candidates:
        if row not in pairs and other not in taken:
            pairs[row] = other
            taken.add(other)
    return pairs


def by_likeness(
    first: Mapping[int, frozenset[Key]], second: Mapping[int, frozenset[Key]], ahead: float
) -> dict[int, int]:
    """Rows of the first table -> those of the second, the most alike first; of equally alike ones the nearest.

    Rows are numbers, given with the set of their cells. A row of the second table whose best match is not `ahead` (a share
    of the cells) of the next stays alone. Nothing is paired where there are too many rows to compare.
    """
    if len(first) * len(second) > MOST_COMPARED:
        return {}
    alike = ((_likeness(first[one], second[other]), -abs(one - other), one, other) for one in first for other in second)
    ranked = sorted(alike, reverse=True)
    best: dict[int, list[float]] = defaultdict(list)
    for likeness, _, _, other in ranked:
        best[other].append(likeness)
    clear = {other for other, (most, *less) in best.items() if not less or most - less[0] >= ahead}
    return each_once((one, other) for likeness, _, one, other in ranked if likeness >= LIKE and other in clear)


def _likeness(one: frozenset[Key], other: frozenset[Key]) -> float:
    """The share of cells in common, from 0 to 1."""
    return len(one & other) / max(len(one), len(other), 1)
