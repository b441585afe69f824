"""Who signs: RSA here, GOST by openssl, or any program."""

import base64
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.core.errors import ConfigurationError
from gateway_gosuslugi.esia.crypto.command import CommandSigner
from gateway_gosuslugi.esia.crypto.openssl import OpenSslSigner, verified
from gateway_gosuslugi.esia.crypto.rsa import RsaSigner
from gateway_gosuslugi.esia.crypto.signer import SignatureForm
from gateway_gosuslugi.esia.crypto.verifier import RS256, CertificateVerifier
from tests.plugins.gosuslugi.esia.keys import gost_files, needs_gost, openssl, rsa_files

DATA = b"openid2030.01.25 14:36:11 +0300DEMO01"
GOST = "GOST3410_2012_256"


def script(tmp_path: Path, body: str) -> tuple[str, ...]:
    path = tmp_path / "sign.py"
    path.write_text(f"import sys, time\ndata = sys.stdin.buffer.read()\n{body}\n")
    return (sys.executable, str(path))


class TestRsa:
    async def test_openssl_takes_the_message_for_the_data_and_no_other(
        self, tmp_path: Path
    ) -> None:
        key, certificate = rsa_files(tmp_path)
        signed = tmp_path / "signed.der"
        content = tmp_path / "content"
        content.write_bytes(DATA)

        signed.write_bytes(await RsaSigner(key_file=key, certificate_file=certificate).sign(DATA))

        arguments = (
            *("smime", "-verify", "-inform", "DER", "-in", str(signed), "-binary"),
            *("-noverify", "-certfile", str(certificate), "-content"),
        )
        assert openssl(*arguments, str(content)) == DATA
        content.write_bytes(DATA + b"1")
        with pytest.raises(Exception, match="non-zero"):
            openssl(*arguments, str(content))

    async def test_the_data_are_not_inside(self, tmp_path: Path) -> None:
        key, certificate = rsa_files(tmp_path)
        signer = RsaSigner(key_file=key, certificate_file=certificate)
        assert signer.form is SignatureForm.DETACHED
        assert DATA not in await signer.sign(DATA)

    async def test_the_password_of_a_key_comes_from_a_file(self, tmp_path: Path) -> None:
        key, certificate = rsa_files(tmp_path, 1, password=b"fictional")
        password = tmp_path / "password"
        signer = RsaSigner(key_file=key, certificate_file=certificate)
        with pytest.raises(ConfigurationError):
            await signer.sign(DATA)
        password.write_bytes(b"fictional\n")
        assert await replace(signer, password_file=password).sign(DATA)

    async def test_a_certificate_of_another_key_is_refused(self, tmp_path: Path) -> None:
        key, _ = rsa_files(tmp_path)
        _, other = rsa_files(tmp_path, 1)
        signer = RsaSigner(key_file=key, certificate_file=other)
        try:
            signature = await signer.sign(DATA)
        except ConfigurationError:
            return
        signed, content = tmp_path / "signed.der", tmp_path / "content"
        signed.write_bytes(signature)
        content.write_bytes(DATA)
        with pytest.raises(Exception, match="non-zero"):
            openssl(
                *("smime", "-verify", "-inform", "DER", "-in", str(signed), "-binary"),
                *("-noverify", "-content", str(content)),
            )

    async def test_what_is_no_key_is_said_without_its_content(self, tmp_path: Path) -> None:
        _, certificate = rsa_files(tmp_path)
        broken = tmp_path / "broken.key"
        broken.write_text("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")
        with pytest.raises(ConfigurationError) as raised:
            await RsaSigner(key_file=broken, certificate_file=certificate).sign(DATA)
        assert "c2VjcmV0" not in str(raised.value)


class TestOpenSsl:
    @needs_gost
    async def test_the_raw_signature_has_64_bytes_and_holds(self, tmp_path: Path) -> None:
        key, certificate = gost_files(tmp_path)

        signature = await OpenSslSigner(key_file=key).sign(DATA)

        assert len(signature) == 64
        assert await verified(DATA, signature, certificate)
        assert not await verified(DATA + b"1", signature, certificate)

    @needs_gost
    async def test_the_old_generation_gets_a_message(self, tmp_path: Path) -> None:
        key, certificate = gost_files(tmp_path)
        signed, content = tmp_path / "signed.der", tmp_path / "content"
        content.write_bytes(DATA)
        signer = OpenSslSigner(
            key_file=key, certificate_file=certificate, form=SignatureForm.DETACHED
        )

        signed.write_bytes(await signer.sign(DATA))

        told = openssl(
            *("cms", "-verify", "-engine", "gost", "-inform", "DER", "-in", str(signed)),
            *("-binary", "-noverify", "-content", str(content)),
        )
        assert told == DATA
        assert DATA not in signed.read_bytes()

    async def test_a_message_needs_the_certificate(self, tmp_path: Path) -> None:
        signer = OpenSslSigner(key_file=tmp_path / "none", form=SignatureForm.DETACHED)
        with pytest.raises(ConfigurationError, match="certificate"):
            await signer.sign(DATA)

    async def test_a_missing_engine_is_named_with_its_package(self, tmp_path: Path) -> None:
        key, _ = rsa_files(tmp_path)
        with pytest.raises(ConfigurationError, match="libengine-gost-openssl"):
            await OpenSslSigner(key_file=key, engine="no-such-engine").sign(DATA)

    async def test_a_missing_program_is_named(self, tmp_path: Path) -> None:
        signer = OpenSslSigner(key_file=tmp_path / "key", program="/nowhere/openssl")
        with pytest.raises(ConfigurationError, match="cannot be started"):
            await signer.sign(DATA)

    @needs_gost
    async def test_a_missing_key_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError, match="key file"):
            await OpenSslSigner(key_file=tmp_path / "none").sign(DATA)


