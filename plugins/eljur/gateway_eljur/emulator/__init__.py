"""The service itself over the fictional world, for the plugin and for third-party clients."""

from gateway_eljur.emulator.emulator import EljurEmulator

__all__ = ["EljurEmulator"]
