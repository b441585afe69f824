"""How the requests of an adapter travel: origins, sizes, trust, proxy, and who sends them."""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.adapter import Adapter
from gateway.core.pipeline.engine import Engine
from gateway.core.transport.exchange import AnswerLimits
from gateway.core.transport.origins import OriginMap
from gateway.core.transport.tls import Trust
from gateway.core.transport.way import Way
from gateway.core.version import VERSION

PROJECT_URL: Final = "https://pypi.org/project/diary-gateway/"


def way_of(adapter: Adapter, base_urls: Mapping[str, str], *, contact: str | None) -> Way:
    """The way of an adapter's instance.

    Args:
        adapter: With declaration, instance and settings.
        base_urls: Where the operator maps host roles.
        contact: What to add to the truthful User-Agent; the project's address if absent.
    """
    declaration, settings = adapter.declaration, adapter.settings
    limits = declaration.limits
    return Way(
        origins=OriginMap(adapter.instance.hosts, hosts=base_urls),
        limits=AnswerLimits(wire=limits.wire_bytes, decoded=limits.decoded_bytes),
        trust=Trust(adapter.instance.trust, settings.ca_file),
        proxy=settings.proxy,
        redirects=limits.redirects,
        user_agent=declaration.user_agent or f"diary-gateway/{VERSION} (+{contact or PROJECT_URL})",
    )


def set_limits(engine: Engine, adapter: Adapter, way: Way) -> None:
    """Lets an engine be as polite to the way's origins as the declaration asks for."""
    for origin in way.origins.allowed:
        engine.configure(str(origin), adapter.declaration.limits)
