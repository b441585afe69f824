"""Accounts and the pupils whose diaries they open."""

import pytest

from gateway.core.ids import Ids
from gateway_dnevnik_ru.mapping.keys import Keys
from gateway_dnevnik_ru.mapping.pupils import completed, pupils_of, pupils_of_app
from gateway_dnevnik_ru.wire.mobile import MobileContext, MobileGroup, MobilePerson, MobileSchool
from gateway_dnevnik_ru.wire.people import Child, Context, ContextSchool
from gateway_dnevnik_ru.wire.schools import EduGroup

KEYS = Keys(Ids("dnevnik_ru"))


def ids_of(pupils):
    return [pupil.id(KEYS) for pupil in pupils]


def context_of(**changed):
    values = {"user_id": 1, "person_id": 2, "roles": ["EduStudent"], "school_ids": [1000]}
    return Context(**{**values, **changed})


def test_a_pupil_sees_their_own_diary():
    (pupil,) = pupils_of(context_of(group_ids=[30]))
    assert pupil.native == {"person": "2", "user": "1", "school": "1000", "group": "30"}


def test_a_parents_own_school_is_no_diary():
    child = Child(person_id=7, school_ids=[1000], group_ids=[30])
    pupils = pupils_of(context_of(roles=["EduParent"], children=[child]))
    assert [pupil.native for pupil in pupils] == [{"person": "7", "school": "1000", "group": "30"}]


def test_a_grown_pupil_with_a_child_sees_both_diaries():
    pupils = pupils_of(context_of(roles=["EduParent", "EduStudent"], children=[Child(person_id=7)]))
    assert [pupil.person for pupil in pupils] == [2, 7]


def test_staff_see_no_diary():
    assert pupils_of(context_of(roles=["EduStaff"])) == ()


def test_an_account_without_roles_is_a_pupils():
    assert [pupil.person for pupil in pupils_of(context_of(roles=None))] == [2]


@pytest.mark.parametrize("order", [(1000, 2000), (2000, 1000)])
def test_the_regular_school_keeps_the_plain_identifier_whatever_the_order(order):
    schools = [
        ContextSchool(id=2000, type="Additional", group_ids=[3]),
        ContextSchool(id=1000, type="Regular", group_ids=[30]),
    ]
    pupils = pupils_of(context_of(schools=schools, school_ids=list(order), group_ids=[3, 30]))
    assert ids_of(pupils) == ["dnevnik_ru:student:2", "dnevnik_ru:student:2/2000"]
    assert [pupil.group for pupil in pupils] == [30, 3]


def test_of_several_regular_schools_the_one_with_the_lowest_number_is_the_main_one():
    pupils = pupils_of(context_of(school_ids=[1002, 1001]))
    assert ids_of(pupils) == ["dnevnik_ru:student:2", "dnevnik_ru:student:2/1002"]
    assert [pupil.group for pupil in pupils] == [None, None]


def test_a_subgroup_is_no_class():
    groups = [EduGroup(id=30, type="Group"), EduGroup(id=31, type="Subgroup", parent_ids=[30])]
    (pupil,) = pupils_of(context_of(edu_groups=groups, group_ids=[31, 30]))
    assert pupil.group == 30


def entry(person, school, kind, group, name):
    return MobilePerson(
        person_id=person,
        school=MobileSchool(id=school, name=f"Школа {school}", type=kind),
        group=MobileGroup(id=group, name=name),
    )


def test_the_apps_entries_are_grouped_by_child():
    told = MobileContext(
        context_persons=[
            entry(7, 2000, "Additional", 3, "Кружок"),
            entry(7, 1000, "Regular", 30, "7А"),
            entry(8, 1000, "Regular", 31, "3Б"),
        ]
    )
    assert ids_of(pupils_of_app(told)) == [
        "dnevnik_ru:student:7",
        "dnevnik_ru:student:8",
        "dnevnik_ru:student:7/2000",
    ]


def test_the_app_adds_names_that_the_partner_interface_lacks():
    child = Child(person_id=7, school_ids=[1000], group_ids=[30])
    bare = pupils_of(context_of(roles=["EduParent"], children=[child]))
    told = MobileContext(context_persons=[entry(7, 1000, "Regular", 30, "7А")])
    (pupil,) = completed(bare, told)
    assert (pupil.school_name, pupil.group_name) == ("Школа 1000", "7А")
    assert completed(bare, MobileContext(context_persons=[])) == bare
