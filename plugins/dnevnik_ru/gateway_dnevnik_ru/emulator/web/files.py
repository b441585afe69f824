"""Files: by number for a signed-in browser, by keyed address for everybody (protocol notes 4.4)."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Access
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import ApiError, error_page
from gateway_dnevnik_ru.emulator.png import draw_digits
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.wire.works import file_key

_BLANK: Final = draw_digits("0")


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("files/{file}", by_number, dress=Dress.PAGE)
    router.add("files/{file}/{key}/{name}", by_key, dress=Dress.PAGE)
    router.add("images/blank.jpg", blank_picture, dress=Dress.PAGE)


def _send(call: Call, file: m.Attachment) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    content = call.service.state.file_bytes(file.key)
    return Response(content, 200, {"content-disposition": disposition}, file.mime)


def _find(call: Call) -> m.Attachment | None:
    service = call.service
    for key, (file, _) in service.state.uploads.items():
        if str(service.ids.of(ids.FILE, key)) == call.params["file"]:
            return file
    found = service.ids.key(ids.FILE, call.params["file"])
    return None if found is None else service.world.attachment(found)


def _may_see(access: Access, file: m.Attachment) -> bool:
    """Whether a file hangs on homework or an announcement of an own child."""
    world = access.world
    for student in access.students:
        if any(file in item.attachments for item in world.homework_of(student.key)):
            return True
        if any(file in item.attachments for item in world.announcements_of(student.key)):
            return True
    return False


def by_number(call: Call) -> object:
    """`/files/{id}`: needs the cookies of a browser."""
    access = call.sign_in()
    file = _find(call)
    if file is None:
        return error_page("Файл не найден", 404)
    if file.key not in call.service.state.uploads and not _may_see(access, file):
        raise ApiError("ownerForbidden")
    return _send(call, file)


def by_key(call: Call) -> object:
    """The download address of a file."""
    file = _find(call)
    if file is None or call.params["key"] != file_key(call.service, file.key):
        return error_page("Файл не найден", 404)
    return _send(call, file)


def blank_picture(_call: Call) -> object:
    """The picture of everybody without one."""
    return Response(_BLANK, media_type="image/png")
