"""Both feeds of notifications and news (protocol notes 4.8)."""

from datetime import datetime
from typing import Final

import msgspec

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons, tasks, values
from gateway_mos_ru.emulator.errors import invalid, not_found
from gateway_mos_ru.emulator.rules import FAMILY, MOBILE, Router
from gateway_mos_ru.emulator.service import Service

_MARKS: Final = {
    m.NotificationKind.NEW_MARK: "create_mark",
    m.NotificationKind.CHANGED_MARK: "update_mark",
}
_GROUPS: Final = {
    m.NotificationKind.NEW_MARK: (1, "Оценки", 11, "Новая оценка"),
    m.NotificationKind.CHANGED_MARK: (1, "Оценки", 12, "Изменена оценка"),
    m.NotificationKind.NEW_HOMEWORK: (2, "Домашние задания", 21, "Новое домашнее задание"),
    m.NotificationKind.REMARK: (3, "Комментарии", 31, "Комментарий учителя"),
    m.NotificationKind.TIMETABLE_CHANGE: (4, "Расписание", 41, "Изменение в расписании"),
    m.NotificationKind.ANNOUNCEMENT: (5, "Объявления", 51, "Объявление школы"),
    m.NotificationKind.FINAL_GRADE: (1, "Оценки", 13, "Итоговая оценка"),
}
_MOST: Final = 100
_CHANNEL: Final = 500


def register(router: Router) -> None:
    """Routes of feeds and news."""
    old, new, news = "api/family/mobile/v1/notifications", "api/instantmessages/v1", "api/news/v2"
    router.add(f"{old}/search", search, dress=MOBILE)
    router.add(f"{old}/status", status, dress=MOBILE)
    router.add(f"{new}/feed", feed, dress=FAMILY)
    router.add(f"{new}/count_new", count_new, dress=FAMILY)
    router.add(f"{new}/count_new_important", count_important, dress=FAMILY)
    for path in ("news/main/users", "news/users/v2", "news/top"):
        router.add(f"{news}/{path}", news_list, dress=FAMILY)
    router.add(f"{news}/news/{{item}}", news_item, dress=FAMILY)
    router.add(f"{news}/channels", channels, dress=FAMILY)


def stamp(at: datetime) -> str:
    """`2026-10-05 12:34:56.789`."""
    return f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}"


# -- the older feed -----------------------------------------------------------------------------


def search(call: Call) -> list[JsonObject]:
    """Marks and homework, given and changed; newest first."""
    service, student = call.service, call.student
    rows = [
        row
        for item in service.world.notifications_of(student.key)
        if (row := _happening(service, student, item)) is not None
    ]
    return rows[::-1]


def _happening(service: Service, student: m.Student, item: m.Notification) -> JsonObject | None:
    if item.kind in _MARKS:
        return _mark_row(service, student, item, service.world.mark(item.ref_key))
    if item.kind is m.NotificationKind.NEW_HOMEWORK:
        return _homework_row(service, student, item, service.world.homework_item(item.ref_key))
    return None


def _row(service: Service, student: m.Student, item: m.Notification, kind: str) -> JsonObject:
    teacher = item.teacher_key
    subject = None if item.subject_key is None else service.world.subject(item.subject_key).name
    return {
        "event_type": kind,
        "datetime": stamp(item.created_at),
        "created_at": stamp(item.created_at),
        "updated_at": stamp(item.created_at),
        "student_profile_id": ids.student_number(student.key),
        "author_profile_id": None if teacher is None else service.ids.of(ids.TEACHER, teacher),
        "teacher_name": None if teacher is None else persons.teacher_name(service, teacher),
        "subject_name": subject,
    }


def _mark_row(
    service: Service, student: m.Student, item: m.Notification, mark: m.Mark
) -> JsonObject:
    weight = values.weight_of(service, mark)
    important = service.world.work_kind(mark.work_kind_key).is_important
    changed = item.kind is m.NotificationKind.CHANGED_MARK
    return {
        **_row(service, student, item, _MARKS[item.kind]),
        "lesson_date": f"{mark.date.isoformat()} 00:00:00",
        "new_mark_value": _plain(item.new_value) or values.printed(service, mark),
        "old_mark_value": _plain(item.old_value) if changed else None,
        "new_is_exam": important,
        "old_is_exam": important if changed else None,
        "new_mark_weight": weight,
        "old_mark_weight": weight if changed else None,
        "control_form_name": service.world.work_kind(mark.work_kind_key).name,
    }


def _plain(value: str | None) -> str | None:
    return value.rstrip("+-") if value else None


def _homework_row(
    service: Service, student: m.Student, item: m.Notification, homework: m.Homework
) -> JsonObject:
    return {
        **_row(service, student, item, "create_homework"),
        "new_hw_description": tasks.text_of(homework),
        "old_hw_description": None,
        "new_date_assigned_on": f"{homework.given_on.isoformat()} 00:00:00",
        "new_date_prepared_for": f"{homework.due_on.isoformat()} 00:00:00",
    }


