"""Captured answers of the portal, read offline; how sure their fields are."""

import json
from typing import Any

import pytest

import gateway_gosuslugi.plugin
from gateway.core.contract.evidence import Assumed, evidence_of, wire_structs
from gateway.core.model.life import ApplicationState
from gateway.core.registry.plugins import Registry
from gateway.core.replay.normalize import normalize

INNER = {
    "id": 7,
    "orderStatusId": 52,
    "orderStatusName": "Отказ",
    "eserviceId": "1",
    "serviceName": "Электронный дневник",
    "orderDate": "2030-10-05T08:00:00.000+0300",
    "updated": "2030-10-06T08:00:00.000+0300",
    "currentStatusHistory": {"statusId": 52, "title": "Отказ", "comment": "Ребёнок не найден"},
    "statuses": [{"statusId": 50, "title": "Ожидание", "date": "2030-10-05T09:00:00.000+0300"}],
}
DETAILS = {"code": "DONE", "message": None, "order": json.dumps(INNER)}
PAGE = {
    "count": 1,
    "totalCount": 1,
    "content": [
        {
            "orderId": 7,
            "orderSearchStatus": "FOUND",
            "status": {"statusId": 50, "statusName": "Ожидание", "updated": "2030-10-05T09:00:00"},
        }
    ],
}


def read(**files: Any) -> Any:
    return normalize(
        "gosuslugi",
        "list_applications",
        {name: json.dumps(value).encode() for name, value in files.items()},
        registry=Registry([], plugins={"gosuslugi": gateway_gosuslugi.plugin}),
    )


def test_one_captured_application_is_read_with_its_history() -> None:
    found = read(details=DETAILS)
    (application,) = found.value

    assert found.complete
    assert application.id == "gosuslugi:application:7"
    assert application.state is ApplicationState.REFUSED
    assert application.reasons == ("Ребёнок не найден",)
    assert [step.state for step in application.history] == [ApplicationState.WAITING]


def test_a_captured_list_is_read_and_says_what_would_tell_more() -> None:
    found = read(page=PAGE)
    (application,) = found.value

    assert application.state is ApplicationState.WAITING
    assert application.state_text == "Ожидание"
    (missing,) = found.missing
    assert missing.template == "/api/gusmev/order/{order}"


def test_list_and_details_together_tell_all() -> None:
    found = read(page=PAGE, details=DETAILS)
    (application,) = found.value
    assert application.state_text == "Отказ"
    assert found.missing == ()


@pytest.mark.parametrize("struct", wire_structs(("gateway_gosuslugi.epgu.wire",)))
def test_every_field_of_an_answer_says_how_sure_it_is(struct: Any) -> None:
    marks = evidence_of(struct)
    assert set(marks) == set(struct.__struct_fields__)
    assert not any(isinstance(mark, Assumed) for mark in marks.values())
