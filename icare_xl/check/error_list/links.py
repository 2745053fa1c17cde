"""Links from the list to a cell of a workbook, as formulas: of the other kind Excel keeps at most 65,530 on a sheet."""

from __future__ import annotations

from pathlib import PurePath


def link(file: PurePath, sheet: str, cell: str) -> str:
    """A formula that shows the cell's name and leads to the cell."""
    target = f"{_book(str(file))}'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
    return f'HYPERLINK({_literal(target)},"{cell}")'


def _book(file: str) -> str:
    """`[C:\\month\\january.xlsx]` is the form that Microsoft documents. Where the file is on no Windows machine, or
    has brackets in its name, `file:///month/january.xlsx#`, which LibreOffice follows too.
    """
    if not file.startswith("/") and not set("[]") & set(file):
        return f"[{file}]"
    path = file.replace("\\", "/").replace("%", "%25").replace("#", "%23")
    return f"file:{'' if path.startswith('//') else '//' if path.startswith('/') else '///'}{path}#"


def _literal(text: str) -> str:
    """A text in a formula, in pieces of no more than the 255 signs that Excel takes."""
    pieces = (text[start : start + 250] for start in range(0, len(text), 250))
    return "&".join('"{}"'.format(piece.replace('"', '""')) for piece in pieces)
