"""ЭлЖур: the adapter, put together from its parts."""

from typing import ClassVar

from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.session import Session
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway_eljur.classifying import classified
from gateway_eljur.reads.files import FileReads
from gateway_eljur.reads.results import ResultReads
from gateway_eljur.reads.sending import Sending
from gateway_eljur.reads.talk import TalkReads
from gateway_eljur.reads.updates import UpdateReads
from gateway_eljur.signing import signed
from gateway_eljur.wire import MODULES


class EljurAdapter(ResultReads, TalkReads, Sending, UpdateReads, FileReads):
    """The protocol of ЭлЖур.

    Login flows are imported when one is asked for: most sessions live for three months.
    """

    wire_models: ClassVar[tuple[str, ...]] = MODULES

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        """The request with the application's key and the account's token."""
        return signed(request, session, self.settings)

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What the answer means."""
        return classified(request, response)

    def login_flow(self, method: str) -> LoginFlow:
        """The flow of one login method.

        Raises:
            MethodNotOffered: There is none.
        """
        from gateway_eljur.login import flow_for  # noqa: PLC0415 - only while signing in

        return flow_for(self, method)
