"""A registered system, and the addresses and forms that it sends."""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from pydantic import SecretStr

from gateway.core.errors import ConfigurationError, ForgedState, IllegalAnswer
from gateway_gosuslugi.esia.oauth.consents import Permission, permissions_text
from gateway_gosuslugi.esia.oauth.generations import Generation
from gateway_gosuslugi.esia.oauth.issuers import ISSUER
from gateway_gosuslugi.esia.oauth.pkce import METHOD, challenge_of
from gateway_gosuslugi.esia.oauth.refusals import refusal_of

_LONGEST_URL: Final = 16 * 1024
_LOGOUT: Final = "/idp/ext/Logout"


class Who(StrEnum):
    """Whose accounts may sign in (`person_filter`)."""

    CONFIRMED = "conf_acc"
    CHILDREN = "acc_kid"
    NOT_CHILDREN = "acc_not_kid"
    CONFIRMED_OR_CHILDREN = "conf_acc acc_kid"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelyingParty:
    """A system as it is registered with ЕСИА.

    Attributes:
        client_id: Its mnemonic.
        redirect_uri: One of its registered addresses.
        generation: Which pair of addresses it was registered for.
        certificate_hash: Digest of its certificate, see `certificate_hash()`; the new generation
            wants it always.
        scope: What it asks for.
        scope_org: What it asks of an organisation.
        with_pkce: Whether it proves itself by PKCE too; the new generation only.
        issuer: Who makes its markers; the test stand has another.
    """

    client_id: str
    redirect_uri: str
    generation: Generation = Generation.NEW
    certificate_hash: str | None = None
    scope: tuple[str, ...] = ("openid",)
    scope_org: tuple[str, ...] = ()
    with_pkce: bool = False
    issuer: str = ISSUER

    def check(self) -> None:
        """Refuses what ЕСИА would refuse.

        Raises:
            ConfigurationError: Something is missing or does not go together.
        """
        if not self.client_id or not self.redirect_uri:
            raise ConfigurationError("a relying party has a client_id and a redirect_uri")
        if self.generation is Generation.NEW and not self.certificate_hash:
            raise ConfigurationError("the new generation needs the hash of the certificate")
        if self.generation is Generation.OLD and (self.with_pkce or self.scope_org):
            raise ConfigurationError("PKCE and scope_org are of the new generation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A sign-in on its way: keep it in the person's web session, once, until they come back.

    Attributes:
        url: Where to send the browser; never into a frame.
        state: What must come back with it.
        scope: What was asked for.
        verifier: Of PKCE, where it is used.
    """

    url: str = field(repr=False)
    state: str = field(repr=False)
    scope: tuple[str, ...]
    verifier: SecretStr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What else a sign-in may ask for.

    Attributes:
        offline: Whether a refresh token is wanted; for specially permitted systems.
        who: Whose accounts may sign in.
        kinds: Kinds of account: `P` person, `B` sole trader, `L` organisation, `F`, `A`.
        roles: Roles in an organisation: `E` employee, `C` chief.
        permissions: Consents to ask for.
        popup: Whether the page opens in a pop-up.
    """

    offline: bool = False
    who: Who | None = None
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    permissions: tuple[Permission, ...] = ()
    popup: bool = False


def code_fields(
    system: RelyingParty, *, scope: tuple[str, ...], state: str, now: str, options: Options
) -> dict[str, str]:
    """Query of the address that begins a sign-in, not signed yet."""
    fields = {
        "client_id": system.client_id,
        "scope": " ".join(scope),
        "response_type": "code",
        "redirect_uri": system.redirect_uri,
        "state": state,
        "timestamp": now,
        "access_type": "offline" if options.offline else "online",
    }
    if system.scope_org:
        fields["scope_org"] = " ".join(system.scope_org)
    if system.certificate_hash is not None and system.generation is Generation.NEW:
        fields["client_certificate_hash"] = system.certificate_hash
    if options.who is not None:
        fields["person_filter"] = base64.b64encode(options.who.value.encode()).decode("ascii")
    if options.kinds:
        fields["obj_type"] = " ".join(options.kinds)
    if options.roles:
        fields["roles"] = " ".join(options.roles)
    if options.permissions:
        fields["permissions"] = permissions_text(options.permissions)
    if options.popup:
        fields["display"] = "popup"
    return fields


def pkce_fields(verifier: str) -> dict[str, str]:
    """What PKCE adds to the address."""
    return {"code_challenge": challenge_of(verifier), "code_challenge_method": METHOD}


def token_fields(
    system: RelyingParty, grant: Mapping[str, str], *, scope: tuple[str, ...], state: str, now: str
) -> dict[str, str]:
    """Form of a request for markers, not signed yet.

    Args:
        system: Who asks.
        grant: `grant_type` and what it rests on.
        scope: What is asked for.
        state: A fresh one, not that of the browser.
        now: The present as ЕСИА writes it.
    """
    fields = {
        "client_id": system.client_id,
        **grant,
        "state": state,
        "scope": " ".join(scope),
        "timestamp": now,
        "token_type": "Bearer",
    }
    if grant["grant_type"] != "refresh_token" or system.generation is Generation.OLD:
        fields["redirect_uri"] = system.redirect_uri
    if grant["grant_type"] == "authorization_code" and system.scope_org:
        fields["scope_org"] = " ".join(system.scope_org)
    if system.certificate_hash is not None and system.generation is Generation.NEW:
        fields["client_certificate_hash"] = system.certificate_hash
    return fields


def address(base: str, path: str, fields: Mapping[str, str]) -> str:
    """A whole address for the person's browser, spaces as `%20`."""
    return f"{base}{path}?{urlencode(fields, quote_via=quote)}"


def code_of(asked: Asked, url: str) -> str:
    """The code with which the person came back.

    Raises:
        ForgedState: The address belongs to another sign-in.
        IllegalAnswer: It is no address of an end.
        GatewayError: What ЕСИА refused with.
    """
    if len(url) > _LONGEST_URL:
        raise IllegalAnswer("the address is too long")
    try:
        query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        raise IllegalAnswer("this is no address") from None
    state = query.get("state", [""])[0]
    if not hmac.compare_digest(state.encode(), asked.state.encode()):
        raise ForgedState("the returned state was never sent")
    code = query.get("code", [""])[0]
    if code:
        return code
    word = query.get("error", [""])[0]
    if not word:
        raise IllegalAnswer("the address has neither a code nor an error")
    raise refusal_of(word, query.get("error_description", [""])[0])


def logout_address(base: str, client_id: str, back: str) -> str:
    """Where to send the browser to end the person's session at ЕСИА.

    Args:
        base: Address of ЕСИА.
        client_id: The system's mnemonic; without it ЕСИА refuses.
        back: Where to come back to; it must be the system's registered site.
    """
    return address(base, _LOGOUT, {"client_id": client_id, "redirect_url": back})
