from collections.abc import Callable
from datetime import date, datetime

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from tests.plugins.mos_ru.emulator.login.support import Service
from tests.plugins.mos_ru.emulator.support import (
    EVENTS,
    MOBILE,
    MONDAY,
    SUNDAY,
    WEB,
    Diary,
    numbers,
)

DAY = "2026-02-10"


async def test_a_week_of_events_is_the_pupils_timetable(pupil: Diary, world: World) -> None:
    told = [event for event in await pupil.week() if event["source"] in ("PLAN", "EC")]
    lessons = world.lessons_of("student-1", MONDAY, SUNDAY)
    assert [event["id"] for event in told] == [
        numbers().of(ids.LESSON, lesson.key) for lesson in lessons
    ]
    first, lesson = told[0], lessons[0]
    assert first["source_id"] == str(first["id"])
    assert first["start_at"] == lesson.starts_at.isoformat(timespec="seconds")
    assert first["finish_at"] == lesson.ends_at.isoformat(timespec="seconds")
    assert first["subject_name"] == world.subject(lesson.subject_key).name


async def test_every_source_has_its_own_shape(service: Service) -> None:
    pupil = Diary.of(service, "student-two-schools", "student-2")
    events = await pupil.week(date(2025, 9, 1), date(2026, 2, 12))
    by_source: dict[str, list[dict[str, object]]] = {}
    for event in events:
        by_source.setdefault(str(event["source"]), []).append(event)
        assert {"room_name", "room_number", "health_status", "absence_reason_id"} <= set(event)
        assert isinstance(event["subject_name"], str)
        assert isinstance(event["is_missed_lesson"], bool)
    assert set(by_source) == {"PLAN", "EC", "AE", "OLYMPIAD"}
    for event in by_source["PLAN"]:
        assert event["lesson_type"] in ("NORMAL", "REMOTE")
        assert isinstance(event["room_number"], str)
        assert isinstance(event["room_name"], str)
        assert isinstance(event["homework"], dict)
        assert isinstance(event["subject_id"], int)
    for event in by_source["EC"]:
        assert event["lesson_type"] is None
        assert isinstance(event["homework"], dict)
        assert event["subject_name"] == event["group_name"]
    for event in by_source["AE"]:
        assert event["room_name"] is event["room_number"] is None
        assert isinstance(event["esz_field_id"], int)
    assert any(event["place"] for event in by_source["AE"])
    for event in by_source["OLYMPIAD"]:
        assert event["title"] == event["subject_name"]
        assert event["format_name"]
        assert isinstance(event["subjects"], list)


async def test_parents_are_told_of_the_schools_own_events_too(pupil: Diary, parent: Diary) -> None:
    days = date(2025, 9, 1), date(2026, 2, 12)
    own = {"EVENTS", "AFISHA", "ORGANIZER"}
    assert own <= {event["source"] for event in await parent.week(*days)}
    assert not own & {event["source"] for event in await pupil.week(*days)}


async def test_sources_and_expansions_are_told_only_when_asked_for(pupil: Diary) -> None:
    plain = await pupil.week(expand="homework", source_types="PLAN")
    assert {event["source"] for event in plain} == {"PLAN"}
    assert {str(event["marks"]) for event in plain} == {"None"}
    assert all(event["homework"]["descriptions"] is not None for event in plain)
    asked = {"begin_date": DAY, "end_date": DAY, "source_types": "PLAN,LESSON"}
    assert (await pupil.ask(EVENTS, person_ids=pupil.person, **asked)).status_code == 400
    bare = await pupil.week(expand="")
    assert {str(event["homework"]) for event in bare} == {"None"}


async def test_marks_of_an_event_have_no_number(pupil: Diary) -> None:
    marks = [mark for event in await pupil.week() for mark in event["marks"] or ()]
    assert marks
    for mark in marks:
        assert "id" not in mark
        assert isinstance(mark["value"], str)
        assert mark["values"][0]["grade"]["origin"]


async def test_homework_of_an_event_is_counted(pupil: Diary, world: World) -> None:
    events = await pupil.week()
    told = sum(event["homework"]["total_count"] for event in events if event["source"] == "PLAN")
    due = [item for item in world.homework_of("student-1", MONDAY, SUNDAY) if not item.is_empty]
    assert told == len(due) > 0
    with_entries = next(event["homework"] for event in events if event["homework"]["entries"])
    assert set(with_entries["entries"][0]) >= {"duration", "homework_entry_id"}


async def test_a_missed_lesson_says_so_and_why(pupil: Diary, world: World) -> None:
    absences = [
        item
        for item in world.attendance_of("student-1")
        if item.kind is m.AttendanceKind.ABSENT and item.reason is m.AbsenceReason.ILLNESS
    ]
    day = absences[0].date
    events = {event["id"]: event for event in await pupil.week(day, day)}
    event = events[numbers().of(ids.LESSON, absences[0].lesson_key)]
    assert event["is_missed_lesson"] is True
    assert event["absence_reason_id"] == 6
    assert event["health_status"] == "SICK"


async def test_a_range_of_a_year_works_and_one_that_ends_before_it_starts_does_not(
    pupil: Diary,
) -> None:
    assert len(await pupil.week(date(2025, 9, 1), date(2026, 8, 31))) > 1000
    for begin, end in (("2026-02-10", "2026-02-09"), ("10.02.2026", "2026-02-12"), ("", "")):
        answer = await pupil.ask(EVENTS, person_ids=pupil.person, begin_date=begin, end_date=end)
        assert answer.status_code == 400


