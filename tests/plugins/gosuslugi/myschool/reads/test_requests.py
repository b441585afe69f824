"""What is asked, how often, and with which hash."""

from datetime import date

import pytest

from gateway.core.contract.operation import OPERATIONS
from gateway.core.errors import SessionLost
from gateway.core.pipeline.validation import validate
from gateway.core.wire.request import RequestKind
from gateway_gosuslugi.myschool.routes import CHOOSE, DATAMART, HOMEWORK, WELCOME
from tests.plugins.gosuslugi.support import (
    NOW,
    declared,
    make_adapter,
    make_session,
    make_student,
)
from tests.plugins.support import FixtureLink

MONDAY, SUNDAY = date(2030, 10, 7), date(2030, 10, 13)


def mark(key, value, **more):
    return {"id": key, "mark_value1": value, "mark_date": "2030-10-08", **more}


def item(status="snapshot", data=None, hash_="h1", before=None):
    return {
        "obj_type": "student_marks",
        "student_id": "s-0001",
        "interval_id": "412030",
        "hash": hash_,
        "prev_hash": before,
        "data_status": status,
        "data": data,
    }


class Answering(FixtureLink):
    """A link that gives one answer after another to the data call."""

    def __init__(self, *answers, adapter=None):
        super().__init__(adapter or make_adapter(), [], make_session(), NOW)
        self.answers = list(answers)

    def _answer(self, request):
        if request.path != DATAMART:
            return {"status": 200, "body": {}}
        return {"status": 200, "body": self.answers.pop(0)}

    @property
    def queries(self):
        return [request.body.value for request in self.asked if request.path == DATAMART]


async def marks(link, start=MONDAY, end=SUNDAY):
    found = await link.adapter.list_marks(link, make_student(), start=start, end=end)
    value, _ = validate(OPERATIONS["list_marks"], found, strict=False)
    return [one.text for one in value]


async def test_a_child_is_declared_once_before_the_first_data_call():
    link = Answering([item(data=[])], [item(data=[])])
    await marks(link)
    await marks(link)
    assert [request.path for request in link.asked] == [WELCOME, CHOOSE, DATAMART, DATAMART]
    assert link.asked[0].body.value["student_id"] == "s-0001"
    assert link.asked[0].body.value["region"] == "76"


async def test_a_refused_declaration_stops_nobody():
    class Refusing(Answering):
        def _answer(self, request):
            if request.path != DATAMART:
                return {"status": 400, "body": {}}
            return super()._answer(request)

    assert await marks(Refusing([item(data=[mark("m", "4")])])) == ["4"]


async def test_a_declaration_by_nobody_ends_the_call():
    class Dead(Answering):
        def _answer(self, request):
            return {"status": 401, "body": {}}

    with pytest.raises(SessionLost):
        await marks(Dead())


async def test_a_range_of_eleven_weeks_takes_two_batches():
    class Empty(Answering):
        def _answer(self, request):
            asked = request.body.value
            return {
                "status": 200,
                "body": [
                    {**query, "hash": None, "data_status": "snapshot", "data": []}
                    for query in asked
                ],
            }

    link = declared(Empty())
    await marks(link, date(2030, 7, 29), date(2030, 10, 13))
    assert [len(body) for body in link.queries] == [10, 1]


async def test_the_second_time_the_hash_goes_along_and_nothing_new_means_the_same():
    link = declared(Answering([item(data=[mark("m", "4")])], [item("actual", None, None)]))
    assert await marks(link) == ["4"]
    assert await marks(link) == ["4"]
    assert "hash" not in link.queries[0][0]
    assert link.queries[1][0]["hash"] == "h1"


async def test_a_delta_is_merged_into_what_is_held():
    link = declared(
        Answering(
            [item(data=[mark("m1", "4"), mark("m2", "3")])],
            [
                item(
                    "delta",
                    [
                        mark("m3", "5", obj_id="m3"),
                        {"obj_id": "m1", "obj_action": "delete"},
                        mark("m2", "2", obj_id="m2"),
                    ],
                    "h2",
                    "h1",
                )
            ],
            [item("actual", None, "h2")],
        )
    )
    assert await marks(link) == ["4", "3"]
    assert await marks(link) == ["2", "5"]
    assert await marks(link) == ["2", "5"]
    assert link.queries[2][0]["hash"] == "h2"


@pytest.mark.parametrize(
    "second",
    [
        item("delta", [mark("m9", "2")], "h3", "h2"),
        item("delta", [{"mark_value1": "2"}], "h2", "h1"),
        item("actual", None, "h2"),
    ],
    ids=["of another base", "without a key", "of another hash"],
)
async def test_what_cannot_be_merged_is_fetched_whole(second):
    whole = item(data=[mark("m", "5")], hash_="h4")
    link = declared(Answering([item(data=[mark("m", "4")])], [second], [whole]))
    assert await marks(link) == ["4"]
    assert await marks(link) == ["5"]
    assert ["hash" in body[0] for body in link.queries] == [False, True, False]


async def test_an_answer_too_large_for_the_memo_is_asked_for_whole_again():
    words = [mark(str(number), "4", comment=f"{hash((number, 7)):x}") for number in range(500)]
    link = declared(Answering([item(data=words)], [item(data=words)]))
    await marks(link)
    await marks(link)
    assert all("hash" not in body[0] for body in link.queries)


async def test_a_snapshot_without_a_hash_ends_what_is_held():
    link = declared(
        Answering(
            [item(data=[mark("m", "4")])],
            [item(data=[mark("m", "5")], hash_=None)],
            [item(data=[])],
        )
    )
    await marks(link)
    await marks(link)
    await marks(link)
    assert ["hash" in body[0] for body in link.queries] == [False, True, False]


async def test_a_delta_that_nobody_asked_for_is_a_failure_and_no_empty_week():
    link = declared(Answering(*[[item("delta", [mark("m", "4")], "h2", "h1")]] * 2))
    with pytest.raises(Exception, match="failed at every interval"):
        await marks(link)


async def test_marks_of_a_week_to_come_are_asked_for_in_that_week_alone():
    link = declared(Answering([{**item(data=[]), "interval_id": "442030"}]))
    await marks(link, date(2030, 10, 28), date(2030, 11, 3))
    assert [query["interval_id"] for query in link.queries[0]] == ["442030"]


async def test_a_tick_names_the_homework():
    link = declared(Answering())
    await link.adapter.set_homework_done(
        link, make_student(), homework_id="gosuslugi:homework:s-0001/d-1", done=True
    )
    (request,) = link.asked
    assert (request.path, request.kind) == (HOMEWORK, RequestKind.WRITE)
    assert request.body.value == {
        "student_id": "s-0001",
        "homeworks": [{"homeworks_id": "d-1", "is_done": True}],
    }
