"""A client of ЕСИА by the operator's settings."""

import shlex
from pathlib import Path
from typing import Final

from gateway.core.config import required
from gateway.core.contract.observer import CallObserver
from gateway.core.errors import ConfigurationError
from gateway.core.pipeline.clock import Clock
from gateway.core.transport.client import Transport
from gateway_gosuslugi.esia.client import EsiaClient
from gateway_gosuslugi.esia.crypto.certificates import certificate_hash
from gateway_gosuslugi.esia.crypto.command import CommandSigner
from gateway_gosuslugi.esia.crypto.openssl import OpenSslSigner
from gateway_gosuslugi.esia.crypto.rsa import RsaSigner
from gateway_gosuslugi.esia.crypto.signer import Signer
from gateway_gosuslugi.esia.crypto.verifier import CertificateVerifier
from gateway_gosuslugi.esia.oauth.generations import Generation
from gateway_gosuslugi.esia.oauth.system import RelyingParty
from gateway_gosuslugi.esia.settings import RelyingPartySettings

_PROVIDER: Final = "gosuslugi"


def esia_client(
    settings: RelyingPartySettings,
    *,
    transport: Transport | None = None,
    clock: Clock | None = None,
    observers: tuple[CallObserver, ...] = (),
) -> EsiaClient:
    """The client of the system that the settings describe.

    Args:
        settings: `Settings.load().provider(GOSUSLUGI)`, or made by hand.
        transport: Carries requests; one of its own if absent.
        clock: Source of time.
        observers: Told of attempts.

    Raises:
        MissingSetting: The registration is not set.
        ConfigurationError: What is set does not go together.
    """
    return EsiaClient(
        system_of(settings),
        signer_of(settings),
        CertificateVerifier(settings.esia_verify_files),
        settings=settings,
        transport=transport,
        clock=clock,
        observers=observers,
    )


def system_of(settings: RelyingPartySettings) -> RelyingParty:
    """The registration.

    Raises:
        MissingSetting: It is not set.
    """
    required(settings, _PROVIDER, "esia_client_id", "esia_redirect_uri")
    digest = settings.esia_certificate_hash
    if digest is None and settings.esia_generation is Generation.NEW:
        digest = certificate_hash(_file(settings, "esia_certificate_file"))
    return RelyingParty(
        client_id=settings.esia_client_id or "",
        redirect_uri=settings.esia_redirect_uri or "",
        generation=settings.esia_generation,
        certificate_hash=digest,
        scope=tuple(settings.esia_scope.split()),
        with_pkce=settings.esia_with_pkce,
        issuer=settings.esia_issuer,
    )


def signer_of(settings: RelyingPartySettings) -> Signer:
    """Who signs, in the form of the registration's generation.

    Raises:
        MissingSetting: Key, certificate or command is not set.
    """
    form = settings.esia_generation.form
    if settings.esia_signer == "command":
        required(settings, _PROVIDER, "esia_sign_command")
        try:
            argv = tuple(shlex.split(settings.esia_sign_command or ""))
        except ValueError:
            raise ConfigurationError("the command that signs has an open quote") from None
        return CommandSigner(
            argv=argv,
            form=form,
            is_base64=settings.esia_sign_base64,
            is_reversed=settings.esia_sign_reversed,
        )
    key = _file(settings, "esia_key_file")
    if settings.esia_signer == "rsa":
        return RsaSigner(
            key_file=key,
            certificate_file=_file(settings, "esia_certificate_file"),
            password_file=settings.esia_key_password_file,
        )
    return OpenSslSigner(
        key_file=key,
        certificate_file=settings.esia_certificate_file,
        password_file=settings.esia_key_password_file,
        form=form,
    )


def _file(settings: RelyingPartySettings, name: str) -> Path:
    required(settings, _PROVIDER, name)
    found: Path = getattr(settings, name)
    return found
