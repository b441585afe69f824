import base64
import os
import stat
import sys
import threading
import types
from pathlib import Path

import pytest

from gateway.core.errors import ConfigurationError, StoreKeyMissing
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.keyring_backend import KeyringPlace, working_keyring
from gateway.core.sessions.keys import KEYS_VARIABLE, KeyOrigin, KeySource, find_keys, parse_keys
from gateway.core.sessions.sealing import KeyRing
from gateway.core.sessions.store import RecordKind

ONE, TWO = bytes(range(32)), bytes(range(100, 132))


def text(*keys: bytes) -> str:
    return ",".join(base64.b64encode(key).decode() for key in keys)


class FakeKeyring:
    """A keyring in memory."""

    priority = 5.0

    def __init__(self, *, fails: bool = False, forgets: bool = False) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.fails = fails
        self.forgets = forgets

    def get_password(self, service: str, username: str) -> str | None:
        if self.fails:
            raise RuntimeError("locked")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.fails:
            raise RuntimeError("locked")
        if not self.forgets:
            self.entries[service, username] = password


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


def find(
    directory: Path,
    config: Path,
    *,
    keyring: FakeKeyring | None = None,
    given: tuple[bytes, ...] = (),
    environ: dict[str, str] | None = None,
) -> KeySource:
    place = KeyringPlace(keyring) if keyring is not None else None
    return find_keys(
        directory,
        given=given,
        environ=environ,
        config_directory=config,
        find_keyring=lambda: place,
    )


def test_an_argument_goes_before_everything(directory: Path, config: Path) -> None:
    source = find(directory, config, given=(ONE, TWO), environ={KEYS_VARIABLE: text(TWO)})
    assert (source.origin, source.created) == (KeyOrigin.ARGUMENT, False)
    assert source.keys.ids == KeyRing([ONE, TWO]).ids
    assert not config.exists()


def test_the_environment_goes_before_keyring_and_file(directory: Path, config: Path) -> None:
    keyring = FakeKeyring()
    environ = {KEYS_VARIABLE: f" {text(TWO, ONE)} "}
    source = find(directory, config, keyring=keyring, environ=environ)
    assert (source.origin, source.where) == (KeyOrigin.ENVIRONMENT, KEYS_VARIABLE)
    assert source.keys.write_id == KeyRing([TWO]).write_id
    assert len(source.keys) == 2
    assert keyring.entries == {}
    assert not config.exists()


def test_the_environment_is_read_only_where_it_is_handed_over(
    directory: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEYS_VARIABLE, text(ONE))
    assert find(directory, config).origin is KeyOrigin.FILE
    blank = find(directory, config, environ={KEYS_VARIABLE: " "})
    assert blank.origin is KeyOrigin.FILE


def test_a_new_key_goes_into_a_working_keyring(directory: Path, config: Path) -> None:
    keyring = FakeKeyring()
    first = find(directory, config, keyring=keyring)
    second = find(directory, config, keyring=keyring)
    assert (first.origin, first.created, second.created) == (KeyOrigin.KEYRING, True, False)
    assert first.keys.ids == second.keys.ids
    assert "FakeKeyring" in first.where
    assert list(config.glob("*.key")) == []


@pytest.mark.parametrize("broken", [{"fails": True}, {"forgets": True}])
def test_a_keyring_that_does_not_keep_is_passed_over(
    directory: Path, config: Path, broken: dict[str, bool]
) -> None:
    source = find(directory, config, keyring=FakeKeyring(**broken))
    assert (source.origin, source.created) == (KeyOrigin.FILE, True)


