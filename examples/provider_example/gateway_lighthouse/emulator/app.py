"""The routes of «Маяк» as a Starlette application (protocol notes 2–4)."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time
from itertools import count

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m
from gateway_lighthouse.emulator import EXPIRED_CODE, site_token
from gateway_lighthouse.emulator.render import Renderer, letter_json

_LIFE = 3600
_REFUSALS = {
    m.AccountState.LOCKED: ("locked", 423),
    m.AccountState.TEMPORARY_PASSWORD: ("temporary_password", 403),
    m.AccountState.UNLINKED: ("not_linked", 403),
    m.AccountState.NO_LONGER_STUDENT: ("left_school", 403),
}

Handler = Callable[[Request], Awaitable[Response]]


def build_app(world: World, state: WorldState) -> Starlette:
    """The service over one world."""
    service = _Service(world, state)
    student = "/v1/students/{student}"
    return Starlette(
        routes=[
            Route("/v1/sign-in", service.sign_in, methods=["POST"]),
            Route("/v1/sign-in/code", service.code, methods=["POST"]),
            Route("/v1/sign-in/refresh", service.refresh, methods=["POST"]),
            Route("/v1/sign-out", service.sign_out, methods=["POST"]),
            Route("/v1/me", service.me),
            Route(f"{student}/days", service.days),
            Route(f"{student}/periods", service.periods),
            Route(f"{student}/results", service.results),
            Route(f"{student}/finals", service.finals),
            Route(f"{student}/contacts", service.contacts),
            Route(f"{student}/rating", service.rating),
            Route(f"{student}/homework/{{task}}", service.tick, methods=["PUT"]),
            Route("/v1/mail", service.letters),
            Route("/v1/mail", service.send, methods=["POST"]),
            Route("/v1/mail/{letter}", service.letter),
            Route("/v1/files/{file}", service.file),
        ],
        exception_handlers={_Refused: _refused},
    )


class _Refused(Exception):
    def __init__(self, word: str, status: int, *, retry_after: int | None = None) -> None:
        super().__init__(word)
        self.body = {"error": word} | ({"retry_after": retry_after} if retry_after else {})
        self.status = status


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, _Refused):  # Starlette's own type of handlers is wider than ours
        raise error
    return JSONResponse(error.body, error.status)


class _Service:
    def __init__(self, world: World, state: WorldState) -> None:
        self._world = world
        self._state = state
        self._render = Renderer(world, state)
        self._numbers = count(1)
        self._access = {site_token(item): item for item in world.accounts if item.password}
        self._refresh: dict[str, m.Account] = {}
        self._tickets: dict[str, m.Account] = {}

    # Signing in.

    async def sign_in(self, request: Request) -> Response:
        fields = await request.json()
        account = self._state.account_by_login(fields["login"])
        if account is None or self._state.password_of(account) != fields["password"]:
            raise _Refused("wrong_password", 401)
        if account.role is m.Role.TEACHER:
            raise _Refused("staff_only", 403)
        if account.state in _REFUSALS:
            word, status = _REFUSALS[account.state]
            raise _Refused(word, status, retry_after=600 if word == "locked" else None)
        if account.one_time_code is None:
            return JSONResponse(self._tokens(account))
        ticket = f"ticket-{next(self._numbers)}-of-{account.login}"
        self._tickets[ticket] = account
        return JSONResponse({"ticket": ticket, "sent_to": "+7 *** ***-**-00"})

    async def code(self, request: Request) -> Response:
        fields = await request.json()
        account = self._tickets.get(fields["ticket"])
        if account is None or fields["code"] == EXPIRED_CODE:
            raise _Refused("code_expired", 410)
        if fields["code"] != account.one_time_code:
            raise _Refused("wrong_code", 401)
        del self._tickets[fields["ticket"]]
        return JSONResponse(self._tokens(account))

    async def refresh(self, request: Request) -> Response:
        account = self._refresh.pop((await request.json())["refresh_token"], None)
        if account is None:
            raise _Refused("unknown_token", 401)
        return JSONResponse(self._tokens(account))

    async def sign_out(self, request: Request) -> Response:
        self._account(request)
        del self._access[_token(request)]
        return JSONResponse({})

    # Reading.

    async def me(self, request: Request) -> Response:
        return JSONResponse(self._render.me(self._account(request)))

    async def days(self, request: Request) -> Response:
        start, end = (date.fromisoformat(request.query_params[name]) for name in ("from", "to"))
        return JSONResponse({"days": self._render.days(self._student(request), start, end)})

    async def periods(self, request: Request) -> Response:
        student, year = self._student(request), self._year(request)
        return JSONResponse({"periods": self._render.periods(student, year)})

    async def results(self, request: Request) -> Response:
        student = self._student(request)
        periods = self._world.periods_of(student)
        wanted = request.query_params.get("period")
        begun = [item for item in periods if item.starts <= self._world.today]
        chosen = [item for item in periods if item.key == wanted] if wanted else begun[-1:]
        if not chosen:
            raise _Refused("no_such_period", 404)
        return JSONResponse(self._render.results(student, chosen[0]))

    async def finals(self, request: Request) -> Response:
        student, year = self._student(request), self._year(request)
        return JSONResponse({"finals": self._render.finals(student, year)})

    async def contacts(self, request: Request) -> Response:
        return JSONResponse({"contacts": self._render.contacts(self._student(request))})

    async def rating(self, request: Request) -> Response:
        self._student(request)
        return JSONResponse({"rating": [{"p": 1, "n": 2}]})

    async def letters(self, request: Request) -> Response:
        account = self._account(request)
        folder = m.Folder(request.query_params["folder"])
        found = list(reversed(self._state.messages_of(account.person_key, folder)))
        after = request.query_params.get("after")
        keys = [item.key for item in found]
        begin = keys.index(after) + 1 if after else 0
        limit = int(request.query_params.get("limit", "20"))
        page = found[begin : begin + limit]
        more = begin + limit < len(found)
        shown = [letter_json(self._world, self._state, item, account, folder) for item in page]
        return JSONResponse({"letters": shown, "next": page[-1].key if more else None})

    async def letter(self, request: Request) -> Response:
        account, letter = self._account(request), self._letter(request)
        person = account.person_key
        folder = m.Folder.SENT if letter.sender_person_key == person else m.Folder.INBOX
        self._state.mark_read(person, letter.key)
        shown = letter_json(self._world, self._state, letter, account, folder, whole=True)
        return JSONResponse(shown)

    async def file(self, request: Request) -> Response:
        self._account(request)
        try:
            content = self._state.file_bytes(request.path_params["file"])
        except KeyError:
            raise _Refused("no_such_file", 404) from None
        return Response(content, media_type="application/octet-stream")

    # Writing.

    async def tick(self, request: Request) -> Response:
        student, task = self._student(request), request.path_params["task"]
        done = bool((await request.json())["done"])
        try:
            self._state.set_done(student, task, done)
        except KeyError:
            raise _Refused("no_such_homework", 404) from None
        return JSONResponse({"id": task, "done": done})

    async def send(self, request: Request) -> Response:
        account, fields = self._account(request), await request.json()
        try:
            letter = self._state.send_message(
                account.person_key,
                tuple(fields["to"]),
                subject=fields["subject"],
                text=fields["text"],
                at=datetime.combine(self._world.today, time(20), UTC),
                school_key=account.school_keys[0],
            )
        except KeyError:
            raise _Refused("no_such_person", 404) from None
        return JSONResponse({"id": letter.key}, 201)

    # Helpers.

    def _tokens(self, account: m.Account) -> dict[str, object]:
        number = next(self._numbers)
        access = f"access-{number}-of-{account.login}"
        refresh = f"refresh-{number}-of-{account.login}"
        self._access[access] = account
        self._refresh[refresh] = account
        return {"access_token": access, "refresh_token": refresh, "expires_in": _LIFE}

    def _account(self, request: Request) -> m.Account:
        account = self._access.get(_token(request))
        if account is None:
            raise _Refused("unknown_token", 401)
        return account

    def _student(self, request: Request) -> str:
        key = str(request.path_params["student"])
        if key not in self._account(request).student_keys:
            raise _Refused("no_such_student", 404)
        return key

    def _year(self, request: Request) -> m.SchoolYear:
        wanted = request.query_params.get("year")
        if wanted is None:
            return self._world.current_year
        for year in self._world.years:
            if str(year.start_year) == wanted:
                return year
        raise _Refused("no_such_year", 404)

    def _letter(self, request: Request) -> m.Message:
        person = self._account(request).person_key
        try:
            letter = self._state.message(request.path_params["letter"])
        except KeyError:
            raise _Refused("no_such_letter", 404) from None
        if person not in (letter.sender_person_key, *letter.recipient_person_keys):
            raise _Refused("no_such_letter", 404)
        return letter


def _token(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")
