"""Login and password (notes 2.2)."""

from typing import ClassVar, Final

from pydantic import SecretStr

from gateway.core.contract.flow import Next, SignedIn
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import FormField, Words
from gateway.core.errors import EsiaOnly, LoginError
from gateway_eljur.login import words
from gateway_eljur.login.auth import authorized
from gateway_eljur.login.base import SchoolFlow, at_school, keep_fields, kept_fields
from gateway_eljur.login.schools import School
from gateway_eljur.login.session import Grant, open_session
from gateway_eljur.login.site import with_site
from gateway_eljur.places import Place

_GRANT: Final = "grant"


class PasswordFlow(SchoolFlow):
    """A password for a token, and the account that it opens.

    The token is remembered until the session stands: where the diary fails just then, the form is
    shown again, and the same answer goes on from the token instead of sending the password twice.
    Only what has opened the account is sent to the school's site, if the operator wants that.
    """

    title: ClassVar[Words] = words.SIGN_IN
    fields: ClassVar[tuple[FormField, ...]] = words.credential_fields()

    def check_place(self, place: Place) -> None:
        """Checks that there are passwords at a host."""
        check_password(place)

    async def proceed(self, link: LoginLink, school: School, fields: dict[str, str]) -> Next:
        """Sends login and password, once, and opens the account."""
        login, password = fields["login"].strip(), fields["password"]
        is_named = self.is_named(link, fields)
        return await sign_in(link, school, login, password, self.method, is_named=is_named)


def check_password(place: Place) -> None:
    """Checks that there are passwords at a host.

    Raises:
        EsiaOnly: There are none.
    """
    if not place.password:
        raise EsiaOnly("the host knows sign-in through Gosuslugi only")


async def sign_in(
    link: LoginLink, school: School, login: str, password: str, method: str, *, is_named: bool
) -> SignedIn:
    """The session of a login and a password.

    Raises:
        LoginError: They open no diary.
    """
    vendor = school.vendor or ""
    with at_school(link, school):
        grant = _kept(link, school, login)
        if grant is None:
            grant = await authorized(link, vendor, login, password, is_named=is_named)
            _keep(link, school, login, grant)
        try:
            session = await open_session(link, grant, method)
        except LoginError:
            link.secrets.pop(_GRANT, None)
            raise
        return SignedIn((await with_site(link, session, login, password),))


def _keep(link: LoginLink, school: School, login: str, grant: Grant) -> None:
    found = {
        "school": school.instance,
        "login": login,
        "token": grant.token.get_secret_value(),
        "expires": grant.expires or "",
    }
    keep_fields(link, _GRANT, found)


def _kept(link: LoginLink, school: School, login: str) -> Grant | None:
    found = kept_fields(link, _GRANT)
    if (found.get("school"), found.get("login")) != (school.instance, login):
        return None
    return Grant(school.vendor or "", SecretStr(found["token"]), found["expires"] or None)
