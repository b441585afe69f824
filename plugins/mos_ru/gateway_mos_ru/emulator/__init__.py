"""The platform itself over the fictional world, for the plugin and for third-party clients."""

from gateway_mos_ru.emulator.emulator import MosEmulator

__all__ = ["MosEmulator"]
