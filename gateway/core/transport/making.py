"""Puts a transport together."""

from gateway.core.transport.client import Transport
from gateway.core.transport.httpx_carrier import HttpxCarrier
from gateway.core.transport.tls import TrustStore


def make(*, fast: bool = False) -> Transport:
    """A transport of this process.

    Args:
        fast: Whether READ requests go by the faster carrier of the `[fast]` extra.

    Raises:
        MissingExtra: The extra is wanted and not installed.
    """
    trust = TrustStore()
    if not fast:
        return Transport(HttpxCarrier(trust))
    from gateway.core.transport.fast_carrier import FastCarrier  # noqa: PLC0415 - an extra

    return Transport(HttpxCarrier(trust), fast=FastCarrier(trust))
