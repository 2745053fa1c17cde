"""The nouns: texts, templates, cells, sheets, clients, findings, notes; everything else is made of them."""

__all__ = [
    "addresses",
    "cells",
    "check_date",
    "client",
    "columns",
    "counting",
    "dates",
    "errors",
    "finding",
    "grid",
    "normalise",
    "note",
    "row_match",
    "sheet",
    "spoken_dates",
    "template",
    "text",
]
