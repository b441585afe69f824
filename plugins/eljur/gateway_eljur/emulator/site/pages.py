"""What the pages of a school's site have in common (notes 2.4)."""

from collections.abc import Mapping
from html import escape

import msgspec
from starlette.responses import HTMLResponse, Response

from gateway_eljur.emulator.members import User


def html_page(title: str, content: str, user: User | None = None) -> Response:
    """A page; those of somebody who is signed in tell scripts who that is."""
    return scripted_page(title, content, "" if user is None else sentry(user))


def scripted_page(title: str, content: str, script: str) -> Response:
    """A page with a script of its own."""
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title>{script}</head><body>{content}</body></html>"
    )


def sentry(user: User) -> str:
    """The script that clients cut 17 signs from the front and one from the end of."""
    data = {
        "user": {"uid": int(user.number), "username": user.login, "role": user.role},
        "domain": user.vendor.key,
    }
    return variables({"sentryData": data})


def variables(values: Mapping[str, object]) -> str:
    """A script that sets variables."""
    lines = (f"var {name} = {_js(value)};" for name, value in values.items())
    return f"<script>{' '.join(lines)}</script>"


def _js(value: object) -> str:
    return msgspec.json.encode(value).decode().replace("</", "<\\/")
