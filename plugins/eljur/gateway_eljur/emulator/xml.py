"""Answers as XML: scalars are attributes, members of a collection are elements (notes 2.1, 4.3).

The form was seen for a class timetable alone; other answers follow the same rule.
"""

from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_ONE: Final = {
    "assessments": "assessment",
    "days": "day",
    "files": "file",
    "groups": "group",
    "homework": "task",
    "items": "item",
    "items_extday": "item_extday",
    "lessons": "lesson",
    "marks": "mark",
    "messages": "message",
    "notices": "notice",
    "periods": "period",
    "resources": "resource",
    "roles": "role",
    "rules": "rule",
    "schools": "school",
    "students": "student",
    "subgroups": "subgroup",
    "updates": "update",
    "users": "user",
    "users_to": "user_to",
    "weeks": "week",
}
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def rendered(envelope: Mapping[str, object]) -> bytes:
    """A document with the root `response`."""
    body = "".join(
        _fields(value) if name == "result" else _element(name, value)
        for name, value in envelope.items()
    )
    return f"{_HEAD}<response>{body}</response>".encode()


def _fields(result: object) -> str:
    """The result: its own scalars are elements, so that a token can be found by name."""
    if not isinstance(result, Mapping):
        return _element("result", result)
    inner = "".join(_member(name, value) for name, value in result.items())
    return f"<result>{inner}</result>"


def _member(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(_ONE.get(name, name), item) for item in value)
    if isinstance(value, Mapping) and name in _ONE:
        if list(value) == [_ONE[name]]:  # already wrapped, as JSON kept it
            return "".join(_member(key, item) for key, item in value.items())
        return "".join(_element(_ONE[name], item) for item in value.values())
    return _element(name, value)


def _element(name: str, value: object) -> str:
    if not isinstance(value, Mapping):
        return f"<{name}>{escape(_text(value))}</{name}>"
    attributes, inner = "", ""
    for key, item in value.items():
        if isinstance(item, Mapping | list):
            inner += _member(key, item)
        elif item is not None:
            attributes += f" {key}={quoteattr(_text(item))}"
    return f"<{name}{attributes}>{inner}</{name}>"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
