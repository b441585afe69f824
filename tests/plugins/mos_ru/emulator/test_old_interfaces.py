"""dnevnik.mos.ru as clients that were never rewritten ask it."""

from datetime import date

from gateway.sandbox.world import World
from gateway_mos_ru.emulator import ids
from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import MONDAY, SUNDAY, WEB, WEEK, Diary, numbers

CORE = "/core/api"


async def test_a_profile_has_no_nulls_and_dotted_days(pupil: Diary) -> None:
    del pupil.client.headers["X-Mes-Subsystem"]
    one = await pupil.get(f"{CORE}/student_profiles/{pupil.number}", with_groups="true")
    assert [one] == await pupil.get(f"{CORE}/student_profiles/")
    assert None not in one.values()
    assert one["person_id"] == pupil.person
    assert one["birth_date"] == "29.07.2012"
    assert one["created_at"] == "01.09.2024 09:00"
    assert one["parents"][0]["type"] == "parent"
    assert one["marks"] == one["final_marks"] == []
    assert set(one["groups"][0]) == {
        *("id", "name", "begin_date", "end_date", "class_unit_ids", "user_profile_id"),
        *("subgroup_ids", "metagroup", "archived"),
    }


async def test_classmates_have_names_here(pupil: Diary, service: Service) -> None:
    child = (await pupil.get(f"{CORE}/student_profiles"))[0]
    asked = {"class_unit_id": child["class_unit"]["id"], "types": "student", "per_page": 2147483647}
    mates = await pupil.get(f"{CORE}/profiles", **asked)
    assert pupil.person in [mate["person_id"] for mate in mates]
    assert all(mate["user"]["last_name"] for mate in mates)
    unit = await pupil.get(f"{CORE}/class_units/{child['class_unit']['id']}")
    assert unit["student_count"] == len(mates)
    other = Diary.of(service, "parent-one", "student-4")
    assert (await other.ask(f"{CORE}/profiles", **asked)).status_code == 403
    assert (await other.ask(f"{CORE}/profiles", class_unit_id=1)).status_code == 404


async def test_marks_come_by_the_day_they_were_entered(pupil: Diary, world: World) -> None:
    days = {"created_at_from": "09.02.2026", "created_at_to": "15.02.2026"}
    rows = await pupil.get(f"{CORE}/marks", student_profile_id=pupil.number, **days)
    entered = world.marks_of("student-1", MONDAY, SUNDAY, by_entry=True)
    assert {row["id"] for row in rows} <= {numbers().of(ids.MARK, item.key) for item in entered}
    assert rows
    assert rows[0]["created_at"][:10].endswith(".02.2026")
    dashed = {"created_at_from": "2026-02-09", "created_at_to": "2026-02-15"}
    assert rows == await pupil.get(f"{CORE}/marks", **dashed)
    for wrong in ("", "31.02.2026", "x"):
        asked = {"created_at_from": wrong, "created_at_to": "15.02.2026"}
        assert (await pupil.ask(f"{CORE}/marks", **asked)).status_code == 400


async def test_a_point_is_repeated_as_a_word(service: Service, world: World) -> None:
    diary = Diary.of(service, "student-two-schools", "student-2")
    days = {"created_at_from": "01.02.2026", "created_at_to": "15.02.2026"}
    points = [row for row in await diary.get(f"{CORE}/marks", **days) if row["is_point"]]
    assert {row["point_value"] for row in points} == {"true"}
    due = {f"{m.debt_due_on:%d.%m.%Y}" for m in world.marks_of("student-2") if m.debt_due_on}
    assert {row["point_date"] for row in points} == due


async def test_homework_tells_how_long_it_takes(pupil: Diary, world: World) -> None:
    days = {"begin_prepared_date": "09.02.2026", "end_prepared_date": "15.02.2026"}
    rows = await pupil.get(f"{CORE}/student_homeworks", **days)
    due = world.homework_of("student-1", MONDAY, SUNDAY)
    assert [row["homework_entry"]["duration"] for row in rows] == [item.minutes for item in due]
    inner = rows[0]["homework_entry"]["homework"]
    assert inner["date_prepared_for"] == f"{due[0].due_on:%d.%m.%Y}"
    new = await pupil.payload(f"{WEB}/homeworks", **WEEK)
    assert [row["id"] for row in rows] == [item["homework_entry_student_id"] for item in new]


async def test_lessons_of_groups(pupil: Diary, world: World) -> None:
    one = (await pupil.get(f"{CORE}/student_profiles"))[0]
    groups = ",".join(str(group["id"]) for group in one["groups"])
    rows = await pupil.get("/jersey/api/schedule_items", group_id=groups, **WEEK)
    lessons = [item for item in world.lessons_of("student-1", MONDAY, SUNDAY) if item.number]
    assert [row["id"] for row in rows] == [numbers().of(ids.LESSON, item.key) for item in lessons]
    assert rows[0]["iso_date_time"] == "2026-02-09T08:30:00"
    assert rows[0]["duration"] == 45
    teacher = await pupil.get(f"{CORE}/teacher_profiles/{rows[0]['teacher_id']}")
    assert rows[0]["subject_id"] in teacher["subject_ids"]
    assert (await pupil.ask(f"{CORE}/teacher_profiles/1")).status_code == 404
    (subject,) = await pupil.get(f"{CORE}/subjects", ids=f"{rows[0]['subject_id']},1")
    assert subject["name"] == rows[0]["subject_name"]


async def test_the_applications_old_paths_answer_as_the_new_ones(pupil: Diary) -> None:
    day = date(2026, 2, 10).isoformat()
    del pupil.client.headers["X-Mes-Subsystem"]
    old = await pupil.mine("/mobile/api/schedule", date=day)
    profile = await pupil.get("/mobile/api/profile")
    clubs = await pupil.get("/ae/api/ae_groups", student_ids=pupil.number)
    assert await pupil.get(f"{CORE}/messages/count_unread_and_important") == {
        "unread": 0,
        "important": 0,
    }
    pupil.client.headers["X-Mes-Subsystem"] = "familyweb"
    assert old == await pupil.mine(f"{WEB}/schedule", date=day)
    assert profile == await pupil.get(f"{WEB}/profile")
    sections = profile["children"][0]["sections"]
    assert [club["id"] for club in clubs] == [section["id"] for section in sections]


async def test_what_applications_ask_of_the_site_beside_the_diary(pupil: Diary) -> None:
    settings = {"name": "settings", "subsystem_id": 1}
    assert (await pupil.get("/api/usersettings/v1", **settings))["theme"]["type"] == "light"
    kept = await pupil.client.put("/api/usersettings/v1", json={"goal": False})
    assert kept.json() == {"goal": False}
    roles = await pupil.get("/v1/roles/allGlobal/")
    assert [role["globalRoleTag"] for role in roles] == ["student", "parent"]
    assert await pupil.get("/acl/api/system_messages") == []
    user = (await pupil.get(f"{WEB}/profile"))["profile"]["user_id"]
    (account,) = await pupil.get("/acl/api/users", ids=user)
    assert account["temporaryLocked"] is False
