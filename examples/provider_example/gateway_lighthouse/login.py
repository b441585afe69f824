"""The two ways in: login and password, perhaps with a code, and a token from the site."""

from datetime import timedelta
from typing import Final

from pydantic import SecretStr

from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, fields_of, text_of
from gateway.core.contract.link import Link, LoginLink
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.contract.steps import CodeMedium, Form, FormField, OneTimeCode, Step, Words
from gateway.core.errors import BadResponse, NoStudents, SessionLost, TokenRejected
from gateway.core.ids import Ids
from gateway.core.model import Role
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_lighthouse import mapping, wire, words

_TICKET: Final = "ticket"

_PASSWORD_FORM: Final = Form(
    fields=(
        FormField(name="login", label=Words(ru="Логин", en="Login")),
        FormField(name="password", label=Words(ru="Пароль", en="Password"), secret=True),
    )
)
_TOKEN_FORM: Final = Form(
    fields=(
        FormField(
            name="token",
            label=Words(ru="Ключ доступа", en="Access token"),
            secret=True,
            hint=Words(ru="«Профиль → Приложения» на сайте", en="“Profile → Apps” on the site"),
        ),
    )
)


class PasswordLogin(LoginFlow):
    """`POST /v1/sign-in`, then `/v1/sign-in/code` where a code was sent (protocol notes 2)."""

    async def start(self, link: LoginLink) -> Next:
        """Asks for login and password."""
        return _PASSWORD_FORM

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Sends the password, or the code."""
        if isinstance(step, OneTimeCode):
            ticket = link.secrets[_TICKET].get_secret_value()
            fields = {"ticket": ticket, "code": text_of(answer)}
            return await open_session(link, await ask(link, "/v1/sign-in/code", fields), "password")
        signed_in = await ask(link, "/v1/sign-in", fields_of(answer))
        if signed_in.ticket is None:
            return await open_session(link, signed_in, "password")
        link.secrets[_TICKET] = SecretStr(signed_in.ticket)
        return OneTimeCode(medium=CodeMedium.SMS, sent_to=signed_in.sent_to, length=6)


class TokenLogin(LoginFlow):
    """A token that the person copied from the site; it cannot be renewed."""

    async def start(self, link: LoginLink) -> Next:
        """Asks for the token."""
        return _TOKEN_FORM

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Tries the token."""
        try:
            tokens = wire.SignIn(access_token=fields_of(answer)["token"])
            return await open_session(link, tokens, "token")
        except SessionLost:
            raise TokenRejected from None


async def ask(
    link: Link, path: str, fields: dict[str, str], kind: RequestKind = RequestKind.AUTH
) -> wire.SignIn:
    """The answer of one of the sign-in routes; refusals are told by `classify()`."""
    body = Body.of_json(fields)
    response = await link.request("api", "POST", path, kind=kind, body=body, template=path)
    return decode(response, wire.SignIn, link.note)


def credentials_of(link: Link, tokens: wire.SignIn) -> dict[str, Credential]:
    """Tokens with the end of each."""
    if tokens.access_token is None:
        raise BadResponse("a sign-in without a token")
    end = link.now() + timedelta(seconds=tokens.expires_in) if tokens.expires_in else None
    found = {"access_token": Credential(SecretStr(tokens.access_token), end)}
    if tokens.refresh_token is not None:
        found["refresh_token"] = Credential(SecretStr(tokens.refresh_token))
    return found


async def open_session(link: LoginLink, tokens: wire.SignIn, method: str) -> SignedIn:
    """The session of fresh tokens, with the students that it opens."""
    credentials = credentials_of(link, tokens)
    response = await link.request(
        "api",
        "GET",
        "/v1/me",
        headers={"Authorization": f"Bearer {tokens.access_token}"},
        template="/v1/me",
    )
    me = decode(response, wire.Me, link.note)
    if not me.students:
        raise NoStudents
    ids = Ids(link.declaration.name, link.instance.key)
    return SignedIn(
        (
            Session(
                account=ids.of("account", me.id),
                provider=link.declaration.name,
                instance=link.instance.key,
                method=method,
                role=words.read(words.ROLES, me.role, Role.UNKNOWN),
                created_at=link.now(),
                credentials=credentials,
                students=tuple(_student(ids, pupil) for pupil in me.students),
            ),
        )
    )


def _student(ids: Ids, pupil: wire.Pupil) -> StudentRef:
    record = mapping.student_record(ids, pupil)
    return StudentRef(
        id=str(record["id"]),
        name=str(record["name"]),
        native={"person": pupil.id},
        zone=pupil.zone,
        label=pupil.label,
    )
