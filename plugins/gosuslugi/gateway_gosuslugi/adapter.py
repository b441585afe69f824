"""«Госуслуги Моя школа»: the adapter, put together from its parts."""

from typing import ClassVar

from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.session import Session
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.epgu.reads import ApplicationReads
from gateway_gosuslugi.epgu.routes import EPGU
from gateway_gosuslugi.epgu.signing import signed as with_user_token
from gateway_gosuslugi.epgu.verdict import classified
from gateway_gosuslugi.federal.reads import PublishedReads
from gateway_gosuslugi.myschool.reads.people import PeopleReads
from gateway_gosuslugi.myschool.reads.timetable import TimetableReads
from gateway_gosuslugi.myschool.reads.unknown import UnknownReads
from gateway_gosuslugi.myschool.routes import is_diary
from gateway_gosuslugi.myschool.signing import signed
from gateway_gosuslugi.myschool.verdict import judged
from gateway_gosuslugi.myschool.wire import MODULES


class GosuslugiAdapter(PublishedReads, PeopleReads, TimetableReads, UnknownReads, ApplicationReads):
    """The protocol of the state diary and of applications."""

    wire_models: ClassVar[tuple[str, ...]] = (
        *MODULES,
        "gateway_gosuslugi.epgu.wire",
        "gateway_gosuslugi.federal.wire",
    )

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        """The request with what its part of the portal wants to see."""
        if request.role == EPGU:
            return with_user_token(request, session)
        return signed(request) if is_diary(request.path) else request

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What the answer means."""
        if request.role == EPGU:
            return classified(request, response)
        return judged(response) if is_diary(request.path) else None

    def login_flow(self, method: str) -> LoginFlow:
        """The flow of one login method.

        Raises:
            MethodNotOffered: There is none.
        """
        from gateway_gosuslugi.myschool.login import flow_for  # noqa: PLC0415 - only to sign in

        return flow_for(self, method)
