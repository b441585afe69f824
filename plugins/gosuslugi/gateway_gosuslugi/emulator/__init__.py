"""Gosuslugi over the fictional world, for the plugin and for third-party clients."""

from gateway_gosuslugi.emulator.emulator import GosuslugiEmulator

__all__ = ["GosuslugiEmulator"]