async def test_a_node_tells_its_own_time(running: Callable[..., Service]) -> None:
    diary = Diary.of(running("myschool_tyumen"), "student", "student-1")
    told = (await diary.week())[0]["start_at"]
    assert datetime.fromisoformat(told).utcoffset() is not None
    assert told.endswith("08:30:00+05:00")


async def test_the_short_timetable_has_every_day_that_is_asked(pupil: Diary) -> None:
    days = await pupil.payload(f"{WEB}/schedule/short", dates=f"{DAY},2026-02-15")
    assert [day["date"] for day in days] == [DAY, "2026-02-15"]
    assert days[1]["lessons"] == []
    lesson = days[0]["lessons"][0]
    assert set(lesson) == {
        *("lesson_id", "begin_time", "end_time", "bell_id", "subject_id", "subject_name"),
        *("lesson_type", "group_id", "group_name", "lesson_education_type", "evaluation"),
        *("absence_reason_id", "lesson_name", "schedule_item_id", "is_virtual"),
    }
    for lesson in days[0]["lessons"]:
        if lesson["lesson_education_type"] != "OO":
            assert lesson["subject_name"] is None
            assert lesson["group_name"]


async def test_a_day_numbers_its_lessons_and_names_teachers(pupil: Diary, world: World) -> None:
    day = await pupil.mine(f"{WEB}/schedule/", date=DAY)
    lessons = [item for item in day["activities"] if item["type"] == "LESSON"]
    numbered = [item for item in lessons if item["info"].endswith(" урок")]
    assert day["summary"] == f"{len(numbered)} уроков"
    assert [item["info"] for item in numbered] == [f"{n + 1} урок" for n in range(len(numbered))]
    assert all(item["lesson"]["teacher"]["last_name"] for item in lessons)
    pause = next(item for item in day["activities"] if item["type"] == "BREAK")
    assert pause["duration"] == pause["end_utc"] - pause["begin_utc"]
    assert isinstance(lessons[0]["lesson"]["homework"], str | None)


async def test_a_lesson_in_detail(pupil: Diary) -> None:
    event = next(item for item in await pupil.week() if item["homework"]["total_count"])
    for base, kind in ((WEB, "OO"), (MOBILE, "PLAN")):
        told = await pupil.mine(
            f"{base}/lesson_schedule_items/{event['id']}", person_id=pupil.person, type=kind
        )
        assert told["id"] == event["id"]
        assert told["begin_time"] == event["start_at"][11:16]
        assert len(told["lesson_homeworks"]) >= event["homework"]["total_count"]
        assert "is_smart" in told["lesson_homeworks"][0]
        for homework in told["lesson_homeworks"]:
            if base == WEB:
                assert homework["additional_materials"] == []
            else:
                assert all("items" in group for group in homework["materials"])
                assert all("urls" in item for item in homework["additional_materials"])
        assert ("kr_attachments" in told) is (base == MOBILE)


async def test_remarks_stand_in_the_comments_of_their_lesson(pupil: Diary, world: World) -> None:
    remark = next(item for item in world.remarks_of("student-1") if item.lesson_key)
    number = numbers().of(ids.LESSON, remark.lesson_key or "")
    told = await pupil.mine(f"{WEB}/lesson_schedule_items/{number}")
    assert remark.text in [comment["text"] for comment in told["teacher_comments"]]


async def test_a_remote_lesson_has_its_link(pupil: Diary, world: World) -> None:
    lesson = next(item for item in world.lessons_of("student-1") if item.remote_url)
    number = numbers().of(ids.LESSON, lesson.key)
    told = await pupil.mine(f"{WEB}/lesson_schedule_items/{number}")
    assert told["remote_lesson"]["link_to_join"] == lesson.remote_url
    assert told["is_virtual"] is True


async def test_a_lesson_is_refused_under_a_wrong_kind_and_to_strangers(
    pupil: Diary, service: Service
) -> None:
    event = (await pupil.week(source_types="PLAN"))[0]
    path = f"{WEB}/lesson_schedule_items/{event['id']}"
    assert (await pupil.ask(path, student_id=pupil.number, type="EC")).status_code == 404
    assert (await pupil.ask(path, student_id=pupil.number, type="X")).status_code == 400
    other = Diary.of(service, "parent-one", "student-4")
    assert (await other.ask(path, student_id=other.number)).status_code == 403
    assert (await other.ask(path, student_id=pupil.number)).status_code == 403
    gone = f"{WEB}/lesson_schedule_items/1"
    assert (await pupil.ask(gone, student_id=pupil.number)).status_code == 404


async def test_a_club_is_an_event_of_additional_education(pupil: Diary, world: World) -> None:
    club = world.clubs_of("student-1")[0]
    events = await pupil.week(source_types="AE")
    assert club.title in [event["subject_name"] for event in events]
    told = await pupil.mine(f"{WEB}/lesson_schedule_items/{events[0]['id']}", type="AE")
    assert told["lesson_education_type"] == "AE"


async def test_one_event_is_found_by_its_source(pupil: Diary) -> None:
    event = (await pupil.week(source_types="OLYMPIAD"))[0]
    assert (await pupil.get(f"{EVENTS}/{event['id']}", source="OLYMPIAD")) == event
    lesson = (await pupil.week(source_types="PLAN"))[0]
    assert (await pupil.get(f"{EVENTS}/{lesson['id']}", source="PLAN")) == lesson
    assert (await pupil.ask(f"{EVENTS}/1", source="PLAN")).status_code == 404
