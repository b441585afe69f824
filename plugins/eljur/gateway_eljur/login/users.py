"""The users whom a person of Gosuslugi is, one in each school; which to open (notes 2.3)."""

from collections.abc import Sequence
from typing import Final

import msgspec
from pydantic import SecretStr

from gateway.core.contract.flow import Next, SignedIn
from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Session
from gateway.core.contract.steps import Choice, Option
from gateway.core.errors import (
    AccountNotLinked,
    IdentityTooWeak,
    IllegalAnswer,
    LoginError,
    TokenRejected,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import RequestKind
from gateway_eljur.login import words
from gateway_eljur.login.absent import asking_school, check_stayed
from gateway_eljur.login.base import STAGE, Stage, at_school, place_of
from gateway_eljur.login.schools import School
from gateway_eljur.login.session import Grant, open_session
from gateway_eljur.login.wire import UsersVendors, UserVendor
from gateway_eljur.routes import USERS_VENDORS, WEB

_USERS: Final = "users"
_UNLINKED: Final = ("не связан", "не привязан", "не найден")
_TOO_WEAK: Final = "подтвержд"


class _Kept(msgspec.Struct, frozen=True):
    """What the diary told of a person, and where.

    Attributes:
        v_token: The token for which it did.
        place: The installation.
        users: Users with their tokens.
    """

    v_token: str
    place: str
    users: list[UserVendor]


async def welcome(link: LoginLink, v_token: str, method: str, *, is_named: bool = False) -> Next:
    """What follows from the token of a sign-in through Gosuslugi at the host where the link is.

    Users are remembered until a session stands: the token may be good for one question only.

    Args:
        link: At the host that issued the token.
        v_token: The token.
        method: Name of the method.
        is_named: Whether the person has just named the school.

    Raises:
        LoginError: It opens no diary.
    """
    kept = _kept(link)
    if kept is None or kept.v_token != v_token:
        with asking_school(is_named=is_named):
            users = await _asked(link, v_token)
        kept = _Kept(v_token, place_of(link), users)
        link.secrets[_USERS] = SecretStr(msgspec.json.encode(kept).decode())
    try:
        if len(kept.users) == 1 or not link.person_present:
            return await _opened(link, kept.place, kept.users, method)
    except LoginError:
        link.secrets.pop(_USERS)
        raise
    link.state[STAGE] = Stage.USERS.value
    return Choice(
        title=words.DIARIES,
        options=tuple(_option(key, user) for key, user in _by_key(kept.users).items()),
        multiple=True,
    )


async def chosen(link: LoginLink, keys: Sequence[str], method: str) -> SignedIn:
    """The sessions of the users that the person chose.

    Raises:
        LoginError: None of them can be opened.
    """
    kept = _kept(link)
    known = {} if kept is None else _by_key(kept.users)
    if kept is None or any(key not in known for key in keys):
        raise IllegalAnswer("there is no such user")
    wanted = [known[key] for key in dict.fromkeys(keys)]
    try:
        return await _opened(link, kept.place, wanted, method)
    except TokenRejected as error:  # no other choice makes these tokens good again
        raise LoginError("the users' tokens are dead", text=words.ESIA_UNFINISHED) from error


async def _asked(link: LoginLink, v_token: str) -> list[UserVendor]:
    """All users of the person; the school's own host is asked, where the token was issued."""
    response = await link.request(
        WEB,
        "GET",
        USERS_VENDORS,
        kind=RequestKind.AUTH,
        headers={"Accept": "application/json"},
        params={"out_format": "json", "v_token": v_token, "auth_token": "true"},
        template=USERS_VENDORS,
    )
    check_stayed(response)
    found = decode(response, UsersVendors, link.note)
    if not isinstance(found.result, list):
        raise refusal(found.error)
    users = [item for item in found.result if item.token and item.vendor]
    if not users:
        raise AccountNotLinked("the person is a user of no school", text=words.NOT_LINKED)
    return users


def refusal(error: str | None) -> LoginError:
    """The error of a refusal; its sentence alone tells what is the matter."""
    sentence = (error or "").casefold()
    if _TOO_WEAK in sentence:
        return IdentityTooWeak("the diary wants a confirmed account of Gosuslugi")
    if any(word in sentence for word in _UNLINKED):
        return AccountNotLinked("the person is a user of no school", text=words.NOT_LINKED)
    return TokenRejected("the sign-in is not known to the diary", text=words.ESIA_UNFINISHED)


async def _opened(
    link: LoginLink, place: str, users: Sequence[UserVendor], method: str
) -> SignedIn:
    """Opens users; one that fails does not spoil the others."""
    sessions: list[Session] = []
    failure: LoginError | None = None
    for user in users:
        school = School(place, user.vendor.strip().lower())
        grant = Grant(user.vendor, SecretStr(user.token or ""), user.expires)
        try:
            with at_school(link, school):
                sessions.append(await open_session(link, grant, method))
        except LoginError as error:
            link.note(USERS_VENDORS, error.code)
            failure = failure or error
    if failure is not None and not sessions:
        raise failure
    return SignedIn(tuple(sessions))


def _by_key(users: Sequence[UserVendor]) -> dict[str, UserVendor]:
    """Users by school and login, or by their place in the school where no login is told."""
    found: dict[str, UserVendor] = {}
    for number, user in enumerate(users, start=1):
        found.setdefault(f"{user.vendor}:{user.login or number}", user)
    return found


def _option(key: str, user: UserVendor) -> Option:
    return Option(key=key, label=user.user_title or key, note=user.vendor_title or user.vendor)


def _kept(link: LoginLink) -> _Kept | None:
    found = link.secrets.get(_USERS)
    if found is None:
        return None
    return msgspec.json.decode(found.get_secret_value(), type=_Kept)
