"""The cases of the command line: every command with its options, as text and JSON, in English and French, and its refusals."""

from __future__ import annotations

from tests.recorded.transcript import Case
from tests.support.services import SERVICES

COMMANDS = (
    "check", "notes", "strip", "only-rejected", "corrections", "save", "verify", "fix", "unmark", "new", "compare", "rules",
    "ledger", "ledger list", "ledger status", "ledger returned", "settings", "press", "install", "uninstall", "demo",
)  # fmt: skip
_TODAY = "--today 2026-02-03"
_UNUSABLE = ("cut_off.xlsx", "text.xlsx", "empty.xlsx", "old.xls", "encrypted.xlsx", "macros.xlsm", "plain.xlsx")


def _each(line: str, of: tuple[str, ...]) -> str:
    return "\n".join(line.format(each) for each in of)


CASES = (
    Case("help", (), "--help\n" + _each("{} --help", COMMANDS)),
    Case("usage", ("january.xlsx",), """
        check
        nothing-of-ours
        check january.xlsx --lang de
        check january.xlsx --without IC999
        check january.xlsx --today tomorrow
        check january.xlsx --marked same.xlsx --list same.xlsx
        fix january.xlsx fixed.xlsx --safe --all-suggestions
        save january.xlsx upload --ledger ""
        ledger status abc lost
        settings language
        """),
    Case("check", ("january.xlsx",), """
        check january.xlsx : en fr json
        check january.xlsx --without house : en json
        check january.xlsx --without IC101 --without ic130 --json
        check january.xlsx --month 2025-12 : fr json
        check january.xlsx --today 2025-12-31 --json
        check january.xlsx --sheet "iCARE Template" --lang en
        check january.xlsx --sheet March : en fr
        """),
    Case("check_marked", ("january.xlsx", "x14.xlsx"), """
        check january.xlsx --marked marked.xlsx : en fr json
        check marked.xlsx --lang en
        check x14.xlsx --marked new/x14_marked.xlsx --lang en
        check january.xlsx --marked january.xlsx : en fr
        check january.xlsx --marked marked.pdf : en fr
        unmark marked.xlsx bare.xlsx : en fr json
        unmark january.xlsx nothing_to_unmark.xlsx --lang en
        unmark marked.xlsx marked.xlsx : en fr
        """),
    Case("check_list", ("january.xlsx", "sent.xlsx", "month"), f"""
        check january.xlsx --list list.xlsx : en fr json
        check january.xlsx --list list.html : en fr
        check sent.xlsx --list clean.xlsx --lang en
        check month --list month.xlsx {_TODAY} : en fr
        check month --list month.html {_TODAY} : en fr
        check january.xlsx --list list.txt : en fr
        """),
    Case("check_folder", ("month", "nothing", "with_unusable", "sent.xlsx"), f"""
        check month {_TODAY} : en fr json
        check month --month 2026-01 {_TODAY} --json
        check sent.xlsx "month/2 orientation.xlsx" --lang en
        check with_unusable : en fr json
        check nothing : en fr
        check month --marked marked.xlsx
        """),
    *(
        Case(f"check_{service}", tuple(f"{kind}_{service}.xlsx" for kind in ("blank", "good", "faults")), f"""
        check blank_{service}.xlsx --json
        check good_{service}.xlsx --month 2026-01 --json
        check faults_{service}.xlsx --json
        check faults_{service}.xlsx --marked marked.xlsx --without house --lang fr
        fix faults_{service}.xlsx fixed.xlsx --all-suggestions --json
        """)
        for service in SERVICES
    ),
    Case("check_unusable", _UNUSABLE, _each("check {} : en fr", (*_UNUSABLE, "none.xlsx", "."))),
    Case("check_editions", ("edition_en.xlsx", "edition_fr.xlsx", "french.xlsx", "without_lists.xlsx", "changed_header.xlsx",
                            "two_sheets.xlsx"), """
        check edition_en.xlsx : en fr json
        check edition_fr.xlsx : en fr json
        check french.xlsx : fr json
        check without_lists.xlsx : en fr
        check changed_header.xlsx : en fr
        check two_sheets.xlsx : en fr
        check two_sheets.xlsx --sheet February --json
        fix french.xlsx fixed.xlsx : fr json
        """),
    Case("notes", ("january_rejected.xlsx", "rejected.xlsx", "january.xlsx", "plain.xlsx"), """
        notes january_rejected.xlsx : fr json
        notes rejected.xlsx : en fr json
        notes rejected.xlsx --marked marked.xlsx : en fr json
        notes january.xlsx : en fr
        notes plain.xlsx : en fr
        """),
    Case("strip", ("january_rejected.xlsx", "rejected.xlsx", "january.xlsx"), """
        strip january_rejected.xlsx stripped.xlsx : en fr json
        strip rejected.xlsx stripped2.xlsx : en fr json
        strip january.xlsx stripped3.xlsx : fr json
        strip rejected.xlsx rejected.xlsx : en fr
        strip rejected.xlsx stripped.csv : en fr
        """),
    Case("corrections", ("sent.xlsx", "returned.xlsx", "corrected.xlsx", "profiles.xlsx", "january.xlsx"), """
        only-rejected sent.xlsx returned.xlsx again.xlsx : en fr json
        only-rejected sent.xlsx january.xlsx none.xlsx : en fr
        only-rejected profiles.xlsx returned.xlsx none.xlsx : en fr
        corrections returned.xlsx corrected.xlsx list.xlsx : en fr json
        corrections returned.xlsx corrected.xlsx list.html : en fr
        corrections returned.xlsx returned.xlsx nothing.html : fr json
        corrections returned.xlsx january.xlsx unmatched.xlsx : fr json
        corrections returned.xlsx profiles.xlsx other.html : en fr
        corrections returned.xlsx corrected.xlsx list.pdf : en fr
        """),
    Case("save", ("january.xlsx", "sent.xlsx", "doubtful.xlsx", "returned.xlsx", "profiles.xlsx", "changed_header.xlsx"), f"""
        save january.xlsx upload : en fr json
        save sent.xlsx upload {_TODAY} : en fr json
        save sent.xlsx named.xlsx {_TODAY} --json
        save doubtful.xlsx upload {_TODAY} : en fr json
        save doubtful.xlsx upload --yes {_TODAY} : en fr json
        save returned.xlsx upload : en fr
        save sent.xlsx upload --service client_profile : en fr
        save profiles.xlsx upload --account East : en fr
        save sent.xlsx upload --month 2025-12 : fr json
        save changed_header.xlsx upload : fr json
        save sent.xlsx sent.xlsx : en fr
        verify upload/sent_upload.xlsx : en fr json
        cp named.xlsx upload/doubtful_upload.xlsx
        verify upload/doubtful_upload.xlsx : en fr json
        verify sent.xlsx : en fr
        """),
    Case("save_split", ("long.xlsx",), f"""
        save long.xlsx upload {_TODAY} --lang fr
        save long.xlsx upload --split {_TODAY} --json
        """),
    Case("fix", ("january.xlsx", "formula.xlsx", "sent.xlsx"), f"""
        fix january.xlsx fixed.xlsx {_TODAY} : en fr json
        fix january.xlsx safe.xlsx --safe --lang en
        fix january.xlsx all.xlsx --all-suggestions {_TODAY} : en fr json
        fix january.xlsx without.xlsx --all-suggestions --without IC110 --json
        fix formula.xlsx formula_fixed.xlsx : en json
        fix sent.xlsx nothing.xlsx : en fr
        fix january.xlsx january.xlsx : en fr
        """),
    Case("new", (), "\n".join([_each("new {0} {0}.xlsx --json", SERVICES), *"""
        new nars blank.xlsx --lang en
        new nars french.xlsx --lang fr
        new nars blank.xlsx : en fr json
        new rap rap.xlsx : en fr json
        new nars nars.pdf : en fr json
        """.splitlines()])),
    Case("compare", ("newer.xlsx", "edition_en.xlsx", "edition_fr.xlsx", "blank_nars.xlsx", "plain.xlsx"), """
        compare lt_client_exit newer.xlsx : en fr json
        compare newer.xlsx lt_client_exit --json
        compare edition_en.xlsx edition_fr.xlsx : fr json
        compare nars edition_en.xlsx --json
        compare blank_nars.xlsx nars : en fr json
        compare nars plain.xlsx : en fr
        compare nars none.xlsx : en fr
        """),
    Case("rules", (), "rules : en fr json"),
    Case("ledger", ("profiles.xlsx", "sent.xlsx", "returned.xlsx", "corrected.xlsx", "january.xlsx"), f"""
        ledger list --ledger ledger --month 2026-01 : en fr json
        save profiles.xlsx upload --ledger ledger --month 2026-01 {_TODAY} --yes --json
        save sent.xlsx upload --ledger ledger {_TODAY} --lang en
        save sent.xlsx upload --ledger ledger {_TODAY} : en fr json
        ledger list --ledger ledger --month 2026-01 : en fr json
        strip corrected.xlsx stripped.xlsx --ledger ledger : en fr json
        ledger returned returned.xlsx --ledger ledger : en fr json
        ledger returned january.xlsx --ledger ledger : en fr
        save sent.xlsx upload --ledger ledger {_TODAY} --yes : en fr json
        save stripped.xlsx upload --ledger ledger {_TODAY} --yes : en fr json
        ledger list --ledger ledger --month 2026-01 : en fr json
        ledger list --ledger ledger --today 2026-02-03 --lang en
        ledger list --ledger nowhere/ledger : en fr json
        ledger list --ledger "postgres:nothing" : en fr json
        """),
    Case("settings", ("january.xlsx", "sent.xlsx"), f"""
        settings : en fr json
        settings province ON : en fr json
        settings province ZZ : en fr json
        settings nothing ON : en fr json
        settings without house IC110 --json
        check january.xlsx --json
        settings without --unset --lang en
        settings language fr
        check sent.xlsx
        settings ledger ledger --lang en
        settings accounts East West --agency : en fr json
        settings naming "{{agency}}_{{service}}_{{month}}" --agency --lang en
        settings agency "Agency One" --agency --json
        settings closing_days 2026-02-05 --agency --json
        settings ledger other --agency
        save sent.xlsx upload {_TODAY} : en fr json
        save sent.xlsx upload --account East --yes {_TODAY} --lang en
        save sent.xlsx upload --account North {_TODAY} --json
        ledger list {_TODAY} : en fr json
        """),
    Case("press", (), "press nothing : en fr json"),
    Case("install", (), "install : en fr json\nuninstall : en fr json"),
    Case("demo", (), "demo demo --lang en\ndemo french --lang fr\ndemo json --json"),
)  # fmt: skip
