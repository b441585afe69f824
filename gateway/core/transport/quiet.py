"""Keeps HTTP libraries from logging our URLs, cookies and headers.

httpx logs whole URLs and httpcore `Set-Cookie`. Their records are dropped while an exchange of
ours runs, and only then: an application's own use of the same libraries logs as before.
"""

import logging
from contextvars import ContextVar
from typing import Final

LOGGERS: Final = (
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.proxy",
    "httpcore.socks",
    "aiohttp",
    "aiohttp.client",
    "aiohttp.internal",
)

_ours: ContextVar[bool] = ContextVar("gateway_transport_exchange", default=False)


class _Silence(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not _ours.get()


_SILENCE = _Silence()


def install() -> None:
    """Puts the filter on the libraries' loggers; doing it twice changes nothing."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_SILENCE)


class quietly:  # noqa: N801 - reads as the context manager that it is
    """Marks what runs inside as an exchange of ours."""

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token = _ours.set(True)

    def __exit__(self, *_: object) -> None:
        _ours.reset(self._token)
