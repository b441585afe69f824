"""The shape of the tokens that a sign-in through ЕСИА ends with: JWT with RS256 in the header."""

from typing import Final

from gateway.sandbox.web.jwt import Mint

_MINT: Final = Mint({"alg": "RS256", "typ": "JWT"}, 256)

minted = _MINT.minted
claims_of = _MINT.claims_of
