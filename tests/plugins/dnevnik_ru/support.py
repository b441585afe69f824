"""What the tests of «Дневник.ру» share: an adapter, a student, a session and its fixtures."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from gateway.core.contract.declaration import Declaration, Instance, Quality
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import Text
from gateway.core.model.people import Role
from gateway.core.wire.jar import CookieJar
from gateway_dnevnik_ru.adapter import DnevnikAdapter
from gateway_dnevnik_ru.capabilities import CAPABILITIES
from tests.plugins.support import Case, Sample, cases_of

NOW = datetime(2025, 9, 3, 6, 0, tzinfo=UTC)
TOKEN = "example-token-not-a-real-one"
NATIVE = {
    "person": "1000000000002",
    "user": "1000000000001",
    "school": "1000",
    "group": "2000000000000000001",
}

DECLARATION = Declaration(
    name="dnevnik_ru",
    api=(1, 0),
    title=Text("Дневник.ру", "Dnevnik.ru"),
    platform="dnevnik_ru",
    quality=Quality.SILVER,
    instances=(
        Instance(
            key="main",
            title=Text("Дневник.ру", "Dnevnik.ru"),
            hosts={"api": "https://api.example.test"},
            regions=("29", "38"),
            zone="Europe/Moscow",
        ),
    ),
    login_methods=(),
    capabilities=CAPABILITIES,
    adapter="gateway_dnevnik_ru.adapter:DnevnikAdapter",
    emulator="none",
)


def make_adapter() -> DnevnikAdapter:
    """The adapter of the only instance."""
    return DnevnikAdapter(DECLARATION, DECLARATION.instances[0], ProviderSettings())


def make_student(**changed: Any) -> StudentRef:
    """A fictional pupil."""
    values: dict[str, Any] = {
        "id": "dnevnik_ru:student:1000000000002",
        "name": "Примеров Пример",
        "native": NATIVE,
        "zone": "Asia/Irkutsk",
    }
    return StudentRef(**{**values, **changed})


def make_session(**changed: Any) -> Session:
    """A session with a token."""
    values: dict[str, Any] = {
        "account": "dnevnik_ru:account:1000000000001",
        "provider": "dnevnik_ru",
        "instance": "main",
        "method": "token",
        "role": Role.STUDENT,
        "created_at": NOW,
        "credentials": {"access_token": Credential(SecretStr(TOKEN))},
        "jar": CookieJar(),
        "students": (make_student(),),
        "data": {"user_id": "1000000000001", "family": "partner", "mobile_version": "v8.5"},
    }
    return Session(**{**values, **changed})


SAMPLE = Sample("dnevnik_ru", NOW, make_adapter, make_student, make_session)


def cases() -> Iterator[Case]:
    """All fixtures."""
    return cases_of(SAMPLE)
