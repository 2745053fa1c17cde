"""Every code that a person can leave out: of rules, and of causes."""

from __future__ import annotations

from icare_xl.check import causes, rules

CODES = rules.CODES | causes.CODES