def status(call: Call) -> int:
    """How many lines of the older feed are unread."""
    service, person = call.service, call.access.person.key
    found = service.world.notifications_of(call.student.key)
    return sum(not service.state.is_read(person, item) for item in found)


# -- the newer feed -----------------------------------------------------------------------------


def _lines(call: Call) -> list[tuple[m.Student, m.Notification]]:
    world = call.service.world
    found = [
        (student, item)
        for student in call.access.students
        for item in world.notifications_of(student.key)
    ]
    return sorted(found, key=lambda pair: pair[1].created_at, reverse=True)


def feed(call: Call) -> JsonObject:
    """A page of everything; a filter may name one child."""
    size, page = call.number("npp", 10, most=_MOST), call.number("page", 1, most=10_000)
    found = _lines(call)
    child = _filtered_child(call)
    if child is not None:
        found = [pair for pair in found if str(ids.student_number(pair[0].key)) == child]
    rows = found[(page - 1) * size : page * size]
    return {"data": [_line(call, student, item) for student, item in rows]}


def _filtered_child(call: Call) -> str | None:
    text = call.text("filter")
    if not text:
        return None
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise invalid("filter") from error
    if not isinstance(value, dict):
        raise invalid("filter")
    child = value.get("child_id")
    return None if child is None else str(child)


def _line(call: Call, student: m.Student, item: m.Notification) -> JsonObject:
    service = call.service
    group, group_name, event, event_name = _GROUPS[item.kind]
    at = service.wall(item.created_at)
    return {
        "id": ids.guid("feed", item.key),
        "title": item.title,
        "description": item.text,
        "timestamp": int(at.timestamp()),
        "created_at": at.isoformat(timespec="seconds"),
        "is_new": not service.state.is_read(call.access.person.key, item),
        "is_important": item.kind is m.NotificationKind.ANNOUNCEMENT,
        "familiarise_required": False,
        "decision_required": False,
        "child_id": ids.student_number(student.key),
        "vcu_icon": None,
        "context": {
            "source_id": 1,
            "source_name": "Дневник",
            "event_id": event,
            "event_name": event_name,
            "setting_group_id": group,
            "setting_group_name": group_name,
        },
    }


def _unread(call: Call) -> list[m.Notification]:
    person = call.access.person.key
    return [item for _, item in _lines(call) if not call.service.state.is_read(person, item)]


def count_new(call: Call) -> int:
    """How many lines of the newer feed are unread."""
    return len(_unread(call))


def count_important(call: Call) -> int:
    """How many important ones are."""
    return sum(item.kind is m.NotificationKind.ANNOUNCEMENT for item in _unread(call))


# -- news ---------------------------------------------------------------------------------------


def _news(call: Call) -> list[m.NewsItem]:
    world = call.service.world
    found = {item.key: item for each in call.access.students for item in world.news_of(each.key)}
    return sorted(found.values(), key=lambda item: item.published_at, reverse=True)


def _news_row(service: Service, item: m.NewsItem) -> JsonObject:
    at = service.wall(item.published_at)
    return {
        "id": service.ids.of(ids.NEWS, item.key),
        "name": item.title,
        "views": len(item.text),
        "published_at": at.isoformat(timespec="seconds"),
        "is_system": False,
        "is_actual": True,
        "channel": _channel(service, item.school_key),
        "tags": [{"id": number, "name": tag} for number, tag in enumerate(item.tags, start=1)],
        "cover": None,
    }


def _channel(service: Service, school_key: str) -> JsonObject:
    number = service.ids.of(ids.SCHOOL, school_key)
    return {"id": _CHANNEL + number, "name": service.world.school(school_key).short_name}


def news_list(call: Call) -> JsonObject:
    """A page of news of the children's schools."""
    size, page = call.number("per_page", 20, most=_MOST), call.number("page", 1, most=10_000)
    found = _news(call)
    rows = found[(page - 1) * size : page * size]
    return {
        "data": [_news_row(call.service, item) for item in rows],
        "pagination": {
            "total": len(found),
            "page": page,
            "page_size": size,
            "page_count": -(-len(found) // size),
        },
    }


def news_item(call: Call) -> JsonObject:
    """One item whole."""
    service = call.service
    for item in _news(call):
        if str(service.ids.of(ids.NEWS, item.key)) == call.params["item"]:
            return {
                **_news_row(service, item),
                "content": [{"type": "TEXT", "value": [item.html]}],
                "attachments": [],
            }
    raise not_found("Новость")


def channels(call: Call) -> JsonObject:
    """The channels of the children's schools."""
    keys = dict.fromkeys(item.school_key for item in _news(call))
    return {"data": [_channel(call.service, key) for key in keys]}
