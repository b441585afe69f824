"""Files of an application, by the routes of both editions of the specification (notes 4.6)."""

from starlette.responses import Response

from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.epgu.asking import person
from gateway_gosuslugi.emulator.epgu.book import CONFIRMED, book_of
from gateway_gosuslugi.emulator.epgu.errors import bad_request, refusal
from gateway_gosuslugi.emulator.epgu.following import ANSWER, ANSWER_KIND, ANSWER_NAME
from gateway_gosuslugi.emulator.rules import OPEN, Router


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("api/storage/v2/files/{object}/{kind}/download", download, dress=OPEN)
    router.add("api/gusmev/files/download/{object}/{kind}", newer_download, dress=OPEN)


def download(call: Call) -> object:
    """GET `files/{objectId}/{objectType}/download?mnemonic=`."""
    owner = person(call)
    wanted = (call.params["kind"], call.text("mnemonic"))
    answers = {
        str(order.last.id)
        for order in book_of(call.service).of(owner.key)
        if order.last is not None and order.last.status == CONFIRMED
    }
    if call.params["object"] not in answers or wanted != (str(ANSWER_KIND), ANSWER_NAME):
        raise refusal(404, "not_found", "Файл не найден")
    return Response(ANSWER, media_type="application/pdf")


def newer_download(call: Call) -> object:
    """GET `files/download/{objectId}/{objectType}?mnemonic=&eserviceCode=`."""
    if not call.text("eserviceCode"):
        raise bad_request("eserviceCode")
    return download(call)
