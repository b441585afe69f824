"""Login and password of a regional diary (protocol notes 2.9)."""

from typing import Final

from gateway.core.contract.flow import Next, StepInput, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Step
from gateway.core.errors import LoginError, TemporaryPassword, WrongCredentials
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_mos_ru.login import wire, words
from gateway_mos_ru.login.addresses import NODE_CALLBACK, NODE_SESSIONS
from gateway_mos_ru.login.base import MosFlow
from gateway_mos_ru.login.cookies import ACCESS_COOKIE
from gateway_mos_ru.login.grants import Family, Grant
from gateway_mos_ru.login.refusals import shown
from gateway_mos_ru.routes import API

_WRONG: Final = "authentication_error"


class NodePasswordFlow(MosFlow):
    """A password for a one-time token, and that for the cookie of the site."""

    async def start(self, link: LoginLink) -> Next:
        """Asks for login and password."""
        return words.sign_in_form(words.SIGN_IN_NODE, words.LOGIN)

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Sends them, once.

        Raises:
            WrongCredentials: The diary says so.
            TemporaryPassword: It must be changed at the site first.
        """
        fields = fields_of(answer)
        body = {"login": fields["login"].strip(), "password_plain": fields["password"]}
        response = await link.request(
            API,
            "POST",
            NODE_SESSIONS,
            kind=RequestKind.AUTH,
            headers={"Accept": "application/json"},
            body=Body.of_json(body),
            template=NODE_SESSIONS,
        )
        found = decode(response, wire.NodeSession, link.note)
        if not found.authentication_token:
            raise _refusal(found)
        if found.password_change_required:
            raise TemporaryPassword("the diary wants another password first")
        await link.request(
            API,
            "GET",
            NODE_CALLBACK,
            kind=RequestKind.AUTH,
            params={"code": found.authentication_token},
            template=NODE_CALLBACK,
        )
        token = link.jar.value(ACCESS_COOKIE)
        if not token:
            raise LoginError("the diary gave no token for the sign-in")
        return await self.welcome(link, Grant.of_itself(Family.NODE, token.strip('"')))


def _refusal(found: wire.NodeSession) -> LoginError:
    kinds = [found.type] if isinstance(found.type, str) else found.type or []
    if _WRONG in kinds:
        return WrongCredentials("the diary did not accept login and password")
    return LoginError(f"the diary refuses the sign-in ({shown(next(iter(kinds), None))})")
