"""Refusals as the service gives them (notes 2.2, 5)."""

from typing import Final

from starlette.responses import HTMLResponse, Response

BAD_REQUEST: Final = 400
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
SERVER_FAULT: Final = 500

_WRONG_LOGIN: Final = "Неправильный логин или пароль"
_MAINTENANCE: Final = "Ведутся технические работы. Попробуйте позже."


class ApiError(Exception):
    """A refusal of the interface: `state`, `error` and `result` of the envelope."""

    def __init__(self, state: int, error: str, result: object = None) -> None:
        super().__init__(f"{state} {error}")
        self.state = state
        self.error = error
        self.result: object = {} if result is None else result


def wrong_login() -> ApiError:
    """Login and password do not belong together, or the account has no password."""
    return ApiError(BAD_REQUEST, _WRONG_LOGIN, {"errorCode": "login", "errorText": _WRONG_LOGIN})


def bad_devkey() -> ApiError:
    """The application is unknown."""
    return ApiError(BAD_REQUEST, "не удалось авторизовать разработчика")


def dead_token() -> ApiError:
    """No token, a foreign one, or one that has expired."""
    return ApiError(FORBIDDEN, "Неверный или просроченный токен авторизации")


def unknown_vendor() -> ApiError:
    """No school has this key."""
    return ApiError(SERVER_FAULT, "Внутренняя ошибка сервера")


def no_such_method() -> ApiError:
    """The interface has no method of this name."""
    return ApiError(NOT_FOUND, "Метод не найден")


def invalid(name: str, why: str = "неверное значение") -> ApiError:
    """A parameter is missing or cannot be read."""
    return ApiError(BAD_REQUEST, f"Параметр {name}: {why}")


def not_found(what: str) -> ApiError:
    """Nothing has this number, or nothing that the user may see."""
    return ApiError(BAD_REQUEST, f"{what}: не найдено")


def maintenance() -> Response:
    """A page in place of data."""
    return HTMLResponse(f"<html><body><h1>{_MAINTENANCE}</h1></body></html>", 200)


def no_page() -> Response:
    """The site has no such page."""
    return HTMLResponse("<html><body><h1>404</h1></body></html>", NOT_FOUND)
