"""An adapter whose flow also speaks to a sign-in system: each judges its own answers."""

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.identity import IdentityProvider
from gateway.core.contract.session import Session
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse


class VisitingAdapter(Adapter):
    """Leaves what goes to the sign-in system to that system, all else to the adapter.

    No credential of the provider is ever added to a request to the sign-in system.
    """

    def __init__(self, own: Adapter, system: IdentityProvider) -> None:
        super().__init__(own.declaration, own.instance, own.settings)
        self._own = own
        self._system = system

    @classmethod
    def of(cls, own: Adapter, system: IdentityProvider | None) -> Adapter:
        """The adapter itself where there is no such system."""
        return own if system is None else cls(own, system)

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        """The request with the provider's credentials, if it goes to the provider."""
        if request.role in self._system.hosts:
            return request
        return self._own.sign(request, session)

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What the answer means to whoever was asked."""
        if request.role in self._system.hosts:
            return self._system.classify(request, response)
        return self._own.classify(request, response)
