"""What a button works with: the Excel it was pressed in, and the person who pressed it."""

from __future__ import annotations


class Desk: ...
