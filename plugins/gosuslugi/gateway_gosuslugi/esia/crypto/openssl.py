"""GOST signatures by the installed `openssl` program and its gost engine."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from gateway.core.errors import ConfigurationError
from gateway_gosuslugi.esia.crypto.programs import Output, run
from gateway_gosuslugi.esia.crypto.signer import SignatureForm

SECONDS: Final = 10.0
"""Time that one signature may take."""

_NO_ENGINE: Final = ("invalid engine", "could not load the shared library", "no such engine")
_PACKAGE: Final = "libengine-gost-openssl on Debian and Ubuntu"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSslSigner:
    """Signs with a GOST R 34.10-2012 key of 256 bits that lies in a file.

    The program gets paths and the data, never the key itself.

    Attributes:
        key_file: Private key, PEM.
        certificate_file: Its certificate, PEM; needed for `DETACHED`.
        password_file: File whose first line is the key's password, where it has one.
        form: What `sign()` gives.
        program: The program.
        engine: Its engine with GOST; empty where it is built in.
        seconds: Time that one signature may take.
    """

    key_file: Path
    certificate_file: Path | None = None
    password_file: Path | None = None
    form: SignatureForm = SignatureForm.RAW
    program: str = "openssl"
    engine: str = "gost"
    seconds: float = SECONDS

    async def sign(self, data: bytes) -> bytes:
        """The signature of `data`.

        Raises:
            ConfigurationError: Engine, key or certificate cannot be used.
        """
        argv = self._detached() if self.form is SignatureForm.DETACHED else self._raw()
        output = await run((*argv, *self._password()), data, seconds=self.seconds)
        check(output, self.engine, "sign with the key file")
        return output.data

    def _raw(self) -> tuple[str, ...]:
        return (
            *(self.program, "dgst", *with_engine(self.engine), "-md_gost12_256"),
            *("-sign", str(self.key_file), "-binary"),
        )

    def _detached(self) -> tuple[str, ...]:
        if self.certificate_file is None:
            raise ConfigurationError("a detached signature needs the certificate's file")
        return (
            *(self.program, "cms", "-sign", *with_engine(self.engine), "-md", "md_gost12_256"),
            *("-binary", "-outform", "DER", "-nosmimecap"),
            *("-signer", str(self.certificate_file), "-inkey", str(self.key_file)),
        )

    def _password(self) -> tuple[str, ...]:
        return () if self.password_file is None else ("-passin", f"file:{self.password_file}")


async def verified(
    data: bytes,
    signature: bytes,
    certificate_file: Path,
    *,
    digest: str = "md_gost12_256",
    program: str = "openssl",
    engine: str = "gost",
) -> bool:
    """Whether a raw signature is by the key of a certificate.

    Raises:
        ConfigurationError: Engine or certificate cannot be used.
    """
    told = await run(
        (program, "x509", *with_engine(engine), "-in", str(certificate_file), "-noout", "-pubkey"),
        b"",
        seconds=SECONDS,
    )
    check(told, engine, "read the certificate")
    with TemporaryDirectory(prefix="esia-") as folder:
        public = _written(folder, "public.pem", told.data)
        signed = _written(folder, "signature", signature)
        output = await run(
            (
                *(program, "dgst", *with_engine(engine), f"-{digest}"),
                *("-verify", str(public), "-signature", str(signed)),
            ),
            data,
            seconds=SECONDS,
        )
    check_engine(output, engine)
    return output.status == 0 and b"Verified OK" in output.data


def _written(folder: str, name: str, content: bytes) -> Path:
    """A small file for the program: it takes neither keys nor signatures by stdin."""
    path = Path(folder, name)
    path.write_bytes(content)
    return path


def with_engine(engine: str) -> tuple[str, ...]:
    """The arguments that choose an engine."""
    return ("-engine", engine) if engine else ()


def check(output: Output, engine: str, doing: str) -> None:
    """Refuses what did not do.

    Raises:
        ConfigurationError: The program failed; what it complained of is not repeated.
    """
    check_engine(output, engine)
    if output.status != 0 or not output.data:
        raise ConfigurationError(f"openssl could not {doing} (status {output.status})")


def check_engine(output: Output, engine: str) -> None:
    """Tells a missing engine from every other failure.

    Raises:
        ConfigurationError: There is no such engine.
    """
    complaint = output.complaint.lower()
    if engine and any(words in complaint for words in _NO_ENGINE):
        raise ConfigurationError(
            f"OpenSSL has no engine {engine!r}: install the package with it ({_PACKAGE})"
        )
