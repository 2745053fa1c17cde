"""The command line: what the buttons do, on .xlsx files and without Excel."""

from icare_xl.cli import (  # each adds its commands
    accepting,
    checking,
    demo,
    excel,
    ledger,
    rejected_files,
    saving,
    setting,
    templates,
)
from icare_xl.cli.command import main

__all__ = [
    "accepting",
    "checking",
    "demo",
    "excel",
    "ledger",
    "main",
    "rejected_files",
    "saving",
    "setting",
    "templates",
]
