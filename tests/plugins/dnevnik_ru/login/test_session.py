"""Who an account is, whose diaries it opens, and in which time zone."""

from typing import Any

import pytest

from gateway.core.contract.session import Session
from gateway.core.errors import ProviderUnavailable
from gateway.core.model.people import Role
from gateway_dnevnik_ru.declaration import KUNDELIK_KZ
from tests.plugins.dnevnik_ru.login.play import TOKEN, Play
from tests.plugins.dnevnik_ru.login.samples import (
    GROUP,
    PERSON,
    SCHOOL,
    USER,
    child,
    context,
    parent_context,
    school,
    student_context,
    zone,
)
from tests.plugins.play import NOW, Reply, data, failing, only


async def opened(*replies: Reply, **options: Any) -> Session:
    play = Play("token", *replies, **options)
    await play.start()
    return only(await play.submit({"token": TOKEN}))


def group(number: int, **changed: Any) -> dict[str, Any]:
    own = {"id": number, "type": "Group", "name": "7А", "status": "Active", "parentIds": []}
    return {**own, "studyyear": 2026, **changed}


def groups(person: int, school: int, *found: dict[str, Any]) -> Reply:
    return data("GET", f"/v2/persons/{person}/schools/{school}/edu-groups", list(found))


async def test_a_student_opens_their_own_diary() -> None:
    session = await opened(context(), zone())

    (student,) = session.students
    assert student.id == f"dnevnik_ru:student:{PERSON}"
    assert student.name == "Песочников Пётр Ильич"
    assert dict(student.native) == {
        "person": str(PERSON),
        "user": str(USER),
        "school": str(SCHOOL),
        "group": str(GROUP),
    }
    assert session.role is Role.STUDENT
    assert session.created_at == NOW
    assert session.data == {
        "user_id": str(USER),
        "person_id": str(PERSON),
        "family": "partner",
        "role": "EduStudent",
        "mobile_version": "v8.5",
    }


async def test_numbers_may_come_as_text() -> None:
    spelled = student_context(userId=str(USER), personId=str(PERSON), groupIds=[str(GROUP)])

    assert (await opened(context(spelled), zone())).students[0].native["group"] == str(GROUP)


async def test_without_the_scope_for_names_the_short_one_is_shown() -> None:
    bare = student_context()
    for key in ("firstName", "lastName", "middleName"):
        del bare[key]

    assert (await opened(context(bare), zone())).students[0].name == "Песочников П."


async def test_a_parent_opens_every_childs_diary_and_none_of_their_own() -> None:
    two = parent_context(child(7, 50, groups=(51,)), child(8, 60, groups=(61,)))

    session = await opened(context(two), zone(), school(50), school(60))

    assert session.role is Role.GUARDIAN
    assert [
        (item.id, item.native["school"], item.native["group"]) for item in session.students
    ] == [
        ("dnevnik_ru:student:7", "50", "51"),
        ("dnevnik_ru:student:8", "60", "61"),
    ]


async def test_a_child_without_a_school_does_not_hide_the_other() -> None:
    two = parent_context(child(7), child(8, 60, groups=(61,)))

    session = await opened(context(two), zone())

    assert [item.native["person"] for item in session.students] == ["8"]


async def test_staff_with_children_are_parents() -> None:
    both = parent_context(child(7, 50, groups=(51,)), roles=["EduStaff", "EduParent"])

    session = await opened(context(both), zone())

    assert session.role is Role.GUARDIAN
    assert session.data["role"] == "EduParent,EduStaff"


