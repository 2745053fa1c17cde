"""What the tests of all folders share: sheets, services, other programs, colours."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
thorough = False  # as `--thorough` says, before any test is imported


def some(cases: int) -> int:
    """So many random cases, or a tenth of them where tests are to be quick."""
    return cases if thorough else max(4, cases // 10)
