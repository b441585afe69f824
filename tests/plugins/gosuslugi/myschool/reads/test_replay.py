"""Every fixture read offline, as a file that was captured elsewhere, gives the same models."""

import json

import pytest

import gateway_gosuslugi.plugin
from gateway.core.contract.operation import OPERATIONS
from gateway.core.pipeline.clock import SystemClock
from gateway.core.pipeline.validation import adapter_for
from gateway.core.registry.plugins import Registry
from gateway.core.replay.normalize import normalize, operations
from tests.plugins.fixture_checks import named, split
from tests.plugins.gosuslugi.support import NATIVE, NOW, cases

REGISTRY = Registry((), plugins={"gosuslugi": gateway_gosuslugi.plugin})
READ = [case for case in split(cases())[0] if "now" not in case.data]
OF_THE_SESSION = {"account", "label"}


class FixtureClock(SystemClock):
    """The fixtures' present."""

    def now(self):
        return NOW


def without_session(value):
    if isinstance(value, list):
        return [without_session(item) for item in value]
    return {key: item for key, item in value.items() if key not in OF_THE_SESSION}


def read(case, files, **told):
    found = normalize(
        "gosuslugi",
        case.operation,
        files,
        student=NATIVE,
        arguments=case.arguments(),
        registry=REGISTRY,
        clock=FixtureClock(),
        **told,
    )
    model = adapter_for(OPERATIONS[case.operation])
    return found, model.dump_python(found.value, mode="json", exclude_defaults=True)


def capture(*exchanges):
    return {"capture.json": json.dumps({"exchanges": exchanges}).encode()}


@pytest.mark.parametrize("case", READ, ids=named)
def test_a_captured_fixture_gives_the_same(case):
    found, value = read(case, capture(*case.data["exchanges"]))
    assert without_session(value) == without_session(case.data["expected"])
    assert found.unused == ()


@pytest.mark.parametrize(
    "case", [case for case in READ if len(case.data["exchanges"]) == 1], ids=named
)
def test_one_bare_body_is_recognised_by_its_structure(case):
    body = case.data["exchanges"][0]["response"]["body"]
    found, value = read(case, {"body.json": json.dumps(body).encode()})
    assert without_session(value) == without_session(case.data["expected"])
    assert found.unused == ()


def test_an_answer_that_was_not_ready_is_passed_over():
    case = next(case for case in READ if named(case) == "list_marks-usual")
    (exchange,) = case.data["exchanges"]
    waiting = {"request": exchange["request"], "response": {"status": 202, "body": None}}
    found, value = read(case, capture(waiting, exchange))
    assert value == case.data["expected"]
    assert found.unused == ()


def test_answers_to_single_questions_are_put_together():
    case = next(case for case in READ if named(case) == "get_week-whole")
    (exchange,) = case.data["exchanges"]
    parts = [
        {**exchange, "response": {"status": 200, "body": [item]}}
        for item in exchange["response"]["body"]
    ]
    found, value = read(case, capture(*parts))
    assert value == case.data["expected"]
    assert found.unused == ()


def test_what_a_capture_lacks_is_told():
    case = next(case for case in READ if named(case) == "get_week-whole")
    (exchange,) = case.data["exchanges"]
    lessons = [
        item for item in exchange["response"]["body"] if item["obj_type"] == "student_lessons"
    ]
    found, value = read(case, {"lessons.json": json.dumps(lessons).encode()})
    assert any("lessons" in day for day in value["days"])
    assert not any("marks" in day for day in value["days"])
    assert not found.complete
    assert "$.student_marks[412030]" in {issue.path for issue in found.issues}


def test_every_read_can_be_replayed():
    names = {operation.name for operation in operations(REGISTRY, "gosuslugi")}
    assert {case.operation for case in READ} <= names