class TestCommand:
    async def test_data_go_in_and_the_signature_comes_out(self, tmp_path: Path) -> None:
        argv = script(tmp_path, "sys.stdout.buffer.write(data[::-1])")
        assert await CommandSigner(argv=argv).sign(DATA) == DATA[::-1]

    async def test_base64_and_the_other_order_of_bytes(self, tmp_path: Path) -> None:
        text = base64.encodebytes(b"abc" * 40).decode()
        argv = script(tmp_path, f"print({text!r})")
        signer = CommandSigner(argv=argv, is_base64=True, is_reversed=True)
        assert await signer.sign(DATA) == (b"abc" * 40)[::-1]

    async def test_a_message_is_never_turned(self, tmp_path: Path) -> None:
        argv = script(tmp_path, "sys.stdout.buffer.write(b'abc')")
        signer = CommandSigner(argv=argv, form=SignatureForm.DETACHED, is_reversed=True)
        assert await signer.sign(DATA) == b"abc"

    @pytest.mark.parametrize(
        "body",
        [
            "sys.exit(3)",
            "pass",
            "print('not Base64!')",
            "sys.stdout.buffer.write(b'A' * 100_000)",
        ],
    )
    async def test_whatever_is_no_signature_is_refused(self, tmp_path: Path, body: str) -> None:
        signer = CommandSigner(argv=script(tmp_path, body), is_base64=True)
        with pytest.raises(ConfigurationError):
            await signer.sign(DATA)

    async def test_a_program_that_hangs_is_ended(self, tmp_path: Path) -> None:
        signer = CommandSigner(argv=script(tmp_path, "time.sleep(60)"), seconds=0.3)
        with pytest.raises(ConfigurationError, match="took more than"):
            await signer.sign(DATA)

    async def test_what_it_complains_of_is_not_repeated(self, tmp_path: Path) -> None:
        argv = script(tmp_path, "sys.stderr.write('PIN 1234 is wrong'); sys.exit(1)")
        with pytest.raises(ConfigurationError) as raised:
            await CommandSigner(argv=argv).sign(DATA)
        assert "1234" not in str(raised.value)

    async def test_without_a_program_nothing_is_signed(self) -> None:
        with pytest.raises(ConfigurationError):
            await CommandSigner(argv=()).sign(DATA)


class TestVerifier:
    def _rsa(self, key: Path) -> bytes:
        return openssl("dgst", "-sha256", "-sign", str(key), data=DATA)

    async def test_any_of_the_certificates_may_have_signed(self, tmp_path: Path) -> None:
        key, certificate = rsa_files(tmp_path)
        _, other = rsa_files(tmp_path, 1)
        signature = self._rsa(key)

        assert await CertificateVerifier((other, certificate)).is_genuine(RS256, DATA, signature)
        assert not await CertificateVerifier((other,)).is_genuine(RS256, DATA, signature)

    async def test_a_bare_public_key_will_do(self, tmp_path: Path) -> None:
        key, _ = rsa_files(tmp_path)
        public = tmp_path / "public.pem"
        public.write_bytes(openssl("pkey", "-in", str(key), "-pubout"))
        assert await CertificateVerifier((public,)).is_genuine(RS256, DATA, self._rsa(key))

    @needs_gost
    async def test_gost_in_either_order_of_bytes(self, tmp_path: Path) -> None:
        key, certificate = gost_files(tmp_path)
        _, rsa = rsa_files(tmp_path)
        signature = await OpenSslSigner(key_file=key).sign(DATA)
        verifier = CertificateVerifier((rsa, certificate))

        assert await verifier.is_genuine(GOST, DATA, signature)
        assert await verifier.is_genuine(GOST, DATA, signature[::-1])
        assert not await verifier.is_genuine(GOST, DATA + b"1", signature)
        assert not await verifier.is_genuine(RS256, DATA, signature)

    @pytest.mark.parametrize("algorithm", ["none", "HS256", "", GOST])
    async def test_a_key_answers_only_for_its_own_algorithm(
        self, tmp_path: Path, algorithm: str
    ) -> None:
        key, certificate = rsa_files(tmp_path)
        verifier = CertificateVerifier((certificate,))
        assert not await verifier.is_genuine(algorithm, DATA, self._rsa(key))

    async def test_without_certificates_nothing_is_believed(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError):
            await CertificateVerifier(()).is_genuine(RS256, DATA, b"x")
        with pytest.raises(ConfigurationError):
            await CertificateVerifier((tmp_path / "none",)).is_genuine(RS256, DATA, b"x")
