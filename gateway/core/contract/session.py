"""A signed-in account: what is needed to go on without a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from pydantic import SecretStr

from gateway.core.contract.capability import Capability, Support
from gateway.core.model.people import Role
from gateway.core.wire.jar import CookieJar


class SessionStatus(StrEnum):
    """Whether a session can be used."""

    ACTIVE = "active"
    REFRESHING = "refreshing"
    NEEDS_LOGIN = "needs_login"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Credential:
    """One secret of a session with its own end.

    Attributes:
        value: The secret.
        expires_at: Aware UTC moment, or None where the provider never tells.
    """

    value: SecretStr
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRef:
    """A student as one account reaches them.

    Attributes:
        id: Unified id.
        name: Name to show.
        native: The provider's own keys (person, school, group …), never shown.
        zone: IANA zone of the school.
        label: The user's own label.
        capabilities: What login found to differ for this student.
    """

    id: str
    name: str = field(repr=False)
    native: Mapping[str, str] = field(repr=False)
    zone: str
    label: str | None = None
    capabilities: Mapping[Capability, Support] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One account that is signed in.

    Attributes:
        account: Key `provider[@instance]:account:native`, unique in a store.
        provider: Provider name.
        instance: Instance key.
        base_urls: Where the operator mapped the host roles when it was made; empty if nowhere.
        method: Login method that made it.
        role: Role of the person.
        created_at: UTC moment of signing in, or of the last renewal of its credentials.
        credentials: Secrets by the adapter's own names.
        jar: The account's cookies.
        students: Whose diaries it opens.
        capabilities: What login found to differ for this account.
        data: The adapter's own facts, JSON-able text, no secrets.
        label: The user's own label of the account.
        status: Whether it can be used.
        epoch: Raised by logout, erasure and re-login; old results are dropped.
    """

    account: str
    provider: str
    instance: str
    method: str
    role: Role
    created_at: datetime
    credentials: Mapping[str, Credential] = field(repr=False)
    jar: CookieJar = field(default_factory=CookieJar, repr=False)
    students: tuple[StudentRef, ...] = field(default=(), repr=False)
    capabilities: Mapping[Capability, Support] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict, repr=False)
    base_urls: Mapping[str, str] = field(default_factory=dict)
    label: str | None = None
    status: SessionStatus = SessionStatus.ACTIVE
    epoch: int = 0

    def secret(self, name: str) -> str | None:
        """The plain value of a credential; for `sign()` and refresh only."""
        found = self.credentials.get(name)
        return found.value.get_secret_value() if found is not None else None

    def student(self, student_id: str) -> StudentRef | None:
        """The student with this unified id."""
        return next((item for item in self.students if item.id == student_id), None)

    def with_credentials(self, **changed: Credential) -> "Session":
        """The same session with some credentials replaced."""
        return replace(self, credentials={**self.credentials, **changed})
