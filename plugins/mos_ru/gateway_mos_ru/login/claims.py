"""What the diary's own token says: pure functions (protocol notes 2.1).

The signature cannot be checked here and need not be: the service does. The claims only spare it
tokens that are of another region, or dead, and tell when the others end.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import msgspec

from gateway_mos_ru.nodes import NODES, Node

_LONGEST: Final = 16_384
_PART: Final = r"[A-Za-z0-9_-]{2,}"
_JWT: Final = re.compile(rf"{_PART}\.{_PART}\.{_PART}")
_IN_COOKIES: Final = re.compile(rf"(?:^|[;\s])aupd_token\s*[=:]\s*\"?({_PART}\.{_PART}\.{_PART})")
_SCHEME: Final = re.compile(r"(?:authorization\s*:\s*)?bearer\s+", re.IGNORECASE)


class _Wire(msgspec.Struct, frozen=True):
    exp: int | float | None = None
    iss: str | None = None
    msh: str | None = None
    rgn: str | int | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What is read of a token.

    Attributes:
        expires_at: UTC end.
        issuer: Address of the installation that issued it.
        person: UUID of the person.
        region: Two-digit code of the region.
    """

    expires_at: datetime | None = None
    issuer: str | None = None
    person: str | None = None
    region: str | None = None


def token_of(text: str) -> str | None:
    """The token in what a person pasted; None where there is none.

    A bare token, `Bearer …`, a header line, and text of cookies are understood.
    """
    text = text.strip().strip("\"'")
    if len(text) > _LONGEST:
        return None
    named = _IN_COOKIES.search(text)
    if named is not None:
        return named[1]
    bare = _SCHEME.sub("", text, count=1).strip().strip("\"'")
    return bare if _JWT.fullmatch(bare) else None


def claims_of(token: str) -> Claims | None:
    """The claims of a token; None if it has none that can be read."""
    try:
        payload = token.split(".")[1]
        padded = payload + "=" * (-len(payload) % 4)
        found = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=_Wire)
    except (IndexError, binascii.Error, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    region = None if found.rgn is None else str(found.rgn).zfill(2)
    return Claims(_moment(found.exp), found.iss, found.msh, region)


def other_node(claims: Claims, node: Node) -> Node | str | None:
    """Where a token belongs if not to `node`; a bare region code for an unknown installation.

    None also where it does not tell: a service under another name than ours is the operator's.
    """
    if claims.region is not None and claims.region != node.region:
        known = (item for item in NODES if item.region == claims.region)
        return next(known, claims.region)
    host = _host(claims.issuer)
    owner = next((item for item in NODES if host in _hosts(item)), None)
    return owner if owner is not None and owner is not node else None


def _hosts(node: Node) -> set[str | None]:
    return {_host(url) for url in node.hosts.values()} | set(node.twins)


def _host(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None


def _moment(seconds: float | None) -> datetime | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
