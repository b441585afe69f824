"""POST `v1/datamart`: everything through one call, with its oddities (notes 4.3).

An answer may not be ready at first; items come in no order, with neighbours that nobody asked for;
some fail once; whoever sends a hash is told that nothing changed, or what did.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import blake2b
from typing import Final

from starlette.responses import Response

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import ApiError, invalid
from gateway_gosuslugi.emulator.myschool.draws import falls
from gateway_gosuslugi.emulator.myschool.intervals import Week, week_of, year_of
from gateway_gosuslugi.emulator.myschool.people import BASE
from gateway_gosuslugi.emulator.myschool.records.classes import class_records
from gateway_gosuslugi.emulator.myschool.records.homework import homework_records
from gateway_gosuslugi.emulator.myschool.records.lessons import lesson_records
from gateway_gosuslugi.emulator.myschool.records.marks import mark_records
from gateway_gosuslugi.emulator.myschool.versions import Versions, identified
from gateway_gosuslugi.emulator.rules import SIGNED_IN, Router
from gateway_gosuslugi.emulator.service import Service

MOST_QUERIES: Final = 50
_NOT_READY: Final = 202
_LATE, _FAILING, _RESENT, _NEIGHBOUR = 5, 17, 3, 4
_ID_FIELDS: Final = ("id", "period_id")

Weekly = Callable[..., list[JsonObject]]
_WEEKLY: Final[Mapping[str, Weekly]] = {
    "student_lessons": lesson_records,
    "student_marks": mark_records,
    "student_homeworks_materials": homework_records,
}
_CLASSES: Final = "student_classes"
_UNSEEN: Final = frozenset(
    {
        *("student_pmarks", "student_ymarks", "student_events", "events_mass"),
        *("student_menu", "student_subject_plan"),
    }
)
"""Object types that exist and whose fields nobody knows: they are empty here."""


class Asked:
    """What a running emulator remembers of the call: the first time is often another one."""

    def __init__(self) -> None:
        self.versions = Versions()
        self._seen: set[bytes] = set()

    def is_first(self, purpose: str, fact: str) -> bool:
        """Whether this is asked for the first time; it no longer is after that."""
        key = blake2b(f"{purpose}\0{fact}".encode(), digest_size=16).digest()
        first = key not in self._seen
        self._seen.add(key)
        return first


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(f"{BASE}/v1/datamart", datamart, dress=SIGNED_IN, methods=("POST",))


def datamart(call: Call) -> object:
    """POST a list of queries."""
    queries = call.json
    if not isinstance(queries, list) or not queries or len(queries) > MOST_QUERIES:
        raise invalid("queries")
    asked = _asked(call.service)
    body = call.body.decode("latin-1")
    if falls("late", body, one_in=_LATE) and asked.is_first("late", body):
        return Response(status_code=_NOT_READY)
    items: list[JsonObject] = []
    for query in queries:
        if not isinstance(query, dict):
            raise invalid("query")
        items += _answers(call, asked, query)
    return sorted(items, key=lambda item: str(item["hash"]))


def _answers(call: Call, asked: Asked, query: Mapping[str, object]) -> Iterator[JsonObject]:
    """The item of one query, and now and then that of the week before."""
    obj_type, interval = (str(query.get(name) or "") for name in ("obj_type", "interval_id"))
    student_id = str(query.get("student_id") or "")
    try:
        student = call.access.student(student_id)
    except ApiError:
        yield _item(obj_type, student_id, interval, "error")
        return
    name = f"{obj_type}/{student_id}/{interval}"
    records = _records(call.service, obj_type, student, interval)
    fails = falls("fails", name, one_in=_FAILING) and asked.is_first("fails", name)
    if records is None or fails:
        yield _item(obj_type, student_id, interval, "error")
        return
    held = query.get("hash")
    yield _told(asked, name, records, held if isinstance(held, str) else None)
    week = week_of(interval)
    if week is not None and falls("neighbour", name, one_in=_NEIGHBOUR):
        before = week.before.key
        neighbour = _records(call.service, obj_type, student, before) or []
        yield _told(asked, f"{obj_type}/{student_id}/{before}", neighbour, None)


def _told(asked: Asked, name: str, records: list[JsonObject], held: str | None) -> JsonObject:
    obj_type, student_id, interval = name.split("/")
    changes = None if held is None else asked.versions.changes(held, records)
    digest = asked.versions.keep(records)
    item = _item(obj_type, student_id, interval, "snapshot")
    item |= {"hash": digest, "prev_hash": held}
    if changes is None:
        return {**item, "data": records}
    if not changes and not falls("resent", name, one_in=_RESENT):
        return {**item, "data_status": "actual"}
    # A change may be one that makes no difference.
    return {**item, "data_status": "delta", "data": changes or records[:1]}


def _item(obj_type: str, student_id: str, interval: str, status: str) -> JsonObject:
    return {
        "obj_type": obj_type,
        "student_id": student_id,
        "interval_id": interval,
        "hash": None,
        "prev_hash": None,
        "data_status": status,
        "data": None,
    }


def _records(
    service: Service, obj_type: str, student: m.Student, interval: str
) -> list[JsonObject] | None:
    """Records of an interval; None for a type or an interval that there is not.

    What was entered on a Monday stands under the week before as well.
    """
    world = service.world
    if obj_type == _CLASSES:
        year = year_of(interval)
        found = None if year is None else class_records(world, student, year)
        return None if found is None else identified(found, ("short_name",))
    if obj_type in _UNSEEN:
        return []
    week, make = week_of(interval), _WEEKLY.get(obj_type)
    if week is None or make is None:
        return None
    records = make(world, student, week)
    if obj_type == "student_marks":
        records = [*records, *_of_next_monday(make(world, student, _after(week)), _after(week))]
    return identified(records, _ID_FIELDS)


def _after(week: Week) -> Week:
    return Week(date.fromordinal(week.monday.toordinal() + 7))


def _of_next_monday(records: list[JsonObject], week: Week) -> list[JsonObject]:
    monday = week.monday.isoformat()
    return [item for item in records if str(item["create_datetime"]).startswith(monday)]


def _asked(service: Service) -> Asked:
    return service.once("datamart", Asked)
