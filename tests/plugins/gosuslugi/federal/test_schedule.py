"""The published contract: our weeks written in its form, and its documents read."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.evidence import Documented, evidence_of, wire_structs
from gateway.core.errors import GatewayError, InvalidRequest, NotFound, Refused
from gateway.core.hooks import hookimpl
from gateway.core.ids import Ids
from gateway.core.model import (
    AttendanceRecord,
    AttendanceStatus,
    ClassGroup,
    DiaryDay,
    DiaryWeek,
    GradingScale,
    GroupKind,
    Homework,
    Lesson,
    LessonStatus,
    Mark,
    OrganizationKind,
    Reference,
    School,
    SchoolYear,
)
from gateway.core.model.marks import Assignment
from gateway.core.registry.plugins import Registry
from gateway.core.replay.normalize import normalize
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.federal.export import Exported, schedule
from gateway_gosuslugi.federal.reading import Reader
from gateway_gosuslugi.federal.reads import PublishedReads
from gateway_gosuslugi.federal.wire import Schedule

ZONE = ZoneInfo("Europe/Moscow")
MONDAY = date(2030, 10, 7)
SUNDAY = date(2030, 10, 13)
MADE = datetime(2030, 10, 12, 5, tzinfo=UTC)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2030, 10, 7, hour, minute, tzinfo=ZONE)


def lesson(key: str, subject: str, hour: int, **own: Any) -> Lesson:
    return Lesson(
        id=f"x:lesson:{key}",
        date=MONDAY,
        starts_at=own.pop("starts_at", at(hour)),
        ends_at=own.pop("ends_at", at(hour, 45)),
        subject=Reference(name=subject),
        **own,
    )


def mark(key: str, text: str, **own: Any) -> Mark:
    return Mark(id=f"x:mark:{key}", text=text, **{"lesson_id": "x:lesson:1", **own})


DAY = DiaryDay(
    date=MONDAY,
    lessons=(
        lesson("2", "Физика", 10, status=LessonStatus.CANCELLED),
        lesson("3", "Химия", 10, room="21", status=LessonStatus.SUBSTITUTED),
        lesson("1", "Алгебра", 9, topic="Дроби", is_remote=False, comment="Принести циркуль"),
        lesson("4", "История", 0, starts_at=None, ends_at=None),
    ),
    homework=(
        Homework(
            id="x:homework:1",
            subject=Reference(name="Алгебра"),
            text="№ 7",
            lesson_id="x:lesson:1",
        ),
        Homework(id="x:homework:2", subject=Reference(name="Химия"), text="§ 2"),
        Homework(id="x:homework:3", subject=Reference(name="Труд"), text="Молоток"),
    ),
    marks=(
        mark(
            "1#1",
            "5",
            cell="x:cell:1",
            weight=Decimal("1.5"),
            scale=GradingScale.FIVE_POINT,
            assignment=Assignment(category_short="КР", category="Контрольная работа"),
        ),
        mark("1#2", "4", cell="x:cell:1", scale=GradingScale.FIVE_POINT),
        mark("2", "зач", lesson_id=None, subject=Reference(name="Химия")),
    ),
    attendance=(
        AttendanceRecord(
            id="x:attendance:1",
            date=MONDAY,
            lesson_id="x:lesson:3",
            subject=Reference(name="Химия"),
            status=AttendanceStatus.ILLNESS,
            status_text="болезнь",
        ),
    ),
)
WEEK = DiaryWeek(start=MONDAY, end=SUNDAY, days=(DAY,))


def exported(*weeks: DiaryWeek) -> Exported:
    return schedule(
        weeks or (WEEK,),
        pupil="1000000001",
        school=School(id="x:school:1", kind=OrganizationKind.SCHOOL, name="Школа № 0"),
        group=ClassGroup(id="x:class:1", kind=GroupKind.HOMEROOM, name="8б", grade_level=8),
        year=SchoolYear(
            id="x:year:2030",
            starts_in=2030,
            name="2030/2031",
            start=date(2030, 9, 1),
            end=date(2031, 5, 31),
        ),
        made_at=MADE,
    )


def test_a_week_is_written_in_the_published_form() -> None:
    document = exported().document
    (school,) = document["school"]
    (group,) = school["class"]

    assert document["resourceType"] == "Schedule"
    assert document["meta"] == {"lastUpdated": "2030-10-12T05:00:00+00:00"}
    assert school["name"] == "Школа № 0"
    assert school["academicYear"] == "2030/31"
    assert school["period"] == {"start": "2030-09-01", "end": "2031-05-31"}
    assert (group["class"], group["grade"]) == ("8б", "8")
    algebra, chemistry = group["lesson"]
    assert {key: value for key, value in algebra.items() if key != "id"} == {
        "subject": "Алгебра",
        "period": {"start": "2030-10-07T09:00:00+03:00", "end": "2030-10-07T09:45:00+03:00"},
        "topic": "Дроби",
        "homework": "№ 7",
        "distant": False,
        "note": "Принести циркуль",
        "score": [
            {"code": "КР", "score": "5", "score2": "4", "scoreSystem": "5", "weight": 1.5},
        ],
    }
    assert {key: value for key, value in chemistry.items() if key != "id"} == {
        "subject": "Химия",
        "insteadOf": "Физика",
        "period": {"start": "2030-10-07T10:00:00+03:00", "end": "2030-10-07T10:45:00+03:00"},
        "classroom": "21",
        "homework": "§ 2",
        "attendance": {"code": "б"},
        "score": [{"score": "зач"}],
    }


def test_what_has_no_place_is_named() -> None:
    assert set(exported().left_out) == {"x:lesson:2", "x:lesson:4", "x:homework:3"}


def test_identifiers_are_uuids_that_follow_from_ours() -> None:
    first, again = exported().document, exported().document
    assert first == again
    assert UUID(first["id"])
    assert UUID(first["school"][0]["id"])
    lessons = first["school"][0]["class"][0]["lesson"]
    assert len({UUID(item["id"]) for item in lessons}) == 2


def test_every_document_that_is_written_has_the_published_shape() -> None:
    text = json.dumps(exported().document, ensure_ascii=False)
    found = msgspec.json.decode(text, type=Schedule)
    assert msgspec.to_builtins(found) == exported().document


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        schedule(
            (WEEK,),
            pupil="1",
            school=School(id="x:school:1", kind=OrganizationKind.SCHOOL, name="-"),
            group=ClassGroup(id="x:class:1", kind=GroupKind.HOMEROOM, name="1"),
            year=SchoolYear(id="x:year:2030", starts_in=2030, name="2030"),
            made_at=datetime(2030, 1, 1),  # noqa: DTZ001 - the very mistake
        )


def test_no_week_makes_an_empty_timetable() -> None:
    empty = DiaryWeek(start=MONDAY, end=SUNDAY, days=())
    assert exported(empty).document["school"][0]["class"][0]["lesson"] == []


# Reading.


def reader(document: Any) -> Reader:
    shape = msgspec.convert(document, Schedule)
    return Reader(Ids("gosuslugi"), ZONE, shape, lambda *_: None)


def test_what_was_written_is_read_again() -> None:
    found = reader(exported().document)
    algebra, chemistry = found.lessons(MONDAY, SUNDAY)
    first, second, passed = found.marks(MONDAY, SUNDAY)

    assert (algebra["subject"], algebra["topic"]) == ({"name": "Алгебра"}, "Дроби")
    assert algebra["starts_at"] == at(9)
    assert (chemistry["status"], chemistry["status_text"]) == (LessonStatus.SUBSTITUTED, "Физика")
    assert [item["text"] for item in (first, second, passed)] == ["5", "4", "зач"]
    assert first["cell"] == second["cell"]
    assert first["cell_text"] == "5/4"
    assert (first["value"], first["weight"]) == (Decimal(5), Decimal("1.5"))
    assert first["lesson_id"] == algebra["id"]
    assert [item["text"] for item in found.homework(MONDAY, MONDAY)] == ["№ 7", "§ 2"]
    (absence,) = found.attendance(MONDAY, SUNDAY)
    assert (absence["status"], absence["status_text"]) == (AttendanceStatus.ILLNESS, "б")
    assert found.school()["name"] == "Школа № 0"
    (group,) = found.groups()
    assert (group["name"], group["grade_level"], group["school_year"]) == ("8б", 8, 2030)


def test_the_day_is_that_of_the_schools_wall() -> None:
    document = {
        "resourceType": "Schedule",
        "school": [
            {
                "id": "a",
                "name": "b",
                "class": [
                    {
                        "class": "1",
                        "lesson": [
                            {
                                "id": "c",
                                "subject": "Чтение",
                                "period": {
                                    "start": "2030-10-06T22:00:00+00:00",
                                    "end": "2030-10-06T22:45:00+00:00",
                                },
                            },
                            {"id": "d", "subject": "-", "period": {"start": "?", "end": "?"}},
                        ],
                    }
                ],
            }
        ],
    }
    (only,) = reader(document).lessons(MONDAY, SUNDAY)
    assert only["date"] == MONDAY


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("not-found", NotFound),
        ("structure", InvalidRequest),
        ("expired", Refused),
        ("something", Refused),
        (None, Refused),
    ],
)
def test_an_outcome_in_place_of_a_timetable_is_told(
    code: str | None, kind: type[GatewayError]
) -> None:
    issue = [{"severity": "error", "code": code, "details": "words"}]
    with pytest.raises(kind):
        reader({"resourceType": "OperationOutcome", "id": "1", "issue": issue})


def test_every_field_is_known_by_the_one_document_only() -> None:
    for struct in wire_structs(("gateway_gosuslugi.federal.wire",)):
        marks = evidence_of(struct)
        assert set(marks) == set(struct.__struct_fields__)
        assert all(isinstance(mark, Documented) for mark in marks.values())


class Nothing(PublishedReads):
    wire_models: ClassVar[tuple[str, ...]] = ("gateway_gosuslugi.federal.wire",)


class Plugin:
    @hookimpl
    def gateway_providers(self) -> tuple[Any, ...]:
        return (replace(GOSUSLUGI, adapter=f"{__name__}:Nothing"),)


def read(operation: str, document: Any, **own: Any) -> Any:
    return normalize(
        "gosuslugi",
        operation,
        {"schedule.json": json.dumps(document).encode()},
        registry=Registry([], plugins={"gosuslugi": Plugin()}),
        **own,
    )


@pytest.mark.parametrize(
    ("operation", "count"),
    [
        ("list_lessons", 2),
        ("list_homework", 2),
        ("list_marks", 3),
        ("list_attendance", 1),
        ("list_class_groups", 1),
    ],
)
def test_a_captured_document_is_recognised_by_its_shape(operation: str, count: int) -> None:
    found = read(operation, exported().document)
    assert len(found.value) == count
    assert found.complete
    assert found.unmapped == {}
    assert found.missing == ()


def test_a_captured_document_makes_a_week_and_a_school() -> None:
    week = read("get_week", exported().document, arguments={"on": MONDAY}).value
    assert week.start == MONDAY
    (day,) = week.days
    assert (len(day.lessons), len(day.homework), len(day.marks)) == (2, 2, 3)
    assert read("get_school", exported().document).value.name == "Школа № 0"


def test_a_fixture_is_recognised_by_its_route() -> None:
    exchange = {
        "request": {"method": "GET", "path": "/region/Schedule/1000000001?start=2030-10-05"},
        "response": {"status": 200, "body": exported().document},
    }
    assert len(read("list_lessons", exchange).value) == 2


def test_new_fields_are_reported() -> None:
    document = {**exported().document, "novelty": 1}
    assert read("list_lessons", document).unmapped == {"schedule.json": ("$.novelty",)}


def test_anything_else_goes_on_to_the_portals_own_reads() -> None:
    assert Nothing.list_lessons is not Adapter.list_lessons
    with pytest.raises(GatewayError):
        read("list_lessons", [{"obj_type": "student_lessons"}])
