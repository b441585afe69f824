"""How an emulator hangs on a web server: one endpoint for all paths, every request read whole."""

import asyncio
from collections.abc import Callable, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.sandbox.web.encoding import encode

Answer = Callable[[Request, bytes], Response]
"""What an emulator gives for a request and its body."""


def application(
    answer: Answer,
    *,
    pause: Callable[[], float] | None = None,
    middleware: Sequence[Middleware] = (),
) -> ASGIApp:
    """The application of one running emulator.

    Args:
        answer: Gives the answer to every request.
        pause: Seconds by which the next answer is late.
        middleware: What the service's front does to every answer.
    """
    return Starlette(
        routes=[Route("/{path:path}", _Endpoint(answer, pause))], middleware=middleware
    )


def asked_method(request: Request) -> str:
    """The method by which a route is found: HEAD is asked as GET."""
    return "GET" if request.method == "HEAD" else request.method


def json_answer(answer: object, media_type: str) -> Response:
    """A ready response as it is; anything else as JSON."""
    if isinstance(answer, Response):
        return answer
    return Response(encode(answer), media_type=media_type)


class _Endpoint:
    """An object, because Starlette lets a function serve GET alone."""

    def __init__(self, answer: Answer, pause: Callable[[], float] | None) -> None:
        self._answer = answer
        self._pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        seconds = self._pause() if self._pause is not None else 0
        if seconds:
            await asyncio.sleep(seconds)
        response = self._answer(request, body)
        await response(scope, receive, send)
