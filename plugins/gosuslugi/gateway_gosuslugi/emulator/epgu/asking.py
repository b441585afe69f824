"""What handlers of API ЕПГУ read from a request."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import msgspec

from gateway.sandbox.web.files import first_file, multipart_pairs
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.epgu.book import Order, book_of
from gateway_gosuslugi.emulator.epgu.contract import SERVICE_CODE, TARGET_CODE
from gateway_gosuslugi.emulator.epgu.errors import (
    bad_request,
    foreign_order,
    no_consent,
    no_service,
    no_token,
)
from gateway_gosuslugi.emulator.epgu.tokens import holder_of

_BEARER = "bearer "
_MOST_UNPACKED = 100_000_000


def person(call: Call) -> m.EsiaIdentity:
    """Whose token the request carries.

    Raises:
        ApiError: It carries none, a dead one, or one without the person's consent.
    """
    header = call.request.headers.get("authorization", "")
    service = call.service
    token = header[len(_BEARER) :] if header.lower().startswith(_BEARER) else ""
    found = holder_of(service.world, token, service.now())
    if found is None:
        raise no_token()
    identity, consented = found
    if not consented:
        raise no_consent()
    return identity


def own_order(call: Call, text: str) -> Order | None:
    """An application of the one who asks; None where there is none.

    Raises:
        ApiError: It is somebody else's, or the number is none.
    """
    identity = person(call)
    if not (text.isascii() and text.isdigit()):
        raise bad_request("orderId")
    order = book_of(call.service).find(int(text))
    if order is not None and order.owner != identity.key:
        raise foreign_order()
    return order


def service_of(meta: object) -> Mapping[str, str]:
    """Region, service and target of a request.

    Raises:
        ApiError: One is missing, or the service is unknown.
    """
    names = ("region", "serviceCode", "targetCode")
    if not isinstance(meta, dict):
        raise bad_request("meta")
    table = {str(name).lower(): value for name, value in meta.items()}
    found = {name: table.get(name.lower()) for name in names}
    for name, value in found.items():
        if not isinstance(value, str) or not value:
            raise bad_request(name)
    if (found["serviceCode"], found["targetCode"]) != (SERVICE_CODE, TARGET_CODE):
        raise no_service()
    return {name: str(value) for name, value in found.items()}


def parts(call: Call) -> tuple[Mapping[str, str], bytes]:
    """Fields and file of a multipart body.

    Raises:
        ApiError: It has no file.
    """
    kind = call.request.headers.get("content-type", "")
    file = first_file(kind, call.body)
    if file is None:
        raise bad_request("Required request part 'file' is not present")
    return dict(multipart_pairs(kind, call.body)), file[2]


def meta_of(fields: Mapping[str, str]) -> object:
    """The part `meta` as plain data.

    Raises:
        ApiError: It is missing or no JSON.
    """
    try:
        return msgspec.json.decode(fields.get("meta", ""))
    except msgspec.DecodeError:
        raise bad_request("meta") from None


def unzipped(content: bytes) -> Mapping[str, bytes] | None:
    """Files of an archive; None if it is none."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _MOST_UNPACKED:
                return None
            return {item.filename: archive.read(item) for item in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
