"""The one-page certificate beside a file saved for upload: what was saved, when, by whom, and how to tell it is that file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, cast

from icare_xl.check.rules import RULES
from icare_xl.check.sentences import REASON
from icare_xl.model.errors import IcareError
from icare_xl.model.finding import Reason, Report
from icare_xl.model.spoken_dates import spoken_day, spoken_moment
from icare_xl.model.text import Language, Text
from icare_xl.workbooks.atomic import output_file
from icare_xl.workbooks.html import html_page


class NoCertificate(IcareError):
    says = Text(
        "There is no certificate beside “{path}”, so nothing is known of it; choose a file that icare-xl saved for upload.",
        "Il n’y a pas d’attestation à côté de « {path} », on n’en sait donc rien; choisissez un fichier qu’icare-xl a "
        "enregistré pour le téléversement.",
    )


@dataclass(frozen=True, slots=True)
class Certificate:
    """No value of any row. `accepted` counts the warnings that were left, by rule code; `when` is ISO with its zone.

    `found_right` are the warnings that a person had looked at before: rule, reason, who and when, once for each.

    `read_twice`: a second program read the file and found the same texts, as it does in nearly every file.
    """

    file: str
    sha256: str
    service: str
    edition: str
    rows: int
    accepted: dict[str, int]
    rules: str
    program: str
    when: str
    by: str
    month: str = ""
    account: str = ""
    entry: str = ""
    read_twice: bool = True
    found_right: Sequence[Mapping[str, str]] = ()

    @property
    def document(self) -> dict[str, Any]:
        """As JSON; that the file was read twice goes without saying, and so does that nothing was found right before."""
        usual = {"read_twice": True, "found_right": ()}
        return {name: value for name, value in asdict(self).items() if name not in usual or value != usual[name]}


def of_warnings(report: Report) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in report.findings:
        counts[found.rule] = counts.get(found.rule, 0) + 1
    return counts


def of_acceptances(report: Report) -> tuple[dict[str, str], ...]:
    return tuple(
        {"rule": each.rule, "reason": each.reason, "by": each.by, "when": each.when.isoformat(timespec="seconds")}
        for _, each in report.accepted
    )


def rule_set() -> str:
    """Names the rules as they are today: a digest of their codes and texts."""
    told = "\n".join(f"{rule.code} {rule.severity} {rule.says.en}" for rule in RULES)
    return f"{len(RULES)}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def digest(path: Path) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def beside(path: Path) -> tuple[Path, Path]:
    """Where the certificate of a file is: for programs, and to print."""
    return path.with_name(f"{path.stem}_certificate.json"), path.with_name(f"{path.stem}_certificate.html")


@contextmanager
def written(path: Path, certificate: Certificate, language: Language) -> Iterator[None]:
    """Both forms, beside the file; gone again where the block raises, since the file never came to be then."""
    try:
        write(path, certificate, language)
        yield
    except BaseException:
        for out in beside(path):
            with suppress(OSError):
                out.unlink(missing_ok=True)
        raise


def write(path: Path, certificate: Certificate, language: Language) -> None:
    """Both forms, beside the file."""
    as_json, as_page = beside(path)
    for out, text in (
        (as_json, json.dumps(certificate.document, ensure_ascii=False, indent=2)),
        (as_page, page(certificate, language)),
    ):
        with output_file(out) as temporary:
            temporary.write_text(text, "utf-8")


def read(path: Path) -> Certificate:
    """The certificate beside a file. Raises NoCertificate."""
    try:
        known = Certificate(**json.loads(beside(path)[0].read_text("utf-8")))
        if (
            not all(isinstance(each, str) for each in (known.sha256, known.when, known.by))
            or type(known.rows) is not int
        ):
            raise ValueError(path)
        return known
    except (OSError, ValueError, TypeError) as fault:
        raise NoCertificate(path=path) from fault


_TITLE = Text("Certificate of a file for upload", "Attestation d’un fichier à téléverser")
_LABELS: dict[str, Text] = {
    "file": Text("File", "Fichier"),
    "sha256": Text("SHA-256", "SHA-256"),
    "service": Text("Service", "Service"),
    "edition": Text("Template version", "Version du modèle"),
    "month": Text("Month", "Mois"),
    "account": Text("Account", "Compte"),
    "rows": Text("Rows", "Lignes"),
    "accepted": Text("Warnings accepted", "Avertissements acceptés"),
    "found_right": Text("Found right by", "Jugé exact par"),
    "rules": Text("Rules (number, digest)", "Règles (nombre, empreinte)"),
    "program": Text("Program", "Programme"),
    "when": Text("Saved", "Enregistré le"),
    "by": Text("By", "Par"),
    "entry": Text("Entry in the ledger", "Entrée du registre"),
}
_HONEST = Text(
    "At this moment icare-xl found no error in this file by the rules it knows; the official list of rules is not public. "
    "Whether the file is still the same can be verified with icare-xl.",
    "À ce moment, icare-xl n’a trouvé aucune erreur dans ce fichier selon les règles qu’il connaît; la liste officielle des "
    "règles n’est pas publique. icare-xl permet de contrôler si le fichier est encore le même.",
)
_BY_HAND = Text("To fill in by hand", "À remplir à la main")
_FILL_IN = (
    Text("☐ Uploaded in iCARE on", "☐ Téléversé dans iEDEC le"),
    Text("by", "par"),
    Text("☐ Processed; rows accepted", "☐ Traité; lignes acceptées"),
    Text("rows rejected", "lignes rejetées"),
    Text("☐ In error ☐ Deleted on", "☐ En erreur ☐ Supprimé le"),
)
READ_ONCE = Text(
    "Only icare-xl has read the texts of “{file}”. openpyxl, the second program that reads each saved copy, could not.",
    "Seul icare-xl a lu les textes de «\u00a0{file}\u00a0». openpyxl, le second programme qui lit chaque copie "
    "enregistrée, n’y est pas parvenu.",
)
_STYLE = """
body { max-width: 45rem } th { padding-right: 1.5rem; width: 14rem }
"""


def _told(right: Mapping[str, str], language: Language) -> str:
    """`Ana Novak, 2026-02-03: IC130, I looked at the document`"""
    day = spoken_day(datetime.fromisoformat(right["when"]).astimezone().date()).to(language)
    reason = REASON[cast(Reason, right["reason"])].to(language)
    return f"{right['by']}, {day}: {right['rule']}, {reason}"


def page(certificate: Certificate, language: Language) -> str:
    """One page of HTML to print."""
    values = asdict(certificate)
    values["when"] = spoken_moment(datetime.fromisoformat(certificate.when)).to(language)
    values["accepted"] = ", ".join(f"{code} × {count}" for code, count in certificate.accepted.items()) or "0"
    values["found_right"] = "; ".join(_told(each, language) for each in certificate.found_right)
    rows = "".join(
        f"<tr><th scope=row>{escape(label.to(language))}</th><td>{escape(str(values[name]))}</td></tr>"
        for name, label in _LABELS.items()
        if values[name] != ""
    )
    body = [f"<table>{rows}</table><p>{escape(_HONEST.to(language))}</p>"]
    lines = "".join(f"<tr><th scope=row>{escape(line.to(language))}</th><td>&nbsp;</td></tr>" for line in _FILL_IN)
    body.append(f"<h2>{escape(_BY_HAND.to(language))}</h2><table>{lines}</table>")
    if not certificate.read_twice:
        body.append(f"<p>{escape(READ_ONCE.format(file=certificate.file).to(language))}</p>")
    return html_page(_TITLE, _STYLE, body, language)
