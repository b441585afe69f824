"""How ЕСИА refuses: by a redirect, by JSON, or by a page where there is nowhere to go back to."""

from typing import Final
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from gateway.sandbox.web.encoding import encode
from gateway_gosuslugi.emulator.errors import JSON_TYPE, page

WORDS: Final = {
    "005013": ("", "Security error. Not authorized"),
    "005029": ("", "Security error. Scope is not allowed"),
    "007002": ("invalid_request", "Сертификат не соответствует мнемонике системы"),
    "007003": ("invalid_request", "Значение параметра задано неверно"),
    "007004": ("access_denied", "Владелец ресурса отклонил запрос"),
    "007006": ("invalid_scope", "Запрошенная область доступа не известна"),
    "007009": ("unsupported_response_type", "Тип ответа не поддерживается"),
    "007011": ("invalid_grant", "Авторизационный код или маркер обновления недействителен"),
    "007012": ("unsupported_grant_type", "Тип разрешения не поддерживается"),
    "007014": ("invalid_request", "Отсутствует обязательный параметр"),
    "007015": ("invalid_request", "Неверное время запроса"),
    "007019": ("no_grants", "Отсутствует разрешение на доступ"),
    "007023": ("invalid_request", "Указанный redirect_uri недопустим"),
    "007027": ("expired_token", "Срок действия маркера истёк"),
    "007028": ("access_denied", "Маркер обновления отозван"),
    "007040": ("pkce_verification_failed", "Проверочный код не соответствует"),
    "007046": ("authorization2faNotAvailable", "Второй фактор не настроен"),
    "007053": ("clientSecretWrong", "Подпись запроса неверна"),
    "007055": ("invalid_request", "Требуется подтверждённая учётная запись"),
    "008010": ("invalid_client", "Система не зарегистрирована"),
    "020203": ("", "Object not found"),
    "035000": ("", "No such user"),
    "036746": ("access_denied", "Возраст не позволяет дать согласие"),
}
"""Word of the protocol and sentence of each code."""


class RefusedError(Exception):
    """A refusal by its six digits."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def description(self) -> str:
        """`ESIA-007053: …`."""
        return f"ESIA-{self.code}: {WORDS[self.code][1]}"


def by_redirect(refusal: RefusedError, redirect_uri: str, state: str) -> Response:
    """The browser goes back with the error."""
    told = {
        "error": WORDS[refusal.code][0],
        "error_description": refusal.description,
        "state": state,
    }
    joint = "&" if "?" in redirect_uri else "?"
    return RedirectResponse(f"{redirect_uri}{joint}{urlencode(told)}", 302)


def by_page(refusal: RefusedError) -> Response:
    """A page: there is nowhere to go back to."""
    return page("Госуслуги", refusal.description, 400)


def by_json(refusal: RefusedError, state: str) -> Response:
    """The answer of the token endpoints."""
    told = {
        "error": WORDS[refusal.code][0],
        "error_description": refusal.description,
        "state": state,
    }
    return Response(encode(told), 400, media_type=JSON_TYPE)


def by_rest(refusal: RefusedError) -> Response:
    """The answer of REST."""
    status = {"005013": 401, "005029": 403}.get(refusal.code, 404)
    told: dict[str, object] = {
        "code": f"ESIA-{refusal.code}",
        "message": WORDS[refusal.code][1],
    }
    return Response(encode(told), status, media_type=JSON_TYPE)