def test_a_new_key_file_is_private_made_once_and_told_once(directory: Path, config: Path) -> None:
    before = os.umask(0)
    try:
        first = find(directory, config)
    finally:
        os.umask(before)
    second = find(directory, config)
    assert (first.origin, first.created, second.created) == (KeyOrigin.FILE, True, False)
    assert first.keys.ids == second.keys.ids
    assert first.where == str(config / "store.key")
    assert stat.S_IMODE((config / "store.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(config.stat().st_mode) == 0o700
    assert [path.name for path in config.iterdir()] == ["store.key"]


def test_an_existing_key_file_goes_before_a_new_key_in_the_keyring(
    directory: Path, config: Path
) -> None:
    made = find(directory, config)
    keyring = FakeKeyring()
    found = find(directory, config, keyring=keyring)
    assert found.origin is KeyOrigin.FILE
    assert found.keys.ids == made.keys.ids
    assert keyring.entries == {}


def test_several_processes_that_begin_at_once_agree_on_one_key(
    directory: Path, config: Path
) -> None:
    start, found = threading.Barrier(6), []

    def begin() -> None:
        start.wait()
        found.append(find(directory, config))

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len({source.keys.write_id for source in found}) == 1
    assert sum(source.created for source in found) == 1


async def test_no_key_is_made_for_a_store_that_has_been_used(directory: Path, config: Path) -> None:
    store = FileStore(directory, find(directory, config).keys)
    await store.save(RecordKind.SESSIONS, "a", b"1", if_version=0)
    (config / "store.key").unlink()
    with pytest.raises(StoreKeyMissing):
        find(directory, config)
    with pytest.raises(StoreKeyMissing):
        find(directory, config, keyring=FakeKeyring())
    assert not (config / "store.key").exists()


@pytest.mark.parametrize("beside", [".", "names", "../.."])
def test_the_key_never_lies_beside_the_data(directory: Path, beside: str) -> None:
    with pytest.raises(ConfigurationError):
        find(directory, directory / beside)
    assert list(directory.parent.parent.rglob("*.key")) == []


def test_a_key_that_was_put_beside_the_data_is_refused(directory: Path) -> None:
    directory.mkdir(parents=True)
    (directory / "store.key").write_text(text(ONE))
    with pytest.raises(ConfigurationError):
        find(directory, directory)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_file_that_others_can_read_is_refused(
    directory: Path, config: Path, mode: int
) -> None:
    path = Path(find(directory, config).where)
    path.chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod"):
        find(directory, config)


@pytest.mark.parametrize("form", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("separator", [",", ", ", "\n", ",\n"])
def test_keys_are_read_in_any_usual_form(form: object, separator: str) -> None:
    assert callable(form)
    keys = [bytes([255 - n]) * 32 for n in range(3)]
    joined = separator.join(form(key).decode().rstrip("=") for key in keys)
    assert parse_keys(joined, where="test").ids == KeyRing(keys).ids


@pytest.mark.parametrize(
    "wrong", ["canary", "canary!", "", ",", text(b"short"), text(ONE) + ",canary", "ключ"]
)
def test_malformed_keys_are_refused_and_not_shown(wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="VARIABLE") as caught:
        parse_keys(wrong, where="VARIABLE")
    assert not wrong.strip(",") or wrong not in str(caught.value)
    assert caught.value.__suppress_context__


def test_keys_show_neither_in_the_source_nor_in_its_text(directory: Path, config: Path) -> None:
    sources = [
        find(directory, config, given=(ONE,)),
        find(directory, config, environ={KEYS_VARIABLE: text(ONE)}),
        find(directory, config, keyring=FakeKeyring()),
        find(directory, config),
    ]
    for source in sources:
        shown = repr(source) + source.text.ru + source.text.en
        assert text(ONE) not in shown
        assert repr(ONE) not in shown
        assert source.where in source.text.ru
        assert source.where in source.text.en
    assert len({source.text.en for source in sources}) == 4


def fake_keyring_module(monkeypatch: pytest.MonkeyPatch, backend: object) -> None:
    module = types.ModuleType("keyring")
    module.__dict__["get_keyring"] = lambda: backend
    monkeypatch.setitem(sys.modules, "keyring", module)


def test_a_real_backend_of_the_extra_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = FakeKeyring()
    fake_keyring_module(monkeypatch, backend)
    place = working_keyring()
    assert place is not None
    assert place.write("x")
    assert list(backend.entries.values()) == ["x"]


def test_backends_unfit_for_secrets_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_text = FakeKeyring()
    plain_text.priority = 0.5
    for backend in (plain_text, object()):
        fake_keyring_module(monkeypatch, backend)
        assert working_keyring() is None


def test_without_the_extra_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert working_keyring() is None


def test_the_null_and_fail_backends_of_keyring_are_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keyring = pytest.importorskip("keyring")
    fail = pytest.importorskip("keyring.backends.fail")
    null = pytest.importorskip("keyring.backends.null")
    for backend in (fail.Keyring(), null.Keyring()):
        monkeypatch.setattr(keyring, "get_keyring", lambda backend=backend: backend)
        assert working_keyring() is None
