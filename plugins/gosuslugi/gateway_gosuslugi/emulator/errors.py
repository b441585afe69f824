"""Refusals as the portal gives them (notes 2.4, 5)."""

from typing import Final

from starlette.responses import HTMLResponse, Response

from gateway.sandbox.web.encoding import JsonObject, encode

JSON_TYPE: Final = "application/json"


class ApiError(Exception):
    """A refusal with its status and its JSON body."""

    def __init__(self, status: int, body: JsonObject) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body

    def response(self) -> Response:
        """The answer that a client gets."""
        return Response(encode(self.body), self.status, media_type=JSON_TYPE)


def session_over() -> ApiError:
    """The cookies are those of nobody who is signed in."""
    return ApiError(401, {"code": "UNAUTHORIZED", "message": "Требуется авторизация"})


def forbidden() -> ApiError:
    """The pupil is somebody else's child."""
    return ApiError(400, {"code": "STUDENT_NOT_FOUND", "message": "Ученик не найден"})


def invalid(name: str) -> ApiError:
    """A field is missing or cannot be read."""
    return ApiError(400, {"code": "BAD_REQUEST", "message": f"{name}: неверное значение"})


def no_such_route() -> Response:
    """The host has no such path."""
    return Response(
        encode({"code": "NOT_FOUND", "message": "Не найдено"}), 404, media_type=JSON_TYPE
    )


def wrong_method() -> Response:
    """The path is there, the method is not."""
    return Response(
        encode({"code": "METHOD_NOT_ALLOWED", "message": "Метод не поддерживается"}),
        405,
        media_type=JSON_TYPE,
    )


def page(title: str, words: str, status: int = 200) -> Response:
    """A web page with a sentence for the person."""
    return HTMLResponse(
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><h1>Не настоящие Госуслуги</h1>"
        f"<p>{words}</p></body></html>",
        status,
    )
