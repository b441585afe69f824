"""Trust profiles."""

import os
import ssl
from pathlib import Path

import pytest
import trustme

from gateway.core.errors import ConfigurationError
from gateway.core.transport.tls import Trust, TrustStore


@pytest.fixture
def roots(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "roots.pem"
    path.write_bytes(authority.cert_pem.bytes())
    return str(path)


def trusted(context: ssl.SSLContext) -> int:
    return context.cert_store_stats()["x509_ca"]


@pytest.mark.parametrize("profile", ["default", "mintsifry"])
def test_every_context_verifies_and_speaks_modern_tls(profile: str) -> None:
    context = TrustStore().context(Trust(profile))
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert trusted(context) > 50


def test_a_context_is_built_once() -> None:
    store = TrustStore()
    assert store.context(Trust()) is store.context(Trust("default"))
    assert store.context(Trust("mintsifry")) is not store.context(Trust())


def test_the_operators_files_are_added_to_the_national_profile_only(roots: str) -> None:
    plain, with_file = TrustStore(), TrustStore(mintsifry_files=[roots])
    national = Trust("mintsifry")
    assert trusted(with_file.context(national)) == trusted(plain.context(national)) + 1
    assert trusted(with_file.context(Trust())) == trusted(plain.context(Trust()))


def test_a_ca_file_is_added_to_a_profile(roots: str) -> None:
    store = TrustStore()
    assert trusted(store.context(Trust(ca_file=roots))) == trusted(store.context(Trust())) + 1


def test_the_custom_profile_trusts_its_file_alone(roots: str) -> None:
    assert trusted(TrustStore().context(Trust("custom", roots))) == 1


@pytest.mark.parametrize("trust", [Trust("custom"), Trust("none"), Trust("")])
def test_an_unknown_profile_is_refused(trust: Trust) -> None:
    with pytest.raises(ConfigurationError):
        TrustStore().context(trust)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    for path in (str(broken), str(tmp_path / "absent.pem")):
        with pytest.raises(ConfigurationError) as caught:
            TrustStore().context(Trust("custom", path))
        assert caught.value.context["file"] == path


def test_the_environment_does_not_change_the_default_roots(
    roots: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = trusted(TrustStore().context(Trust()))
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", roots)
    assert trusted(TrustStore().context(Trust())) == usual
