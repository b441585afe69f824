"""Which requests an operation costs, and when it sends none."""

from datetime import date

import pytest

from gateway.core.contract.capability import Capability
from gateway.core.errors import (
    InvalidId,
    InvalidRequest,
    NotFound,
    NotSupported,
)
from gateway.core.model.people import Role
from gateway.core.pipeline.memo import BoundedMemo
from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.capabilities import CAPABILITIES, WEB_CAPABILITIES
from tests.plugins.dnevnik_ru.support import (
    NATIVE,
    NOW,
    make_adapter,
    make_session,
    make_student,
)
from tests.plugins.support import FixtureLink

SEPTEMBER = {"start": date(2025, 9, 1), "end": date(2025, 9, 7)}
MARKS = "/v2/persons/1000000000002/schools/1000/marks/2025-09-01/2025-09-07"
WORK_TYPES = {
    "request": {"path": "/v2/work-types/1000"},
    "response": {"body": [{"id": 3, "title": "Ответ", "weight": 2}]},
}
ONE_MARK = {
    "request": {"path": MARKS},
    "response": {"body": [{"id": 1, "value": "5", "workType": 3}]},
}
NO_CLASS = make_student(native={key: NATIVE[key] for key in ("person", "school")})


def make_link(*exchanges, **changed):
    session = changed.pop("session", None) or make_session()
    return FixtureLink(make_adapter(), exchanges, session, NOW, **changed)


async def test_kinds_of_work_are_read_once_a_day():
    memo = BoundedMemo()
    for expected in (["/v2/work-types/1000", MARKS], [MARKS]):
        link = make_link(ONE_MARK, WORK_TYPES, memo=memo)
        reading = await link.adapter.list_marks(link, make_student(), **SEPTEMBER)
        assert reading.records[0]["weight"] == "2"
        assert sorted(request.path for request in link.asked) == sorted(expected)


async def test_notes_of_yesterday_or_of_another_hand_are_read_anew():
    for note in ("2025-09-02 []", "2025-09-03 nonsense", "2025-09-03 [{}]", ""):
        memo = BoundedMemo()
        memo.put("work-types/1000", note)
        link = make_link(ONE_MARK, WORK_TYPES, memo=memo)
        reading = await link.adapter.list_marks(link, make_student(), **SEPTEMBER)
        assert reading.records[0]["weight"] == "2"


async def test_lessons_are_asked_in_bulk_by_a_bare_array():
    marks = [{"id": number, "value": "5", "lesson": number} for number in range(250)]
    parts = [list(range(200)), list(range(200, 250))]
    link = make_link(
        {"request": {"path": MARKS}, "response": {"body": marks}},
        *(
            {
                "request": {"method": "POST", "path": "/v2/lessons/many", "body": part},
                "response": {"body": [{"id": part[0], "date": "2025-09-01T00:00:00"}]},
            }
            for part in parts
        ),
        WORK_TYPES,
    )
    reading = await link.adapter.list_marks(link, make_student(), **SEPTEMBER)
    assert [item["id"] for item in reading.records if item.get("date")] == [
        "dnevnik_ru:mark:0",
        "dnevnik_ru:mark:200",
    ]
    assert all(request.kind is RequestKind.READ for request in link.asked)


@pytest.mark.parametrize(
    "version, path",
    [
        (
            "v8.5",
            "/mobile/v8.6/persons/1000000000002/schools/1000/groups/2000000000000000001/diary",
        ),
        (
            "v7.0",
            "/mobile/v7.0/persons/1000000000002/schools/1000/groups/2000000000000000001/diary",
        ),
        ("v10.0", "/mobile/v10.0/persons/1000000000002/groups/2000000000000000001/diary"),
    ],
)
async def test_the_apps_diary_has_its_path_by_version(version, path):
    link = make_link(
        {
            "request": {"path": f"{path}?id=2025-08-25&loadType=Future"},
            "response": {"body": {"type": "Success", "weeks": []}},
        },
        offline=True,
        session=make_session(data={"family": "mobile", "mobile_version": version}),
    )
    reading = await link.adapter.get_week(link, make_student(), monday=date(2025, 9, 1))
    assert reading.records["days"] == []


@pytest.mark.parametrize("operation", ["list_classmates", "list_subjects", "list_periods"])
async def test_what_needs_a_class_is_not_supported_without_one(operation):
    link = make_link()
    with pytest.raises(NotSupported) as raised:
        await getattr(link.adapter, operation)(link, NO_CLASS)
    assert "класса" in raised.value.text.ru
    assert link.asked == []


def test_guardians_are_told_to_those_whom_they_are_about():
    assert CAPABILITIES[Capability.GUARDIANS].roles == {Role.STUDENT, Role.GUARDIAN}


READS = [
    ("list_students", {}),
    ("get_school", {}),
    ("list_teachers", {}),
    ("get_week", {"monday": date(2025, 9, 1)}),
    ("list_lessons", SEPTEMBER),
    ("list_marks", SEPTEMBER),
    ("list_attendance", SEPTEMBER),
    ("list_subject_results", {}),
    ("list_notifications", {}),
]


@pytest.mark.parametrize("operation, arguments", READS)
async def test_a_browsers_session_is_told_at_once_what_it_does_not_open(operation, arguments):
    link = make_link(session=make_session(credentials={}, data={"family": "web"}))
    method = getattr(link.adapter, operation)
    with pytest.raises(NotSupported) as raised:
        await (
            method(link, **arguments)
            if operation == "list_students"
            else method(link, make_student(), **arguments)
        )
    assert "cookies" in raised.value.text.ru
    assert link.asked == []


