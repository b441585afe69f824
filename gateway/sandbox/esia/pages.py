"""The stand-in's pages: a form for each stage."""

from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from gateway.sandbox.esia.stand_in import Refusal, Stage, Standing

ROOT: Final = "__esia__"
"""First part of the paths that the forms go to: `login`, `code`, `consent` beneath it."""
STALE: Final = "Вход устарел, начните снова"

_FIELDS: Final = {
    Stage.PASSWORD: '<input name="login"><input type="password" name="password">',
    Stage.CODE: '<input name="code" inputmode="numeric">',
    Stage.CONSENT: "<p>Сайт хочет узнать, кто вы.</p>",
}
_PATHS: Final = {Stage.PASSWORD: "login", Stage.CODE: "code", Stage.CONSENT: "consent"}
_WORDS: Final = {
    Refusal.WRONG_PASSWORD: "Неверный логин или пароль",
    Refusal.LOCKED: "Учетная запись временно заблокирована",
    Refusal.WRONG_CODE: "Неверный код",
}


def path_of(stage: Stage) -> str:
    """Path of a stage's form, without the slash before it.

    Raises:
        KeyError: Nothing is asked any more.
    """
    return f"{ROOT}/{_PATHS[stage]}"


def form(standing: Standing, base: str, request: str) -> HTMLResponse:
    """The form of a stage.

    Args:
        standing: What is asked, and why the last answer did not do.
        base: Origin of the stand-in.
        request: Number of the sign-in.
    """
    words = "" if standing.refusal is None else _WORDS[standing.refusal]
    hint = f'<div class="error">{words}</div>' if words else ""
    return HTMLResponse(
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">'
        "<title>Учебная копия входа через Госуслуги</title></head><body>"
        f"<h1>Не настоящие Госуслуги</h1>{hint}"
        f'<form method="post" action="{escape(base)}/{path_of(standing.stage)}">'
        f'<input type="hidden" name="request" value="{escape(request)}">'
        f'{_FIELDS[standing.stage]}<input type="submit" value="Продолжить"></form>'
        "</body></html>"
    )
