from gateway.sandbox.world import World
from gateway_mos_ru.emulator import ids
from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import (
    MOBILE,
    MONDAY,
    SUNDAY,
    WEB,
    WEEK,
    YEAR,
    Diary,
    numbers,
)

ITEM = {
    *("type", "description", "comments", "materials", "homework", "homework_entry_student_id"),
    *("attachments", "subject_id", "group_id", "date", "date_assigned_on", "subject_name"),
    *("lesson_date_time", "is_done", "has_teacher_answer", "homework_id", "homework_entry_id"),
    *("homework_created_at", "homework_updated_at", "written_answer", "date_prepared_for"),
    "additional_materials",
}
MATERIAL = {
    *("uuid", "type", "selected_mode", "type_name", "id", "urls", "description", "content_type"),
    *("title", "action_id", "action_name"),
}


async def test_homework_comes_by_the_day_it_is_due(pupil: Diary, world: World) -> None:
    told = await pupil.payload(f"{WEB}/homeworks", **WEEK)
    due = world.homework_of("student-1", MONDAY, SUNDAY)
    assert [item["date"] for item in told] == [item.due_on.isoformat() for item in due]
    assert all(set(item) == ITEM for item in told)
    assert all(item["homework"] == item["description"] for item in told)
    assert told[0]["date_prepared_for"] == f"{told[0]['date']}T00:00:00"
    assert told[0]["lesson_date_time"].startswith(told[0]["date"])


async def test_materials_have_one_shape_on_the_site_and_two_in_the_application(
    pupil: Diary,
) -> None:
    site = await pupil.payload(f"{WEB}/homeworks", **YEAR)
    with_materials = [item for item in site if item["materials"]]
    assert with_materials
    assert {str(item["additional_materials"]) for item in site} == {"[]"}
    assert all(set(material) == MATERIAL for item in site for material in item["materials"])
    mobile = await pupil.payload(f"{MOBILE}/homeworks", **YEAR)
    for item in mobile:
        grouped = [one for group in item["additional_materials"] for one in group["items"]]
        assert [one["title"] for one in grouped] == [one["title"] for one in item["materials"]]


async def test_a_file_is_handed_out_to_its_family_only(pupil: Diary, service: Service) -> None:
    site = await pupil.payload(f"{WEB}/homeworks", **YEAR)
    files = [one for item in site for one in item["materials"] if one["type"] == "attachments"]
    url = files[0]["urls"][0]["url"]
    answer = await pupil.ask(url)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(files[0]["content_type"])
    other = Diary.of(service, "parent-one", "student-4")
    assert (await other.ask(url)).status_code == 404


async def test_an_electronic_material_is_opened_by_a_redirect(
    pupil: Diary, service: Service
) -> None:
    site = await pupil.payload(f"{WEB}/homeworks", **YEAR)
    item, material = next(
        (item, one) for item in site for one in item["materials"] if one["uuid"] is not None
    )
    launch = "/api/ej/partners/v1/homeworks/launch"
    answer = await pupil.ask(
        launch, homework_entry_id=item["homework_entry_id"], material_id=material["uuid"]
    )
    assert answer.status_code == 302
    page = await pupil.ask(answer.headers["location"])
    assert material["title"] in page.text
    other = Diary.of(service, "parent-one", "student-4")
    for diary, entry, uuid, status in (
        (pupil, item["homework_entry_id"], pupil.person, 404),
        (pupil, 1, material["uuid"], 404),
        (other, item["homework_entry_id"], material["uuid"], 403),
    ):
        wrong = await diary.ask(launch, homework_entry_id=entry, material_id=uuid)
        assert wrong.status_code == status
    assert (await pupil.ask(f"/material_view/{pupil.person}")).status_code == 404


async def test_a_homework_is_ticked_off_and_again_not(pupil: Diary) -> None:
    item = next(
        one for one in await pupil.payload(f"{WEB}/homeworks", **WEEK) if not one["is_done"]
    )
    path = f"{WEB}/homeworks/{item['homework_entry_student_id']}/done"

    async def is_done() -> bool:
        rows = await pupil.payload(f"{MOBILE}/homeworks/short", **WEEK)
        number = item["homework_entry_student_id"]
        found = next(row for row in rows if row["homework_entry_student_id"] == number)
        return bool(found["is_done"])

    async def done_in_events() -> int:
        events = await pupil.week(source_types="PLAN")
        return sum(event["homework"]["execute_count"] for event in events)

    assert (await pupil.client.post(path)).json() == {"success": True}
    assert await is_done()
    counted = await done_in_events()
    assert (await pupil.client.delete(f"{path}/")).json() == {"success": True}
    assert not await is_done()
    assert await done_in_events() == counted - 1


async def test_the_homework_of_others_cannot_be_ticked_off(service: Service, world: World) -> None:
    other = Diary.of(service, "parent-one", "student-4")
    item = world.homework_of("student-1", MONDAY, SUNDAY)[0]
    number = numbers().of(ids.TASK, ids.task_key(item.key, "student-1"))
    assert (await other.client.post(f"{WEB}/homeworks/{number}/done")).status_code == 403
    assert (await other.client.post(f"{WEB}/homeworks/1/done")).status_code == 404


async def test_a_lessons_homework_is_none_of_additional_education(pupil: Diary) -> None:
    item = (await pupil.payload(f"{WEB}/homeworks", **WEEK))[0]
    path = f"{WEB}/homeworks/{item['homework_entry_student_id']}/done"
    assert (await pupil.client.post(path, params={"type": "ae"})).status_code == 404
    assert (await pupil.client.post(path, params={"type": "OO"})).status_code == 200


async def test_the_short_list_is_paged_sorted_and_of_one_subject(pupil: Diary) -> None:
    rows = await pupil.payload(f"{WEB}/homeworks/short", **WEEK)
    subject = rows[0]["subject_id"]
    own = await pupil.payload(f"{WEB}/homeworks/short", subject_id=subject, **WEEK)
    assert {row["subject_id"] for row in own} == {subject}
    down = await pupil.payload(
        f"{WEB}/homeworks/short", sort_column="date", sort_direction="desc", per_page=2, **WEEK
    )
    assert down == rows[::-1][:2]
    second = await pupil.payload(f"{WEB}/homeworks/short", page=2, per_page=2, **WEEK)
    assert second == rows[2:4]


async def test_several_materials_are_looked_up_at_once(pupil: Diary) -> None:
    site = await pupil.payload(f"{WEB}/homeworks", **YEAR)
    uuid = next(one["uuid"] for item in site for one in item["materials"] if one["uuid"])
    answer = await pupil.client.post(
        "/api/family/materials/v1/additional_materials",
        json={"materials": [{"uuid": uuid, "purpose": "for_home", "selected_mode": "execute"}]},
    )
    wrong = await pupil.client.post(
        "/api/family/materials/v1/additional_materials", json={"materials": None}
    )
    assert wrong.status_code == 400
    found = [item["uuid"] for group in answer.json()["payload"] for item in group["items"]]
    assert uuid in found
