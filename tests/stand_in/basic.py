"""Our add-in in the LibreOffice of the tests, and its VBA run there."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.stand_in.libreoffice import Office
from tests.stand_in.with_libreoffice import LibreOfficeBackend

PLACE = "vnd.sun.star.script:VBAProject.{}?language=Basic&location=document"


class Basic:
    """Our VBA, called by `Module.Function`. Numbers go as text: LibreOffice hands a whole number over as 0."""

    def __init__(self, addin: Path, office: Office) -> None:
        self.addin = addin
        how = {"Hidden": True, "MacroExecutionMode": 4, "FilterName": "Calc MS Excel 2007 VBA XML"}
        given = LibreOfficeBackend(office.desktop).properties(how)
        self._document = office.desktop.loadComponentFromURL(addin.as_uri(), "_blank", 0, given)
        self._scripts = self._document.getScriptProvider()

    def call(self, function: str, *words: str) -> str:
        result: Any = self._scripts.getScript(PLACE.format(function)).invoke(words, (), ())[0]
        return str(result)

    def command_line_for(self, control_id: str, hwnd: int = 1) -> str:
        """What a press on this control would run: the way of OnAction, up to the command line."""
        with zipfile.ZipFile(self.addin) as package:
            ribbon = ElementTree.fromstring(package.read("customUI/customUI14.xml"))
        [control] = [each for each in ribbon.iter() if each.get("id") == control_id]
        action = self.call("IcareStart.ActionOf", control_id, control.get("tag", ""))
        return self.call("IcareStart.CommandFor", action, str(hwnd))

    def close(self) -> None:
        self._document.close(True)
