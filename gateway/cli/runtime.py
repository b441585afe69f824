"""Puts a gateway together for one command: settings, store, keys."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import platformdirs

from gateway.cli.output import Output
from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.errors import AccountNotFound, GatewayError, InvalidRequest
from gateway.core.model import Student
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.keys import find_keys
from gateway.sandbox.connecting import is_loopback, provider_settings

APP = "diary-gateway"

_PLACES = frozenset({"base_url", "hosts"})


def data_directory() -> Path:
    """Where sessions are kept."""
    return platformdirs.user_data_path(APP, appauthor=False)


def open_store(output: Output) -> FileStore:
    """The encrypted store; says once where a new key was put.

    Raises:
        StoreError: The keys or the directory cannot be used.
    """
    directory = data_directory() / "store"
    source = find_keys(directory, environ=os.environ)
    if source.created:
        output.errors.print(output.text(source.text))
    return FileStore(directory, source.keys)


def with_base_url(settings: Settings, registry: Registry, provider: str, url: str) -> Settings:
    """Settings that map a provider to another origin.

    A loopback origin is a sandbox: what it must be configured with is taken from its emulator
    wherever the operator has set nothing.
    """
    own = dict(settings.providers.get(provider, {}))
    if is_loopback(url):
        own = {**provider_settings(registry.provider(provider), url), **own}
    own["base_url"] = url
    return settings.with_provider(provider, **own)


async def _with_sandboxes(settings: Settings, registry: Registry, store: FileStore) -> Settings:
    """Settings with what the sandboxes of stored accounts must be configured with."""
    try:
        async with AsyncGateway(settings=settings, registry=registry, store=store) as gateway:
            accounts = await gateway.accounts()
    except GatewayError:  # the command itself meets it again, and says so
        return settings
    for account in accounts:
        urls = tuple(account.base_urls.values())
        if urls and all(map(is_loopback, urls)):
            declared = provider_settings(registry.provider(account.provider), urls[0])
            needed = {key: value for key, value in declared.items() if key not in _PLACES}
            own = {**needed, **settings.providers.get(account.provider, {})}
            settings = settings.with_provider(account.provider, **own)
    return settings


@asynccontextmanager
async def opened(
    output: Output, *, provider: str | None = None, base_url: str | None = None
) -> AsyncIterator[AsyncGateway]:
    """A gateway over the person's own store.

    Raises:
        GatewayError: Settings or store cannot be used.
    """
    settings = Settings.load()
    registry = Registry()
    if base_url is not None and provider is not None:
        settings = with_base_url(settings, registry, provider, base_url)
    store = open_store(output)
    settings = await _with_sandboxes(settings, registry, store)
    async with AsyncGateway(settings=settings, registry=registry, store=store) as gateway:
        yield gateway


async def find_student(gateway: AsyncGateway, wanted: str | None) -> Student:
    """The student that a command is about.

    Args:
        gateway: The gateway.
        wanted: Unified id, label, or a part of the name; None where there is only one.

    Raises:
        AccountNotFound: Nobody is signed in, or nobody fits.
        InvalidRequest: Several fit.
    """
    students = await gateway.students()
    if not students:
        raise AccountNotFound("nobody is signed in")
    if wanted is None:
        found = list(students)
    else:
        exact = [item for item in students if wanted in {item.id, item.label}]
        text = wanted.casefold()
        found = exact or [item for item in students if text in item.name.casefold()]
    if not found:
        raise AccountNotFound("no student fits")
    if len({item.id for item in found}) > 1:
        raise InvalidRequest("several students fit; choose one with --student")
    return found[0]
