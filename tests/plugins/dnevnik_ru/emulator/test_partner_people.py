from typing import Any

import pytest

from gateway_dnevnik_ru.emulator.ids import Ids
from tests.plugins.dnevnik_ru.emulator.support import Service, get, narrow

CONTEXT = [
    *("userId", "roles", "children", "schools", "eduGroups"),
    *("splitId", "personId", "shortName", "schoolIds", "groupIds"),
]
PERSON = ["id", "id_str", "userId", "userId_str", "shortName", "sex"]
WIDE_PERSON = [
    *("id", "id_str", "userId", "userId_str"),
    *("firstName", "lastName", "middleName", "shortName", "sex"),
]
GROUP = [
    *("id", "id_str", "parentIds", "parentIds_str", "type", "name", "fullName", "parallel"),
    *("timetable", "timetable_str", "status", "studyyear", "educationType", "subjects"),
    "journaltype",
]
SCHOOL = [
    *("fullName", "avatarSmall", "city", "municipality", "regionid", "markType", "timeZone"),
    *("uses_avg", "uses_weighted_avg", "id", "id_str", "name", "educationType", "tsoCityId"),
    "tsoRegionTreePath",
]


async def test_the_context_has_ten_keys_in_order_without_the_contact_scope(
    service: Service,
) -> None:
    body = await get(await narrow(service, "student"), "users/me/context")
    assert list(body) == CONTEXT
    group, school = body["eduGroups"][0], body["schools"][0]
    assert list(group) == [key for key in GROUP if key != "educationType"]
    assert list(school) == ["id", "name", "type", "groupIds"]
    student = service.world.student("student-1")
    assert body["personId"] == service.person("student-1")
    assert body["userId"] == service.number("user", "account-student")
    assert body["groupIds"] == [service.number("group", student.class_key)]
    assert (group["parentIds"], group["type"], group["name"]) == ([], "Group", "7А")


async def test_the_contact_scope_adds_names_at_their_places(service: Service) -> None:
    body = await get(service.api("student"), "users/me/context")
    names = ["firstName", "lastName", "middleName"]
    assert list(body) == [
        *("userId", "avatarUrl", "roles", "children", "schools", "eduGroups", "splitId"),
        *("personId", *names, "shortName", "schoolIds", "groupIds"),
    ]


async def test_a_guardian_has_children_and_no_groups_of_their_own(service: Service) -> None:
    body = await get(service.api("parent-two"), "users/me/context")
    assert body["roles"] == ["EduParent"]
    assert (body["groupIds"], body["eduGroups"]) == ([], [])
    children = {child["personId"]: child for child in body["children"]}
    assert set(children) == {service.person("student-1"), service.person("student-3")}
    for key in ("student-1", "student-3"):
        child, student = children[service.person(key)], service.world.student(key)
        assert list(child) == [
            *("personId", "firstName", "lastName", "middleName", "shortName"),
            *("schoolIds", "groupIds"),
        ]
        assert child["groupIds"] == [service.number("group", student.class_key)]
        assert child["schoolIds"] == [service.number("school", student.school_key)]


async def test_a_pupil_of_two_schools_has_the_regular_one_first(service: Service) -> None:
    body = await get(service.api("student-two-schools"), "users/me/context")
    assert [school["type"] for school in body["schools"]] == ["Regular", "Additional"]
    assert len(body["groupIds"]) == 2


async def test_a_context_is_only_told_to_its_owner(service: Service) -> None:
    own = service.number("user", "account-student")
    client = service.api("student")
    assert (await get(client, f"users/{own}/context"))["userId"] == own
    other = service.number("user", "account-parent-two")
    answer = await client.get(f"/v2/users/{other}/context")
    assert (answer.status_code, answer.json()["type"]) == (403, "ownerForbidden")


async def test_a_person_has_six_keys_or_nine_by_scope(service: Service) -> None:
    path = f"persons/{service.person('student-1')}"
    assert list(await get(await narrow(service, "student"), path)) == PERSON
    assert list(await get(service.api("student"), path)) == WIDE_PERSON


async def test_a_user_hides_names_without_the_contact_scope(service: Service) -> None:
    hidden = await get(await narrow(service, "student"), "users/me")
    assert list(hidden) == [
        *("id", "id_str", "personId", "personId_str", "shortName"),
        *("locale", "timezone", "sex", "birthday", "roles"),
    ]
    shown = await get(service.api("student"), "users/me")
    person = service.world.person_of("student-1")
    assert shown["login"] == "demo.student"
    assert shown["fullNameInverse"] == person.full_name
    assert shown["birthday"] == f"{person.birth_date}T00:00:00"
    assert shown["timezone"] == "+3:00"
    assert shown["roles"] == ["EduStudent"]
    assert list(shown)[-1] == ("phone" if person.phone else "roles")


async def test_login_mail_and_phone_of_others_are_left_out(service: Service) -> None:
    client = service.api("student")
    teacher = service.world.teacher(service.world.lessons_of("student-1")[0].teacher_key)
    number = Ids(service.world).user_of(teacher.person_key)
    body = await get(client, f"users/{number}")
    assert body["roles"] == ["EduStaff"]
    assert body["lastName"] == service.world.person(teacher.person_key).surname
    assert {"login", "email", "phone"}.isdisjoint(body)
    child = service.number("user", "account-student")
    assert {"login", "email"} <= set(await get(service.api("parent-two"), f"users/{child}"))


async def test_the_passport_of_a_school_has_all_its_keys(service: Service) -> None:
    number = service.number("school", "school-1")
    body = await get(service.api("student"), f"schools/{number}/parameters")
    assert len(body) > 80
    assert body["fullName"] == service.world.school("school-1").full_name
    assert body["hobbyGroups"] == []


