"""From the cookies of a signed-in browser to the session (notes 2.4, 4.2)."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Session, StudentRef
from gateway.core.errors import NoStudents, SessionError, TokenRejected
from gateway.core.ids import Ids
from gateway.core.model.people import Role
from gateway.core.wire.decoding import decode
from gateway.core.wire.jar import Cookie
from gateway_gosuslugi.myschool.addresses import base_of
from gateway_gosuslugi.myschool.login import words
from gateway_gosuslugi.myschool.login.claims import person_of
from gateway_gosuslugi.myschool.mapping.people import native_of, student_ref
from gateway_gosuslugi.myschool.reads.people import STUDENTS_PARAMS
from gateway_gosuslugi.myschool.routes import API, CURRENT_YEAR, STUDENTS
from gateway_gosuslugi.myschool.wire.people import CurrentYear, Student


async def open_session(link: LoginLink, cookies: Mapping[str, str], method: str) -> Session:
    """The session of the account whose cookies these are; sends two requests.

    The first one asks for nothing of anybody: it only shows whether the session lives.

    Raises:
        TokenRejected: They are no cookies of the portal, or open nothing.
        NoStudents: No student is linked.
    """
    person = person_of(cookies["acc_t"])
    if person is None:
        raise TokenRejected("acc_t is no token of ЕСИА", text=words.NOT_COOKIES)
    _put(link, cookies)
    try:
        probe = await link.request(API, "GET", CURRENT_YEAR, template=CURRENT_YEAR)
        decode(probe, CurrentYear, link.note)
        told = await link.request(API, "GET", STUDENTS, params=STUDENTS_PARAMS, template=STUDENTS)
    except SessionError as error:
        raise TokenRejected("the cookies open nothing", text=words.DEAD) from error
    ids = Ids(link.declaration.name, link.instance.key)
    students = _students(link, ids, decode(told, list[Student], link.note))
    if not students:
        raise NoStudents("the diary lists nobody", text=words.NOBODY)
    return Session(
        account=ids.of("account", person),
        provider=link.declaration.name,
        instance=link.instance.key,
        method=method,
        role=_role(students),
        created_at=link.now(),
        credentials={},
        jar=link.jar,
        students=students,
        data={"person": person},
    )


def _put(link: LoginLink, cookies: Mapping[str, str]) -> None:
    """The cookies into the flow's jar, in place of those of an earlier try."""
    parts = urlsplit(base_of(link, API))
    host, secure = parts.hostname or "", parts.scheme == "https"
    received = [
        Cookie(name=name, value=value, domain=host, secure=secure)
        for name, value in cookies.items()
    ]
    link.jar = link.jar.updated(received, now=link.now().timestamp())


def _students(link: LoginLink, ids: Ids, told: Sequence[Student]) -> tuple[StudentRef, ...]:
    found: dict[str, StudentRef] = {}
    for index, item in enumerate(told):
        native = native_of(item)
        if native is None:
            link.note(f"$[{index}]", "a child without an identifier")
            continue
        found[native] = student_ref(ids, native, item, otherwise=link.instance.zone)
    return tuple(found.values())


def _role(students: Sequence[StudentRef]) -> Role:
    """Several diaries are a parent's; one may be a parent's or the student's own (notes 3)."""
    return Role.GUARDIAN if len(students) > 1 else Role.UNKNOWN
