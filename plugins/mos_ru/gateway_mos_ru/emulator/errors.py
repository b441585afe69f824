"""Refusals as the platform gives them (protocol notes 5)."""

from typing import Final

from starlette.responses import HTMLResponse, PlainTextResponse, Response

from gateway.sandbox.web.encoding import JsonObject, encode

JSON_TYPE: Final = "application/json"
SESSION_OVER: Final = "Предыдущая сессия работы в ЭЖД завершена. Войдите в ЭЖД заново"
NO_USER: Final = "Пользователь не авторизован"
DEAD_SESSION_STATUS: Final = 499
DEAD_SESSION: Final = "Something went wrong"


class ApiError(Exception):
    """A refusal with its status and its body: text, or an object as JSON."""

    def __init__(self, status: int, body: str | JsonObject) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body

    def response(self) -> Response:
        """The answer that a client gets."""
        if isinstance(self.body, str):
            return PlainTextResponse(self.body, self.status)
        return Response(encode(self.body), self.status, media_type=JSON_TYPE)


def session_over() -> ApiError:
    """No token, an unknown one or one that has expired."""
    return ApiError(401, SESSION_OVER)


def no_user() -> ApiError:
    """The gateway of a service does not know who is asking, or in which role."""
    return ApiError(401, NO_USER)


def closed_to_role() -> ApiError:
    """The service is not open to this role; a new token would not help."""
    return ApiError(401, {"apikey": None})


def not_activated() -> ApiError:
    """The token was never shown to `profile_info`."""
    return ApiError(403, {"code": 403, "message": "Доступ запрещён"})


def forbidden(description: str = "Нет доступа к данным ученика") -> ApiError:
    """The thing exists and is somebody else's."""
    return ApiError(403, {"type": "access_denied", "description": description, "details": None})


def not_found(what: str) -> ApiError:
    """Nothing has this number."""
    description = f"{what}: запись не найдена"
    return ApiError(404, {"type": "not_found", "description": description, "details": None})


def no_such_method() -> ApiError:
    """The installation has no such route."""
    return ApiError(404, {"code": 404, "message": "method does not exist"})


def wrong_method() -> ApiError:
    """The route is there, the method is not."""
    return ApiError(405, {"code": 405, "message": "method not allowed"})


def invalid(name: str, why: str = "неверное значение") -> ApiError:
    """A parameter is missing or cannot be read."""
    return ApiError(
        400, {"type": ["validation_error"], "description": f"{name}: {why}", "details": None}
    )


def no_subsystem() -> ApiError:
    """The header X-Mes-Subsystem is missing."""
    return ApiError(400, {"code": 400, "message": "X-Mes-Subsystem header is required"})


def blocked_page() -> Response:
    """A web page in place of an answer: the host is closed to families."""
    page = "<html><head><title>403 Forbidden</title></head><body>403 Forbidden</body></html>"
    return HTMLResponse(page, 403)
