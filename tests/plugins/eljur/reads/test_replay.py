"""Every fixture read offline, as a file that was captured elsewhere, gives the same models."""

import json

import pytest

from gateway.core.contract.operation import OPERATIONS
from gateway.core.pipeline.clock import SystemClock
from gateway.core.pipeline.validation import adapter_for
from gateway.core.replay.normalize import normalize, operations
from tests.plugins.eljur.support import INSTANCE, NATIVE, NOW, REGISTRY, cases
from tests.plugins.fixture_checks import named, split

READ, _ = split(cases())
OF_THE_SESSION = {"account", "label", "folder"}
"""Which account it is, what the user calls it, and whether a letter came or went."""


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
        "eljur",
        case.operation,
        files,
        **{
            "instance": INSTANCE,
            "student": case.data.get("student", {}).get("native", NATIVE),
            "arguments": case.arguments(),
            "clock": FixtureClock(),
            "registry": REGISTRY,
            **told,
        },
    )
    model = adapter_for(OPERATIONS[case.operation])
    return found, model.dump_python(found.value, mode="json", exclude_defaults=True)


@pytest.mark.parametrize("case", [item for item in READ if "now" not in item.data], ids=named)
def test_a_captured_fixture_gives_the_same(case):
    files = {"capture.json": json.dumps({"exchanges": case.data["exchanges"]}).encode()}
    found, value = read(case, files)
    assert without_session(value) == without_session(case.data["expected"])
    assert found.unused == ()


@pytest.mark.parametrize(
    "case",
    [
        item
        for item in READ
        if len(item.data["exchanges"]) == 1
        and "now" not in item.data
        and "body" in item.data["exchanges"][0]["response"]
    ],
    ids=named,
)
def test_one_bare_body_is_recognised_by_its_structure(case):
    body = case.data["exchanges"][0]["response"]["body"]
    found, value = read(case, {"body.json": json.dumps(body).encode()})
    assert without_session(value) == without_session(case.data["expected"])
    assert found.unused == ()


def test_a_diary_whose_student_and_days_nobody_names_is_read_all_the_same():
    case = next(item for item in READ if (item.operation, item.name) == ("get_week", "whole"))
    body = json.dumps(case.data["exchanges"][0]["response"]["body"]).encode()
    found = normalize("eljur", "get_week", {"body.json": body}, registry=REGISTRY)
    assert found.value.start.isoformat() == case.data["expected"]["start"]
    assert len(found.value.days) == len(case.data["expected"]["days"])


def test_every_read_can_be_replayed():
    names = {operation.name for operation in operations(REGISTRY, "eljur")}
    assert {case.operation for case in READ} <= names
