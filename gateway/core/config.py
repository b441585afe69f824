"""Configuration: argument > environment > `diary.toml` > default.

The library reads environment and files only when it is asked to: `Settings.load()`.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.loading import load
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import ConfigurationError, MissingSetting

PREFIX: Final = "DIARY_"
FILE_NAME: Final = "diary.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set for the whole gateway.

    Attributes:
        providers: Raw settings by provider name, checked by each provider's own model.
        cache_bytes: Size of the cache in bytes.
        cache_entries: Decoded answers kept at hand.
        language: `ru` or `en`, for people-facing text.
        regions_file: File that overlays the region directory.
        fast: Whether READ requests go by the faster transport of the `[fast]` extra.
        call_seconds: Deadline of a call, where the declaration sets none shorter.
        login_rate: Secrets sent per second and instance, where the declaration's limit is not
            wanted, as against a sandbox.
        allow_assumed_logins: Whether login methods whose wire form is assumed are opened.
        user_agent: Contact to add to the truthful User-Agent, such as a URL.
    """

    providers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    cache_bytes: int = 256 * 1024 * 1024
    cache_entries: int = 256
    language: str = "ru"
    regions_file: Path | None = None
    fast: bool = False
    call_seconds: float | None = None
    login_rate: float | None = None
    allow_assumed_logins: bool = False
    user_agent: str | None = None

    @classmethod
    def load(
        cls,
        *,
        file: Path | None = None,
        environ: Mapping[str, str] | None = None,
        **arguments: Any,
    ) -> "Settings":
        """Settings from arguments, environment and file, in this order of precedence.

        Args:
            file: Configuration file; `diary.toml` of the working directory if it is there.
            environ: Environment; the process's own by default.
            **arguments: Fields that win over everything.

        Raises:
            ConfigurationError: A file or value cannot be used; the message names it.
        """
        from_file = _from_file(file)
        from_environ = _from_environ(os.environ if environ is None else environ)
        providers: dict[str, dict[str, Any]] = {}
        for source in (from_file, from_environ, arguments):
            for name, values in source.get("providers", {}).items():
                providers.setdefault(name, {}).update(values)
        fields = {**from_file, **from_environ, **arguments, "providers": providers}
        if unknown := sorted(set(fields) - {item.name for item in dataclass_fields(cls)}):
            raise ConfigurationError(f"settings: there is no {unknown[0]!r}")
        try:
            return TypeAdapter(cls).validate_python(fields)
        except ValidationError as error:
            raise ConfigurationError(f"settings: {_first(error)}") from None

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Settings from the environment alone.

        Raises:
            ConfigurationError: A value cannot be used.
        """
        return cls.load(file=Path(os.devnull), environ=environ)

    def with_provider(self, name: str, **values: Any) -> "Settings":
        """The same settings with some of a provider's replaced."""
        merged = {**self.providers.get(name, {}), **values}
        return replace(self, providers={**self.providers, name: merged})

    def provider(self, declaration: Declaration) -> ProviderSettings:
        """A provider's settings, checked by its own model.

        Raises:
            ConfigurationError: A value cannot be used.
        """
        model = load(declaration.settings, ProviderSettings)
        try:
            return model.model_validate(dict(self.providers.get(declaration.name, {})))
        except ValidationError as error:
            raise ConfigurationError(
                f"settings of {declaration.name}: {_first(error)}", provider=declaration.name
            ) from None


def required(settings: ProviderSettings, provider: str, *names: str) -> None:
    """Checks that an operator has set what nobody may ship.

    Raises:
        MissingSetting: One is not set; the message names its environment variable.
    """
    for name in names:
        if getattr(settings, name, None) is None:
            variable = f"{PREFIX}{provider.upper()}__{name.upper()}"
            raise MissingSetting(f"set {variable} (or providers.{provider}.{name})")


def _first(error: ValidationError) -> str:
    problem = error.errors(include_input=False, include_url=False, include_context=False)[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


def _from_file(file: Path | None) -> dict[str, Any]:
    path = file if file is not None else Path(FILE_NAME)
    if file is None and not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    """`DIARY_<PROVIDER>__<FIELD>` and `DIARY_<FIELD>` of this class; others are left alone."""
    own = {"cache_bytes", "cache_entries", "language", "regions_file", "fast", "call_seconds"}
    own |= {"allow_assumed_logins", "user_agent", "login_rate"}
    found: dict[str, Any] = {}
    providers: dict[str, dict[str, Any]] = {}
    for key, value in environ.items():
        if not key.startswith(PREFIX):
            continue
        name, separator, setting = key.removeprefix(PREFIX).lower().partition("__")
        if separator:
            providers.setdefault(name, {})[setting] = value
        elif name in own:
            found[name] = value
    return {**found, "providers": providers} if providers else found
