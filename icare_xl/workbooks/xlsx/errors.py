"""What can be wrong with a package, for whoever opened it to say in words."""

from __future__ import annotations

from enum import Enum, auto


class XlsxError(Exception):
    """The base of all; `words` hold what a sentence about it has to name."""

    def __init__(self, **words: object) -> None:
        self.words = words
        super().__init__(*words.values())


class NotAPackage(XlsxError):
    """No zip file, or one without a list of contents."""


class Encrypted(XlsxError):
    """A package behind a password."""


class OldFormat(XlsxError):
    """An .xls, or a binary .xlsb."""


class TooLarge(XlsxError):
    """A part that would be unpacked to so many `megabytes`."""


class RowsAreTied(XlsxError):
    """Formulas, merged cells, comments or links, which do not move with their rows."""


class Damage(Enum):
    """What is broken; behind it, the words that go with it."""

    CUT_OFF = auto()
    ZIP_DIRECTORY = auto()
    NO_MAIN_PART = auto()
    MISSING_PART = auto()  # name
    PACKED_PART = auto()  # name
    GARBLED_PART = auto()  # name
    FORMATS = auto()
    SHEET = auto()
    ROW = auto()  # row
    COLUMN = auto()  # name
    CELL = auto()  # text


class Damaged(XlsxError):
    """A package that is broken off, or that contradicts the file format."""

    def __init__(self, what: Damage, **words: object) -> None:
        self.what = what
        super().__init__(**words)


class Oddity(Enum):
    """What is legal but never written by Excel; behind it, the words that go with it."""

    ENCODING = auto()
    MARKUP = auto()  # sign
    CELLS = auto()


class Unusual(XlsxError):
    """A sheet that cannot be read by position, as its XML is legal but not as Excel writes it."""

    def __init__(self, what: Oddity, **words: object) -> None:
        self.what = what
        super().__init__(**words)
