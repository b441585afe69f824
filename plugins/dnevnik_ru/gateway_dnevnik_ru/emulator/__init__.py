"""The service itself over the fictional world, for the plugin and for third-party clients."""

from gateway_dnevnik_ru.emulator.emulator import DnevnikEmulator

__all__ = ["DnevnikEmulator"]
