"""What the tests of all folders share: sheets, services, other programs, colours."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
