"""The sandbox's own switch: a person at the school looks at an application at once."""

from typing import Final

from starlette.responses import Response

from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.epgu.book import FINAL, TITLES, book_of
from gateway_gosuslugi.emulator.rules import OPEN, Router

DECIDE: Final = "sandbox/epgu/{order}/decide"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(DECIDE, decide, dress=OPEN, methods=("POST",))


def decide(call: Call) -> object:
    """POST: the school decides now; its rule is that of `school.refusal_of`."""
    number = call.params["order"]
    book = book_of(call.service)
    order = book.find(int(number)) if number.isascii() and number.isdigit() else None
    if order is None or order.last is None or order.last.status in FINAL:
        return Response(status_code=404)
    book.decide(order)
    return {"status": TITLES[order.last.status]}
