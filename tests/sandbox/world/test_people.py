import re

from hypothesis import given
from hypothesis import strategies as st

from gateway.sandbox.world import World
from gateway.sandbox.world.model import EnrollmentState, Relation, Sex, TrustState
from gateway.sandbox.world.names import SURNAMES, TEACHER_SURNAMES
from gateway.sandbox.world.people import snils


def _is_valid(text: str) -> bool:
    """The published rule: below 100 the sum itself, 100 and 101 give 00, above modulo 101."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    total = sum((9 - index) * digit for index, digit in enumerate(digits[:9]))
    while total > 101:
        total %= 101
    control = 0 if total in (100, 101) else total
    return control == digits[9] * 10 + digits[10]


def test_the_control_number_of_a_well_known_example_is_right() -> None:
    assert snils(112_233_445) == "112-233-445 95"


@given(st.integers(1, 999_999_999))
def test_every_snils_has_a_valid_control_number(number: int) -> None:
    assert re.fullmatch(r"\d{3}-\d{3}-\d{3} \d{2}", snils(number))
    assert _is_valid(snils(number))


def test_persons_are_plainly_invented(world_of_day: World) -> None:
    surnames = {name for pair in (*SURNAMES, *TEACHER_SURNAMES) for name in pair}
    for person in world_of_day.persons:
        assert person.surname in surnames
        assert person.snils.startswith("000-000-")
        assert _is_valid(person.snils)
        assert person.phone is None or re.fullmatch(r"\+790000000\d\d", person.phone)
        assert person.email is None or person.email.endswith("@example.org")


def test_snils_phones_and_mail_are_nobody_elses(world: World) -> None:
    for values in (
        [person.snils for person in world.persons],
        [person.phone for person in world.persons if person.phone],
        [person.email for person in world.persons if person.email],
    ):
        assert len(values) == len(set(values))


def test_somebody_has_no_patronymic_and_both_sexes_are_there(world: World) -> None:
    assert any(person.patronymic is None for person in world.persons)
    assert {person.sex for person in world.persons} == set(Sex)


def test_names_are_put_together_as_in_a_register(world: World) -> None:
    person = world.person_of("student-1")
    assert person.full_name == f"{person.surname} {person.given_name} {person.patronymic}"
    assert person.short_name.count(".") == 2


def test_pupils_are_of_the_age_of_their_grade(world: World) -> None:
    for student in world.students:
        grade = world.class_group(student.class_key).grade_level
        age = world.current_year.start_year - world.person_of(student.key).birth_date.year
        if grade and student.key != "student-6":
            assert age == grade + 6


def test_siblings_share_a_family_and_learn_in_different_schools(world: World) -> None:
    first, second = world.children_of("person-mother-a")
    assert world.person_of(first.key).surname[:6] == world.person_of(second.key).surname[:6]
    assert first.school_key != second.school_key
    assert world.school(first.school_key).zone != world.school(second.school_key).zone


def test_one_pupil_goes_to_two_schools(world: World) -> None:
    assert [school.key for school in world.schools_of("student-2")] == ["school-1", "school-5"]
    lessons = world.lessons_of("student-2")
    assert {lesson.school_key for lesson in lessons} == {"school-1", "school-5"}
    assert list(lessons) == sorted(lessons, key=lambda item: item.starts_at)


def test_the_one_who_left_has_only_the_past(world: World) -> None:
    (place,) = world.student("student-6").enrollments
    assert place.state is EnrollmentState.LEFT
    assert world.places_of("student-6") == ()
    assert world.lessons_of("student-6") == ()
    assert world.finals_of("student-6", world.years[1].key)


def test_all_relations_and_states_of_trust_are_there(world: World) -> None:
    assert {tie.relation for tie in world.guardianships} == set(Relation)
    assert {item.state for item in world.trusted_persons} == set(TrustState)
    assert len(world.guardians_of("student-1")) == 2
    assert world.trusted_persons_of("student-1")[0].state is TrustState.ACCEPTED


def test_teachers_are_persons_of_the_school_they_teach_at(world: World) -> None:
    for lesson in world.lessons:
        assert world.teacher(lesson.teacher_key).school_key == lesson.school_key
    teacher = world.teachers[0]
    assert world.teacher_of(teacher.person_key) is teacher
