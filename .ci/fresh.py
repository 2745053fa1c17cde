"""On a machine with nothing but Python: make .venv, install the project into it, and run one of its two commands.

python .ci/fresh.py demo    the main job on invented workbooks
python .ci/fresh.py test    all tests, thoroughly (further words go to pytest)
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
COMMANDS = {"demo": ["icare_xl", "demo"], "test": ["pytest", "--thorough"]}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything checks the version
        sys.exit(f"Python 3.11 or newer is needed; this one is {sys.version.split()[0]}.")
    name, *words = sys.argv[1:] or [""]
    if name not in COMMANDS:
        sys.exit(__doc__)
    return subprocess.run([prepared(), "-m", *COMMANDS[name], *words], cwd=ROOT).returncode


def prepared() -> Path:
    """The Python of .venv, with the project and its `dev` group installed as pyproject.toml has them now."""
    if not VENV.exists() and subprocess.run([sys.executable, "-m", "venv", VENV]).returncode:
        sys.exit("Python cannot make a virtual environment; on Debian and Ubuntu, install python3-venv first.")
    scripts = sysconfig.get_path("scripts", "venv", {"base": str(VENV), "platbase": str(VENV)})
    python = Path(scripts) / ("python.exe" if sys.platform == "win32" else "python")
    stamp, wanted = VENV / "installed.txt", (ROOT / "pyproject.toml").read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        for words in (["--upgrade", "pip>=25.1"], ["--editable", ".", "--group", "dev"]):
            if code := subprocess.run([*pip, *words], cwd=ROOT).returncode:
                sys.exit(code)
        stamp.write_text(wanted, "utf-8")
    return python


if __name__ == "__main__":
    sys.exit(main())
