"""Errors on the provider's side of the wire."""

from gateway.core.errors.base import Actor, GatewayError, Text


class ProviderUnavailable(GatewayError):
    """The provider cannot answer now."""

    code = "provider.unavailable"
    actor = Actor.PROVIDER
    retryable = True
    text = Text(
        "Дневник сейчас не отвечает. Попробуйте позже.",
        "The diary is not answering now. Try again later.",
    )


class ConnectFailed(ProviderUnavailable):
    """No connection: name not found, refused, timed out or reset in the handshake."""

    code = "provider.connect_failed"


class CertificateInvalid(ProviderUnavailable):
    """The server's certificate is not trusted; verification is never switched off."""

    code = "provider.certificate_invalid"
    actor = Actor.OPERATOR
    retryable = False
    text = Text(
        "Сертификат дневника не прошёл проверку, соединение не установлено.",
        "The diary's certificate could not be verified, so no connection was made.",
    )


class ProviderTimeout(ProviderUnavailable):
    """The answer did not arrive in time."""

    code = "provider.timeout"


class ConnectionBroken(ProviderUnavailable):
    """The connection ended before the whole answer was there."""

    code = "provider.connection_broken"


class ServerFailure(ProviderUnavailable):
    """The provider answered with a server error."""

    code = "provider.server_error"


class Maintenance(ProviderUnavailable):
    """The provider says that it is being serviced."""

    code = "provider.maintenance"
    text = Text(
        "В дневнике идут технические работы. Попробуйте позже.",
        "The diary is down for maintenance. Try again later.",
    )


class AntiBotPage(ProviderUnavailable):
    """A protection page stood in the way; the gateway does not work around it."""

    code = "provider.anti_bot"
    actor = Actor.OPERATOR
    text = Text(
        "Защита дневника не пропустила запрос. Попробуйте позже.",
        "The diary's protection rejected the request. Try again later.",
    )


class CircuitOpen(ProviderUnavailable):
    """The host failed so often that nothing is being sent to it for a while."""

    code = "provider.circuit_open"


class DeadlineExceeded(ProviderUnavailable):
    """The whole call took longer than allowed."""

    code = "gateway.deadline"
    actor = Actor.US


class RateLimited(GatewayError):
    """The provider asks for a pause longer than the call may wait."""

    code = "provider.rate_limited"
    actor = Actor.PROVIDER
    retryable = True
    text = Text(
        "Слишком много запросов к дневнику. Подождите немного.",
        "Too many requests to the diary. Wait a little.",
    )


class Overloaded(GatewayError):
    """Too many calls are already waiting for this host."""

    code = "gateway.overloaded"
    actor = Actor.OPERATOR
    retryable = True
    text = Text("Сервис перегружен. Попробуйте позже.", "The service is overloaded. Try later.")


class BadResponse(GatewayError):
    """The answer is not what the provider's protocol promises.

    Attributes:
        report: The payload without any content, for a defect report: keys, types, lengths.
    """

    report: object = None

    code = "provider.bad_response"
    actor = Actor.US
    text = Text(
        "Дневник ответил непонятно. Мы уже знаем, что это нужно исправить на нашей стороне.",
        "The diary gave an answer we do not understand. This needs mending on our side.",
    )


class UnexpectedHtml(BadResponse):
    """A web page came where data were due."""

    code = "provider.unexpected_html"


class ShapeChanged(BadResponse):
    """The answer is whole but its shape is not known (drift).

    `context["path"]` names the field.
    """

    code = "provider.shape_changed"


class AnswerTooLarge(BadResponse):
    """The answer is over a size, nesting or decompression limit."""

    code = "provider.too_large"
    actor = Actor.PROVIDER
    text = Text(
        "Ответ дневника слишком велик, он не загружен.",
        "The diary's answer is too large and was not loaded.",
    )


class ForbiddenAddress(GatewayError):
    """An address outside the declared hosts; no connection was made."""

    code = "security.forbidden_address"
    actor = Actor.PROVIDER
    text = Text(
        "Дневник сослался на посторонний адрес, переход не выполнен.",
        "The diary pointed to a foreign address; it was not opened.",
    )

    def __init__(self, message: str = "", *, host: str = "", reason: str = "") -> None:
        super().__init__(
            message or f"address refused: {reason or 'not declared'}",
            context={"host": host, "reason": reason},
        )
        self.host = host
        self.reason = reason
