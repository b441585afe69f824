"""One request as handlers see it: its parts in every way that clients send them."""

from datetime import date
from functools import cached_property
from typing import Final

from gateway.sandbox.web.call import WebCall
from gateway.sandbox.web.fields import BadBodyError, Pairs
from gateway.sandbox.web.files import first_file
from gateway_dnevnik_ru.emulator.access import Access
from gateway_dnevnik_ru.emulator.dates import parse_day
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.families import Site
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.sessions import WebSession
from gateway_dnevnik_ru.emulator.tokens import Grant

_TOKEN_HEADERS: Final = ("access-token", "accesstoken")
_TOKEN_FIELDS: Final = ("access_token", "accesstoken")


class SignInNeededError(Exception):
    """A page or web call without a living cookie session."""


class Call(WebCall[Service, Site]):
    """A request with what it means to this emulator."""

    @property
    def wants_json(self) -> bool:
        """Whether the client speaks of JSON."""
        return "json" in self.request.headers.get("accept", "") or "json" in self.content_type

    # -- fields ---------------------------------------------------------------------------------

    def query_pairs(self) -> Pairs:
        """Names and values of the query."""
        # a client in use sends its address with `&amp;` between the parameters
        return [(name.removeprefix("amp;"), value) for name, value in super().query_pairs()]

    def unreadable(self, error: BadBodyError) -> Exception:
        """The refusal of a body that cannot be read."""
        return ApiError("invalidRequest", str(error))

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
        found = first_file(self.content_type, self.body)
        if found is None:
            raise ApiError("invalidRequest", "No file was sent")
        return found


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
