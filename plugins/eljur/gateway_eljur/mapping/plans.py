"""Planned control works and tasks of courses → events (notes 4.12)."""

from collections.abc import Iterable

from gateway.core.model.life import EventKind
from gateway_eljur.mapping.clock import day_of, moment_of
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.references import named
from gateway_eljur.mapping.text import label, plain
from gateway_eljur.routes import COURSE_TASK, WEB
from gateway_eljur.wire.base import key_text
from gateway_eljur.wire.plans import ControlWork, CourseTask


def control_work_records(context: MapContext, works: Iterable[ControlWork]) -> list[Record]:
    """Planned works, each once; one without a date is none."""
    records: dict[str, Record] = {}
    for index, work in enumerate(works):
        day, what, subject = day_of(work.date), label(work.header), label(work.title)
        title = what or subject
        if day is None or title is None:
            context.note(f"$.rows[{index}]", "a work without a date or a name")
            continue
        keys = ("work", context.student, day, subject or "", what or "")
        record: Record = {
            "id": context.keys.ids.of("event", *keys),
            "title": title,
            "kind": EventKind.CONTROL_WORK,
            "date": day,
            "subject": named(subject),
        }
        if what:
            record["kind_text"] = what
        records.setdefault(str(record["id"]), record)
    return list(records.values())


def course_task_records(context: MapContext, tasks: Iterable[CourseTask]) -> list[Record]:
    """Tasks by their deadline; they name a course, but no subject."""
    records: dict[str, Record] = {}
    for index, task in enumerate(tasks):
        number, title = key_text(task.id), plain(task.name)
        ends, day = moment_of(context.time, task.deadline_at), day_of((task.deadline_at or "")[:10])
        if not number or title is None or ends is None or day is None:
            context.note(f"$.result.tasks[{index}]", "a task without a number, a name or a term")
            continue
        record: Record = {
            "id": context.keys.ids.of("event", "task", context.student, number),
            "title": title,
            "kind": EventKind.COURSE_TASK,
            "date": day,
            "ends_at": ends,
        }
        base = dict(context.bases).get(WEB)
        if base is not None and number.isalnum():
            record["url"] = f"{base.rstrip('/')}{COURSE_TASK}?task_id={number}"
        word = label(task.type_evaluation)
        if word:
            record["kind_text"] = word
        records.setdefault(number, record)
    return list(records.values())
