"""The timetable: every source of events (protocol notes 4.2)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.access import PARENT_ROLE
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import presence, tasks, values
from gateway_mos_ru.emulator.errors import invalid, not_found
from gateway_mos_ru.emulator.rules import EVENTS, Router
from gateway_mos_ru.emulator.service import Service

OLYMPIAD: Final = "OLYMPIAD"
SOURCES: Final = frozenset(
    {slots.PLAN, slots.EXTRA, slots.ADDITIONAL, OLYMPIAD}
    | {"EVENTS", "AFISHA", "ORGANIZER", "PROF"}
)
_KINDS: Final = {
    m.EventKind.OLYMPIAD: OLYMPIAD,
    m.EventKind.CONTEST: OLYMPIAD,
    m.EventKind.EXCURSION: "EVENTS",
    m.EventKind.PERFORMANCE: "AFISHA",
    m.EventKind.MEETING: "ORGANIZER",
}
_STAGES: Final = {"Школьный": "Школьный этап", "Муниципальный": "Муниципальный этап"}
_EXPANDABLE: Final = (
    *("marks", "homework", "absence_reason_id", "health_status", "nonattendance_reason_id"),
)
_SUPERSET: Final = dict.fromkeys(
    (
        *("activities", "address", "author_id", "author_name", "building_name", "city_building_id"),
        *("class_unit_ids", "class_unit_name", "comment", "comment_count", "comments"),
        *(
            "conference_link",
            "contact_email",
            "contact_name",
            "contact_phone",
            "course_lesson_type",
        ),
        *("created_at", "description", "esz_field_id", "external_activities_type", "format_name"),
        *("group_id", "group_name", "homework", "is_all_day", "is_metagroup", "journal_fill"),
        *("lesson_education_type", "lesson_form", "lesson_id", "lesson_name", "lesson_theme"),
        *("lesson_type", "link_to_join", "marks", "materials", "place", "place_latitude"),
        *("place_longitude", "registration_end_at", "registration_start_at", "replaced"),
        *("replaced_teacher_id", "room_name", "room_number", "stage", "subject_id", "subjects"),
        *("title", "types", "updated_at", "url", "visible_fake_group"),
        *("health_status", "absence_reason_id", "nonattendance_reason_id"),
    )
)
_CONTROL, _USUAL = "THEMATIC_TEST", "LESSON"


def register(router: Router) -> None:
    """Routes of the timetable."""
    base = "api/eventcalendar/v1/api/events"
    router.add(base, events, dress=EVENTS)
    router.add(f"{base}/{{event}}", event, dress=EVENTS)


def events(call: Call) -> JsonObject:
    """Everything between two days, of one or several children."""
    start, end = call.days("begin_date", "end_date")
    people = call.many("person_ids", "person_id")
    if not people:
        raise invalid("person_ids", "обязательный параметр")
    sources = set(call.many("source_types")) or set(SOURCES)
    if not sources <= SOURCES:
        raise invalid("source_types")
    expand = frozenset(call.many("expand"))
    rows = [
        row
        for person in people
        for row in _rows(call, call.access.child_by_person(person), start, end, sources, expand)
    ]
    rows.sort(key=lambda row: str(row["start_at"]))
    return {"total_count": len(rows), "response": rows, "errors": None}


def event(call: Call) -> JsonObject:
    """One event with everything about it."""
    source, number = call.text("source"), call.params["event"]
    expand = frozenset(_EXPANDABLE)
    for student in call.access.students:
        key = call.service.ids.key(ids.LESSON, number)
        slot = None if key is None else call.service.book.slot(student, key)
        if slot is not None and slot.source == source:
            return slot_event(call.service, student, slot, expand)
        for item in _school_events(call, student, None, None):
            if str(call.service.ids.of(ids.EVENT, item.key)) == number:
                return school_event(call.service, item)
    raise not_found("Событие")


def _rows(
    call: Call,
    student: m.Student,
    start: date,
    end: date,
    sources: set[str],
    expand: frozenset[str],
) -> list[JsonObject]:
    found = call.service.book.slots(student, start, end)
    rows = [slot_event(call.service, student, s, expand) for s in found if s.source in sources]
    rows += [
        school_event(call.service, item)
        for item in _school_events(call, student, start, end)
        if _KINDS[item.kind] in sources
    ]
    return rows


def _school_events(
    call: Call, student: m.Student, start: date | None, end: date | None
) -> list[m.SchoolEvent]:
    """Events of the school; apart from contests they are addressed to parents."""
    world = call.service.world
    return [
        item
        for item in world.events_of(student.key, start, end)
        if item.announced_at.date() <= world.today
        and (_KINDS[item.kind] == OLYMPIAD or call.access.role == PARENT_ROLE)
    ]


def moment(service: Service, at: datetime) -> str:
    """A moment with the installation's offset."""
    return service.wall(at).isoformat(timespec="seconds")


