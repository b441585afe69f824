"""The storage of files: upload with a token, download by address alone (notes 4.10)."""

from urllib.parse import quote

from starlette.responses import Response

from gateway.sandbox.web.files import first_file
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import json
from gateway_eljur.emulator.errors import BAD_REQUEST, FORBIDDEN, no_page
from gateway_eljur.emulator.rules import Router, page
from gateway_eljur.emulator.shapes.files import DOWNLOAD
from gateway_eljur.emulator.shapes.files import file as shown


def register(router: Router) -> None:
    """Add the paths of this part."""
    page(router, "storage/upload", upload, ("POST",))
    page(router, f"{DOWNLOAD}/{{word}}/{{name}}", download)


def upload(call: Call) -> Response:
    """POST a file as `userfile`; the address comes from `getrules` and works for hours."""
    grant = call.service.tokens.find(call.text("token"))
    if grant is None or grant.vendor != call.text("domain"):
        return json({"error": "Неверный токен"}, FORBIDDEN)
    found = first_file(call.request.headers.get("content-type", ""), call.body)
    if found is None:
        return json({"error": "Файл не передан"}, BAD_REQUEST)
    name, kind, content = found
    kept = call.service.state.upload(name, kind, content, call.service.now())
    row = shown(call, kept)
    return json(
        {
            "id": call.service.ids.file(kept.key),
            "name": name,
            "filename": name,
            "url": row["link"],
            "size": len(content),
        }
    )


def download(call: Call) -> Response:
    """GET a file under the name in its address: a letter may call it otherwise than its upload."""
    key = call.service.ids.file_key(call.params["word"])
    if key is None:
        return no_page()
    state = call.service.state
    kept = state.uploads[key][0] if key in state.uploads else call.service.world.attachment(key)
    shown_as = f"attachment; filename*=UTF-8''{quote(call.params['name'])}"
    return Response(
        state.file_bytes(key), media_type=kept.mime, headers={"content-disposition": shown_as}
    )