def test_a_browsers_session_opens_announcements_and_files():
    assert {item.value for item in WEB_CAPABILITIES} == {"announcements", "attachments"}
    assert CAPABILITIES.keys() >= WEB_CAPABILITIES


async def test_announcements_of_the_site_come_page_by_page():
    posts = [{"id": number, "createdDate": 1756800000 - number} for number in range(20)]
    path = "/api/posts/topic/school_1000"
    link = make_link(
        {"request": {"path": f"{path}?take=20"}, "response": {"body": {"posts": posts}}},
        {
            "request": {"path": f"{path}?date=1756799981&take=20"},
            "response": {"body": {"posts": posts[-1:]}},
        },
        session=make_session(credentials={}, data={"family": "web"}),
    )
    first = await link.adapter.list_announcements(link, NO_CLASS)
    assert first.next_cursor == "1756799981"
    last = await link.adapter.list_announcements(link, NO_CLASS, cursor=first.next_cursor)
    assert last.next_cursor is None


@pytest.mark.parametrize("operation", ["list_announcements", "list_notifications"])
async def test_a_foreign_cursor_is_refused(operation):
    link = make_link(session=make_session(data={"family": "web"} if "ann" in operation else {}))
    with pytest.raises(InvalidRequest):
        await getattr(link.adapter, operation)(link, make_student(), cursor="tomorrow")
    assert link.asked == []


@pytest.mark.parametrize(
    "operation, arguments",
    [
        ("get_lesson", {"lesson_id": "dnevnik_ru:mark:1"}),
        ("get_lesson", {"lesson_id": "other:lesson:1"}),
        ("get_mark", {"mark_id": "dnevnik_ru:mark:1/2"}),
        ("list_marks", {**SEPTEMBER, "subject_id": "nonsense"}),
        ("list_subject_results", {"period_id": "dnevnik_ru:subject:1"}),
        ("list_class_ranks", {"period_id": "dnevnik_ru:group:1"}),
    ],
)
async def test_an_identifier_of_another_kind_is_refused_unsent(operation, arguments):
    link = make_link()
    with pytest.raises(InvalidId):
        await getattr(link.adapter, operation)(link, make_student(), **arguments)
    assert link.asked == []


async def test_a_year_without_a_class_is_not_found():
    link = make_link(
        {"request": {"path": "/v2/persons/1000000000002/edu-groups/all"}, "response": {"body": []}}
    )
    with pytest.raises(NotFound):
        await link.adapter.list_periods(link, make_student(), school_year=2020)


async def test_a_lesson_without_a_date_is_no_lesson():
    link = make_link({"request": {"path": "/v2/lessons/5"}, "response": {"body": {"id": 5}}})
    with pytest.raises(NotFound):
        await link.adapter.get_lesson(link, make_student(), lesson_id="dnevnik_ru:lesson:5")


async def test_a_school_without_bells_is_told_so():
    path = "/v2/edu-groups/2000000000000000001/timetables"
    link = make_link({"request": {"path": path}, "response": {"body": []}})
    with pytest.raises(NotFound):
        await link.adapter.get_bell_schedule(link, make_student())


def make_jar(name):
    return CookieJar((Cookie(name=name, value="x", domain="example.test"),))


@pytest.mark.parametrize("name", ["DnevnikAuth_a", "UZDnevnikAuth_a"])
def test_a_file_opens_by_the_sites_cookies(name):
    link = make_link(session=make_session(jar=make_jar(name)))
    source = link.adapter.open_attachment(link, make_student(), attachment_id="dnevnik_ru:file:501")
    assert (source.role, source.path) == ("web", "/files/501")


def test_a_file_does_not_open_without_them():
    link = make_link(session=make_session(jar=make_jar("t0")))
    with pytest.raises(NotSupported):
        link.adapter.open_attachment(link, make_student(), attachment_id="dnevnik_ru:file:501")
    with pytest.raises(InvalidId):
        link.adapter.open_attachment(link, make_student(), attachment_id="dnevnik_ru:mark:501")


FILE = {"file_name": "a.txt", "media_type": "text/plain", "content": b"text"}
UPLOAD = "/mobile/v8.5/persons/1000000000002/groups/2000000000000000001/lessons/77/file"


@pytest.mark.parametrize(
    "homework, asked",
    [("dnevnik_ru:homework:22", ["GET", "POST"]), ("dnevnik_ru:homework:lesson/77", ["POST"])],
)
async def test_a_file_is_handed_in_at_the_lesson_of_the_homework(homework, asked):
    link = make_link(
        {"request": {"path": "/v2/works/22"}, "response": {"body": {"id": 22, "lesson": 77}}},
        {
            "request": {"method": "POST", "path": UPLOAD},
            "response": {"body": {"type": "Success", "taskId": "t-1"}},
        },
    )
    written = await link.adapter.submit_homework(link, make_student(), homework_id=homework, **FILE)
    assert written.target == homework
    assert [request.method for request in link.asked] == asked
    sent = link.asked[-1]
    assert sent.kind is RequestKind.WRITE
    assert sent.body == Body.of_multipart(("a.txt", "a.txt", "text/plain", b"text"))


async def test_a_text_cannot_be_handed_in():
    link = make_link()
    with pytest.raises(InvalidRequest):
        await link.adapter.submit_homework(
            link, make_student(), homework_id="dnevnik_ru:homework:22", text="готово", **FILE
        )
    assert link.asked == []


async def test_homework_of_no_lesson_takes_no_file():
    link = make_link({"request": {"path": "/v2/works/22"}, "response": {"body": {"id": 22}}})
    with pytest.raises(NotFound):
        await link.adapter.submit_homework(
            link, make_student(), homework_id="dnevnik_ru:homework:22", **FILE
        )
