"""Homework as diary and list write it (notes 4.2, 4.4)."""

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.shapes.files import file, resources

NOTHING = "Без задания"


def due_at(call: Call, student: m.Student, lesson: m.Lesson) -> list[m.Homework]:
    """A pupil's homework for a lesson."""
    return [
        item
        for item in call.service.world.homework_at(lesson.key)
        if item.student_keys is None or student.key in item.student_keys
    ]


def tasks(found: list[m.Homework]) -> list[JsonObject]:
    """Pieces of homework, numbered within the lesson."""
    return [
        {
            "id": number,
            "value": NOTHING if item.is_empty else item.text,
            "individual": item.individual,
        }
        for number, item in enumerate(found, start=1)
    ]


def numbered(rows: list[JsonObject]) -> JsonObject:
    """The same under their numbers."""
    return {str(row["id"]): row for row in rows}


def files(call: Call, found: list[m.Homework]) -> list[JsonObject]:
    """Files of homework, each with the number of the piece that it belongs to."""
    return [
        {"toid": number} | file(call, attachment)
        for number, item in enumerate(found, start=1)
        for attachment in item.attachments
    ]


def materials(found: list[m.Homework]) -> list[JsonObject]:
    """Links and online materials of all pieces."""
    return [row for item in found for row in resources(item)]
