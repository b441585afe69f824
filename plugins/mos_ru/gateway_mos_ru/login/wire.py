"""Answers of signing in, as msgspec structs; every field tells how sure it is (notes 2).

Profiles with their children stand in `gateway_mos_ru.wire`; here is what only a login reads.
"""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_mos_ru.wire.base import CamelWire, Wire


class Device(Wire, frozen=True):
    """A device that was registered, or why it was not (notes 2.2, step 1)."""

    client_id: Annotated[str | None, Seen(4)] = None
    client_secret: Annotated[str | None, Seen(4)] = None
    client_secret_expires_at: Annotated[int | None, Seen(1)] = None
    error: Annotated[str | None, Seen(2)] = None


class Inquiry(CamelWire, frozen=True):
    """One thing that the sign-in system offers or asks for."""

    inquire: Annotated[str | None, Seen(4)] = None
    proof_of_work: Annotated[str | None, Seen(4)] = None


class Refusal(Wire, frozen=True):
    """One reason of a refusal (notes 2.8)."""

    code: Annotated[str | None, Seen(2)] = None


class Headless(Wire, frozen=True):
    """An answer of the sign-in without a page: an offer, a wait for a code, or a refusal."""

    inquire: Annotated[str | None, Seen(4)] = None
    items: Annotated[list[Inquiry] | None, Seen(4)] = None
    errors: Annotated[list[Refusal] | None, Seen(2)] = None
    contact: Annotated[str | None, Seen(3)] = None
    ttl: Annotated[int | None, Seen(3)] = None
    remain_attempts: Annotated[int | None, Seen(3)] = None
    error: Annotated[str | None, Seen(2)] = None


class MosTokens(Wire, frozen=True):
    """Tokens of mos.ru, or why there are none (notes 2.2 step 8, 2.6, 2.8)."""

    access_token: Annotated[str | None, Seen(4)] = None
    refresh_token: Annotated[str | None, Seen(4)] = None
    error: Annotated[str | None, Seen(2)] = None


class MeshTokens(Wire, frozen=True):
    """The diary's token for one of mos.ru."""

    mesh_access_token: Annotated[str | None, Seen(4)] = None


class MeshAnswer(Wire, frozen=True):
    """The envelope of it (notes 2.2, step 9)."""

    user_authentication_for_mobile_response: Annotated[MeshTokens | None, Seen(4)] = None


class WebTokens(Wire, frozen=True):
    """A new pair of the site (notes 2.6)."""

    access_token: Annotated[str | None, Seen(1)] = None
    refresh_token: Annotated[str | None, Seen(1)] = None


class QrState(Wire, frozen=True):
    """What the page with the QR code is told to do (notes 2.3)."""

    command: Annotated[str | None, Seen(1)] = None
    link: Annotated[str | None, Seen(1)] = None
    expires: Annotated[int | None, Seen(1)] = None
    cause: Annotated[str | None, Seen(1)] = None


class CodeState(CamelWire, frozen=True):
    """What a page says of the last one-time code (notes 2.3, step 4)."""

    error: Annotated[str | None, Seen(1)] = None
    ttl: Annotated[int | None, Seen(1)] = None
    attempts_left: Annotated[int | None, Seen(1)] = None


class NodeSession(Wire, frozen=True):
    """A sign-in by login and password of a regional diary, or its refusal (notes 2.7, 2.9)."""

    authentication_token: Annotated[str | None, Seen(3)] = None
    password_change_required: Annotated[bool | None, Seen(3)] = None
    type: Annotated[str | list[str] | None, Seen(2)] = None


class NodeToken(Wire, frozen=True):
    """The token that a sign-in through Gosuslugi ends with (notes 2.9)."""

    token: Annotated[str | None, Seen(2)] = None


class ProfileNumber(Wire, frozen=True):
    """One diary profile of a person (notes 2.2, step 10)."""

    id: Annotated[int, Seen(5)]
    type: Annotated[str | None, Seen(5)] = None
