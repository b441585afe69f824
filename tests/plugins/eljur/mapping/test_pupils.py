"""Whose diaries an account opens, and what their classes and schools are."""

from typing import Any

import msgspec
import pytest

from gateway.core.ids import Ids
from gateway.core.model.base import Reference
from gateway.core.model.grading import GradingScale
from gateway.core.model.schools import GroupKind, OrganizationKind
from gateway_eljur.mapping.keys import Keys
from gateway_eljur.mapping.pupils import (
    class_led,
    group_records,
    region_of,
    relations_of,
    school_of,
    school_record,
    student_record,
    students_of,
)
from gateway_eljur.wire.people import RelatedSchool, Rules
from tests.plugins.eljur.support import INSTANCE

KEYS = Keys(Ids("eljur", INSTANCE))


def rules(relations: Any = None, **fields: Any) -> Rules:
    return msgspec.convert({"relations": relations, **fields}, Rules, strict=False)


@pytest.mark.parametrize("relations", [None, [], {}, {"students": []}, {"students": None}])
def test_a_parent_without_children_opens_no_diary(relations: Any) -> None:
    assert students_of(rules(relations, roles=["parent"], id="1900")) == {}


def test_a_pupil_is_their_own_student_where_no_relation_says_so() -> None:
    found = students_of(rules([], roles={"0": "Student"}, id=1000, title="Примеров  Пример"))
    assert list(found) == ["1000"]
    assert found["1000"].title == "Примеров  Пример"


def test_a_student_is_known_by_the_number_inside_or_by_the_key_outside() -> None:
    told = {"students": {"1000": {"title": "А"}, "x": {"name": 1001}, "1002": {"name": "1003"}}}
    assert list(students_of(rules(told))) == ["1000", "1001", "1003"]


def test_who_has_no_number_is_nobody_whose_diary_could_be_asked_for() -> None:
    assert students_of(rules({"students": [{"title": "А"}, {"name": "абв"}]})) == {}


@pytest.mark.parametrize(
    ("balls", "scale"),
    [
        (5, GradingScale.FIVE_POINT),
        ("10", GradingScale.TEN_POINT),
        (100, GradingScale.HUNDRED_POINT),
        (8, GradingScale.CUSTOM),
        (None, None),
        ("", None),
    ],
)
def test_a_class_tells_the_scale_of_its_students(balls: Any, scale: GradingScale | None) -> None:
    told = rules(
        {"students": [{"name": "1000", "class": "7А"}], "groups": {"7А": {"balls": balls}}}
    )
    record = student_record(KEYS, "1000", students_of(told)["1000"], relations_of(told), None)
    assert record.get("scale") is scale


@pytest.mark.parametrize(("parallel", "level"), [("7", 7), (11, 11), (0, None), (12, None)])
def test_a_parallel_is_a_level_of_school_or_none(parallel: Any, level: int | None) -> None:
    told = rules({"students": [{"name": "1000", "parallel": parallel}]})
    record = student_record(KEYS, "1000", students_of(told)["1000"], relations_of(told), None)
    assert record.get("grade_level") == level
    assert "class_group" not in record


def test_a_class_that_only_the_student_names_is_a_class_all_the_same() -> None:
    told = rules({"students": [{"name": "1000", "class": "7А", "parallel": 7}], "groups": []})
    (record,) = group_records(KEYS, told, "1000", None)
    assert (record["kind"], record["name"], record["grade_level"]) == (GroupKind.HOMEROOM, "7А", 7)


def test_a_class_whose_name_goes_on_is_another_class() -> None:
    told = rules(
        {
            "students": [{"name": "1000", "class": "1"}, {"name": "1001", "class": "11"}],
            "groups": {"1": {}, "11": {}, "1.2": {}, "": {"name": ""}},
        }
    )
    assert [item["name"] for item in group_records(KEYS, told, "1000", None)] == ["1", "1.2"]


