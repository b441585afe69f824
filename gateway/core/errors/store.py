"""Errors of the stores that keep sessions and flows."""

from gateway.core.errors.base import Actor, GatewayError, Text


class StoreError(GatewayError):
    """A session or flow could not be kept or read."""

    code = "store.unavailable"
    actor = Actor.OPERATOR
    retryable = True
    text = Text(
        "Не удалось сохранить или прочитать вход в дневник. Сообщите тому, кто обслуживает сервис.",
        "The sign-in could not be saved or read. Tell whoever runs the service.",
    )


class StoreFull(StoreError):
    """There is no room left to write."""

    code = "store.full"


class StoreUnreadable(StoreError):
    """A record cannot be read: damaged, moved to another place, or of an unknown version."""

    code = "store.unreadable"
    retryable = False


class StoreKeyMissing(StoreError):
    """No key opens the record."""

    code = "store.key_missing"
    retryable = False


class StoreConflict(StoreError):
    """Another process saved a newer version in the meantime."""

    code = "store.conflict"


class AccountNotFound(StoreError):
    """No stored session has this account key."""

    code = "store.account_not_found"
    actor = Actor.PERSON
    retryable = False
    text = Text(
        "Сохранённого входа нет. Войдите в дневник.",
        "There is no saved sign-in. Sign in to the diary.",
    )
