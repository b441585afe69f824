"""Login and password at the interfaces themselves (protocol notes 2.3, 2.4)."""

from typing import Final

from pydantic import SecretStr

from gateway.core.config import required
from gateway.core.contract.link import LoginLink
from gateway.core.errors import (
    AccountLocked,
    BadResponse,
    ClientRejected,
    EsiaOnly,
    LoginError,
    NoMembership,
    RoleNotServed,
    WrongCredentials,
)
from gateway.core.login.flow import LoginFlow, Next, SignedIn, StepInput, fields_of
from gateway.core.login.steps import Step
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.login import activation, wire, words
from gateway_dnevnik_ru.login.addresses import MOBILE_SCOPE, PARTNER_SCOPE
from gateway_dnevnik_ru.login.grants import Family, grant_of
from gateway_dnevnik_ru.login.pages import Complaint, complaint_of
from gateway_dnevnik_ru.login.session import open_session
from gateway_dnevnik_ru.settings import DnevnikSettings

_SUCCESS: Final = "Success"
_NEEDS_DATA: Final = frozenset({"FirstLogin", "ChangePassword"})


class PartnerFlow(LoginFlow):
    """The password grant of the partner interface."""

    def __init__(self, settings: DnevnikSettings, method: str) -> None:
        self.settings = settings
        self.method = method

    async def start(self, link: LoginLink) -> Next:
        """Asks for login and password.

        Raises:
            MissingSetting: The operator has no application with a secret.
        """
        required(self.settings, link.declaration.name, "client_id", "client_secret")
        return words.sign_in_form()

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Sends them once; the refusal of an account names no other way by itself."""
        fields = fields_of(answer)
        response = await link.request(
            "api",
            "POST",
            "/v2/authorizations/bycredentials",
            kind=RequestKind.AUTH,
            body=Body.of_json(
                {
                    "client_id": self.settings.client_id,
                    "client_secret": plain(self.settings.client_secret),
                    "username": fields["login"].strip(),
                    "password": fields["password"],
                    "scope": self.settings.scope or PARTNER_SCOPE,
                }
            ),
            template="/v2/authorizations/bycredentials",
        )
        found = decode(response, wire.Grant, link.note)
        grant = grant_of(found, Family.PARTNER, link.now())
        if grant is None:
            raise _partner_refusal(found.type)
        return SignedIn((await open_session(link, self.settings, grant, self.method),))


class MobileFlow(LoginFlow):
    """The password grant of the app's interface, with first sign-ins and new passwords."""

    def __init__(self, settings: DnevnikSettings, method: str) -> None:
        self.settings = settings
        self.method = method

    async def start(self, link: LoginLink) -> Next:
        """Asks for login and password.

        Raises:
            MissingSetting: The operator has no application with a secret.
        """
        names = ("mobile_client_id", "mobile_client_secret")
        required(self.settings, link.declaration.name, *names)
        return words.sign_in_form()

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Sends the password, or the data that a first sign-in asks for."""
        request = activation.answered(link, answer)
        if isinstance(request, Step.__args__ if hasattr(Step, "__args__") else ()):
            return request
        raise NotImplementedError
