"""One request as handlers see it: its parts in every way that clients send them."""

from collections.abc import Mapping
from functools import cached_property

from starlette.requests import Request

from gateway.sandbox.web.fields import BadBodyError, body_pairs, collected, json_body, query_pairs
from gateway_gosuslugi.emulator.access import Access
from gateway_gosuslugi.emulator.errors import invalid, session_over
from gateway_gosuslugi.emulator.service import Service
from gateway_gosuslugi.emulator.sites import Site


class Call:
    """A request with what it means to this emulator.

    Attributes:
        service: The running emulator.
        site: Addresses for the answer.
        request: The request itself, its body already read.
        body: That body.
        params: Open parts of the path.
    """

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

    @cached_property
    def fields(self) -> Mapping[str, list[str]]:
        """Values of query and body (form or JSON) by lower-case name.

        Raises:
            ApiError: The body cannot be read.
        """
        kind = self.request.headers.get("content-type", "")
        try:
            body = body_pairs(kind, self.body)
        except BadBodyError as error:
            raise invalid("body") from error
        return collected((*query_pairs(self.request.scope["query_string"]), *body))

    def text(self, name: str) -> str:
        """The first value under a name, or an empty text."""
        values = self.fields.get(name.lower())
        return values[0] if values else ""

    @cached_property
    def json(self) -> object:
        """The body as plain data.

        Raises:
            ApiError: It is no JSON.
        """
        try:
            return json_body(self.body)
        except BadBodyError as error:
            raise invalid("body") from error

    def table(self) -> Mapping[str, object]:
        """The body, which must be a JSON object.

        Raises:
            ApiError: It is none.
        """
        if not isinstance(self.json, dict):
            raise invalid("body")
        return self.json

    @cached_property
    def identity_key(self) -> str | None:
        """Who is signed in to the portal with the request's cookies, if anybody."""
        return self.service.sessions.find(self.request.cookies)

    def need_session(self) -> str:
        """The identity that is signed in to the portal.

        Raises:
            ApiError: Nobody is with the request's cookies.
        """
        if self.identity_key is None:
            raise session_over()
        return self.identity_key

    @cached_property
    def access(self) -> Access:
        """What the one who is signed in reaches.

        Raises:
            ApiError: Nobody is.
        """
        return self.service.access(self.need_session())
