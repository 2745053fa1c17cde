"""Files that nobody has uploaded, as far as is known: what is asked before their rows are saved again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from icare_xl.model.sheet import Sheet
from icare_xl.model.spoken_dates import spoken_day
from icare_xl.model.text import Text
from icare_xl.upload.guards import ROWS_SENT, Memory, Objection
from icare_xl.upload.ledger import Submission
from icare_xl.upload.ledger.fingerprints import shared
from icare_xl.upload.set_aside import beside

ALREADY_SAVED = "already-saved"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The files that hold rows of a sheet, or the name of the next one. `missing` counts their rows that it lacks, `busy` are
    those that somebody may be saving at this moment, `ids` theirs and of files that one of them was to replace.
    """

    files: tuple[Submission, ...] = ()
    missing: int = 0
    busy: tuple[Submission, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def objection(self) -> Objection | None:
        if self.busy:
            return Objection(ROWS_SENT, _busy(self.busy[0]))
        return Objection(ALREADY_SAVED, self.question) if self.files else None

    @property
    def question(self) -> Text:
        """Whether they were uploaded, and how many of their rows nobody would send otherwise."""
        asked = _were_they(self.files) if len(self.files) > 1 else _was_it(self.files[0])
        return Text.joined([asked, *([_missing(self.missing)] if self.missing else [])])


def of_sheet(memory: Memory, sheet: Sheet, out: Path) -> Waiting:
    """What waits of the rows of a sheet that is to be saved at `out`."""
    found = memory.history.submissions
    by_id = {each.id: each for each in found}
    mine = [each for each in found if each.saved.about.service == sheet.template.service]
    files: dict[str, Submission] = {}
    missing = 0
    for each in mine:
        holder = by_id.get(each.replaced_by or "", each) if each.may_come_back else each
        if not holder.waiting:
            continue
        rows = shared(memory.prints, each.saved.prints)
        if rows.any() or _has_name(each, out):
            files[holder.id] = holder
            missing += int((~rows).sum()) if each.waiting else 0
    busy = [each for each in files.values() if memory.ledger.may_be_under_way(each, memory.history)]
    behind = [each.id for each in mine if each.may_come_back and each.replaced_by in files]
    return Waiting(tuple(files.values()), missing, tuple(busy), (*files, *behind))


def _has_name(submission: Submission, out: Path) -> bool:
    """Whether it is the very file that has the name already."""
    same = submission.saved.about.file.casefold() == out.name.casefold()
    return same and beside(submission, out.parent) is not None


def _words(each: Submission) -> dict[str, object]:
    return {"file": each.saved.about.file, "day": spoken_day(each.saved.when.astimezone()), "by": each.saved.by}


def _was_it(each: Submission) -> Text:
    return Text(
        "“{file}” was saved on {day}. Was it already uploaded to iCARE?",
        "« {file} » a été enregistré le {day}. A-t-il déjà été téléversé dans iEDEC?",
    ).format(**_words(each))


def _were_they(files: Sequence[Submission]) -> Text:
    named = [Text("“{file}” ({day})", "« {file} » ({day})").format(**_words(each)) for each in files]
    return Text(
        "Saved before: {files}. Were they already uploaded to iCARE?",
        "Déjà enregistrés : {files}. Ont-ils déjà été téléversés dans iEDEC?",
    ).format(files=Text.joined(named, ", "))


def _missing(count: int) -> Text:
    return Text(
        "Rows saved there that are not in this sheet: {count}.",
        "Lignes enregistrées là qui ne sont pas dans cette feuille : {count}.",
    ).format(count=count)


def _busy(each: Submission) -> Text:
    return Text(
        "Nothing was saved: {by} is saving rows of this sheet in “{file}”, or was interrupted. Save again in ten minutes.",
        "Rien n’a été enregistré : {by} enregistre des lignes de cette feuille dans « {file} », ou a été interrompu. "
        "Enregistrez de nouveau dans dix minutes.",
    ).format(**_words(each))
