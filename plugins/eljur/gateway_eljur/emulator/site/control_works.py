"""The plan of control works, which the site's own scripts ask for (notes 4.12)."""

from datetime import date

from starlette.responses import Response

from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import json
from gateway_eljur.emulator.errors import BAD_REQUEST, FORBIDDEN
from gateway_eljur.emulator.rules import BOTH, Router, page
from gateway_eljur.emulator.shapes.days import is_gone, subject_name


def register(router: Router) -> None:
    """Add the path of this part."""
    page(router, "journal-cw-ajax-action", control_works, BOTH)


def control_works(call: Call) -> Response:
    """Method `getByStudentId` with the number of a pupil and two dates.

    A row's `title` is the subject; `header` says what is planned.
    """
    user = call.site_user
    if user is None:
        return json({"error": "Необходимо войти"}, FORBIDDEN)
    try:
        start, end = date.fromisoformat(call.text("2")), date.fromisoformat(call.text("3"))
    except ValueError:
        return json({"error": "Неверный период"}, BAD_REQUEST)
    members = call.service.members[user.vendor.key]
    lessons = [
        lesson
        for student in user.students
        if members.student_number(student) == call.text("1")
        for lesson in call.service.world.lessons_of(student.key, start, end)
        if lesson.is_control
        and not is_gone(lesson)
        and lesson.school_key in user.vendor.school_keys
    ]
    found = [
        {
            "date": lesson.date.isoformat(),
            "header": lesson.topic or "Контрольная работа",
            "title": subject_name(call, lesson.subject_key),
        }
        for lesson in lessons
    ]
    return json({"rows": found})
