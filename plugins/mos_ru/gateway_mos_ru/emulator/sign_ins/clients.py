"""Applications at login.mos.ru and what they may ask for (protocol notes 2.2)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

SOFTWARE_ID: Final = "dnevnik.mos.ru"
WEB_CLIENT: Final = "dnevnik.mos.ru"
"""The site's own application: no proof key, and one address to return to."""
WEB_RETURN: Final = "https://school.mos.ru/v3/auth/sudir/callback"

APP_SCOPE: Final = (
    "birthday contacts openid profile snils blitz_change_password blitz_user_rights blitz_qr_auth"
)
_KNOWN_SCOPES: Final = frozenset(
    {
        *APP_SCOPE.split(),
        "blitz_api_sys_usec_chg",
        "blitz_api_sys_user_chg",
        "blitz_api_sys_users",
        "blitz_api_sys_users_chg",
        "blitz_api_usec_chg",
        "blitz_rm_rights",
    }
)
APP_RETURNS: Final = (
    "http://localhost",
    "shell://authportal",
    "dnevnik-mes://oauth2redirect",
    "https://school.mos.ru/auth/main/callback",
    "https://school.mos.ru/v1/oauth/callback",
    "https://school.mos.ru/auth/callback",
    "https://dnevnik.mos.ru/sudir",
)
_LOOPBACK: Final = re.compile(r"http://localhost(:\d{1,5})?(/[^#]*)?")
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Client:
    """One registered device."""

    id: str
    secret: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an application asks of a sign-in; `challenge` is empty for the site itself."""

    client_id: str
    redirect_uri: str
    scope: str
    state: str
    challenge: str


class BadRequestError(Exception):
    """An authorization request that the sign-in system refuses, by its OAuth word."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description

    @property
    def body(self) -> dict[str, object]:
        """The refusal as JSON."""
        return {"error": self.error, "error_description": self.description}


class ClientBook:
    """The devices registered with one running emulator; `draw` gives letters."""

    def __init__(self, draw: Callable[[int], str]) -> None:
        self._draw = draw
        self._clients: dict[str, Client] = {}

    def register(self, device: str) -> Client:
        """A new device with its own secret."""
        client = Client(f"dyn~{SOFTWARE_ID}~{self._draw(32)}", self._draw(64), device)
        self._clients[client.id] = client
        return client

    def find(self, client_id: str, secret: str) -> Client | None:
        """The device with this secret."""
        client = self._clients.get(client_id)
        return client if client is not None and client.secret == secret else None

    def asked(self, fields: Mapping[str, str]) -> Asked:
        """What a request to `/sps/oauth/ae` asks for.

        Raises:
            BadRequestError: Any part of it is not as registered.
        """
        client_id, back = fields.get("client_id", ""), fields.get("redirect_uri", "")
        own = client_id == WEB_CLIENT
        if not own and client_id not in self._clients:
            raise BadRequestError("unauthorized_client", "unknown client_id")
        if fields.get("response_type") != "code":
            raise BadRequestError("unsupported_response_type", "response_type must be code")
        if not (back == WEB_RETURN if own else _is_return(back)):
            raise BadRequestError("invalid_request", "redirect_uri is not registered")
        words = fields.get("scope", "").replace("+", " ").split()
        if "openid" not in words or not _KNOWN_SCOPES.issuperset(words):
            raise BadRequestError("invalid_scope", "unknown scope, or openid is missing")
        challenge = fields.get("code_challenge", "")
        if not own and not (
            fields.get("code_challenge_method") == "S256" and _CHALLENGE.fullmatch(challenge)
        ):
            raise BadRequestError("invalid_request", "code_challenge by S256 is required")
        return Asked(
            client_id=client_id,
            redirect_uri=back,
            scope=" ".join(words),
            state=fields.get("state", ""),
            challenge=challenge,
        )


def _is_return(address: str) -> bool:
    """Whether an application may return there: any port and path of localhost are one address."""
    return address in APP_RETURNS or _LOOPBACK.fullmatch(address) is not None
