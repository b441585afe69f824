from typing import Any

import pytest

from tests.plugins.dnevnik_ru.emulator.support import Pupil, Service, get


@pytest.fixture
def pupil(service: Service) -> Pupil:
    return Pupil(service)


async def refusal(service: Service, slug: str, path: str, **params: Any) -> tuple[int, str]:
    answer = await service.api(slug).get(f"/v2/{path}", params=params)
    return answer.status_code, answer.json()["type"]


async def test_things_of_another_school_are_closed(service: Service) -> None:
    world = service.world
    foreign = world.student("student-4")
    lesson = world.lessons_of("student-4")[0]
    homework = world.homework_of("student-4")[0]
    mark = next(item for item in world.marks_of("student-4"))
    closed = (403, "systemForbidden")
    for path in (
        f"schools/{service.number('school', foreign.school_key)}",
        f"edu-groups/{service.number('group', foreign.class_key)}",
        f"lessons/{service.number('lesson', lesson.key)}",
        f"works/{service.number('work', homework.key)}",
        f"works/{service.number('work', mark.assignment_key)}/marks",
        f"works/{service.number('work', mark.assignment_key)}",
    ):
        assert await refusal(service, "student", path) == closed, path
    period = service.number("period", world.periods_of("student-4")[0].key)
    path = f"persons/{service.person('student-1')}/reporting-periods/{period}/avg-mark"
    assert await refusal(service, "student", path) == closed
    assert await refusal(service, "student", f"marks/{service.number('mark', mark.key)}") == (
        403,
        "ownerForbidden",
    )


@pytest.mark.parametrize(
    "path",
    [
        *("schools/1", "edu-groups/1", "lessons/1", "works/1", "works/1/marks", "marks/1"),
        *("users/1", "persons/1", "tasks/1", "lessons/abc", "works?lesson=1"),
        "persons/me/reporting-periods/1/avg-mark",
        "persons/me/subjects/1/marks/2026-01-01/2026-02-01",
    ],
)
async def test_a_number_of_nothing_is_an_invalid_parameter(service: Service, path: str) -> None:
    assert await refusal(service, "student", path) == (404, "parameterInvalid")


async def test_me_stands_for_the_own_person(service: Service, pupil: Pupil) -> None:
    client = service.api("student")
    assert (await get(client, "persons/me"))["id"] == pupil.person
    marks = await get(client, "persons/me/edu-groups")
    assert marks == await get(client, f"persons/{pupil.person}/edu-groups")


async def test_a_teacher_sees_classes_and_nobodys_diary(service: Service) -> None:
    client = service.api("teacher")
    me = await get(client, "users/me/context")
    assert (me["roles"], me["children"], me["groupIds"]) == (["EduStaff"], [], [])
    assert me["schoolIds"] == [service.number("school", "school-1")]
    taught = await get(client, f"persons/{me['personId']}/edu-groups")
    assert taught
    own = await get(client, f"teacher/{me['personId']}/students")
    assert {item["id"] for item in own} == {item["id"] for item in taught}
    assert own[0]["students"]
    group = taught[0]["id"]
    assert await get(client, f"edu-groups/{group}/persons") == own[0]["students"]
    week = {"startDate": "2026-02-09", "endDate": "2026-02-10"}
    path = f"persons/{own[0]['students'][0]['id']}/groups/{group}/schedules"
    assert await refusal(service, "teacher", path, **week) == (403, "ownerForbidden")
    assert await refusal(service, "student", f"teacher/{me['personId']}/students") == (
        403,
        "ownerForbidden",
    )


async def test_an_account_without_children_gets_empty_lists(service: Service) -> None:
    for slug in ("no-children", "no-longer-student"):
        client = service.api(slug)
        context = await get(client, "users/me/context")
        assert (context["children"], context["schools"], context["groupIds"]) == ([], [], [])
        assert (await get(client, "users/me/feed")) == {"days": []}
    user = service.number("user", "account-no-children")
    answer = await service.api("no-children").get(f"/mobile/v8.5/users/{user}/context")
    assert answer.json()["contextPersons"] == []
    page = await service.web("no-children").get("/homework.aspx")
    assert page.status_code == 404


async def test_a_trusted_person_reads_like_a_guardian(service: Service, pupil: Pupil) -> None:
    client = service.api("trusted")
    context = await get(client, "users/me/context")
    assert context["roles"] == ["EduParent"]
    assert [child["personId"] for child in context["children"]] == [pupil.person]
    assert await get(client, "persons/me/edu-groups") == []


async def test_lists_of_a_school(service: Service, pupil: Pupil) -> None:
    client = service.api("student")
    groups = await get(client, f"schools/{pupil.school}/edu-groups")
    assert pupil.group in {item["id"] for item in groups}
    head = await get(client, f"schools/{pupil.school}/membership", schoolMembershipType="Admins")
    staff = await get(client, f"schools/{pupil.school}/membership", schoolMembershipType="Staff")
    assert head[0] in staff
    cities = await get(client, "schools/cities")
    assert {item["name"] for item in cities} == {item.city for item in service.world.schools}
    both = await get(client, "schools", schools=pupil.school)
    assert both == [await get(client, f"schools/{pupil.school}")]
    name = service.world.person_of("student-1").surname
    found = await get(client, "person/search", lastName=name)
    assert pupil.person in {item["id"] for item in found}
    users = [service.number("user", f"account-{slug}") for slug in ("student", "parent-two")]
    many = await client.post("/v2/users/many", json=users)
    assert [item["id"] for item in many.json()] == users
    assert await get(client, "users/me/organizations") == []
    assert await get(client, "users/me/children") == []


async def test_a_subgroup_has_its_own_subject_teacher_lessons_and_marks(
    service: Service,
) -> None:
    client, world = service.api("student"), service.world
    student = world.student("student-1")
    key = next(key for key in student.group_keys if "english" in key)
    number = service.number("group", key)
    subjects = await get(client, f"edu-groups/{number}/subjects")
    assert [item["name"] for item in subjects] == [world.subject("subject-english").name]
    assert len(await get(client, f"edu-groups/{number}/teachers")) == 1
    members = await get(client, f"edu-groups/{number}/persons")
    assert len(members) == len(world.group(key).student_keys)
    lessons = await get(client, f"edu-groups/{number}/lessons/2026-02-02/2026-02-13")
    assert {item["group"] for item in lessons} == {number}
    span = "2025-09-01/2026-05-31"
    person = service.person("student-1")
    own = await get(client, f"persons/{person}/edu-groups/{number}/marks/{span}")
    whole = await get(client, f"edu-groups/{number}/marks/{span}")
    assert own
    assert [item for item in whole if item["person"] == person] == own


async def test_json_of_the_pages_checks_its_parameters(service: Service, pupil: Pupil) -> None:
    browser = service.web("student")
    base = (
        f"/api/userfeed/persons/{pupil.person}/schools/{pupil.school}/groups/{pupil.group}/schedule"
    )
    diary = f"/api/v2/marks/diary?personId={pupil.person}&schoolId={pupil.school}"
    for path in (
        f"{base}?takeDays=x",
        f"{base}?takeDays=999",
        f"{base}?date=soon",
        f"{diary}&startDate=1770595200&finishDate=1700000000",
        "/api/userfeed/posts/?limit=x",
    ):
        answer = await browser.get(path)
        assert answer.json()["type"] == "parameterInvalid", path
    assert (await browser.get(base)).json()["days"], "from today on"
