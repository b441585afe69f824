"""Accounts in every awkward state, identities at ЕСИА, and invite codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gateway.sandbox.world.cast import guardian_key
from gateway.sandbox.world.model import (
    Account,
    AccountState,
    EsiaIdentity,
    EsiaLevel,
    Guardianship,
    InviteCode,
    InviteState,
    Person,
    Region,
    Relation,
    Role,
    School,
    SecondFactor,
    Student,
    Teacher,
)

_MOTHER, _FATHER = Relation.MOTHER, Relation.FATHER
_SMS_CODE, _TOTP_CODE = "123456", "654321"
_TOTP_SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - the textbook example of a TOTP secret


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One account: slug of its key and login, who, what for, which children."""

    slug: str
    label: str
    person: str
    state: AccountState = AccountState.OK
    role: Role = Role.GUARDIAN
    children: tuple[int, ...] = ()
    former: tuple[int, ...] = ()
    password: str | None = ""  # "" asks for the usual one
    labels: tuple[tuple[int, str], ...] = ()
    esia: EsiaLevel | None = None
    factor: SecondFactor | None = None  # at ЕСИА


_PARTS: tuple[_Part, ...] = (
    _Part(
        slug="student",
        label="ученик",
        person="person-student-1",
        role=Role.STUDENT,
        children=(1,),
        esia=EsiaLevel.STANDARD,
    ),
    _Part(
        slug="parent-two",
        label="родитель двух детей в разных школах",
        person=guardian_key("a", _MOTHER),
        children=(1, 3),
        # a password that careless encoding spoils
        password="Пароль & ключ+100%",  # noqa: S106 - synthetic
        labels=((1, "Ребёнок1"), (3, "Ребёнок2")),
        esia=EsiaLevel.CONFIRMED,
        factor=SecondFactor.SMS,
    ),
    _Part(
        slug="parent-one",
        label="родитель одного ребёнка",
        person=guardian_key("c", _MOTHER),
        children=(4,),
        esia=EsiaLevel.CONFIRMED,
    ),
    _Part(
        slug="student-two-schools",
        label="ученица двух школ (обычной и дополнительной)",
        person="person-student-2",
        role=Role.STUDENT,
        children=(2,),
    ),
    _Part(
        slug="trusted",
        label="доверенное лицо",
        person="person-trusted-1",
        role=Role.TRUSTED_PERSON,
        children=(1,),
    ),
    _Part(slug="teacher", label="учитель", person="", role=Role.TEACHER),
    _Part(
        slug="locked",
        label="заблокирован после неверных паролей",
        person=guardian_key("c", _FATHER),
        state=AccountState.LOCKED,
        children=(4,),
    ),
    _Part(
        slug="temporary-password",
        label="временный пароль от школы",
        person=guardian_key("b", _MOTHER),
        state=AccountState.TEMPORARY_PASSWORD,
        children=(2,),
    ),
    _Part(
        slug="no-children",
        label="родитель без привязанных детей",
        person="person-no-children",
        state=AccountState.NO_CHILDREN,
        esia=EsiaLevel.CONFIRMED,
    ),
    _Part(
        slug="unlinked",
        label="данные не совпали с данными школы",
        person="person-unlinked",
        state=AccountState.UNLINKED,
        esia=EsiaLevel.CONFIRMED,
    ),
    _Part(
        slug="second-factor",
        label="со вторым фактором",
        person=guardian_key("d", _MOTHER),
        state=AccountState.SECOND_FACTOR,
        children=(5,),
        esia=EsiaLevel.CONFIRMED,
        factor=SecondFactor.TOTP,
    ),
    _Part(
        slug="captcha",
        label="с картинкой перед паролем",
        person=guardian_key("b", _FATHER),
        state=AccountState.CAPTCHA,
        children=(2,),
    ),
    _Part(
        slug="consent",
        label="не принял согласие",
        person="person-student-5",
        state=AccountState.CONSENT,
        role=Role.STUDENT,
        children=(5,),
    ),
    _Part(
        slug="linking-offer",
        label="с предложением связать с Госуслугами",
        person=guardian_key("d", _FATHER),
        state=AccountState.LINKING_OFFER,
        children=(5,),
    ),
    _Part(
        slug="two-identities-1",
        label="первый из двух дневников одного входа",
        person=guardian_key("a", _FATHER),
        state=AccountState.TWO_IDENTITIES,
        children=(1,),
        esia=EsiaLevel.CONFIRMED,
    ),
    _Part(
        slug="two-identities-2",
        label="второй из двух дневников одного входа",
        person=guardian_key("a", _FATHER),
        state=AccountState.TWO_IDENTITIES,
        children=(3,),
        esia=EsiaLevel.CONFIRMED,
    ),
    _Part(
        slug="esia-only",
        label="только через Госуслуги",
        person="person-student-3",
        state=AccountState.ESIA_ONLY,
        role=Role.STUDENT,
        children=(3,),
        password=None,
        esia=EsiaLevel.CONFIRMED,
    ),
    _Part(
        slug="no-longer-student",
        label="выбыл из школы",
        person="person-student-6",
        state=AccountState.NO_LONGER_STUDENT,
        role=Role.STUDENT,
        former=(6,),
    ),
    _Part(
        slug="simplified",
        label="упрощённая запись Госуслуг",
        person="person-student-4",
        state=AccountState.SIMPLIFIED_IDENTITY,
        role=Role.STUDENT,
        children=(4,),
        password=None,
        esia=EsiaLevel.SIMPLIFIED,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Whom accounts are made for; all mappings are by key."""

    persons: Mapping[str, Person]
    students: Mapping[str, Student]
    schools: Mapping[str, School]
    regions: Mapping[str, Region]
    guardianships: tuple[Guardianship, ...]
    teacher: Teacher
    today: date


def make_accounts(register: Register) -> tuple[Account, ...]:
    """One account for each part; logins are ``demo.<slug>``."""
    return tuple(_account(part, register) for part in _PARTS)


def _account(part: _Part, register: Register) -> Account:
    children = [register.students[f"student-{number}"] for number in part.children]
    known = children or [register.students[f"student-{number}"] for number in part.former]
    schools = [place.school_key for child in known for place in child.enrollments]
    if part.role is Role.TEACHER:
        schools = [register.teacher.school_key]
    elif not schools:
        schools = [next(iter(register.schools))]
    region = register.regions[register.schools[schools[0]].region_key]
    state = part.state
    second = state is AccountState.SECOND_FACTOR
    return Account(
        key=f"account-{part.slug}",
        label=part.label,
        role=part.role,
        person_key=part.person or register.teacher.person_key,
        login=f"demo.{part.slug}",
        password=f"demo-{part.slug}-1" if part.password == "" else part.password,
        student_keys=tuple(child.key for child in children),
        former_student_keys=tuple(f"student-{number}" for number in part.former),
        state=state,
        region_code=region.code,
        school_keys=tuple(dict.fromkeys(schools)),
        esia_key=_esia_key(part) if part.esia else None,
        second_factor=SecondFactor.SMS if second else None,
        one_time_code=_SMS_CODE if second else None,
        captcha_answer="24680" if state is AccountState.CAPTCHA else None,
        new_password="Novyi-parol-2" if state is AccountState.TEMPORARY_PASSWORD else None,
        labels=tuple((f"student-{number}", label) for number, label in part.labels),
    )


def _esia_key(part: _Part) -> str:
    return f"esia-{part.person.removeprefix('person-')}"


def make_identities(register: Register) -> tuple[EsiaIdentity, ...]:
    """An identity for each person who has one, also one without a diary and a locked one."""
    groups: dict[str, list[_Part]] = {}
    for part in _PARTS:
        if part.esia:
            groups.setdefault(_esia_key(part), []).append(part)
    found = [_identity(parts[0], parts, register) for parts in groups.values()]
    for slug, person, locked in (
        ("stranger", "person-unregistered", False),
        ("locked", guardian_key("d", Relation.LEGAL_GUARDIAN), True),
    ):
        part = _Part(slug=slug, label="", person=person, esia=EsiaLevel.CONFIRMED)
        found.append(_identity(part, [], register, locked=locked))
    return tuple(found)


def _identity(
    part: _Part, accounts: list[_Part], register: Register, *, locked: bool = False
) -> EsiaIdentity:
    person = register.persons[part.person]
    logins = (person.phone, person.email, person.snils)
    totp = part.factor is SecondFactor.TOTP
    children = [
        register.students[item.student_key].person_key
        for item in register.guardianships
        if item.person_key == person.key
    ]
    return EsiaIdentity(
        key=_esia_key(part),
        person_key=person.key,
        logins=tuple(login for login in logins if login),
        password=f"gosuslugi-{part.slug}-1",
        level=part.esia or EsiaLevel.CONFIRMED,
        locked=locked,
        second_factor=part.factor,
        code=(_TOTP_CODE if totp else _SMS_CODE) if part.factor else None,
        totp_secret=_TOTP_SECRET if totp else None,
        account_keys=tuple(f"account-{item.slug}" for item in accounts),
        child_person_keys=tuple(children),
    )


def make_invites(register: Register) -> tuple[InviteCode, ...]:
    """Invite codes of one class: two to use, a used one, an expired one."""
    student = register.students["student-5"]
    legal = guardian_key("d", Relation.LEGAL_GUARDIAN)
    rows = (
        ("parent", Role.GUARDIAN, legal, InviteState.UNUSED, None),
        ("pupil", Role.STUDENT, student.person_key, InviteState.UNUSED, None),
        (
            *("used", Role.GUARDIAN, guardian_key("d", _MOTHER)),
            *(InviteState.USED, "account-second-factor"),
        ),
        ("expired", Role.GUARDIAN, guardian_key("d", _FATHER), InviteState.EXPIRED, None),
    )
    found = []
    for number, (slug, role, person, state, account) in enumerate(rows, start=1):
        expired = state is InviteState.EXPIRED
        issued = register.today - timedelta(days=90 if expired else 5)
        found.append(
            InviteCode(
                key=f"invite-{slug}",
                code=f"DEMO-0000-{number:04d}",
                school_key=student.school_key,
                role=role,
                student_key=student.key,
                person_key=person,
                state=state,
                issued_on=issued,
                expires_on=issued + timedelta(days=30),
                used_by=account,
            )
        )
    return tuple(found)
