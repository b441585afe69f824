"""A client by the operator's settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.core.config import Settings
from gateway.core.errors import ConfigurationError, MissingSetting
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.esia.configured import esia_client, signer_of, system_of
from gateway_gosuslugi.esia.crypto.certificates import certificate_hash
from gateway_gosuslugi.esia.crypto.command import CommandSigner
from gateway_gosuslugi.esia.crypto.openssl import OpenSslSigner
from gateway_gosuslugi.esia.crypto.signer import SignatureForm
from gateway_gosuslugi.esia.settings import RelyingPartySettings
from gateway_gosuslugi.settings import GosuslugiSettings
from tests.plugins.gosuslugi.esia.keys import rsa_files
from tests.plugins.gosuslugi.esia.stand import CALLBACK, CONFIRMED, Stand, serving, sign_in


@pytest.fixture
def origin() -> Iterator[str]:
    with serving() as found:
        yield found


async def test_a_system_from_the_environment_signs_people_in(origin: str, tmp_path: Path) -> None:
    key, certificate = rsa_files(tmp_path)
    trusted = Stand(origin, tmp_path).certificate()
    environ = {
        "DIARY_GOSUSLUGI__BASE_URL": origin,
        "DIARY_GOSUSLUGI__ESIA_CLIENT_ID": "DEMO01",
        "DIARY_GOSUSLUGI__ESIA_REDIRECT_URI": CALLBACK,
        "DIARY_GOSUSLUGI__ESIA_SCOPE": "openid fullname",
        "DIARY_GOSUSLUGI__ESIA_GENERATION": "old",
        "DIARY_GOSUSLUGI__ESIA_SIGNER": "rsa",
        "DIARY_GOSUSLUGI__ESIA_KEY_FILE": str(key),
        "DIARY_GOSUSLUGI__ESIA_CERTIFICATE_FILE": str(certificate),
        "DIARY_GOSUSLUGI__ESIA_VERIFY_FILES": f"{certificate}:{trusted}",
    }
    settings = Settings.from_env(environ).provider(GOSUSLUGI)
    assert isinstance(settings, GosuslugiSettings)
    async with esia_client(settings) as esia:
        asked = await esia.ask()
        tokens = await esia.finish(asked, sign_in(asked.url, CONFIRMED))
        person = await esia.reader(tokens).person()
    assert person.surname


def test_the_hash_is_made_from_the_certificate(tmp_path: Path) -> None:
    _, certificate = rsa_files(tmp_path)
    settings = RelyingPartySettings(
        esia_client_id="DEMO01", esia_redirect_uri=CALLBACK, esia_certificate_file=certificate
    )
    assert system_of(settings).certificate_hash == certificate_hash(certificate)
    told = settings.model_copy(update={"esia_certificate_hash": "AB" * 32})
    assert system_of(told).certificate_hash == "AB" * 32


@pytest.mark.parametrize("missing", ["esia_client_id", "esia_redirect_uri"])
def test_what_is_missing_is_named(missing: str) -> None:
    told = {"esia_client_id": "DEMO01", "esia_redirect_uri": CALLBACK}
    del told[missing]
    with pytest.raises(MissingSetting, match=missing.upper()):
        system_of(RelyingPartySettings.model_validate(told))


def test_who_signs() -> None:
    by_key = signer_of(RelyingPartySettings(esia_key_file=Path("key.pem")))
    assert isinstance(by_key, OpenSslSigner)
    assert by_key.form is SignatureForm.RAW
    by_command = signer_of(
        RelyingPartySettings(
            esia_signer="command",
            esia_sign_command="/opt/sign --container 'the key' -",
            esia_sign_reversed=True,
        )
    )
    assert isinstance(by_command, CommandSigner)
    assert by_command.argv == ("/opt/sign", "--container", "the key", "-")
    assert by_command.is_reversed


def test_what_cannot_sign_is_refused() -> None:
    with pytest.raises(MissingSetting, match="ESIA_KEY_FILE"):
        signer_of(RelyingPartySettings())
    with pytest.raises(MissingSetting, match="ESIA_SIGN_COMMAND"):
        signer_of(RelyingPartySettings(esia_signer="command"))
    with pytest.raises(ConfigurationError, match="quote"):
        signer_of(RelyingPartySettings(esia_signer="command", esia_sign_command="sign 'x"))
