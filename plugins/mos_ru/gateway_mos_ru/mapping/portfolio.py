"""The portfolio: contests with their rewards, other rewards, state exams (protocol notes 4.11)."""

from collections.abc import Iterable

from gateway.core.text.printed import plain, printed
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.wire.portfolio import Exam, Named, PortfolioEvent, Reward


def portfolio_records(
    context: MapContext,
    events: Iterable[PortfolioEvent],
    rewards: Iterable[Reward],
    exams: Iterable[Exam],
) -> list[Record]:
    """Contests, rewards of no listed contest, and exams, newest first."""
    by_event: dict[str, list[Reward]] = {}
    for reward in rewards:
        by_event.setdefault(printed(reward.entity_id) or "", []).append(reward)
    records = [_event(context, item, by_event.pop(str(item.id), [])) for item in events]
    records += [_reward(context, item) for left in by_event.values() for item in left]
    records += [_exam(context, item) for item in exams if item.id is not None or item.name]
    return sorted(records, key=lambda record: str(record.get("date", "")), reverse=True)


def _event(context: MapContext, item: PortfolioEvent, rewards: list[Reward]) -> Record:
    record = _item(context, "event", item.id, plain(item.name) or f"№ {item.id}")
    result = "; ".join(word for word in map(_reward_word, rewards) if word)
    return _told(
        record,
        date=context.clock.day(item.start_date or item.end_date or item.creation_date),
        category=_value(item.category),
        result=result or None,
    )


def _reward(context: MapContext, item: Reward) -> Record:
    word = _value(item.reward_type)
    record = _item(context, "reward", item.id, plain(item.name) or word or f"№ {item.id}")
    return _told(
        record,
        date=context.clock.day(item.creation_date),
        category=_value(item.category),
        result=word,
    )


def _exam(context: MapContext, item: Exam) -> Record:
    key = item.id if item.id is not None else f"{item.name}"
    record = _item(context, "exam", key, plain(item.name) or f"№ {item.id}")
    mark, most = printed(item.primary_mark_value), printed(item.primary_mark_basis)
    points = f"{mark}/{most}" if mark and most else mark
    return _told(
        record,
        date=context.clock.day(item.date),
        category=plain(item.forma_gia),
        result=printed(item.normalized_mark_value) or points,
    )


def _item(context: MapContext, kind: str, key: int | str, title: str) -> Record:
    return {"id": context.keys.ids.of("portfolio", context.person, kind, key), "title": title}


def _told(record: Record, **fields: str | None) -> Record:
    return {**record, **{key: value for key, value in fields.items() if value is not None}}


def _reward_word(item: Reward) -> str | None:
    return _value(item.reward_type) or plain(item.name)


def _value(named: Named | None) -> str | None:
    return plain(named.value) if named is not None else None
