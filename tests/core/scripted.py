"""A tiny provider and a carrier that answers by a script, for tests of the core itself."""

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import msgspec
from pydantic import SecretStr

from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability, native, unsupported, unverified
from gateway.core.contract.declaration import (
    PLUGIN_API,
    Declaration,
    Instance,
    LoginMethod,
    Quality,
    Renewal,
)
from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, fields_of, text_of
from gateway.core.contract.link import DiaryLink, Link, LoginLink
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.contract.steps import (
    CodeMedium,
    CompletedBy,
    Form,
    FormField,
    OneTimeCode,
    Redirect,
    Step,
    StepError,
    Words,
)
from gateway.core.errors import Text, WrongCode, WrongCredentials
from gateway.core.hooks import hookimpl
from gateway.core.model.answer import DateRange
from gateway.core.model.people import Role
from gateway.core.pipeline.clock import Clock
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordStore
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Exchange, RawAnswer, RawStream, Sent
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind, WireRequest

TEXT = Text("Проба", "Sample")
HOST = "https://api.sample.example"
STUDENT = "sample:student:7"
ACCOUNT = "sample:account:1"
DAY = date(2026, 11, 16)
REFRESH_LIFE = timedelta(days=30)


class WireMark(msgspec.Struct):
    id: int
    text: str
    date: str


class Token(msgspec.Struct):
    access: str
    refresh: str | None = None
    code_wanted: bool = False
    refused: bool = False


FORM = Form(
    fields=(
        FormField(name="login", label=Words(ru="Логин", en="Login")),
        FormField(name="password", label=Words(ru="Пароль", en="Password"), secret=True),
    )
)


class PasswordFlow(LoginFlow):
    async def start(self, link: LoginLink) -> Next:
        return FORM

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        if isinstance(step, Form):
            fields = fields_of(answer)
            token = await _post(link, "/login", fields)
            if token.code_wanted:
                link.state["pre"] = token.access
                return OneTimeCode(medium=CodeMedium.SMS, length=6)
            return signed_in(link, token)
        code = text_of(answer)
        token = await _post(link, "/code", {"pre": link.state["pre"], "code": code})
        if token.refused:  # only now the provider says that the password was wrong
            return FORM.model_copy(update={"error": StepError.of(WrongCredentials())})
        if not token.access:
            raise WrongCode
        return signed_in(link, token)


class RedirectFlow(LoginFlow):
    async def start(self, link: LoginLink) -> Next:
        state = link.new_state()
        return Redirect(
            url=f"{HOST}/authorize?state={state}",
            completes_by=CompletedBy.FINAL_URL,
            pattern=r"https://api\.sample\.example/done\?.*",
        )

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        query = parse_qs(urlsplit(text_of(answer)).query)
        link.check_state(query.get("state", [None])[0])
        return signed_in(link, await _post(link, "/exchange", {"code": query["code"][0]}))


async def _post(link: LoginLink, path: str, fields: Mapping[str, str]) -> Token:
    answer = await link.request(
        "api", "POST", path, kind=RequestKind.AUTH, body=Body.of_json(dict(fields)), template=path
    )
    return msgspec.json.decode(answer.body, type=Token)


def signed_in(link: LoginLink, token: Token) -> SignedIn:
    return SignedIn((session(token, link),))


def session(token: Token, link: Link) -> Session:
    credentials = {"access_token": Credential(SecretStr(token.access), link.now() + REFRESH_LIFE)}
    if token.refresh is not None:
        credentials["refresh_token"] = Credential(SecretStr(token.refresh))
    return Session(
        account=ACCOUNT,
        provider="sample",
        instance="main",
        method="password",
        role=Role.GUARDIAN,
        created_at=link.now(),
        credentials=credentials,
        students=(
            StudentRef(id=STUDENT, name="Образец", native={"id": "7"}, zone="Europe/Moscow"),
        ),
    )


