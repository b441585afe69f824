"""Refusals of API ЕПГУ (notes 5)."""

from gateway_gosuslugi.emulator.errors import ApiError


def refusal(status: int, code: str, message: str) -> ApiError:
    """A refusal with its stable code."""
    return ApiError(status, {"code": code, "message": message})


def bad_request(message: str) -> ApiError:
    """A parameter is missing or cannot be read."""
    return refusal(400, "bad_request", message)


def no_token() -> ApiError:
    """The token is missing, over, or of another scope."""
    return refusal(401, "unauthorized", "Отказ в доступе")


def no_consent() -> ApiError:
    """The token does not say that the person consented."""
    message = "Пользователь не дал согласие Вашей системе на выполнение данной операции"
    return refusal(403, "access_denied_person_permissions", message)


def no_service() -> ApiError:
    """Nobody knows the service."""
    return refusal(400, "service_not_found", "Не найдена услуга, заданная кодом serviceCode")


def foreign_order() -> ApiError:
    """The application is somebody else's."""
    message = "У пользователя нет прав для работы с текущим заявлением"
    return refusal(403, "order_access", message)


def over_limit() -> ApiError:
    """Too many applications in ten minutes."""
    return refusal(409, "limitation_exception", "Превышение установленных ограничений")


def not_cancellable() -> ApiError:
    """The state does not allow it."""
    message = "Отмена заявления в текущем статусе невозможна"
    return refusal(403, "cancel_not_allowed", message)
