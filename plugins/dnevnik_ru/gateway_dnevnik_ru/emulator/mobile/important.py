"""The app's start page: next lessons, new marks, what is coming (protocol notes 4.9)."""

from datetime import date, datetime, time, timedelta
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import unix
from gateway_dnevnik_ru.emulator.mobile.envelope import (
    MobileRoutes,
    is_modern,
    is_restricted,
    plain_day,
    stamp,
)
from gateway_dnevnik_ru.emulator.mobile.notifications import post_json
from gateway_dnevnik_ru.emulator.mobile.parts import (
    averages_json,
    by_work,
    comment_json,
    hours_json,
    important_works,
    mark_json,
    recent_mark_json,
    student_and_group,
    subject_json,
)
from gateway_dnevnik_ru.emulator.mobile.rating import rating_card
from gateway_dnevnik_ru.emulator.partner.averages import by_subject
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject

_RECENT: Final = 10
_POSTS: Final = 5
_COMING: Final = timedelta(days=7)
_BIG_FROM: Final = 2  # so many values in a cell make a big card


def register(router: Router) -> None:
    """Add the path of this part."""
    MobileRoutes(router).get("persons/{person}/groups/{group}/important", important)


def important(call: Call) -> object:
    """`…/important`; newer versions wrap recent marks and tell the ranking elsewhere."""
    student, group = student_and_group(call)
    book, today = call.service.book, call.service.world.today
    lessons = book.lessons(student, group.klass.key, today, today)
    next_day = book.next_school_day(group.klass.key, today)
    coming = book.lessons(student, group.klass.key, next_day, next_day)
    card = rating_card(call, student, group.klass.key)
    body: JsonObject = {
        "schedule": {
            "todayLessons": [_lesson(call, item) for item in lessons],
            "tomorrowLessons": [_lesson(call, item) for item in coming],
            "nextLessonDate": plain_day(call, next_day),
        },
        "recentMarks": _recent(call, student, group.klass.key),
        "homeworksProgress": _progress(call, student, coming),
        "childLocationInfo": None,
        "feed": _feed(call, student, group.klass.key),
    }
    if is_modern(call):
        return body | {"ratingFeedWidget": {"commonGroupRatingEvent": card}}
    return body | {"rating": card}


def _lesson(call: Call, lesson: m.Lesson) -> JsonObject:
    return {
        "id": call.service.ids.of(ids.LESSON, lesson.key),
        "number": lesson.number or 0,
        "place": lesson.room or "",
        "startTime": stamp(call, lesson.starts_at),
        "endTime": stamp(call, lesson.ends_at),
        "hours": hours_json(lesson),
        "subject": subject_json(call, lesson.subject_key),
    }


def _recent(call: Call, student: m.Student, class_key: str) -> list[JsonObject]:
    shown = [m_ for m_ in call.service.book.marks_of(student.key) if m_.class_key == class_key]
    shown.sort(key=lambda mark: mark.given_at, reverse=True)
    cells = list(by_work(call, shown).values())[:_RECENT]
    cards = [recent_mark_json(call, cell) for cell in cells]
    if not is_modern(call):
        return cards
    return [
        {
            "type": "BigMark" if len(cell) >= _BIG_FROM else "SmallMark",
            "content": card,
            "metadata": {"isRestricted": False},
        }
        for cell, card in zip(cells, cards, strict=True)
    ]


def _progress(call: Call, student: m.Student, lessons: list[m.Lesson]) -> JsonObject:
    book, state = call.service.book, call.service.state
    due = {lesson.key: book.homework_at(student, lesson) for lesson in lessons}
    with_homework = [key for key, items in due.items() if items]
    done = [
        key
        for key in with_homework
        if all(state.is_done(student.key, item.key) for item in due[key])
    ]
    return {
        "totalLessonsWithHomeworksCount": len(with_homework),
        "completedLessonsWithHomeworksCount": len(done),
        "lessonWithHomeworksIds": [call.service.ids.of(ids.LESSON, key) for key in with_homework],
    }


