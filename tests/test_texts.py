"""What people read: both languages, two short sentences, no blame, French typed as French is."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

from icare_addin import build

from icare_xl.check import list_match
from icare_xl.check.error_list import chart, listing, page, summary, workbook
from icare_xl.check.rules import RULES, dates, formats, values
from icare_xl.check.sentences import MEANING, holds_a_formula
from icare_xl.cli.demo import LOOK_AT, STEPS
from icare_xl.excel.buttons.tab import RIBBON
from icare_xl.excel.edits import Undone
from icare_xl.excel.ribbon import buttons_of
from icare_xl.excel.sentences import (
    BACK_TO_EXCEL,
    FORGOTTEN,
    IN_FULL,
    MAY_MARK_ONLINE,
    NONE_OF_ITS_KIND,
    NOT_MARKED,
    NOTHING_KEPT,
    NOTHING_TO_FIX,
    NOTHING_TO_UNDO,
    ON_A_PAGE,
    SAVED_AT_ONCE,
    WHICH_ACCOUNT,
    corrected,
    read_only,
    undone,
)
from icare_xl.icare import library, messages
from icare_xl.icare.example import good_row
from icare_xl.icare.messages import Collected
from icare_xl.model.errors import IcareError
from icare_xl.model.sheet import NOTES
from icare_xl.model.text import Text
from icare_xl.rejected import likely_slips, rejections
from icare_xl.rejected.sentences import complaint_lines, messages_collected, note_explained, rejected_summary
from icare_xl.upload import guards
from icare_xl.upload.ledger import database, folder, history
from icare_xl.upload.sentences import _ADVICE
from tests.icare.test_notes import FIRST, SECOND
from tests.support.each import of_each
from tests.support.literals import literal_texts
from tests.support.sheets import sheet_of

FAULTS = [each.says for each in IcareError.__subclasses__()]
REFUSALS = [text for text in vars(guards).values() if isinstance(text, Text)]
LEDGER = [text for each in (folder, database, history) for text in vars(each).values() if isinstance(text, Text)]
ADVICE = [*_ADVICE.values()]
DEMO = [step.says for step in STEPS] + [LOOK_AT]
CATALOGUE = [
    Text(row[f"{part}_en"], row[f"{part}_fr"])
    for row in csv.DictReader((files("icare_templates") / "messages.csv").read_text("utf-8").splitlines())
    for part in ("meaning", "fix")
]
CAUSES = [text for text in vars(likely_slips).values() if isinstance(text, Text)]
REASONS = [each.reason for each in messages.shipped().entries if each.reason]
ADDIN = [text for key, text in build.texts().items() if not key.endswith(".label") and key != "working"]


def noted(note: str, rows: tuple[int, ...]) -> list[Text]:
    """Everything that is said of these rows with this note and an identifier of 7 digits."""
    row = good_row() | {NOTES: note.replace("'", "’"), "client_validation_id": "1234567"}
    found = rejections.read(sheet_of(dict.fromkeys(rows, row)), messages.shipped())
    return [rejected_summary(found), *complaint_lines(found), *(note_explained(each, 0) for each in found.complaints)]


UNKNOWN = SECOND.partition("(")[0] + "(Service) Too late. / (Service) Trop tard."
NOTED = [text for note in (FIRST, SECOND, UNKNOWN) for rows in ((4,), (4, 6)) for text in noted(note, rows)]
NOTED += [messages_collected(Collected(count, Path("messages.csv"))) for count in (1, 2)]
PROPOSED = [
    text for module in (list_match, dates, formats, values) for text in vars(module).values() if isinstance(text, Text)
]
FORGETTING = [NOTHING_KEPT, FORGOTTEN]
UNDOING = [
    undone(Undone(Text("Propose", "Proposer"), *found))
    for found in (([(4, 0)], [], True), ([(4, 0), (6, 0)], [(5, 0)], False), ([], [], True), ([], [], False))
]
UNDOING += [NOTHING_TO_UNDO, NONE_OF_ITS_KIND]
CLOUD = [
    SAVED_AT_ONCE,
    NOT_MARKED,
    BACK_TO_EXCEL,
    ON_A_PAGE,
    WHICH_ACCOUNT,
    read_only("a.xlsx"),
]
CLOUD += [
    Text(MAY_MARK_ONLINE.en.partition(".")[0] + ".", MAY_MARK_ONLINE.fr.partition(".")[0] + "."),
    IN_FULL,
]
FIXES = [NOTHING_TO_FIX, holds_a_formula("E7"), corrected(1), corrected(2)]
MARKS = [*MEANING.values()]
LIST = [listing.CARE, page.NO_SCRIPT]
# Names and heads, which are no sentences.
LABELS = [
    *(text for module in (chart, listing, page, summary, workbook) for text in vars(module).values()
      if isinstance(text, Text) and text not in LIST),
    *(head.name for head in listing.COLUMNS),
    *library.services().values(),
    *(text for each in summary.summary(listing.Listing([])) for text in (each.title, each.name, each.about)),
]  # fmt: skip
TEXTS = (
    [rule.says for rule in RULES]
    + [rule.why for rule in RULES]
    + FAULTS
    + REFUSALS
    + DEMO
    + CATALOGUE
    + CAUSES
    + ADDIN
    + NOTED
)
TEXTS += PROPOSED + FORGETTING + UNDOING + FIXES + CLOUD + MARKS + LIST + LEDGER + ADVICE
LITERALS = literal_texts()
EVERY = [*TEXTS, *(text for text in LITERALS.values() if text not in TEXTS)]


def test_the_literals_hold_whatever_the_modules_do() -> None:
    imported = [text for rule in RULES for text in (rule.sentence, rule.why)]
    imported += [
        text for each in buttons_of(RIBBON) if not each.id.startswith("new_") for text in (each.label, each.tip)
    ]
    imported += FAULTS + REFUSALS + LEDGER + ADVICE + CAUSES + PROPOSED + FORGETTING + MARKS + LIST
    assert not {*imported} - {*LITERALS.values()}


@of_each(EVERY)
def test_every_text_has_the_same_words_to_fill_in_both_languages(text: Text) -> None:
    blanks = [set(re.findall(r"\{\w+\}", each)) for each in (text.en, text.fr)]
    assert blanks[0] == blanks[1]


@of_each(EVERY)
def test_every_text_is_polite_without_begging_and_blames_nobody(text: Text) -> None:
    assert not re.search(r"\b(please|invalid|veuillez|invalide|you must|vous devez)\b", text.en + text.fr, re.I)


@of_each(EVERY)
def test_every_text_uses_french_blanks(text: Text) -> None:
    assert not re.search("« | »| [:;!?]| :", text.fr), text.fr
    assert text.fr.count("«\u00a0") == text.fr.count("\u00a0»")


@of_each(EVERY)
def test_every_text_uses_french_apostrophes(text: Text) -> None:
    assert "'" not in text.fr and "'" not in text.en


@of_each(EVERY)
def test_every_text_uses_the_quotes_of_its_language(text: Text) -> None:
    assert not re.search('["«»]', text.en) and not re.search('["“”]', text.fr)
    assert text.en.count("“") == text.en.count("”")
    assert text.fr.count("«") == text.fr.count("«\u00a0") and text.fr.count("»") == text.fr.count("\u00a0»")


@of_each(EVERY)
def test_every_text_has_no_blank_too_many(text: Text) -> None:
    for each in (text.en, text.fr):
        assert each == each.strip(" \u00a0")
        assert not re.search(r"(?<!\})  |  (?!\{)", each.replace("\n  ", "\n"))  # between two values it is a column


@of_each(EVERY)
def test_every_text_ends_alike_in_both_languages(text: Text) -> None:
    ends = [re.sub(r".*?([.:?!…]?)$", r"\1", each, flags=re.S) for each in (text.en, text.fr)]
    assert ends[0] == ends[1]


WORN = {  # what must not come back, and what stands for it
    r"\bréglages?\b|\bréglée?\b": "paramètres",
    r"\b(la|de|une|autre|sous|aucune|connue) forme\b(?! de texte)": "format",
    r"\bprouvée?s?\b": "vérifiée",
    r"\baucune espace|\bsuperflues": "aucun espace",
    r"[\d}] d(es|e) (les )?(\{(all|total)|\d)": "1 sur 11",
    r"identifiants? d(e|es) champs?|\bid des champs?": "code de colonne",
    r"postérieure à aujourd’hui": "dans le futur",
    r"\b(Correction|Vérification|Liste) de \{": "2 cellules corrigées",
}
WORN_ENGLISH = re.compile(r"\bfield ids?\b|\bstands?\b(?! for)|\bsigns\b|\bslips?\b")


def test_worn_words_do_not_come_back() -> None:
    for place, text in LITERALS.items():
        assert not WORN_ENGLISH.search(text.en), (place, text.en)
        for worn, instead in WORN.items():
            assert not re.search(worn, text.fr), (place, instead, text.fr)


@of_each(TEXTS)
def test_a_sentence_ends_as_one(text: Text) -> None:
    assert text.en[-1] == "." and text.fr[-1] == "."


@of_each(LABELS)
def test_a_label_is_in_both_languages_and_typed_as_french_is(text: Text) -> None:
    assert text.en and text.fr
    assert "'" not in text.fr + text.en and not re.search("« | »|[^\u00a0][:;!?]", text.fr)
    assert set(re.findall(r"\{\w+\}", text.en)) == set(re.findall(r"\{\w+\}", text.fr))


@of_each(RULES)
def test_a_rule_says_what_is_wrong_and_then_what_to_do(rule: object) -> None:
    for text in (rule.says.en, rule.says.fr):  # type: ignore[attr-defined]
        sentences = re.split(r"\. ", re.sub(r"“[^”]*”|«[^»]*»|\{\w+\}", "x", text))
        assert len(sentences) == 2, text


@of_each(REASONS)
def test_a_reason_fits_into_the_sentence_that_counts_rows(reason: Text) -> None:
    assert re.fullmatch(r"[a-z][^.:;]*", reason.en) and re.fullmatch(r"[a-zé][^.:;']*", reason.fr)
