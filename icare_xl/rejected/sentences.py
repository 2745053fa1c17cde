"""What is said of rejected rows, of their notes and of what was corrected."""

from __future__ import annotations

from pathlib import Path

from icare_xl.icare.messages import Collected
from icare_xl.model.addresses import a1, runs
from icare_xl.model.counting import CELLS, CLIENTS, KEPT, REMARKS, ROWS, TURNED_DOWN, counted
from icare_xl.model.text import Text, first_few
from icare_xl.rejected.corrections import Corrections
from icare_xl.rejected.rejections import Client, Complaint, Rejected

CELLS_SHOWN = 6  # of one client; the marks show all
UNEXPLAINED = Text("Nobody has explained this message yet.", "Personne n’a encore expliqué ce message.")


def rejected_summary(found: Rejected) -> Text:
    """`7 rows rejected: 5 for identity, 2 for a missing phone number; 4 clients.`"""
    if not found.rejections:
        return NO_NOTES
    for_each = Text("{count} for {reason}", "{count} pour {reason}")
    reasons = [for_each.format(count=count, reason=reason) for reason, count in found.reasons]
    clients = Text("; {clients}", "; {clients}").format(clients=counted(len(found.clients), CLIENTS))
    return Text("{rows}: {reasons}{clients}.", "{rows} : {reasons}{clients}.").format(
        rows=counted(len(found.rows), TURNED_DOWN),
        reasons=Text.joined(reasons, ", "),
        clients=clients if found.clients else "",
    )


def complaint_lines(found: Rejected) -> list[Text]:
    """Each message once, with what it means and what to do, and behind it whom it concerns and where to look."""
    lines = []
    for first, clients in found.alike:
        lines += [_message(first), *(_concerned(client, bool(found.clients)) for client in clients)]
    return lines


def note_explained(complaint: Complaint, column: int) -> Text:
    """`A4: “Unable to validate against database.”`, with its meaning, what to do and what may be behind it."""
    words = {"cell": a1(complaint.row, column), "message": complaint_told(complaint)}
    return Text("{cell}: {message}", "{cell} : {message}").format(**words)


def complaint_told(complaint: Complaint) -> Text:
    """The message, its meaning, what may be behind it and what to do."""
    return _message(complaint, *complaint.causes)


def messages_collected(found: Collected) -> Text:
    """Where new messages wait to be explained, or why the person's own catalogue could not take them."""
    if found.trouble:
        return found.trouble
    one, many = (
        Text("{n} new message was written down", "{n} nouveau message a été noté"),
        Text("{n} new messages were written down", "{n} nouveaux messages ont été notés"),
    )
    return Text(
        "{messages}, without client data, in {path}; what you fill in there is shown from then on.",
        "{messages}, sans données de clients, dans {path}; ce que vous y inscrivez sera affiché par la suite.",
    ).format(messages=counted(found.new, (one, many)), path=found.path)


def _message(complaint: Complaint, *behind_it: Text) -> Text:
    """The message as iCARE wrote it, what it means, what may be behind it and what to do."""
    message = complaint.message
    known = [each for each in (message.meaning, *behind_it, message.fix) if each]
    absent = Text(
        "It names columns that this sheet does not have: {ids}.",
        "Il nomme des colonnes absentes de cette feuille : {ids}.",
    ).format(ids=", ".join(complaint.absent))
    return _all(
        Text("“{words}”", "« {words} »").format(words=complaint.words),
        *(known or [UNEXPLAINED]),
        *([absent] if complaint.absent else []),
    )


def _concerned(client: Client, has_clients: bool) -> Text:
    """`1 client, 7 rows (4, 9, 12, 13, 14, 20, 21): see C4, D4, ….`, with what may be behind the first of them."""
    rows = Text("Row {rows}", "Ligne {rows}")
    if len(client.rows) > 1:
        rows = Text("Rows {rows}", "Lignes {rows}")
        if has_clients:
            rows = Text("1 client, {count} ({rows})", "1 client, {count} ({rows})")
    see = Text("{rows}: see {cells}.", "{rows} : voir {cells}.")
    if not client.cells:
        see = Text("{rows}: it names no cell of this sheet.", "{rows} : il ne nomme aucune cellule de cette feuille.")
    line = see.format(
        rows=rows.format(rows=", ".join(map(str, client.rows)), count=counted(len(client.rows), ROWS)),
        cells=first_few((a1(*place) for place in client.cells), CELLS_SHOWN),
    )
    return _all(line, *next((each.causes for each in client.complaints if each.causes), ()))


def _all(*texts: Text) -> Text:
    return Text(" ".join(text.en for text in texts), " ".join(text.fr for text in texts))


def notes_stripped(emptied: int, kept: int, out: Path) -> Text:
    """`Notes taken out of 3 cells of column A, 1 remark kept: out.xlsx`"""
    return Text(
        "Notes taken out of {cells} of column A, {remarks} kept: {out}",
        "Notes retirées de {cells} de la colonne A, {remarks} toujours en place : {out}",
    ).format(cells=counted(emptied, CELLS), remarks=counted(kept, REMARKS), out=out)


NO_NOTES = Text("Column A holds no note from iCARE.", "La colonne A ne contient aucune note d’iEDEC.")


def rows_kept(kept: int, total: int, out: Path) -> Text:
    """`7 rows kept out of 37: out.xlsx`"""
    return Text("{rows} out of {total}: {out}", "{rows} sur {total} : {out}").format(
        rows=counted(kept, KEPT), total=total, out=out
    )


def carried_back(found: Corrections, out: Path) -> Text:
    """`9 cells corrected for 4 clients: out.html`"""
    return Text("{cells} corrected for {clients}: {out}", "{cells} à reporter pour {clients} : {out}").format(
        cells=counted(len(found.found), CELLS), clients=counted(len(list(found.by_client)), CLIENTS), out=out
    )


def unmatched(found: Corrections) -> Text | None:
    """The rows that could not be compared, if there are any."""
    if not found.only_before and not found.only_after:
        return None
    before, after = (runs(rows) or "–" for rows in (found.only_before, found.only_after))
    return Text(
        "Rows not compared, as they match no row of the other file: {before} (before), {after} (after).",
        "Lignes non comparées, car elles ne correspondent à aucune de l’autre fichier : {before} (avant), {after} (après).",
    ).format(before=before, after=after)
