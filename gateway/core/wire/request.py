"""A request as an adapter states it: a host role and a path, never a URL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal


class RequestKind(StrEnum):
    """What the request does; decides what may be repeated (resilience notes 2)."""

    READ = "read"
    AUTH = "auth"
    REFRESH = "refresh"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Body:
    """A request body of one form; make it with one of the constructors.

    Attributes:
        form: Which of the four forms it is.
        value: JSON-able value, or pairs of text for `form`, or bytes for `bytes`.
        files: Parts of a multipart body: (field, file name, media type, content).
        media_type: Content type of `bytes`.
    """

    form: Literal["json", "form", "multipart", "bytes"]
    value: object = field(default=None, repr=False)
    files: tuple[tuple[str, str | None, str, bytes], ...] = field(default=(), repr=False)
    media_type: str = "application/octet-stream"

    @classmethod
    def of_json(cls, value: object) -> "Body":
        """A JSON body, `null` included."""
        return cls("json", value, media_type="application/json")

    @classmethod
    def of_form(cls, fields: Mapping[str, str] | Sequence[tuple[str, str]]) -> "Body":
        """An `application/x-www-form-urlencoded` body; order is kept."""
        pairs = fields.items() if isinstance(fields, Mapping) else fields
        return cls("form", tuple(pairs), media_type="application/x-www-form-urlencoded")

    @classmethod
    def of_multipart(cls, *parts: tuple[str, str | None, str, bytes]) -> "Body":
        """A multipart body of (field, file name or None, media type, content)."""
        return cls("multipart", files=parts, media_type="multipart/form-data")

    @classmethod
    def of_bytes(cls, content: bytes, media_type: str) -> "Body":
        """Bytes as they stand."""
        return cls("bytes", content, media_type=media_type)


@dataclass(frozen=True, slots=True)
class WireRequest:
    """One request, ready but for the account's credentials.

    Attributes:
        role: Host role of the instance: `api`, `login`, `files` or one of the declaration's own.
        method: HTTP method.
        path: Absolute path, already percent-encoded.
        kind: What may be repeated.
        params: Query pairs in order; a repeated key stays repeated.
        headers: Headers in order; `sign()` adds the account's.
        body: The body, if any.
        redirects: `follow` walks up to five checked hops, `return` gives the 3xx back.
        template: Path with placeholders, for logs and metrics.
        idempotency_key: Set where the provider itself promises to drop repeats of a write.
    """

    role: str
    method: str
    path: str = field(repr=False)
    kind: RequestKind
    params: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: Body | None = None
    redirects: Literal["follow", "return"] = "return"
    template: str = ""
    idempotency_key: str | None = None

    def with_headers(self, *pairs: tuple[str, str]) -> "WireRequest":
        """The same request with `pairs` replacing headers of the same names."""
        names = {name.lower() for name, _ in pairs}
        kept = tuple(item for item in self.headers if item[0].lower() not in names)
        return replace(self, headers=kept + pairs)

    def with_params(self, *pairs: tuple[str, str]) -> "WireRequest":
        """The same request with further query pairs."""
        return replace(self, params=self.params + pairs)
