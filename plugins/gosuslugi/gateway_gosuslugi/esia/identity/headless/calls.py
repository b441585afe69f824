"""The page's own calls: one request each."""

from typing import Final, TypeVar

from gateway.core.contract.link import LoginLink, Params
from gateway.core.errors import LoginError, UnexpectedHtml
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.headless import wire
from gateway_gosuslugi.esia.identity.hosts import ESIA, ESIA_URL

API: Final = "/aas/oauth2/api"
W = TypeVar("W")


async def ask(
    link: LoginLink,
    method: str,
    path: str,
    *,
    shape: type[W],
    params: Params | None = None,
    body: object = None,
    session: str | None = None,
) -> W:
    """One call whose answer is JSON, whatever its status.

    Args:
        link: The flow's link.
        method: HTTP method.
        path: Path of ЕСИА.
        shape: Wire type of the answer.
        params: Query.
        body: JSON body; none for a POST without one.
        session: Session of a picture.

    Raises:
        LoginError: A web page came: the cookies of the sign-in are lost.
    """
    answer = await send(link, method, path, params=params, body=body, session=session)
    try:
        return decode(answer, shape, link.note)
    except UnexpectedHtml as error:
        raise LoginError("ЕСИА has lost the sign-in", text=words.START_AGAIN) from error


async def send(
    link: LoginLink,
    method: str,
    path: str,
    *,
    params: Params | None = None,
    body: object = None,
    session: str | None = None,
) -> WireResponse:
    """The same, the answer as it came."""
    headers = {"Origin": ESIA_URL, "Referer": f"{ESIA_URL}/login/"}
    if session is not None:
        headers["captchasession"] = session
    return await link.request(
        ESIA,
        method,
        path,
        kind=RequestKind.AUTH,
        params=params,
        headers=headers,
        body=None if body is None else Body.of_json(body),
        template=path,
    )


async def post(
    link: LoginLink, path: str, *, params: Params | None = None, body: object = None
) -> wire.Answer:
    """A call of the sign-in itself."""
    return await ask(link, "POST", API + path, shape=wire.Answer, params=params, body=body)


async def next_step(link: LoginLink) -> wire.Answer:
    """Asks again what to do."""
    return await ask(link, "GET", f"{API}/login/next-step", shape=wire.Answer)
