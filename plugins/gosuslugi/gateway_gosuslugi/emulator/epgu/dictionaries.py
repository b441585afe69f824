"""Dictionaries; these two and their codes are the sandbox's own (notes 4.6)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.epgu.errors import bad_request
from gateway_gosuslugi.emulator.rules import OPEN, Router

REGIONS: Final = "SANDBOX_REGIONS"
SCHOOLS: Final = "SANDBOX_SCHOOLS"
_NOT_FOUND: Final = 7
_ONE_LEVEL, _TREE = "ONELEVEL", "SUBTREE"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("api/nsi/v1/dictionary/{code}", dictionary, dress=OPEN, methods=("POST",))


def dictionary(call: Call) -> object:
    """POST `dictionary/{code}`: open to everybody."""
    asked = call.table()
    if asked.get("treeFiltering") not in {_ONE_LEVEL, _TREE}:
        raise bad_request("treeFiltering")
    rows = _rows(call)
    if rows is None:
        return _told(_NOT_FOUND, "Entity not found", [], 0)
    parent = asked.get("parentRefItemValue")
    if parent:
        rows = [item for item in rows if item["parentValue"] == parent]
    return _told(0, "operation completed", _cut(rows, asked), len(rows))


def _rows(call: Call) -> list[JsonObject] | None:
    world = call.service.world
    if call.params["code"] == REGIONS:
        return [_row(item.code, item.name, None) for item in world.regions]
    if call.params["code"] == SCHOOLS:
        return [
            _row(item.key, item.full_name, world.region(item.region_key).code)
            for item in world.schools
        ]
    return None


def _row(value: str, title: str, parent: str | None) -> JsonObject:
    return {
        "value": value,
        "parentValue": parent,
        "title": title,
        "isLeaf": True,
        "children": [],
        "attributes": [],
        "attributeValues": {},
    }


def _cut(rows: list[JsonObject], asked: object) -> list[JsonObject]:
    table = asked if isinstance(asked, dict) else {}
    number, size = table.get("pageNum"), table.get("pageSize")
    if number is None and size is None:
        return rows
    if not isinstance(number, int) or not isinstance(size, int) or number < 1 or size < 1:
        raise bad_request("pageNum")
    return rows[(number - 1) * size : number * size]


def _told(code: int, message: str, rows: list[JsonObject], total: int) -> JsonObject:
    return {
        "error": {"code": code, "message": message},
        "fieldErrors": [],
        "total": total,
        "items": rows,
    }
