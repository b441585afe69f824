import json

from gateway.sandbox.world import World
from tests.plugins.mos_ru.emulator.support import MOBILE, Diary

RANK = "/api/ej/rating/v1/rank"
DAY = "2026-02-12"


async def test_the_class_has_places_without_names(pupil: Diary, world: World) -> None:
    rows = await pupil.get(f"{RANK}/class", personId=pupil.person, date=DAY)
    assert len(rows) == len(world.class_group("class-1-7a-2025").student_keys)
    assert pupil.person in {row["personId"] for row in rows}
    places = [row["rank"]["rankPlace"] for row in rows]
    assert places == sorted(places)
    assert set(rows[0]) == {"personId", "imageId", "rank", "previousRank"}
    assert {row["rank"]["trend"] for row in rows} <= {"up", "down", "stable"}


async def test_one_client_spells_the_person_with_an_underscore(pupil: Diary) -> None:
    rows = await pupil.get(f"{RANK}/class", person_id=pupil.person, date=DAY)
    assert rows == await pupil.get(f"{RANK}/class/", personId=pupil.person, date=DAY)


async def test_at_the_start_of_the_year_there_are_no_places(pupil: Diary) -> None:
    assert await pupil.get(f"{RANK}/class", personId=pupil.person, date="2025-09-03") == []
    days = {"beginDate": "2025-09-01", "endDate": "2025-09-07"}
    assert await pupil.get(f"{RANK}/rankShort", personId=pupil.person, **days) == []


async def test_places_by_day_and_by_subject(pupil: Diary) -> None:
    days = {"beginDate": "2026-02-01", "endDate": "2026-02-20"}
    short = await pupil.get(f"{RANK}/rankShort", personId=pupil.person, **days)
    assert [row["date"] for row in short][-1] == DAY
    subjects = await pupil.get(f"{RANK}/subjects", personId=pupil.person, date=DAY)
    subject = subjects[0]
    one = {"personId": pupil.person, "subjectId": subject["subjectId"]}
    assert await pupil.get(f"{RANK}/subjects", date=DAY, **one) == [subject]
    assert (await pupil.ask(f"{RANK}/subjects", personId=pupil.person)).status_code == 400
    dynamics = await pupil.get(f"{RANK}/subjectsDynamics", date=["2026-02-05", DAY], **one)
    assert dynamics[-1] == {"date": DAY, "rank": subject["rank"]}
    assert (await pupil.ask(f"{RANK}/subjectsDynamics", personId=pupil.person)).status_code == 400
    wrong = await pupil.ask(f"{RANK}/class", personId=pupil.person, date=DAY, subjectId=1)
    assert wrong.status_code == 400


async def test_the_old_feed_tells_marks_and_homework(pupil: Diary) -> None:
    rows = await pupil.mine(f"{MOBILE}/notifications/search")
    assert {row["event_type"] for row in rows} == {"create_mark", "update_mark", "create_homework"}
    moments = [row["created_at"] for row in rows]
    assert moments == sorted(moments, reverse=True)
    assert len(moments[0]) == len("2026-02-12 12:34:56.789")
    for row in rows:
        if row["event_type"] == "create_homework":
            assert row["new_hw_description"]
            assert row["new_date_prepared_for"].endswith(" 00:00:00")
        else:
            assert isinstance(row["new_mark_value"], str)
            assert row["lesson_date"].endswith(" 00:00:00")
        if row["event_type"] == "update_mark":
            assert isinstance(row["old_mark_value"], str)
    assert (await pupil.mine(f"{MOBILE}/notifications/status")) >= 0


async def test_the_new_feed_is_paged_and_of_one_child(parent: Diary) -> None:
    path = "/api/instantmessages/v1/feed"
    first = (await parent.get(path, page=1, npp=5))["data"]
    second = (await parent.get(path, page=2, npp=5))["data"]
    assert len(first) == len(second) == 5
    assert first[-1]["timestamp"] >= second[0]["timestamp"]
    assert not {row["id"] for row in first} & {row["id"] for row in second}
    filter_ = json.dumps({"child_id": parent.number})
    own = (await parent.get(path, page=1, npp=50, filter=filter_))["data"]
    assert {row["child_id"] for row in own} == {parent.number}
    assert set(own[0]["context"]) == {
        *("source_id", "source_name", "event_id", "event_name", "setting_group_id"),
        "setting_group_name",
    }
    for wrong in ("[", "[]"):
        assert (await parent.ask(path, filter=wrong)).status_code == 400


async def test_unread_lines_are_counted(parent: Diary) -> None:
    base = "/api/instantmessages/v1"
    every = await parent.get(f"{base}/count_new")
    important = await parent.get(f"{base}/count_new_important")
    told = (await parent.get(f"{base}/feed", npp=100))["data"]
    assert sum(row["is_new"] for row in told) <= every
    assert 0 <= important <= every


async def test_news_are_listed_and_read_whole(parent: Diary) -> None:
    path = "/api/news/v2/news"
    page = await parent.get(f"{path}/main/users", page=1, per_page=2)
    assert len(page["data"]) == 2
    assert page["pagination"]["page_count"] * 2 >= page["pagination"]["total"]
    assert "content" not in page["data"][0]
    whole = await parent.get(f"{path}/{page['data'][0]['id']}")
    assert whole["content"][0]["type"] == "TEXT"
    assert whole["content"][0]["value"][0].startswith("<p>")
    assert (await parent.ask(f"{path}/1")).status_code == 404
    assert (await parent.ask(f"{path}/main/users", per_page=101)).status_code == 400
    channels = (await parent.get("/api/news/v2/channels"))["data"]
    assert page["data"][0]["channel"] in channels
