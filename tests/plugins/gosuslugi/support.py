"""What the tests of «Моя школа» share: adapter, a student, a session and its fixtures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.session import Session, StudentRef
from gateway.core.model.people import Role
from gateway.core.wire.jar import Cookie, CookieJar
from gateway_gosuslugi.adapter import GosuslugiAdapter
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.settings import GosuslugiSettings
from tests.plugins.support import Case, FixtureLink, Sample, cases_of

NOW = datetime(2030, 10, 9, 9, 0, tzinfo=UTC)
"""A Wednesday of week 41, at noon in Moscow."""

NATIVE = {"student": "s-0001", "region": "76"}
STUDENT = "gosuslugi:student:s-0001"
HOST = "www.gosuslugi.ru"


def make_adapter(**settings: Any) -> GosuslugiAdapter:
    """The adapter."""
    return GosuslugiAdapter(GOSUSLUGI, GOSUSLUGI.instances[0], GosuslugiSettings(**settings))


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
    """A session with the cookies of a browser."""
    values: dict[str, Any] = {
        "account": "gosuslugi:account:1000000001",
        "provider": "gosuslugi",
        "instance": "main",
        "method": "cookies",
        "role": Role.GUARDIAN,
        "created_at": NOW,
        "credentials": {},
        "jar": CookieJar(
            tuple(
                Cookie(name=name, value=f"example-{name}", domain=HOST)
                for name in ("u", "sp_session", "acc_t")
            )
        ),
        "students": (make_student(),),
    }
    return Session(**{**values, **changed})


def declared(link: FixtureLink, *students: str) -> FixtureLink:
    """A link whose account has declared its children already."""
    for native in students or ("s-0001", "s-0002"):
        link.memo.put(f"declared/{native}", "1")
    return link


class DeclaredCase(Case):
    """A fixture of an account that has declared its children already."""

    def link(self, adapter: Adapter) -> FixtureLink:
        """A link that serves the fixture's exchanges."""
        return declared(super().link(adapter))


SAMPLE = Sample("gosuslugi", NOW, make_adapter, make_student, make_session)


def cases() -> Iterator[Case]:
    """Fixtures of the diary."""
    for case in cases_of(SAMPLE):
        if case.operation not in OF_APPLICATIONS:
            yield DeclaredCase(case.sample, case.operation, case.name, case.data)


OF_APPLICATIONS = {"list_applications", "file_application"}
"""Operations whose fixtures belong to another part."""


def changed(case: Case, **data: Any) -> Case:
    """A fixture with other data."""
    return replace(case, data={**case.data, **data})
