import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from gateway.core.errors import MissingExtra
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Carrier
from gateway.core.transport.httpx_carrier import HttpxCarrier
from gateway.core.transport.tls import Trust, TrustStore


@pytest.fixture
async def carrier() -> AsyncIterator[HttpxCarrier]:
    async with HttpxCarrier(TrustStore()) as made:
        yield made


@pytest.fixture(params=["httpcore", "fast"])
async def any_carrier(request: pytest.FixtureRequest) -> AsyncIterator[Carrier]:
    """Each carrier in turn; the one of the extra only where that is installed."""
    made: Carrier
    if request.param == "httpcore":
        made = HttpxCarrier(TrustStore())
    else:
        try:
            from gateway.core.transport.fast_carrier import FastCarrier  # noqa: PLC0415 - an extra
        except MissingExtra:
            pytest.skip("the fast extra is not installed")
        made = FastCarrier(TrustStore())
    yield made
    await made.aclose()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@pytest.fixture
def trust(authority: trustme.CA, tmp_path: Path) -> Trust:
    """A profile that trusts the tests' own authority and nobody else."""
    path = tmp_path / "roots.pem"
    path.write_bytes(authority.cert_pem.bytes())
    return Trust("custom", str(path))


@pytest.fixture
def transport(any_carrier: Carrier, carrier: HttpxCarrier) -> Transport:
    """A transport whose READ requests go by each carrier in turn."""
    if isinstance(any_carrier, HttpxCarrier):
        return Transport(any_carrier)
    return Transport(carrier, fast=any_carrier)
