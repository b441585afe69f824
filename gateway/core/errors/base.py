"""What every error of the gateway carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence for a person, in Russian and English."""

    ru: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language` (`"ru"` or anything else for English)."""
        return self.ru if language.startswith("ru") else self.en


class Actor(StrEnum):
    """Who can mend the failure."""

    PERSON = "person"
    SCHOOL = "school"
    OPERATOR = "operator"
    US = "us"
    PROVIDER = "provider"


class GatewayError(Exception):
    """Root of every error that leaves the gateway.

    Attributes:
        code: Stable `area.reason`, never renamed.
        actor: Who can mend it.
        retryable: Whether the same call may succeed later with nothing changed.
        text: What to tell the person, and what to do next.
        provider: Provider name, where one was involved.
        operation: Operation of the gateway, such as `list_marks`.
        http_status: Status of the provider's answer, where there was one.
        retry_after: Seconds after which another try makes sense.
        context: Redacted facts for the log; never a secret, a name or a mark.
        attempts: Requests sent before giving up, where the pipeline counted them.
        retry_suppressed: Whether an empty retry budget ended the attempts early.
    """

    code: ClassVar[str] = "gateway.error"
    actor: ClassVar[Actor] = Actor.US
    retryable: ClassVar[bool] = False
    text: Text = Text("Что-то пошло не так.", "Something went wrong.")

    def __init__(
        self,
        message: str = "",
        *,
        provider: str | None = None,
        operation: str | None = None,
        http_status: int | None = None,
        retry_after: float | None = None,
        context: Mapping[str, str] | None = None,
        text: Text | None = None,
    ) -> None:
        super().__init__(message or self.text.en)
        self.message = message or self.text.en
        self.provider = provider
        self.operation = operation
        self.http_status = http_status
        self.retry_after = retry_after
        self.context: dict[str, str] = dict(context or {})
        self.attempts = 0
        self.retry_suppressed = False
        if text is not None:
            self.text = text

    def __str__(self) -> str:
        where = "/".join(part for part in (self.provider, self.operation) if part)
        status = f" (HTTP {self.http_status})" if self.http_status is not None else ""
        return f"[{self.code}]{f' {where}:' if where else ''} {self.message}{status}"

    def located(self, *, provider: str, operation: str) -> "GatewayError":
        """The same error, told where it happened unless it knows already."""
        self.provider = self.provider or provider
        self.operation = self.operation or operation
        return self

    def to_problem(self, language: str = "ru") -> dict[str, object]:
        """The error as an RFC 9457 problem document, safe to show and to log."""
        problem: dict[str, object] = {
            "type": f"urn:diary-gateway:error:{self.code}",
            "title": self.text.in_language(language),
            "detail": self.message,
            "code": self.code,
            "actor": self.actor.value,
            "retryable": self.retryable,
        }
        optional = {
            "provider": self.provider,
            "operation": self.operation,
            "http_status": self.http_status,
            "retry_after": self.retry_after,
            "context": self.context or None,
        }
        problem.update({key: value for key, value in optional.items() if value is not None})
        return problem
