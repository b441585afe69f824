"""What every code of ЕСИА means in the gateway's own tree of errors (protocol notes 5)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gateway.core.errors import (
    AccessDenied,
    AccountLocked,
    ClientRejected,
    ClockDrift,
    ConsentRefused,
    GatewayError,
    IdentityTooWeak,
    InteractionRequired,
    LoginError,
    Maintenance,
    NotFound,
    Refused,
    RoleNotServed,
    ServerFailure,
    SessionLost,
    SignInCancelled,
    Text,
)

_CODE: Final = re.compile(r"ESIA-(\d{6})\b")
_WORD: Final = re.compile(r"[A-Za-z0-9_]{1,64}")
_FIRST_CONSENT, _LAST_CONSENT = 36701, 36746

_CERTIFICATE: Final = Text(
    "Госуслуги не узнали сертификат сервиса. Сообщите тому, кто его обслуживает.",
    "Gosuslugi did not recognise the service's certificate. Tell whoever runs the service.",
)
_SIGNATURE: Final = Text(
    "Госуслуги не приняли подпись сервиса. Сообщите тому, кто его обслуживает.",
    "Gosuslugi did not accept the service's signature. Tell whoever runs the service.",
)
_MALFORMED: Final = Text(
    "Госуслуги не поняли запрос сервиса. Сообщите тому, кто его обслуживает.",
    "Gosuslugi did not understand the service's request. Tell whoever runs the service.",
)
_NOT_REGISTERED: Final = Text(
    "Сервису это на Госуслугах не разрешено. Сообщите тому, кто его обслуживает.",
    "The service is not registered for this at Gosuslugi. Tell whoever runs the service.",
)
_ONLY_BY_CONSENT: Final = Text(
    "Госуслуги дают эти данные только по согласиям. Сообщите тому, кто обслуживает сервис.",
    "Gosuslugi gives these data by consent only. Tell whoever runs the service.",
)
_CONFIRM: Final = Text(
    "Нужна подтверждённая учётная запись Госуслуг.",
    "A confirmed account of Gosuslugi is needed.",
)
_SECOND_FACTOR: Final = Text(
    "Включите на Госуслугах вход с подтверждением и войдите снова.",
    "Turn on two-step sign-in at Gosuslugi and sign in again.",
)
_BLOCKED: Final = Text(
    "Учётная запись Госуслуг заблокирована. Восстановите доступ на Госуслугах.",
    "The account of Gosuslugi is blocked. Recover access at Gosuslugi.",
)
_ROLE: Final = Text(
    "С этой ролью на Госуслугах войти нельзя. Выберите вход частного лица.",
    "This role of Gosuslugi cannot sign in here. Sign in as a private person.",
)
_CODE_SPENT: Final = Text(
    "Этот вход уже использован или устарел. Начните заново.",
    "This sign-in was used already or is too old. Start again.",
)
_NO_CONSENT: Final = Text(
    "Нет согласия на передачу данных. Дайте его на Госуслугах.",
    "There is no consent to pass the data on. Give it at Gosuslugi.",
)
_TOO_YOUNG: Final = Text(
    "По возрасту такое согласие дать нельзя: попросите родителя.",
    "The age does not allow this consent: ask a parent.",
)
_NOT_THIS_PERSON: Final = Text(
    "Этой учётной записи Госуслуги таких данных не дают.",
    "Gosuslugi does not give these data of this account.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a code becomes.

    Attributes:
        error: Class of the tree.
        text: What to tell the person, where the class's own sentence does not fit.
        why: A few words for the operator.
    """

    error: type[GatewayError]
    why: str
    text: Text | None = None


