"""Reserving a number, pushing an archive whole or in parts, withdrawing (notes 4.6)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from starlette.responses import Response

from gateway.sandbox.web.encoding import encode
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.epgu.asking import (
    meta_of,
    own_order,
    parts,
    person,
    service_of,
    unzipped,
)
from gateway_gosuslugi.emulator.epgu.book import (
    CANCELLABLE,
    CANCELLED,
    CANCELLING,
    Order,
    book_of,
)
from gateway_gosuslugi.emulator.epgu.errors import bad_request, not_cancellable
from gateway_gosuslugi.emulator.errors import JSON_TYPE
from gateway_gosuslugi.emulator.rules import OPEN, Router

LEAST_PART: Final = 5_000_000
LARGEST_PART: Final = 50_000_000
ALL_PARTS: Final = timedelta(minutes=5)
NOT_A_ZIP: Final = "INVALID_FILES_STRUCTURE"


def register(router: Router) -> None:
    """Add the paths of this part."""
    base = "api/gusmev"
    router.add(f"{base}/order", reserve, dress=OPEN, methods=("POST",))
    router.add(f"{base}/push", push, dress=OPEN, methods=("POST",))
    router.add(f"{base}/push/chunked", push_part, dress=OPEN, methods=("POST",))
    router.add(f"{base}/order/{{order}}/cancel", cancel, dress=OPEN, methods=("POST",))


def reserve(call: Call) -> object:
    """POST `order`: a number."""
    return {"orderId": _made(call, call.json).number}


def push(call: Call) -> object:
    """POST `push`: number and application in one."""
    person(call)
    fields, content = parts(call)
    if len(content) > LARGEST_PART:
        raise bad_request("file")
    order = _made(call, meta_of(fields))
    _file(call, order, content)
    return {"orderId": order.number}


def push_part(call: Call) -> object:
    """POST `push/chunked`: 206 for every part, 200 for the last."""
    person(call)
    fields, content = parts(call)
    order = own_order(call, fields.get("orderId", ""))
    if order is None:
        return Response(status_code=204)
    index, count = _place(fields)
    if order.code is not None:
        raise bad_request("orderId")
    last = index == count - 1
    if len(content) > LARGEST_PART or (not last and len(content) < LEAST_PART):
        raise bad_request("file")
    _check_turn(call, order, index, count)
    order.parts[index] = content
    if last:
        _file(call, order, b"".join(order.parts[number] for number in range(count)))
    status = 200 if last else 206
    return Response(encode({"orderId": order.number}), status, media_type=JSON_TYPE)


def cancel(call: Call) -> object:
    """POST `order/{id}/cancel`, whose undocumented `reason` is asked for."""
    order = own_order(call, call.params["order"])
    if order is None:
        return Response(status_code=204)
    if not call.text("reason"):
        raise bad_request(
            "Required request parameter 'reason' for method parameter type String is not present"
        )
    if order.last is None or order.last.status not in CANCELLABLE:
        raise not_cancellable()
    book = book_of(call.service)
    for status in (CANCELLING, CANCELLED):
        book.move(order, status, call.text("reason"))
    return {}


def _made(call: Call, meta: object) -> Order:
    identity = person(call)
    wanted = service_of(meta)
    return book_of(call.service).make(
        identity.key, wanted["serviceCode"], wanted["targetCode"], wanted["region"]
    )


def _file(call: Call, order: Order, content: bytes) -> None:
    files = unzipped(content)
    if files is None:
        order.code, order.message = NOT_A_ZIP, "Файл не является архивом"
        return
    book_of(call.service).file(order, files)


def _place(fields: Mapping[str, str]) -> tuple[int, int]:
    try:
        index, count = int(fields.get("chunk", "0")), int(fields.get("chunks", "1"))
    except ValueError:
        raise bad_request("chunk") from None
    if not 0 <= index < count:
        raise bad_request("chunk")
    return index, count


def _check_turn(call: Call, order: Order, index: int, count: int) -> None:
    """The first part comes first, the last one last, all of them in time."""
    now = call.service.now()
    if index == 0:
        order.parts.clear()
        order.first_part_at = now
    late = order.first_part_at is None or now - order.first_part_at > ALL_PARTS
    before = set(range(count - 1)) if index == count - 1 else ({0} if index else set())
    if late or not before <= set(order.parts):
        raise bad_request("chunk")
