"""`gethomework`: by subject for a pupil, by lesson for a class (notes 4.4)."""

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.api.diary import shown_days
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.rules import Router, method
from gateway_eljur.emulator.shapes import tasks
from gateway_eljur.emulator.shapes.days import days_of, lesson_row, subject_name
from gateway_eljur.emulator.shapes.people import by_student


def register(router: Router) -> None:
    """Add the method of this part."""
    method(router, "gethomework", homework)


def homework(call: Call) -> object:
    """Days that something is set for."""
    group = call.class_asked()
    if group is not None:
        return {"days": _of_class(call, group)}
    return by_student(call, lambda student: {"days": _of_pupil(call, student)})


def _of_pupil(call: Call, student: m.Student) -> JsonObject:
    start, end = call.days()
    found: JsonObject = {}
    for day in shown_days(call, student):
        if not start <= day.day <= end:
            continue
        by_subject: dict[str, list[m.Homework]] = {}
        for lesson in (*day.lessons, *day.after):
            due = tasks.due_at(call, student, lesson)
            if due:
                by_subject.setdefault(subject_name(call, lesson.subject_key), []).extend(due)
        if by_subject:
            head = day.head()
            found[str(head["name"])] = {
                "name": head["name"],
                "title": head["title"],
                "items": {name: _item(call, name, due) for name, due in by_subject.items()},
            }
    return found


def _item(call: Call, name: str, due: list[m.Homework]) -> JsonObject:
    row: JsonObject = {"name": name, "homework": tasks.numbered(tasks.tasks(due))}
    attached = tasks.files(call, due)
    return row | ({"files": attached} if attached else {})


def _of_class(call: Call, group: m.ClassGroup) -> JsonObject:
    """Homework of the whole class: what single pupils have is only hinted at."""
    world = call.service.world
    start, end = call.days()
    lessons = world.lessons_of_class(group.key, start, end)
    found: JsonObject = {}
    for day in days_of(world, world.school(group.school_key), lessons, start, end):
        rows = []
        for lesson in (*day.lessons, *day.after):
            due = world.homework_at(lesson.key)
            if due:
                rows.append(_class_item(call, lesson, list(due)))
        if rows:
            head = day.head()
            found[str(head["name"])] = {
                "name": head["name"],
                "title": head["title"],
                "items": rows,
            }
    return found


def _class_item(call: Call, lesson: m.Lesson, due: list[m.Homework]) -> JsonObject:
    """A lesson; without the key `homework` where nothing is common, as clients test for it."""
    common = [item for item in due if not item.individual]
    timetable = lesson_row(call, lesson, rings=False)
    row: JsonObject = {
        "name": timetable["name"],
        **({"grp": timetable["grp"]} if "grp" in timetable else {}),
        "individual_exists": len(common) < len(due),
    }
    if common:
        row["homework"] = tasks.numbered(
            [{"id": task["id"], "value": task["value"]} for task in tasks.tasks(common)]
        )
    attached = tasks.files(call, common)
    return row | ({"files": {"file": attached}} if attached else {})
