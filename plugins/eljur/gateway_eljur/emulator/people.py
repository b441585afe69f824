"""The sandbox's accounts as the service knows them: a person has one in each school."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import SandboxAccount, SandboxStudent
from gateway.core.ids import Ids
from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m
from gateway_eljur.emulator import doors
from gateway_eljur.emulator.ids import vendor_accounts
from gateway_eljur.emulator.members import Members, User
from gateway_eljur.emulator.vendors import Vendor, vendors_of
from gateway_eljur.places import BY_HOST

PASSWORD, ESIA, TOKEN = "password", "esia", "token"
INVITE, RECOVERY = "invite_code", "recovery"

_KNOWN: Final = frozenset(
    {
        m.AccountState.OK,
        m.AccountState.NO_CHILDREN,
        m.AccountState.UNLINKED,
        m.AccountState.TWO_IDENTITIES,
        m.AccountState.ESIA_ONLY,
        m.AccountState.NO_LONGER_STUDENT,
        m.AccountState.SIMPLIFIED_IDENTITY,
    }
)
"""States of the world that the service has, too; in all the others an account is ordinary."""

_INVITE_STATES: Final = {
    m.InviteState.UNUSED: m.AccountState.OK.value,
    m.InviteState.USED: "invite_used",
    m.InviteState.EXPIRED: "invite_expired",
}


def state_of(account: m.Account) -> m.AccountState:
    """The state that an account is in here."""
    return account.state if account.state in _KNOWN else m.AccountState.OK


def sandbox_accounts(
    declaration: Declaration, world: World, now: datetime
) -> tuple[SandboxAccount, ...]:
    """Every account of every school, and those who hold an invite code.

    Args:
        declaration: The provider.
        world: Whose accounts they are.
        now: The moment for which tokens of a sign-in through ЕСИА are made.
    """
    return tuple(_Roll(declaration, world, now).all())


class _Roll:
    def __init__(self, declaration: Declaration, world: World, now: datetime) -> None:
        self._provider = declaration.name
        self._declared = [method.name for method in declaration.login_methods]
        self._world = world
        self._now = now
        self._state = WorldState(world)

    def all(self) -> Iterator[SandboxAccount]:
        seen: set[str] = set()
        for vendor in vendors_of(self._world).values():
            members = Members(self._world, self._state, vendor)
            for account in vendor_accounts(self._world, vendor):
                user = members.user(account)
                if user is None or not _is_shown(vendor, account, again=account.key in seen):
                    continue
                key = f"{account.key}-{vendor.key}" if account.key in seen else account.key
                seen.add(account.key)
                yield self._account(members, user, key)
            if vendor.region is None:
                yield from self._invited(members)

    def _account(self, members: Members, user: User, key: str) -> SandboxAccount:
        account, vendor = user.account, user.vendor
        identity = self._identity(account)
        config = {"host": vendor.host}
        if user.person.email is not None:
            config["email"] = user.person.email
        if identity is not None:
            config |= {
                "esia_login": identity.logins[0],
                "esia_password": identity.password,
                "v_token": doors.v_token(vendor.host, identity.key, self._now),
            }
        methods = _methods(vendor, user, identity)
        return SandboxAccount(
            provider=self._provider,
            label=account.label,
            state=state_of(account).value,
            roles=(account.role.value,),
            key=key,
            login=account.login if account.password is not None else None,
            password=account.password,
            code=None if identity is None else identity.code,
            token=doors.token(vendor.key, account.key),
            region=vendor.region,
            school=vendor.key,
            config=config,
            students=tuple(self._student(members, item) for item in user.students),
            methods=tuple(name for name in self._declared if name in methods),
        )

    def _invited(self, members: Members) -> Iterator[SandboxAccount]:
        vendor = members.vendor
        for invite in self._world.invite_codes:
            if invite.school_key not in vendor.school_keys:
                continue
            person = self._world.person(invite.person_key)
            login = f"demo.{invite.key}"
            email = person.email or f"{login}@example.org"
            yield SandboxAccount(
                provider=self._provider,
                label="пригласительный код",
                state=_INVITE_STATES[invite.state],
                roles=(invite.role.value,),
                key=invite.key,
                login=login,
                password=doors.NEW_PASSWORD,
                code=doors.letter_code(email),
                expired_code=doors.expired_letter_code(email),
                region=vendor.region,
                school=vendor.key,
                config={
                    "host": vendor.host,
                    "invite_code": invite.code,
                    "email": email,
                    "lastname": person.surname,
                    "firstname": person.given_name,
                    "middlename": person.patronymic or "",
                },
                students=(self._student(members, self._world.student(invite.student_key)),),
                methods=tuple(name for name in self._declared if name == INVITE),
            )

    def _identity(self, account: m.Account) -> m.EsiaIdentity | None:
        return None if account.esia_key is None else self._world.esia_identity(account.esia_key)

    def _student(self, members: Members, student: m.Student) -> SandboxStudent:
        number = members.student_number(student)
        return SandboxStudent(
            id=number,
            gateway_id=Ids(self._provider, members.vendor.instance).of("student", number),
            name=self._world.person(student.person_key).full_name,
            key=student.key,
        )


def _is_shown(vendor: Vendor, account: m.Account, *, again: bool) -> bool:
    """Further schools and hosts show only accounts that tell something of their own there."""
    if vendor.region is None:
        return not again or account.state is m.AccountState.OK
    if not BY_HOST[vendor.host].password:
        return account.esia_key is not None
    return account.state is m.AccountState.OK and account.role is not m.Role.TEACHER


def _methods(vendor: Vendor, user: User, identity: m.EsiaIdentity | None) -> frozenset[str]:
    place = BY_HOST.get(vendor.host)
    found = {TOKEN}
    if user.account.password is not None and (place is None or place.password):
        found |= {PASSWORD, RECOVERY} if user.person.email is not None else {PASSWORD}
    has_door = place is None or place.esia
    if has_door and identity is not None and identity.level is not m.EsiaLevel.SIMPLIFIED:
        found.add(ESIA)
    return frozenset(found)
