"""How homework is told (protocol notes 4.3)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.service import Service
from gateway_mos_ru.emulator.sites import Site

NOT_SET: Final = "Не задано"
EXECUTE, LEARN = "execute", "learn"
_FILE: Final = ("attachments", "Прочее", 1, "Скачать")
_ONLINE: Final = {
    m.MaterialKind.TEST: ("test_spec_binding", "Тест", 2, "Пройти"),
    m.MaterialKind.INTERACTIVE: ("game_app", "Приложение", 3, "Открыть"),
    m.MaterialKind.VIDEO: ("atomic_object", "Другое", 4, "Изучить"),
}


def text_of(homework: m.Homework) -> str:
    """The task; a teacher who sets none says so."""
    return NOT_SET if homework.is_empty else homework.text


def task_number(service: Service, student: m.Student, homework: m.Homework) -> int:
    """Number of the pupil's own part, under which «done» is kept."""
    return service.ids.of(ids.TASK, ids.task_key(homework.key, student.key))


def type_of(service: Service, homework: m.Homework) -> str:
    """`oo`, `ec` or `ae`."""
    source = slots.source_of(service.world.subject(homework.subject_key))
    return slots.EDUCATION[source].lower()


def mode_of(material: m.OnlineMaterial) -> str:
    """Whether a material is to be worked through or looked at."""
    return LEARN if material.kind is m.MaterialKind.VIDEO else EXECUTE


def file_address(service: Service, site: Site, file: m.Attachment) -> str:
    """Where a file lies."""
    return f"{site.api}/ej/attachments/files/{service.ids.of(ids.FILE, file.key)}"


def homework_item(
    service: Service, site: Site, student: m.Student, homework: m.Homework, *, mobile: bool
) -> JsonObject:
    """A homework in the list by days; the application still gets materials grouped as of old."""
    world = service.world
    due = world.lesson(homework.due_lesson_key)
    slot = slots.lesson_slot(world, due)
    return {
        "type": type_of(service, homework),
        "description": text_of(homework),
        "comments": [],
        "materials": materials(service, site, homework),
        "homework": text_of(homework),
        "homework_entry_student_id": task_number(service, student, homework),
        "attachments": links(homework),
        "subject_id": service.ids.of(ids.SUBJECT, homework.subject_key),
        "group_id": service.ids.of(ids.GROUP, slot.group_key),
        "date": homework.due_on.isoformat(),
        "date_assigned_on": homework.given_on.isoformat(),
        "subject_name": world.subject(homework.subject_key).name,
        "lesson_date_time": f"{due.starts_at:%Y-%m-%dT%H:%M:%S}",
        "is_done": service.state.is_done(student.key, homework.key),
        "has_teacher_answer": student.key in homework.checked_for,
        "homework_id": service.ids.of(ids.HOMEWORK, homework.key),
        "homework_entry_id": service.ids.of(ids.ENTRY, homework.key),
        "homework_created_at": f"{homework.created_at:%Y-%m-%d %H:%M:%S}",
        "homework_updated_at": f"{homework.edited_at or homework.created_at:%Y-%m-%d %H:%M:%S}",
        "written_answer": None,
        "date_prepared_for": f"{homework.due_on.isoformat()}T00:00:00",
        "additional_materials": grouped_materials(service, site, homework) if mobile else [],
    }


def materials(service: Service, site: Site, homework: m.Homework) -> list[JsonObject]:
    """Files and electronic materials, one by one."""
    files: list[JsonObject] = [
        {
            "uuid": None,
            "type": _FILE[0],
            "selected_mode": None,
            "type_name": _FILE[1],
            "id": service.ids.of(ids.FILE, file.key),
            "urls": [{"url": file_address(service, site, file), "type": "file_link"}],
            "description": None,
            "content_type": file.mime,
            "title": file.name,
            "action_id": _FILE[2],
            "action_name": _FILE[3],
        }
        for file in homework.attachments
    ]
    online: list[JsonObject] = []
    for material in homework.materials:
        kind, name, action, label = _ONLINE[material.kind]
        online.append(
            {
                "uuid": ids.guid("material", material.key),
                "type": kind,
                "selected_mode": mode_of(material),
                "type_name": name,
                "id": None,
                "urls": [],
                "description": None,
                "content_type": None,
                "title": material.title,
                "action_id": action,
                "action_name": label,
            }
        )
    return files + online


def grouped_materials(service: Service, site: Site, homework: m.Homework) -> list[JsonObject]:
    """The same in the older grouping, by kind."""
    groups: dict[str, JsonObject] = {}
    found: dict[str, list[JsonObject]] = {}
    for item in materials(service, site, homework):
        kind = str(item["type"])
        groups.setdefault(
            kind, {name: item[name] for name in ("type", "type_name", "action_id", "action_name")}
        )
        found.setdefault(kind, []).append(_grouped_item(item))
    return [{**group, "items": found[kind]} for kind, group in groups.items()]


def _grouped_item(item: JsonObject) -> JsonObject:
    urls = item["urls"]
    addresses = [str(each["url"]) for each in urls] if isinstance(urls, list) else []
    return {
        "id": item["id"],
        "uuid": item["uuid"],
        "title": item["title"],
        "description": item["description"],
        "content_type": item["content_type"],
        "link": addresses[0] if addresses else None,
        "file_size": None,
        "urls": [{"url": url, "url_type": "file_link"} for url in addresses],
        "average_rating": None,
        "views": None,
        "is_necessary": True,
        "is_hidden_from_students": False,
        "selected_mode": item["selected_mode"] or EXECUTE,
    }


def links(homework: m.Homework) -> list[JsonObject]:
    """Links that the teacher added."""
    return [
        {
            "id": number,
            "title": link.title,
            "link": link.url,
            "file_size": None,
            "content_type": None,
            "created_at": f"{homework.created_at:%Y-%m-%d %H:%M:%S}",
        }
        for number, link in enumerate(homework.links, start=1)
    ]


def counts(homework: m.Homework) -> dict[str, int]:
    """How many materials are to be worked through and looked at."""
    found = {EXECUTE: 0, LEARN: 0}
    for material in homework.materials:
        found[mode_of(material)] += 1
    return {mode: number for mode, number in found.items() if number}
