"""Our VBA, run by LibreOffice: one office and one client for as long as a test module needs them.

The client is this same file, run by the Python that has LibreOffice's `uno`, which need not be the Python of the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

PATIENCE = 90  # seconds for LibreOffice to start
PLACE = "vnd.sun.star.script:VBAProject.{}?language=Basic&location=document"


class Basic:
    """Our VBA, called by `Module.Function`. Numbers go as text: LibreOffice hands a whole number over as 0."""

    def __init__(self, addin: Path, client: subprocess.Popen[str]) -> None:
        self.addin, self.client = addin, client

    def call(self, function: str, *words: str) -> str:
        assert self.client.stdin and self.client.stdout
        self.client.stdin.write(json.dumps([function, *words]) + "\n")
        self.client.stdin.flush()
        answer = json.loads(self.client.stdout.readline() or '{"error": "the client ended"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return str(answer["result"])

    def command_line_for(self, control_id: str, hwnd: int = 1) -> str:
        """What a press on this control would run: the way of OnAction, up to the command line."""
        with zipfile.ZipFile(self.addin) as package:
            ribbon = ElementTree.fromstring(package.read("customUI/customUI14.xml"))
        [control] = [each for each in ribbon.iter() if each.get("id") == control_id]
        return self.call("IcareStart.CommandFor", control_id, control.get("tag", ""), str(hwnd))


def missing() -> str:
    """Why our VBA cannot run here, or nothing."""
    if not shutil.which("soffice"):
        return "LibreOffice is not installed"
    return "" if _python_with_uno() else "no Python here has LibreOffice's uno (Debian: python3-uno)"


@contextmanager
def running(addin: Path, folder: Path, **environment: str) -> Iterator[Basic]:
    """`addin` opened in a LibreOffice of its own, with these variables in its environment."""
    copy = Path(shutil.copy(addin, folder))  # LibreOffice leaves a lock beside what it opens
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = ["--headless", "--norestore", "--nologo", "--nofirststartwizard"]
    words += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    words += [f"--accept=socket,host=127.0.0.1,port={port};urp;"]
    office = subprocess.Popen(
        ["soffice", *words], env=os.environ | environment, stderr=subprocess.DEVNULL, start_new_session=True
    )
    client = subprocess.Popen(
        [_python_with_uno(), __file__, port, copy.as_uri()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        with client:
            yield Basic(copy, client)
    finally:
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()


def _python_with_uno() -> str:
    for python in (sys.executable, shutil.which("python3", path=os.defpath)):
        if python and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0:
            return python
    return ""


def _serve(port: str, addin: str) -> None:
    """The client: each line in is a function and its words, each line out its result."""
    import uno

    def value(name: str, content: object) -> object:
        made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        made.Name, made.Value = name, content
        return made

    services = _connected(uno, port).ServiceManager
    desktop = services.createInstance("com.sun.star.frame.Desktop")
    how = value("Hidden", True), value("MacroExecutionMode", 4), value("FilterName", "Calc MS Excel 2007 VBA XML")
    scripts = desktop.loadComponentFromURL(addin, "_blank", 0, how).getScriptProvider()
    for line in sys.stdin:
        function, *words = json.loads(line)
        try:
            answer = {"result": scripts.getScript(PLACE.format(function)).invoke(tuple(words), (), ())[0]}
        except Exception as problem:
            answer = {"error": f"{function}: {problem}"}
        print(json.dumps(answer), flush=True)


def _connected(uno, port: str):  # type: ignore[no-untyped-def]
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
