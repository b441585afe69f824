"""Account, calendar, diary, timetable, homework, marks and results."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from gateway.sandbox.world import model as m
from tests.plugins.eljur.emulator.support import ORIGIN, Service, error_of

YEAR = "20250901-20260531"


async def test_rules_tell_who_is_signed_in_and_whose_diaries_open(service: Service) -> None:
    rules = await service.signed_in("account-student").result("getrules")
    assert rules["roles"] == ["student"]
    assert rules["name"] == rules["id"] == "1007"
    assert (rules["vendor"], rules["regionCode"], rules["city"]) == ("sch1", "77", "Москва")
    own = rules["relations"]["students"]["1007"]
    assert (own["class"], own["parallel"], own["rel"]) == ("7А", 7, "self")
    assert rules["relations"]["groups"]["7А"]["balls"] == 5
    assert rules["relations"]["schools"][0]["number"] == "sch1"


async def test_rules_tell_where_help_is(service: Service) -> None:
    for key in ("account-student", "account-teacher"):
        rules = await service.signed_in(key).result("getrules")
        told = {name: value for name, value in rules.items() if name.startswith("support")}
        assert told.keys() == {
            "supportPhone",
            "supportEmail",
            "supportEmailSchool",
            "supportDescription",
            "supportHelpdesk",
            "supportHelpdeskSchoolEmployee",
        }
        assert all(isinstance(value, str) for value in told.values())
        assert told["supportHelpdesk"].startswith("https://")
        assert rules["rt_licey_school_end_date"] is False


async def test_a_parent_of_two_sees_both_in_a_region_and_one_in_each_school(
    service: Service,
) -> None:
    async def children(key: str) -> list[str]:
        rules = await service.signed_in(key).result("getrules")
        return [item["firstname"] for item in rules["relations"]["students"].values()]

    here, there = await children("account-parent-two"), await children("account-parent-two-sch3")
    assert len(here) == len(there) == 1
    assert await children("account-parent-two-edu") == here + there
    nobody = await service.signed_in("account-no-children").result("getrules")
    assert nobody["relations"]["students"] == []


async def test_schools_share_numbers_of_people(service: Service) -> None:
    two = [service.account(key) for key in ("account-parent-one", "account-parent-two-sch3")]
    assert {item.students[0].id for item in two} == {"1006"}
    assert len({item.students[0].gateway_id for item in two}) == 2


async def test_periods_have_weeks_that_stick_out_and_a_year_without_range(
    service: Service,
) -> None:
    diary = service.signed_in("account-student")
    (student,) = (await diary.result("getperiods", weeks="__yes"))["students"]
    assert [item["name"] for item in student["periods"]] == ["I", "II", "III", "year"]
    first, *_, year = student["periods"]
    assert (first["fullname"], first["start"], first["end"]) == (
        "I четверть",
        "20250901",
        "20251024",
    )
    assert first["weeks"][-1]["end"] == "20251026"
    assert "&mdash;" in first["weeks"][0]["title"]
    assert year["ambigious"] is True
    (full,) = (await diary.result("getperiods", show_disabled="true"))["students"]
    coming = next(item for item in full["periods"] if item["name"] == "IV")
    assert coming["disabled"] is True
    assert "weeks" not in coming


@pytest.mark.parametrize(
    "key, word",
    [
        ("account-parent-one", "II триместр"),
        ("account-parent-two-sch3", "II полугодие"),
        ("account-second-factor", "IV модуль"),
    ],
)
async def test_periods_are_called_as_the_school_calls_them(
    service: Service, key: str, word: str
) -> None:
    (student,) = (await service.signed_in(key).result("getperiods"))["students"]
    assert student["periods"][-2]["fullname"] == word


def lessons_of(record: Any) -> list[Any]:
    return [item for day in record["days"].values() for item in day["items"].values()]


async def test_the_diary_shows_the_lessons_that_take_place(service: Service) -> None:
    diary = service.signed_in("account-student")
    record = await diary.of_student("getdiary", days=YEAR, rings="1")
    held = [
        lesson
        for lesson in service.world.lessons_of("student-1")
        if lesson.status in {m.LessonStatus.HELD, m.LessonStatus.PLANNED} and lesson.number
    ]
    shown = {
        (day, item["num"]) for day, row in record["days"].items() for item in row["items"].values()
    }
    assert {(f"{lesson.date:%Y%m%d}", str(lesson.number)) for lesson in held} <= shown
    assert list(record["days"]) == sorted(record["days"])
    for item in lessons_of(record):
        assert {"name", "lesson_id", "num", "sort", "room", "teacher", "homework"} <= item.keys()
        assert isinstance(item["homework"], dict)
        assert isinstance(item["files"], list)
        assert isinstance(item["resources"], list)
        assert "topic" not in item or isinstance(item["topic"], str)


async def test_what_comes_after_the_lessons_stands_apart(service: Service) -> None:
    diary = service.signed_in("account-student")
    monday = (await diary.of_student("getdiary", days="20260209", rings="1"))["days"]["20260209"]
    (extra,) = monday["items_extday"]
    assert extra["name"] == "Разговоры о важном"
    assert isinstance(extra["homework"], list)
    assert extra["sort"] >= 110


async def test_days_without_lessons_say_why(service: Service) -> None:
    diary = service.signed_in("account-student")
    days = (await diary.of_student("getdiary", days="20251025-20260531"))["days"]
    assert days["20251027"]["alert"] == "vacation"
    assert days["20251104"]["alert"] == "holiday"
    assert days["20251104"]["holiday_name"] == "День народного единства"
    assert days["20260212"]["alert"] == "today"
    assert days["20260214"]["holiday_name"] == "Выходной"
    assert "20260215" not in days
    summer = await diary.of_student("getdiary", days="20260701-20260731")
    assert summer["days"] == {}


async def test_a_signed_week_says_so(service: Service) -> None:
    signed = [item for item in service.world.signatures_of("student-1") if item.signed_by]
    monday = signed[0].week_start
    diary = service.signed_in("account-student")
    record = await diary.of_student("getdiary", days=f"{monday:%Y%m%d}")
    assert record["parent_signed"] is True
    assert (await diary.of_student("getdiary"))["parent_signed"] is False


async def test_a_class_timetable_repeats_numbers_and_names_what_is_cancelled(
    service: Service,
) -> None:
    diary = service.signed_in("account-student")
    answer = await diary.ask("getschedule", **{"class": "7А", "student": "1007", "days": YEAR})
    days = answer.json()["response"]["result"]["days"]
    items = days["20260209"]["items"]
    numbers = Counter(item["num"] for item in items)
    assert numbers["4"] == 2
    assert any(item["name"] == "Cancel" for day in days.values() for item in day["items"])
    extra = days["20260209"]["items_extday"][0]
    assert extra["is_register_open"] is False
    unknown = await diary.ask("getschedule", **{"class": "99Я"})
    assert error_of(unknown)[:2] == (400, 400)


async def test_a_pupils_timetable_holds_no_work(service: Service) -> None:
    diary = service.signed_in("account-student")
    item = lessons_of(await diary.of_student("getschedule", rings="true"))[0]
    assert item.keys() == {"name", "num", "room", "teacher", "sort", "starttime", "endtime"}


async def test_homework_is_keyed_by_subject_for_a_pupil(service: Service) -> None:
    diary = service.signed_in("account-student")
    record = await diary.of_student("gethomework", days=YEAR)
    tasks = [
        (task["value"], task["individual"])
        for day in record["days"].values()
        for item in day["items"].values()
        for task in item["homework"].values()
    ]
    due = service.world.homework_of("student-1")
    assert len(tasks) == len(due)
    assert any(individual for _, individual in tasks)
    assert any(value == "Без задания" for value, _ in tasks)


async def test_homework_of_a_class_leaves_single_pupils_out(service: Service) -> None:
    diary = service.signed_in("account-student")
    answer = await diary.ask("gethomework", **{"class": "7А", "days": YEAR})
    items = [
        item
        for day in answer.json()["response"]["result"]["days"].values()
        for item in day["items"]
    ]
    assert any(item["individual_exists"] for item in items)
    values = [task["value"] for item in items for task in item.get("homework", {}).values()]
    own = {item.text for item in service.world.homework_of("student-1") if item.individual}
    assert not own & set(values)
    with_files = next(item for item in items if "files" in item)
    assert with_files["files"]["file"][0].keys() == {"toid", "filename", "link"}


async def test_a_class_item_with_nothing_in_common_has_no_homework_at_all(
    service: Service,
) -> None:
    diary = service.signed_in("account-student")
    days = (await diary.result("gethomework", **{"class": "7А", "days": YEAR}))["days"]
    items = [item for day in days.values() for item in day["items"]]
    bare = [item for item in items if "homework" not in item]
    assert bare
    assert all(item["individual_exists"] for item in bare)
    assert all("1" in item["homework"] for item in items if "homework" in item)


async def test_files_open_by_their_address_alone(service: Service) -> None:
    diary = service.signed_in("account-student")
    record = await diary.of_student("getdiary", days=YEAR)
    item = next(item for item in lessons_of(record) if item["files"])
    file = item["files"][0]
    assert str(file["toid"]) in item["homework"]
    assert file["link"].startswith(f"{ORIGIN}/storage/download/")
    answer = await service.browser().get(file["link"])
    assert answer.status_code == 200
    assert len(answer.content) > 0
    assert (await service.browser().get(f"{ORIGIN}/storage/download/0/x")).status_code == 404


async def marks_of(service: Service, key: str) -> list[Any]:
    record = await service.signed_in(key).of_student("getmarks", days=YEAR)
    return [mark for lesson in record["lessons"] for mark in lesson["marks"]]


async def test_marks_have_averages_and_stable_places(service: Service) -> None:
    record = await service.signed_in("account-student").of_student("getmarks", days=YEAR)
    for lesson in record["lessons"]:
        counted = [mark for mark in lesson["marks"] if mark["count"]]
        if not counted:
            assert lesson["average"] == ""
            continue
        weights = sum(mark["weight"] for mark in counted)
        mean = sum(mark["convert"] * mark["weight"] for mark in counted) / weights
        assert abs(float(lesson["average"]) - mean) < 0.006
        assert lesson["averageConvert"] == int(float(lesson["average"]))
    places = Counter(
        (mark["lesson_id"], mark["date"], mark["nm"])
        for lesson in record["lessons"]
        for mark in lesson["marks"]
    )
    assert set(places.values()) == {1}


@pytest.mark.parametrize("name", ["getassessments", "newgetmarks"])
async def test_marks_are_the_same_under_their_other_names(service: Service, name: str) -> None:
    diary = service.signed_in("account-student")
    own = (await diary.result("getrules"))["relations"]["students"]["1007"]["rules"]
    assert "getassessments" in own
    asked = {"student": "1007", "days": YEAR}
    assert await diary.result(name, **asked) == await diary.result("getmarks", **asked)


async def test_absences_are_marks_without_weight(service: Service) -> None:
    marks = await marks_of(service, "account-student")
    absent = [mark for mark in marks if mark["value"] == "н"]
    assert absent
    for mark in (mark for mark in marks if mark["value"] in {"н", "оп"}):
        assert (mark["convert"], mark["count"], mark["countas"]) == (0, False, 0)
        assert not mark.keys() & {"mtype", "weight", "weight_float"}
        assert mark["lesson_comment"] is None
    missed = [
        item
        for item in service.world.attendance_of("student-1")
        if item.kind is m.AttendanceKind.ABSENT
    ]
    assert len(absent) == len(missed)


async def test_some_schools_tell_ill_and_excused_by_letters(service: Service) -> None:
    values = {mark["value"] for mark in await marks_of(service, "account-parent-one")}
    assert {"б", "у"} <= values


async def test_cells_hold_points_debts_and_words(service: Service) -> None:
    keys = ("account-student", "account-parent-one", "account-parent-two-sch3")
    marks = [mark for key in keys for mark in await marks_of(service, key)]
    double = next(mark for mark in marks if mark["value"] in {"5/4", "4/5"})
    assert double["convert"] == 4.5
    by_value = {mark["value"]: mark for mark in marks}
    assert by_value["."]["count"] is False
    assert by_value["зач"]["convert"] == 0
    assert (by_value["5-"]["convert"], by_value["5-"]["countas"]) == (5, "5")
    assert any(mark.get("max_mark") == 100 for mark in marks)
    assert by_value["4"]["mtype"].keys() == {"id", "type", "short"}


async def test_a_school_that_weighs_nothing_has_equal_weights(service: Service) -> None:
    weights = {mark.get("weight", 1) for mark in await marks_of(service, "account-parent-one")}
    assert weights == {1}
    assert len({mark.get("weight", 1) for mark in await marks_of(service, "account-student")}) > 1


async def test_the_diary_and_the_list_tell_the_same_marks(service: Service) -> None:
    diary = service.signed_in("account-student")
    record = await diary.of_student("getdiary", days=YEAR)
    keys = {"lesson_id", "date", "nm", "value"}
    in_diary = {
        tuple(mark[key] for key in sorted(keys))
        for item in lessons_of(record)
        for mark in item.get("assessments", ())
    }
    in_list = {
        tuple(mark[key] for key in sorted(keys))
        for mark in await marks_of(service, "account-student")
    }
    assert in_diary <= in_list
    assert len(in_list - in_diary) < len(in_list) / 10  # those after the regular day


async def test_results_stand_under_codes_of_periods(service: Service) -> None:
    diary = service.signed_in("account-parent-two-sch3")
    now = await diary.of_student("getfinalassessments")
    assert {row["period"] for item in now["items"] for row in item["assessments"]} == {"I"}
    last = await diary.of_student("getfinalassessments", days="20240901-20250531")
    codes = {row["period"] for item in last["items"] for row in item["assessments"]}
    assert codes == {"I", "II", "year", "attestation", "exam", "final"}


async def test_updates_are_the_newest_marks_in_pages(service: Service) -> None:
    diary = service.signed_in("account-student")
    one = (await diary.of_student("getupdates", limit="5"))["updates"]
    two = (await diary.of_student("getupdates", limit="5", page="2"))["updates"]
    assert len(one["latest"] + one["old"]) == 5
    assert one != two


async def test_another_familys_child_is_not_there(service: Service) -> None:
    diary = service.signed_in("account-student")
    assert (await diary.result("getdiary", student="1011"))["students"] == {}
    assert error_of(await diary.ask("getdiary", student="abc"))[:2] == (400, 400)
    assert error_of(await diary.ask("getprofileuserinfo", student="1011"))[:2] == (400, 400)


async def test_several_children_may_be_asked_for_at_once(service: Service) -> None:
    diary = service.signed_in("account-parent-two-edu")
    everybody = (await diary.result("getdiary"))["students"]
    both = (await diary.result("getdiary", students=",".join(everybody)))["students"]
    assert len(everybody) == 2
    assert both == everybody
    one, _ = everybody
    assert list((await diary.result("getdiary", student=one))["students"]) == [one]


async def test_a_second_school_comes_after_the_lessons_where_one_tenant_has_both(
    service: Service,
) -> None:
    inside = service.signed_in("account-student-two-schools-eljur")
    record = await inside.of_student("getdiary", days=YEAR)
    after = {
        item["name"] for day in record["days"].values() for item in day.get("items_extday", ())
    }
    assert "Робототехника" in after
    apart = service.signed_in("account-student-two-schools-sch5")
    names = {item["name"] for item in lessons_of(await apart.of_student("getdiary", days=YEAR))}
    assert names == {"Робототехника"}


async def test_the_card_of_a_pupil(service: Service) -> None:
    card = (await service.signed_in("account-student").result("getprofileuserinfo"))[
        "profileUserInfo"
    ]
    assert card["parallel"] == "7А"
    assert card["schoolName"] == "ГБОУ Школа № 0001"
    assert float(card["marksForYears"]["2025/2026"]) > 3


async def test_the_year_of_the_world_decides_and_not_the_clock(service: Service) -> None:
    assert service.world.today == date(2026, 2, 12)
    diary = service.signed_in("account-student")
    assert "20260212" in (await diary.of_student("getdiary"))["days"]
