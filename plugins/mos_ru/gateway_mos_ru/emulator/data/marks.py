"""Marks by date and one mark whole (protocol notes 4.4)."""

from collections import Counter

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons, values
from gateway_mos_ru.emulator.errors import forbidden, not_found
from gateway_mos_ru.emulator.rules import MOBILE, Router, both
from gateway_mos_ru.emulator.service import Service


def register(router: Router) -> None:
    """Routes of marks; the details belong to the application."""
    both(router, "marks", marks, cached=True)
    router.add("api/family/mobile/v1/marks/{mark}", mark, dress=MOBILE, cached=True)


def marks(call: Call) -> JsonObject:
    """Marks by the day of the lesson; those of past school years are not told."""
    start, end = call.days()
    service = call.service
    found = service.book.marks(call.student, start, end)
    return {"payload": [values.dated(service, item) for item in found]}


def mark(call: Call) -> JsonObject:
    """One mark with its history and what the class got."""
    service, student = call.service, call.student
    key = service.ids.key(ids.MARK, call.params["mark"])
    if key is None:
        raise not_found("Оценка")
    found = service.world.mark(key)
    if found.student_key != student.key:
        raise forbidden()
    if found not in service.book.marks(student, found.date, found.date):
        raise not_found("Оценка")
    lesson = service.world.lesson(found.lesson_key)
    return {
        **values.dated(service, found),
        "teacher": persons.teacher_card(service, found.teacher_key),
        "activity": {
            "schedule_item_id": service.ids.of(ids.LESSON, lesson.key),
            "lesson_topic": lesson.topic,
        },
        "history": _history(service, found),
        "class_results": _class_results(service, found),
        "result_files": [],
        "student_work_result_files": [],
        "theme_mastery": None,
    }


def _history(service: Service, found: m.Mark) -> list[JsonObject]:
    """What stood there before: corrections, and the mark that a retake was written over."""
    rows: list[JsonObject] = []
    if found.replaces is not None:
        old = service.world.mark(found.replaces)
        rows.append(_change(values.printed(service, old), values.printed(service, found), found))
    rows += [
        {
            "before": item.before,
            "after": item.after,
            "date": f"{item.at:%Y-%m-%dT%H:%M:%S}",
        }
        for item in found.corrections
    ]
    return rows


def _change(before: str, after: str, found: m.Mark) -> JsonObject:
    return {"before": before, "after": after, "date": f"{found.given_at:%Y-%m-%dT%H:%M:%S}"}


def _class_results(service: Service, found: m.Mark) -> JsonObject:
    peers = service.book.classmates_marks(found)
    counted = Counter((values.five(service, peer), values.printed(service, peer)) for peer in peers)
    return {
        "total_students": len({peer.student_key for peer in peers}),
        "marks_distributions": [
            {
                "mark_value": {"five": five, "origin": origin},
                "number_of_students": number,
                "percentage_of_students": round(100 * number / len(peers)),
            }
            for (five, origin), number in sorted(counted.items(), key=lambda pair: pair[0][1])
        ],
    }
