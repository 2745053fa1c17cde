"""The JSON documents of the command line: a contract that programs are built on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from icare_xl.check.fixes import Fix
from icare_xl.check.rules import Rule
from icare_xl.icare.editions import Changes
from icare_xl.model.addresses import a1, letters
from icare_xl.model.finding import Acceptance, Diagnosis, Finding, Report
from icare_xl.model.sheet import NOTES, Sheet
from icare_xl.model.template import Field
from icare_xl.model.text import Text
from icare_xl.rejected.corrections import Corrections
from icare_xl.rejected.rejections import Rejected, Rejection
from icare_xl.rejected.sentences import rejected_summary
from icare_xl.settings import SETTINGS, Settings, shown
from icare_xl.upload.certificate import Certificate
from icare_xl.upload.guards import Objection
from icare_xl.upload.ledger import Repaired, Returned, Submission
from icare_xl.upload.month import Month
from icare_xl.upload.saving import Outcome
from icare_xl.upload.sentences import advice
from icare_xl.upload.set_aside import SetAside

Document = dict[str, Any]


def check(path: Path, sheet: Sheet, report: Report) -> Document:
    template = sheet.template
    return {
        "file": str(path),
        "sheet": sheet.name,
        "template": {
            "service": template.service,
            "code": template.code,
            "version": template.version,
            "locale": template.locale,
            "source": template.source,
        },
        "rows": len(sheet.rows),
        "errors": report.errors,
        "warnings": report.warnings,
        "accepted": len(report.accepted),
        "could_not_run": [*report.could_not_run, *report.could_not_explain],
        "causes": [_cause(each) for each in report.diagnoses],
        "findings": findings(report),
    }


def findings(report: Report) -> list[Document]:
    """In reading order, those that were accepted too, with what is known of that."""
    found = [(each, _finding(each, report.cause_of(each))) for each in report.findings]
    found += [(each, _finding(each, None) | {"accepted": _accepted(by)}) for each, by in report.accepted]
    found.sort(key=lambda pair: pair[0].reading_order)
    return [document for _, document in found]


def _accepted(found: Acceptance) -> Document:
    return {"id": found.id, "reason": found.reason, "by": found.by, "when": found.when.isoformat()}


def acceptances(found: Iterable[Acceptance]) -> list[Document]:
    """As `accept --json` lists them."""
    return [{**_accepted(each), "cell": each.cell, "rule": each.rule, "file": each.file} for each in found]


def _cause(found: Diagnosis) -> Document:
    return {
        "code": found.code,
        **asdict(found.says),
        "why": asdict(found.why),
        "fix": asdict(found.fix),
        "rows": list(found.rows),
        "cells": _addresses(found.cells),
        "explains": len(found.explains),
    }


def _finding(found: Finding, cause: Diagnosis | None) -> Document:
    return {
        "cell": found.cell,
        "row": found.row,
        "field": found.field,
        "label": found.label,
        "rule": found.rule,
        "severity": found.severity,
        "origin": found.origin,
        "value": found.value,
        "en": found.message.en,
        "fr": found.message.fr,
        "suggestion": found.suggestion,
        "cause": cause.code if cause else None,
    }


def notes(path: Path, rejected: Rejected) -> Document:
    column = rejected.sheet.layout.columns.get(NOTES, 0)
    return {
        "file": str(path),
        "summary": asdict(rejected_summary(rejected)),
        "notes": [_note(each, column) for each in rejected.rejections],
        "clients": [
            {"rows": list(client.rows), "cells": _addresses(client.cells), "causes": [*map(asdict, client.causes)]}
            for client in rejected.clients
        ],
        "other_text": [{"cell": a1(row, column), "value": text} for row, text in rejected.remarks.items()],
    }


def _note(rejection: Rejection, column: int) -> Document:
    note = rejection.note
    return {
        "cell": a1(rejection.row, column),
        "row": rejection.row,
        "upload_id": note.upload_id,
        "record_id": note.record_id,
        "position": note.position,
        "total": note.total,
        "stamped": note.stamped.isoformat() if note.stamped else None,
        "raw": note.raw,
        "messages": [
            {
                "fields": list(each.message.fields),
                "cells": _addresses(each.cells),
                "look_at": _addresses(each.look_at),
                "category": each.message.category,
                **asdict(each.message.text),
                "meaning": _both(each.message.meaning),
                "fix": _both(each.message.fix),
                "causes": [*map(asdict, each.causes)],
            }
            for each in rejection.complaints
        ],
    }


def _addresses(places: Iterable[tuple[int, int]]) -> list[str]:
    return [a1(*place) for place in places]


def strip(path: Path, out: Path, emptied: list[str], kept: list[str], found: Sequence[Returned]) -> Document:
    remembered = {"returned": [_returned(each) for each in found]} if found else {}
    return {"file": str(path), "out": str(out), "stripped": emptied, "kept": kept} | remembered


def fix(path: Path, out: Path, fixes: list[Fix], formulas: list[str]) -> Document:
    """`formulas`, the wrong cells that a formula fills and nobody changed, is there where there are any."""
    changes = [
        {
            "cell": each.cell,
            "row": each.place[0],
            "field": each.field.id,
            "old": each.old.text,
            "new": each.proposal.text,
            "reason": asdict(each.proposal.reason),
        }
        for each in fixes
    ]
    return {"file": str(path), "out": str(out), "changes": changes} | ({"formulas": formulas} if formulas else {})


def unmark(path: Path, out: Path) -> Document:
    return {"file": str(path), "out": str(out)}


def save(path: Path, sheet: Sheet, outcome: Outcome, ledger: str | None) -> Document:
    refused = outcome.refused
    document: Document = {
        "file": str(path),
        "saved": [str(part.path) for part in outcome.saved],
        "sha256": [part.sha256 for part in outcome.saved],
        "rows": len(sheet.rows),
        "findings": findings(outcome.report),
        "refused": _objection(refused) if refused else None,
        "warnings": [_objection(each) for each in outcome.objections if each.severity == "warning"],
        "ledger": ledger,
    }
    if ledger:
        document["entries"] = [part.entry for part in outcome.saved]
        document["repaired"] = [{"entry": each.submission.id, "found": each.found} for each in outcome.repaired]
        document["uploaded"] = [each.id for each in outcome.recorded]
        document["replaced"] = [_replaced(each) for each in outcome.replaced]
    if read_once := [str(part.path) for part in outcome.saved if not part.read_twice]:
        document["read_once"] = read_once
    return document


def _replaced(each: SetAside) -> Document:
    """`moved` is where the file is now; null where it is to be deleted where it is."""
    moved = str(each.moved) if each.moved else None
    return {"entry": each.submission.id, "file": each.submission.saved.about.file, "moved": moved}


def _objection(each: Objection) -> Document:
    return {"code": each.code, **asdict(each.says)} | ({"rows": list(each.rows)} if each.rows else {})


def verify(path: Path, given: Certificate, same: bool) -> Document:
    return {"file": str(path), "same": same, "certificate": given.document}


def only_rejected(path: Path, rejected: Path, out: Path, kept: Sequence[int]) -> Document:
    return {"file": str(path), "rejected": str(rejected), "out": str(out), "rows": list(kept)}


def corrections(before: Path, after: Path, out: Path, given: Corrections) -> Document:
    return {
        "before": str(before),
        "after": str(after),
        "out": str(out),
        "corrections": [asdict(each) for each in given.found],
        "only_before": list(given.only_before),
        "only_after": list(given.only_after),
    }


def new(service: str, out: Path) -> Document:
    return {"service": service, "out": str(out)}


def install(addin: Path, python: Path, slot: str) -> Document:
    return {"addin": str(addin), "python": str(python), "slot": slot}


def uninstall(removed: list[str]) -> Document:
    return {"removed": removed}


def demo(folder: Path) -> Document:
    return {"folder": str(folder), "files": sorted(map(str, folder.rglob("*.xlsx")))}


def compare(changes: Changes) -> Document:
    def brief(field: Field) -> Document:
        return {"field": field.id, "label": field.label}

    return {
        "added": [brief(field) for field in changes.added],
        "removed": [brief(field) for field in changes.removed],
        "moved": [brief(field) | {"from": letters(old), "to": letters(new)} for field, old, new in changes.moved],
        "renamed": [{"field": old.id, "from": old.label, "to": new.label} for old, new in changes.renamed],
        "mandatory": [brief(field) | {"mandatory": field.required} for field in changes.mandatory],
        "lists": [
            brief(change.field) | {"added": list(change.added), "removed": list(change.removed)}
            for change in changes.lists
        ],
    }


def month(found: Month, repaired: list[Repaired], ledger: str) -> Document:
    return {
        "ledger": ledger,
        "month": f"{found.month:%Y-%m}",
        "deadline": {
            "day": found.deadline.day.isoformat(),
            "calendar": asdict(found.deadline.calendar),
            "candidates": {name: day.isoformat() for name, day in found.deadline.candidates.items()},
        },
        "services": [
            {
                "service": each.service,
                "saved": each.count("saved"),
                "pending": each.count("pending"),
                "processed": each.count("processed"),
                "rejected_open": sum(each.open_rows),
                "files": list(map(submission, each.submissions, each.open_rows)),
            }
            for each in found.services
        ],
        "repaired": [{"id": each.submission.id, "found": each.found} for each in repaired],
        "problems": [asdict(each) for each in found.problems],
    }


def submission(each: Submission, open_rows: int) -> Document:
    about = each.saved.about
    return {
        "id": each.id,
        "file": about.file,
        "service": about.service,
        "account": about.account,
        "month": f"{about.month:%Y-%m}" if about.month else None,
        "part": about.part,
        "version": about.version,
        "sha256": about.sha256,
        "rows": each.saved.rows,
        "by": each.saved.by,
        "saved": each.saved.when.isoformat(),
        "status": each.standing,
        "replaced_by": each.replaced_by,
        "since": each.since.isoformat(),
        "accepted": each.accepted,
        "rejected": each.rejected,
        "rejected_open": open_rows,
        "may_be_sent_again": not each.in_force,
        **asdict(advice(each, open_rows)),
    }


def returned(path: Path, found: Sequence[Returned]) -> Document:
    return {"file": str(path), "returned": [_returned(each) for each in found]}


def _returned(each: Returned) -> Document:
    return {
        "id": each.id,
        "of": each.of,
        "upload_id": each.upload_id,
        "positions": list(each.positions),
        "total": each.total,
        "categories": each.categories,
    }


def settings(own: Path, found: Settings) -> Document:
    return {
        "file": str(own),
        "agency_file": _text(found.agency_file),
        "settings": {
            each.name: {"value": shown(found.value(each.name)), "from": _text(found.sources.get(each.name))}
            for each in SETTINGS
        },
        "problems": [asdict(each) for each in found.problems],
    }


def _text(path: Path | None) -> str | None:
    return str(path) if path else None


def rule(each: Rule) -> Document:
    return {
        "code": each.code,
        "name": each.name,
        "origin": each.origin,
        "severity": each.severity,
        **asdict(each.says),
        "why": each.why.en,
        "source": each.source,
    }


def fault(path: Path, text: Text) -> Document:
    return {"file": str(path), "error": asdict(text)}


def _both(text: Text | None) -> Document | None:
    return asdict(text) if text else None
