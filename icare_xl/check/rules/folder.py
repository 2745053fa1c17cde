"""The files of one month compared with each other: clients without a profile, courses that nobody set up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from icare_xl.check.rules.rule import Hit, folder_rule
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER, IDENTIFIER_TYPE, IDENTITY, births, conflicts, row_keys
from icare_xl.model.finding import Report
from icare_xl.model.sheet import Sheet
from icare_xl.model.text import first_few

_COURSE = "course_cd"
_PROFILE, _SETUP, _ENROLMENT, _EXIT = "client_profile", "lt_course_setup", "lt_client_enrolment", "lt_client_exit"
_ANA = {IDENTIFIER_TYPE: "FOSS/GCMS Client ID", IDENTIFIER: "12345678", BIRTH_DATE: "1978-05-20"}


def _of(sheets: Sequence[Sheet], service: str) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.template.service == service]


def _all_values(sheets: Sequence[Sheet], *ids: str) -> set[tuple[str, ...]]:
    return {key for sheet in sheets for _, key in row_keys(sheet, *ids)}


def _absent(
    sheets: Sequence[Sheet], service: str, others: Sequence[Sheet], at: str, *ids: str
) -> Iterator[tuple[int, Hit]]:
    """The rows of a service's sheets whose values in `ids` are in none of the others; silent where there are none."""
    known = _all_values(others, *ids)
    for number, sheet in enumerate(sheets):
        if others and sheet.template.service == service:
            yield from ((number, Hit(row, at)) for row, key in row_keys(sheet, *ids) if key not in known)


@folder_rule(
    "IC401",
    source="CP-12, S140",
    en="This client is in no Client Profile file of this folder. Upload the client’s profile first, unless iCARE has "
    "it already.",
    fr="Ce client ne figure dans aucun fichier Profil du client de ce dossier. Téléversez d’abord son profil, sauf si "
    "iEDEC l’a déjà.",
    why_fr="iEDEC rejette un service rendu à un client qu’il ne connaît pas; les profils passent donc en premier.",
    good=[{_PROFILE: {4: _ANA}, "information_orientation": {4: _ANA}}, {"information_orientation": {4: _ANA}}],
    bad=[{_PROFILE: {4: _ANA}, "information_orientation": {4: {IDENTIFIER: "87654321"}}}],
)
def client_without_profile(sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Hit]]:
    """iCARE rejects a service of a client whom it does not know, so profiles go first."""
    profiles = _of(sheets, _PROFILE)
    for service in {sheet.template.service for sheet in sheets} - {_PROFILE, None}:
        yield from _absent(sheets, str(service), profiles, IDENTIFIER, IDENTIFIER)


@folder_rule(
    "IC402",
    source="IDN-06",
    en="This client has another date of birth in another file of this folder: {others}. Compare both with the "
    "immigration document and correct the wrong one.",
    fr="Ce client a une autre date de naissance dans un autre fichier de ce dossier : {others}. Comparez les deux avec "
    "le document d’immigration et corrigez celle qui est erronée.",
    why_fr="iEDEC compare l’identifiant et la date de naissance ensemble; les lignes de l’un des fichiers seraient donc "
    "rejetées.",
    good=[{_PROFILE: {4: _ANA}, "information_orientation": {4: _ANA}}],
    bad=[{_PROFILE: {4: _ANA}, "information_orientation": {4: _ANA | {BIRTH_DATE: "1978-05-21"}}}],
)
def another_birth_date_in_another_file(sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Hit]]:
    """iCARE matches identifier and date of birth together, so the rows of one of the files would be rejected."""
    told = ((client, born, (number, row)) for number, sheet in enumerate(sheets) for client, born, row in births(sheet))
    for said in conflicts(told):
        files = {born: {number for number, _ in rows} for born, rows in said.items()}
        for born, rows in said.items():
            for number, row in rows:
                elsewhere = (f"{other}" for other in said if other != born and files[other] != {number})
                if others := first_few(elsewhere):
                    yield number, Hit(row, BIRTH_DATE, words={"others": others})


@folder_rule(
    "IC403",
    source="LE-02, 4.6",
    en="Course {value} is in no Course Setup file of this folder. Set the course up first, unless iCARE has it already.",
    fr="Le cours {value} ne figure dans aucun fichier de création de cours de ce dossier. Créez-le d’abord, "
    "sauf si iEDEC l’a déjà.",
    why_fr="Le cours doit exister, et son code doit être écrit de la même façon.",
    good=[{_SETUP: {4: {_COURSE: "L-1"}}, _ENROLMENT: {4: _ANA | {_COURSE: "l-1"}}}],
    bad=[{_SETUP: {4: {_COURSE: "L-1"}}, _ENROLMENT: {4: _ANA | {_COURSE: "L-2"}}}],
)
def enrolment_without_course(sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Hit]]:
    """The course has to exist, and its code has to be typed the same way."""
    yield from _absent(sheets, _ENROLMENT, _of(sheets, _SETUP), _COURSE, _COURSE)


@folder_rule(
    "IC404",
    source="LX-10",
    en="This client’s enrolment in {value} is in no file of this folder. Upload it first, unless iCARE has it already.",
    fr="L’inscription de ce client à {value} ne figure dans aucun fichier de ce dossier. Téléversez-la d’abord, sauf "
    "si iEDEC l’a déjà.",
    why_fr="Un client quitte un cours après s’y être inscrit.",
    good=[{_ENROLMENT: {4: _ANA | {_COURSE: "L-1"}}, _EXIT: {4: _ANA | {_COURSE: "L-1"}}}],
    bad=[{_ENROLMENT: {4: _ANA | {_COURSE: "L-1"}}, _EXIT: {4: _ANA | {_COURSE: "L-2"}}}],
)
def exit_without_enrolment(sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Hit]]:
    """A client leaves a course after enrolling in it."""
    yield from _absent(sheets, _EXIT, _of(sheets, _ENROLMENT), _COURSE, IDENTIFIER, _COURSE)


@folder_rule(
    "IC405",
    source="S140, C1",
    en="If iCARE rejects this client, it also rejects the client’s service rows in this folder ({count} in "
    "all). Check the identifier, its type and the date of birth first.",
    fr="Si iEDEC rejette ce client, il rejette aussi ses lignes de service dans ce dossier ({count} en "
    "tout). Vérifiez d’abord l’identifiant, son type et la date de naissance.",
    why_fr="Un seul identifiant erroné fait rejeter toutes les lignes du client.",
    good=[{_PROFILE: {4: _ANA}, "information_orientation": {4: _ANA}}],
    bad=[
        {_PROFILE: {4: _ANA | {IDENTIFIER: "1234567"}}, "information_orientation": {4: _ANA | {IDENTIFIER: "1234567"}}}
    ],
)
def domino_of_a_doubtful_client(sheets: Sequence[Sheet], reports: Sequence[Report]) -> Iterator[tuple[int, Hit]]:
    """One wrong identifier makes iCARE reject all rows of the client.

    Told where something about the identity is in doubt.
    """
    services = [sheet for sheet in sheets if sheet.template.service != _PROFILE]
    rows_of = Counter(key for sheet in services for _, key in row_keys(sheet, IDENTIFIER))
    for number, (sheet, report) in enumerate(zip(sheets, reports, strict=True)):
        doubtful = {finding.row for finding in report.findings if finding.field in IDENTITY}
        if sheet.template.service == _PROFILE:
            for row, key in row_keys(sheet, IDENTIFIER):
                if row in doubtful and rows_of[key]:
                    yield number, Hit(row, IDENTIFIER, words={"count": rows_of[key]})
