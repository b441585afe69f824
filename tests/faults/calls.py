"""The calls of a provider that faults strike: what is called, and which of its requests is struck.

A public call may send several requests; the one that it stands or falls with is struck. What only
enriches an answer may fail without harm, so it would show nothing.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from pydantic import SecretStr

from gateway.core.client.diary import AsyncDiary
from gateway.core.contract.session import Credential
from gateway.core.errors import (
    InteractionRequired,
    LoginError,
    Maintenance,
    SessionLost,
    UnexpectedHtml,
    WrongCredentials,
)
from gateway.core.login.status import Login
from gateway.core.pipeline.retry_table import OutcomeClass
from gateway.testing.config import SCHOOL_DAY
from tests.faults.catalogue import ALTERED, FINE, Row
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
        rows: What faults come to for this call, by name, where the provider's protocol or the
            kind of its answer makes a difference.
        settles: Whether it is never asked for again once the provider has taken it.
        signs_in: Whether it is a step of signing in.
    """

    name: str
    kind: CallKind
    method: str
    route: str
    prepare: Callable[[Stage], Awaitable[Prepared]]
    rows: Mapping[str, Row] = field(default_factory=dict)
    settles: bool = False
    signs_in: bool = False

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


# «Дневник.ру» says 503 while it is serviced (protocol notes 5).
_SERVICED: Final = dict.fromkeys(
    ("503 + seconds", "503 + date"), Row(OutcomeClass.MAINTENANCE, Maintenance)
)
# Requests for data follow no redirect, so one is a page where JSON was due.
_STRAY: Final = Row(OutcomeClass.BROKEN_JSON, UnexpectedHtml)
_JSON: Final[Mapping[str, Row]] = {
    **_SERVICED,
    "foreign redirect": _STRAY,
    "redirect loop": _STRAY,
}
# A file is handed out as it comes, whatever it holds.
_AS_IT_COMES: Final[Mapping[str, Row]] = {
    **_SERVICED,
    **dict.fromkeys(
        ("broken JSON", "wrong shape", "unknown enum", "deep nesting", "bad UTF-8"), ALTERED
    ),
    # The site leads the browser that is signed in on to its start page: a page, no file.
    "login redirect": _STRAY,
}
# The interfaces refuse a sign-in with any status, so the flow reads the answer whatever it is,
# and finds neither a token nor a reason.
_REFUSALS: Final = ("401", "403", "404", "409")
_GRANT: Final[Mapping[str, Row]] = {
    **_JSON,
    **dict.fromkeys(_REFUSALS, Row(OutcomeClass.REFUSED, LoginError)),
    **dict.fromkeys(("login page 200", "login redirect"), _STRAY),
}
_RENEWAL: Final[Mapping[str, Row]] = {
    **_GRANT,
    **dict.fromkeys(_REFUSALS, Row(OutcomeClass.REFUSED, InteractionRequired)),
}
# The site answers with redirects and pages; what their bodies hold does not matter.
_SITE: Final[Mapping[str, Row]] = {
    **_SERVICED,
    **dict.fromkeys(("broken JSON", "wrong shape", "unknown enum", "bad UTF-8"), FINE),
    "401": Row(OutcomeClass.REFUSED, WrongCredentials),
    "deep nesting": Row(OutcomeClass.REFUSED, LoginError),
    "login page 200": Row(OutcomeClass.REFUSED, LoginError),
    "login redirect": Row(OutcomeClass.REFUSED, LoginError),
    "redirect loop": Row(OutcomeClass.REFUSED, LoginError),
}

# The site asks again, as it would ask a browser that is signed in.
_CONSENT: Final[Mapping[str, Row]] = {
    **_SITE,
    **dict.fromkeys(("deep nesting", "login redirect"), ALTERED),
    "401": Row(OutcomeClass.SESSION_LOST, SessionLost),
}

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

    return Call(name, CallKind.READ, "GET", route, prepare, _JSON)


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
    listed = [item.attachments for item in homework if isinstance(item.attachments, tuple)]
    file = str(next(files[0].id for files in listed if files))

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
            if login[0].step is None:
                return login[0].accounts
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
        return _untimed(receipt)

    return Prepared(make, _nothing, key)


def _untimed(receipt: Any) -> object:
    """A receipt without its moment."""
    return receipt.operation, receipt.target, receipt.confirmed_at is not None


DNEVNIK_RU: Final = (
    Call("list_students", CallKind.READ, "GET", r"/v2/users/me/context", _students, _JSON),
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
    Call(
        "open_attachment",
        CallKind.FILE,
        "GET",
        r"/files/\d+",
        _file,
        _AS_IT_COMES,
    ),
    Call(
        "password:partner",
        CallKind.AUTH,
        "POST",
        r"/v2/authorizations/bycredentials",
        _submitted(READER, "password:partner"),
        _GRANT,
        signs_in=True,
    ),
    Call(
        "oauth",
        CallKind.AUTH,
        "POST",
        r"/login/",
        _submitted(READER, "oauth"),
        _SITE,
        signs_in=True,
    ),
    Call(
        "esia",
        CallKind.AUTH,
        "POST",
        r"/mobile/v[\d.]+/authorizations/esia/",
        _submitted(READER, "esia"),
        _GRANT,
        signs_in=True,
    ),
    Call("refresh", CallKind.REFRESH, "POST", r"/v2/authorizations", _refreshed, _RENEWAL),
    Call(
        "submit_homework",
        CallKind.WRITE,
        "POST",
        r"/mobile/v[\d.]+/persons/\d+/groups/\d+/lessons/\d+/file",
        _handed_in,
        _JSON,
    ),
    Call(
        "consent",
        CallKind.WRITE,
        "POST",
        r"/oauth2/",
        _submitted(CONSENTING, "oauth", steps=1),
        _CONSENT,
        settles=True,
        signs_in=True,
    ),
)

CALLS: Final[Mapping[str, tuple[Call, ...]]] = {"dnevnik_ru": DNEVNIK_RU}
"""The calls by provider."""
