"""Letters, recipients, files of letters, announcements, and what the application itself asks."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.plugins.eljur.emulator.support import ORIGIN, Diary, Service, error_of


async def folder(diary: Diary, name: str = "inbox", **params: Any) -> Any:
    return await diary.result("getmessages", folder=name, **params)


@pytest.fixture
def parent(service: Service) -> Diary:
    return service.signed_in("account-parent-one")


async def test_a_folder_is_paged_and_totals_are_texts(parent: Diary) -> None:
    everything = await folder(parent)
    total = len(everything["messages"])
    assert (everything["total"], everything["count"]) == (str(total), total)
    assert total > 2
    page = await folder(parent, limit="2", page="2")
    assert page["messages"] == everything["messages"][2:4]
    assert page["total"] == str(total)
    beyond = await folder(parent, limit="2", page="999")
    assert beyond == {"total": str(total), "count": 0}
    dates = [item["date"] for item in everything["messages"]]
    assert dates == sorted(dates, reverse=True)


async def test_letters_are_searched_and_filtered(parent: Diary) -> None:
    everything = (await folder(parent))["messages"]
    wanted = everything[0]["user_from"]["lastname"]
    found = (await folder(parent, filter=wanted.upper()))["messages"]
    assert {item["id"] for item in found} <= {item["id"] for item in everything}
    assert everything[0]["id"] in {item["id"] for item in found}
    assert "messages" not in await folder(parent, filter="no such word")
    unread = await folder(parent, unreadonly="yes")
    assert all(item["unread"] for item in unread.get("messages", ()))
    assert error_of(await parent.ask("getmessages", folder="trash"))[:2] == (400, 400)


async def test_opening_a_letter_reads_it(service: Service) -> None:
    diary = service.signed_in("account-student")
    first = (await folder(diary, unreadonly="yes"))["messages"][0]
    opened = (await diary.result("getmessageinfo", id=first["id"]))["message"]
    assert opened["text"].startswith("<p>")
    assert opened["user_to"][0]["name"] == "1007"
    left = await folder(diary, unreadonly="yes")
    assert first["id"] not in {item["id"] for item in left.get("messages", ())}


async def test_files_of_a_letter_open(parent: Diary) -> None:
    listed = next(item for item in (await folder(parent))["messages"] if item["with_files"])
    opened = (await parent.result("getmessageinfo", id=listed["id"]))["message"]
    (file,) = opened["files"]
    assert file["filename"] == "Список (7 & 8 кл.).docx"
    answer = await parent.browser.get(file["link"])
    assert answer.content[:2] == b"PK"


async def test_somebody_elses_letter_is_not_found(service: Service, parent: Diary) -> None:
    foreign = (await folder(service.signed_in("account-student")))["messages"][0]["id"]
    assert error_of(await parent.ask("getmessageinfo", id=foreign))[:2] == (400, 400)
    assert error_of(await parent.ask("getmessageinfo", id="x"))[:2] == (400, 400)


async def groups_of(diary: Diary) -> dict[str, Any]:
    groups = (await diary.result("getmessagereceivers"))["groups"]
    return {item["key"]: item for item in groups}


async def test_recipients_are_grouped_and_nested_by_class(service: Service) -> None:
    groups = await groups_of(service.signed_in("account-student"))
    assert list(groups) == ["teachers", "classruks", "administration", "parents", "students"]
    assert {item["name"] for item in groups["students"]["subgroups"]} == {"7А", "5Б"}
    user = groups["teachers"]["users"][0]
    assert user.keys() == {"name", "lastname", "firstname", "middlename", "info", "search"}


@pytest.mark.parametrize("spelling", ["{0},{1}", "[{0} {1}]", "{0};{1}"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_letter_goes_to_several_people(parent: Diary, spelling: str, method: str) -> None:
    users = (await groups_of(parent))["teachers"]["users"][:2]
    numbers = [user["name"] for user in users]
    fields = {"subject": "Тема", "text": "Привет", "users_to": spelling.format(*numbers)}
    if method == "GET":
        assert await parent.result("sendmessage", **fields) == {}
    else:
        url = "/apiv3/sendmessage"
        answer = await parent.browser.post(url, params=parent.params, data=fields)
        assert answer.json() == {"response": {"state": 200, "error": None, "result": {}}}
    sent = (await folder(parent, "sent"))["messages"][0]
    assert (sent["subject"], sent["short_text"]) == ("Тема", "Привет")
    assert [user["name"] for user in sent["users_to"]] == numbers
    assert "user_from" not in sent


async def test_a_letter_arrives_at_its_recipient(service: Service, parent: Diary) -> None:
    me = (await parent.result("getrules"))["name"]
    other = service.signed_in("account-locked")  # the child's other parent
    await other.result("sendmessage", subject="", text="Ужин готов", users_to=me)
    newest = (await folder(parent))["messages"][0]
    assert (newest["short_text"], newest["unread"]) == ("Ужин готов", True)


@pytest.mark.parametrize(
    "changed", [{"users_to": ""}, {"users_to": "99999"}, {"text": " "}, {"fid[]": "nothing"}]
)
async def test_a_letter_that_cannot_be_sent_is_refused(
    parent: Diary, changed: dict[str, str]
) -> None:
    user = (await groups_of(parent))["teachers"]["users"][0]["name"]
    fields = {"text": "Привет", "users_to": user, **changed}
    before = (await folder(parent, "sent"))["total"]
    assert error_of(await parent.ask("sendmessage", **fields))[:2] == (400, 400)
    assert (await folder(parent, "sent"))["total"] == before


@pytest.mark.parametrize("name", ["replyto", "reply_to"])
async def test_a_reply_goes_to_the_sender(parent: Diary, name: str) -> None:
    origin = (await folder(parent))["messages"][0]
    await parent.result("sendreplymessage", **{name: origin["id"], "text": "Спасибо"})
    sent = (await folder(parent, "sent"))["messages"][0]
    assert sent["subject"] == f"Re: {origin['subject']}"
    assert sent["users_to"] == [origin["user_from"]]
    assert error_of(await parent.ask("sendreplymessage", replyto="1", text="x"))[:2] == (400, 400)


async def test_an_uploaded_file_travels_with_a_letter(service: Service, parent: Diary) -> None:
    rules = await parent.result("getrules")
    files = {"userfile": ("снимок.png", b"\x89PNG bytes", "image/png")}
    kept = (await parent.browser.post(rules["uploadFileUrl"], files=files)).json()
    user = (await groups_of(parent))["teachers"]["users"][0]["name"]
    fields = {"text": "Вот", "users_to": user, "fid[]": kept["id"], "filename[]": kept["name"]}
    await parent.result("sendmessage", **fields)
    sent = (await folder(parent, "sent"))["messages"][0]
    assert sent["with_files"] is True
    opened = (await parent.result("getmessageinfo", id=sent["id"]))["message"]
    assert opened["files"][0]["filename"] == "снимок.png"
    answer = await service.browser().get(opened["files"][0]["link"])
    assert answer.content == b"\x89PNG bytes"


async def test_files_of_a_letter_are_called_as_the_letter_says(parent: Diary) -> None:
    address = (await parent.result("getrules"))["uploadFileUrl"]
    numbers = []
    for name in ("123.bin", "124.bin", "125.bin"):
        files = {"userfile": (name, name.encode(), "application/octet-stream")}
        numbers.append((await parent.browser.post(address, files=files)).json()["id"])
    user = (await groups_of(parent))["teachers"]["users"][0]["name"]
    fields = {
        "text": "Части",
        "users_to": user,
        "fid[]": numbers,
        "filename[]": ["Часть 1.bin", "../tmp/part.bin"],
    }
    answer = await parent.browser.post("/apiv3/sendmessage", params=parent.params, data=fields)
    assert answer.status_code == 200, answer.text
    sent = (await folder(parent, "sent"))["messages"][0]
    listed = (await parent.result("getmessageinfo", id=sent["id"]))["message"]["files"]
    assert [item["filename"] for item in listed] == ["Часть 1.bin", "part.bin", "125.bin"]
    for item, content in zip(listed, (b"123.bin", b"124.bin", b"125.bin"), strict=True):
        opened = await parent.browser.get(item["link"])
        assert opened.content == content
        shown_as = opened.headers["content-disposition"]
        assert shown_as.endswith(f"''{quote(item['filename'])}")


async def test_an_upload_needs_its_token_and_a_file(parent: Diary) -> None:
    files = {"userfile": ("x.txt", b"x", "text/plain")}
    url = f"{ORIGIN}/storage/upload?token=wrong&domain=sch2"
    assert (await parent.browser.post(url, files=files)).status_code == 403
    good = (await parent.result("getrules"))["uploadFileUrl"]
    assert (await parent.browser.post(good, data={"x": "y"})).status_code == 400


async def test_announcements_are_paged_and_read(service: Service) -> None:
    diary = service.signed_in("account-student")
    everything = await diary.result("getboardnotices", folder="inbox", unreadonly="no")
    assert everything["count"] == everything["total"] == len(everything["notices"])
    page = await diary.result("getboardnotices", limit="3", page="2")
    assert page["notices"] == everything["notices"][3:6]
    first = everything["notices"][0]
    assert len(first["date"]) == len(first["date_actual_before"]) == len("2026-02-12")
    assert "&middot;" in first["users_to"]
    opened = (await diary.result("getboardnoticeinfo", id=first["id"]))["notice"]
    assert opened["text"]
    assert opened["resources"] == []
    after = await diary.result("getboardnotices", unreadonly="true")
    assert after["total_unread"] == everything["total_unread"] - 1
    assert first["id"] not in {item["id"] for item in after["notices"]}
    assert error_of(await diary.ask("getboardnoticeinfo", id="1"))[:2] == (400, 400)


async def test_announcements_of_another_school_are_not_there(service: Service) -> None:
    here = service.signed_in("account-student")
    number = (await here.result("getboardnotices"))["notices"][0]["id"]
    there = service.signed_in("account-parent-one")
    assert error_of(await there.ask("getboardnoticeinfo", id=number))[:2] == (400, 400)


async def test_the_application_gets_its_small_answers(service: Service) -> None:
    diary = service.signed_in("account-student")
    pushed = await diary.result("setpushtoken", token="abc", type="google", activate="1")
    assert pushed["result"] is True
    assert error_of(await diary.ask("setpushtoken"))[:2] == (400, 400)
    assert await diary.result("getextraitemsmenu") == {"items": []}
    assert await diary.result("getadvertisingnew") == {"advertising": []}


async def test_schools_are_found_by_name_and_city(service: Service) -> None:
    diary = service.signed_in("account-student")
    for path, value in (
        ("/schools/mobileapp", "эталон"),
        ("/apiv3/schools/mobileapp", "образцовск"),
    ):
        answer = await diary.browser.get(path, params={**diary.params, "value": value})
        found = answer.json()["response"]["result"]["schools"]
        assert [item["vendor"] for item in found] == ["sch3"]
