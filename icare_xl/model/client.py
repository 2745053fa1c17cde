"""Who a row is about: the fields that tell a client, and the one key by which clients are compared."""

from __future__ import annotations

from icare_xl.model.normalise import comparison_key


def client_key(identifier: str) -> str:
    """An identifier to compare with others: without dashes, blanks and differences of case."""
    return comparison_key(identifier).replace("-", "").replace(" ", "")
