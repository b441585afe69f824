"""What a session can do, by declaration, method and role."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from gateway.core.client.support import support_of
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import (
    Capability,
    Support,
    SupportInfo,
    native,
    unsupported,
    unverified,
)
from gateway.core.contract.session import Session
from gateway.core.model.people import Role

NOT_VERIFIED = unverified("Не проверено.", "Not verified.")


def supported(info: SupportInfo, role: Role = Role.STUDENT) -> SupportInfo:
    declaration = SimpleNamespace(supports=lambda _capability, _instance: info)
    adapter = cast("Adapter", SimpleNamespace(declaration=declaration, instance=None))
    session = Session(
        account="sample:account:1",
        provider="sample",
        instance="main",
        method="password",
        role=role,
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
        credentials={},
    )
    return support_of(Capability.MARKS, adapter, session, None)


@pytest.mark.parametrize("info", [native(), NOT_VERIFIED])
def test_other_roles_and_methods_are_refused_whether_verified_or_not(info: SupportInfo) -> None:
    for narrowed in (
        replace(info, roles=frozenset({Role.GUARDIAN})),
        replace(info, methods=frozenset({"qr"})),
    ):
        found = supported(narrowed)
        assert found.support is Support.UNSUPPORTED
        assert found.reason not in {None, info.reason}


@pytest.mark.parametrize("info", [native(), NOT_VERIFIED])
def test_the_role_itself_keeps_what_is_declared(info: SupportInfo) -> None:
    narrowed = replace(info, roles=frozenset({Role.GUARDIAN}))
    assert supported(narrowed, Role.GUARDIAN) == narrowed


def test_what_is_lacking_keeps_its_own_reason() -> None:
    lacking = replace(unsupported("Нет.", "None."), roles=frozenset({Role.GUARDIAN}))
    assert supported(lacking) is lacking
