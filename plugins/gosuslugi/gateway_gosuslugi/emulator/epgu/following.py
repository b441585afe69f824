"""An application with its history, and lists of states (notes 4.6)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from starlette.responses import Response

from gateway.sandbox.web.encoding import JsonObject, encode
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.epgu.asking import own_order, person
from gateway_gosuslugi.emulator.epgu.book import (
    CANCELLABLE,
    CONFIRMED,
    FINAL,
    TITLES,
    Order,
    Step,
    book_of,
)
from gateway_gosuslugi.emulator.epgu.contract import TITLE
from gateway_gosuslugi.emulator.epgu.errors import bad_request
from gateway_gosuslugi.emulator.numbers import oid
from gateway_gosuslugi.emulator.rules import OPEN, Router

ANSWER_NAME: Final = "answer.pdf"
ANSWER_KIND: Final = 3
ANSWER: Final = b"%PDF-1.4\n% an answer of the sandbox\n%%EOF\n"
_ZONE: Final = ZoneInfo("Europe/Moscow")
_AGENCY: Final = "Примерное министерство образования"
_HISTORY: Final = "STATUS_HISTORY"
_LARGEST_PAGE: Final = 100


def register(router: Router) -> None:
    """Add the paths of this part."""
    base = "api/gusmev/order"
    router.add(f"{base}/getOrdersStatus", statuses, dress=OPEN)
    router.add(f"{base}/getUpdatedAfter", updated_after, dress=OPEN)
    router.add(f"{base}/{{order}}", details, dress=OPEN, methods=("POST",))


def details(call: Call) -> object:
    """POST `order/{id}`: the application stands inside as text."""
    order = own_order(call, call.params["order"])
    if order is None:
        return Response(status_code=204)
    whole = call.text("embed") == _HISTORY
    inner = encode(_order(call, order, whole=whole)).decode() if order.steps else None
    return {
        "code": order.code or "NEW",
        "message": order.message,
        "messageId": call.service.draws.guid() if order.steps else None,
        "order": inner,
    }


def statuses(call: Call) -> object:
    """GET `order/getOrdersStatus`: states of the numbers that are asked for."""
    identity = person(call)
    asked = [part for item in call.fields.get("orderids", []) for part in item.split(",")]
    if not asked or not all(item.isascii() and item.isdigit() for item in asked):
        raise bad_request("orderIds")
    mine = {order.number: order for order in book_of(call.service).of(identity.key)}
    return _page(call, [_listed(int(item), mine.get(int(item))) for item in asked])


def updated_after(call: Call) -> object:
    """GET `order/getUpdatedAfter`: what has moved since a moment in Moscow time."""
    identity = person(call)
    try:
        since = datetime.fromisoformat(call.text("updatedAfter")).replace(tzinfo=_ZONE)
    except ValueError:
        raise bad_request("updatedAfter") from None
    mine = book_of(call.service).of(identity.key)
    changed = [item for item in mine if item.last is not None and item.last.at > since]
    return _page(call, [_listed(item.number, item) for item in changed])


def _page(call: Call, rows: Sequence[JsonObject]) -> JsonObject:
    try:
        number, size = int(call.text("pageNum")), int(call.text("pageSize"))
    except ValueError:
        raise bad_request("pageNum") from None
    if number < 1 or not 1 <= size <= _LARGEST_PAGE:
        raise bad_request("pageSize")
    shown = rows[(number - 1) * size : number * size]
    return {"count": len(shown), "totalCount": len(rows), "content": list(shown)}


def _listed(number: int, order: Order | None) -> JsonObject:
    last = order.last if order is not None else None
    if last is None:
        return {"orderId": number, "orderSearchStatus": "NOT_FOUND"}
    return {
        "orderId": number,
        "orderSearchStatus": "FOUND",
        "status": {
            "statusId": last.status,
            "statusName": TITLES[last.status],
            "updated": _told(last.at)[:-5],
        },
    }


def _order(call: Call, order: Order, *, whole: bool) -> JsonObject:
    identity = call.service.world.esia_identity(order.owner)
    last = order.steps[-1]
    steps = [_step(order, item) for item in order.steps]
    answered = last.status == CONFIRMED
    return {
        "id": order.number,
        "orderStatusId": last.status,
        "orderStatusName": TITLES[last.status],
        "statuses": steps if whole else steps[-1:],
        "currentStatusHistoryId": last.id,
        "currentStatusHistory": steps[-1],
        "orderDate": _told(order.made_at),
        "updated": _told(last.at),
        "closed": last.status in FINAL,
        "hasResult": answered,
        "orderAttachmentFiles": [
            _file(order.number, name, len(data), 2) for name, data in order.files.items()
        ],
        "orderResponseFiles": [_file(last.id, ANSWER_NAME, len(ANSWER), ANSWER_KIND)]
        if answered
        else [],
        "ownerId": oid(identity.person_key),
        "eserviceId": order.service,
        "serviceTargetId": order.target,
        "serviceName": TITLE,
        "location": order.region,
        "stateStructureName": _AGENCY,
        "creationMode": "api",
    }


def _step(order: Order, step: Step) -> JsonObject:
    found: JsonObject = {
        "id": step.id,
        "statusId": step.status,
        "title": TITLES[step.status],
        "date": _told(step.at),
        "orderId": order.number,
        "finalStatus": step.status in FINAL,
        "cancelAllowed": step.status in CANCELLABLE,
        "hasResult": "Y" if step.status == CONFIRMED else "N",
        "sender": _AGENCY,
    }
    if step.comment is not None:
        found["comment"] = step.comment
    return found


def _file(owner: int, name: str, size: int, kind: int) -> JsonObject:
    return {
        "id": f"{owner}/files/{name}",
        "fileName": name,
        "mimeType": "application/pdf" if name.endswith(".pdf") else "application/xml",
        "link": f"terrabyte://00/{owner}/{name}/{kind}",
        "fileSize": size,
        "hasDigitalSignature": False,
    }


def _told(moment: datetime) -> str:
    local = moment.astimezone(_ZONE)
    return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}{local:%z}"
