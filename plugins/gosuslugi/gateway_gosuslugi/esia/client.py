"""«Войти через Госуслуги» for a registered system: sign-in, markers, persons, consents.

Usable alone::

    async with EsiaClient(system, signer, verifier) as esia:
        asked = await esia.ask()  # keep it in the web session, send the browser to asked.url
        ...
        tokens = await esia.finish(asked, url)  # the address with which the browser came back
        children = await esia.reader(tokens).children()
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Self

from pydantic import SecretStr

from gateway.core.client.outlet import Outlet
from gateway.core.contract.observer import CallObserver
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import (
    BadResponse,
    ConfigurationError,
    ForgedState,
    InvalidRequest,
    ReplayedState,
)
from gateway.core.pipeline.clock import Clock
from gateway.core.transport.client import Transport
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.esia.crypto.signer import Signer
from gateway_gosuslugi.esia.crypto.verifier import Verifier
from gateway_gosuslugi.esia.oauth.generations import (
    Generation,
    secret_text,
    signed_for_code,
    signed_for_token,
    timestamp,
)
from gateway_gosuslugi.esia.oauth.markers import AccessMarker, IdMarker, Judge
from gateway_gosuslugi.esia.oauth.pkce import new_verifier
from gateway_gosuslugi.esia.oauth.system import (
    Asked,
    Options,
    RelyingParty,
    address,
    code_fields,
    code_of,
    logout_address,
    pkce_fields,
    token_fields,
)
from gateway_gosuslugi.esia.rest import wire
from gateway_gosuslugi.esia.rest.reader import ESIA, PersonReader
from gateway_gosuslugi.esia.service import EsiaAdapter

_SPENT_KEPT: Final = 10_000
_NO_OPTIONS: Final = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class EsiaTokens:
    """Markers of one person, or of the system itself.

    Attributes:
        access_token: Opens REST.
        access: What it says, checked.
        expires_at: Its end, aware UTC.
        identity: Who the person is, checked; with the scope `openid` only.
        refresh_token: Good for one refresh; keep the one that comes with its answer.
    """

    access_token: SecretStr
    access: AccessMarker
    expires_at: datetime
    identity: IdMarker | None = None
    refresh_token: SecretStr | None = None

    @property
    def oid(self) -> int:
        """The person's number.

        Raises:
            InvalidRequest: The system asked in its own name.
        """
        found = self.identity.oid if self.identity is not None else self.access.oid
        if found is None:
            raise InvalidRequest("these markers are of no person")
        return found


class EsiaClient:
    """A registered system's way to ЕСИА; use it as an asynchronous context manager."""

    def __init__(
        self,
        system: RelyingParty,
        signer: Signer,
        verifier: Verifier,
        *,
        settings: ProviderSettings | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
        observers: tuple[CallObserver, ...] = (),
    ) -> None:
        """Prepares; nothing is sent.

        Args:
            system: The registration.
            signer: Signs in the form of the registration's generation.
            verifier: Knows the certificates of ЕСИА.
            settings: Map the host role `esia`, for the test stand and the sandbox.
            transport: Carries requests; one of its own if absent.
            clock: Source of time.
            observers: Told of attempts.

        Raises:
            ConfigurationError: Registration and signer do not fit each other.
        """
        system.check()
        if signer.form is not system.generation.form:
            raise ConfigurationError(
                f"the {system.generation.value} generation wants a signature of the form "
                f"{system.generation.form.value!r}"
            )
        self.system = system
        self._signer = signer
        self._judge = Judge(system.client_id, system.issuer, verifier)
        adapter = EsiaAdapter(GOSUSLUGI, GOSUSLUGI.instance(), settings or ProviderSettings())
        self._outlet = Outlet(adapter, transport=transport, clock=clock, observers=observers)
        base = self._outlet.origins.base(ESIA)
        self._base = f"{base.origin}{base.prefix}"
        self._spent: dict[bytes, None] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._outlet.aclose()

    # Signing in.

    async def ask(
        self, scope: tuple[str, ...] | None = None, options: Options = _NO_OPTIONS
    ) -> Asked:
        """A sign-in to send the person's browser to.

        Args:
            scope: What to ask for; the registration's scope if absent.
            options: What else to ask for.

        Raises:
            ConfigurationError: The request cannot be signed.
        """
        wanted = scope or self.system.scope
        state = str(uuid.uuid4())
        fields = code_fields(
            self.system, scope=wanted, state=state, now=self._timestamp(), options=options
        )
        generation = self.system.generation
        fields["client_secret"] = await self._secret(signed_for_code(generation, fields))
        verifier = None
        if self.system.with_pkce:
            verifier = new_verifier()
            fields |= pkce_fields(verifier)
        return Asked(
            url=address(self._base, generation.authorize_path, fields),
            state=state,
            scope=wanted,
            verifier=None if verifier is None else SecretStr(verifier),
        )

    async def finish(self, asked: Asked, url: str) -> EsiaTokens:
        """The markers of a person who came back.

        Args:
            asked: What `ask()` gave and the person's web session kept.
            url: The whole address with which the browser came back.

        Raises:
            ForgedState: The address belongs to another sign-in.
            ReplayedState: This sign-in was finished before.
            LoginError: ЕСИА refused; the class says why.
            ClockDrift: A clock is wrong.
        """
        code = code_of(asked, url)
        self._spend(asked)
        grant = {"grant_type": "authorization_code", "code": code}
        if asked.verifier is not None:
            grant["code_verifier"] = asked.verifier.get_secret_value()
        return await self._tokens(grant, asked.scope, RequestKind.AUTH)

    async def refresh(
        self, refresh_token: SecretStr, scope: tuple[str, ...] | None = None
    ) -> EsiaTokens:
        """New markers; the token is used up whatever comes of it.

        Raises:
            InteractionRequired: It is too old, was revoked or was used before.
        """
        grant = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token.get_secret_value(),
        }
        return await self._tokens(grant, scope or self.system.scope, RequestKind.REFRESH)

    async def own_tokens(self, scope: tuple[str, ...]) -> EsiaTokens:
        """An access marker of the system itself, without any person.

        Raises:
            ClientRejected: The system may not ask for this scope.
        """
        return await self._tokens(
            {"grant_type": "client_credentials", "response_type": "token"}, scope, RequestKind.AUTH
        )

    async def tokens_by_consent(self, oid: int) -> EsiaTokens:
        """An access marker of a person who is away, by a consent that they have given.

        Raises:
            ConsentRefused: There is no such consent any more.
        """
        return await self.own_tokens((f"prm_chg?oid={oid:d}",))

    def logout_url(self, back: str) -> str:
        """Where to send the browser to end the session at ЕСИА; no marker can be revoked.

        Args:
            back: Where to come back to: the system's registered site, else the person stays there.
        """
        return logout_address(self._base, self.system.client_id, back)

    # Reading.

    def reader(self, tokens: EsiaTokens, oid: int | None = None) -> PersonReader:
        """Reads the data of the person whose markers these are.

        Args:
            tokens: From `finish()`, `refresh()` or `tokens_by_consent()`.
            oid: The person, where the markers do not say it.
        """
        number = tokens.oid if oid is None else oid
        return PersonReader(self._outlet.link, number, tokens.access_token)

    async def _tokens(
        self, grant: Mapping[str, str], scope: tuple[str, ...], kind: RequestKind
    ) -> EsiaTokens:
        system, generation = self.system, self.system.generation
        state = str(uuid.uuid4())
        fields = token_fields(system, grant, scope=scope, state=state, now=self._timestamp())
        fields["client_secret"] = await self._secret(signed_for_token(generation, fields))
        link = self._outlet.link()
        answer = await link.request(
            ESIA,
            "POST",
            generation.token_path,
            kind=kind,
            headers={"Accept": "application/json"},
            body=Body.of_form(fields),
            template=generation.token_path,
        )
        found = decode(answer, wire.Tokens, link.note)
        if found.state != state:
            raise ForgedState("the markers answer another request")
        return await self._checked(found, link.now())

    async def _checked(self, found: wire.Tokens, now: datetime) -> EsiaTokens:
        if not found.access_token:
            raise BadResponse("the answer holds no access marker")
        access = await self._judge.access(found.access_token, now)
        identity = None
        if found.id_token:
            identity = await self._judge.identity(found.id_token, now)
            if access.oid is not None and access.oid != identity.oid:
                raise ForgedState("the two markers are of different persons")
        expires_at = access.expires_at
        if found.expires_in is not None:
            expires_at = min(expires_at, now + timedelta(seconds=found.expires_in))
        return EsiaTokens(
            access_token=SecretStr(found.access_token),
            access=access,
            expires_at=expires_at,
            identity=identity,
            refresh_token=SecretStr(found.refresh_token) if found.refresh_token else None,
        )

    async def _secret(self, data: bytes) -> str:
        return secret_text(await self._signer.sign(data))

    def _timestamp(self) -> str:
        return timestamp(self._outlet.clock.now())

    def _spend(self, asked: Asked) -> None:
        """Remembers for a while which sign-ins were finished; the caller's session does too."""
        mark = sha256(asked.state.encode()).digest()
        if mark in self._spent:
            raise ReplayedState("this sign-in was finished before")
        if len(self._spent) >= _SPENT_KEPT:
            del self._spent[next(iter(self._spent))]
        self._spent[mark] = None


__all__ = ["Asked", "EsiaClient", "EsiaTokens", "Generation", "Options", "RelyingParty"]
