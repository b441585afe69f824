"""The shape of the portal's tokens: JWT with a state algorithm in the header."""

from typing import Final

from gateway.sandbox.web.jwt import Mint

_MINT: Final = Mint({"alg": "GOST3410_2012_256", "typ": "JWT", "ver": 1, "sbt": "access"}, 64)

minted = _MINT.minted
claims_of = _MINT.claims_of
