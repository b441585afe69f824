"""The sandbox's persons with a state account, as `diary sandbox accounts` prints them."""

from datetime import datetime
from typing import Final

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import SandboxAccount, SandboxStudent
from gateway.core.ids import Ids
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator import doors
from gateway_gosuslugi.emulator.access import students_of
from gateway_gosuslugi.emulator.numbers import student_id

ESIA, COOKIES = "esia", "cookies"
_HOSTS: Final = {"api_url": "api", "esia_url": "esia"}


def sandbox_accounts(
    declaration: Declaration, world: World, now: datetime
) -> tuple[SandboxAccount, ...]:
    """One account for each person whom the state knows and some diary has registered.

    Args:
        declaration: The provider.
        world: Whose persons they are.
        now: The moment for which cookies are made; they stay the same all day.
    """
    ids = Ids(declaration.name, declaration.instance().key)
    return tuple(
        _account(declaration, ids, world, identity, now)
        for identity in world.esia_identities
        if identity.account_keys
    )


def _account(
    declaration: Declaration, ids: Ids, world: World, identity: m.EsiaIdentity, now: datetime
) -> SandboxAccount:
    account = world.account(identity.account_keys[0])
    hosts = declaration.instance().hosts
    config = {name: hosts[role] for name, role in _HOSTS.items()}
    config |= {"esia_login": identity.logins[0], "esia_password": identity.password}
    methods: tuple[str, ...] = ()
    if doors.has_doors(identity):
        config |= doors.cookies(identity, doors.session_mark(identity.key), now)
        methods = (ESIA, COOKIES)
    return SandboxAccount(
        provider=declaration.name,
        label=account.label,
        state=account.state.value,
        roles=(account.role.value,),
        key=account.key,
        code=identity.code,
        region=account.region_code,
        config=config,
        students=tuple(_student(ids, world, item) for item in students_of(world, identity)),
        methods=methods,
    )


def _student(ids: Ids, world: World, student: m.Student) -> SandboxStudent:
    native = student_id(student.key)
    return SandboxStudent(
        id=native,
        gateway_id=ids.of("student", native),
        name=world.person(student.person_key).full_name,
        key=student.key,
    )
