"""A form as a person filled it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from icare_xl.excel.forms import layout
from icare_xl.excel.forms.errors import HeadsChanged, NoForm
from icare_xl.excel.forms.form import Entry, Kind
from icare_xl.model.addresses import Place
from icare_xl.model.grid import Grid
from icare_xl.model.text import Language, quoted


@dataclass(frozen=True, slots=True)
class Filled:
    """`entries` are the rows below its `head`, and `strays` those in which somebody typed though they belong to nothing.
    `columns` are where the form's own now stand, the hidden one as `KEY`.
    """

    kind: Kind
    language: Language
    head: int
    columns: Mapping[str, int]
    entries: Sequence[Entry]
    strays: Sequence[int]


KEY = "key"


def read(grid: Grid, kinds: Sequence[Kind]) -> Filled:
    """The form on a sheet. Raises NoForm, and HeadsChanged where its columns cannot be told any more."""
    fault: Exception = NoForm()
    for kind, language, place in _heads(grid, kinds):
        heads = {cell.text: column for column, cell in grid.row(place[0]).items()}
        wanted = {each.id: each.head.to(language) for each in (*kind.columns, kind.wrong)}
        gone = [head for head in wanted.values() if head not in heads]
        if not gone:
            columns = {id_: heads[head] for id_, head in wanted.items()} | {KEY: place[1]}
            return _filled(grid, kind, language, columns, place)
        fault = HeadsChanged(heads=quoted(gone))
    raise fault


def _filled(grid: Grid, kind: Kind, language: Language, columns: Mapping[str, int], place: Place) -> Filled:
    entries, strays = list[Entry](), list[int]()
    for row in range(place[0] + 1, grid.end[0] + 1):
        texts = {each.id: grid.at(row, columns[each.id]).text.strip() for each in kind.to_fill_in}
        if known := layout.read_key(grid.at(row, place[1]).text, kind.name):
            entries.append(Entry(row, known[0], texts, known[1]))
        elif any(texts.values()):
            strays.append(row)
    return Filled(kind, language, place[0], columns, entries, strays)


def _heads(grid: Grid, kinds: Sequence[Kind]) -> Iterator[tuple[Kind, Language, Place]]:
    """Where the head of a form may be. On most sheets no value tells of one, and no cell is looked at."""
    by_name = {kind.name: kind for kind in kinds}
    if not any(layout.read_head(cell.text, by_name) for cell in grid.cells):
        return
    for column in sorted(grid.columns, reverse=True):  # it stands at the right
        for row, cell in grid.column(column):
            if found := layout.read_head(cell.text, by_name):
                yield by_name[found[0]], found[1], (row, column)
