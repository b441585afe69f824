"""ЕСИА: as a registered relying party, and as the sign-in system of other diaries."""

from collections.abc import Sequence

from gateway.core.contract.identity import IdentityProvider
from gateway_gosuslugi.esia.identity.provider import EsiaIdentity


def identity_providers() -> Sequence[IdentityProvider]:
    """The sign-in system, for every provider that names it."""
    return (EsiaIdentity(),)
