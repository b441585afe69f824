"""Signatures by a program of the operator's own choice, such as the tools of CryptoPro."""

import base64
import binascii
from dataclasses import dataclass

from gateway.core.errors import ConfigurationError
from gateway_gosuslugi.esia.crypto.openssl import SECONDS
from gateway_gosuslugi.esia.crypto.programs import run
from gateway_gosuslugi.esia.crypto.signer import SignatureForm


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSigner:
    """Runs a program that reads the data and writes the signature.

    Attributes:
        argv: Program and arguments as the operator wrote them; keys are named by container or
            path, never given.
        form: What the program writes.
        is_base64: Whether it writes Base64 in place of bytes.
        is_reversed: Whether its bytes stand the other way round, as with the CSP interface of
            CryptoPro; for `RAW` only.
        seconds: Time that one signature may take.
    """

    argv: tuple[str, ...]
    form: SignatureForm = SignatureForm.RAW
    is_base64: bool = False
    is_reversed: bool = False
    seconds: float = SECONDS

    async def sign(self, data: bytes) -> bytes:
        """The signature of `data`.

        Raises:
            ConfigurationError: The program failed or wrote no signature.
        """
        if not self.argv:
            raise ConfigurationError("the program that signs is not set")
        output = await run(self.argv, data, seconds=self.seconds)
        if output.status != 0:
            raise ConfigurationError(f"the program that signs ended with status {output.status}")
        signature = _decoded(output.data) if self.is_base64 else output.data
        if not signature:
            raise ConfigurationError("the program that signs wrote no signature")
        turned = self.is_reversed and self.form is SignatureForm.RAW
        return signature[::-1] if turned else signature


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise ConfigurationError("the program that signs wrote no Base64") from None
