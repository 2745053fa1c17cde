"""What is said of files: people's words, each only where it is true, and nothing that only the command line knows."""

from __future__ import annotations

import re

from icare_xl.cli import sentences
from icare_xl.cli.saving import save
from icare_xl.model.spoken_dates import spoken_day, spoken_month
from tests.support.each import of_each
from tests.support.literals import literal_texts
from tests.upload.test_saving_again import DAY, DECEMBER

SAID = [text for place, text in literal_texts().items() if place.startswith("upload/")]


@of_each(SAID)
def test_no_sentence_names_an_option_a_command_or_a_status_of_programs(text: object) -> None:
    allowed = r"\{\w+\}|“icare-xl verify”|«\u00a0icare-xl verify\u00a0»|pip install “icare-xl.*”"
    told = re.sub(allowed, "", f"{text.en} {text.fr}")  # type: ignore[attr-defined]
    assert not re.search(r"--\w|\bpending\b|\bwithdrawn\b|\bicare-xl (save|ledger|verify)\b", told)


@of_each(SAID)
def test_nobody_is_told_that_icare_has_what_was_only_saved(text: object) -> None:
    assert not re.search(r"iCARE has it|iEDEC l’a\b", f"{text.en} {text.fr}")  # type: ignore[attr-defined]


def test_the_options_that_the_command_line_names_are_there() -> None:
    options = {option for parameter in save.params for option in parameter.opts}
    for hint in sentences._SAVE_HINTS.values():
        for told in (hint.en, hint.fr):
            assert {*re.findall(r"--[a-z-]+", told)} <= options and "--" in told


def test_days_and_months_are_written_out() -> None:
    assert (spoken_day(DAY).en, spoken_day(DAY).fr) == ("3 February 2026", "3 février 2026")
    assert spoken_day(DAY.replace(day=1)).fr == "1er février 2026"
    assert (spoken_month(DECEMBER).en, spoken_month(DECEMBER).fr) == ("December 2025", "décembre 2025")
