"""The sandbox's accounts as one installation knows them."""

from datetime import datetime
from typing import Final

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import SandboxAccount, SandboxStudent
from gateway.core.ids import Ids
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.ids import guid, student_number
from gateway_mos_ru.nodes import BY_PROVIDER, Node

PASSWORD, OAUTH, QR, ESIA = "password", "oauth", "qr", "esia"
TOKEN, COOKIES = "token", "cookies"
ACCESS_COOKIE, REFRESH_COOKIE = "aupd_token", "aupd_refresh_token"

_BROWSER_ONLY: Final = frozenset(
    {m.AccountState.CAPTCHA, m.AccountState.CONSENT, m.AccountState.TEMPORARY_PASSWORD}
)
"""What mos.ru settles on its own pages alone."""
_NO_ESIA: Final = frozenset({m.AccountState.LOCKED, m.AccountState.SIMPLIFIED_IDENTITY})


def methods_of(node: Node, account: m.Account) -> tuple[str, ...]:
    """The ways in that work for an account, or that say in words of their own why they do not."""
    found = _moscow_methods(account) if node.is_moscow else _node_methods(account)
    return (*found, TOKEN, COOKIES) if doors.has_doors(account) else found


def _moscow_methods(account: m.Account) -> tuple[str, ...]:
    headless = account.password is not None and account.state not in _BROWSER_ONLY
    return (
        *((PASSWORD,) if headless else ()),
        *((OAUTH, QR) if doors.has_doors(account) else ()),
    )


def _node_methods(account: m.Account) -> tuple[str, ...]:
    if account.state is m.AccountState.LOCKED:
        return ()  # the answer is that of a wrong password
    esia = account.esia_key is not None and account.state not in _NO_ESIA
    return (*((ESIA,) if esia else ()), *((PASSWORD,) if account.password is not None else ()))


def sandbox_accounts(
    declaration: Declaration, world: World, now: datetime
) -> tuple[SandboxAccount, ...]:
    """Every account of the world with those of its ways in that the provider declares.

    Args:
        declaration: The provider.
        world: Whose accounts they are.
        now: The moment for which tokens to be pasted are made; they stay the same all day.
    """
    node = BY_PROVIDER[declaration.name]
    ids = Ids(declaration.name, declaration.instance().key)
    declared = {method.name for method in declaration.login_methods}
    return tuple(
        _account(
            node,
            ids,
            world,
            account,
            methods=tuple(name for name in methods_of(node, account) if name in declared),
            now=now,
        )
        for account in world.accounts
    )


def _account(
    node: Node,
    ids: Ids,
    world: World,
    account: m.Account,
    *,
    methods: tuple[str, ...],
    now: datetime,
) -> SandboxAccount:
    held = doors.has_doors(account)
    factor = doors.second_factor(account) if node.is_moscow else None
    identity = world.esia_identity(account.esia_key) if account.esia_key is not None else None
    code = factor.code if factor is not None else None
    if identity is not None and not node.is_moscow:
        code = identity.code
    return SandboxAccount(
        provider=node.provider,
        label=account.label,
        state=account.state.value,
        roles=(account.role.value,),
        key=account.key,
        login=account.login if account.password is not None else None,
        password=account.password,
        code=code,
        expired_code=doors.EXPIRED_CODE if factor is not None else None,
        token=doors.token(node, account, doors.Door.PASTED, now) if held else None,
        region=node.region,
        school=world.school(account.school_keys[0]).short_name if account.school_keys else None,
        config=_config(node, account, identity, now),
        students=tuple(_student(ids, world, world.student(key)) for key in account.student_keys),
        methods=methods,
    )


def _config(
    node: Node, account: m.Account, identity: m.EsiaIdentity | None, now: datetime
) -> dict[str, str]:
    """Addresses, registration data, cookies of a browser, and what Gosuslugi ask."""
    config = {f"{role}_url": base for role, base in node.hosts.items()}
    config |= doors.registration(node)
    if doors.has_doors(account):
        config |= {
            ACCESS_COOKIE: doors.token(node, account, doors.Door.COOKIES, now),
            REFRESH_COOKIE: doors.refresh_token(node, account.key),
        }
    if identity is not None:
        config |= {"esia_login": identity.logins[0], "esia_password": identity.password}
    return config


def _student(ids: Ids, world: World, student: m.Student) -> SandboxStudent:
    """A child by the number that routes ask for (`student_id`); our own id is of the person."""
    return SandboxStudent(
        id=str(student_number(student.key)),
        gateway_id=ids.of("student", guid("person", student.person_key)),
        name=world.person(student.person_key).full_name,
        key=student.key,
    )
