"""What a cached answer belongs to."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

Argument = str | int | float | bool | date | None | tuple[str, ...] | list[str] | frozenset[str]


class AccountRef(NamedTuple):
    """An account within a gateway; `account` is None for impersonal reference data."""

    tenant: str
    provider: str
    account: str | None


class CacheKey(NamedTuple):
    """The whole key of one answer; nothing is shared between two accounts (resilience notes 6).

    Attributes:
        tenant: Whose gateway it is.
        provider: Provider name.
        host: Instance or host asked.
        account: Account, or None for reference data that the declaration marks as impersonal.
        student: Student or profile, or for reference data the school.
        operation: Operation of the gateway, such as `list_marks`.
        arguments: From `canonical`.
        model_version: Version of the diary model.
        epoch: Rises when everything known of the account or the operation is void.
    """

    tenant: str
    provider: str
    host: str
    account: str | None
    student: str
    operation: str
    arguments: tuple[tuple[str, str], ...]
    model_version: int
    epoch: int


def canonical(arguments: Mapping[str, Argument]) -> tuple[tuple[str, str], ...]:
    """Arguments in one form: sorted by name, dates in ISO 8601, several ids sorted.

    Defaults must be filled in before. Values of different types never come out equal.
    """
    return tuple([(name, _text(arguments[name])) for name in sorted(arguments)])


def _text(value: Argument) -> str:
    if isinstance(value, date):
        return "d:" + value.isoformat()
    if isinstance(value, str):
        return "s:" + value
    if isinstance(value, tuple | list | frozenset):
        return "l:" + "\x1f".join(sorted(value))
    return repr(value)


def owner(key: CacheKey) -> AccountRef:
    """The account that the answer under `key` belongs to."""
    return AccountRef(key.tenant, key.provider, key.account)
