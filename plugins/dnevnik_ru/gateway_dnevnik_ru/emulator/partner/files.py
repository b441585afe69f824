"""Uploads: a file becomes a task that is asked until it is done (protocol notes 4.11)."""

from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import invalid
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject

FINISHED = "Finished"


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router, education=False)
    routes.post("files/async/upload", upload)
    routes.get("files/async/upload/{task}", upload_state, cached=False)


def keep_upload(call: Call) -> str:
    """Keep the file of a multipart body; the number that it is asked by."""
    call.need_token()
    name, kind, content = call.uploaded_file()
    file = call.service.state.upload(name, kind, content, call.service.now())
    return str(call.service.ids.of(ids.TASK, file.key))


def upload(call: Call) -> object:
    """POST `files/async/upload` multipart."""
    return {"taskId": keep_upload(call)}


def upload_state(call: Call) -> object:
    """`files/async/upload/{id}`: done at once."""
    call.need_token()
    for key, (file, content) in call.service.state.uploads.items():
        if str(call.service.ids.of(ids.TASK, key)) == call.params["task"]:
            body: JsonObject = {
                "taskId": call.params["task"],
                "status": FINISHED,
                "fileId": call.service.ids.of(ids.FILE, key),
                "name": file.name,
                "size": len(content),
            }
            return body
    raise invalid("task")
