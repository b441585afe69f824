"""Applications of one person: what the adapter and a partner's own client share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import uuid4

from gateway.core.contract.link import Link
from gateway.core.contract.memo import Memo
from gateway.core.contract.reading import Record
from gateway.core.errors import GatewayError, OutcomeUnknown
from gateway.core.ids import Ids
from gateway_gosuslugi.epgu.allowance import take
from gateway_gosuslugi.epgu.form import DiaryForm
from gateway_gosuslugi.epgu.mapping import followed_record, listed_record
from gateway_gosuslugi.epgu.orders import Followed, Orders
from gateway_gosuslugi.epgu.partner import Filing, Partner
from gateway_gosuslugi.epgu.routes import ORDER_DETAILS, UPDATED_AFTER
from gateway_gosuslugi.epgu.states import ACCEPTED
from gateway_gosuslugi.epgu.wire import FoundOrder, OrderDetails, OrderPage

LOOK_BACK: Final = timedelta(days=365)
"""How far back applications are listed."""
_MOST_DETAILS: Final = 30
_KNOWN: Final = "epgu.known"
_MOST_KNOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Applications:
    """Files and lists on behalf of one person.

    Attributes:
        link: The way to the portal, signed with the person's token.
        ids: Makes identifiers.
        memo: The person's notes: what was filed, and when.
    """

    link: Link
    ids: Ids
    memo: Memo

    async def all(self) -> list[Record]:
        """Applications of the last year, the newest first."""
        link, orders = self.link, Orders(self.link)
        if not link.offers(UPDATED_AFTER, OrderPage) and link.offers(ORDER_DETAILS, OrderDetails):
            return [followed_record(self.ids, await orders.follow(0))]
        found = {item.order_id: item for item in await orders.updated_after(link.now() - LOOK_BACK)}
        known = self._known()
        lacking = [number for number in known if number not in found]
        found |= {item.order_id: item for item in await orders.statuses(lacking)}
        # A push that the portal has dropped is in no list, but can be asked for.
        newest = sorted({*found, *known}, reverse=True)
        followed = await link.gather(*(orders.look(number) for number in newest[:_MOST_DETAILS]))
        details = dict(zip(newest, followed, strict=False))
        records = (self._record(found.get(number), details.get(number)) for number in newest)
        return [record for record in records if record is not None]

    async def file(self, partner: Partner, form: DiaryForm) -> int:
        """Files an application; its number.

        Raises:
            TooManyApplications: The person has filed too many; nothing was sent.
            ApplicationRefused: The portal refused.
            OutcomeUnknown: It was sent and no whole answer came.
        """
        take(self.memo, self.link.now())
        orders, number = Orders(self.link), None
        if partner.number_inside:
            number = await orders.reserve(partner, form.okato)
        number = await _pushed(orders, Filing(partner, form, uuid4(), number))
        self._remember(number)
        return number

    def _record(self, listed: FoundOrder | None, followed: Followed | None) -> Record | None:
        if followed is not None:
            return followed_record(self.ids, followed)
        return None if listed is None else listed_record(self.ids, listed)

    def _known(self) -> Sequence[int]:
        notes = (self.memo.get(_KNOWN) or "").split(",")
        return [int(item) for item in notes if item.isdigit()]

    def _remember(self, number: int) -> None:
        numbers = [*(item for item in self._known() if item != number), number]
        self.memo.put(_KNOWN, ",".join(map(str, numbers[-_MOST_KNOWN:])))


async def _pushed(orders: Orders, filing: Filing) -> int:
    """The number of what was filed; where its answer was lost, a known number is asked for."""
    try:
        return await orders.push(filing)
    except OutcomeUnknown as unknown:
        if filing.number is None:
            raise
        try:
            found = await orders.follow(filing.number)
        except GatewayError:
            raise unknown from None
        if found.order is None and found.push.code not in ACCEPTED:
            raise
        return filing.number
