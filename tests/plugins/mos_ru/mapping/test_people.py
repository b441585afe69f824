"""Persons, and what stands for the numbers that they lack."""

import pytest

from gateway.core.model.people import Relation
from gateway_mos_ru.mapping.people import guardian_records, teacher_of, teacher_records
from gateway_mos_ru.mapping.pupils import children_of, native_keys
from gateway_mos_ru.wire.people import Child, ChildSchool, FamilyProfile, PersonName, Representative
from gateway_mos_ru.wire.schools import SchoolInfo, SchoolTeacher
from tests.plugins.mos_ru.mapping.support import make_context

CONTEXT = make_context()
NAMES = {"last_name": "Задачкин", "first_name": "Захар", "middle_name": None}


def test_a_teacher_is_the_same_wherever_they_are_told_and_no_name_stands_in_the_identifier():
    (record,) = teacher_records(CONTEXT, SchoolInfo(1000, teachers=[SchoolTeacher(**NAMES)]))
    pointer = teacher_of(CONTEXT, PersonName(**NAMES))
    assert pointer is not None
    assert record["id"] == pointer.id
    assert "Задачкин" not in str(pointer.id)
    assert pointer.name == "Задачкин Захар"


def test_teachers_of_two_schools_are_two():
    other = teacher_of(make_context(school="1001"), PersonName(**NAMES))
    ours = teacher_of(CONTEXT, PersonName(**NAMES))
    assert other is not None
    assert ours is not None
    assert other.id != ours.id


def test_without_a_school_a_teacher_is_a_name_only():
    pointer = teacher_of(make_context(school=None), PersonName(**NAMES))
    assert pointer is not None
    assert pointer.id is None
    assert teacher_of(CONTEXT, PersonName()) is None


@pytest.mark.parametrize(
    ("word", "sex", "relation"),
    [
        ("Родитель", "female", Relation.MOTHER),
        ("Родитель", "male", Relation.FATHER),
        ("Родитель", None, Relation.UNKNOWN),
        ("Опекун", "male", Relation.GUARDIAN),
        ("Кто-то", "male", Relation.UNKNOWN),
        (None, "male", Relation.UNKNOWN),
    ],
)
def test_a_parent_is_mother_or_father_where_the_sex_is_told(word, sex, relation):
    (record,) = guardian_records(CONTEXT, [Representative(id=5, type=word, sex=sex)])
    assert record["relation"] is relation


def test_trusted_persons_are_no_guardians():
    assert guardian_records(CONTEXT, [Representative(id=5, type="Представитель")]) == []


def make_child(**told):
    return Child(**{"id": 1, "contingent_guid": "p-1", **told})


def test_a_child_at_two_schools_is_one_student_at_the_one_with_a_class():
    club = make_child(id=2, school=ChildSchool(id=20))
    main = make_child(id=3, school=ChildSchool(id=30), class_unit_id=300)
    for children in ([club, main], [main, club]):
        (child,) = children_of(FamilyProfile(children))
        assert native_keys(child)["student"] == "3"


def test_a_child_without_numbers_cannot_be_asked_for():
    unknown = [make_child(contingent_guid=None), make_child(id=None)]
    assert children_of(FamilyProfile(unknown)) == ()


def test_only_told_numbers_are_kept():
    assert native_keys(make_child(contract_id=5)) == {
        "student": "1",
        "person": "p-1",
        "contract": "5",
    }
