"""Taking back a form: what is right is recorded, what is wrong is told beside its row."""

from __future__ import annotations

from collections import Counter

from icare_xl.excel import next_steps as then
from icare_xl.excel.forms import layout
from icare_xl.excel.forms import sentences as say
from icare_xl.excel.forms.errors import NoRow, RowTwice
from icare_xl.excel.forms.form import Entry, Kind, Shown, in_words
from icare_xl.excel.forms.list_form import LIST_FORM
from icare_xl.excel.forms.reading import KEY, Filled, read
from icare_xl.excel.forms.settings_form import SETTINGS_FORM
from icare_xl.excel.forms.status_form import STATUS_FORM
from icare_xl.excel.session import Session
from icare_xl.model.addresses import Place
from icare_xl.model.errors import IcareError, text_of
from icare_xl.model.grid import Grid
from icare_xl.model.text import Text

KINDS: tuple[Kind, ...] = (STATUS_FORM, SETTINGS_FORM, LIST_FORM)  # each kind of form there is


def record(session: Session) -> None:
    """Record the rows of the form in front that were filled in or changed since they were last recorded. Raises NoForm,
    HeadsChanged, and what keeps Excel from changing the sheet; then nothing was recorded.
    """
    book, name = session.book, session.book.front
    grid = book.grid(name)
    filled = read(grid, KINDS)
    book.must_be_writable(name)
    done, wrong = _each(session, filled)
    try:
        if cells := _news(grid, filled, done, wrong):
            book.write(name, cells)
    except IcareError as fault:  # all is recorded and told; only the sheet does not show it
        session.mention(fault.text)
    reasons = [say.row_wrong(row, why) for row, why in sorted(wrong.items())]
    session.tell(say.recorded(len(done), len(wrong)), *reasons, then=then.RECORD_AGAIN if wrong else then.CLOSE_FORM)


def _each(session: Session, filled: Filled) -> tuple[list[tuple[Entry, Shown]], dict[int, Text]]:
    """The recorded rows with what each shows now, and what is wrong with the others, by row of the sheet."""
    changed = [each for each in filled.entries if each.changed]
    ways = Counter(key for key, _ in {(each.key, tuple(each.texts.items())) for each in changed})
    wrong = {row: NoRow().text for row in filled.strays}
    done = list[tuple[Entry, Shown]]()
    for entry in changed:
        try:
            if ways[entry.key] > 1:
                raise RowTwice
            if (shown := filled.kind.record(session, entry)) is not None:
                done.append((entry, shown))
        except (IcareError, OSError) as fault:
            wrong[entry.row] = text_of(fault)
    return done, wrong


def _news(grid: Grid, filled: Filled, done: list[tuple[Entry, Shown]], wrong: dict[int, Text]) -> dict[Place, str]:
    """The cells that hold something else than they should now."""
    kind, language, columns = filled.kind, filled.language, filled.columns
    beside = columns[kind.wrong.id]
    cells = {(row, beside): "" for row, _ in grid.column(beside, filled.head + 1)}
    cells |= {(row, beside): why.to(language) for row, why in wrong.items()}
    for entry, shown in done:
        texts = {column: in_words(value, language) for column, value in shown.items()}
        now = {column: texts.get(column, text) for column, text in entry.texts.items()}
        cells |= {(entry.row, columns[column]): text for column, text in texts.items()}
        cells[entry.row, columns[KEY]] = layout.key(kind.name, entry.key, now)
    return {place: text for place, text in cells.items() if text != grid.at(*place).text}
