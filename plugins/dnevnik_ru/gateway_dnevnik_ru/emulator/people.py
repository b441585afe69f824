"""The sandbox's accounts as this provider knows them."""

from typing import Final

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import SandboxAccount, SandboxStudent
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import doors, ids
from gateway_dnevnik_ru.emulator.regions import region_id
from gateway_dnevnik_ru.emulator.service import has_doors

OAUTH, PARTNER, MOBILE = "oauth", "password:partner", "password:mobile"
ESIA, TOKEN, COOKIES = "esia", "token", "cookies"
_NO_ESIA: Final = (
    m.AccountState.UNLINKED,
    m.AccountState.LOCKED,
    m.AccountState.SIMPLIFIED_IDENTITY,
)


def methods_of(account: m.Account) -> tuple[str, ...]:
    """The ways in that work for an account; the partner grant takes no temporary password."""
    state = account.state
    if state is m.AccountState.LOCKED:
        return ()
    found = []
    if account.password is not None:
        found += [OAUTH] if has_doors(account) else [OAUTH, MOBILE]
        if has_doors(account):
            found.append(PARTNER)
            if account.student_keys and account.role is not m.Role.TEACHER:
                found.append(MOBILE)
    if account.esia_key is not None and state not in _NO_ESIA:
        found.append(ESIA)
    if has_doors(account):
        found += [TOKEN, COOKIES]
    return tuple(found)


def sandbox_accounts(declaration: Declaration, world: World) -> tuple[SandboxAccount, ...]:
    """Every account of the world with those of its ways in that the provider declares."""
    numbers = ids.Ids(world)
    declared = {method.name for method in declaration.login_methods}
    return tuple(
        _account(
            declaration.name,
            world,
            numbers,
            account,
            tuple(name for name in methods_of(account) if name in declared),
        )
        for account in world.accounts
    )


def _account(
    provider: str,
    world: World,
    numbers: ids.Ids,
    account: m.Account,
    methods: tuple[str, ...],
) -> SandboxAccount:
    config = {"client_id": doors.CLIENT_ID, "client_secret": doors.CLIENT_SECRET}
    code = account.one_time_code
    if account.esia_key is not None:
        identity = world.esia_identity(account.esia_key)
        code = identity.code or code
        config |= {
            "esia_login": identity.logins[0],
            "esia_password": identity.password,
            "esia_region_id": str(region_id(account.region_code)),
        }
    return SandboxAccount(
        provider=provider,
        label=account.label,
        state=account.state.value,
        roles=(account.role.value,),
        key=account.key,
        login=account.login if account.password is not None else None,
        password=account.password,
        code=code,
        token=doors.token(provider, account.key) if has_doors(account) else None,
        region=account.region_code,
        school=_school(world, account),
        config=config,
        students=tuple(
            _student(provider, world, numbers, world.student(key)) for key in account.student_keys
        ),
        methods=methods,
    )


def _school(world: World, account: m.Account) -> str | None:
    return world.school(account.school_keys[0]).short_name if account.school_keys else None


def _student(provider: str, world: World, numbers: ids.Ids, student: m.Student) -> SandboxStudent:
    number = str(numbers.of(ids.PERSON, student.person_key))
    return SandboxStudent(
        id=number,
        gateway_id=f"{provider}:student:{number}",
        name=world.person(student.person_key).full_name,
        key=student.key,
    )
