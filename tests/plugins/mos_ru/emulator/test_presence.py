from datetime import date

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import CORE, MOBILE, WEB, YEAR, Diary

COMING = {"from": "2026-02-16", "to": "2026-02-28"}


def notice(diary: Diary, **row: object) -> dict[str, object]:
    told = {"date": "2026-02-19", "reason_id": 6, "description": "болезнь", **row}
    return {"student_id": diary.number, "notifications": [told]}


async def absences(diary: Diary, **days: str) -> dict[str, dict[str, object]]:
    told = await diary.mine(f"{WEB}/attendance", **(days or COMING))
    assert told["days_count"] == len(told["attendance"])
    return {row["date"]: row for row in told["attendance"]}


async def test_days_of_absence_are_those_of_the_register(pupil: Diary, world: World) -> None:
    told = await absences(pupil, **{"from": "2025-09-01", "to": "2026-02-12"})
    absent = [a for a in world.attendance_of("student-1") if a.kind is m.AttendanceKind.ABSENT]
    assert set(told) == {item.date.isoformat() for item in absent}
    told_lessons = sum(len(row["lessons"]) for row in told.values())  # type: ignore[arg-type, misc]
    assert told_lessons >= len(absent)


async def test_without_days_the_whole_year_is_told(pupil: Diary) -> None:
    assert set(await absences(pupil, **YEAR)) == {
        row["date"] for row in (await pupil.mine(f"{MOBILE}/attendance/"))["attendance"]
    }


async def test_a_parents_notice_stands_in_the_list(parent: Diary) -> None:
    told = await absences(parent)
    assert set(told) == {"2026-02-16", "2026-02-17"}
    assert told["2026-02-16"]["notified"] is True
    assert told["2026-02-16"]["is_system"] is False
    profile = (await parent.get(f"{WEB}/profile"))["profile"]
    assert told["2026-02-16"]["parent_profile_id"] == profile["id"]


async def test_a_notice_is_handed_in_and_taken_back(parent: Diary) -> None:
    answer = await parent.client.post(f"{MOBILE}/attendance/v2", json=notice(parent))
    assert len(answer.json()["ids"]) == 1
    assert (await absences(parent))["2026-02-19"]["description"] == "болезнь"
    events = await parent.week(date(2026, 2, 19), date(2026, 2, 19), source_types="PLAN")
    assert {event["nonattendance_reason_id"] for event in events} == {6}
    assert {event["is_missed_lesson"] for event in events} == {False}
    gone = {"student_id": parent.number, "notifications": [{"date": "2026-02-19"}]}
    answer = await parent.client.request("DELETE", f"{MOBILE}/attendance", json=gone)
    assert answer.json() == {"success": True}
    assert "2026-02-19" not in await absences(parent)
    answer = await parent.client.request("DELETE", f"{WEB}/attendance", json=gone)
    assert answer.status_code == 404


async def test_a_notice_may_be_for_one_lesson(parent: Diary) -> None:
    day = (await parent.payload(f"{WEB}/schedule/short", dates="2026-02-19"))[0]
    bell = day["lessons"][1]["bell_id"]
    body = notice(parent, bell_id=bell)
    assert (await parent.client.post(f"{MOBILE}/attendance", json=body)).status_code == 200
    lessons = (await absences(parent))["2026-02-19"]["lessons"]
    assert isinstance(lessons, list)
    assert [lesson["bell_id"] for lesson in lessons] == [bell]
    wrong = notice(parent, bell_id=1)
    assert (await parent.client.post(f"{MOBILE}/attendance", json=wrong)).status_code == 400


async def test_a_notice_for_a_day_without_lessons_stands_alone(parent: Diary) -> None:
    body = notice(parent, date="2026-02-21")
    assert (await parent.client.post(f"{MOBILE}/attendance", json=body)).status_code == 200
    assert (await absences(parent))["2026-02-21"]["lessons"] == []


async def test_the_site_changes_a_notice(parent: Diary) -> None:
    await parent.client.post(f"{WEB}/attendance", json=notice(parent))
    changed = notice(parent, description="насморк")
    assert (await parent.client.put(f"{WEB}/attendance", json=changed)).status_code == 200
    assert (await absences(parent))["2026-02-19"]["description"] == "насморк"


async def test_only_parents_hand_in_notices(pupil: Diary, service: Service, parent: Diary) -> None:
    trusted = Diary.of(service, "trusted", "student-1")
    for diary in (pupil, trusted):
        for path in (f"{MOBILE}/attendance/v2", f"{WEB}/attendance"):
            answer = await diary.client.post(path, json=notice(diary))
            assert answer.status_code == 401
            assert answer.json() == {"apikey": None}
    other = Diary.of(service, "parent-one", "student-4")
    answer = await other.client.post(f"{MOBILE}/attendance", json=notice(parent))
    assert answer.status_code == 403


async def test_a_notice_must_make_sense(parent: Diary) -> None:
    path = f"{MOBILE}/attendance/v2"
    for body in (
        notice(parent, date="2026-02-11"),
        notice(parent, date="19.02.2026"),
        notice(parent, reason_id=2),
        notice(parent, reason_id="6"),
        {"student_id": parent.number, "notifications": []},
        {"student_id": parent.number, "notifications": ["2026-02-19"]},
        [],
    ):
        assert (await parent.client.post(path, json=body)).status_code == 400, body
    assert "2026-02-19" not in await absences(parent)


async def test_reasons_say_whether_parents_may_give_them(pupil: Diary) -> None:
    reasons = await pupil.get(f"{CORE}/nonattendance_reasons")
    assert [reason["id"] for reason in reasons] == list(range(1, 13))
    illness = next(reason for reason in reasons if reason["id"] == 6)
    assert illness["name"] == "Болезнь"
    assert illness["is_parent_available"] is True
    assert await pupil.get(f"{CORE}/nonattendance_reasons", ae_only="true") == []


async def test_medicine_ignores_days_and_turns_pages(pupil: Diary) -> None:
    path = f"{CORE}/emias_medical_recommendations"
    first = await pupil.get(path, student_profile_id=pupil.number, page=1)
    assert {row["type"] for row in first} == {"SICK", "EXEMPT"}
    assert await pupil.get(path, student_profile_id=pupil.number, **{"from": "2030-01-01"}) == first
    assert len(first) < 50
    assert await pupil.get(path, student_profile_id=pupil.number, page=2) == []


async def test_a_parent_acknowledges_a_week(parent: Diary, pupil: Diary) -> None:
    path = f"{CORE}/aware_journals"
    weeks = {"week_from": "2026-02-02", "week_to": "2026-02-12"}
    before = await parent.get(path, student_profile_ids=parent.number, **weeks)
    told = {row["week"] for row in before}
    missing = next(day for day in ("2026-02-02", "2026-02-09") if day not in told)
    profile = (await parent.get(f"{WEB}/profile"))["profile"]["id"]
    body = {
        "parent_profile_id": profile,
        "student_profile_id": parent.number,
        "week": missing,
    }
    answer = await parent.client.post(path, json=body)
    assert answer.json()["week"] == missing
    after = await pupil.get(path, student_profile_ids=pupil.number, **weeks)
    assert {row["week"] for row in after} == told | {missing}
    assert (await pupil.client.post(path, json=body)).status_code == 401
    for wrong in ({"week": "2031-01-06"}, {"parent_profile_id": 1}):
        answer = await parent.client.post(path, json={**body, **wrong})
        assert answer.status_code in (400, 404)
