"""Debian's Chromium without a window, for the pages that the program writes; nothing is downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Root, which tests may run as, has no sandbox.
_WORDS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def missing() -> str | None:
    """Why there is no browser to test with."""
    if shutil.which("chromium") is None:
        return "Chromium is not installed"
    return None if find_spec("playwright") else "playwright is not installed"


@contextmanager
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_WORDS)
        try:
            yield browser
        finally:
            browser.close()
