"""News (protocol notes 4.8)."""

from collections.abc import Iterable, Mapping

from gateway.core.text.printed import plain, rich
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.wire.feed import NewsItem, NewsPart, OneNews

_TEXT = "TEXT"


def news_records(
    context: MapContext, items: Iterable[NewsItem], whole: Mapping[int, OneNews | None]
) -> list[Record]:
    """News in the service's order.

    Args:
        context: Where they belong.
        items: The list, which tells no content.
        whole: Items by number as far as they could be read whole.
    """
    records: list[Record] = []
    for item in items:
        record: Record = {
            "id": context.keys.ids.of("news", item.id),
            "title": plain(item.name) or f"№ {item.id}",
        }
        moment = context.clock.moment(item.published_at)
        if moment is not None:
            record["published_at"] = moment
        told = whole.get(item.id)
        content = item.content
        if content is None and told is not None:
            content = told.content if told.content is not None else _wrapped(told)
        if content is not None:
            record["text"], record["html"] = _texts(content)
        records.append(record)
    return records


def _wrapped(told: OneNews) -> list[NewsPart] | None:
    return told.data.content if told.data is not None else None


def _texts(content: Iterable[NewsPart]) -> tuple[str, str | None]:
    """Plain text, and HTML where the text has markup."""
    parts: list[str] = []
    for part in content:
        if (part.type or _TEXT).upper() == _TEXT and part.value is not None:
            values = part.value if isinstance(part.value, list) else [part.value]
            parts += [str(value) for value in values]
    return rich("\n".join(parts))
