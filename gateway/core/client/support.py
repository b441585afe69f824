"""What one student's diary can do: provider → instance → account → student."""

from dataclasses import replace

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability, Support, SupportInfo
from gateway.core.contract.session import Session, StudentRef
from gateway.core.errors import CapabilityUnverified, NotSupported, Text

_OTHER_METHOD = Text(
    "Для этого нужно войти в дневник другим способом.",
    "This needs another way of signing in.",
)
_OTHER_ROLE = Text("Для этой роли дневник такого не даёт.", "The diary gives this to other roles.")
_NOT_HERE = Text(
    "В этой школе или учётной записи такого нет.", "This school or account does not have it."
)


def support_of(
    capability: Capability, adapter: Adapter, session: Session, student: StudentRef | None
) -> SupportInfo:
    """What is known of a capability without asking."""
    info = adapter.declaration.supports(capability, adapter.instance)
    for layer in (session.capabilities, student.capabilities if student is not None else {}):
        if (narrowed := layer.get(capability)) is not None and info.is_available:
            info = replace(info, support=narrowed, reason=info.reason or _NOT_HERE)
    if info.support is Support.UNSUPPORTED:
        return info
    if info.methods and session.method not in info.methods:
        return replace(info, support=Support.UNSUPPORTED, reason=_OTHER_METHOD)
    if info.roles and session.role not in info.roles:
        return replace(info, support=Support.UNSUPPORTED, reason=_OTHER_ROLE)
    return info


def check(operation: str, info: SupportInfo, adapter: Adapter, *, allow_unverified: bool) -> None:
    """Lets an operation pass, or says why not.

    Raises:
        NotSupported: The capability is lacking.
        CapabilityUnverified: Its shape is unverified and the operator has not allowed it.
    """
    if info.is_available:
        return
    reason = info.reason
    message = reason.en if reason is not None else "not supported"
    if info.support is Support.UNKNOWN:
        if allow_unverified:
            return
        raise CapabilityUnverified(
            message, provider=adapter.declaration.name, operation=operation, text=reason
        )
    raise NotSupported(message, provider=adapter.declaration.name, operation=operation, text=reason)