class TestTwoSchools:
    async def test_the_regular_one_is_the_main_one_where_told(self) -> None:
        schools = [
            {"id": 40, "name": "Кружок", "type": "Additional", "groupIds": [41]},
            {"id": 50, "name": "Школа", "type": "Regular", "groupIds": [51]},
        ]
        both = student_context(schools=schools, schoolIds=[40, 50], groupIds=[41, 51])

        session = await opened(context(both), zone(), school(50), school(40))

        found = {item.id: item.native["group"] for item in session.students}
        assert found == {
            f"dnevnik_ru:student:{PERSON}": "51",
            f"dnevnik_ru:student:{PERSON}/40": "41",
        }

    async def test_what_is_not_told_of_a_childs_schools_is_asked_for(self) -> None:
        session = await opened(
            context(parent_context(child(7, 40, 50, groups=(41, 51)))),
            school(40, kind="Additional"),
            school(50),
            groups(7, 50, group(52, type="Subgroup", parentIds=[51]), group(51)),
            groups(7, 40, group(41)),
            zone(),
        )

        found = {item.id: item.native["group"] for item in session.students}
        assert found == {"dnevnik_ru:student:7/40": "41", "dnevnik_ru:student:7": "51"}

    async def test_what_cannot_be_asked_costs_nothing_else(self) -> None:
        session = await opened(
            context(parent_context(child(7, 40, 50, groups=(41, 51)))),
            failing("GET", "/v2/schools/40", ProviderUnavailable()),
            failing("GET", "/v2/schools/50", ProviderUnavailable()),
            failing("GET", "/v2/persons/7/schools/40/edu-groups", ProviderUnavailable()),
            data("GET", "/v2/persons/7/schools/50/edu-groups", {"type": "notOwner"}, 403),
            zone(),
        )

        assert {item.id for item in session.students} == {
            "dnevnik_ru:student:7",
            "dnevnik_ru:student:7/50",
        }
        assert all("group" not in item.native for item in session.students)


class TestClass:
    async def test_a_class_is_asked_for_where_none_is_told(self) -> None:
        session = await opened(
            context(parent_context(child(7, 50))),
            groups(
                7,
                50,
                group(51, studyyear=2025),
                group(52, type="Subgroup", parentIds=[53]),
                group(53),
                group(54, status="Archive", studyyear=2027),
            ),
            zone(),
        )

        assert session.students[0].native["group"] == "53"

    async def test_a_student_without_any_class_is_still_a_student(self) -> None:
        session = await opened(context(parent_context(child(7, 50))), groups(7, 50), zone())

        assert dict(session.students[0].native) == {"person": "7", "school": "50"}


class TestZone:
    @pytest.mark.parametrize(
        ("offset", "expected"),
        [
            ("+3:00", "Europe/Moscow"),
            ("+4:00", "Europe/Saratov"),
            ("6:00", "Asia/Omsk"),
            ("+07:00", "Asia/Krasnoyarsk"),
            ("+8", "Asia/Irkutsk"),
            ("+10:00:00", "Asia/Vladivostok"),
            ("+12:00", "Asia/Kamchatka"),
            ("+5:45", "Europe/Moscow"),
            ("-3:00", "Europe/Moscow"),
            ("+99:00", "Europe/Moscow"),
            ("Москва", "Europe/Moscow"),
        ],
    )
    async def test_the_accounts_clock_tells_it(self, offset: str, expected: str) -> None:
        session = await opened(context(), zone(offset))

        if expected == "Asia/Kamchatka":
            assert session.students[0].zone in {"Asia/Kamchatka", "Asia/Anadyr"}
        else:
            assert session.students[0].zone == expected

    async def test_a_named_region_tells_it_without_asking(self) -> None:
        session = await opened(context(), region="17")

        assert session.students[0].zone == "Asia/Krasnoyarsk"

    async def test_an_unknown_region_is_passed_over(self) -> None:
        session = await opened(context(), zone("+4:00"), region="no-such")

        assert session.students[0].zone == "Europe/Saratov"

    async def test_a_clock_that_cannot_be_asked_leaves_the_instances_zone(self) -> None:
        session = await opened(context(), failing("GET", "/v2/users/me", ProviderUnavailable()))

        assert session.students[0].zone == "Europe/Moscow"

    async def test_another_country_has_its_own(self) -> None:
        session = await opened(context(), zone("+5:00"), declaration=KUNDELIK_KZ)

        assert session.students[0].zone == "Asia/Almaty"
        assert session.students[0].id == f"kundelik_kz:student:{PERSON}"

    async def test_each_of_several_schools_has_its_own(self) -> None:
        children = (
            child(7, 50, groups=(51,)),
            child(8, 60, groups=(61,)),
            child(9, 70, groups=(71,)),
        )

        session = await opened(
            context(parent_context(*children)),
            zone("+7:00"),
            school(50, 2),
            school(60, 8),
            school(70, None),
        )

        assert [item.zone for item in session.students] == [
            "Europe/Kaliningrad",
            "Asia/Irkutsk",
            "Asia/Krasnoyarsk",
        ]

    async def test_a_named_region_wins_among_zones_of_one_time(self) -> None:
        children = (child(7, 50, groups=(51,)), child(8, 60, groups=(61,)))

        session = await opened(
            context(parent_context(*children)), school(50, 7), school(60, 99), region="54"
        )

        assert [item.zone for item in session.students] == ["Asia/Novosibirsk"] * 2