async def test_the_family_is_told_both_ways(service: Service) -> None:
    pupil = await get(service.api("student"), "users/me/relatives")
    assert {item["type"] for item in pupil} == {"Mother", "Father"}
    assert list(pupil[0]) == ["type", "person"]
    guardian = service.api("parent-two")
    children = await get(guardian, "users/me/relatives")
    persons = [service.person("student-1"), service.person("student-3")]
    assert [(item["type"], item["person"]["id"]) for item in children] == [
        ("Child", number) for number in persons
    ]
    me = await get(guardian, "users/me")
    assert [item["id"] for item in await get(guardian, f"user/{me['id']}/children")] == persons
    assert [
        item["id"] for item in await get(guardian, f"person/{me['personId']}/children")
    ] == persons
    users = await get(guardian, "users/me/children")
    assert users[0] == service.number("user", "account-student")
    nested = await get(guardian, "users/me/childrenrelatives")
    assert {item["type"] for item in nested[0]["relatives"]} == {"Mother", "Father"}


async def test_lists_of_numbers_are_numbers(service: Service) -> None:
    client = service.api("student")
    for path in ("schools", "edu-groups", "classmates"):
        body = await get(client, f"users/me/{path}")
        assert body
        assert all(isinstance(item, int) for item in body)
    assert await get(service.api("parent-one"), "users/me/edu-groups") == []


async def test_groups_of_a_person_hold_subgroups_and_with_all_the_past(service: Service) -> None:
    client, person = service.api("student"), service.person("student-1")
    now = await get(client, f"persons/{person}/edu-groups")
    assert all(list(item) == GROUP for item in now)
    student = service.world.student("student-1")
    main = service.number("group", student.class_key)
    assert {item["id"] for item in now} == {
        main,
        *(service.number("group", key) for key in student.group_keys),
    }
    assert {item["type"] for item in now} == {"Group", "Subgroup"}
    assert next(item["parentIds"] for item in now if item["type"] == "Subgroup") == [main]
    ever = await get(client, f"persons/{person}/edu-groups/all")
    assert {item["status"] for item in ever} == {"Active", "Archive"}
    school = service.number("school", "school-1")
    assert await get(client, f"persons/{person}/schools/{school}/edu-groups") == now


async def test_schools_have_their_keys_and_the_truth(service: Service) -> None:
    client = service.api("parent-one")
    number = service.number("school", "school-2")
    body = await get(client, f"schools/{number}")
    school = service.world.school("school-2")
    assert list(body) == SCHOOL
    assert (body["name"], body["fullName"]) == (school.short_name, school.full_name)
    assert (body["timeZone"], body["uses_weighted_avg"], body["markType"]) == (8, False, "mark5")
    short = await get(client, "schools/person-schools", excludeOrganizations="true")
    assert [list(item) for item in short] == [
        ["id", "id_str", "name", "educationType", "tsoCityId", "tsoRegionTreePath"]
    ]
    staff = await get(client, f"schools/{number}/teachers")
    assert len(staff[0]) == 26
    assert all(value is not None for item in staff for value in item.values())
    lessons = service.world.lessons_of("student-4")
    taught = {
        service.number("person", service.world.teacher(x.teacher_key).person_key) for x in lessons
    }
    assert taught <= {item["Id"] for item in staff}


async def test_memberships_leave_no_number_out(service: Service) -> None:
    client, person = service.api("student"), service.person("student-1")
    listed = await get(client, f"persons/{person}/school-memberships")
    single = await get(client, "users/me/school-memberships")
    assert listed == [single]
    assert single == await get(client, "users/me/education")
    place = single["schools"][0]
    assert list(place) == ["school", "roles", "editorRoles", "eduGroupMemberships", "subjects"]
    assert all(isinstance(item["fgosSubjectId"], int) for item in place["subjects"])
    groups = [item["eduGroup"] for item in place["eduGroupMemberships"]]
    assert all(isinstance(s["fgosSubjectId"], int) for g in groups for s in g["subjects"])


async def test_pupils_of_groups_come_plain_or_wrapped(service: Service) -> None:
    client = service.api("student")
    group = service.number("group", service.world.student("student-1").class_key)
    plain = await get(client, f"edu-groups/{group}/students")
    assert plain == await get(client, f"edu-groups/{group}/persons")
    assert plain == await get(client, "persons", eduGroup=group)
    bodies: list[dict[str, Any]] = [
        {"json": [group]},
        {"json": {"eduGroups": [group]}},
        {"data": {"eduGroups": group}},
    ]
    for body in bodies:
        answer = (await client.post("/v2/edu-groups/students", **body)).json()
        assert [item["group"] for item in answer] == [group]
        assert [item["person"] for item in answer[0]["students"]] == plain
        assert answer[0]["students"][0]["membershipstatus"] == "Active"


@pytest.mark.parametrize("path", ["persons/{}", "users/{}"])
async def test_strangers_are_not_shown(service: Service, path: str) -> None:
    client = service.api("student")
    kind = path.partition("s/")[0]
    stranger = service.world.student("student-4").person_key
    key = stranger if kind == "person" else "account-parent-one"
    answer = await client.get("/v2/" + path.format(service.number(kind, key)))
    assert (answer.status_code, answer.json()["type"]) == (403, "ownerForbidden")
    nobody = await client.get("/v2/" + path.format(1000000000000))
    assert (nobody.status_code, nobody.json()["type"]) == (404, "parameterInvalid")
