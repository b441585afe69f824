"""What the tests of ЭлЖур share: the adapter of a school, a student, a session and fixtures."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.loading import load
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.model.people import Role
from gateway.core.registry.plugins import Registry
from gateway.core.wire.jar import CookieJar
from gateway_eljur import plugin
from gateway_eljur.declaration import ELJUR
from tests.plugins.support import Case, Sample, cases_of

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
"""A Wednesday, at noon in Moscow."""

INSTANCE = "cloud.sch1"
NATIVE = {"student": "1000", "class": "10А", "balls": "5"}
STUDENT = f"eljur@{INSTANCE}:student:1000"
REGISTRY = Registry((), plugins={"eljur": plugin})


def make_adapter(instance: str = INSTANCE) -> Adapter:
    """The adapter of one school."""
    settings = load(ELJUR.settings, ProviderSettings)()
    return load(ELJUR.adapter, Adapter)(ELJUR, ELJUR.instance(instance), settings)


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
        "account": f"eljur@{INSTANCE}:account:1900",
        "provider": "eljur",
        "instance": INSTANCE,
        "method": "token",
        "role": Role.GUARDIAN,
        "created_at": NOW,
        "credentials": {"auth_token": Credential(SecretStr("example-token-not-a-real-one"))},
        "jar": CookieJar(),
        "students": (make_student(),),
        "data": {"vendor": "sch1", "user": "1900", "role": "parent"},
    }
    return Session(**{**values, **changed})


SAMPLE = Sample("eljur", NOW, make_adapter, make_student, make_session)


def cases() -> Iterator[Case]:
    """All fixtures."""
    return cases_of(SAMPLE)
