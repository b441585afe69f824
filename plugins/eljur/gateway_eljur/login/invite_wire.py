"""Registration with an invite code as it goes over the wire. ALL OF IT IS ASSUMED.

What people see is known (notes 2.6); no source tells a path, a name or an answer of it. This is the
shape that the emulator serves (`emulator/invites.py` describes it), in the manner of the site's
other forms. The method is declared as assumed, so nothing of this is sent to a real host.
"""

from typing import Annotated, Final

from msgspec import field

from gateway.core.contract.evidence import Assumed
from gateway.core.contract.link import LoginLink
from gateway.core.errors import (
    AlreadyRegistered,
    CodeExpired,
    EmailRejected,
    InviteCodeExpired,
    InviteCodeUnknown,
    InviteCodeUsed,
    LoginError,
    LoginTaken,
    PasswordRejected,
    SchoolUnknown,
    Text,
    WrongCode,
    WrongCredentials,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_eljur.login import words
from gateway_eljur.login.wire import Wire
from gateway_eljur.routes import WEB

PARENT: Final = "parent"
"""Role of an invitation for a parent."""

_ROOT: Final = "/ajaxregister"
_INVENTED: Final = "the emulator's own shape: nobody has seen the real one"

_PROBLEMS: Final[dict[str, tuple[type[LoginError], Text | None]]] = {
    "school_unknown": (SchoolUnknown, words.NO_SUCH_SCHOOL),
    "code_unknown": (InviteCodeUnknown, None),
    "code_used": (InviteCodeUsed, None),
    "code_expired": (InviteCodeExpired, None),
    "login_invalid": (LoginTaken, words.LOGIN_UNFIT),
    "login_taken": (LoginTaken, None),
    "login_wrong": (WrongCredentials, None),
    "password_weak": (PasswordRejected, words.WEAK_PASSWORD),
    "password_mismatch": (PasswordRejected, words.PASSWORDS_DIFFER),
    "name_required": (LoginError, words.NO_NAME),
    "email_invalid": (EmailRejected, None),
    "confirm_wrong": (WrongCode, None),
    "confirm_expired": (CodeExpired, None),
    "role_mismatch": (LoginError, words.OTHER_ROLE),
    "child_known": (AlreadyRegistered, words.CHILD_KNOWN),
    "registration_over": (LoginError, words.REGISTRATION_OVER),
}


class Problem(Wire, frozen=True):
    """Why a form does not do."""

    code: Annotated[str | None, Assumed(_INVENTED)] = None


class RegistrationAnswer(Wire, frozen=True):
    """What every step of the registration answers."""

    result: Annotated[bool, Assumed("as the site's sign-in answers")] = False
    errors: Annotated[list[Problem] | None, Assumed("as the site's sign-in answers")] = None
    registration: Annotated[str | None, Assumed(_INVENTED)] = None
    role: Annotated[str | None, Assumed(_INVENTED)] = None
    student: Annotated[str | None, Assumed(_INVENTED)] = None
    class_name: Annotated[str | None, Assumed(_INVENTED)] = field(default=None, name="class")
    sent_to: Annotated[str | None, Assumed(_INVENTED)] = None


async def check_code(link: LoginLink, vendor: str, code: str) -> RegistrationAnswer:
    """Begins a registration: its word, and whom the code is for.

    Raises:
        LoginError: The code is unknown, used or too old.
    """
    return await _post(link, "code", {"domain": vendor, "code": code})


async def describe(link: LoginLink, word: str, account: dict[str, str]) -> str | None:
    """Tells login, password, name and e-mail; a letter goes to the masked address that it gives.

    Args:
        link: At the school's own instance.
        word: The word of the registration.
        account: `login`, `password`, `password2`, `lastname`, `firstname`, `middlename`, `email`.

    Raises:
        LoginError: Something of it does not do.
    """
    return (await _post(link, "account", {"registration": word, **account})).sent_to


async def confirm(link: LoginLink, word: str, code: str) -> None:
    """Gives the code of the letter; the account is there from then on.

    Raises:
        LoginError: It is wrong, too old, or the registration is over.
    """
    await _post(link, "confirm", {"registration": word, "code": code})


async def resend(link: LoginLink, word: str) -> str | None:
    """Asks for another letter.

    Raises:
        LoginError: The registration is over.
    """
    return (await _post(link, "resend", {"registration": word})).sent_to


async def add_child(link: LoginLink, word: str, login: str, password: str) -> None:
    """Adds the child to a parent's account that is already there.

    Raises:
        LoginError: The password is wrong, or the account cannot have this child.
    """
    await _post(link, "child", {"registration": word, "login": login, "password": password})


async def _post(link: LoginLink, step: str, fields: dict[str, str]) -> RegistrationAnswer:
    path = f"{_ROOT}/{step}"
    response = await link.request(
        WEB, "POST", path, kind=RequestKind.AUTH, body=Body.of_form(fields), template=path
    )
    found = decode(response, RegistrationAnswer, link.note)
    if not found.result:
        raise _error(found)
    return found


def _error(found: RegistrationAnswer) -> LoginError:
    codes = [item.code for item in found.errors or () if item.code]
    known = next((_PROBLEMS[code] for code in codes if code in _PROBLEMS), None)
    if known is None:
        return LoginError("the registration is refused without a known reason")
    error, text = known
    return error("the registration is refused", text=text)
