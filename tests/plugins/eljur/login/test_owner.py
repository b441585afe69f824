"""Whose account was opened, whose diaries it reads, and what of them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.evidence import evidence_of, wire_structs
from gateway.core.errors import NoMembership, NoStudents, RoleNotServed
from gateway.core.ids import Ids
from gateway.core.model.people import Role
from gateway.core.wire.decoding import decode_value
from gateway_eljur.login import wire
from gateway_eljur.login.owner import capabilities_of, role_of, students_of, zone_of
from gateway_eljur.login.session import ends_at
from gateway_eljur.mapping.keys import Keys
from gateway_eljur.mapping.pupils import user_of
from gateway_eljur.wire.base import Envelope
from gateway_eljur.wire.people import Rules
from tests.plugins.eljur.login.samples import METHODS, SECTIONS, child, rules

KEYS = Keys(Ids("eljur", "cloud.sch1"))
OFF = Support.UNSUPPORTED


def read(**changed: Any) -> Rules:
    """The answer of `samples.rules`, changed and read."""
    noted: list[tuple[str, str]] = []
    found = decode_value(
        json.loads(json.dumps(rules(**changed)[1])),
        Envelope[Rules],
        lambda path, reason: noted.append((path, reason)),
    ).result
    assert found is not None
    return found


def names(told: Rules) -> dict[str, str]:
    """Students by number."""
    found = students_of(told, role_of(told), KEYS, "Europe/Moscow")
    return {item.native["student"]: item.name for item in found}


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        (["parent"], Role.GUARDIAN),
        (["student"], Role.STUDENT),
        (["teacher", "Parent "], Role.GUARDIAN),
        (["student", "parent"], Role.GUARDIAN),
        ({"0": "student"}, Role.STUDENT),
        ([], Role.GUARDIAN),
        (None, Role.GUARDIAN),
    ],
)
def test_one_who_is_several_things_comes_as_family(roles: object, role: Role) -> None:
    assert role_of(read(roles=roles)) is role


@pytest.mark.parametrize("roles", [["teacher"], ["administrator", "helper"], ["sysadmin"]])
def test_staff_only_has_no_diary(roles: list[str]) -> None:
    with pytest.raises(RoleNotServed):
        role_of(read(roles=roles))


def test_without_a_role_one_who_reads_only_themselves_is_a_student() -> None:
    told = read(roles=[], id=1000, relations={"students": {"1000": child("1000")}})
    assert role_of(told) is Role.STUDENT


@pytest.mark.parametrize(("given_id", "name"), [("1000", None), (1000, "x"), (None, "1000")])
def test_the_user_is_told_twice(given_id: object, name: object) -> None:
    assert user_of(read(id=given_id, name=name)) == "1000"


@pytest.mark.parametrize(
    "students",
    [
        {"1000": child("1000"), "1001": child("1001")},
        [child("1000"), child("1001")],
        [child("1000", name=1000), child("1001", name=1001)],
        {"1000": child("1000", name=None), "1001": child("1001")},
        [child("1000"), child("1001"), child("1000"), {"name": None}],
    ],
)
def test_children_come_as_a_map_or_a_list(students: object) -> None:
    assert names(read(relations={"students": students})) == {
        "1000": "Пример Ребёнок1000",
        "1001": "Пример Ребёнок1001",
    }


def test_a_child_is_reached_by_number_and_class() -> None:
    told = read(relations={"students": {"1000": child("1000")}})
    (found,) = students_of(told, Role.GUARDIAN, KEYS, "Asia/Irkutsk")
    assert found.id == "eljur@cloud.sch1:student:1000"
    assert found.native == {"student": "1000", "class": "10А"}
    assert found.zone == "Asia/Irkutsk"
    assert found.capabilities == {}


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"title": " Пример\t Иван &amp; Ко "}, "Пример Иван & Ко"),
        ({"title": "", "lastname": "Пример", "firstname": "Иван "}, "Пример Иван"),
        ({"title": None}, "№ 1000"),
    ],
)
def test_a_name_is_one_clean_line(changed: dict[str, object], name: str) -> None:
    told = read(relations={"students": {"1000": child("1000", **changed)}})
    assert names(told) == {"1000": name}


def test_a_child_without_a_class_has_none() -> None:
    told = read(relations={"students": {"1000": child("1000", **{"class": None})}})
    (found,) = students_of(told, Role.GUARDIAN, KEYS, "Europe/Moscow")
    assert found.native == {"student": "1000"}


@pytest.mark.parametrize(
    "groups",
    [
        {"10А": {"rel": "homeclass", "name": "10А"}, "10А.1": {"rel": "group"}},
        {"10А": {"rel": "homeclass"}},
        [{"rel": "group", "name": "x"}, {"rel": "homeclass", "name": "10А"}],
    ],
)
def test_a_student_is_their_own_where_nobody_is_listed(groups: object) -> None:
    told = read(roles=["student"], relations={"students": [], "groups": groups})
    (found,) = students_of(told, Role.STUDENT, KEYS, "Europe/Moscow")
    assert found.name == "Пример Мария"
    assert found.native == {"student": "2000", "class": "10А"}


def test_a_student_who_is_listed_is_there_once() -> None:
    own = child("2000")
    assert names(read(roles=["student"], relations={"students": {"2000": own}})) == {
        "2000": "Пример Ребёнок2000"
    }


@pytest.mark.parametrize("relations", [[], None, {}, {"students": [], "groups": []}])
def test_nobody_to_read_says_why(relations: object) -> None:
    parent, student = read(relations=relations), read(roles=["student"], relations=relations)
    with pytest.raises(NoStudents):
        names(parent)
    with pytest.raises(NoMembership):
        names(student)


def test_sections_narrow_what_the_account_can_do() -> None:
    without = [item for item in SECTIONS if item not in {"messages", "finalmarks"}]
    found = capabilities_of(read(allowedSections=without))
    assert found[Capability.MESSAGES] is OFF
    assert found[Capability.FINAL_GRADES] is OFF
    assert Capability.MARKS not in found


@pytest.mark.parametrize(
    "sections", [SECTIONS, dict(enumerate(SECTIONS)), [*SECTIONS, "board"], [], None, ["news"]]
)
def test_all_sections_or_none_that_is_known_narrow_nothing(sections: object) -> None:
    assert capabilities_of(read(allowedSections=sections)) == {}


def test_either_of_two_sections_shows_the_timetable() -> None:
    found = capabilities_of(read(allowedSections=["schedule", "marks"]))
    assert Capability.TIMETABLE not in found
    assert found[Capability.HOMEWORK] is OFF


def test_methods_narrow_one_child() -> None:
    few = [item for item in METHODS if item not in {"getdiary", "gethomework"}]
    told = read(relations={"students": {"1000": child("1000", rules=few), "1001": child("1001")}})
    first, second = students_of(told, Role.GUARDIAN, KEYS, "Europe/Moscow")
    assert first.capabilities[Capability.HOMEWORK] is OFF
    assert first.capabilities[Capability.TIMETABLE] is OFF
    assert Capability.MARKS not in first.capabilities
    assert second.capabilities == {}


@pytest.mark.parametrize(
    ("own", "of_class", "ways", "off"),
    [
        (["getschedule", "gethomework"], [], {"timetable": "student", "homework": "student"}, []),
        (["getperiods"], ["getschedule"], {"timetable": "class"}, [Capability.HOMEWORK]),
        (
            [" GetSchedule"],
            ["getschedule", "gethomework"],
            {"timetable": "student", "homework": "class"},
            [],
        ),
        (["getperiods"], None, {}, [Capability.TIMETABLE, Capability.LESSON, Capability.HOMEWORK]),
    ],
)
def test_a_child_whose_diary_is_closed_keeps_what_stands_in_for_it(
    own: list[str], of_class: object, ways: dict[str, str], off: list[Capability]
) -> None:
    relations = {
        "students": {"1000": child("1000", rules=own)},
        "groups": {"10А": {"name": "10А", "rel": "homeclass", "rules": of_class}},
    }
    (found,) = students_of(read(relations=relations), Role.GUARDIAN, KEYS, "Europe/Moscow")
    assert found.native == {"student": "1000", "class": "10А", **ways}
    assert found.capabilities[Capability.WEEK] is OFF
    parts = (Capability.TIMETABLE, Capability.LESSON, Capability.HOMEWORK)
    assert [item for item in parts if item in found.capabilities] == off


@pytest.mark.parametrize("own", [[], None, ["getdiary"]])
def test_what_the_class_may_be_asked_for_narrows_no_child_whose_diary_is_open(own: object) -> None:
    relations = {
        "students": {"1000": child("1000", rules=own)},
        "groups": {"10А": {"name": "10А", "rules": ["getschedule", "gethomework"]}},
    }
    (found,) = students_of(read(relations=relations), Role.GUARDIAN, KEYS, "Europe/Moscow")
    assert found.native == {"student": "1000", "class": "10А"}
    assert Capability.TIMETABLE not in found.capabilities
    assert Capability.HOMEWORK not in found.capabilities


@pytest.mark.parametrize(
    ("code", "region", "is_regional", "zone"),
    [
        ("38", "Иркутская область", False, "Asia/Irkutsk"),
        (38, None, False, "Asia/Irkutsk"),
        ("1", None, False, "Europe/Moscow"),
        ("", "Приморский край", False, "Asia/Vladivostok"),
        (None, None, False, "Europe/Moscow"),
        ("999", "Нигде", False, "Europe/Moscow"),
        ("38", "Иркутская область", True, "Europe/Moscow"),
    ],
)
def test_the_region_tells_the_clock(
    code: object, region: object, is_regional: bool, zone: str
) -> None:
    told = read(regionCode=code, region=region)
    assert zone_of(told, "Europe/Moscow", is_regional=is_regional) == zone


def test_the_end_of_a_token_is_on_the_schools_clock() -> None:
    assert ends_at("2027-01-03 12:00:00", "Asia/Irkutsk") == datetime(2027, 1, 3, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", [None, "", "завтра", "0000-00-00 00:00:00", "0001-01-01 00:00:00"])
def test_an_end_that_cannot_be_read_is_not_known(text: str | None) -> None:
    assert ends_at(text, "Europe/Moscow") is None


@given(st.text(max_size=30))
def test_any_end_is_a_moment_or_none(text: str) -> None:
    found = ends_at(text, "Europe/Moscow")
    assert found is None or found.tzinfo is UTC


def test_every_field_of_the_wire_is_marked() -> None:
    for shape in wire_structs((wire.__name__,)):
        assert set(evidence_of(shape)) == set(shape.__struct_fields__), shape
