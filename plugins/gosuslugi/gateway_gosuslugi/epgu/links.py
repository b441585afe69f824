"""Addresses of files in an application: `terrabyte://…/object/mnemonic/type` (notes 4.6)."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from gateway.core.contract.adapter import AttachmentSource
from gateway_gosuslugi.epgu.routes import EPGU, FILE, FILE_1_13

_LINK: Final = re.compile(r"terrabyte://(?:[^/]+/)+?(\d{1,20})/([^/?#]{1,200})/(\d{1,3})")


@dataclass(frozen=True, slots=True)
class FileKey:
    """What a file is fetched by.

    Attributes:
        object: Number of the state, or of the application, that it belongs to.
        kind: Kind of attachment; 3 for an answer.
        mnemonic: Its name in the store.
    """

    object: str
    kind: str
    mnemonic: str


def file_key(link: str | None) -> FileKey | None:
    """The key of a link; None for any other text."""
    found = _LINK.fullmatch(link or "")
    return None if found is None else FileKey(found[1], found[3], found[2])


def source_of(key: FileKey, edition: str, service_code: str | None) -> AttachmentSource:
    """Where the bytes are, by the route of an edition of the specification."""
    newer = edition == "1.13"
    route = FILE_1_13 if newer else FILE
    path = route.format(object=quote(key.object, safe=""), kind=quote(key.kind, safe=""))
    params = {"mnemonic": key.mnemonic}
    if newer and service_code:
        params["eserviceCode"] = service_code
    return AttachmentSource(role=EPGU, path=path, params=params, name=key.mnemonic)
