"""The messages that nobody has explained yet, written down for the person who can."""

from __future__ import annotations

from icare_xl.icare import messages
from icare_xl.icare.messages import Collected
from icare_xl.model.normalise import comparison_key
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.rejected.rejections import Rejected


def collect(rejected: Rejected) -> Collected:
    """Put the messages that nobody has explained into the person's own catalogue, without a client's data."""
    said = [each.message for each in rejected.complaints]
    unknown = [each.text for each in said if each.category is not None and not each.explained]
    sheet = rejected.sheet
    words = {comparison_key(word) for field in sheet.template.fields for word in field.label.split()}
    return messages.collect(rejected.catalogue, unknown, _values(sheet) if unknown else (), words)


def _values(sheet: Sheet) -> set[str]:
    """What stands below the labels, but for what was picked from a list."""
    lists = {sheet.layout.columns[field.id] for field in sheet.fields() if field.allowed}
    columns = set(sheet.grid.columns) - lists - {sheet.layout.columns.get(NOTES)}
    return {cell.text for column in columns for _, cell in sheet.grid.column(column, sheet.first_row)}