def test_who_leads_the_class_is_told_by_the_class_of_the_student_alone() -> None:
    told = rules(
        {
            "students": [{"name": "1000", "class": "7А"}],
            "groups": {
                "7Б": {"hometeacher_name": "Другов Д. Д."},
                "7А": {"hometeacher_name": "Образцова А. П."},
            },
        }
    )
    found = class_led(told, "1000", None)
    assert found is not None
    assert found.hometeacher_name == "Образцова А. П."
    assert class_led(told, "1001", "9В") is None


@pytest.mark.parametrize(
    ("school", "key"),
    [
        ({"title": "Школа № 0", "inn": "7700000001"}, "7700000001"),
        ({"title": "Школа", "inn": "0000000000"}, "Школа"),
        ({"title": "Школа", "inn": "77"}, "Школа"),
        ({"title_full": "Лицей"}, "Лицей"),
    ],
)
def test_a_school_is_known_by_its_taxpayer_number_else_by_its_name(
    school: dict[str, str], key: str
) -> None:
    record = school_record(KEYS, RelatedSchool(**school), None)
    assert record["id"] == f"eljur@{INSTANCE}:school:{key}"
    assert record["kind"] is OrganizationKind.SCHOOL


def test_a_college_says_so_in_its_name() -> None:
    school = RelatedSchool(title="ГБПОУ «Технический колледж»")
    assert school_record(KEYS, school, " ")["kind"] is OrganizationKind.COLLEGE


def test_of_several_schools_the_named_one_is_meant_and_none_without_a_name() -> None:
    told = relations_of(
        rules({"schools": [{"title": "Школа А"}, {"title": "Б", "title_full": "Школа Б"}]})
    )
    named = school_of(told, "школа б")
    assert named is not None
    assert named.title == "Б"
    assert school_of(told, None) is None
    assert school_of(told, "Школа В") is None


@pytest.mark.parametrize(("code", "region"), [("77", "77"), (5, "05"), ("777", None), (None, None)])
def test_a_region_is_a_code_of_two_digits(code: Any, region: str | None) -> None:
    assert region_of(rules({}, regionCode=code)) == region


TWO_SCHOOLS = {
    "students": [{"name": "1000", "class": "7А"}],
    "schools": [{"title": "Школа А", "inn": "7700000001"}, {"title": "Школа Б"}],
}


def test_classes_of_one_name_in_two_schools_are_two_classes() -> None:
    told = rules(TWO_SCHOOLS)
    (first,) = group_records(KEYS, told, "1000", None, "Школа А")
    (second,) = group_records(KEYS, told, "1000", None, "Школа Б")
    assert first["id"] == KEYS.group("7А", "7700000001")
    assert second["id"] == KEYS.group("7А", "Школа Б")


def test_a_class_is_the_same_for_who_sees_one_school_and_for_who_sees_two() -> None:
    one = rules({**TWO_SCHOOLS, "schools": [{"title": "Школа А", "inn": "7700000001"}]})
    (alone,) = group_records(KEYS, one, "1000", None)
    (named,) = group_records(KEYS, rules(TWO_SCHOOLS), "1000", None, "Школа А")
    assert alone["id"] == named["id"]


def test_the_class_of_a_student_of_an_unknown_school_is_a_name_only() -> None:
    told = rules(TWO_SCHOOLS)
    student, relations = students_of(told)["1000"], relations_of(told)
    unknown = student_record(KEYS, "1000", student, relations, None)["class_group"]
    known = student_record(KEYS, "1000", student, relations, "Школа Б")["class_group"]
    assert isinstance(unknown, Reference)
    assert isinstance(known, Reference)
    assert (unknown.id, unknown.name) == (None, "7А")
    assert known.id == KEYS.group("7А", "Школа Б")


def test_who_has_no_role_and_no_children_is_a_pupil_themselves() -> None:
    assert list(students_of(rules([], id="1000"))) == ["1000"]
    assert students_of(rules([], roles=["teacher"], id="1000")) == {}
