"""iCARE's notes: the known specimens to the letter, all else told apart, kept and never lost."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icare_xl.icare import notes
from icare_xl.model.normalise import collapse_blanks
from icare_xl.model.text import Text

CLIENT = Text(
    "Unable to validate against database.", "Impossible de valider dans la base de données."
)  # fmt: skip
FIRST = (
    "[BUID:62957,RID:91670490,ORP:1/37,DTS:2015-04-13 13:18:22][XML:] (Client) Unable to validate against database. / "
    "(Client) Impossible de valider dans la base de données.)"
)
SECOND = (
    "[BUID:62957,RID:43432228,ORP:6/37,DTS:2015-04-13 13:18:23][XML:consent_ind, phone_no] (Profile) Telephone number "
    "has not been specified. / (Profil) Le numéro de téléphone n'a pas été indiqué."
)
THIRD = (
    "[BUID:305939,RID:,ORP:4/5,DTS:2018-08-07 10:05:04][1] (Client) Unable to validate against database. / "
    "(Client) Impossible de valider dans la base de données."
)


class TestSpecimens:
    def test_of_2015_for_identity(self) -> None:
        (note,) = notes.parse(FIRST)
        assert (note.upload_id, note.record_id, note.position, note.total) == ("62957", "91670490", 1, 37)
        assert note.stamped == datetime(2015, 4, 13, 13, 18, 22)
        (message,) = note.messages
        assert (message.fields, message.category, message.text.en) == ((), "Client", CLIENT.en)
        assert message.text.fr == CLIENT.fr + ")"  # as it is written on the help page
        assert note.raw == FIRST

    def test_of_2015_with_fields(self) -> None:
        (note,) = notes.parse(SECOND)
        assert (note.record_id, note.position, note.stamped) == ("43432228", 6, datetime(2015, 4, 13, 13, 18, 23))
        (message,) = note.messages
        assert (message.fields, message.category) == (("consent_ind", "phone_no"), "Profile")
        assert message.text == Text(
            "Telephone number has not been specified.", "Le numéro de téléphone n'a pas été indiqué."
        )

    def test_of_2018(self) -> None:
        (note,) = notes.parse(THIRD)
        assert (note.upload_id, note.record_id, note.position, note.total) == ("305939", "", 4, 5)
        assert note.stamped == datetime(2018, 8, 7, 10, 5, 4)
        assert [(each.fields, each.category, each.text) for each in note.messages] == [((), "Client", CLIENT)]

    @pytest.mark.parametrize("specimen", [FIRST, SECOND, THIRD])
    def test_are_explained(self, specimen: str) -> None:
        (message,) = notes.parse(specimen)[0].messages
        assert message.meaning and message.fix


def test_several_notes_in_a_cell_are_each_read() -> None:
    assert [note.raw for note in notes.parse(f"{FIRST}\n{SECOND} {THIRD}")] == [FIRST, SECOND, THIRD]


def test_several_messages_of_a_note_are_each_read() -> None:
    (note,) = notes.parse(THIRD + "\u00a0[2] (Profile) Other. / (Profil) Autre.")
    assert [(each.category, each.text.en) for each in note.messages] == [("Client", CLIENT.en), ("Profile", "Other.")]


def test_field_ids_may_have_brackets() -> None:
    ids = ("childminding_NewcomerChildren[1]childminding_age_id", "short_term_service[2]entry_dt", "phone_no")
    text = SECOND.replace("consent_ind, phone_no", ", ".join(ids))
    assert notes.parse(text)[0].messages[0].fields == ids


def test_a_note_without_its_french_half_is_read() -> None:
    (message,) = notes.parse(THIRD.partition(" / ")[0])[0].messages
    assert message.text == Text(CLIENT.en, "")


def test_an_impossible_moment_loses_nothing_else() -> None:
    (note,) = notes.parse(THIRD.replace("2018-08-07", "2018-18-07"))
    assert note.stamped is None and note.position == 4


@pytest.mark.parametrize("remark", ["ask Maria", "2018-01-01", "BUID", "[1] done", "see [BUID:", "(Client) called", ""])
def test_own_remark_is_not_a_note(remark: str) -> None:
    assert notes.parse(remark) == [] and not notes.has_note(remark) and not notes.is_only_notes(remark)


def test_a_remark_beside_a_note_keeps_the_cell() -> None:
    assert notes.has_note(f"ask Maria {THIRD}") and not notes.is_only_notes(f"ask Maria {THIRD}")
    assert notes.is_only_notes(f" \n{THIRD}")


@pytest.mark.parametrize("remark", ["(ask Maria)", "[ask Maria]", "Ana: called 5 May", "done"])
@pytest.mark.parametrize("between", ["\n", " "])
def test_a_remark_behind_a_known_note_keeps_the_cell(remark: str, between: str) -> None:
    for note in (FIRST, SECOND, THIRD):
        assert notes.is_only_notes(note) and notes.has_note(note + between + remark)
        assert not notes.is_only_notes(note + between + remark)


def test_notes_on_lines_of_their_own_are_still_only_notes() -> None:
    second_message = "[2] (Profile) Other. / (Profil) Autre."
    assert notes.is_only_notes(f"{FIRST}\n\n{SECOND}\n{second_message}\n{THIRD}")
    assert notes.is_only_notes(THIRD.replace(" / ", "\n/ ").replace("[1]", "\n[1]"))


class TestVariations:
    """None is evidenced; each is read all the same."""

    @pytest.mark.parametrize("specimen", [FIRST, SECOND, THIRD])
    @pytest.mark.parametrize(
        "written",
        [
            lambda note: note.replace(" ", "\u00a0"),
            lambda note: note.replace("'", "&#39;").replace(" / ", "&nbsp;/&nbsp;"),
            lambda note: note.replace("'", "&amp;#39;"),
            lambda note: note.replace("[", "&#91;").replace("é", "&eacute;"),
            lambda note: note.replace(" / ", "\n/ ").replace("](", "]\n("),
            lambda note: note.replace(",DTS:", ",SRC:web,DTS:"),
            lambda note: note.replace("][", "][LANG:en]["),
            lambda note: note.replace("] (", "][PRIO:high] ("),
            lambda note: note + ")",
            lambda note: note + " [BUID:62957,RID:4343",
            lambda note: note.replace("BUID:", "BUID : ").replace("XML:", "XML: "),
        ],
    )  # fmt: skip
    def test_say_the_same(self, specimen: str, written: Callable[[str], str]) -> None:
        (plain,), (read,) = notes.parse(specimen), notes.parse(written(specimen))
        assert (read.upload_id, read.record_id, read.position, read.total, read.stamped) == (
            plain.upload_id, plain.record_id, plain.position, plain.total, plain.stamped,
        )  # fmt: skip
        (mine,), (theirs,) = read.messages, plain.messages
        assert (mine.fields, mine.category, mine.reason) == (theirs.fields, theirs.category, theirs.reason)
        assert (collapse_blanks(mine.text.en), collapse_blanks(mine.text.fr).rstrip(")")) == (
            theirs.text.en,
            theirs.text.fr.rstrip(")"),
        )

    @pytest.mark.parametrize("specimen", [FIRST, SECOND, THIRD])
    def test_french_first_is_still_french(self, specimen: str) -> None:
        (plain,) = notes.parse(specimen)[0].messages
        head, english, french = *specimen.partition(" (")[::2], specimen.partition(" / ")[2]
        english = "(" + english.partition(" / ")[0]
        (message,) = notes.parse(f"{head} {french} / {english}")[0].messages
        assert message == plain
        (alone,) = notes.parse(f"{head} {french}")[0].messages
        assert (alone.text, alone.reason) == (Text("", plain.text.fr), plain.reason)

    def test_a_message_without_a_marker_is_read(self) -> None:
        (message,) = notes.parse(THIRD.replace("[1] ", ""))[0].messages
        assert (message.category, message.text) == ("Client", CLIENT)

    def test_words_without_a_category_are_kept_as_they_are(self) -> None:
        (message,) = notes.parse(SECOND.partition("(")[0] + "something else")[0].messages
        assert (message.fields, message.category, message.text.en) == (
            ("consent_ind", "phone_no"), None, "something else",
        )  # fmt: skip

    def test_words_between_head_and_marker_are_kept_and_keep_the_cell(self) -> None:
        text = THIRD.replace("][1]", "] ask Maria [1]")
        first, second = notes.parse(text)[0].messages
        assert (first.category, first.text.en, second.text) == (None, "ask Maria", CLIENT)
        assert not notes.is_only_notes(text)

    def test_a_remark_behind_an_english_half_alone_keeps_the_cell(self) -> None:
        english = THIRD.partition(" / ")[0]
        assert notes.is_only_notes(english) and not notes.is_only_notes(english + " ask Maria")

    @pytest.mark.parametrize("length", range(60, len(SECOND)))
    def test_however_truncated_nothing_is_lost(self, length: int) -> None:
        (note,) = notes.parse(SECOND[:length])
        assert note.raw == SECOND[:length].strip()
        said = " ".join(f"{each.text.en} {each.text.fr}" for each in note.messages)
        behind = SECOND[:length].partition("(")[2]
        left = collapse_blanks(re.sub(r"\((Profile?|Client)\)", "", "(" + behind)).replace(" / ", " ")
        assert not behind or set(re.findall(r"\w{3,}", left)) <= set(re.findall(r"\w+", f"{said} Profil Profi"))

    def test_truncated_words_are_recognised(self) -> None:
        (message,) = notes.parse(THIRD[: THIRD.index("against")])[0].messages
        assert message.text.en == "Unable to validate" and message.reason == Text("identity", "l’identité")
        (message,) = notes.parse(SECOND[: SECOND.index(" not been")])[0].messages
        assert message.reason and message.reason.en == "a missing phone number"

    def test_a_slash_and_a_bracket_inside_the_words_part_nothing(self) -> None:
        text = THIRD.replace("[1] (Client) Unable", "[1] (Profile) City / (town) unable").replace(
            "/ (Client) Imp", "/ (Profil) Ville / (village) imp"
        )
        (message,) = notes.parse(text)[0].messages
        assert message.text.en.startswith("City / (town)") and message.text.fr.startswith("Ville / (village)")


words = st.text(string.ascii_letters + " .,'éàç-", min_size=1, max_size=30).map(str.strip).filter(bool)
ids = st.from_regex(r"[a-z]{2,8}(\[[1-9]\][a-z]{2,6})?_(id|ind|dt)", fullmatch=True)


@pytest.mark.thorough
@given(
    heads=st.lists(
        st.tuples(st.integers(1, 10**6), st.integers(1, 2500), st.datetimes(datetime(2014, 1, 1), datetime(2030, 1, 1)),
                  st.lists(st.tuples(st.lists(ids, max_size=3), words, words), min_size=1, max_size=3)),
        min_size=1, max_size=3),
    gap=st.sampled_from(["", " ", "\n", "\u00a0"]),
)  # fmt: skip
def test_generated_notes_read_back(
    heads: list[tuple[int, int, datetime, list[tuple[list[str], str, str]]]], gap: str
) -> None:
    def written(upload: int, position: int, stamped: datetime, messages: list[tuple[list[str], str, str]]) -> str:
        head = f"[BUID:{upload},RID:,ORP:{position}/2500,DTS:{stamped:%Y-%m-%d %H:%M:%S}]"
        return head + gap.join(
            f"[XML:{', '.join(fields)}] (Profile) {en} / (Profil) {fr}" for fields, en, fr in messages
        )

    read = notes.parse(gap.join(written(*head) for head in heads))
    assert [(int(note.upload_id), note.position) for note in read] == [head[:2] for head in heads]
    assert [note.stamped for note in read] == [head[2].replace(microsecond=0) for head in heads]
    assert [[(list(each.fields), each.text.en, each.text.fr) for each in note.messages] for note in read] == [
        head[3] for head in heads
    ]


SAID = [
    ("Client", "Client", "Unable to validate against database.", "Impossible de valider dans la base de données."),
    ("Profile", "Profil", "Telephone number has not been specified.", "Le numéro de téléphone n'a pas été indiqué."),
    ("Service", "Service", "The end date is before the start date.", "La date de fin est avant la date de début."),
]


@pytest.mark.thorough
@given(
    said=st.lists(st.tuples(st.sampled_from(SAID), st.lists(ids, max_size=3), st.booleans()), min_size=1, max_size=3),
    order=st.sampled_from(["english first", "french first", "english alone", "french alone"]),
    blank=st.sampled_from([" ", "\u00a0", "\n", "\r\n"]),
    odd=st.sampled_from(["", "[LANG:fr]", "[PRIO:1]"]),
    entities=st.booleans(),
    stray=st.sampled_from(["", ")"]),
)
def test_generated_variations_read_back(
    said: list[tuple[tuple[str, str, str, str], list[str], bool]],
    order: str, blank: str, odd: str, entities: bool, stray: str,
) -> None:  # fmt: skip
    text = "[BUID:62957,RID:,ORP:4/37,DTS:2026-02-03 10:05:04]"
    for number, ((category_en, category_fr, english, french), fields, numbered) in enumerate(said, 1):
        halves = [f"({category_en}) {english}", f"({category_fr}) {french}"]
        kept = {"english alone": halves[:1], "french alone": halves[1:], "french first": halves[::-1]}.get(
            order, halves
        )
        marker = f"[{number}]" if numbered else f"[XML:{', '.join(fields)}]"
        text += f"{odd}{marker}{blank}" + f"{blank}/{blank}".join(kept) + stray + blank
    if entities:
        text = text.replace("'", "&#39;").replace("é", "&eacute;").replace("\u00a0", "&nbsp;")
    (note,) = notes.parse(text)
    assert note.raw == text.strip()
    for message, ((_, _, english, french), fields, numbered) in zip(note.messages, said, strict=True):
        assert message.fields == (() if numbered else tuple(fields))
        assert message.text.en.rstrip(")") == ("" if order == "french alone" else english)
        assert message.text.fr.rstrip(")") == ("" if order == "english alone" else french)


@given(
    st.text(st.sampled_from("[]()/,: 1ABUIDROPTSXML:\n\u00a0&#39;é"), max_size=120),
    st.sampled_from([FIRST, SECOND, THIRD]),
)
def test_any_text_is_read_and_kept(text: str, specimen: str) -> None:
    for whole in (text, specimen + text, text + specimen):
        read = notes.parse(whole)
        assert notes.has_note(whole) == bool(read)
        assert all(note.raw in whole or note.raw in html.unescape(whole) for note in read)
        assert all(note.messages for note in read)
