"""Writes the story again: `python -m tests.story`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from icare_xl.model.text import Language
from tests.stand_in.engine import in_place
from tests.stand_in.with_openpyxl import OpenpyxlBackend
from tests.story.stage import FILES, told


def main() -> None:
    for language, path in FILES.items():
        path.write_text(in_openpyxl(language), "utf-8", newline="\n")
        print(path)


def in_openpyxl(language: Language) -> str:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch, in_place(OpenpyxlBackend()) as excel:
        return told(excel, language, Path(folder), patch).story


if __name__ == "__main__":
    main()
