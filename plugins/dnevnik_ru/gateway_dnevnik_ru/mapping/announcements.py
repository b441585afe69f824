"""Announcements of the school."""

from collections.abc import Iterable

from gateway.core.text.printed import plain, rich
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.files import app_file_records
from gateway_dnevnik_ru.mapping.people import full_name
from gateway_dnevnik_ru.wire.mobile import MobileAttachment
from gateway_dnevnik_ru.wire.mobile_feed import Post
from gateway_dnevnik_ru.wire.posts import WebPost


def post_records(context: MapContext, posts: Iterable[Post]) -> list[Record]:
    """Announcements as the app's interface tells them."""
    records: list[Record] = []
    for index, post in enumerate(posts):
        key = post.id if post.id is not None else plain(post.event_key)
        if key is None:
            context.note(f"$.postList[{index}]", "no number")
            continue
        text, html = rich(post.text or post.content or post.subtitle)
        record: Record = {
            "id": context.keys.ids.of("announcement", key),
            "text": text,
            "html": html,
            "attachments": list(app_file_records(context, post.files or ()).values()),
        }
        author = plain(post.author_name) or full_name(
            post.author_last_name, post.author_first_name, post.author_middle_name
        )
        optional: Record = {
            "title": plain(post.title),
            "author": {"name": author} if author else None,
            "published_at": context.clock.moment(post.created_date_time),
            "is_read": post.is_readed,
        }
        record.update({key: value for key, value in optional.items() if value is not None})
        records.append(record)
    return records


def web_post_records(context: MapContext, posts: Iterable[WebPost]) -> list[Record]:
    """Announcements as the web pages read them."""
    records: list[Record] = []
    for post in posts:
        text, html = rich(post.text)
        files = post.attachments_container.files if post.attachments_container else None
        told = [MobileAttachment(file_id=item.file_id, file_name=item.name) for item in files or ()]
        record: Record = {
            "id": context.keys.ids.of("announcement", str(post.id)),
            "text": text,
            "html": html,
            "attachments": list(app_file_records(context, told).values()),
        }
        author = plain(post.author.name) if post.author else None
        optional: Record = {
            "author": {"name": author} if author else None,
            "audience": plain(post.topic_name),
            "published_at": context.clock.moment(post.created_date),
        }
        record.update({key: value for key, value in optional.items() if value is not None})
        records.append(record)
    return records
