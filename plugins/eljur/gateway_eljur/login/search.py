"""Schools by city and name (notes 3).

What the service answers was never seen: whatever in it reads as a school is taken.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Option
from gateway.core.errors import GatewayError, LoginError
from gateway.core.wire.decoding import decode
from gateway_eljur.login.schools import school_of
from gateway_eljur.login.wire import FoundSchool
from gateway_eljur.routes import API, SCHOOLS

_DEEPEST: Final = 6
_MOST: Final = 50


async def search(link: LoginLink, text: str) -> tuple[Option, ...]:
    """Schools to choose from, by their keys; none where the answer cannot be read."""
    try:
        answer = await link.request(API, "GET", SCHOOLS, params={"value": text}, template=SCHOOLS)
        return options_of(decode(answer, object, link.note))
    except GatewayError as error:
        link.note(SCHOOLS, error.code)
        return ()


def options_of(answer: object) -> tuple[Option, ...]:
    """What in an answer can be read as schools, each once."""
    found: dict[str, Option] = {}
    for item in _records(answer, _DEEPEST):
        try:
            school = msgspec.convert(item, FoundSchool, strict=False)
            key = school_of(school.vendor or school.domain or "").vendor
        except (msgspec.ValidationError, LoginError):
            continue
        if key is not None and school.title and len(found) < _MOST:
            found.setdefault(key, Option(key=key, label=school.title, note=school.city))
    return tuple(found.values())


def _records(value: object, depth: int) -> Iterator[dict[object, object]]:
    """Every object in a tree, the outer ones first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list) and depth:
        for item in value:
            yield from _records(item, depth - 1)
