"""The plays of the buttons, in the order of the ribbon, over the example's workbooks; and where each button refuses."""

from __future__ import annotations

from icare_xl.excel.buttons.tab import BUTTONS
from tests.recorded.playing import Play

_NEED_A_WORKBOOK = [name for name, button in BUTTONS.items() if not button.alone]
_EACH = "\n".join(f"press {name}" for name in _NEED_A_WORKBOOK)
_NEW = "\n".join(f"press {name}" for name in BUTTONS if name.startswith("new_"))

PLAYS = (
    Play("check", ("january.xlsx",), """
        open january.xlsx
        press check
        press next_finding
        press next_finding
        press previous_finding
        press previous_finding
        select E6
        press next_of_its_kind
        press explain_cell
        select A1
        press explain_cell
        select E7
        press propose no
        press propose yes
        select H11
        press propose
        press fix_format no
        press fix_format yes
        press error_list
        front january.xlsx
        enter I12 English
        press next_finding
        press clear_marks
        press clear_marks
        press undo
        press undo
        press undo
        press undo
        press undo
        press save_for_upload
        """),
    Play("rejected", ("january_rejected.xlsx",), """
        open january_rejected.xlsx
        press list_corrections
        press read_notes
        press next_finding
        select A4
        press explain_cell
        select D5
        press explain_cell
        press save_for_upload
        press strip_notes no
        press strip_notes yes
        press undo
        press strip_notes yes
        press strip_notes
        enter D4 12345678
        press list_corrections
        front january_rejected.xlsx
        press status
        press forget no
        press forget yes
        press forget
        press undo
        """),
    Play("notes", ("rejected.xlsx",), """
        open rejected.xlsx
        press read_notes
        press strip_notes yes
        delete 5
        press undo
        """),
    Play("upload", ("sent.xlsx",), """
        open sent.xlsx
        press save_for_upload no
        press save_for_upload yes
        press save_for_upload
        press status
        enter H6 gone
        press record
        enter H6 pending
        press record
        press record
        front sent.xlsx
        press record
        run settings accounts East West
        press save_for_upload
        type 2
        press save_for_upload yes
        """),
    Play("menus", ("january.xlsx", "january_rejected.xlsx"), """
        open january_rejected.xlsx
        press check_folder
        pick_here
        press check_folder
        front january_rejected.xlsx
        pick_file january.xlsx
        press only_rejected
        front january_rejected.xlsx
        press explain_message
        pick_file january.xlsx
        press verify_file
        front january_rejected.xlsx
        press compare_templates yes
        """),
    Play("cloud", ("many_to_fix.xlsx",), """
        open many_to_fix.xlsx
        press fix_format yes
        make url https://agency.sharepoint.com/january
        make autosave yes
        press save_for_upload
        pick uploads
        press save_for_upload yes
        enter D4 ""
        press check no
        press check yes
        """),
    Play("start", (), f"""
        press status
        press month_last
        press month_running
        type 2024-07
        press month_other
        press settings
        enter B7 "Newcomer House"
        enter B9 "3 August"
        press record
        {_NEW}
        press save_for_upload
        press language
        press help
        """),
    Play("example", (), """
        press try_example
        press check
        """),
    Play("refused", ("plain.xlsx", "january_rejected.xlsx"), f"""
        {_EACH}
        open plain.xlsx
        {_EACH}
        make edit_mode yes
        {_EACH}
        make edit_mode no
        open january_rejected.xlsx
        protect
        press check
        press strip_notes yes
        """),
)  # fmt: skip
