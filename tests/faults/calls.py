"""The calls of a provider that faults strike: what is called, and which of its requests is struck.

A public call may send several requests; the one that it stands or falls with is struck. What only
enriches an answer may fail without harm, so it would show nothing.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from pydantic import SecretStr

from gateway.core.client.diary import AsyncDiary
from gateway.core.contract.session import Credential
from gateway.core.login.status import Login
from gateway.testing.config import SCHOOL_DAY
from tests.faults.stage import Stage


class CallKind(StrEnum):
    """Classes of calls; a file is a READ whose body is handed out as it comes."""

    READ = "READ"
    FILE = "attachment"
    AUTH = "AUTH"
    REFRESH = "REFRESH"
    WRITE = "WRITE"


@dataclass
class Prepared:
    """A call that only needs to be made.

    Attributes:
        make: Makes it; gives something that equals the good result of another time.
        again: Gets ready for the same call once more.
        account: Key of the account that it is about; None while nobody is signed in.
    """

    make: Callable[[], Awaitable[object]]
    again: Callable[[], Awaitable[None]]
    account: str | None = None


@dataclass(frozen=True)
class Call:
    """One call.

    Attributes:
        name: Name for people.
        kind: Its class.
        method: HTTP method of the request that is struck.
        route: Pattern of its path.
        prepare: Makes everything ready up to the struck request.
    """

    name: str
    kind: CallKind
    method: str
    route: str
    prepare: Callable[[Stage], Awaitable[Prepared]]

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


READER, BYSTANDER, CONSENTING = "account-parent-one", "account-parent-two", "account-consent"

_START, _END = SCHOOL_DAY - timedelta(days=14), SCHOOL_DAY + timedelta(days=7)
_DEAD: Final = "dead-access-token-of-nobody"


async def _nothing() -> None:
    return


def _read(name: str, route: str, ask: Callable[[AsyncDiary], Awaitable[Any]]) -> Call:
    async def prepare(stage: Stage) -> Prepared:
        key = await stage.adopt(READER, "token")
        diary = await _diary(stage, key)

        async def make() -> object:
            return _told(await ask(diary))

        return Prepared(make, _nothing, key)

    return Call(name, CallKind.READ, "GET", route, prepare)


def _told(answer: Any) -> object:
    """What two good answers have in common."""
    return answer.value, answer.covered, answer.complete, answer.issues


async def _diary(stage: Stage, key: str) -> AsyncDiary:
    student = (await stage.stored(key)).students[0].id
    return await stage.gateway.diary(student, account=key)


async def _students(stage: Stage) -> Prepared:
    key = await stage.adopt(READER, "token")

    async def make() -> object:
        return _told(await stage.gateway.list_students(key, max_age=0))

    return Prepared(make, _nothing, key)


async def _file(stage: Stage) -> Prepared:
    (key,) = await stage.sign_in(READER, "cookies")
    diary = await _diary(stage, key)
    homework = await diary.list_homework(_START, _END)
    file = next(item.attachments[0].id for item in homework if item.attachments)

    async def make() -> object:
        async with diary.open_attachment(file) as download:
            return await download.read()

    return Prepared(make, _nothing, key)


def _submitted(account: str, method: str, *, steps: int = 0) -> Callable[..., Awaitable[Prepared]]:
    """A login up to the step whose answer is struck."""

    async def prepare(stage: Stage) -> Prepared:
        login: list[Login] = []

        async def again() -> None:
            login[:] = [await stage.begin(account, method, steps=steps)]

        async def make() -> object:
            return (await stage.go_on(login[0], account)).accounts

        await again()
        return Prepared(make, again)

    return prepare


async def _refreshed(stage: Stage) -> Prepared:
    """An account whose access token is dead and whose refresh token is not."""
    (key,) = await stage.sign_in(READER, "password:partner")
    await _spoil(stage, key)

    async def make() -> object:
        return _told(await stage.gateway.list_students(key, max_age=0))

    async def again() -> None:
        await _spoil(stage, key)

    return Prepared(make, again, key)


async def _spoil(stage: Stage, key: str) -> None:
    account = await stage.gateway._services.keeper.open(key)
    dead = Credential(SecretStr(_DEAD), account.session.credentials["access_token"].expires_at)
    account.replace(account.session.with_credentials(access_token=dead))
    await stage.gateway._services.keeper.save(account)


async def _handed_in(stage: Stage) -> Prepared:
    key = await stage.adopt(READER, "token")
    diary = await _diary(stage, key)
    homework = (await diary.list_homework(_START, _END)).value[0].id

    async def make() -> object:
        receipt = await diary.submit_homework(
            homework, file_name="work.txt", media_type="text/plain", content=b"Done."
        )
        return replace_time(receipt)

    return Prepared(make, _nothing, key)


def replace_time(receipt: Any) -> object:
    """A receipt without its moment."""
    return receipt.operation, receipt.target, receipt.confirmed_at is not None


DNEVNIK_RU: Final = (
    Call("list_students", CallKind.READ, "GET", r"/v2/users/me/context", _students),
    _read(
        "list_lessons",
        r"/v2/persons/\d+/groups/\d+/schedules",
        lambda diary: diary.list_lessons(_START, _END, max_age=0),
    ),
    _read(
        "list_homework",
        r"/v2/persons/\d+/school/\d+/homeworks",
        lambda diary: diary.list_homework(_START, _END, max_age=0),
    ),
    _read(
        "list_marks",
        r"/v2/persons/\d+/schools/\d+/marks/.*",
        lambda diary: diary.list_marks(_START, _END, max_age=0),
    ),
    _read(
        "list_final_grades",
        r"/v2/persons/\d+/edu-groups/\d+/allfinalmarks",
        lambda diary: diary.list_final_grades(max_age=0),
    ),
    _read(
        "list_announcements",
        r"/mobile/v[\d.]+/persons/\d+/schools/\d+/notifications",
        lambda diary: diary.list_announcements(max_age=0),
    ),
    Call("open_attachment", CallKind.FILE, "GET", r"/files/\d+", _file),
    Call(
        "password:partner",
        CallKind.AUTH,
        "POST",
        r"/v2/authorizations/bycredentials",
        _submitted(READER, "password:partner"),
    ),
    Call("oauth", CallKind.AUTH, "POST", r"/login/", _submitted(READER, "oauth")),
    Call(
        "esia",
        CallKind.AUTH,
        "POST",
        r"/mobile/v[\d.]+/authorizations/esia/",
        _submitted(READER, "esia"),
    ),
    Call("refresh", CallKind.REFRESH, "POST", r"/v2/authorizations", _refreshed),
    Call(
        "submit_homework",
        CallKind.WRITE,
        "POST",
        r"/mobile/v[\d.]+/persons/\d+/groups/\d+/lessons/\d+/file",
        _handed_in,
    ),
    Call("consent", CallKind.WRITE, "POST", r"/oauth2/", _submitted(CONSENTING, "oauth", steps=1)),
)

CALLS: Final[Mapping[str, tuple[Call, ...]]] = {"dnevnik_ru": DNEVNIK_RU}
"""The calls by provider."""
