"""Captured payloads: bare bodies, fixtures of request and response, HAR captures."""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlsplit

import msgspec

from gateway.core.errors import InvalidRequest

_ISO_DATE: Final = re.compile(rb"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT_DATE: Final = re.compile(rb"""(?<=["=-])(20\d{2})(\d{2})(\d{2})(?!\d)""")
_RUSSIAN_DATE: Final = re.compile(rb"(?<!\d)(\d{2})\.(\d{2})\.(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Payload:
    """One captured answer.

    Attributes:
        name: Where it came from, such as a file name.
        body: Bytes of the answer.
        path: Path and query that were asked, where the capture tells.
        method: HTTP method, where the capture tells.
        status: HTTP status.
        media_type: Content type.
        among_others: Whether it stands in a capture of a whole browsing session.
        origin: Scheme, host and port that were asked, where the capture tells.
    """

    name: str
    body: bytes = field(repr=False)
    path: str | None = None
    method: str | None = None
    status: int = 200
    media_type: str = "application/json"
    among_others: bool = False
    origin: str | None = None


def read_payloads(name: str, content: bytes) -> tuple[Payload, ...]:
    """The payloads of one file: a HAR capture, a fixture, or one answer's body.

    Raises:
        InvalidRequest: It looks like a capture and cannot be read.
    """
    try:
        document = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return (Payload(name, content, media_type="text/html"),)
    if isinstance(document, dict):
        if isinstance(log := document.get("log"), dict) and "entries" in log:
            return tuple(_har(name, log["entries"]))
        if "exchanges" in document:
            exchanges = enumerate(document["exchanges"])
            return tuple(_exchange(f"{name}#{index}", item) for index, item in exchanges)
        if "request" in document and "response" in document:
            return (_exchange(name, document),)
    return (Payload(name, content),)


def _exchange(name: str, item: object) -> Payload:
    """A fixture: `{"request": {"method", "path"|"url"}, "response": {"status", "body"}}`."""
    if not isinstance(item, dict):
        raise InvalidRequest(f"{name}: an exchange is an object")
    request, response = item.get("request"), item.get("response")
    if not isinstance(request, dict) or not isinstance(response, dict):
        raise InvalidRequest(f"{name}: an exchange has a request and a response")
    body = response.get("body")
    text = response.get("text")
    content = text.encode() if isinstance(text, str) else msgspec.json.encode(body)
    return Payload(
        name=name,
        body=content,
        path=_path(str(request.get("path") or request.get("url") or "")),
        method=str(request.get("method", "GET")).upper(),
        status=int(response.get("status", 200)),
        media_type="text/html" if isinstance(text, str) else "application/json",
    )


def _har(name: str, entries: object) -> Iterator[Payload]:
    if not isinstance(entries, list):
        raise InvalidRequest(f"{name}: a HAR capture has a list of entries")
    for index, entry in enumerate(entries):
        try:
            request, response = entry["request"], entry["response"]
            content = response["content"]
            text = content.get("text")
            if text is None:
                continue
            encoded = content.get("encoding") == "base64"
            body = base64.b64decode(text) if encoded else str(text).encode()
            yield Payload(
                name=f"{name}#{index}",
                body=body,
                path=_path(str(request["url"])),
                method=str(request["method"]).upper(),
                status=int(response["status"]),
                media_type=str(content.get("mimeType", "")).partition(";")[0].strip().lower(),
                among_others=True,
                origin=_origin(str(request["url"])),
            )
        except (KeyError, TypeError, ValueError, AttributeError, binascii.Error) as error:
            raise InvalidRequest(f"{name}: entry {index} of the capture is incomplete") from error


def _origin(url: str) -> str | None:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def dates_in(payloads: Sequence[Payload]) -> tuple[date, date] | None:
    """The first and last date that the payloads mention; None without any."""
    found = {day for payload in payloads for day in _dates(payload)}
    return (min(found), max(found)) if found else None


def _dates(payload: Payload) -> Iterator[date]:
    text = (payload.path or "").encode() + b" " + payload.body
    for pattern in (_ISO_DATE, _COMPACT_DATE):
        for year, month, day in pattern.findall(text):
            yield from _day(year, month, day)
    for day, month, year in _RUSSIAN_DATE.findall(text):
        yield from _day(year, month, day)


def _day(year: bytes, month: bytes, day: bytes) -> Iterator[date]:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return
    if found.year >= _FIRST_YEAR:
        yield found


_FIRST_YEAR: Final = 2005
"""No e-diary is older; earlier dates are birthdays and placeholders."""


def route_pattern(template: str) -> re.Pattern[str]:
    """A pattern for the end of a path, from a route with `{placeholders}`."""
    parts = re.split(r"(\{[^}]*\})", template.strip("/"))
    body = "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts)
    return re.compile(f"(?:^|/){body}/?$", re.IGNORECASE)


def without_query(path: str) -> str:
    """A path without its query."""
    return path.partition("?")[0]
