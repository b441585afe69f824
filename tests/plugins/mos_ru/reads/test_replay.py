"""Every fixture read offline, as a file that was captured elsewhere, gives the same models."""

import json

import pytest

from gateway.core.contract.operation import OPERATIONS
from gateway.core.pipeline.clock import SystemClock
from gateway.core.pipeline.validation import adapter_for
from gateway.core.registry.plugins import Registry
from gateway.core.replay.normalize import normalize, operations
from gateway_mos_ru import plugin
from tests.plugins.fixture_checks import named, split
from tests.plugins.mos_ru.support import NATIVE, NOW, cases

REGISTRY = Registry((), plugins={"mos_ru": plugin})
READ, _ = split(cases())
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
        "mos_ru",
        case.operation,
        files,
        student=case.data.get("student", {}).get("native", NATIVE),
        arguments=case.arguments(),
        registry=REGISTRY,
        clock=FixtureClock(),
        **told,
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
    [item for item in READ if len(item.data["exchanges"]) == 1 and "now" not in item.data],
    ids=named,
)
def test_one_bare_body_is_recognised_by_its_structure(case):
    response = case.data["exchanges"][0]["response"]
    if "body" not in response:
        pytest.skip("a web page has no structure")
    found, value = read(case, {"body.json": json.dumps(response["body"]).encode()})
    assert without_session(value) == without_session(case.data["expected"])
    assert found.unused == ()


def test_every_read_can_be_replayed():
    names = {operation.name for operation in operations(REGISTRY, "mos_ru")}
    assert {case.operation for case in READ} <= names
