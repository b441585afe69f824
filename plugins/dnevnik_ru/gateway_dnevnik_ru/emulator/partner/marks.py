"""Marks by every key that they can be asked by (protocol notes 4.5)."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call, day_of, days_of_path
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.wire.lessons import (
    bundle_subjects,
    lesson_json,
    log_entries_json,
)
from gateway_dnevnik_ru.emulator.wire.marks import VALUES, final_mark_json, mark_json
from gateway_dnevnik_ru.emulator.wire.works import (
    assignment_json,
    homework_json,
    work_type_json,
)

_RECENT: Final = 10
_RECENT_MOST: Final = 100


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router)
    routes.get("persons/{person}/schools/{school}/marks/{from}/{to}", in_school)
    routes.get("persons/{person}/edu-groups/{group}/marks/{from}/{to}", in_group)
    routes.get("persons/{person}/subjects/{subject}/marks/{from}/{to}", in_subject)
    routes.get("persons/{person}/marks/{date}", graded_on)
    routes.get("lessons/{date}/persons/{person}/marks", lessons_on)
    routes.get("persons/{person}/lessons/{lesson}/marks", of_person_in_lesson)
    routes.get("persons/{person}/works/{work}/marks", of_person_for_work)
    routes.get("lessons/{lesson}/marks", of_lesson)
    routes.get("works/{work}/marks", of_work)
    routes.get("marks/values", values)
    routes.get("marks/values/type/{type}", values_of_type)
    routes.get("marks/{mark}", mark)
    routes.post("lessons/marks", of_lessons)
    routes.get("edu-groups/{group}/marks/{from}/{to}", of_group)
    routes.get("edu-groups/{group}/subjects/{subject}/marks/{from}/{to}", of_group_in_subject)
    routes.get("persons/{person}/group/{group}/recentmarks", recent, cached=False)
    routes.get("works/{work}/marks/histogram", histogram)
    routes.get(
        "periods/{period}/subjects/{subject}/groups/{group}/marks/histogram", period_histogram
    )


def _json(call: Call, marks: Iterable[m.Mark]) -> list[JsonObject]:
    return [mark_json(call.service, item) for item in marks]


def _own(call: Call) -> list[m.Mark]:
    """An own child's marks of the range in the path, by the date of the lesson."""
    student = call.access.student(call.params["person"])
    return call.service.book.marks_of(student.key, *days_of_path(call))


def in_school(call: Call) -> object:
    """`persons/{p}/schools/{s}/marks/{from}/{to}`: the main list."""
    school = call.access.school(call.params["school"])
    return _json(call, [item for item in _own(call) if item.school_key == school.key])


def in_group(call: Call) -> object:
    """`persons/{p}/edu-groups/{g}/marks/{from}/{to}`."""
    group = call.access.own_group(call.params["group"])
    marks = [item for item in _own(call) if item.class_key == group.klass.key]
    if group.part is not None:
        world = call.access.world
        marks = [
            item for item in marks if world.lesson(item.lesson_key).group_key == group.part.key
        ]
    return _json(call, marks)


def in_subject(call: Call) -> object:
    """`persons/{p}/subjects/{s}/marks/{from}/{to}`."""
    subject = call.access.subject(call.params["subject"])
    return _json(call, [item for item in _own(call) if item.subject_key == subject.key])


def graded_on(call: Call) -> object:
    """`persons/{p}/marks/{date}`: what was entered on that day."""
    student = call.access.student(call.params["person"])
    day = day_of(call.params["date"], "date")
    shown = call.service.book.marks_of(student.key)
    return _json(call, [item for item in shown if item.given_at.date() == day])


def lessons_on(call: Call) -> object:
    """`lessons/{date}/persons/{p}/marks`: marks of that day's lessons."""
    student = call.access.student(call.params["person"])
    day = day_of(call.params["date"], "date")
    return _json(call, call.service.book.marks_of(student.key, day, day))


def of_person_in_lesson(call: Call) -> object:
    """`persons/{p}/lessons/{l}/marks`; open to classmates as class pages ask it."""
    student = call.access.mate(call.params["person"])
    lesson = call.access.lesson(call.params["lesson"])
    return _json(call, call.service.book.student_marks_at(student, lesson))


def of_person_for_work(call: Call) -> object:
    """`persons/{p}/works/{w}/marks`; open to classmates as class pages ask it."""
    student = call.access.mate(call.params["person"])
    found = _for_work(call, call.params["work"])
    return _json(call, [item for item in found if item.student_key == student.key])


def of_lesson(call: Call) -> object:
    """`lessons/{l}/marks`: the whole class's."""
    lesson = call.access.lesson(call.params["lesson"])
    return _json(call, call.service.book.marks_at.get(lesson.key, ()))


def of_lessons(call: Call) -> object:
    """POST `lessons/marks`: of several lessons."""
    found = [call.access.lesson(number) for number in call.many("lessons", "ids")]
    marks = call.service.book.marks_at
    return [mark for item in found for mark in _json(call, marks.get(item.key, ()))]


def _for_work(call: Call, number: str) -> tuple[m.Mark, ...]:
    key = call.service.ids.key(ids.WORK, number)
    if key is None:
        raise invalid("work")
    found = call.service.book.marks_for.get(key, ())
    if found and found[0].class_key not in call.access.class_keys:
        raise ApiError("systemForbidden")
    return found


