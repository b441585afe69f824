"""How requests may be spelt, and what every answer has in common."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from gateway_eljur.emulator.doors import BAD_DEVKEY, DEVKEY
from gateway_eljur.emulator.quirks import Empty, Quirks
from tests.plugins.eljur.emulator.support import ORIGIN, PLAIN, Service, error_of

LOGIN = {"login": "demo.student", "password": "demo-student-1"}
WHERE = {**PLAIN, "vendor": "sch1"}


@pytest.mark.parametrize("base", ["/api", "/apiv3"])
@pytest.mark.parametrize(
    "sent",
    [
        {"method": "GET", "params": {**WHERE, **LOGIN}},
        {"method": "POST", "params": WHERE, "data": LOGIN},
        {"method": "POST", "params": WHERE, "json": LOGIN},
        {"method": "GET", "params": WHERE, "json": LOGIN},
        {"method": "POST", "json": {**WHERE, **LOGIN}},
        {"method": "POST", "data": {**WHERE, **LOGIN}, "params": {"_": "1739361600000"}},
        {"method": "POST", "data": {**WHERE, **LOGIN}, "files": {"x": ("x.txt", b"x")}},
        {"method": "GET", "params": {**{k.upper(): v for k, v in WHERE.items()}, **LOGIN}},
        {"method": "GET", "params": {**LOGIN, "devKey": DEVKEY, "vendor": "SCH1"} | PLAIN},
    ],
)
async def test_a_token_is_given_wherever_the_parameters_stand(
    service: Service, base: str, sent: dict[str, Any]
) -> None:
    for path in (f"{base}/auth", f"{base}/auth/"):
        answer = await service.browser().request(url=path, **sent)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        envelope = answer.json()["response"]
        assert (envelope["state"], envelope["error"]) == (200, None)
        assert len(envelope["result"]["token"]) == 32
        assert envelope["result"]["expires"] == "2026-05-13 15:00:00"  # the school's clock


async def test_a_region_of_esia_takes_the_password_of_a_client_that_knows_no_other_host(
    service: Service,
) -> None:
    browser = service.browser("https://edu.gounn.ru")
    answer = await browser.post("/apiv3/auth", params={**PLAIN, "vendor": "edu"}, data=LOGIN)
    assert answer.status_code == 200, answer.text
    shown = service.account("account-student-edu")
    assert "password" not in shown.methods  # it is no way in that a person is offered


async def test_auth_sets_the_cookies_that_clients_want(service: Service) -> None:
    answer = await service.browser().post("/apiv3/auth", params=WHERE, data=LOGIN)
    school, visit = answer.headers.get_list("set-cookie")
    assert school.startswith("school_domain=sch1;")
    name, _, age, *_ = visit.split(";")
    assert name.startswith("ej_id=")
    assert int(age.split("=")[1]) > 0  # a client takes the third part for the age


@pytest.mark.parametrize(
    "changed, status, error",
    [
        ({"password": "wrong"}, 400, "Неправильный логин или пароль"),
        ({"login": "nobody"}, 400, "Неправильный логин или пароль"),
        ({"login": "demo.esia-only"}, 400, "Неправильный логин или пароль"),
        ({"login": "demo.parent-one"}, 400, "Неправильный логин или пароль"),  # of another school
        ({"devkey": BAD_DEVKEY}, 400, "не удалось авторизовать разработчика"),
        ({"devkey": "abc"}, 400, "не удалось авторизовать разработчика"),
        ({"devkey": ""}, 400, "не удалось авторизовать разработчика"),
        ({"vendor": "no-such"}, 500, "Внутренняя ошибка сервера"),
        ({"vendor": ""}, 500, "Внутренняя ошибка сервера"),
    ],
)
async def test_a_refused_sign_in_says_why(
    service: Service, changed: dict[str, str], status: int, error: str
) -> None:
    answer = await service.browser().get("/apiv3/auth", params={**WHERE, **LOGIN, **changed})
    assert error_of(answer) == (status, status, error)
    if changed.keys() & LOGIN.keys():
        assert answer.json()["response"]["result"]["errorCode"] == "login"


@pytest.mark.parametrize("token", ["", "unknown", "other"])
async def test_a_dead_token_is_forbidden(service: Service, token: str) -> None:
    diary = service.signed_in("account-student")
    if token == "other":
        token = service.account("account-parent-one").token or ""  # alive at another school
    assert error_of(await diary.ask("getrules", auth_token=token))[:2] == (403, 403)


async def test_a_token_ends_after_three_months_and_outlives_a_new_one(service: Service) -> None:
    browser = service.browser()
    tokens = []
    for _ in range(2):
        answer = await browser.post("/apiv3/auth", params=WHERE, data=LOGIN)
        tokens.append(answer.json()["response"]["result"]["token"])
        service.clock.pass_(timedelta(days=1))

    async def status(token: str) -> int:
        asked = {**WHERE, "auth_token": token}
        return (await browser.get("/apiv3/getrules", params=asked)).status_code

    assert [await status(token) for token in tokens] == [200, 200]
    service.clock.pass_(timedelta(days=88))
    assert [await status(token) for token in tokens] == [403, 200]


@pytest.mark.parametrize(
    "host, vendor, status",
    [
        ("api.eljur.ru", "sch1", 200),
        ("sch1.eljur.ru", "sch1", 200),
        ("sch1.eljur.ru", "", 200),
        ("sch2.eljur.ru", "sch1", 500),
        ("edu.schools48.ru", "sch1", 200),
        ("edu.gounn.ru", "sch1", 500),
        ("edu.gounn.ru", "", 200),
        ("api.eljur.ru", "edu", 500),
        ("nobody.eljur.ru", "sch1", 500),
    ],
)
async def test_a_real_host_serves_its_own_schools(
    service: Service, host: str, vendor: str, status: int
) -> None:
    asked = {**PLAIN, **LOGIN} | ({"vendor": vendor} if vendor else {})
    answer = await service.browser(f"https://{host}").get("/apiv3/auth", params=asked)
    assert answer.status_code == status


async def test_a_real_host_gets_real_addresses(service: Service) -> None:
    diary = service.signed_in("account-student")
    assert (await diary.result("getrules"))["uploadFileUrl"].startswith(f"{ORIGIN}/storage/upload?")
    diary.browser = service.browser("https://sch1.eljur.ru")
    real = (await diary.result("getrules"))["uploadFileUrl"]
    assert real.startswith("https://storage.eljur.ru/storage/upload?")


@pytest.mark.parametrize("word", ["true", "yes", "__yes", "1", "TRUE"])
async def test_a_switch_is_on_in_every_spelling(service: Service, word: str) -> None:
    diary = service.signed_in("account-student")
    record = await diary.of_student("getdiary", rings=word, days="20260212")
    assert record["days"]["20260212"]["items"]["1"]["starttime"] == "08:30:00"


@pytest.mark.parametrize("word", ["false", "no", "0", ""])
async def test_a_switch_is_off_otherwise(service: Service, word: str) -> None:
    diary = service.signed_in("account-student")
    record = await diary.of_student("getdiary", rings=word, days="20260212")
    assert "starttime" not in record["days"]["20260212"]["items"]["1"]


@pytest.mark.parametrize("out_format", [None, "xml"])
async def test_without_a_format_the_answer_is_xml(service: Service, out_format: str | None) -> None:
    diary = service.signed_in("account-student")
    params = {k: v for k, v in diary.params.items() if k != "out_format"}
    if out_format is not None:
        params["out_format"] = out_format
    asked = {**params, "class": "7А", "days": "20260212"}
    answer = await diary.browser.get("/apiv3/getschedule", params=asked)
    assert answer.headers["content-type"].startswith("text/xml")
    root = ET.fromstring(answer.text)
    assert (root.tag, root.findtext("state"), root.findtext("error")) == ("response", "200", "")
    day = root.find("result/day")
    assert day is not None
    assert day.attrib["name"] == "20260212"
    names = [item.attrib["name"] for item in day.findall("item")]
    assert "Геометрия" in names
    refused = await diary.browser.get("/apiv3/getschedule", params={**asked, "auth_token": "x"})
    assert ET.fromstring(refused.text).findtext("state") == "403"


async def test_xml_wraps_scalars_of_the_result_as_elements(service: Service) -> None:
    asked = {**WHERE, **LOGIN, "out_format": "xml"}
    answer = await service.browser().get("/apiv3/auth", params=asked)
    assert ET.fromstring(answer.text).findtext("result/token")


async def test_answers_are_compressed_when_asked(service: Service) -> None:
    diary = service.signed_in("account-student")
    diary.browser = service.browser(headers={"Accept-Encoding": "gzip"})
    answer = await diary.ask("getdiary")
    assert answer.headers["content-encoding"] == "gzip"
    diary.browser = service.browser(headers={"Accept-Encoding": "identity"})
    plain = await diary.ask("getdiary")
    assert "content-encoding" not in plain.headers
    assert len(gzip.compress(plain.content)) < len(plain.content)
    assert plain.json() == answer.json()


async def test_a_broken_body_and_an_unknown_method_are_refused(service: Service) -> None:
    browser = service.browser()
    kind = {"Content-Type": "application/json"}
    answer = await browser.post("/apiv3/auth", params=WHERE, content=b'{"login":', headers=kind)
    assert error_of(answer)[:2] == (400, 400)
    assert error_of(await browser.get("/apiv3/getnothing", params=WHERE))[:2] == (404, 404)
    assert (await browser.get("/nothing")).status_code == 404


@pytest.mark.parametrize(
    "days", ["2026-02-12", "20261301", "20260212-20260201", "x", "20200101-20260101"]
)
async def test_days_must_be_a_range(service: Service, days: str) -> None:
    diary = service.signed_in("account-student")
    assert error_of(await diary.ask("getdiary", days=days))[:2] == (400, 400)


async def test_days_may_have_points_and_default_to_this_week(service: Service) -> None:
    diary = service.signed_in("account-student")
    one = await diary.of_student("getdiary", days="2026.02.12")
    assert list(one["days"]) == ["20260212"]
    week = await diary.of_student("getdiary")
    assert list(week["days"]) == [f"202602{day:02}" for day in range(9, 15)]


async def with_quirk(start: Callable[..., Service], **quirks: Any) -> Any:
    diary = start(Quirks(**quirks)).signed_in("account-student")
    return await diary.ask("getdiary", days="20260214")  # a free Saturday


async def test_quirks_change_the_shape(start: Callable[..., Service]) -> None:
    def student_of(answer: httpx.Response) -> Any:
        students = answer.json()["response"]["result"]["students"]
        return students[0] if isinstance(students, list) else next(iter(students.values()))

    usual = student_of(await with_quirk(start))
    assert usual["name"] == "1007"
    assert usual["days"]["20260214"]["items"] == {}
    listed = await with_quirk(start, students_as_list=True)
    assert isinstance(listed.json()["response"]["result"]["students"], list)
    ints = student_of(await with_quirk(start, int_ids=True))
    assert ints["name"] == 1007
    empty = student_of(await with_quirk(start, items=Empty.LIST))
    assert empty["days"]["20260214"]["items"] == []
    absent = student_of(await with_quirk(start, items=Empty.ABSENT))
    assert "items" not in absent["days"]["20260214"]
    php = student_of(await with_quirk(start, empty_maps_as_lists=True))
    assert php["days"]["20260214"]["items"] == []
    text = await with_quirk(start, state_as_text=True)
    assert text.json()["response"]["state"] == "200"
    page = await with_quirk(start, page_for_data=True)
    assert page.headers["content-type"].startswith("text/html")
    assert student_of(await with_quirk(start, delay=0.001)) == usual


async def test_relations_are_an_array_where_the_host_likes_arrays(
    start: Callable[..., Service],
) -> None:
    diary = start(Quirks(students_as_list=True)).signed_in("account-parent-two-edu")
    relations = (await diary.result("getrules"))["relations"]
    assert [item["rel"] for item in relations["students"]] == ["child", "child"]


async def test_xml_nests_collections_and_unwraps_what_json_wraps(service: Service) -> None:
    diary = service.signed_in("account-student")
    year = {"days": "20250901-20260531", "out_format": "xml"}
    work = ET.fromstring((await diary.ask("gethomework", **{**year, "class": "7А"})).text)
    file = work.find("result/day/item/file")
    assert file is not None
    assert file.attrib.keys() == {"toid", "filename", "link"}
    rules = ET.fromstring((await diary.ask("getrules", out_format="xml")).text)
    assert rules.findtext("result/role") == "student"
    own = rules.find("result/relations/student")
    assert own is not None
    assert own.attrib["class"] == "7А"
