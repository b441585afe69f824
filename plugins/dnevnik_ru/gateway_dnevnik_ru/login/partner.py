"""Login and password at the partner interface (protocol notes 2.3)."""

from gateway.core.config import required
from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Step
from gateway.core.errors import ClientRejected, LoginError, WrongCredentials
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.login import wire, words
from gateway_dnevnik_ru.login.addresses import PARTNER_SCOPE
from gateway_dnevnik_ru.login.grants import Family, grant_of, plain
from gateway_dnevnik_ru.login.session import open_session
from gateway_dnevnik_ru.settings import DnevnikSettings

_PATH = "/v2/authorizations/bycredentials"


class PartnerFlow(LoginFlow):
    """The password grant.

    A refusal says only «Can't authorize», also of accounts that the site lets in with the very
    same password. The person is told so; another way is theirs to choose, never a fall-back.
    """

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
        """Sends them, once."""
        fields = fields_of(answer)
        body = {
            "client_id": self.settings.client_id,
            "client_secret": plain(self.settings.client_secret),
            "username": fields["login"].strip(),
            "password": fields["password"],
            "scope": self.settings.scope or PARTNER_SCOPE,
        }
        response = await link.request(
            "api", "POST", _PATH, kind=RequestKind.AUTH, body=Body.of_json(body), template=_PATH
        )
        found = decode(response, wire.Grant, link.note)
        grant = grant_of(found, Family.PARTNER, link.now())
        if grant is None:
            raise _refusal(found.type)
        return SignedIn((await open_session(link, self.settings, grant, self.method),))


def _refusal(word: str | None) -> LoginError:
    if word == "authorizationFailed":
        return WrongCredentials(
            "the partner interface did not authorize", text=words.SITE_PASSWORD_ONLY
        )
    if word is None:
        return LoginError("the answer carries no token")
    return ClientRejected(f"the partner interface refuses the application ({word[:40]})")
