"""What people read: both languages, two short sentences, no blame, French typed as French is."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest
from icare_addin import build

from icare_xl import demo, errors, say, upload
from icare_xl.ledger import database, folder, history
from icare_xl.model import Text
from icare_xl.rules import RULES

FAULTS = [each.says for each in errors.IcareError.__subclasses__()]
REFUSALS = [text for text in vars(upload).values() if isinstance(text, Text)]
LEDGER = [text for each in (folder, database, history) for text in vars(each).values() if isinstance(text, Text)]
ADVICE = [*say._ADVICE.values()]
DEMO = [step.says for step in demo.STEPS] + [demo.LOOK_AT]
CATALOGUE = [
    Text(row[f"{part}_en"], row[f"{part}_fr"])
    for row in csv.DictReader((files("icare_templates") / "messages.csv").read_text("utf-8").splitlines())
    for part in ("meaning", "fix")
]
ADDIN = [text for key, text in build.texts().items() if not key.endswith(".label") and key != "working"]
TEXTS = [rule.says for rule in RULES] + FAULTS + REFUSALS + DEMO + CATALOGUE + ADDIN + LEDGER + ADVICE


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.en[:40])
class TestEveryText:
    def test_has_the_same_words_to_fill_in_both_languages(self, text: Text) -> None:
        blanks = [set(re.findall(r"\{\w+\}", each)) for each in (text.en, text.fr)]
        assert blanks[0] == blanks[1]

    def test_is_polite_without_begging_and_blames_nobody(self, text: Text) -> None:
        assert not re.search(r"\b(please|invalid|veuillez|invalide|you must|vous devez)\b", text.en + text.fr, re.I)

    def test_uses_french_blanks(self, text: Text) -> None:
        assert not re.search("« | »| [:;!?]| :", text.fr), text.fr
        assert text.fr.count("«\u00a0") == text.fr.count("\u00a0»")

    def test_uses_french_apostrophes(self, text: Text) -> None:
        assert "'" not in text.fr and "'" not in text.en

    def test_ends_as_a_sentence(self, text: Text) -> None:
        assert text.en[-1] == "." and text.fr[-1] == "."


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_is_wrong_and_then_what_to_do(rule: object) -> None:
    for text in (rule.says.en, rule.says.fr):  # type: ignore[attr-defined]
        sentences = re.split(r"\. ", re.sub(r"“[^”]*”|«[^»]*»|\{\w+\}", "x", text))
        assert len(sentences) == 2, text
