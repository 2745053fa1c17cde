"""A PostgreSQL of the tests' own: its data in a folder that goes away, its socket in the same, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")  # its commands are in no folder of PATH


def missing() -> str | None:
    """Why there is none, or None."""
    if os.name != "posix":
        return "PostgreSQL is started on POSIX systems only"
    if _program("initdb") is None:
        return "PostgreSQL is not installed"
    if os.geteuid() == 0 and not shutil.which("runuser"):
        return "PostgreSQL does not run as root, and there is no runuser"
    return None


@contextmanager
def running() -> Iterator[str]:
    """The URL of its empty database."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # the name of a socket must be short
    port = 20000 + os.getpid() % 20000
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = folder / "data"
    options = f"-p {port} -k {folder} -c listen_addresses= -c fsync=off"
    try:
        _run("initdb", "-D", cluster, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        _run("pg_ctl", "-D", cluster, "-w", "-l", folder / "log.txt", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}&port={port}"
        finally:
            _run("pg_ctl", "-D", cluster, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(name: str, *words: str | Path) -> None:
    """As the user postgres where we are root: PostgreSQL refuses to run as root."""
    program = _program(name)
    assert program
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*before, program, *map(str, words)], check=True, cwd="/tmp", stdout=subprocess.DEVNULL)


def _program(name: str) -> str | None:
    found = sorted(_DEBIAN.glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def empty(url: str) -> None:
    """Drop the ledger's tables."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("DROP TABLE IF EXISTS icare_key, icare_claim, icare_event"))
