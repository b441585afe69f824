"""A child whose diary is closed to the account is read by the timetable and the homework alone."""

import json
from datetime import date

import pytest

from gateway.core.errors import AccessDenied
from gateway.core.model.people import Role
from gateway.core.replay.normalize import normalize
from gateway_eljur.login.owner import students_of
from gateway_eljur.mapping.access import BY_CLASS, BY_STUDENT, HOMEWORK, TIMETABLE
from gateway_eljur.mapping.keys import Keys
from gateway_eljur.wire.people import RelatedGroup, RelatedStudent, Relations, Rules
from tests.plugins.eljur.support import (
    INSTANCE,
    NATIVE,
    NOW,
    REGISTRY,
    cases,
    make_adapter,
    make_session,
    make_student,
)
from tests.plugins.support import FixtureLink

WEEK = {"start": date(2026, 11, 23), "end": date(2026, 11, 29)}


def case_of(operation, name):
    return next(item for item in cases() if (item.operation, item.name) == (operation, name))


def make_link(*exchanges, **changed):
    return FixtureLink(make_adapter(), exchanges, make_session(), NOW, **changed)


def signed_in(own, of_class=()):
    """The child as a sign-in leaves it."""
    rules = Rules(
        id="1900",
        roles=["parent"],
        relations=Relations(
            students={"1000": RelatedStudent(name="1000", class_="10А", rules=list(own))},
            groups={"10А": RelatedGroup(name="10А", balls=5, rules=list(of_class))},
        ),
    )
    (found,) = students_of(rules, Role.GUARDIAN, Keys(make_adapter().ids), "Europe/Moscow")
    return found


def methods(link):
    return sorted(request.path.rpartition("/")[2] for request in link.asked)


@pytest.mark.parametrize(
    ("student", "name"),
    [
        (signed_in(["getschedule", "gethomework"]), "by_student"),
        (signed_in(["getperiods"], ["getschedule", "gethomework"]), "by_class"),
    ],
)
async def test_a_child_without_the_diary_is_read_by_what_stands_in_for_it(student, name):
    for operation, asked in (
        ("list_lessons", ["getschedule"]),
        ("list_homework", ["gethomework", "getschedule"]),
    ):
        case = case_of(operation, name)
        link = make_link(*case.data["exchanges"])
        reading = await getattr(link.adapter, operation)(link, student, **WEEK)
        assert [item["id"] for item in reading.records] == [
            item["id"] for item in case.data["expected"]
        ]
        assert methods(link) == asked


@pytest.mark.parametrize("name", ["by_student", "by_class"])
@pytest.mark.parametrize(
    ("operation", "diary"), [("list_lessons", "of_the_diary"), ("list_homework", "of_a_week")]
)
async def test_things_are_known_by_the_same_identifiers_as_in_the_diary(operation, name, diary):
    known = {item["id"] for item in case_of(operation, diary).data["expected"]}
    found = {item["id"] for item in case_of(operation, name).data["expected"]}
    prefix = f"eljur@{INSTANCE}:{'lesson' if operation == 'list_lessons' else 'homework'}:1000"
    assert f"{prefix}/2026-11-23/1{'' if operation == 'list_lessons' else '/1'}" in known & found


async def test_one_lesson_is_found_in_the_timetable():
    case = case_of("list_lessons", "by_class")
    wanted = case.data["expected"][2]
    (told,) = case.data["exchanges"]
    path = told["request"]["path"].replace("20261123-20261129", "20261123-20261123")
    link = make_link({**told, "request": {"path": path}})
    student = make_student(native={**NATIVE, TIMETABLE: BY_CLASS})
    reading = await link.adapter.get_lesson(link, student, lesson_id=wanted["id"])
    assert reading.records["id"] == wanted["id"]


async def test_where_the_timetable_is_closed_homework_names_no_lessons():
    homework, _ = case_of("list_homework", "by_class").data["exchanges"]
    link = make_link(homework)
    student = make_student(native={**NATIVE, HOMEWORK: BY_CLASS})
    records = (await link.adapter.list_homework(link, student, **WEEK)).records
    assert [item["text"] for item in records if "lesson_id" not in item] == [
        item["text"] for item in records
    ]
    assert len({item["id"] for item in records}) == len(records) == 5
    assert methods(link) == ["gethomework"]


async def test_a_student_who_is_left_out_is_no_student_without_homework():
    homework, timetable = case_of("list_homework", "by_student").data["exchanges"]
    student = make_student(native={"student": "1001", HOMEWORK: BY_STUDENT, TIMETABLE: BY_STUDENT})
    exchanges = [
        {**item, "request": {"path": item["request"]["path"].replace("1000", "1001")}}
        for item in (homework, timetable)
    ]
    link = make_link(*exchanges)
    with pytest.raises(AccessDenied):
        await link.adapter.list_homework(link, student, **WEEK)


@pytest.mark.parametrize("name", ["by_student", "by_class"])
@pytest.mark.parametrize("operation", ["list_lessons", "list_homework"])
async def test_offline_such_payloads_do_where_nothing_else_was_captured(operation, name):
    case = case_of(operation, name)
    link = make_link(*case.data["exchanges"], offline=True)
    native = case.data["student"]["native"]
    if name == "by_student":
        native = NATIVE
    reading = await getattr(link.adapter, operation)(link, make_student(native=native), **WEEK)
    assert len(reading.records) == len(case.data["expected"])


def test_a_captured_timetable_of_a_class_is_read_for_whoever_is_meant():
    case = case_of("list_lessons", "by_class")
    files = {"capture.json": json.dumps({"exchanges": case.data["exchanges"]}).encode()}
    found = normalize(
        "eljur",
        "list_lessons",
        files,
        instance=INSTANCE,
        student=NATIVE,
        arguments=WEEK,
        registry=REGISTRY,
    )
    assert [item.id for item in found.value] == [item["id"] for item in case.data["expected"]]
