"""A running emulator for tests of signing in, and the ways of its clients."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import parse_qs, urlsplit

import httpx

from gateway.core.contract.emulator import SandboxAccount
from gateway_mos_ru.declaration import DECLARATIONS
from gateway_mos_ru.emulator import MosEmulator
from tests.plugins import emulation

ORIGIN: Final = "http://127.0.0.1:8771"
BACK: Final = "dnevnik-mes://oauth2redirect"
SCOPE: Final = (
    "birthday contacts openid profile snils blitz_change_password blitz_user_rights blitz_qr_auth"
)
VERIFIER: Final = "v" * 80
PROOF_BITS: Final = 8
XHR: Final = {"X-Requested-With": "XMLHttpRequest"}
APP: Final = "dnevnik-mes://authRegionRedirect"


class Service(emulation.Service[MosEmulator]):
    """A running emulator of an installation."""


def started(provider: str = "mos_ru") -> Service:
    """One over a fresh state."""
    declaration = next(item for item in DECLARATIONS if item.name == provider)
    return Service.of(
        lambda clock: MosEmulator(declaration, now=clock, rng=Random(7), proof_bits=PROOF_BITS),
        ORIGIN,
    )


@dataclass
class Device:
    """A registered device with the browser that it signs in with."""

    browser: httpx.AsyncClient
    client_id: str
    secret: str

    @property
    def auth(self) -> httpx.BasicAuth:
        return httpx.BasicAuth(self.client_id, self.secret)

    def asked(self, **further: str) -> dict[str, str]:
        """Parameters of `/sps/oauth/ae`."""
        return {
            "response_type": "code",
            "access_type": "offline",
            "client_id": self.client_id,
            "scope": SCOPE,
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
            "redirect_uri": BACK,
            **further,
        }

    async def proof(self) -> str:
        """Begin a headless sign-in and do the work that is asked."""
        answer = await self.browser.get(
            "/sps/oauth/ae", params=self.asked(display="script", bip_action_hint="used_sms")
        )
        assert answer.status_code == 200, answer.text
        return solved(answer.json()["items"][0]["proofOfWork"])

    async def password(self, account: SandboxAccount, **changed: str) -> httpx.Response:
        """Begin a sign-in and give login and password."""
        fields = {"login": account.login or "", "password": account.password or ""}
        body = {**fields, "proofOfWork": await self.proof(), **changed}
        return await self.browser.post("/sps/login/methods/headless/password", json=body)

    async def bind(self, code: str | None = None) -> httpx.Response:
        data = {} if code is None else {"sms-code": code}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        url = "/sps/login/methods/headless/sms/bind"
        return await self.browser.post(url, data=data, headers=kind)

    async def exchange(self, code: str, **changed: str) -> httpx.Response:
        data = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
            **changed,
        }
        return await self.browser.post("/sps/oauth/te", data=data, auth=self.auth)

    async def mesh(self, mos_token: str) -> httpx.Response:
        body = {"user_authentication_for_mobile_request": {"mos_access_token": mos_token}}
        return await self.browser.post("/v3/auth/sudir/auth", json=body)


async def registered(service: Service) -> Device:
    browser = service.browser()
    answer = await browser.post(
        "/sps/oauth/register",
        headers={"Authorization": "Bearer anything"},
        json={
            "software_id": "dnevnik.mos.ru",
            "device_type": "android_phone",
            "software_statement": "anything",
        },
    )
    assert answer.status_code == 201, answer.text
    return Device(browser, answer.json()["client_id"], answer.json()["client_secret"])


async def mobile_token(service: Service, slug: str = "student") -> str:
    """A token of the mobile sign-in, not activated."""
    device = await registered(service)
    answer = await device.password(service.account(slug))
    pair = (await device.exchange(code_of(answer))).json()
    mesh = (await device.mesh(pair["access_token"])).json()
    return str(mesh["user_authentication_for_mobile_response"]["mesh_access_token"])


def challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def solved(header: str) -> str:
    """The header completed to a stamp with the bits that it asks for."""
    bits = int(header.split(":")[1])
    counter = 0
    while True:
        stamp = f"{header}{counter:x}"
        digest = hashlib.sha1(stamp.encode(), usedforsecurity=False).digest()
        if int.from_bytes(digest) >> (160 - bits) == 0:
            return stamp
        counter += 1


def code_of(answer: httpx.Response, back: str = BACK) -> str:
    """The code in the address that an answer redirects to."""
    assert answer.status_code == 302, answer.text
    target = answer.headers["location"]
    assert target.startswith(f"{back}?code="), target
    return parse_qs(urlsplit(target).query)["code"][0]


def errors_of(answer: httpx.Response) -> list[str]:
    return [item["code"] for item in answer.json()["errors"]]


async def walk(browser: httpx.AsyncClient, answer: httpx.Response) -> httpx.Response:
    """Follow redirects that stay with the emulator."""
    while answer.is_redirect and answer.headers["location"].startswith(ORIGIN):
        answer = await browser.get(answer.headers["location"])
    return answer


async def opens(service: Service, token: str) -> int:
    """Status of a read with a token."""
    answer = await service.browser().get(
        "/api/family/web/v1/profile",
        headers={"Authorization": f"Bearer {token}", "X-Mes-Subsystem": "familyweb"},
    )
    return answer.status_code


async def activate(service: Service, token: str) -> httpx.Response:
    return await service.browser().get(
        "/acl/api/users/profile_info", headers={"Auth-Token": token, "partner-source-id": "MOBILE"}
    )
