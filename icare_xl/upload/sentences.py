"""What is said of files saved for upload, of the ledger and of a month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from icare_xl.icare.library import services
from icare_xl.model.counting import PROCESSED, REJECTED, ROWS, UPLOADED, WAITING, WARNINGS, counted
from icare_xl.model.spoken_dates import spoken_day, spoken_month
from icare_xl.model.text import Text
from icare_xl.upload.certificate import READ_ONCE, Certificate
from icare_xl.upload.ledger import History, Repaired, Returned, Standing, Submission
from icare_xl.upload.month import Month, Service
from icare_xl.upload.saving import Outcome
from icare_xl.upload.set_aside import SetAside

STANDING: dict[Standing, Text] = {
    "unfinished": Text("unfinished", "inachevé"),
    "saved": Text("saved, not uploaded yet", "enregistré, pas encore téléversé"),
    "pending": Text("uploaded", "téléversé"),
    "processed": Text("processed", "traité"),
    "error": Text("error", "en erreur"),
    "deleted": Text("deleted", "supprimé"),
    "withdrawn": Text("not to be uploaded", "à ne pas téléverser"),
}
REPLACED = Text("replaced", "remplacé")
_NEVER_AGAIN = Text("Never upload it again.", "Ne le téléversez plus jamais.")
_ADVICE: dict[Standing, Text] = {
    "unfinished": Text(
        "Saving was interrupted or is still under way. Once it is no longer under way, record whether the file was "
        "uploaded.",
        "L’enregistrement s’est interrompu ou est en cours. Lorsqu’il n’est plus en cours, inscrivez si le fichier a été "
        "téléversé.",
    ),
    "saved": Text(
        "Upload it once, then record that it was uploaded.",
        "Téléversez-le une seule fois, puis inscrivez qu’il a été téléversé.",
    ),
    "pending": Text(
        "Never upload it again. Record what iCARE shows for it.",
        "Ne le téléversez plus jamais. Inscrivez ce qu’iEDEC indique à son sujet.",
    ),
    "processed": _NEVER_AGAIN,
    "error": Text(
        "iCARE processed no row of it. Ask the help desk, then save its rows again.",
        "iEDEC n’en a traité aucune ligne. Adressez-vous au centre d’aide, puis enregistrez de nouveau ses lignes.",
    ),
    "deleted": Text("Its rows may be saved again.", "Ses lignes peuvent être enregistrées de nouveau."),
    "withdrawn": Text(
        "Do not upload this file. Its rows may be saved again.",
        "Ne téléversez pas ce fichier. Ses lignes peuvent être enregistrées de nouveau.",
    ),
}
_TAKEN = Text(
    "Do not upload this file: another one has taken its place.",
    "Ne téléversez pas ce fichier : un autre a pris sa place.",
)
_NOTHING_SAVED = Text("Nothing is in the ledger yet.", "Le registre est encore vide.")


def outcome_lines(came: Outcome) -> Iterator[Text]:
    """What a save amounts to: what was settled of earlier ones, then the refusal, or the files and what to mind."""
    yield from map(save_repaired, came.repaired)
    for each in came.recorded:
        yield Text("Recorded: “{file}” was uploaded.", "Inscrit : « {file} » a été téléversé.").format(
            file=each.saved.about.file
        )
    for part in came.saved:
        yield rows_saved(part.rows, came.report.warnings, part.path)
        yield from (file_replaced(each, part.path) for each in part.replaced)
        if not part.read_twice:
            yield READ_ONCE.format(file=part.path.name)
    if came.refused:
        yield came.refused.says
        return
    for objection in came.objections:
        yield objection.says


def file_replaced(each: SetAside, by: Path) -> Text:
    """That a file was replaced, where it is now, and what to do where nobody could move it."""
    words = {"file": each.submission.saved.about.file, "by": by.name, "place": each.moved or each.found}
    if each.moved:
        return Text(
            "“{file}” was not uploaded and is replaced; it is now {place}, so that nobody uploads it.",
            "« {file} » n’a pas été téléversé et il est remplacé; il se trouve maintenant ici, pour que personne ne le "
            "téléverse : {place}.",
        ).format(**words)
    if each.found == by:
        return Text(
            "“{file}” was not uploaded, and the new file is in its place.",
            "« {file} » n’a pas été téléversé, et le nouveau fichier est à sa place.",
        ).format(**words)
    if each.found:
        return Text(
            "“{file}” is replaced but could not be moved; close it, then delete it so that nobody uploads it: {place}.",
            "« {file} » est remplacé, mais n’a pu être déplacé; fermez-le, puis supprimez-le pour que personne ne le "
            "téléverse : {place}.",
        ).format(**words)
    return Text(
        "“{file}” is replaced and was not found beside the new file; delete it where it is, so that nobody uploads it.",
        "« {file} » est remplacé et n’a pas été trouvé à côté du nouveau fichier; supprimez-le là où il est, pour que "
        "personne ne le téléverse.",
    ).format(**words)


def file_verified(known: Certificate, same: bool, path: Path) -> Text:
    day = spoken_day(date.fromisoformat(known.when[:10]))
    words = {"path": path, "rows": counted(known.rows, ROWS), "when": day, "by": known.by}
    if same:
        return Text(
            "This is still the file that {by} saved on {when}, with {rows}: {path}",
            "C’est encore le fichier que {by} a enregistré le {when}, avec {rows} : {path}",
        ).format(**words)
    return Text(
        "This is no longer the file that {by} saved on {when}; save it again before you upload it: {path}",
        "Ce n’est plus le fichier que {by} a enregistré le {when}; enregistrez-le de nouveau avant de le téléverser : {path}",
    ).format(**words)


def rows_saved(rows: int, warnings: int, out: Path) -> Text:
    """`128 rows ready for upload, 1 warning: out.xlsx`"""
    return Text("{rows} ready for upload, {warnings}: {out}", "{rows} à téléverser, {warnings} : {out}").format(
        rows=counted(rows, ROWS), warnings=counted(warnings, WARNINGS), out=out
    )


def deadline_line(found: Month) -> Text:
    """`January 2026: upload by 6 February 2026, the fifth working day (holidays of Ontario).`"""
    deadline = found.deadline
    words = {"month": spoken_month(found.month), "day": spoken_day(deadline.day), "calendar": deadline.calendar}
    told = Text(
        "{month}: upload by {day}, the fifth working day ({calendar}).",
        "{month} : téléversement au plus tard le {day}, cinquième jour ouvrable ({calendar}).",
    ).format(**words)
    return Text(told.en, told.fr[0].upper() + told.fr[1:])


def month_lines(found: Month) -> list[Text]:
    """A block of lines for each service, what came back from elsewhere, and what is wrong with the ledger."""
    services = [*map(_service, found.services)] or [_NOTHING_SAVED]
    return [*services, *(came_back(each, None) for each in found.stray), *found.problems]


def _service(service: Service) -> Text:
    name = services().get(service.service or "", Text(*[service.service or "?"] * 2))
    if not service.submissions:
        return Text("{name}: nothing saved yet.", "{name} : rien d’enregistré pour l’instant.").format(name=name)
    words = {
        "saved": counted(service.count("saved") + service.count("unfinished"), WAITING),
        "pending": counted(service.count("pending"), UPLOADED),
        "processed": counted(service.count("processed"), PROCESSED),
        "rows": counted(sum(service.open_rows), REJECTED),
    }
    head = Text(
        "{name}: {saved}, {pending}, {processed}; {rows} to send again.",
        "{name} : {saved}, {pending}, {processed}; {rows} à renvoyer.",
    ).format(name=name, **words)
    files = [submission_line(each, open_) for each, open_ in zip(service.submissions, service.open_rows, strict=True)]
    return Text("\n  ".join(each.en for each in [head, *files]), "\n  ".join(each.fr for each in [head, *files]))


def submission_line(each: Submission, open_rows: int = 0) -> Text:
    """`k7m2p9qa3x  jan.xlsx, 37 rows, by ana: uploaded (3 February 2026). Never upload it again. …`"""
    words = {
        "id": each.id,
        "file": each.saved.about.file,
        "rows": counted(each.saved.rows, ROWS),
        "standing": standing(each),
        "day": spoken_day(each.since.astimezone()),
        "by": each.saved.by,
        "advice": advice(each, open_rows),
    }
    return Text(
        "{id}  {file}, {rows}, by {by}: {standing} ({day}). {advice}",
        "{id}  {file}, {rows}, par {by} : {standing} ({day}). {advice}",
    ).format(**words)


def standing(each: Submission) -> Text:
    """What became of a file, in the words of people."""
    return REPLACED if each.standing == "withdrawn" and each.replaced_by else STANDING[each.standing]


def advice(each: Submission, open_rows: int = 0) -> Text:
    """What to do with a saved file, and what never to do."""
    if each.standing == "withdrawn" and each.replaced_by:
        return _TAKEN
    if each.standing != "processed" or not open_rows:
        return _ADVICE[each.standing]
    only = Text(
        "Correct and save only what came back: {rows}.",
        "Corrigez et enregistrez seulement ce qui est revenu : {rows}.",
    )
    return Text.joined([_NEVER_AGAIN, only.format(rows=counted(open_rows, ROWS))])


def save_repaired(each: Repaired) -> Text:
    words = {"file": each.submission.saved.about.file, "id": each.submission.id}
    if each.found == "saved":
        return Text(
            "Saving {file} ({id}) was interrupted; its file is there, and is now in the ledger.",
            "L’enregistrement de {file} ({id}) s’était interrompu; le fichier est bien là et figure maintenant au registre.",
        ).format(**words)
    return Text(
        "The save of {file} ({id}) had broken off before its file was there, so it does not count. "
        "If that file was uploaded all the same, record it.",
        "L’enregistrement de {file} ({id}) s’était interrompu avant que le fichier soit en place; il ne compte donc pas. "
        "Si ce fichier a tout de même été téléversé, inscrivez-le.",
    ).format(**words)


def all_came_back(found: Iterable[Returned], history: History) -> Iterator[Text]:
    files = {each.id: each.saved.about.file for each in history.submissions}
    for each in found:
        yield came_back(each, files.get(each.of or ""))


def came_back(each: Returned, file: str | None) -> Text:
    """`Put into the ledger: 3 rejected rows of jan.xlsx (Client 3).`"""
    words = {
        "rows": counted(len(each.positions), REJECTED),
        "file": file or "",
        "categories": ", ".join(f"{name} {count}" for name, count in each.categories.items()),
    }
    if file is None:
        return Text(
            "{rows} of a file that is not in the ledger: {categories}.",
            "{rows} d’un fichier qui ne figure pas au registre : {categories}.",
        ).format(**words)
    return Text(
        "Put into the ledger: {rows} of {file} ({categories}).",
        "Inscrit au registre : {rows} de {file} ({categories}).",
    ).format(**words)
