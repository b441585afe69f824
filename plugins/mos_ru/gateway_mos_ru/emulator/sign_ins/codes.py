"""Authorization codes and tokens of login.mos.ru (protocol notes 2.2, 2.6)."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from gateway.sandbox.web.draws import Draws
from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.sign_ins.clients import WEB_CLIENT, Asked
from gateway_mos_ru.nodes import Node

EXPIRES_IN: Final = 3600
_CODE_LIFE: Final = timedelta(minutes=5)
_TOKEN_LENGTH: Final = 64
HELD_SCOPE: Final = "openid profile"
"""Scope of a code that a person knew without asking us."""


@dataclass(frozen=True, slots=True)
class _Code:
    account_key: str
    asked: Asked
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MosTokens:
    """What a code or a refresh token is exchanged for."""

    access_token: str
    refresh_token: str
    account_key: str
    client_id: str
    scope: str


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


class CodeBook:
    """Codes and tokens of one running emulator.

    Args:
        node: Moscow.
        now: The aware moment.
        draws: Where they come from.
        holders: Accounts whose persons can end a sign-in in a browser without asking us.
    """

    def __init__(
        self, node: Node, now: Callable[[], datetime], draws: Draws, holders: Iterable[str]
    ) -> None:
        self._node = node
        self._now = now
        self._draws = draws
        self._holders = tuple(holders)
        self._codes: dict[str, _Code] = {}
        self._used: set[str] = set()
        self._access: dict[str, tuple[MosTokens, datetime]] = {}
        self._refresh: dict[str, MosTokens] = {}
        self._spent: dict[str, str] = {}  # used refresh token: the one that came for it

    def code(self, account_key: str, asked: Asked) -> str:
        """A code for what was asked."""
        text = self._draws.letters(43)
        self._codes[text] = _Code(account_key, asked, self._now() + _CODE_LIFE)
        return text

    def redeem_web(self, text: str) -> str | None:
        """The account of a code for the site itself; it dies by that."""
        code = self._codes.pop(text, None)
        if code is None or code.asked.client_id != WEB_CLIENT or code.expires_at <= self._now():
            return None
        return code.account_key

    def redeem(
        self, text: str, *, client_id: str, redirect_uri: str, verifier: str
    ) -> MosTokens | None:
        """Tokens for a device's code, which dies by that; None if anything does not fit."""
        if text in self._used:
            return None
        challenge = challenge_of(verifier)
        code = self._codes.pop(text, None)
        if code is None:
            account_key = self._held(text, client_id, challenge, redirect_uri)
            if account_key is None:
                return None
            self._used.add(text)
            return self._issue(account_key, client_id, HELD_SCOPE)
        asked = code.asked
        fits = (asked.client_id, asked.redirect_uri, asked.challenge) == (
            *(client_id, redirect_uri, challenge),
        )
        if not fits or code.expires_at <= self._now():
            return None
        return self._issue(code.account_key, client_id, asked.scope)

    def rotate(self, refresh_token: str, client_id: str) -> MosTokens | None:
        """New tokens for a refresh token, which is used up; using it twice ends them all."""
        if refresh_token in self._spent:
            self._end(self._spent[refresh_token])
            return None
        found = self._refresh.get(refresh_token)
        if found is None or found.client_id != client_id:
            return None
        del self._refresh[refresh_token]
        fresh = self._issue(found.account_key, client_id, found.scope)
        self._spent[refresh_token] = fresh.refresh_token
        return fresh

    def account_of(self, access_token: str) -> str | None:
        """Whose access token this is."""
        found = self._access.get(access_token)
        if found is None or found[1] <= self._now():
            return None
        return found[0].account_key

    def _held(self, text: str, client_id: str, challenge: str, redirect_uri: str) -> str | None:
        """Whose code this is that the person knew without asking us."""
        for key in self._holders:
            known = doors.authorization_code(
                self._node,
                key,
                client_id=client_id,
                challenge=challenge,
                redirect_uri=redirect_uri,
            )
            if known == text:
                return key
        return None

    def _issue(self, account_key: str, client_id: str, scope: str) -> MosTokens:
        tokens = MosTokens(
            access_token=self._draws.letters(_TOKEN_LENGTH),
            refresh_token=self._draws.letters(_TOKEN_LENGTH),
            account_key=account_key,
            client_id=client_id,
            scope=scope,
        )
        ends = self._now() + timedelta(seconds=EXPIRES_IN)
        self._access[tokens.access_token] = (tokens, ends)
        self._refresh[tokens.refresh_token] = tokens
        return tokens

    def _end(self, refresh_token: str) -> None:
        while refresh_token in self._spent:
            refresh_token = self._spent[refresh_token]
        last = self._refresh.pop(refresh_token, None)
        if last is not None:
            self._access.pop(last.access_token, None)
