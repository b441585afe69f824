"""What the operator of a registered system sets.

Mnemonic, keys and certificates come with the registration: none are shipped.
"""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from gateway.core.contract.settings import ProviderSettings
from gateway_gosuslugi.esia.oauth.generations import Generation
from gateway_gosuslugi.esia.oauth.issuers import ISSUER


def _split(value: object) -> object:
    """A list of paths may come as one text, as in `PATH`."""
    return value.split(os.pathsep) if isinstance(value, str) else value


class RelyingPartySettings(ProviderSettings):
    """Settings of «Войти через Госуслуги» for a registered system."""

    esia_client_id: str | None = Field(
        None, pattern=r"^[A-Z0-9_.-]{2,64}$", description="Mnemonic of the system."
    )
    esia_redirect_uri: str | None = Field(
        None, description="Registered address to which the browser comes back."
    )
    esia_scope: str = Field("openid", description="What to ask for, separated by spaces.")
    esia_generation: Generation = Field(
        Generation.NEW, description="`new` for `v2/ac` and `v3/te`, `old` for `ac` and `te`."
    )
    esia_signer: Literal["openssl", "rsa", "command"] = Field(
        "openssl", description="Who signs: the openssl program, an RSA key, or a command."
    )
    esia_key_file: Path | None = Field(None, description="Private key, PEM.")
    esia_key_password_file: Path | None = Field(
        None, description="File whose first line is the key's password."
    )
    esia_certificate_file: Path | None = Field(
        None, description="Certificate of the system, PEM or DER."
    )
    esia_certificate_hash: str | None = Field(
        None,
        pattern=r"^[0-9A-Fa-f]{32,128}$",
        description="Hash of the certificate; made from the file if absent.",
    )
    esia_sign_command: str | None = Field(
        None,
        description="Program and arguments that sign standard input; split as a shell would, "
        "run without one.",
    )
    esia_sign_base64: bool = Field(False, description="Whether the command writes Base64.")
    esia_sign_reversed: bool = Field(
        False, description="Whether the command writes the bytes of a signature in reverse."
    )
    esia_verify_files: Annotated[tuple[Path, ...], BeforeValidator(_split)] = Field(
        (), description="Certificates of ЕСИА that its markers are verified with, old and new."
    )
    esia_with_pkce: bool = Field(False, description="Whether to prove the system by PKCE too.")
    esia_issuer: str = Field(ISSUER, description="Who makes the markers; another at a test stand.")
