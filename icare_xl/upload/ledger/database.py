"""A ledger in a database, for agencies that have a server: the same events as in a folder, one row of a table for each.

The database decides who gets the number of a claim: two cannot insert the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sql
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from icare_xl.model.text import Text
from icare_xl.upload.ledger.errors import CannotUseDatabase, NoDatabaseSupport
from icare_xl.upload.ledger.events import Accepted, Claim, Event, Judgement, Revoked, Saved, claim_of, event_of, to_text
from icare_xl.upload.ledger.fingerprints import name_of
from icare_xl.upload.ledger.history import Contents

T = TypeVar("T")
_TABLES = sql.MetaData()
_KEYS = sql.Table(
    "icare_key",
    _TABLES,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("key", sql.LargeBinary, nullable=False),
)
_CLAIMS = sql.Table(
    "icare_claim",
    _TABLES,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("claim", sql.Text, nullable=False),
)
_EVENTS = sql.Table(
    "icare_event",
    _TABLES,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("event", sql.Text, nullable=False),
)
_DAMAGED = Text(
    "Row {id} of the table {table} is not of the ledger, and was skipped.",
    "La ligne {id} de la table {table} est étrangère au registre et n’a pas été lue.",
)


class DatabaseStore:
    """Its tables are made on first use. Raises CannotUseDatabase; the password in a URL is never repeated."""

    def __init__(self, url: str) -> None:
        try:
            address = sql.make_url(url)
        except ArgumentError as fault:
            raise CannotUseDatabase(where=url.partition(":")[0], reason="URL") from fault
        self.where = address.render_as_string(hide_password=True)
        self._events: dict[str, Event] = {}  # by id: what was read once stays as it is
        with self._told():
            self._engine = sql.create_engine(address, poolclass=sql.NullPool)
            self._make_tables()

    def keys(self) -> dict[str, bytes]:
        with self._told(), self._engine.connect() as connection:
            found = connection.execute(sql.select(_KEYS.c.key).order_by(_KEYS.c.number)).scalars()
            return {name_of(key): key for key in found}

    def put_key(self, key: bytes) -> None:
        self._insert(_KEYS, number=1, key=key)

    def read(self) -> Contents:
        """Claims are read before events: one that is completed in between is found in either place."""
        problems: list[Text] = []
        with self._told(), self._engine.connect() as connection:
            claimed = connection.execute(sql.select(_CLAIMS.c.number)).scalars().all()
            for id_, text in self._unread(connection):
                if event := _parsed(text, event_of, _EVENTS, id_, problems):
                    self._events[id_] = event
            settled = {each.number for each in self._events.values() if isinstance(each, Saved)}
            open_ = _CLAIMS.c.number.in_([number for number in claimed if number not in settled])
            texts = connection.execute(sql.select(_CLAIMS.c.number, _CLAIMS.c.claim).where(open_))
            claims = [_parsed(text, claim_of, _CLAIMS, number, problems) for number, text in texts]
        open_claims = [each for each in claims if each]
        return Contents(list(self._events.values()), open_claims, max(claimed, default=0), problems)

    def _unread(self, connection: sql.Connection) -> list[tuple[str, str]]:
        wanted = sql.select(_EVENTS.c.id, _EVENTS.c.event)
        if self._events:
            known = connection.execute(sql.select(_EVENTS.c.id)).scalars()
            wanted = wanted.where(_EVENTS.c.id.in_([id_ for id_ in known if id_ not in self._events]))
        return [(id_, text) for id_, text in connection.execute(wanted)]

    def judgements(self) -> list[Judgement]:
        kinds = (_EVENTS.c.event.contains(f'"kind": "{kind}"') for kind in ("accepted", "revoked"))
        with self._told(), self._engine.connect() as connection:
            found = connection.execute(sql.select(_EVENTS.c.id, _EVENTS.c.event).where(sql.or_(*kinds)))
            events = [_parsed(text, event_of, _EVENTS, id_, []) for id_, text in found]
        return [each for each in events if isinstance(each, (Accepted, Revoked))]

    def put_claim(self, claim: Claim) -> bool:
        return self._insert(_CLAIMS, number=claim.saved.number, claim=to_text(claim))

    def put_event(self, event: Event) -> None:
        self._insert(_EVENTS, id=event.id, event=to_text(event))

    def _insert(self, table: sql.Table, **values: object) -> bool:
        """Whether the primary key was free."""
        try:
            with self._told(), self._engine.begin() as connection:
                connection.execute(table.insert().values(**values))
        except IntegrityError:
            return False
        return True

    def _make_tables(self) -> None:
        """Two who make them at once: the second finds them made."""
        try:
            _TABLES.create_all(self._engine)
        except SQLAlchemyError:
            _TABLES.create_all(self._engine)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except ModuleNotFoundError as fault:
            raise NoDatabaseSupport() from fault
        except SQLAlchemyError as fault:
            cause = getattr(fault, "orig", None) or fault
            raise CannotUseDatabase(where=self.where, reason=type(cause).__name__) from fault


def _parsed(text: str, parse: Callable[[str], T], table: sql.Table, id_: object, problems: list[Text]) -> T | None:
    try:
        return parse(text)
    except (ValueError, KeyError, TypeError, AttributeError):
        problems.append(_DAMAGED.format(id=id_, table=table.name))
        return None
