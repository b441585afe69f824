"""The documented envelope: reserve, push, follow, withdraw, look up (notes 4.6)."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

import msgspec

from gateway.core.contract.link import Link
from gateway.core.errors import BadResponse, InvalidRequest, NotFound
from gateway.core.wire.decoding import decode, decode_value
from gateway.core.wire.request import Body, RequestKind
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.epgu.archive import LARGEST_PART, LEAST_PART, Part, parts_of
from gateway_gosuslugi.epgu.moments import asked_after
from gateway_gosuslugi.epgu.partner import Filing, Partner, meta_of
from gateway_gosuslugi.epgu.routes import (
    DICTIONARY,
    EPGU,
    ORDER,
    ORDER_CANCEL,
    ORDER_DETAILS,
    ORDER_STATUSES,
    PUSH,
    PUSH_CHUNKED,
    UPDATED_AFTER,
)
from gateway_gosuslugi.epgu.wire import (
    DictionaryItem,
    DictionaryPage,
    FoundOrder,
    Order,
    OrderDetails,
    OrderMade,
    OrderPage,
)

PAGE_SIZE: Final = 50
MOST_PAGES: Final = 20
"""No person has so many applications; a portal that counts wrongly must not hold us for ever."""
_NOTHING: Final = 204
_HISTORY: Final = "STATUS_HISTORY"


@dataclass(frozen=True, slots=True)
class Followed:
    """An application as it stands.

    Attributes:
        number: Its number.
        push: How far the portal has come with the push.
        order: The application, once the portal has made one.
    """

    number: int
    push: OrderDetails
    order: Order | None


class Orders:
    """Applications of one person, by their token."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def reserve(self, partner: Partner, okato: str) -> int:
        """A number for an application that carries it in its file.

        Raises:
            GatewayError: The portal gave none.
        """
        body = Body.of_json(meta_of(partner, okato))
        return _number(await self._write(ORDER, ORDER, body), self._link)

    async def push(self, filing: Filing, *, part_size: int = LEAST_PART) -> int:
        """Files an application; its number.

        One request where the archive fits and no number was reserved, else parts one by one.

        Raises:
            OutcomeUnknown: It was sent and no whole answer came.
            GatewayError: It was refused.
        """
        archive = filing.archive()
        if filing.number is None and len(archive) <= LARGEST_PART:
            file = ("file", f"{filing.guid}.zip", "application/zip", archive)
            body = Body.of_multipart(_meta(filing), file)
            return _number(await self._write(PUSH, PUSH, body), self._link)
        number = filing.number
        if number is None:
            number = await self.reserve(filing.partner, filing.form.okato)
        for part in parts_of(str(filing.guid), archive, size=part_size):
            await self._push_part(filing, number, part)
        return number

    async def follow(self, number: int) -> Followed:
        """One application with the history of its states.

        Raises:
            NotFound: The portal has no such application, or not of this person.
        """
        push = await self._link.read(
            OrderDetails,
            EPGU,
            ORDER_DETAILS.format(order=number),
            params={"embed": _HISTORY},
            template=ORDER_DETAILS,
            method="POST",
        )
        return Followed(number, push, inner_order(push.order, self._link.note))

    async def look(self, number: int) -> Followed | None:
        """As `follow()`, where the state is known already; None if no more can be had."""
        push = await self._link.enrich(
            OrderDetails,
            EPGU,
            ORDER_DETAILS.format(order=number),
            tells=(f"applications.{number}.history", f"applications.{number}.attachments"),
            params={"embed": _HISTORY},
            template=ORDER_DETAILS,
            method="POST",
        )
        if push is None:
            return None
        return Followed(number, push, inner_order(push.order, self._link.note))

    async def statuses(self, numbers: Sequence[int]) -> tuple[FoundOrder, ...]:
        """The states of known applications; those that the portal does not find are left out."""
        if not numbers:
            return ()

        async def page(number: int) -> OrderPage | None:
            return await self._page(
                ORDER_STATUSES,
                {"pageNum": number, "pageSize": PAGE_SIZE, "orderIds": list(numbers)},
            )

        return tuple([found async for found in _pages(page)])

    async def updated_after(self, moment: datetime) -> tuple[FoundOrder, ...]:
        """Applications whose state has changed since a moment."""

        async def page(number: int) -> OrderPage | None:
            return await self._page(
                UPDATED_AFTER,
                {
                    "pageNum": number,
                    "pageSize": PAGE_SIZE,
                    "updatedAfter": asked_after(moment),
                },
            )

        return tuple([found async for found in _pages(page)])

    async def cancel(self, number: int, reason: str) -> None:
        """Withdraws an application.

        Raises:
            CancellationRefused: Its state does not allow it, or the service never does.
            OutcomeUnknown: It was sent and no whole answer came.
        """
        path = ORDER_CANCEL.format(order=number)
        # The specification names no parameter, the portal asks for one in the query.
        await self._link.request(
            EPGU,
            "POST",
            path,
            kind=RequestKind.WRITE,
            params={"reason": reason},
            template=ORDER_CANCEL,
        )

    async def dictionary(
        self, code: str, *, parent: str | None = None, page: int | None = None
    ) -> tuple[DictionaryItem, ...]:
        """Entries of a dictionary: one level, or what hangs under an entry.

        Args:
            code: The dictionary's code, from a service's specification.
            parent: Entry under which to look.
            page: Page from 1; everything for None.

        Raises:
            NotFound: There is no such dictionary.
            InvalidRequest: The portal did not understand what was asked.
        """
        asked: dict[str, object] = {"treeFiltering": "SUBTREE" if parent else "ONELEVEL"}
        if parent:
            asked["parentRefItemValue"] = parent
        if page is not None:
            asked |= {"pageNum": page, "pageSize": PAGE_SIZE}
        found = await self._link.read(
            DictionaryPage,
            EPGU,
            DICTIONARY.format(code=quote(code, safe="")),
            template=DICTIONARY,
            method="POST",
            body=Body.of_json(asked),
        )
        if found.error.code != 0:
            kind = InvalidRequest if found.items else NotFound
            raise kind(f"the dictionary answered with code {found.error.code}")
        return tuple(found.items or ())

    async def _push_part(self, filing: Filing, number: int, part: Part) -> None:
        fields: list[tuple[str, str | None, str, bytes]] = [
            _meta(filing),
            ("orderId", None, "", str(number).encode()),
        ]
        if part.count > 1:
            fields += [
                ("chunk", None, "", str(part.index).encode()),
                ("chunks", None, "", str(part.count).encode()),
            ]
        fields.append(("file", part.name, "application/zip", part.content))
        answer = await self._write(PUSH_CHUNKED, PUSH_CHUNKED, Body.of_multipart(*fields))
        if _number(answer, self._link) != number:
            raise BadResponse("the portal took a part for another application")

    async def _write(self, path: str, template: str, body: Body) -> WireResponse:
        return await self._link.request(
            EPGU, "POST", path, kind=RequestKind.WRITE, body=body, template=template
        )

    async def _page(
        self, route: str, params: dict[str, str | int | Sequence[str | int] | None]
    ) -> OrderPage | None:
        try:
            return await self._link.read(OrderPage, EPGU, route, params=params, template=route)
        except NotFound as error:
            if error.http_status == _NOTHING:  # nothing to list is said by an empty answer
                return None
            raise


def inner_order(text: str | None, note: Callable[[str, str], None]) -> Order | None:
    """The application that stands as text inside an answer; None before there is one.

    Raises:
        BadResponse: The text is no JSON, or of an unknown shape.
    """
    if not text:
        return None
    try:
        plain = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise BadResponse("the application inside the answer is no JSON") from None
    return decode_value(plain, Order, note, path="$.order")


def _meta(filing: Filing) -> tuple[str, str | None, str, bytes]:
    return ("meta", None, "application/json", filing.meta_json)


def _number(answer: WireResponse, link: Link) -> int:
    return decode(answer, OrderMade, link.note).order_id


async def _pages(
    page: "Callable[[int], Awaitable[OrderPage | None]]",
) -> "AsyncIterator[FoundOrder]":
    seen = 0
    for number in range(1, MOST_PAGES + 1):
        found = await page(number)
        if found is None or not found.content:
            return
        for item in found.content:
            if item.status is not None:
                yield item
        seen += len(found.content)
        if seen >= (found.total_count or 0) or len(found.content) < PAGE_SIZE:
            return
