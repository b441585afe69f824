"""The portfolio."""

from collections.abc import Awaitable
from typing import Final, cast

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway_mos_ru.mapping.portfolio import portfolio_records
from gateway_mos_ru.reads.base import MosBase
from gateway_mos_ru.routes import (
    API,
    PORTFOLIO_EVENTS,
    PORTFOLIO_EXAMS,
    PORTFOLIO_REWARDS,
    fill,
)
from gateway_mos_ru.wire.portfolio import Exams, PortfolioEvents, Rewards

_LISTED: Final = 100
"""Records that the site asks for."""


class PortfolioReads(MosBase):
    """What a student has achieved."""

    async def list_portfolio(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Contests with their rewards, other rewards, state exams."""
        context = self.context(link, student)
        # What has fields of its own is asked first: a replay takes the body left over for contests.
        calls: list[Awaitable[object]] = [
            link.enrich(
                Rewards,
                API,
                fill(PORTFOLIO_REWARDS, person=context.person),
                tells=("PortfolioItem.result",),
                params={"size": _LISTED},
                template=PORTFOLIO_REWARDS,
            ),
            link.enrich(
                Exams,
                API,
                fill(PORTFOLIO_EXAMS, person=context.person),
                tells=("PortfolioItem.category",),
                template=PORTFOLIO_EXAMS,
            ),
            link.read(
                PortfolioEvents,
                API,
                fill(PORTFOLIO_EVENTS, person=context.person),
                params={"size": _LISTED},
                template=PORTFOLIO_EVENTS,
            ),
        ]
        told = await link.gather(*calls)
        rewards, exams, events = cast("tuple[Rewards | None, Exams | None, PortfolioEvents]", told)
        records = portfolio_records(
            context,
            events.data or (),
            (rewards.data if rewards is not None else None) or (),
            (exams.data if exams is not None else None) or (),
        )
        return Reading(records)
