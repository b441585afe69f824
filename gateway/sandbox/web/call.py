"""One request as handlers see it: its fields in every way that clients send them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Generic, TypeVar

from starlette.requests import Request

from gateway.sandbox.web.fields import BARE, BadBodyError, Pairs, body_pairs, collected, query_pairs

ServiceT = TypeVar("ServiceT")
SiteT = TypeVar("SiteT")


class WebCall(Generic[ServiceT, SiteT]):
    """A request; an emulator's own class adds what it means there: who asks, and for whom.

    Attributes:
        service: The running emulator.
        site: What the emulator knows of the host that is asked.
        request: The request itself, its body already read.
        body: That body.
        params: Open parts of the path.
    """

    def __init__(
        self,
        service: ServiceT,
        site: SiteT,
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
    def content_type(self) -> str:
        """What the body calls itself; empty for nothing."""
        return self.request.headers.get("content-type", "")

    @cached_property
    def fields(self) -> Mapping[str, list[str]]:
        """Values of query and body (form or JSON) by lower-case name; a bare array under ``""``.

        Raises:
            Exception: The body cannot be read; see `unreadable()`.
        """
        return collected((*self.query_pairs(), *self.body_pairs()))

    def query_pairs(self) -> Pairs:
        """Names and values of the query."""
        return query_pairs(self.request.scope["query_string"])

    def body_pairs(self) -> Pairs:
        """Names and values of the body.

        Raises:
            Exception: It cannot be read; see `unreadable()`.
        """
        try:
            return body_pairs(self.content_type, self.body)
        except BadBodyError as error:
            raise self.unreadable(error) from error

    def unreadable(self, error: BadBodyError) -> Exception:
        """The service's own refusal of a body that cannot be read."""
        return error

    def values(self, *names: str) -> list[str]:
        """All values under the first of the names that has any."""
        for name in names:
            values = self.fields.get(name.lower())
            if values:
                return list(values)
        return []

    def text(self, *names: str) -> str:
        """The first value under one of the names, or an empty text."""
        values = self.values(*names)
        return values[0] if values else ""

    def many(self, *names: str) -> list[str]:
        """All values under the names, or the items of a bare array; comma lists are split."""
        values = self.values(*names, BARE)
        return [part.strip() for value in values for part in value.split(",") if part]
