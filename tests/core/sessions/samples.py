"""Fictional sessions, drawn and fixed."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from pydantic import SecretStr

from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.session import Credential, Session, SessionStatus, StudentRef
from gateway.core.model.people import Role
from gateway.core.wire.jar import Cookie, CookieJar

SECRETS = ("canary-access", "canary-refresh", "canary-cookie")
SIGNED_IN = datetime(2026, 9, 1, 5, 30, tzinfo=UTC)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MOMENTS = st.datetimes(
    datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    datetime(2200, 1, 1),  # noqa: DTZ001 - likewise
    timezones=st.just(UTC),  # elsewhere a moment at a change of clocks equals no other
)
CAPABILITIES = st.dictionaries(st.sampled_from(Capability), st.sampled_from(Support), max_size=3)
CREDENTIALS = st.builds(Credential, TEXT.map(SecretStr), st.none() | MOMENTS)
COOKIES = st.builds(
    Cookie,
    name=TEXT,
    value=TEXT,
    domain=TEXT,
    path=TEXT,
    host_only=st.booleans(),
    secure=st.booleans(),
    expires=st.none() | st.floats(allow_nan=False, allow_infinity=False),
)
STUDENTS = st.builds(
    StudentRef,
    id=TEXT,
    name=TEXT,
    native=st.dictionaries(TEXT, TEXT, max_size=3),
    zone=TEXT,
    label=st.none() | TEXT,
    capabilities=CAPABILITIES,
)
SESSIONS = st.builds(
    Session,
    account=TEXT,
    provider=TEXT,
    instance=TEXT,
    method=TEXT,
    role=st.sampled_from(Role),
    created_at=MOMENTS,
    credentials=st.dictionaries(TEXT, CREDENTIALS, max_size=3),
    jar=st.lists(COOKIES, max_size=3).map(tuple).map(CookieJar),
    students=st.lists(STUDENTS, max_size=2).map(tuple),
    capabilities=CAPABILITIES,
    data=st.dictionaries(TEXT, TEXT, max_size=3),
    base_urls=st.dictionaries(TEXT, TEXT, max_size=2),
    label=st.none() | TEXT,
    status=st.sampled_from(SessionStatus),
    epoch=st.integers(0, 2**40),
)


def session() -> Session:
    """A guardian of two children; each field differs from its default."""
    return Session(
        account="fiction:account:4711",
        provider="fiction",
        instance="north",
        method="password",
        role=Role.GUARDIAN,
        created_at=SIGNED_IN,
        credentials={
            "access_token": Credential(SecretStr(SECRETS[0]), SIGNED_IN + timedelta(hours=1)),
            "refresh_token": Credential(SecretStr(SECRETS[1])),
        },
        jar=CookieJar(
            (
                Cookie("SESSION", SECRETS[2], "diary.example", "/app", secure=True),
                Cookie("region", "99", "example", host_only=False, expires=1_900_000_000.5),
            )
        ),
        students=(
            StudentRef(
                id="fiction:student:1",
                name="Вымыслова Фантазия",
                native={"person": "1", "school": "77"},
                zone="Asia/Yekaterinburg",
                label="старшая",
                capabilities={Capability.MEALS: Support.UNSUPPORTED},
            ),
            StudentRef(
                id="fiction:student:2",
                name="Вымыслов Сказ",
                native={"person": "2"},
                zone="Europe/Moscow",
            ),
        ),
        capabilities={Capability.MESSAGES: Support.NATIVE},
        data={"vendor": "99"},
        base_urls={"api": "http://127.0.0.1:8000/fiction"},
        label="бабушка",
        status=SessionStatus.REFRESHING,
        epoch=3,
    )
