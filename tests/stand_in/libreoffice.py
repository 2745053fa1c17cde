"""Finding, starting and stopping LibreOffice, with a profile and a port of its own; nothing is installed or kept."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

PROGRAM = Path("/usr/lib/libreoffice/program")  # where Debian puts it
UNO = Path("/usr/lib/python3/dist-packages")
LOCAL_FOLDER = r"C:\Users\Zoé & fils\AppData\Local"  # what Windows would say
WAIT = 90  # seconds, for a slow and busy machine

# Nothing is written beside a workbook: the lock of a LibreOffice that was stopped would keep the next one out.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def missing() -> str | None:
    """Why there is no LibreOffice to test with."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed"
    bridge = PROGRAM / "libpyuno.so"
    if not bridge.exists() or not (UNO / "uno.py").exists():
        return "LibreOffice's bridge to Python (python3-uno) is not installed"
    made_for = re.search(rb"libpython(\d+\.\d+)", bridge.read_bytes())
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    if made_for and made_for[1].decode() != ours:
        return f"LibreOffice's bridge is for Python {made_for[1].decode()}, and this is {ours}"
    return None


def import_uno() -> Any:
    """The module `uno`, and nothing else of the system's Python."""
    if "uno" not in sys.modules:
        with tempfile.TemporaryDirectory() as links:
            (Path(links) / "uno.py").symlink_to(UNO / "uno.py")
            sys.path += [links, str(PROGRAM)]
            import_module("uno")
            sys.path.remove(links)
    return sys.modules["uno"]


def connect(port: int, office: subprocess.Popen[bytes] | None = None) -> Any:
    """The desktop of the LibreOffice that listens there, as soon as it does."""
    uno = import_uno()
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    address = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
    end = time.monotonic() + WAIT
    while True:
        try:
            there = resolver.resolve(address)
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except Exception as fault:  # uno's NoConnectException, which cannot be imported before
            if time.monotonic() > end or (office and office.poll() is not None):
                raise RuntimeError(f"LibreOffice does not answer on port {port}") from fault
            time.sleep(0.2)


class Office:
    """A running LibreOffice without windows."""

    def __init__(self) -> None:
        self.port = _free_port()
        self._profile = Path(tempfile.mkdtemp(prefix="libreoffice-"))
        (self._profile / "user").mkdir()
        (self._profile / "user/registrymodifications.xcu").write_text(_SETTINGS)
        self._process = subprocess.Popen(
            [
                *("soffice", "--headless", "--norestore", "--nologo", "--nofirststartwizard", "--nodefault"),
                f"-env:UserInstallation={self._profile.as_uri()}",
                f"--accept=socket,host=127.0.0.1,port={self.port};urp;",
            ],
            env=os.environ | {"LOCALAPPDATA": LOCAL_FOLDER},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it starts another process; both are stopped as a group
        )
        atexit.register(self.stop)
        try:
            self.desktop = connect(self.port, self._process)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        atexit.unregister(self.stop)
        if self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
