"""Warnings that were found right, and how they are known again: by a keyed fingerprint of what their rule looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from icare_xl.check.rules import REGISTRY
from icare_xl.model.client import BIRTH_DATE, IDENTIFIER
from icare_xl.model.finding import Acceptance, Finding
from icare_xl.model.sheet import Sheet
from icare_xl.upload.ledger.events import Accepted, Judgement, Revoked

_WHO = (IDENTIFIER, BIRTH_DATE, "course_cd")  # so that nothing is accepted for another client or course


@dataclass(frozen=True)
class Acceptances:
    """Those in force, the oldest first, and the keys of the ledger by name."""

    all: Sequence[Acceptance] = ()
    keys: Mapping[str, bytes] = field(default_factory=dict)
    _by_rule: Mapping[str, Mapping[tuple[str, str], Acceptance]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, judgements: Sequence[Judgement], keys: Mapping[str, bytes]) -> Acceptances:
        revoked = {each.of for each in judgements if isinstance(each, Revoked)}
        accepted = [each for each in judgements if isinstance(each, Accepted) and each.id not in revoked]
        accepted.sort(key=lambda each: (each.when, each.id))
        by_rule: dict[str, dict[tuple[str, str], Acceptance]] = defaultdict(dict)
        for each in accepted:
            by_rule[each.rule][each.key, each.print] = acceptance_of(each)
        return cls([acceptance_of(each) for each in accepted], keys, dict(by_rule))

    def __call__(self, sheet: Sheet, findings: Sequence[Finding]) -> Mapping[int, Acceptance]:
        """The indexes of the findings that were found right, as `check.engine.Memory` has it."""
        found = {}
        for index, each in enumerate(findings):
            if known := self._by_rule.get(each.rule):
                prints = ((name, looked_at(sheet, each, key)) for name, key in self.keys.items())
                if acceptance := next((known[each] for each in prints if each in known), None):
                    found[index] = acceptance
        return found


def acceptance_of(event: Accepted) -> Acceptance:
    return Acceptance(event.id, event.rule, event.reason, event.by, event.when, event.file, event.cell)


def looked_at(sheet: Sheet, finding: Finding, key: bytes) -> str:
    """The fingerprint (16 bytes, in hexadecimal) of who a row is about and of the cells in it that the rule looked at.

    It is of what the cells hold and not of where they stand: rows may be sorted, and columns move.
    """
    assert finding.place
    row, column = finding.place
    rule, columns = REGISTRY[finding.rule], sheet.layout.columns
    read = rule.looks_at(sheet, finding.field) if finding.field else columns
    told = {id_: sheet.grid.at(row, columns[id_]).text for id_ in {*read, *_WHO} if id_ in columns}
    if not any(told.get(id_) for id_ in _WHO):  # nobody is named: the whole row has to be the same
        told = {id_: sheet.grid.at(row, at).text for id_, at in columns.items()}
    own = "" if finding.field else sheet.grid.at(row, column).text
    parts = [finding.rule, sheet.template.service or "", finding.field or str(column), own]
    parts += [f"{id_}={text}" for id_, text in sorted(told.items())]
    return blake2b("\0".join(parts).encode(), key=key, digest_size=16).hexdigest()
