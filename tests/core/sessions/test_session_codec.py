import gc
import tracemalloc
from dataclasses import MISSING, fields, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from pydantic import SecretStr

from gateway.core.contract.capability import Capability
from gateway.core.contract.session import Credential, Session, SessionStatus
from gateway.core.errors import StoreError, StoreUnreadable
from gateway.core.model.people import Role
from gateway.core.sessions.codec import SESSION_VERSION, SessionCodec
from gateway.core.sessions.migrations import SESSION_MIGRATIONS
from tests.core.sessions.samples import SECRETS, SESSIONS, SIGNED_IN, session

FIXTURES = Path(__file__).parent / "fixtures"
CODEC = SessionCodec()


def document(**changes: object) -> bytes:
    plain = msgspec.json.decode(CODEC.encode(session()), type=dict[str, object])
    return msgspec.json.encode({**plain, **changes})


@settings(deadline=None)
@given(SESSIONS)
def test_a_decoded_session_equals_the_encoded_one(original: Session) -> None:
    assert CODEC.decode(CODEC.encode(original)) == original


def test_every_field_of_a_session_is_kept() -> None:
    sample = session()
    for item in fields(Session):
        default = item.default_factory() if item.default_factory is not MISSING else item.default
        assert getattr(sample, item.name) != default, (
            f"the sample leaves {item.name} at its default"
        )
    restored = CODEC.decode(CODEC.encode(sample))
    assert restored == sample
    assert [restored.secret(name) for name in sample.credentials] == list(SECRETS[:2])


def test_secrets_stay_masked_in_a_restored_session() -> None:
    restored = CODEC.decode(CODEC.encode(session()))
    shown = repr(restored) + str(restored) + repr(restored.credentials) + repr(restored.jar)
    assert not any(secret in shown for secret in SECRETS)
    assert "Фантазия" not in shown


def test_moments_are_written_in_utc() -> None:
    assert '"created_at":"2026-09-01T05:30:00Z"' in CODEC.encode(session()).decode()


def test_a_moment_without_a_zone_is_refused_before_it_is_stored() -> None:
    naive = datetime(2026, 9, 1, 8, 0)  # noqa: DTZ001 - the point of the test
    with pytest.raises(StoreError):
        CODEC.encode(replace(session(), created_at=naive))
    with pytest.raises(StoreError):
        CODEC.encode(session().with_credentials(token=Credential(SecretStr("t"), naive)))


def test_a_moment_that_utc_cannot_tell_is_refused() -> None:
    first = datetime.min.replace(tzinfo=timezone(timedelta(hours=3)))
    with pytest.raises(StoreError):
        CODEC.encode(replace(session(), created_at=first))


def test_text_that_is_no_unicode_is_refused_without_showing_it() -> None:
    broken = session().with_credentials(token=Credential(SecretStr("canary\ud800")))
    with pytest.raises(StoreError) as caught:
        CODEC.encode(broken)
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("version", range(SESSION_VERSION + 1))
def test_documents_of_every_past_version_open(version: int) -> None:
    stored = (FIXTURES / f"session_v{version}.json").read_bytes()
    restored = CODEC.decode(stored)
    sample = session()
    assert restored.account == sample.account
    assert restored.role is Role.GUARDIAN
    assert restored.created_at == SIGNED_IN
    assert restored.credentials["access_token"] == sample.credentials["access_token"]
    assert restored.secret("refresh_token") == SECRETS[1]
    assert restored.jar.cookies[0] == sample.jar.cookies[0]
    assert restored.students[0].native == sample.students[0].native
    assert restored.label == sample.label
    assert CODEC.decode(CODEC.encode(restored)) == restored


def test_the_fixture_of_the_present_version_is_what_is_written_today() -> None:
    assert CODEC.decode((FIXTURES / f"session_v{SESSION_VERSION}.json").read_bytes()) == session()


def test_every_past_version_has_its_migration() -> None:
    assert set(SESSION_MIGRATIONS) == set(range(SESSION_VERSION))


@pytest.mark.parametrize("version", [SESSION_VERSION + 1, 99, -1])
def test_a_document_of_an_unknown_version_is_unreadable(version: int) -> None:
    with pytest.raises(StoreUnreadable, match=str(version)):
        CODEC.decode(document(v=version))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b'{"v":"1"}',
        b'{"v":1}',
        b'{"v":0}',
        b'{"v":0,"tokens":7,"created_at":0}',
        b'{"v":0,"tokens":{},"created_at":1e30}',
        b"\xff\xfe",
        b'{"v":1,"account":"\xff"}',
        b"[" * 100_000,
    ],
)
def test_anything_else_is_unreadable(payload: bytes) -> None:
    with pytest.raises(StoreUnreadable):
        CODEC.decode(payload)


def test_what_does_not_fit_is_named_by_its_place_and_never_quoted() -> None:
    with pytest.raises(StoreUnreadable, match="status") as caught:
        CODEC.decode(document(status="canary - at `$.nowhere`"))
    assert "canary" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_words_of_a_newer_release_do_not_lock_the_account_out() -> None:
    restored = CODEC.decode(
        document(
            role="headmaster",
            capabilities={"telepathy": "native", "messages": "native", "meals": "perhaps"},
            added_later={"x": 1},
        )
    )
    assert restored.role is Role.UNKNOWN
    assert set(restored.capabilities) == {Capability.MESSAGES}
    assert restored.status is SessionStatus.REFRESHING


def test_an_open_account_takes_at_most_four_kilobytes() -> None:
    payload = CODEC.encode(session())
    CODEC.decode(payload)
    gc.collect()
    tracemalloc.start()
    try:
        held = [CODEC.decode(payload) for _ in range(500)]
        # Other threads of the test run allocate too: only what the codec made counts.
        made = tracemalloc.take_snapshot().filter_traces(
            [tracemalloc.Filter(inclusive=True, filename_pattern="*/gateway/core/*")]
        )
        each = sum(item.size for item in made.statistics("filename")) / len(held)
    finally:
        tracemalloc.stop()
    assert 1024 <= each <= 4096
