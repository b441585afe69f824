from uuid import UUID

from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import MOBILE, WEB, Diary

CHILD = {
    *("last_name", "first_name", "middle_name", "birth_date", "sex", "user_id", "id", "phone"),
    *("email", "snils", "type", "contract_id", "school", "class_name", "class_level_id"),
    *("class_unit_id", "class_uid", "age", "groups", "ec_groups", "sections", "representatives"),
    *("sudir_account_exists", "sudir_login", "is_legal_representative", "contingent_guid"),
    *("parallel_curriculum_id", "enrollment_date", "service_type_id", "education_level_id"),
    *("physical_training_health_group_id", "profession_specialty_code"),
    *("profession_specialty_name", "grade_book_number", "grade_book_date"),
}


async def test_a_pupil_is_the_single_child_of_the_own_profile(pupil: Diary) -> None:
    told = await pupil.get(f"{WEB}/profile")
    (child,) = told["children"]
    assert told["profile"]["id"] == child["id"] == pupil.number
    assert told["profile"]["type"] == "student"
    assert child["contingent_guid"] == pupil.person
    assert child["type"] is None
    assert isinstance(told["hash"], str)


async def test_a_parent_has_a_profile_number_of_the_own_and_all_children(parent: Diary) -> None:
    told = await parent.get(f"{MOBILE}/profile/")
    assert told["profile"]["type"] == "parent"
    numbers = [child["id"] for child in told["children"]]
    assert len(numbers) == 2
    assert parent.number in numbers
    assert told["profile"]["id"] not in numbers


async def test_a_child_has_every_key_with_the_right_kind_of_value(parent: Diary) -> None:
    child = (await parent.get(f"{WEB}/profile"))["children"][0]
    assert set(child) == CHILD
    assert child["class_name"] == "7-А"
    assert str(UUID(child["class_uid"])) == child["class_uid"]
    assert len(child["phone"]) == 10
    assert len(child["snils"]) == 11
    assert all(isinstance(group["subject_id"], int) for group in child["groups"])
    assert child["sections"]
    assert {item["type"] for item in child["representatives"]} == {"Родитель"}
    assert child["is_legal_representative"] is True


async def test_somebody_of_the_staff_has_no_family_profile(service: Service) -> None:
    teacher = Diary.of(service, "teacher", "student-1")
    answer = await teacher.ask(f"{WEB}/profile")
    assert answer.status_code == 401
    assert answer.json() == {"apikey": None}


async def test_a_node_knows_no_account_of_meals(running: object) -> None:
    oblast = running("mosreg_ru")  # type: ignore[operator]  # a fixture's function
    diary = Diary.of(oblast, "parent-two", "student-1")
    children = (await diary.get(f"{WEB}/profile"))["children"]
    assert {child["contract_id"] for child in children} == {None}


async def test_a_school_tells_the_teachers_of_the_class(parent: Diary) -> None:
    child = (await parent.get(f"{WEB}/profile"))["children"][0]
    told = await parent.get(
        f"{WEB}/school_info/",
        school_id=child["school"]["id"],
        class_unit_id=child["class_unit_id"],
    )
    assert told["name"] == child["school"]["name"]
    assert len(told["classroom_teachers"]) == 1
    assert all(teacher["subject_names"] for teacher in told["teachers"])
    assert told["branches"][0]["is_main_building"] is True
    assert set(told["address"]) == {"county", "district", "address"}


async def test_a_school_of_other_families_is_refused(parent: Diary, service: Service) -> None:
    other = Diary.of(service, "parent-one", "student-4")
    school = (await other.get(f"{WEB}/profile"))["children"][0]["school"]["id"]
    assert (await parent.ask(f"{WEB}/school_info", school_id=school)).status_code == 403
    assert (await parent.ask(f"{WEB}/school_info", school_id=1)).status_code == 404


async def test_the_study_plan_names_teachers_by_subject(pupil: Diary) -> None:
    child = (await pupil.get(f"{WEB}/profile"))["children"][0]
    plan = await pupil.mine(f"{WEB}/programs/parallel_curriculum/{child['parallel_curriculum_id']}")
    subjects = [subject for section in plan["sections"] for subject in section["subjects"]]
    assert plan["hours"] == sum(subject["total_hours"] for subject in subjects)
    assert all(subject["teachers"] for subject in subjects)
    foreign = f"{WEB}/programs/parallel_curriculum/1"
    assert (await pupil.ask(foreign, student_id=pupil.number)).status_code == 404
    listed = await pupil.payload(f"{WEB}/subjects/list")
    assert {item["subject_id"] for item in listed} <= {item["subject_id"] for item in subjects}


async def test_pictures_are_of_the_own_family_only(parent: Diary, service: Service) -> None:
    (picture,) = await parent.get(f"/api/avatarmanagement/v1/{parent.person}")
    assert picture["url"].endswith(f"/avatars/{picture['id']}")
    assert (await parent.ask(picture["url"])).headers["content-type"] == "image/png"
    other = Diary.of(service, "parent-one", "student-4")
    assert (await other.ask(f"/api/avatarmanagement/v1/{parent.person}")).status_code == 403


async def test_a_trusted_person_stands_among_the_representatives_that_it_sees(
    service: Service,
) -> None:
    trusted = Diary.of(service, "trusted", "student-1")
    (child,) = (await trusted.get(f"{WEB}/profile"))["children"]
    assert "Представитель" in {item["type"] for item in child["representatives"]}
    assert child["is_legal_representative"] is False


async def test_the_citys_card_of_a_person(parent: Diary, service: Service) -> None:
    card = await parent.get(f"/api/persondata/v1/persons/{parent.person}")
    assert card["person_id"] == parent.person
    assert [row["class"]["academic_year_id"] for row in card["education"]] == [13, 12]
    assert card == await parent.get(f"/api/persondata/mobile/persons/{parent.person}")
    other = Diary.of(service, "parent-one", "student-4")
    path = "/api/persondata/v1/persons"
    assert (await other.ask(f"{path}/{parent.person}")).status_code == 403
    assert (await other.ask(f"{path}/x")).status_code == 404
