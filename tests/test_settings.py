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
        ('month = "March"', "month", "March", "2026-03"),
        ('month = "9999-12"', "month", "9999-12", "2026-03"),
    ],
)  # fmt: skip
class TestABadValue:
    def test_names_file_key_value_and_what_is_allowed_and_counts_as_not_set(
        self, line: str, key: str, value: str, allowed: str, own_settings: Path
    ) -> None:
        own_settings.write_text(f'{line}\nupload_folder = "up"', "utf-8")
        found = settings.load(own_settings, CODES)
        [told] = found.problems
        for part in (str(own_settings), key, value, allowed):
            assert part in told.en
        assert found.upload_folder == "up" and not (key in settings.Settings.__slots__ and found.value(key))

    def test_is_one_sentence_at_the_command_line_and_stops_only_what_cannot_do_without(
        self, line: str, key: str, value: str, allowed: str, own_settings: Path, run: Run
    ) -> None:
        own_settings.write_text(line, "utf-8")
        result = run("ledger", "list", "--lang", "fr")
        assert result.stderr.count("\n") == 1 and key in result.stderr
        assert (result.exit_code, result.stdout == "") == ((2, True) if key == "ledger" else (0, False))


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
    found = settings.load(own_settings, CODES)
    assert key in found.sources or str(own_settings) in found.problems[0].en
    assert all(key in told.en and key in told.fr for told in found.problems if "cannot be “" in told.en)


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
    def test_that_are_wrong_name_themselves_and_the_check_goes_on(
        self, text: str, named: str, run: Run, tmp_path: Path, own_settings: Path
    ) -> None:
        path = self.doubtful(tmp_path)
        own_settings.write_text(text, "utf-8")
        result = run("check", path, "--lang", "en", "--json")
        assert result.exit_code == 1 and json.loads(result.stdout)["warnings"] == 1
        assert result.stderr.count("\n") == 1 and named in result.stderr and "settings.toml" in result.stderr


class TestAnUnusableFile:
    """Whoever forgets where the ledger is would send rows twice."""

    @pytest.mark.parametrize("text", ["ledger =", "ledger = 3", "a = [" * 5000])
    def test_stops_what_needs_the_ledger_and_nothing_else(
        self, text: str, own_settings: Path, run: Run, clean: Path
    ) -> None:
        own_settings.write_text(text, "utf-8")
        assert run("check", clean).exit_code == 0
        for words in (
            ("save", clean, own_settings.parent / "out"),
            ("ledger", "list"),
            ("ledger", "status", "k", "error"),
        ):
            result = run(*words)
            assert result.exit_code == 2 and result.stderr.count("\n") == 1 and "settings.toml" in result.stderr
        assert not (own_settings.parent / "out").exists()
        assert run("ledger", "list", "--ledger", own_settings.parent / "other").exit_code == 0

    def test_of_the_agency_leaves_the_ledger_known(self, mine: Path, agency: Path, run: Run) -> None:
        agency.write_text("province =", "utf-8")
        result = run("ledger", "list")
        assert result.exit_code == 0 and str(agency) in result.stderr
        assert settings.load(mine, CODES).province == "ON"


class TestTheReportingMonth:
    def test_is_what_the_commands_report_unless_another_is_named(self, own_settings: Path, run: Run) -> None:
        assert "January 2026: upload by" in run("ledger", "list", "--today", "2026-02-03", "--lang", "en").stdout
        assert shown(run, "month", "2025-11")["month"] == {"value": "2025-11", "from": str(own_settings)}
        assert "November 2025: upload by" in run("ledger", "list", "--today", "2026-02-03", "--lang", "en").stdout
        assert "December 2025: upload by" in run("ledger", "list", "--month", "2025-12", "--lang", "en").stdout

    def test_is_what_a_check_goes_by(self, own_settings: Path, run: Run, clean: Path) -> None:
        today = ("--today", "2026-02-03", "--json")
        run("settings", "month", "2025-11")
        assert run("check", clean, *today).stdout == run("check", clean, "--month", "2025-11", *today).stdout
        own_settings.unlink()
        assert run("check", clean, *today).stdout != run("check", clean, "--month", "2025-11", *today).stdout
