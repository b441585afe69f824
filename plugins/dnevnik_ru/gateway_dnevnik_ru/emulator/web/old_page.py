"""Frame, pages and pager of the old school pages."""

from collections.abc import Sequence
from typing import TypeVar

from starlette.responses import Response

from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.web.parts import html

T = TypeVar("T")


def old_page(title: str, body: str) -> Response:
    """A page of the old kind."""
    return html(
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body>{body}</body></html>"
    )


def page_of(call: Call, items: Sequence[T], size: int) -> tuple[list[T], int]:
    """The items of the page asked for, and how many pages there are; past the end none."""
    text = call.text("page")
    number = int(text) if text.isascii() and text.isdigit() else 1
    first = (max(number, 1) - 1) * size
    return list(items[first : first + size]), -(-len(items) // size)


def pager(pages: int) -> str:
    """Page numbers, where there is more than one page; clients read the last one."""
    if pages <= 1:
        return ""
    numbers = "".join(f"<li>{number}</li>" for number in range(1, pages + 1))
    return f'<div class="pager"><ul>{numbers}</ul></div>'
