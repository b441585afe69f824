"""Homework and its «done» flag, files and electronic materials (protocol notes 4.3)."""

from html import escape
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import tasks
from gateway_mos_ru.emulator.errors import forbidden, invalid, not_found
from gateway_mos_ru.emulator.rules import FAMILY, LEGACY, OPEN, Router, both

_PER_PAGE: Final = 50
_MOST_PER_PAGE: Final = 1000


def register(router: Router) -> None:
    """Routes of homework and what hangs on it."""
    both(router, "homeworks", homeworks)
    both(router, "homeworks/short", short)
    both(router, "homeworks/{task}/done", done, methods=("POST", "DELETE"))
    router.add("api/ej/partners/v1/homeworks/launch", launch, dress=LEGACY)
    router.add("ej/family/homework/launch", launch, dress=LEGACY)
    router.add("material_view/{material}", material_page, dress=OPEN)
    router.add("ej/attachments/files/{file}", file, dress=LEGACY)
    router.add(
        "api/family/materials/v1/additional_materials", bulk, dress=FAMILY, methods=("POST",)
    )


def homeworks(call: Call) -> JsonObject:
    """Homework by the day of the lesson that it is due at."""
    start, end = call.days()
    service, student = call.service, call.student
    return {
        "payload": [
            tasks.homework_item(service, call.site, student, item, mobile=call.is_mobile)
            for item in service.world.homework_of(student.key, start, end)
        ]
    }


def short(call: Call) -> JsonObject:
    """The same in short, by pages, of one subject if that is asked."""
    start, end = call.days()
    service, student = call.service, call.student
    subject = call.text("subject_id")
    found = [
        item
        for item in service.world.homework_of(student.key, start, end)
        if subject in ("", str(service.ids.of(ids.SUBJECT, item.subject_key)))
    ]
    if call.text("sort_direction").lower() == "desc":
        found.reverse()
    size = call.number("per_page", _PER_PAGE, most=_MOST_PER_PAGE)
    first = (call.number("page", 1, most=_MOST_PER_PAGE) - 1) * size
    return {"payload": [_short_item(call, student, item) for item in found[first : first + size]]}


def _short_item(call: Call, student: m.Student, item: m.Homework) -> JsonObject:
    service = call.service
    modes = tasks.counts(item)
    return {
        "description": tasks.text_of(item),
        "subject_id": service.ids.of(ids.SUBJECT, item.subject_key),
        "subject_name": service.world.subject(item.subject_key).name,
        "date": item.due_on.isoformat(),
        "date_assigned_on": item.given_on.isoformat(),
        "homework_entry_student_id": tasks.task_number(service, student, item),
        "materials_count": [
            {"amount": amount, "selected_mode": mode} for mode, amount in modes.items()
        ],
        "has_written_answer": False,
        "is_done": service.state.is_done(student.key, item.key),
        "type": tasks.type_of(service, item),
        "has_teacher_answer": student.key in item.checked_for,
    }


def done(call: Call) -> JsonObject:
    """Tick a homework off, or take the tick away."""
    service = call.service
    key = service.ids.key(ids.TASK, call.params["task"])
    if key is None:
        raise not_found("Домашнее задание")
    homework_key, _, student_key = key.partition("|")
    if student_key not in call.access.account.student_keys:
        raise forbidden()
    kind = tasks.type_of(service, service.world.homework_item(homework_key))
    if (call.text("type").lower() or "oo") != kind:
        raise not_found("Домашнее задание")
    service.state.set_done(student_key, homework_key, call.method == "POST")
    return {"success": True}


def launch(call: Call) -> Response:
    """On to an electronic material."""
    service, wanted = call.service, call.text("material_id")
    key = service.ids.key(ids.ENTRY, call.text("homework_entry_id"))
    if key is None:
        raise not_found("Домашнее задание")
    homework = service.world.homework_item(key)
    mine = {place.class_key for item in call.access.students for place in item.enrollments}
    if homework.class_key not in mine:
        raise forbidden()
    if wanted not in {ids.guid("material", item.key) for item in homework.materials}:
        raise not_found("Материал")
    return RedirectResponse(f"{call.site.api}/material_view/{wanted}", 302)


def material_page(call: Call) -> Response:
    """The electronic material itself; who has its address sees it."""
    for homework in call.service.world.homework:
        for item in homework.materials:
            if ids.guid("material", item.key) == call.params["material"]:
                title = escape(item.title)
                return HTMLResponse(f"<html><head><title>{title}</title></head></html>")
    raise not_found("Материал")


def file(call: Call) -> Response:
    """A file of a homework of an own child."""
    service = call.service
    for student in call.access.students:
        for homework in service.world.homework_of(student.key):
            for item in homework.attachments:
                if str(service.ids.of(ids.FILE, item.key)) == call.params["file"]:
                    return Response(service.state.file_bytes(item.key), media_type=item.mime)
    raise not_found("Файл")


def bulk(call: Call) -> JsonObject:
    """Addresses of several materials at once."""
    rows = call.json.get("materials")
    if not isinstance(rows, list):
        raise invalid("materials")
    wanted = {str(row.get("uuid")) for row in rows if isinstance(row, dict)}
    service = call.service
    return {
        "payload": [
            group
            for student in call.access.students
            for homework in service.world.homework_of(student.key)
            if wanted & {ids.guid("material", item.key) for item in homework.materials}
            for group in tasks.grouped_materials(service, call.site, homework)
        ]
    }
