"""Files and online materials as answers point to them (notes 4.2, 4.10)."""

from urllib.parse import quote

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call

DOWNLOAD = "storage/download"


def file(call: Call, attachment: m.Attachment) -> JsonObject:
    """A file with its absolute address, which opens without any token."""
    word = call.service.ids.file(attachment.key)
    link = f"{call.site.storage}/{DOWNLOAD}/{word}/{quote(attachment.name)}"
    return {"filename": attachment.name, "link": link}


def resources(homework: m.Homework) -> list[JsonObject]:
    """Links and online materials of a homework."""
    named = [(item.title, item.url) for item in homework.links]
    named += [(item.title, item.url) for item in homework.materials]
    return [{"filename": title, "link": url} for title, url in named]
