"""How the requests of one instance travel, and the exchanges they become."""

from dataclasses import dataclass, field
from typing import Final

from gateway.core.transport.encoding import encode_body, encode_target
from gateway.core.transport.exchange import AnswerLimits, Exchange, Headers, Remaining, Timeouts
from gateway.core.transport.headers import sendable
from gateway.core.transport.origins import OriginMap
from gateway.core.transport.redirects import Step
from gateway.core.transport.tls import Trust
from gateway.core.wire.request import WireRequest

MOST_REDIRECTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How requests of one instance travel; the same for all its accounts.

    Attributes:
        origins: Where its host roles are.
        limits: Of its answers.
        timeouts: Of single steps.
        trust: Which roots are trusted.
        proxy: URL of an HTTP proxy, if the operator set one.
        redirects: Most redirects of one request.
        user_agent: Sent where the request names none.
    """

    origins: OriginMap
    limits: AnswerLimits = field(default_factory=AnswerLimits)
    timeouts: Timeouts = field(default_factory=Timeouts)
    trust: Trust = field(default_factory=Trust)
    proxy: str | None = field(default=None, repr=False)
    redirects: int = MOST_REDIRECTS
    user_agent: str = "diary-gateway"


def first_step(request: WireRequest, way: Way) -> Step:
    """The first step of a request's chain.

    Raises:
        InvalidRequest: Path, parameters or body cannot be sent as they stand.
    """
    base = way.origins.base(request.role)
    target = encode_target(base.prefix + request.path, request.params)
    content, content_type = encode_body(request.body)
    headers = sendable(request.headers)
    names = {name.lower() for name, _ in headers}
    if "user-agent" not in names:
        headers.insert(0, ("User-Agent", way.user_agent))
    if "accept" not in names:
        headers.append(("Accept", "*/*"))
    if content_type is not None and "content-type" not in names:
        headers.append(("Content-Type", content_type))
    return Step(
        method=request.method.upper(),
        url=f"{base.origin}{target}",
        origin=base.origin,
        target=target,
        headers=tuple(headers),
        content=content,
    )


def exchange_of(
    step: Step,
    way: Way,
    *,
    cookies: str | None,
    deadline: Remaining,
    fresh: bool = False,
    limits: AnswerLimits | None = None,
    address: str | None = None,
) -> Exchange:
    """The exchange of one step; `limits` and `address` where they differ from the way's."""
    extra: Headers = (("Accept-Encoding", "gzip"),)
    if cookies is not None:
        extra = (*extra, ("Cookie", cookies))
    return Exchange(
        origin=step.origin,
        method=step.method,
        target=step.target,
        headers=step.headers + extra,
        remaining=deadline,
        content=step.content,
        timeouts=way.timeouts,
        limits=way.limits if limits is None else limits,
        fresh=fresh,
        trust=way.trust,
        proxy=way.proxy,
        address=address,
    )
