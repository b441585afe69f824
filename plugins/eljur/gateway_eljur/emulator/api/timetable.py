"""`getschedule`: lessons of a pupil or of a class (notes 4.3)."""

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.api.diary import shown_days
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.rules import Router, method
from gateway_eljur.emulator.shapes.days import (
    CANCELLED,
    Day,
    days_of,
    extday_row,
    is_gone,
    items,
    lesson_row,
)
from gateway_eljur.emulator.shapes.people import by_student


def register(router: Router) -> None:
    """Add the method of this part."""
    method(router, "getschedule", schedule)


def schedule(call: Call) -> object:
    """Days with lessons; a class is told without pupils around it."""
    group = call.class_asked()
    if group is not None:
        return {"days": _of_class(call, group)}
    start, end = call.days()
    return by_student(
        call,
        lambda student: {
            "days": {
                str(day.head()["name"]): _of_pupil(call, day)
                for day in shown_days(call, student)
                if start <= day.day <= end
            }
        },
    )


def _of_pupil(call: Call, day: Day) -> JsonObject:
    rings = call.yes("rings")
    rows = [
        (str(lesson.number), lesson_row(call, lesson, rings=rings))
        for lesson in day.lessons
        if not is_gone(lesson)
    ]
    found = day.head() | items(call, rows)
    if day.after:
        found["items_extday"] = [
            extday_row(call, lesson, place, rings=rings) for place, lesson in enumerate(day.after)
        ]
    return found


def _of_class(call: Call, group: m.ClassGroup) -> JsonObject:
    """Every group's lesson is an item of its own, so that numbers repeat."""
    world, rings = call.service.world, call.yes("rings")
    start, end = call.days()
    lessons = world.lessons_of_class(group.key, start, end)
    days = days_of(world, world.school(group.school_key), lessons, start, end)
    found: JsonObject = {}
    for day in days:
        row = day.head() | {
            "items": [
                lesson_row(call, lesson, rings=rings)
                | ({"name": CANCELLED} if is_gone(lesson) else {})
                for lesson in day.lessons
            ]
        }
        if day.after:
            row["items_extday"] = [
                extday_row(call, lesson, place, rings=rings)
                | {
                    "is_register_open": False,
                    "register_id": "",
                    "description": "",
                    "is_student_registered": False,
                }
                for place, lesson in enumerate(day.after)
            ]
        found[str(row["name"])] = row
    return found
