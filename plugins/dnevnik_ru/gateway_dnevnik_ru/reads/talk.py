"""Announcements and the feed."""

from datetime import date, timedelta

from gateway.core.contract.link import DiaryLink, Params
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidRequest
from gateway.core.model.people import Role
from gateway_dnevnik_ru.mapping.announcements import post_records, web_post_records
from gateway_dnevnik_ru.mapping.notifications import feed_records, important_records
from gateway_dnevnik_ru.reads.base import DnevnikBase, first_offered, is_web, native_or_none
from gateway_dnevnik_ru.routes import (
    API,
    APP_IMPORTANT,
    APP_POSTS,
    FEED,
    WEB,
    WEB_POSTS,
    fill,
)
from gateway_dnevnik_ru.wire.feed import Feed
from gateway_dnevnik_ru.wire.mobile_feed import Important, Posts
from gateway_dnevnik_ru.wire.posts import WebPosts

_FEED_DAYS = 7
_POSTS = 20
_LONGEST_CURSOR = 20


class TalkReads(DnevnikBase):
    """What the school and the diary tell."""

    async def list_announcements(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """Announcements: all at once with a token, page by page with a browser's cookies."""
        routes = ((APP_POSTS, Posts), (WEB_POSTS, WebPosts))
        if is_web(link) or first_offered(link, routes) == WEB_POSTS:
            return await self._web_posts(link, student, cursor)
        context = self.context(link, student)
        path = fill(
            APP_POSTS,
            version=self.version(link),
            person=context.person,
            school=self.native(student, "school"),
        )
        told = await link.read(Posts, API, path, template=APP_POSTS)
        return Reading(post_records(context, told.post_list or ()))

    async def list_notifications(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """A week of the feed, back from the day that the cursor names or from today."""
        context = self.context(link, student)
        routes = ((FEED, Feed), (APP_IMPORTANT, Important))
        if first_offered(link, routes) == APP_IMPORTANT:
            path = fill(
                APP_IMPORTANT,
                version=self.version(link),
                person=context.person,
                group=self.native(student, "group"),
            )
            page = await link.read(Important, API, path, template=APP_IMPORTANT)
            return Reading(important_records(context, page))
        day = _day(cursor) if cursor else link.today(context.clock.zone.key)
        params: Params = {
            "date": day.isoformat(),
            "childPersonId": context.person if link.session.role is Role.GUARDIAN else None,
            "limit": _FEED_DAYS,
        }
        feed = await link.read(Feed, API, FEED, params=params, template=FEED)
        days = feed.days or []
        dates = sorted(text for text in (context.clock.day(item.date) for item in days) if text)
        earlier = None
        if dates and dates[0] <= day.isoformat():
            earlier = (date.fromisoformat(dates[0]) - timedelta(days=1)).isoformat()
        records = feed_records(context, days, is_first=cursor is None)
        return Reading(records, next_cursor=earlier)

    async def _web_posts(self, link: DiaryLink, student: StudentRef, cursor: str | None) -> Reading:
        context = self.any_context(link, student)
        topic = f"school_{self.native(student, 'school')}"
        group = native_or_none(student, "group")
        if group is not None:
            topic += f"_group_{group}"
        if cursor is not None and not (cursor.isascii() and cursor.isdigit()):
            raise InvalidRequest("the cursor is none of this feed")
        told = await link.read(
            WebPosts,
            WEB,
            fill(WEB_POSTS, topic=topic),
            params={"date": cursor, "take": _POSTS},
            template=WEB_POSTS,
        )
        moments = [
            int(str(post.created_date)) for post in told.posts if _is_unix(post.created_date)
        ]
        full = len(told.posts) >= _POSTS and moments
        following = str(min(moments)) if full else None
        return Reading(
            web_post_records(context, told.posts),
            next_cursor=None if following == cursor else following,
        )


def _is_unix(value: object) -> bool:
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < _LONGEST_CURSOR


def _day(cursor: str) -> date:
    try:
        return date.fromisoformat(cursor)
    except ValueError:
        raise InvalidRequest("the cursor is none of this feed") from None