REFUSALS: Final[Mapping[str, Row]] = {
    # The request of the system.
    "007002": Row(ClientRejected, "the certificate does not belong to the mnemonic", _CERTIFICATE),
    "007003": Row(ClientRejected, "a parameter is wrong, missing or repeated", _MALFORMED),
    "007005": Row(ClientRejected, "the system may not ask in this way", _NOT_REGISTERED),
    "007006": Row(ClientRejected, "the scope is unknown or malformed", _NOT_REGISTERED),
    "007009": Row(ClientRejected, "the response type is not supported", _MALFORMED),
    "007012": Row(ClientRejected, "the grant type is not supported", _MALFORMED),
    "007013": Row(ClientRejected, "the scope goes beyond what was granted", _NOT_REGISTERED),
    "007014": Row(ClientRejected, "a parameter is missing", _MALFORMED),
    "007023": Row(ClientRejected, "the redirect_uri is not registered", _NOT_REGISTERED),
    "007038": Row(ClientRejected, "PKCE: the challenge or its method is not taken", _MALFORMED),
    "007039": Row(ClientRejected, "PKCE: the verifier is missing or malformed", _MALFORMED),
    "007040": Row(ClientRejected, "PKCE: the verifier does not fit", _MALFORMED),
    "007053": Row(ClientRejected, "the client_secret is wrong", _SIGNATURE),
    "007071": Row(ClientRejected, "this scope is given by consent only", _ONLY_BY_CONSENT),
    "008010": Row(ClientRejected, "the system is unknown", _NOT_REGISTERED),
    "007015": Row(ClockDrift, "the timestamp is too far from the present"),
    # The service.
    "007007": Row(ServerFailure, "ЕСИА failed"),
    "007008": Row(Maintenance, "ЕСИА is not available for the moment"),
    # The person.
    "007004": Row(SignInCancelled, "the person or ЕСИА refused"),
    "007019": Row(ConsentRefused, "the person has granted nothing of this", _NO_CONSENT),
    "007036": Row(AccountLocked, "the account is blocked", _BLOCKED),
    "007046": Row(IdentityTooWeak, "the account has no second factor", _SECOND_FACTOR),
    "007055": Row(IdentityTooWeak, "the account is not confirmed", _CONFIRM),
    "007060": Row(RoleNotServed, "the role does not fit", _ROLE),
    "007061": Row(RoleNotServed, "the role does not fit", _ROLE),
    "007062": Row(RoleNotServed, "the kind of account does not fit", _ROLE),
    "007194": Row(AccessDenied, "the scope is not given of members of this kind", _NOT_THIS_PERSON),
    "036746": Row(ConsentRefused, "the person is too young to consent", _TOO_YOUNG),
    # Codes and markers.
    "007011": Row(LoginError, "the code was used, is too old or is another system's", _CODE_SPENT),
    # REST.
    "005013": Row(SessionLost, "no marker, or a dead one"),
    "005029": Row(AccessDenied, "the marker's scope does not reach this", _NOT_THIS_PERSON),
    "020203": Row(NotFound, "there is no such thing"),
    "035000": Row(NotFound, "there is no such person"),
}
"""Every documented code but those of a refresh and of consents."""

_OF_REFRESH: Final[Mapping[str, str]] = {
    "007011": "refused",
    "007027": "expired",
    "007028": "revoked",
}
"""Codes that end a refresh token for good: only the person can go on."""

_BY_WORD: Final[Mapping[str, Row]] = {
    "access_denied": REFUSALS["007004"],
    "unauthorized_client": REFUSALS["007005"],
    "invalid_scope": REFUSALS["007006"],
    "server_error": REFUSALS["007007"],
    "temporarily_unavailable": REFUSALS["007008"],
    "unsupported_response_type": REFUSALS["007009"],
    "invalid_grant": REFUSALS["007011"],
    "unsupported_grant_type": REFUSALS["007012"],
    "invalid_request": REFUSALS["007003"],
    "invalid_client": REFUSALS["008010"],
    "no_grants": REFUSALS["007019"],
}
"""Where a refusal comes without a code."""

_CONSENT: Final = Row(ConsentRefused, "the consent is not given or cannot be asked", _NO_CONSENT)
_METHOD: Final = "esia"


def code_in(text: str) -> str | None:
    """The six digits of `ESIA-007053: …`; None where there are none."""
    found = _CODE.search(text[:500])
    return None if found is None else found[1]


def refusal_of(
    word: str | None,
    description: str | None,
    *,
    status: int | None = None,
    refreshing: bool = False,
) -> GatewayError:
    """The error that ЕСИА told.

    Args:
        word: `error`, or None at REST.
        description: `error_description`, `code` or `message`: what may hold `ESIA-…`.
        status: HTTP status of the answer.
        refreshing: Whether a refresh token was sent.
    """
    code = code_in(description or "")
    reason = _OF_REFRESH.get(code or "")
    if reason is not None and (refreshing or code != "007011"):
        ended = InteractionRequired(
            f"ЕСИА refuses the refresh token (ESIA-{code})", method=_METHOD, reason=reason
        )
        ended.http_status = status
        return ended
    row = _row(code, word)
    if row is None:
        named = f"ESIA-{code}" if code is not None else _shown(word)
        failed = Refused if word is None else LoginError
        return failed(f"ЕСИА refuses with {named}", http_status=status, context=_told(code))
    named = f" (ESIA-{code})" if code is not None else ""
    return row.error(
        f"ЕСИА refuses: {row.why}{named}", http_status=status, context=_told(code), text=row.text
    )


def _row(code: str | None, word: str | None) -> Row | None:
    found = REFUSALS.get(code or "")
    if found is not None:
        return found
    if code is not None and _FIRST_CONSENT <= int(code) <= _LAST_CONSENT:
        return _CONSENT
    return _BY_WORD.get(word or "")


def _told(code: str | None) -> dict[str, str] | None:
    return None if code is None else {"esia_code": f"ESIA-{code}"}


def _shown(word: str | None) -> str:
    return word if word is not None and _WORD.fullmatch(word) else "an unknown error"
