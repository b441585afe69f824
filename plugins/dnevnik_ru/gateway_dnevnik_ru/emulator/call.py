"""One request as handlers see it: its parts in every way that clients send them."""

from collections.abc import Mapping
from datetime import date
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from functools import cached_property
from typing import Final
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request

from gateway_dnevnik_ru.emulator.access import Access
from gateway_dnevnik_ru.emulator.dates import parse_day
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.families import Site
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.sessions import WebSession
from gateway_dnevnik_ru.emulator.tokens import Grant

_TOKEN_HEADERS: Final = ("access-token", "accesstoken")
_TOKEN_FIELDS: Final = ("access_token", "accesstoken")
_BARE: Final = ""  # where the items of a bare JSON array stand


class SignInNeededError(Exception):
    """A page or web call without a living cookie session."""


class Call:
    """A request with what it means to this emulator."""

    def __init__(
        self,
        service: Service,
        site: Site,
        request: Request,
        body: bytes,
        params: Mapping[str, str],
    ) -> None:
        self.service = service
        self.site = site
        self.request = request
        self.body = body
        self.params = params

    @property
    def method(self) -> str:
        """HTTP method."""
        return self.request.method

    @property
    def wants_json(self) -> bool:
        """Whether the client speaks of JSON."""
        headers = self.request.headers
        return "json" in headers.get("accept", "") or "json" in headers.get("content-type", "")

    # -- fields ---------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> Mapping[str, list[str]]:
        """Values of query and body (form or JSON) by lower-case name; a bare array under ``""``."""
        found: dict[str, list[str]] = {}
        for name, value in (*self._query(), *self._body_fields()):
            found.setdefault(name.lower(), []).append(value)
        return found

    def _query(self) -> list[tuple[str, str]]:
        query = self.request.scope["query_string"].decode("latin-1")
        pairs = parse_qsl(query, keep_blank_values=True)
        # a client in use sends its address with `&amp;` between the parameters
        return [(name.removeprefix("amp;"), value) for name, value in pairs]

    def _body_fields(self) -> list[tuple[str, str]]:
        if not self.body:
            return []
        kind = self.request.headers.get("content-type", "")
        if kind.startswith("multipart/"):
            return []
        start = self.body.lstrip()[:1]
        if "json" in kind or start in (b"{", b"["):
            return self._json_fields()
        try:
            return parse_qsl(self.body.decode(), keep_blank_values=True)
        except UnicodeDecodeError as error:
            raise ApiError("invalidRequest") from error

    def _json_fields(self) -> list[tuple[str, str]]:
        try:
            value = msgspec.json.decode(self.body)
        except msgspec.DecodeError as error:
            raise ApiError("invalidRequest", "The body is no valid JSON") from error
        table = value.items() if isinstance(value, dict) else [(_BARE, value)]
        return [
            (str(name), _plain(item))
            for name, part in table
            for item in (part if isinstance(part, list) else [part])
            if item is not None
        ]

    def text(self, *names: str) -> str:
        """The first value under one of the names, or an empty text."""
        for name in names:
            values = self.fields.get(name.lower())
            if values:
                return values[0]
        return ""

    def many(self, *names: str) -> list[str]:
        """All values under the names, or the items of a bare array; comma lists are split."""
        for name in (*names, _BARE):
            values = self.fields.get(name.lower())
            if values:
                return [part.strip() for value in values for part in value.split(",") if part]
        return []

    # -- who ------------------------------------------------------------------------------------

    @cached_property
    def grant(self) -> Grant:
        """The living token of the request.

        Raises:
            ApiError: There is none, or it is dead.
        """
        headers = self.request.headers
        sent = next((headers[name] for name in _TOKEN_HEADERS if headers.get(name)), "")
        token = sent or self.text(*_TOKEN_FIELDS)
        if not token:
            raise ApiError("tokenRequired")
        grant = self.service.tokens.find(token)
        if grant is None:
            raise ApiError("invalidToken")
        return grant

    @cached_property
    def access(self) -> Access:
        """What the caller reaches, by token, or by cookies on the diary's own pages."""
        service, session = self.service, self._session
        key = self.grant.account_key if session is None else session.account_key
        return service.once(("access", key), lambda: Access(service, service.account(key)))

    def need_token(self) -> Grant:
        """Refuse requests without a living token."""
        return self.grant

    def need_education(self) -> None:
        """Refuse tokens without school data."""
        if not self.grant.scope.education:
            raise ApiError("outOfScope")

    _session: WebSession | None = None

    def sign_in(self) -> Access:
        """Take the caller from the cookies.

        Raises:
            SignInNeededError: They open no session.
        """
        self._session = self.cookie_session
        if self._session is None:
            raise SignInNeededError
        return self.access

    @property
    def cookie_session(self) -> WebSession | None:
        """The session of the request's cookies."""
        prefix = self.site.family.cookie_prefix
        cookies = self.request.cookies
        return self.service.sessions.find(cookies.get(f"{prefix}_a"), cookies.get(f"{prefix}_l"))

    # -- files ----------------------------------------------------------------------------------

    def uploaded_file(self) -> tuple[str, str, bytes]:
        """Name, media type and content of the file of a multipart body.

        Raises:
            ApiError: There is none.
        """
        kind = self.request.headers.get("content-type", "")
        head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1")
        message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + self.body)
        for part in message.iter_parts() if message.is_multipart() else ():
            name = part.get_filename()
            if name:
                content = part.get_payload(decode=True)
                if isinstance(content, bytes):
                    return name, part.get_content_type(), content
        raise ApiError("invalidRequest", "No file was sent")


def _plain(value: object) -> str:
    """A JSON scalar as text: `true`, `12`, `abc`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def day_of(text: str, what: str) -> date:
    """A date in any spelling that clients use.

    Raises:
        ApiError: It is none.
    """
    day = parse_day(text)
    if day is None:
        raise invalid(what)
    return day


def days_of_path(call: Call) -> tuple[date, date]:
    """The range `.../{from}/{to}`, both ends included."""
    return day_of(call.params["from"], "from"), day_of(call.params["to"], "to")


def days_of_query(call: Call) -> tuple[date, date]:
    """The range `startDate` … `endDate` (or `from` … `to`), both ends included."""
    start, end = call.text("startDate", "from"), call.text("endDate", "to")
    return day_of(start, "startDate"), day_of(end, "endDate")
