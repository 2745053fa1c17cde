"""Names of cells: `E7` is row 7, column 4 (columns count from 0, rows as Excel counts them)."""

from __future__ import annotations

from functools import cache


@cache
def letters(column: int) -> str:
    """The letters of a column: 0 is A, 94 is CQ."""
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


@cache
def column_number(text: str) -> int:
    """The column that letters name: A is 0, CQ is 94."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def a1(row: int, column: int) -> str:
    return f"{letters(column)}{row}"
