"""The JSON documents of the command line: a contract that programs are built on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from icare_xl.address import a1, letters
from icare_xl.compare import Changes
from icare_xl.fixes import Fix
from icare_xl.model import Field, Finding, RejectionNote, Report, Text
from icare_xl.rules import Rule
from icare_xl.sheet import NOTES, Sheet
from icare_xl.upload import Outcome

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
        "could_not_run": list(report.could_not_run),
        "findings": [finding(each) for each in report.findings],
    }


def finding(found: Finding) -> Document:
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
    }


def notes(path: Path, sheet: Sheet, read: Mapping[int, list[RejectionNote]], remarks: Mapping[int, str]) -> Document:
    column = sheet.layout.places.get(NOTES, 0)
    return {
        "file": str(path),
        "notes": [_note(sheet, row, column, note) for row, found in read.items() for note in found],
        "other_text": [{"cell": a1(row, column), "value": text} for row, text in remarks.items()],
    }


def _note(sheet: Sheet, row: int, column: int, note: RejectionNote) -> Document:
    places = sheet.layout.places
    return {
        "cell": a1(row, column),
        "row": row,
        "upload_id": note.upload_id,
        "record_id": note.record_id,
        "position": note.position,
        "total": note.total,
        "stamped": note.stamped.isoformat() if note.stamped else None,
        "raw": note.raw,
        "messages": [
            {
                "fields": list(message.fields),
                "cells": [a1(row, places[id_]) for id_ in message.fields if id_ in places],
                "category": message.category,
                **asdict(message.text),
                "meaning": _both(message.meaning),
                "fix": _both(message.fix),
            }
            for message in note.messages
        ],
    }


def strip(path: Path, out: Path, emptied: list[str], kept: list[str]) -> Document:
    return {"file": str(path), "out": str(out), "stripped": emptied, "kept": kept}


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


def save(path: Path, out: Path, sheet: Sheet, outcome: Outcome) -> Document:
    refused = outcome.refused
    return {
        "file": str(path),
        "saved": [] if refused else [str(out)],
        "sha256": [outcome.sha256] if outcome.sha256 else [],
        "rows": len(sheet.rows),
        "findings": [finding(each) for each in outcome.report.findings],
        "refused": {"code": refused.code, **asdict(refused.says)} if refused else None,
        "ledger": None,
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


def rule(each: Rule) -> Document:
    return {
        "code": each.code,
        "name": each.name,
        "origin": each.origin,
        "severity": each.severity,
        **asdict(each.says),
        "why": each.why,
        "source": each.source,
    }


def fault(path: Path, text: Text) -> Document:
    return {"file": str(path), "error": asdict(text)}


def _both(text: Text | None) -> Document | None:
    return asdict(text) if text else None
