"""Login and password at the app's interface (protocol notes 2.4)."""

from enum import StrEnum
from typing import Final

import msgspec
from pydantic import SecretStr

from gateway.core.config import required
from gateway.core.contract.addresses import base_of
from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, decision_of, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Confirm, Step, StepError
from gateway.core.errors import (
    AccountLocked,
    ClientRejected,
    ConsentRefused,
    EmailRejected,
    EsiaOnly,
    FlowError,
    LoginError,
    NoMembership,
    PasswordRejected,
    RoleNotServed,
    TemporaryPassword,
    WrongCredentials,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.login import activation, wire, words
from gateway_dnevnik_ru.login.addresses import MOBILE_SCOPE
from gateway_dnevnik_ru.login.grants import Family, grant_of, plain
from gateway_dnevnik_ru.login.pages import Complaint, complaint_of
from gateway_dnevnik_ru.login.session import open_session
from gateway_dnevnik_ru.settings import DnevnikSettings

_SUCCESS: Final = "Success"
_STAGE: Final = "stage"
_ANSWER: Final = "activation"
_FIELDS: Final = "activation_fields"


class _Stage(StrEnum):
    SIGN_IN = "sign_in"
    DATA = "data"
    TERMS = "terms"


class MobileFlow(LoginFlow):
    """The password grant, with first sign-ins and forced changes of the password."""

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
        link.state[_STAGE] = _Stage.SIGN_IN.value
        return words.sign_in_form()

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Sends the password, or what a first sign-in asks for."""
        match link.state.get(_STAGE):
            case _Stage.DATA:
                return await self._filled_in(link, fields_of(answer))
            case _Stage.TERMS:
                if not decision_of(answer):
                    raise ConsentRefused("the person refused the terms")
                return await self._activate(link, agree=True)
            case _:
                return await self._sign_in(link, fields_of(answer))

    async def _sign_in(self, link: LoginLink, fields: dict[str, str]) -> Next:
        path = f"/mobile/{self.settings.mobile_version}/authorizations/bycredentials"
        body: dict[str, object] = {
            "username": fields["login"].strip(),
            "password": fields["password"],
            "clientId": self.settings.mobile_client_id,
            "clientSecret": plain(self.settings.mobile_client_secret),
            "scope": self.settings.scope or MOBILE_SCOPE,
            "agreeTerms": False,
        }
        found = await self._send(link, path, body, template=path)
        if found.type != _SUCCESS:
            raise _refusal(found)
        data = found.activation_data
        if data is not None:
            # The answer may leave out what was just sent; the next request needs it whole.
            data = msgspec.structs.replace(
                data,
                username=data.username or fields["login"].strip(),
                password=data.password or fields["password"],
            )
            found = msgspec.structs.replace(found, activation_data=data)
        return await self._welcomed(link, found)

    async def _welcomed(self, link: LoginLink, found: wire.MobileSignIn) -> Next:
        """What follows a right password, by the reason beside it.

        Raises:
            RoleNotServed: Staff.
            NoMembership: In no school any more.
            TemporaryPassword: It must be changed, and nobody is there or the service gave no way.
        """
        if found.reason in activation.REASONS:
            data = found.activation_data
            if data is None or not link.person_present:
                raise TemporaryPassword(f"the service wants more first ({found.reason})")
            link.secrets[_ANSWER] = SecretStr(msgspec.json.encode(found).decode())
            link.state[_STAGE] = _Stage.DATA.value
            return activation.form(found, data)
        if found.reason == "TeacherHaveNotAccess":
            raise RoleNotServed("the account belongs to staff")
        if found.reason == "HaveNotActiveMemberships":
            raise NoMembership("the account is in no school any more")
        grant = grant_of(found.credentials, Family.MOBILE, link.now())
        if grant is None:
            raise LoginError("the answer carries no token")
        return SignedIn((await open_session(link, self.settings, grant, self.method),))

    async def _filled_in(self, link: LoginLink, fields: dict[str, str]) -> Next:
        if fields["new_password"] != fields["repeat"]:
            raise PasswordRejected("the passwords differ", text=words.PASSWORDS_DIFFER)
        link.secrets[_FIELDS] = SecretStr(msgspec.json.encode(fields).decode())
        found, data = _remembered(link)
        if found.reason == activation.CHANGE_PASSWORD:
            return await self._activate(link, agree=False)
        link.state[_STAGE] = _Stage.TERMS.value
        terms = data.terms_link or ""
        known = terms.startswith(("https://", f"{base_of(link, 'web')}/"))
        return Confirm(question=words.TERMS, url=terms if known else None)

    async def _activate(self, link: LoginLink, *, agree: bool) -> Next:
        asked, data = _remembered(link)
        fields = msgspec.json.decode(_kept(link, _FIELDS), type=dict[str, str])
        version = self.settings.mobile_version
        found = await self._send(
            link,
            activation.path(version, asked.reason, data.person_id),
            activation.body(
                self.settings,
                data,
                fields,
                secret=plain(self.settings.mobile_client_secret),
                agree=agree,
            ),
            template=activation.path(version, asked.reason, "{person}"),
        )
        if found.type == _SUCCESS:
            return await self._welcomed(link, found)
        link.state[_STAGE] = _Stage.DATA.value
        return activation.form(asked, data, StepError.of(_rejection(found)))

    async def _send(
        self, link: LoginLink, path: str, body: dict[str, object], *, template: str
    ) -> wire.MobileSignIn:
        response = await link.request(
            "api", "POST", path, kind=RequestKind.AUTH, body=Body.of_json(body), template=template
        )
        return decode(response, wire.MobileSignIn, link.note)


def _remembered(link: LoginLink) -> tuple[wire.MobileSignIn, wire.ActivationData]:
    found = msgspec.json.decode(_kept(link, _ANSWER), type=wire.MobileSignIn)
    if found.activation_data is None:
        raise FlowError("no further data were asked for")
    return found, found.activation_data


def _kept(link: LoginLink, name: str) -> str:
    try:
        return link.secrets[name].get_secret_value()
    except KeyError:
        raise FlowError("no further data were asked for") from None


def _refusal(found: wire.MobileSignIn) -> LoginError:
    """A wrong password has no word of its own, only a text for people (notes 2.4)."""
    if found.type not in {"Error", "authorizationFailed"}:
        return ClientRejected(f"the service refuses the application ({str(found.type)[:40]})")
    complaint = complaint_of(found.description or "")
    if complaint is Complaint.LOCKED:
        return AccountLocked("the service says that the account is locked")
    if complaint is Complaint.ESIA_ONLY:
        return EsiaOnly("the service says to sign in through Gosuslugi")
    text = words.SITE_PASSWORD_ONLY if found.type == "authorizationFailed" else None
    return WrongCredentials("the service did not accept login and password", text=text)


def _rejection(found: wire.MobileSignIn) -> LoginError:
    description = (found.description or "").casefold()
    if "mail" in description or "почт" in description:
        return EmailRejected("the service refused the e-mail address")
    return PasswordRejected("the service refused the data")
