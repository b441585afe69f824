"""A running sandbox of Gosuslugi, a relying party in front of it, and a browser with a person."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx

import gateway_gosuslugi.plugin
from gateway.core.pipeline.clock import SystemClock
from gateway.core.registry.plugins import Registry
from gateway.sandbox.server import Sandbox
from gateway_gosuslugi.esia.client import EsiaClient
from gateway_gosuslugi.esia.crypto.certificates import certificate_hash
from gateway_gosuslugi.esia.crypto.openssl import OpenSslSigner
from gateway_gosuslugi.esia.crypto.rsa import RsaSigner
from gateway_gosuslugi.esia.crypto.signer import Signer
from gateway_gosuslugi.esia.crypto.verifier import CertificateVerifier
from gateway_gosuslugi.esia.oauth.generations import Generation
from gateway_gosuslugi.esia.oauth.system import RelyingParty
from gateway_gosuslugi.settings import GosuslugiSettings
from tests.plugins.gosuslugi.esia.keys import gost_files, rsa_files

REGISTRY = Registry((), plugins={"gosuslugi": gateway_gosuslugi.plugin})
TODAY = date(2026, 11, 20)
CALLBACK = "https://diary.example.org/cb"
DEMO = "DEMO01"
MOTHER, CONFIRMED, TOTP, PUPIL, WEAK, LOCKED = (
    ("+79000000006", "gosuslugi-parent-two-1", "123456"),
    ("+79000000010", "gosuslugi-parent-one-1", None),
    ("+79000000012", "gosuslugi-second-factor-1", "654321"),
    ("+79000000002", "gosuslugi-esia-only-1", None),
    ("+79000000003", "gosuslugi-simplified-1", None),
    ("+79000000014", "gosuslugi-locked-1", None),
)
Person = tuple[str, str, str | None]
_ACTION = re.compile(r'action="([^"]+)"')
_REQUEST = re.compile(r'name="request" value="([^"]+)"')


@contextmanager
def serving() -> Iterator[str]:
    """Origin of a fresh sandbox."""
    with Sandbox(REGISTRY, today=TODAY).serving({"gosuslugi": 0}) as (place,):
        yield place.origin


class OffClock(SystemClock):
    """A clock that is wrong by so much."""

    def __init__(self, off: timedelta) -> None:
        super().__init__()
        self.off = off

    def now(self) -> datetime:
        return super().now() + self.off


@dataclass
class Stand:
    """Origin and files of one test."""

    origin: str
    folder: Path

    def certificate(self) -> Path:
        """The sandbox's own certificate."""
        path = self.folder / "esia.pem"
        path.write_bytes(httpx.get(f"{self.origin}/__esia__/certificate.pem").content)
        return path

    def register(self, mnemonic: str, **told: str) -> None:
        """Hands in the data of a system."""
        body = {"client_id": mnemonic, **told}
        httpx.post(f"{self.origin}/__esia__/systems", json=body).raise_for_status()

    def get(self, url: str, *, token: str | None = None, **query: str) -> httpx.Response:
        """One request of a browser, nothing followed."""
        whole = url if "://" in url else f"{self.origin}{url}"
        headers = None if token is None else {"Authorization": f"Bearer {token}"}
        return httpx.get(whole, params=query or None, headers=headers)

    def old(self, number: int = 0) -> tuple[RelyingParty, Signer]:
        """A system of the old generation."""
        key, certificate = rsa_files(self.folder, number)
        party = RelyingParty(
            client_id=DEMO, redirect_uri=CALLBACK, generation=Generation.OLD, scope=SCOPE
        )
        return party, RsaSigner(key_file=key, certificate_file=certificate)

    def new(self, *, hand_in: bool = True, mnemonic: str = "DEMO09") -> tuple[RelyingParty, Signer]:
        """A system of the new generation; its certificate is handed in where that is wanted."""
        key, certificate = gost_files(self.folder, mnemonic)
        self.register(mnemonic, certificate=certificate.read_text() if hand_in else "")
        party = RelyingParty(
            client_id=mnemonic,
            redirect_uri=CALLBACK,
            certificate_hash=certificate_hash(certificate),
            scope=SCOPE,
        )
        return party, OpenSslSigner(key_file=key)

    @asynccontextmanager
    async def client(
        self,
        party: RelyingParty,
        signer: Signer,
        *,
        off: timedelta = timedelta(),
        certificate: Path | None = None,
        **changed: Any,
    ) -> AsyncIterator[EsiaClient]:
        """A client of the sandbox."""
        made = EsiaClient(
            replace(party, **changed),
            signer,
            CertificateVerifier((certificate or self.certificate(),)),
            settings=GosuslugiSettings(base_url=self.origin),
            clock=OffClock(off),
        )
        async with made:
            yield made


SCOPE = (
    *("openid", "fullname", "birthdate", "gender", "snils", "contacts", "id_doc"),
    *("kid_fullname", "kid_birthdate", "kid_snils", "kid_gender", "kid_birth_cert_doc"),
)


def sign_in(url: str, person: Person, *, follow: str = CALLBACK) -> str:
    """What the browser of a person ends at."""
    login, password, code = person
    with httpx.Client() as browser:
        answer = _walk(browser, browser.get(url), follow)
        for fields in ({"login": login, "password": password}, {"code": code or ""}):
            if isinstance(answer, str):
                return answer
            found = _ACTION.search(answer.text)
            if found is None or any(f'name="{name}"' not in answer.text for name in fields):
                return answer.text
            request = _REQUEST.search(answer.text)
            assert request is not None
            answer = _walk(
                browser,
                browser.post(unescape(found[1]), data={"request": request[1], **fields}),
                follow,
            )
    return answer if isinstance(answer, str) else answer.text


def _walk(browser: httpx.Client, answer: httpx.Response, end: str) -> httpx.Response | str:
    while answer.is_redirect:
        location = answer.headers["location"]
        if location.startswith(end):
            return location
        answer = browser.get(location)
    return answer