def slot_event(
    service: Service, student: m.Student, slot: slots.Slot, expand: frozenset[str]
) -> JsonObject:
    """A lesson, an extracurricular lesson or a club as an event."""
    number = service.ids.of(ids.LESSON, slot.key)
    dressed: dict[str, Callable[[], object]] = {
        "marks": lambda: [
            values.of_event(service, mark) for mark in service.book.marks_at(student, slot)
        ],
        "homework": lambda: slot_homework(service, student, slot),
        "absence_reason_id": lambda: presence.absence_reason(service, student, slot),
        "health_status": lambda: service.book.health_at(student, slot),
        "nonattendance_reason_id": lambda: presence.announced_reason(service, student, slot),
    }
    body: JsonObject = {
        "id": number,
        "source": slot.source,
        "source_id": str(number),
        "start_at": moment(service, slot.starts_at),
        "finish_at": moment(service, slot.ends_at),
        "cancelled": slot.cancelled,
        "is_missed_lesson": service.book.absence_at(student, slot) is not None,
        **_SUPERSET,
        "subject_name": slot.title if slot.source == slots.PLAN else slot.group_name,
        "replaced": slot.replaced,
        "group_id": service.ids.of(ids.GROUP, slot.group_key),
        "group_name": slot.group_name,
        "lesson_name": slot.topic,
        "lesson_education_type": slots.EDUCATION[slot.source],
        **_place(service, slot),
    }
    return body | {name: make() for name, make in dressed.items() if name in expand}


def _place(service: Service, slot: slots.Slot) -> JsonObject:
    """What differs between the sources: additional education tells a place, no room."""
    if slot.source == slots.ADDITIONAL:
        return {
            "subject_id": 0,
            "place": slot.room or slot.building,
            "esz_field_id": service.ids.of(ids.EXTRA_FIELD, slot.group_key),
            "lesson_theme": slot.topic,
        }
    found: JsonObject = {
        "room_number": slot.room or "",
        "room_name": slot.building or "",
        "building_name": slot.building,
    }
    if slot.source == slots.EXTRA:
        return found
    assert slot.subject is not None and slot.lesson is not None  # noqa: S101, PT018 - a PLAN entry
    remote = slot.lesson.form is m.LessonForm.REMOTE
    return {
        **found,
        "subject_id": service.ids.of(ids.SUBJECT, slot.subject.key),
        "lesson_type": "REMOTE" if remote else "NORMAL",
        "course_lesson_type": _CONTROL if slot.lesson.is_control else _USUAL,
        "link_to_join": slot.lesson.remote_url,
    }


def slot_homework(service: Service, student: m.Student, slot: slots.Slot) -> JsonObject:
    """The homework due at a lesson, counted and in words."""
    items = service.book.homework_at(student, slot)
    told = [item for item in items if not item.is_empty]
    done = [item for item in told if service.state.is_done(student.key, item.key)]
    modes = [tasks.counts(item) for item in told]
    materials = {
        "count_execute": sum(mode.get(tasks.EXECUTE, 0) for mode in modes),
        "count_learn": sum(mode.get(tasks.LEARN, 0) for mode in modes),
        "count_homework": len(told),
    }
    with_materials = materials["count_execute"] or materials["count_learn"]
    return {
        "presence_status_id": 1,
        "total_count": len(told),
        "execute_count": len(done),
        "descriptions": [tasks.text_of(item) for item in items],
        "link_types": None,
        "materials": materials if with_materials else None,
        "entries": [
            {
                "homework_entry_id": service.ids.of(ids.ENTRY, item.key),
                "description": tasks.text_of(item),
                "duration": item.minutes,
                "materials": None,
            }
            for item in items
        ],
    }


def school_event(service: Service, item: m.SchoolEvent) -> JsonObject:
    """An olympiad or an event of the school."""
    number = service.ids.of(ids.EVENT, item.key)
    subject = None if item.subject_key is None else service.world.subject(item.subject_key)
    stage = next((name for word, name in _STAGES.items() if item.title.startswith(word)), "")
    return {
        "id": number,
        "source": _KINDS[item.kind],
        "source_id": str(number),
        "start_at": moment(service, item.starts_at),
        "finish_at": moment(service, item.ends_at),
        "cancelled": item.state is m.EventState.CANCELLED,
        "is_missed_lesson": False,
        **_SUPERSET,
        "subject_name": item.title,
        "title": item.title,
        "description": item.text,
        "format_name": "Очный",
        "stage": stage,
        "place": item.place,
        "address": item.address,
        "url": item.url or "",
        "subjects": [] if subject is None else [{"name": subject.name}],
        "author_name": item.organiser,
    }
