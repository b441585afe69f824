"""The shape of the platform's tokens: JWT with RS256 in the header (protocol notes 2.1)."""

from typing import Final

from gateway.sandbox.web.jwt import Mint

_MINT: Final = Mint({"alg": "RS256", "typ": "JWT", "kid": "sandbox"}, 256)

minted = _MINT.minted
claims_of = _MINT.claims_of
signature = _MINT.signature
