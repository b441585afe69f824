"""An answer as an adapter sees it: whole, bounded, with every hop on the way."""

from dataclasses import dataclass, field

from gateway.core.wire.jar import Cookie


@dataclass(frozen=True, slots=True)
class Hop:
    """One exchange of a redirect chain.

    Attributes:
        url: Full URL asked, fragment included where the previous `Location` had one.
        status: HTTP status.
        location: `Location` header made absolute against `url`, fragment kept.
        cookies: Cookies that this exchange set.
    """

    url: str = field(repr=False)
    status: int
    location: str | None = field(default=None, repr=False)
    cookies: tuple[Cookie, ...] = ()


@dataclass(frozen=True, slots=True)
class WireResponse:
    """The last answer of a request.

    Attributes:
        status: HTTP status.
        headers: All headers in order, names in lower case.
        body: Decoded bytes, never over the limits of the declaration.
        hops: The chain, the last being this answer; never empty.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    hops: tuple[Hop, ...] = field(repr=False)

    def header(self, name: str) -> str | None:
        """The first header called `name` in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)

    @property
    def url(self) -> str:
        """The URL of the last hop."""
        return self.hops[-1].url

    @property
    def location(self) -> str | None:
        """Where a redirect that was not followed points."""
        return self.hops[-1].location

    @property
    def media_type(self) -> str:
        """Content type without its parameters, in lower case; empty if absent."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body by the declared charset, else UTF-8; broken bytes become U+FFFD."""
        parameters = (self.header("content-type") or "").partition(";")[2].lower()
        charset = parameters.partition("charset=")[2].partition(";")[0].strip("\"' ")
        try:
            return self.body.decode(charset or "utf-8", "replace")
        except (LookupError, ValueError):
            return self.body.decode("utf-8", "replace")

    def looks_like_html(self) -> bool:
        """Whether a web page came, whatever its content type says."""
        start = self.body[:256].lstrip().lower()
        return self.media_type in {"text/html", "application/xhtml+xml"} or start.startswith(
            (b"<!doctype html", b"<html")
        )