def of_work(call: Call) -> object:
    """`works/{w}/marks`: the whole class's."""
    return _json(call, _for_work(call, call.params["work"]))


def mark(call: Call) -> object:
    """`marks/{id}`: of own children alone."""
    key = call.service.ids.key(ids.MARK, call.params["mark"])
    if key is None:
        raise invalid("mark")
    own = {student.key for student in call.access.students}
    final = next((item for item in call.access.world.final_grades if item.key == key), None)
    if final is not None:
        if final.student_key not in own:
            raise ApiError("ownerForbidden")
        return final_mark_json(call.service, final)
    item = call.access.world.mark(key)
    if item.student_key not in own:
        raise ApiError("ownerForbidden")
    if item not in call.service.book.marks_at.get(item.lesson_key, ()):
        raise invalid("mark")
    return mark_json(call.service, item)


def _class_marks(call: Call) -> list[m.Mark]:
    group = call.access.own_group(call.params["group"])
    start, end = days_of_path(call)
    world = call.access.world
    return [
        item
        for item in call.service.book.marks_in.get(group.klass.key, ())
        if start <= item.date <= end
        and (group.part is None or world.lesson(item.lesson_key).group_key == group.part.key)
    ]


def of_group(call: Call) -> object:
    """`edu-groups/{g}/marks/{from}/{to}`: the whole class's."""
    return _json(call, _class_marks(call))


def of_group_in_subject(call: Call) -> object:
    """`edu-groups/{g}/subjects/{s}/marks/{from}/{to}`."""
    subject = call.access.subject(call.params["subject"])
    return _json(call, [i for i in _class_marks(call) if i.subject_key == subject.key])


def recent(call: Call) -> object:
    """`persons/{p}/group/{g}/recentmarks?fromDate&subject&limit`: with what they name."""
    service, book, world = call.service, call.service.book, call.access.world
    student = call.access.student(call.params["person"])
    group = call.access.own_group(call.params["group"])
    start = call.text("fromDate")
    since = day_of(start, "fromDate") if start else None
    subject = call.text("subject")
    subject_key = call.access.subject(subject).key if subject else None
    shown = [
        item
        for item in book.marks_of(student.key)
        if item.class_key == group.klass.key
        and (since is None or item.given_at.date() >= since)
        and (subject_key is None or item.subject_key == subject_key)
    ]
    shown.sort(key=lambda item: item.given_at, reverse=True)
    marks = shown[: _limit(call)]
    lessons = {item.lesson_key: world.lesson(item.lesson_key) for item in marks}
    kinds = dict.fromkeys(item.work_kind_key for item in marks)
    school = world.school(group.klass.school_key)
    return {
        "marks": _json(call, marks),
        "criteriabasedmarks": [],
        "works": [_work(call, key) for key in dict.fromkeys(map(book.work_of_mark, marks))],
        "subjects": bundle_subjects(service, lessons.values()),
        "workTypes": [work_type_json(service, school, world.work_kind(key)) for key in kinds],
        "lessons": [lesson_json(service, (student,), item) for item in lessons.values()],
        "lessonLogEntries": [
            entry
            for item in lessons.values()
            for entry in log_entries_json(service, item, (student.key,))
        ],
    }


def _work(call: Call, key: str) -> JsonObject:
    assignment = call.service.book.assignments.get(key)
    if assignment is not None:
        return assignment_json(call.service, assignment)
    return homework_json(call.service, call.access.world.homework_item(key))


def _limit(call: Call) -> int:
    text = call.text("limit") or str(_RECENT)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _RECENT_MOST:
        raise invalid("limit")
    return int(text)


def values(_call: Call) -> object:
    """`marks/values`: signs by type."""
    return VALUES


def values_of_type(call: Call) -> object:
    """`marks/values/type/{t}`."""
    found = VALUES.get(call.params["type"].lower())
    if found is None:
        raise invalid("type")
    return found


def _numbers(marks: Iterable[m.Mark]) -> list[JsonObject]:
    by_number: dict[int, Counter[str]] = {}
    for item in marks:
        by_number.setdefault(item.cell_index, Counter())[item.text] += 1
    return [
        {
            "markNumber": number,
            "marks": [{"value": text, "count": count} for text, count in sorted(counts.items())],
        }
        for number, counts in sorted(by_number.items())
    ]


def histogram(call: Call) -> object:
    """`works/{w}/marks/histogram`: how often each sign was given, nobody named."""
    return {"markNumbers": _numbers(_for_work(call, call.params["work"]))}


def period_histogram(call: Call) -> object:
    """`periods/{per}/subjects/{s}/groups/{g}/marks/histogram`: the same by work."""
    period = call.access.period(call.params["period"])
    subject = call.access.subject(call.params["subject"])
    group = call.access.own_group(call.params["group"])
    by_work: dict[str, list[m.Mark]] = {}
    for item in call.service.book.marks_in.get(group.klass.key, ()):
        if item.subject_key == subject.key and period.starts <= item.date <= period.ends:
            by_work.setdefault(call.service.book.work_of_mark(item), []).append(item)
    return {
        "works": [
            big("workId", call.service.ids.of(ids.WORK, key)) | {"markNumbers": _numbers(marks)}
            for key, marks in by_work.items()
        ]
    }