class SampleAdapter(Adapter):
    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        token = session.secret("access_token") if session is not None else None
        if token is None:
            return request
        return request.with_headers(("Authorization", f"Bearer {token}"))

    def login_flow(self, method: str) -> LoginFlow:
        return RedirectFlow() if method == "oauth" else PasswordFlow()

    async def refresh(self, link: Link, session: Session) -> Session:
        answer = await link.request(
            "api",
            "POST",
            "/refresh",
            kind=RequestKind.REFRESH,
            body=Body.of_json({"refresh": session.secret("refresh_token")}),
        )
        token = decode(answer, Token, link.note)
        return session.with_credentials(
            access_token=Credential(SecretStr(token.access), link.now() + REFRESH_LIFE),
            refresh_token=Credential(SecretStr(token.refresh or "")),
        )

    async def list_students(self, link: DiaryLink) -> Reading:
        return Reading([{"id": STUDENT, "name": "Образец"}])

    async def list_marks(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        start: date,
        end: date,
        subject_id: str | None = None,
    ) -> Reading:
        found = await link.read(
            list[WireMark],
            "api",
            f"/marks/{student.native['id']}",
            params={"from": start.isoformat(), "to": end.isoformat()},
            template="/marks/{student}",
        )
        records = [
            {"id": f"sample:mark:{item.id}", "text": item.text, "date": item.date} for item in found
        ]
        return Reading(records, covered=DateRange(start, end))

    async def list_messages(self, link: DiaryLink, student: StudentRef, **_: object) -> Reading:
        return Reading([])

    async def get_lesson(self, link: DiaryLink, student: StudentRef, *, lesson_id: str) -> Reading:
        found = await link.read(dict[str, str], "api", "/lesson/9", template="/lesson/{lesson}")
        return Reading({"id": lesson_id, "date": DAY, "subject": {"name": found["subject"]}})

    async def set_homework_done(
        self, link: DiaryLink, student: StudentRef, *, homework_id: str, done: bool
    ) -> Written:
        await link.request("api", "POST", "/done", kind=RequestKind.WRITE)
        return Written(target=homework_id)

    async def reply(
        self, link: DiaryLink, student: StudentRef, *, message_id: str, text: str
    ) -> Written:
        answer = await link.request("api", "POST", "/hand-in", kind=RequestKind.WRITE)
        decode(answer, dict[str, str], link.note)
        return Written(target=message_id)

    async def mark_read(self, link: DiaryLink, student: StudentRef, *, item_id: str) -> Written:
        found = await link.read(dict[str, str], "api", "/lesson/9")
        await link.request("api", "POST", "/done", kind=RequestKind.WRITE)
        return Written(target=found["id"])


def declaration(renewal: Renewal = Renewal.NONE) -> Declaration:
    capabilities = {
        Capability.STUDENTS: native(),
        Capability.MARKS: native(max_days=30),
        Capability.LESSON: native(),
        Capability.SET_HOMEWORK_DONE: native(invalidates=frozenset({"list_marks"})),
        Capability.REPLY: native(),
        Capability.MARK_READ: native(),
        Capability.MEALS: unsupported("Питания нет.", "There are no meals."),
        Capability.MESSAGES: unverified("Не проверено.", "Not verified."),
    }
    return Declaration(
        name="sample",
        api=PLUGIN_API,
        title=TEXT,
        platform="sample",
        quality=Quality.BRONZE,
        instances=(Instance(key="main", title=TEXT, hosts={"api": HOST}, regions=("77",)),),
        login_methods=(
            LoginMethod(name="password", title=TEXT),
            LoginMethod(name="oauth", title=TEXT),
        ),
        capabilities=capabilities,
        adapter=f"{__name__}:SampleAdapter",
        emulator=f"{__name__}:SampleAdapter",
        renewal=renewal,
    )


class SamplePlugin:
    def __init__(self, renewal: Renewal) -> None:
        self._declaration = declaration(renewal)

    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        return (self._declaration,)


Reply = Callable[[Exchange], tuple[int, object] | Exception]


@dataclass
class ScriptedCarrier:
    """Answers by path; keeps what was sent."""

    replies: dict[str, Reply] = field(default_factory=dict)
    sent: list[Exchange] = field(default_factory=list)

    def on(self, path: str, reply: Reply | tuple[int, object] | Exception) -> None:
        self.replies[path] = reply if callable(reply) else lambda _: reply

    def paths(self) -> list[str]:
        return [item.target.partition("?")[0] for item in self.sent]

    async def send(self, exchange: Exchange) -> RawAnswer:
        self.sent.append(exchange)
        reply = self.replies[exchange.target.partition("?")[0]](exchange)
        if isinstance(reply, Exception):
            raise reply
        status, body = reply
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = (("content-type", "application/json"),)
        return RawAnswer(status, headers, content, Sent(started=True, received=len(content)))

    @asynccontextmanager
    async def stream(self, exchange: Exchange) -> AsyncIterator[RawStream]:
        raise AssertionError(f"{exchange.target} is not streamed here")
        yield

    async def aclose(self) -> None:
        return None


def marks(*keys: int) -> list[dict[str, object]]:
    return [{"id": key, "text": "5", "date": DAY.isoformat()} for key in keys]


def gateway(
    carrier: ScriptedCarrier,
    *,
    renewal: Renewal = Renewal.NONE,
    store: RecordStore | None = None,
    clock: Clock | None = None,
    settings: Settings | None = None,
) -> AsyncGateway:
    return AsyncGateway(
        settings=settings or Settings(login_rate=1000.0),
        store=store if store is not None else MemoryStore(),
        registry=Registry([], plugins={"sample": SamplePlugin(renewal)}),
        clock=clock,
        transport=Transport(carrier),
    )


async def signed_in_gateway(
    carrier: ScriptedCarrier, *, token: dict[str, object] | None = None, **options: object
) -> AsyncGateway:
    carrier.on("/login", (200, token or {"access": "first-access"}))
    made = gateway(carrier, **options)  # type: ignore[arg-type]  # the options of gateway()
    await made.login("sample", login="parent", password="right-password")
    carrier.sent.clear()
    return made
