"""What the tests of МЭШ share: adapters, a student, a session and its fixtures."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.loading import load
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.model.people import Role
from gateway.core.wire.jar import CookieJar
from gateway_mos_ru.declaration import DECLARATIONS
from tests.plugins.support import Case, Sample, cases_of

NOW = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
"""A Wednesday, at noon in Moscow."""

TOKEN = "example-token-not-a-real-one"
PERSON = "00000000-0000-4000-8000-000000000002"
NATIVE = {
    "student": "3000001",
    "person": PERSON,
    "school": "1000",
    "class_unit": "2000",
    "class_level": "8",
    "contract": "5000",
    "curriculum": "7000",
}
STUDENT = f"mos_ru:student:{PERSON}"


def make_adapter(provider: str = "mos_ru") -> Adapter:
    """The adapter that one installation declares."""
    declaration = next(item for item in DECLARATIONS if item.name == provider)
    settings = load(declaration.settings, ProviderSettings)()
    return load(declaration.adapter, Adapter)(declaration, declaration.instances[0], settings)


def make_student(**changed: Any) -> StudentRef:
    """A fictional pupil."""
    values: dict[str, Any] = {
        "id": STUDENT,
        "name": "Примеров Пример",
        "native": NATIVE,
        "zone": "Europe/Moscow",
    }
    return StudentRef(**{**values, **changed})


def make_session(**changed: Any) -> Session:
    """A parent's session."""
    values: dict[str, Any] = {
        "account": "mos_ru:account:4000001",
        "provider": "mos_ru",
        "instance": "main",
        "method": "token",
        "role": Role.GUARDIAN,
        "created_at": NOW,
        "credentials": {"access_token": Credential(SecretStr(TOKEN))},
        "jar": CookieJar(),
        "students": (make_student(),),
        "data": {"profile_id": "4000001", "role": "parent", "family": "pasted"},
    }
    return Session(**{**values, **changed})


SAMPLE = Sample("mos_ru", NOW, make_adapter, make_student, make_session)


def cases() -> Iterator[Case]:
    """All fixtures."""
    return cases_of(SAMPLE)
