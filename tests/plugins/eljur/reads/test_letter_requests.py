"""What letters and the board cost, how they go on, and that a letter is written once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import (
    BadResponse,
    InvalidId,
    InvalidRequest,
    NotFound,
    NotSupported,
    UnexpectedHtml,
)
from gateway.core.wire.request import Body, RequestKind
from gateway_eljur.reads.talk import Page
from tests.plugins.eljur.support import INSTANCE, NOW, make_adapter, make_session, make_student
from tests.plugins.support import FixtureLink

PREFIX = f"eljur@{INSTANCE}"
PEOPLE = (f"{PREFIX}:person:3001", f"{PREFIX}:person:3002")
LETTER = f"{PREFIX}:message:501"
NOTICE = f"{PREFIX}:announcement:71"
DONE = {"response": {"state": 200, "error": None, "result": {}}}
FILE = ("План.pdf", "application/pdf", b"%PDF")


def make_link(*exchanges, session=None):
    return FixtureLink(make_adapter(), exchanges, session or make_session(), NOW)


def asked(path, result, method="GET", **response):
    body = {"response": {"state": 200, "error": None, "result": result}}
    return {
        "request": {"method": method, "path": path},
        "response": {"body": body, **response},
    }


def rules(address):
    return asked(
        "/apiv3/getrules", {"relations": [], "roles": ["parent"], "uploadFileUrl": address}
    )


def sent(path="/apiv3/sendmessage", body=DONE):
    return {"request": {"method": "POST", "path": path}, "response": {"body": body}}


def send(link, **changed):
    arguments = {"recipient_ids": PEOPLE, "subject": "Тема", "text": "Текст\nи строка"}
    return link.adapter.send_message(link, make_student(), **{**arguments, **changed})


async def test_a_letter_is_one_form_with_numbers_of_people():
    link = make_link(sent())
    written = await send(link, recipient_ids=(*PEOPLE, PEOPLE[0]))
    (request,) = link.asked
    assert request.kind is RequestKind.WRITE
    assert request.params == ()
    assert request.body == Body.of_form(
        [("subject", "Тема"), ("text", "Текст\nи строка"), ("users_to", "3001,3002")]
    )
    assert (written.target, written.created) == (None, None)


async def test_a_reply_names_the_letter():
    link = make_link(sent("/apiv3/sendreplymessage"))
    written = await link.adapter.reply(link, make_student(), message_id=LETTER, text="Да")
    assert link.asked[0].kind is RequestKind.WRITE
    assert link.asked[0].body == Body.of_form([("replyto", "501"), ("text", "Да")])
    assert written.target == LETTER


@pytest.mark.parametrize(
    "changed, error",
    [
        ({"recipient_ids": ()}, InvalidRequest),
        ({"text": " \n"}, InvalidRequest),
        ({"recipient_ids": (LETTER,)}, InvalidId),
        ({"recipient_ids": ("eljur@cloud.sch2:person:3001",)}, InvalidId),
    ],
)
async def test_a_letter_that_cannot_be_sent_sends_nothing(changed, error):
    link = make_link()
    with pytest.raises(error):
        await send(link, **changed)
    assert link.asked == []


@pytest.mark.parametrize("body", [{}, {"response": {}}, {"result": True}, []])
async def test_an_answer_that_confirms_nothing_is_no_confirmation(body):
    with pytest.raises(BadResponse):
        await send(make_link(sent(body=body)))


async def test_a_web_page_is_no_confirmation():
    exchange = sent()
    exchange["response"] = {"text": "<!DOCTYPE html><html><body>Вход</body></html>"}
    with pytest.raises(UnexpectedHtml):
        await send(make_link(exchange))


@pytest.mark.parametrize("host", ["sch1.eljur.ru", "api.eljur.ru"])
async def test_files_are_brought_to_a_host_of_the_school_first(host):
    link = make_link(
        rules(f"https://{host}/storage/upload?token=t&domain=sch1"),
        {
            "request": {"method": "POST", "path": "/storage/upload?token=t&domain=sch1"},
            "response": {"body": {"id": 77, "url": "https://elsewhere.example/x"}},
        },
        sent(),
    )
    await send(link, attachments=(FILE,))
    _, upload, letter = link.asked
    assert upload.role == ("web" if host == "sch1.eljur.ru" else "api")
    assert upload.kind is letter.kind is RequestKind.WRITE
    assert upload.body == Body.of_multipart(("userfile", *FILE))
    assert letter.body.value[3:] == (("fid[]", "77"), ("filename[]", "План.pdf"))


@pytest.mark.parametrize(
    "address",
    [
        "https://storage.example/upload?token=t",
        "https://sch1.eljur.ru.example/upload",
        "https://sch1.eljur.ru:8443/upload",
        "http://sch1.eljur.ru/upload",
        "https://user@sch1.eljur.ru/upload",
        "https://sch2.eljur.ru/upload",
        "ftp://sch1.eljur.ru/upload",
        "https://[::1/upload",
        "",
        None,
    ],
)
async def test_no_address_of_an_answer_is_trusted_with_a_file(address):
    link = make_link(rules(address))
    with pytest.raises(NotSupported) as raised:
        await send(link, attachments=(FILE,))
    assert len(link.asked) == 1
    assert "файл" in raised.value.text.ru
    assert "file" in raised.value.text.en.lower()


async def test_an_upload_without_a_number_sends_no_letter():
    link = make_link(
        rules("https://sch1.eljur.ru/storage/upload"),
        {
            "request": {"method": "POST", "path": "/storage/upload"},
            "response": {"body": {"url": "https://sch1.eljur.ru/x"}},
        },
    )
    with pytest.raises(BadResponse):
        await send(link, attachments=(FILE,))
    assert len(link.asked) == 2


async def test_reading_is_marked_by_one_look_that_is_never_repeated():
    letter = asked("/apiv3/getmessageinfo?id=501", {"message": {"id": "501"}})
    notice = asked("/apiv3/getboardnoticeinfo?id=71", {"notice": {"id": "71", "unread": False}})
    for item, exchange in ((LETTER, letter), (NOTICE, notice)):
        link = make_link(exchange)
        written = await link.adapter.mark_read(link, make_student(), item_id=item)
        assert written.target == item
        assert [request.kind for request in link.asked] == [RequestKind.WRITE]


@pytest.mark.parametrize(
    "item, exchange, error",
    [
        (LETTER, asked("/apiv3/getmessageinfo?id=501", []), NotFound),
        (LETTER, asked("/apiv3/getmessageinfo?id=501", {"message": []}), NotFound),
        (NOTICE, asked("/apiv3/getboardnoticeinfo?id=71", {"notice": None}), NotFound),
        (
            NOTICE,
            asked("/apiv3/getboardnoticeinfo?id=71", {"notice": {"id": 71, "unread": "1"}}),
            BadResponse,
        ),
    ],
)
async def test_what_was_not_marked_is_not_confirmed(item, exchange, error):
    link = make_link(exchange)
    with pytest.raises(error):
        await link.adapter.mark_read(link, make_student(), item_id=item)


@pytest.mark.parametrize("item", [PEOPLE[0], "eljur@cloud.sch2:message:1", "nonsense"])
async def test_only_letters_and_announcements_are_read(item):
    link = make_link()
    with pytest.raises(InvalidId):
        await link.adapter.mark_read(link, make_student(), item_id=item)
    assert link.asked == []


async def test_a_board_that_nobody_has_read_costs_one_request():
    board = asked(
        "/apiv3/getboardnotices?student=1000&folder=inbox&unreadonly=no&limit=10&page=1",
        {"total_unread": 1, "notices": [{"id": 71, "unread": True}]},
    )
    link = make_link(board)
    await link.adapter.list_announcements(link, make_student())
    assert len(link.asked) == 1


@pytest.mark.parametrize("cursor", ["", "0.0", "2", "-1.5", "2.x", "2.3.4", "9999999.1", "٢.٣"])
@pytest.mark.parametrize("operation", ["list_messages", "list_announcements"])
async def test_a_foreign_cursor_is_refused_unsent(operation, cursor):
    link = make_link()
    with pytest.raises(InvalidRequest):
        await getattr(link.adapter, operation)(link, make_student(), cursor=cursor)
    assert link.asked == []


@given(st.integers(0, 400), st.integers(1, 50), st.integers(1, 50))
def test_pages_are_walked_to_the_end_however_few_are_shown(total, limit, shown):
    step = min(limit, shown)
    seen, cursor, cursors = 0, None, []
    while True:
        here = min(step, total - seen)
        seen += here
        cursor = Page.at(cursor).following(here, limit, str(total))
        if cursor is None:
            break
        cursors.append(cursor)
    assert seen == total
    numbers = [Page.at(item).number for item in cursors]
    assert all(second == first + 1 for first, second in pairwise(numbers))


@given(st.integers(0, 50), st.integers(1, 50))
def test_without_a_total_a_page_that_is_not_full_is_the_last(shown, limit):
    following = Page.at(None).following(min(shown, limit), limit, None)
    assert (following is None) is (shown < limit)
