"""What a cached answer belongs to."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

Plain = str | date | None | tuple[str, ...]
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
    arguments: tuple[tuple[str, Plain], ...]
    model_version: int
    epoch: int


def canonical(arguments: Mapping[str, Argument]) -> tuple[tuple[str, Plain], ...]:
    """Arguments in one form: sorted by name, several ids sorted, hashable.

    Defaults must be filled in before. Values of different types never come out equal.
    """
    return tuple([(name, _plain(arguments[name])) for name in sorted(arguments)])


def _plain(value: Argument) -> Plain:
    kind = value.__class__
    if kind is str or kind is date or value is None:
        return value  # type: ignore[return-value] # mypy does not narrow by __class__
    if isinstance(value, str):
        return str(value)  # an enum, equal to its own word
    if isinstance(value, tuple | list | frozenset):
        return ("ids", *sorted(value))
    if isinstance(value, date):
        return ("time", value.isoformat())
    return ("number", repr(value))  # 1, 1.0 and True are equal to Python only


def owner(key: CacheKey) -> AccountRef:
    """The account that the answer under `key` belongs to."""
    return AccountRef(key.tenant, key.provider, key.account)
