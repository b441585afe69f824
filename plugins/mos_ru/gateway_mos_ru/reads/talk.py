"""Both feeds of notifications, and news."""

from typing import Final

from gateway.core.contract.link import DiaryLink, Params
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidRequest
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.news import news_records
from gateway_mos_ru.mapping.notifications import (
    TOLD_BY_EVENTS,
    feed_records,
    happening_records,
    newest_first,
)
from gateway_mos_ru.reads.base import MosBase, native_or_none
from gateway_mos_ru.routes import API, FEED, NEWS, NEWS_ITEM, NOTIFICATIONS, fill
from gateway_mos_ru.wire.feed import FeedPage, Happening, NewsPage, OneNews

_LINES: Final = 50
_NEWS: Final = 10
"""News of one page: each item costs a request of its own."""

_LONGEST_CURSOR: Final = 6
_ALL: Final = "a"
_REST: Final = "r"
"""A cursor of the newer feed is its page after a letter: all of its lines are wanted, or the rest,
because the older feed told of marks and homework."""


class TalkReads(MosBase):
    """What the diary tells."""

    async def list_notifications(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """Marks and homework out of the older feed, all else out of the newer, page by page.

        The older feed tells marks and homework with all their parts and comes whole, with the
        first page. Regional nodes are known to have it only. Where it is silent, the newer tells
        of marks and homework too.

        Raises:
            InvalidRequest: The cursor is none of this feed.
        """
        context = self.context(link, student)
        if cursor is not None:
            letter, page = _place(cursor)
            records, following = await self._newer(link, student, context, letter, page)
            return Reading(records, next_cursor=following)
        number = self.native(student, "student")
        params = {"student_id": number}
        if not self._has_newer(link):
            told = await link.read(
                list[Happening], API, NOTIFICATIONS, params=params, template=NOTIFICATIONS
            )
            return Reading(happening_records(context, number, told))
        events = None
        if link.offers(NOTIFICATIONS, list[Happening]):
            events = await link.enrich(
                list[Happening],
                API,
                NOTIFICATIONS,
                tells=("Notification.subject",),
                params=params,
                template=NOTIFICATIONS,
            )
        if events is None:
            records, following = await self._newer(link, student, context, _ALL, 1)
            return Reading(records, next_cursor=following)
        records, following = await self._rest(link, student, context)
        own = happening_records(context, number, events)
        return Reading(newest_first([*own, *records]), next_cursor=following)

    async def list_news(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """A page of the news for the person who is signed in, with their texts.

        Raises:
            InvalidRequest: The cursor is none of the news.
        """
        context = self.context(link, student)
        page = 1 if cursor is None else _number(cursor)
        told = await link.read(
            NewsPage, API, NEWS, params={"page": page, "per_page": _NEWS}, template=NEWS
        )
        items = told.data or []
        whole = await link.gather(
            *(
                link.enrich(
                    OneNews,
                    API,
                    fill(NEWS_ITEM, item=item.id),
                    tells=("NewsItem.text", "NewsItem.html"),
                    template=NEWS_ITEM,
                )
                for item in items
            )
        )
        texts = {item.id: text for item, text in zip(items, whole, strict=True)}
        pages = told.pagination.page_count if told.pagination is not None else None
        is_last = len(items) < _NEWS if pages is None else page >= pages
        following = None if is_last or not items else str(page + 1)
        return Reading(news_records(context, items, texts), next_cursor=following)

    def _has_newer(self, link: DiaryLink) -> bool:
        return self.node.is_moscow and link.offers(FEED, FeedPage)

    async def _newer(
        self, link: DiaryLink, student: StudentRef, context: MapContext, letter: str, page: int
    ) -> tuple[list[Record], str | None]:
        """One page of the newer feed, and where it goes on."""
        told = await link.read(FeedPage, API, FEED, params=_page(page), template=FEED)
        return _lines(link, student, context, told, letter, page)

    async def _rest(
        self, link: DiaryLink, student: StudentRef, context: MapContext
    ) -> tuple[list[Record], str | None]:
        """The newer feed's first page beside the older feed; nothing where it cannot be had."""
        told = await link.enrich(
            FeedPage,
            API,
            FEED,
            tells=("Notification.is_read",),
            params=_page(1),
            template=FEED,
        )
        if told is None:
            return [], None
        return _lines(link, student, context, told, _REST, 1)


def _lines(
    link: DiaryLink,
    student: StudentRef,
    context: MapContext,
    told: FeedPage,
    letter: str,
    page: int,
) -> tuple[list[Record], str | None]:
    items = told.data or []
    siblings = [item for item in link.session.students if item.id != student.id]
    others = {
        value.lower()
        for item in siblings
        for name in ("student", "person")
        if (value := native_or_none(item, name)) is not None
    }
    records = feed_records(context, items, others)
    if letter == _REST:
        records = [record for record in records if record["kind"] not in TOLD_BY_EVENTS]
    return records, f"{letter}{page + 1}" if len(items) >= _LINES else None


def _page(page: int) -> Params:
    return {"page": page, "npp": _LINES}


def _place(cursor: str) -> tuple[str, int]:
    """Letter and page of a cursor of the newer feed.

    Raises:
        InvalidRequest: It is none.
    """
    if cursor[:1] not in {_ALL, _REST}:
        raise InvalidRequest("the cursor is none of this feed")
    return cursor[0], _number(cursor[1:])


def _number(cursor: str) -> int:
    """A page.

    Raises:
        InvalidRequest: It is none.
    """
    if not (cursor.isascii() and cursor.isdigit() and 0 < len(cursor) <= _LONGEST_CURSOR):
        raise InvalidRequest("the cursor is none of this feed")
    return int(cursor)
