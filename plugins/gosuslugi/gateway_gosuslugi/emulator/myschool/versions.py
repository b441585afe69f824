"""What was answered before, so that a client that holds it is told what changed (notes 4.3)."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Final

from gateway.sandbox.web.encoding import JsonObject, encode

_MOST: Final = 2_000

Identified = Mapping[str, JsonObject]


class Versions:
    """Answers by their hash; the oldest are forgotten, and then everything is sent again."""

    def __init__(self) -> None:
        self._known: dict[str, Identified] = {}

    def keep(self, records: Sequence[JsonObject]) -> str:
        """Keeps an answer; its hash."""
        digest = blake2b(encode(records), digest_size=16).hexdigest()
        if digest not in self._known:
            if len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[digest] = {str(item["obj_id"]): item for item in records}
        return digest

    def changes(self, known: str, records: Sequence[JsonObject]) -> list[JsonObject] | None:
        """What changed since an answer; None where it is not known."""
        before = self._known.get(known)
        if before is None:
            return None
        now = {str(item["obj_id"]): item for item in records}
        gone: list[JsonObject] = [
            {"obj_id": key, "obj_hash": before[key]["obj_hash"], "obj_action": "delete"}
            for key in before
            if key not in now
        ]
        return [item for key, item in now.items() if before.get(key) != item] + gone


def identified(records: Sequence[JsonObject], keys: Sequence[str]) -> list[JsonObject]:
    """Records with the identifier and the hash by which changes are told.

    Args:
        records: The records.
        keys: Fields of which the first that a record has identifies it.
    """
    return [
        {
            **item,
            "obj_id": next((str(item[key]) for key in keys if item.get(key)), str(index)),
            "obj_hash": blake2b(encode(item), digest_size=8).hexdigest(),
        }
        for index, item in enumerate(records)
    ]
