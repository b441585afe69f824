"""Every way in, and how tokens are activated, renewed and ended (protocol notes 2)."""

from gateway_mos_ru.emulator.login import (
    activation,
    authorize,
    device,
    esia,
    exchange,
    factors,
    headless,
    identity,
    mesh,
    nodes,
    password_form,
    qr,
    renewal,
    trust,
)
from gateway_mos_ru.emulator.rules import Router


def register(router: Router) -> None:
    """Add the paths of every way in."""
    for part in (
        *(device, authorize, headless, password_form, factors, trust, qr, exchange, esia),
        *(mesh, nodes, renewal, activation, identity),
    ):
        part.register(router)
