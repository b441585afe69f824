"""Errors about what was asked for."""

from gateway.core.errors.base import Actor, GatewayError, Text


class InvalidRequest(GatewayError):
    """An argument cannot be used as it stands."""

    code = "request.invalid"
    actor = Actor.PERSON
    text = Text("Запрос составлен неверно.", "The request is not valid.")


class InvalidId(InvalidRequest):
    """An identifier is malformed or belongs to another provider or kind."""

    code = "request.invalid_id"


class DateRangeTooLong(InvalidRequest):
    """The provider does not answer for so many days and the range may not be split."""

    code = "request.range_too_long"
    text = Text(
        "Дневник не показывает столько дней сразу. Выберите период короче.",
        "The diary does not show that many days. Choose a shorter span.",
    )


class NotFound(GatewayError):
    """The provider has no such thing, or none that this account may see."""

    code = "request.not_found"
    actor = Actor.PERSON
    text = Text("Такой записи в дневнике нет.", "The diary has no such record.")


class Refused(GatewayError):
    """The provider understood the request and said no."""

    code = "request.refused"
    actor = Actor.PERSON
    text = Text("Дневник отказал в этом действии.", "The diary refused to do this.")


class AccessDenied(GatewayError):
    """The account is known but may not see or do this."""

    code = "access.denied"
    actor = Actor.SCHOOL
    text = Text(
        "У вашей учётной записи нет доступа к этим данным. Уточните права у классного "
        "руководителя.",
        "Your account has no access to this. Ask the class teacher about your rights.",
    )


class OtherFamily(AccessDenied):
    """The student is not one of this account's."""

    code = "access.other_family"
    text = Text(
        "Этот ученик не связан с вашей учётной записью. Привязать ребёнка может школа.",
        "This student is not linked to your account. The school can link a child.",
    )


class OutcomeUnknown(GatewayError):
    """A write was sent and no whole answer came back; it was not repeated."""

    code = "write.outcome_unknown"
    actor = Actor.PERSON
    text = Text(
        "Непонятно, сохранилось ли изменение. Проверьте в дневнике, прежде чем повторять.",
        "It is unclear whether the change was saved. Check the diary before repeating it.",
    )


class CacheMiss(GatewayError):
    """A cached-only call found nothing usable; nothing was sent."""

    code = "cache.miss"
    text = Text("Сохранённых данных пока нет.", "There are no saved data yet.")


class MissingPayload(GatewayError):
    """An operation replayed offline needs a payload that was not given.

    `context["template"]` names the route that would tell it.
    """

    code = "replay.missing_payload"
    actor = Actor.PERSON
    text = Text(
        "Среди файлов нет ответа, без которого это не разобрать.",
        "The files lack an answer without which this cannot be read.",
    )


class GatewayClosed(GatewayError):
    """The gateway was closed before or during the call."""

    code = "gateway.closed"
    text = Text("Сервис остановлен.", "The service has been stopped.")
