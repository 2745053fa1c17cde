"""Sheets broken as people break them, each with what was put in: independent of the code that says what is wrong with them.

python -m tests.support.breaking                    # the table by cause
python -m tests.support.breaking --show "CA06 12"   # one sheet in full, and what was found
"""

from tests.support.breaking import answers, blocks, head, people, rows, series, writing  # these enlist themselves
from tests.support.breaking.page import BREAKERS, Breaker, Page, Put
from tests.support.breaking.play import Case, Score, alone, clean, single_faults, together

__all__ = [
    "BREAKERS", "Breaker", "Case", "Page", "Put", "Score", "alone", "answers", "blocks", "clean", "head", "people", "rows", "series",
    "single_faults", "together", "writing",
]  # fmt: skip
