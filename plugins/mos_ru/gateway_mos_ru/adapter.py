"""МЭШ and «Моя школа»: the adapter, put together from its parts."""

from typing import ClassVar

from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.link import DiaryLink, RenewalLink
from gateway.core.contract.session import Session
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway_mos_ru.classifying import classified
from gateway_mos_ru.reads.attendance import AttendanceReads
from gateway_mos_ru.reads.city import CityReads
from gateway_mos_ru.reads.marks import MarkReads
from gateway_mos_ru.reads.people import PeopleReads
from gateway_mos_ru.reads.portfolio import PortfolioReads
from gateway_mos_ru.reads.results import ResultReads
from gateway_mos_ru.reads.talk import TalkReads
from gateway_mos_ru.reads.timetable import TimetableReads
from gateway_mos_ru.signing import signed
from gateway_mos_ru.wire import MODULES


class NodeAdapter(
    PeopleReads,
    TimetableReads,
    MarkReads,
    ResultReads,
    AttendanceReads,
    PortfolioReads,
    TalkReads,
):
    """The protocol of the regional nodes of the platform.

    Login flows are imported when one is asked for: most sessions live for a week.
    """

    wire_models: ClassVar[tuple[str, ...]] = (*MODULES, "gateway_mos_ru.login.wire")

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        """The request with the account's token."""
        return signed(request, session)

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What the answer means."""
        return classified(request, response)

    def login_flow(self, method: str) -> LoginFlow:
        """The flow of one login method.

        Raises:
            MethodNotOffered: There is none.
        """
        from gateway_mos_ru.login import flow_for  # noqa: PLC0415 - only while signing in

        return flow_for(self, method)

    async def refresh(self, link: RenewalLink, session: Session) -> Session:
        """New tokens for a session that has a refresh token.

        Raises:
            InteractionRequired: Only a person can go on.
        """
        from gateway_mos_ru.login import refresh_session  # noqa: PLC0415 - once a week

        return await refresh_session(link, session)

    async def sign_out(self, link: DiaryLink) -> None:
        """Tells the service that the session ends."""
        from gateway_mos_ru.login import end_session  # noqa: PLC0415 - seldom

        await end_session(link)


class MosAdapter(CityReads, NodeAdapter):
    """The same with what only Moscow has."""