def _feed(call: Call, student: m.Student, class_key: str) -> list[JsonObject]:
    """Control works of the next days, the last week's marks, remarks, the newest announcements."""
    items: list[JsonObject] = []
    works = _coming_works(call, student, class_key)
    if works:
        items.append(_item(call, "ImportantWork", call.service.world.today, {"works": works}))
    summary = _summary(call, student, class_key)
    if summary is not None:
        items.append(_item(call, "WeekSummary", call.service.world.today, summary))
    if not is_modern(call):
        items += _comments(call, student, class_key)
    posts = sorted(
        call.service.world.announcements_of(student.key),
        key=lambda item: item.published_at,
        reverse=True,
    )
    for post in posts[:_POSTS]:
        content = post_json(call, post)
        items.append(_item(call, "Post", post.published_at.date(), content))
    return items


def _item(call: Call, kind: str, day: date, content: JsonObject) -> JsonObject:
    zone = call.service.world.zone_of(call.access.students[0].school_key)
    moment = datetime.combine(day, time(12), zone)
    return {"type": kind, "timeStamp": unix(moment), "content": content}


def _coming_works(call: Call, student: m.Student, class_key: str) -> list[JsonObject]:
    world, book = call.service.world, call.service.book
    found: list[JsonObject] = []
    first = world.today + timedelta(days=1)
    for lesson in book.lessons(student, class_key, first, world.today + _COMING):
        own = [m_ for m_ in book.marks_of(student.key) if m_.subject_key == lesson.subject_key]
        found += [
            {
                "date": plain_day(call, lesson.date),
                "workTypeName": world.work_kind(work.work_kind_key).name,
                "subject": subject_json(call, lesson.subject_key),
                "knowledgeArea": world.subject(lesson.subject_key).area,
                "lessonId": call.service.ids.of(ids.LESSON, lesson.key),
                "lessonNumber": lesson.number or 0,
                "averageMarks": averages_json(call, own),
                "summativeMarks": None,
                "messengerEntryPoint": None,
            }
            for work in important_works(call, lesson)
        ]
    return found


def _summary(call: Call, student: m.Student, class_key: str) -> JsonObject | None:
    """Marks of the last whole week by subject; averages are sold in newer versions."""
    today, book = call.service.world.today, call.service.book
    monday = today - timedelta(days=today.weekday() + 7)
    marks = book.marks_of(student.key, monday, monday + timedelta(days=6))
    rows = by_subject([mark for mark in marks if mark.class_key == class_key])
    if not rows:
        return None
    items: list[JsonObject] = []
    for key, own in rows.items():
        item: JsonObject = {
            "date": plain_day(call, own[-1].date),
            "subject": subject_json(call, key),
            "subjectMarks": [
                {"marks": [mark_json(call, mark) for mark in cell]}
                for cell in by_work(call, own).values()
            ],
            "averageMarks": averages_json(call, own),
            "messengerEntryPoint": None,
        }
        if is_restricted(call):
            item["averageMarks"] = None
            item["metadata"] = {"isRestricted": True}
        items.append(item)
    return {"date": plain_day(call, monday), "items": items}


def _comments(call: Call, student: m.Student, class_key: str) -> list[JsonObject]:
    """Remarks of the last week as lines of their own; newer versions no longer send them."""
    world = call.service.world
    since = world.today - _COMING
    lessons = call.service.book.lessons(student, class_key, since, world.today)
    found = []
    for lesson in lessons:
        comment = comment_json(call, student, lesson)
        if comment is not None:
            content: JsonObject = {
                "lessonId": call.service.ids.of(ids.LESSON, lesson.key),
                "subject": subject_json(call, lesson.subject_key),
                "comment": comment,
            }
            found.append(_item(call, "TeacherLessonComment", lesson.date, content))
    return found
