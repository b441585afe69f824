"""The tour signs in everywhere and shows everything it promises."""

from tests.cli.conftest import Diary


def test_the_tour_signs_in_by_every_method_and_shows_a_childs_week(diary: Diary) -> None:
    done = diary("demo", "--json")
    assert done.code == 0, done.err
    visits = {item["provider"]: item for item in done.json["providers"]}
    assert {"dnevnik_ru", "kundelik_kz", "emaktab_uz"} <= set(visits)
    for visit in visits.values():
        assert all(login["ok"] for login in visit["logins"]), visit["logins"]
        days = visit["week"]["value"]["days"]
        for part in ("lessons", "homework", "marks"):
            assert any(day[part] for day in days), part
        assert visit["averages"]["value"]
        assert visit["lacking"].get("final_grades") or visit["final_grades"]["value"]
    methods = {login["method"] for login in visits["dnevnik_ru"]["logins"]}
    assert methods == {"oauth", "password:partner", "password:mobile", "esia", "token", "cookies"}


def test_the_tour_is_shown_to_people_too(diary: Diary) -> None:
    done = diary("demo")
    assert done.code == 0, done.err
    assert "✗" not in done.out
    assert "Алгебра" in done.out
