"""Whom a TLS connection trusts: one context per trust profile, verification always on."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.core.errors import ConfigurationError

DEFAULT = "default"
MINTSIFRY = "mintsifry"
CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Trust:
    """A choice of root certificates.

    Attributes:
        profile: `default` (the public web's roots), `mintsifry` (those, the system's own and
            the files that the operator gave for it) or `custom` (only `ca_file`).
        ca_file: A PEM file whose roots are trusted too.
    """

    profile: str = DEFAULT
    ca_file: str | None = None


class TrustStore:
    """TLS contexts, built when first needed and shared from then on."""

    def __init__(self, *, mintsifry_files: Sequence[str] = ()) -> None:
        self._mintsifry_files = tuple(mintsifry_files)
        self._contexts: dict[Trust, ssl.SSLContext] = {}

    def context(self, trust: Trust) -> ssl.SSLContext:
        """The context of a trust profile.

        Raises:
            ConfigurationError: Unknown profile, or a certificate file that cannot be read.
        """
        context = self._contexts.get(trust)
        if context is None:
            context = self._contexts[trust] = self._build(trust)
        return context

    def _build(self, trust: Trust) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if trust.profile == MINTSIFRY:
            context.load_default_certs(ssl.Purpose.SERVER_AUTH)
        for path in self._files(trust):
            try:
                context.load_verify_locations(cafile=path)
            except (OSError, ssl.SSLError):
                raise ConfigurationError(
                    "a certificate file cannot be read", context={"file": path}
                ) from None
        return context

    def _files(self, trust: Trust) -> tuple[str, ...]:
        import certifi  # noqa: PLC0415 - slow to import, and sandboxes over http never need it

        extra = (trust.ca_file,) if trust.ca_file is not None else ()
        if trust.profile == DEFAULT:
            return (certifi.where(), *extra)
        if trust.profile == MINTSIFRY:
            return (certifi.where(), *self._mintsifry_files, *extra)
        if trust.profile == CUSTOM and extra:
            return extra
        raise ConfigurationError(f"unknown or incomplete trust profile {trust.profile!r}")
