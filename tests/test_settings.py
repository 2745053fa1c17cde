"""What is set for good: by a person, by the agency, and which of the two is in force."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from icare_xl import settings
from icare_xl.model.errors import IcareError
from icare_xl.settings import BadSetting, BadSettings
from tests.check.test_folder import write
from tests.conftest import Run
from tests.support import some
from tests.support.services import good

CODES = {"IC101", "IC201"}
MINE = """\
# Ana's settings
language = "fr"   # at work
province = "ON"

# what we do not look at
without = ["house", "ic201"]
accounts = ["North York", "Scarborough"]
closing_days = [2026-08-03, "2026-04-06"]
"""


@pytest.fixture
def mine(own_settings: Path) -> Path:
    own_settings.write_text(MINE, "utf-8")
    return own_settings


@pytest.fixture
def agency(mine: Path) -> Path:
    """The agency's file beside the ledger."""
    folder = mine.parent / "ledger"
    folder.mkdir()
    return folder / "agency.toml"


def shown(run: Run, *words: str) -> dict[str, Any]:
    result = run("settings", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["settings"]


class TestInForce:
    def test_as_a_person_set_them(self, mine: Path) -> None:
        found = settings.load(mine, CODES)
        assert (found.language, found.province, found.without) == ("fr", "ON", {"house", "IC201"})
        assert found.accounts == ("North York", "Scarborough")
        assert found.closing_days == (date(2026, 4, 6), date(2026, 8, 3))
        assert (found.agency, found.naming, found.ledger) == (None, None, str(mine.parent / "ledger"))

    def test_the_agency_wins_and_each_says_where_it_comes_from(self, mine: Path, agency: Path) -> None:
        agency.write_text('province = "bc"\nagency = "Newcomer House"', "utf-8")
        found = settings.load(mine, CODES)
        assert (found.province, found.agency, found.language) == ("BC", "Newcomer House", "fr")
        assert (found.sources["province"], found.sources["language"]) == (agency, mine)
        assert "naming" not in found.sources

    def test_the_agency_does_not_move_the_ledger(self, mine: Path, agency: Path) -> None:
        agency.write_text('ledger = "elsewhere"', "utf-8")
        assert settings.load(mine, CODES).ledger == str(agency.parent)

    def test_another_ledger_brings_its_own_agency(self, mine: Path, tmp_path: Path) -> None:
        (tmp_path / "agency.toml").write_text('province = "QC"', "utf-8")
        assert settings.load(mine, CODES, str(tmp_path)).province == "QC"
        assert settings.load(mine, CODES, "sqlite:///x.db").province == "ON"

    def test_a_relative_ledger_is_meant_from_the_file_that_names_it(self, own_settings: Path) -> None:
        own_settings.write_text('ledger = "team/ledger"', "utf-8")
        assert settings.load(own_settings, CODES).ledger == str(own_settings.parent / "team" / "ledger")

    def test_nobody_set_anything(self, own_settings: Path) -> None:
        found = settings.load(own_settings, CODES)
        assert found.sources == {} and found.without == frozenset()


@pytest.mark.parametrize(
    ("line", "key", "value", "allowed"),
    [
        ('province = "Ontario"', "province", "Ontario", "federal, AB, BC"),
        ('language = "de"', "language", "de", "en, fr"),
        ("closing_days = [2026-08-03T10:00:00]", "closing_days", "2026-08-03 10:00:00", "2026-08-03"),
        ('closing_days = ["3 August"]', "closing_days", "3 August", "2026-08-03"),
        ('accounts = "North York"', "accounts", "North York", "a list"),
        ('accounts = ["North York", 3]', "accounts", "North York, 3", "a list"),
        ('naming = "{client}.xlsx"', "naming", "{client}.xlsx", "{service}"),
        ('naming = "{service"', "naming", "{service", "{service}"),
        ('naming = "../{service}.xlsx"', "naming", "../{service}.xlsx", "{service}"),
        ('without = ["IC9999"]', "without", "IC9999", "list of rules"),
        ('agency = " "', "agency", " ", "name"),
        ("ledger = 3", "ledger", "3", "folder"),
        ("colour = 3", "colour", "", "agency, accounts"),
    ],
)  # fmt: skip
class TestABadValue:
    def test_names_file_key_value_and_what_is_allowed(
        self, line: str, key: str, value: str, allowed: str, own_settings: Path
    ) -> None:
        own_settings.write_text(line, "utf-8")
        with pytest.raises(IcareError) as told:
            settings.load(own_settings, CODES)
        for part in (str(own_settings), key, value, allowed):
            assert part in told.value.text.en

    def test_is_one_sentence_at_the_command_line(
        self, line: str, key: str, value: str, allowed: str, own_settings: Path, run: Run
    ) -> None:
        own_settings.write_text(line, "utf-8")
        result = run("ledger", "list", "--lang", "fr")
        assert result.exit_code == 2 and result.stdout == "" and result.stderr.count("\n") == 1 and key in result.stderr


class TestSetting:
    def test_one_keeps_the_comments_and_the_rest(self, mine: Path, run: Run) -> None:
        assert shown(run, "province", "bc")["province"] == {"value": "BC", "from": str(mine)}
        assert mine.read_text("utf-8") == MINE.replace('"ON"', '"bc"')

    def test_a_list(self, own_settings: Path, run: Run) -> None:
        shown(run, "accounts", "North York", "Scarborough")
        found = shown(run, "closing-days", "2026-08-03", "2026-04-06")
        assert found["accounts"]["value"] == ["North York", "Scarborough"]
        assert found["closing_days"]["value"] == ["2026-04-06", "2026-08-03"]

    def test_unset(self, mine: Path, run: Run) -> None:
        assert shown(run, "province", "--unset")["province"] == {"value": None, "from": None}
        assert mine.read_text("utf-8") == MINE.replace('province = "ON"\n', "")

    def test_for_the_whole_agency(self, mine: Path, agency: Path, run: Run) -> None:
        assert shown(run, "province", "NS", "--agency")["province"] == {"value": "NS", "from": str(agency)}
        assert mine.read_text("utf-8") == MINE

    @pytest.mark.parametrize(
        "words",
        [("province", "Ontario"), ("colour", "red"), ("province",), ("province", "ON", "--unset"),
         ("ledger", "x", "--agency"), ("province", "ON", "--agency", "--ledger", "sqlite:///x.db")],
    )  # fmt: skip
    def test_a_bad_one_changes_nothing(self, words: tuple[str, ...], mine: Path, agency: Path, run: Run) -> None:
        assert run("settings", *words).exit_code == 2
        assert mine.read_text("utf-8") == MINE and not agency.exists()

    def test_mends_a_bad_one(self, own_settings: Path, run: Run) -> None:
        own_settings.write_text('province = "Ontario"  # hm', "utf-8")
        assert shown(run, "province", "ON")["province"]["value"] == "ON"
        assert own_settings.read_text("utf-8") == 'province = "ON"  # hm'

    def test_a_ledger_is_meant_from_here(
        self, own_settings: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert shown(run, "ledger", "team")["ledger"]["value"] == str(tmp_path / "team")

    def test_no_password_is_shown(self, own_settings: Path, run: Run) -> None:
        own_settings.write_text('ledger = "sqlite://ana:geheim@/x.db"', "utf-8")
        assert shown(run)["ledger"]["value"] == "sqlite://ana:***@/x.db"

    def test_a_file_that_is_no_toml_stays(self, own_settings: Path, run: Run) -> None:
        own_settings.write_text("province =", "utf-8")
        assert run("settings", "language", "fr").exit_code == 2
        assert own_settings.read_text("utf-8") == "province ="


class TestLanguage:
    def test_is_the_default_of_lang(self, mine: Path, run: Run) -> None:
        assert "téléversement" in run("ledger", "list").stdout
        assert "upload by" in run("ledger", "list", "--lang", "en").stdout

    @pytest.mark.parametrize("text", ["language =", 'language = "de"', ""])
    def test_is_the_systems_where_none_can_be_read(self, text: str, own_settings: Path) -> None:
        own_settings.write_text(text, "utf-8")
        assert settings.language_of(own_settings) is None


_anything = st.recursive(
    st.text() | st.integers() | st.booleans() | st.dates() | st.floats(allow_nan=False),
    lambda inside: st.lists(inside, max_size=3),
    max_leaves=4,
)


@hypothesis(max_examples=some(150), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([each.name for each in settings.SETTINGS]), _anything)
def test_any_value_is_read_or_names_itself(own_settings: Path, key: str, value: object) -> None:
    import tomlkit

    own_settings.write_text(tomlkit.dumps({key: value}), "utf-8")
    try:
        settings.load(own_settings, CODES)
    except BadSetting as told:
        assert key in told.text.en and key in told.text.fr
    except BadSettings:
        assert "\x00" in str(value) or not isinstance(value, str)


class TestInACheck:
    def doubtful(self, tmp_path: Path) -> Path:
        row = good("client_profile", 0) | {"client_validation_id": "1234567", "postal_txt": "?"}
        return write(tmp_path, "p.xlsx", "client_profile", row)

    @pytest.mark.parametrize("without", ['["house"]', '["IC130"]', '["ic130"]'])
    def test_leave_out_house_rules_for_good(self, without: str, run: Run, tmp_path: Path, own_settings: Path) -> None:
        path = self.doubtful(tmp_path)
        assert json.loads(run("check", path, "--json").stdout)["warnings"] == 1
        own_settings.write_text(f"without = {without}", "utf-8")
        found = json.loads(run("check", path, "--json").stdout)
        assert (found["errors"], found["warnings"]) == (1, 0)

    @pytest.mark.parametrize(
        ("text", "named"), [('without = ["IC9999"]', "IC9999"), ("language = 3", "language"), ("without =", "Invalid value"),
                            ('without = "house"', "house"), ("without = [[1]]", "1")]
    )  # fmt: skip
    def test_that_are_wrong_name_themselves(
        self, text: str, named: str, run: Run, tmp_path: Path, own_settings: Path
    ) -> None:
        path = self.doubtful(tmp_path)
        own_settings.write_text(text, "utf-8")
        result = run("check", path, "--lang", "en")
        assert result.exit_code == 2 and named in result.stderr and "settings.toml" in result.stderr
