"""Errors that the operator of the gateway mends."""

from gateway.core.errors.base import Actor, GatewayError, Text


class ConfigurationError(GatewayError):
    """A setting, a file or an installed part is wrong."""

    code = "config.invalid"
    actor = Actor.OPERATOR
    text = Text(
        "Сервис настроен неверно. Сообщите тому, кто его обслуживает.",
        "The service is not configured correctly. Tell whoever runs it.",
    )


class MissingSetting(ConfigurationError):
    """A provider needs a setting that nobody may ship with the library."""

    code = "config.missing_setting"


class ClockDrift(ConfigurationError):
    """The clock of this machine and that of the provider differ by more than it allows."""

    code = "config.clock_drift"
    text = Text(
        "Часы сервера идут неверно, вход отклонён. Сообщите тому, кто обслуживает сервис.",
        "The server's clock is wrong and the sign-in was refused. Tell whoever runs the service.",
    )


class UnknownProvider(ConfigurationError):
    """No installed plugin has this name."""

    code = "config.unknown_provider"
    text = Text("Такой дневник не подключён.", "This diary is not connected.")


class PluginBroken(ConfigurationError):
    """A plugin could not be imported or raised from a hook."""

    code = "plugin.broken"


class PluginIncompatible(ConfigurationError):
    """A plugin was written for another version of the plugin API."""

    code = "plugin.incompatible"


class UnknownRegion(ConfigurationError):
    """No region has this code or name."""

    code = "region.unknown"
    actor = Actor.PERSON
    text = Text(
        "Такого региона нет. Укажите двузначный код, например 77.",
        "There is no such region. Give its two-digit code, such as 77.",
    )

    def __init__(self, message: str = "", *, region: str = "", text: Text | None = None) -> None:
        super().__init__(
            message or f"unknown region {region!r}",
            text=text,
            context={"region": region} if region else None,
        )
        self.region = region


class RegionNotServed(ConfigurationError):
    """The region's system is known, but no installed plugin speaks to it."""

    code = "region.not_served"
    text = Text(
        "Дневник этого региона пока не подключён.",
        "This region's diary is not connected yet.",
    )


class MissingExtra(ConfigurationError):
    """An optional part of the library is not installed."""

    code = "config.missing_extra"

    def __init__(self, message: str = "", *, extra: str = "") -> None:
        super().__init__(
            message or f"install the optional part: pip install 'diary-gateway[{extra}]'",
            context={"extra": extra} if extra else None,
        )
        self.extra = extra
