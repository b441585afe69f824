"""Session documents of past versions, each brought one version further.

A migration is never changed once its version was released: stored sessions of that form exist.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, cast

from gateway.core.sessions.versions import Migration


def _from_0(document: dict[str, object]) -> dict[str, object]:
    """Version 0 had plain tokens with one common end, unix moments, and cookies as `cookies`."""
    old = dict(document)
    tokens = cast("Mapping[str, str]", old.pop("tokens"))
    end = cast("float | None", old.pop("expires_at", None))
    expires_at = None if end is None else _moment(end)
    return {
        **old,
        "created_at": _moment(cast("float", old["created_at"])),
        "credentials": {
            name: {"value": value, "expires_at": expires_at} for name, value in tokens.items()
        },
        "jar": old.pop("cookies", ()),
    }


def _moment(unix: float) -> str:
    return datetime.fromtimestamp(unix, UTC).isoformat()


SESSION_MIGRATIONS: Final[Mapping[int, Migration]] = {0: _from_0}
"""By the version that they start from."""
