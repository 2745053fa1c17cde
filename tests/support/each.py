"""One test of very many small things, which would take longer to count than to try."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

T = TypeVar("T")


def of_each(things: Iterable[T]) -> Callable[[Callable[[T], None]], Callable[[], None]]:
    """The test is played for each of these, and all that fail are named."""

    def wrap(test: Callable[[T], None]) -> Callable[[], None]:
        def played() -> None:
            if failed := list(failures(test, things)):
                pytest.fail("\n\n".join(failed), pytrace=False)

        played.__name__, played.__doc__ = test.__name__, test.__doc__
        return played

    return wrap


def failures(test: Callable[[T], None], things: Iterable[T]) -> Iterable[str]:
    for thing in things:
        try:
            test(thing)
        except AssertionError as fault:
            yield f"{thing}: {fault}"
