"""«Дневник.ру» and its sisters: the adapter, put together from its parts."""

from typing import ClassVar

from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.link import Link
from gateway.core.contract.session import Session
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_dnevnik_ru.classifying import classified
from gateway_dnevnik_ru.reads.attendance import AttendanceReads
from gateway_dnevnik_ru.reads.homework import HomeworkReads
from gateway_dnevnik_ru.reads.marks import MarkReads
from gateway_dnevnik_ru.reads.people import PeopleReads
from gateway_dnevnik_ru.reads.results import ResultReads
from gateway_dnevnik_ru.reads.schools import SchoolReads
from gateway_dnevnik_ru.reads.talk import TalkReads
from gateway_dnevnik_ru.routes import LOGIN
from gateway_dnevnik_ru.signing import signed
from gateway_dnevnik_ru.wire import MODULES

_SIGN_IN_KINDS = frozenset({RequestKind.AUTH, RequestKind.REFRESH})


class DnevnikAdapter(
    PeopleReads,
    SchoolReads,
    HomeworkReads,
    MarkReads,
    ResultReads,
    AttendanceReads,
    TalkReads,
):
    """The protocol of «Дневник.ру», Kundelik.kz and eMaktab.uz.

    Login flows are imported when one is asked for: most sessions live for a month.
    """

    wire_models: ClassVar[tuple[str, ...]] = (*MODULES, "gateway_dnevnik_ru.login.wire")

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        """The request with the account's token."""
        return signed(request, session)

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What the answer means: a sign-in's by the flows' rules first, then by the general."""
        if request.role == LOGIN or request.kind in _SIGN_IN_KINDS:
            from gateway_dnevnik_ru.login.verdict import (  # noqa: PLC0415 - only while signing in
                sign_in_verdict,
            )

            verdict = sign_in_verdict(request, response)
            if verdict is not None:
                return verdict
        return classified(request, response)

    def login_flow(self, method: str) -> LoginFlow:
        """The flow of one login method.

        Raises:
            MethodNotOffered: There is none.
        """
        from gateway_dnevnik_ru.login import flow_for  # noqa: PLC0415 - only while signing in

        return flow_for(self, method)

    async def refresh(self, link: Link, session: Session) -> Session:
        """New tokens for a session that has a refresh token.

        Raises:
            InteractionRequired: Only a person can go on.
        """
        from gateway_dnevnik_ru.login import refresh_session  # noqa: PLC0415 - once a month

        return await refresh_session(self, link, session)
