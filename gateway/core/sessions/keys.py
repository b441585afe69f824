"""Where the keys of the encrypted store come from; never from beside the data."""

import base64
import binascii
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from platformdirs import user_config_path

from gateway.core.errors import ConfigurationError, StoreKeyMissing, Text
from gateway.core.sessions.disk import disk_errors, make_private, read_whole, write_whole
from gateway.core.sessions.keyring_backend import KeyringPlace, working_keyring
from gateway.core.sessions.locking import locked
from gateway.core.sessions.naming import is_founded
from gateway.core.sessions.sealing import KEY_BYTES, KeyRing, Random

KEYS_VARIABLE: Final = "DIARY_STORE_KEYS"
"""Environment variable: base64 keys of 32 bytes, separated by commas; the first writes."""

KEY_FILE: Final = "store.key"
"""Name of the key file in the config directory, of the same form as the variable."""


class KeyOrigin(StrEnum):
    """Kinds of places that keys come from."""

    ARGUMENT = "argument"
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    FILE = "file"


_SENTENCES: Final = {
    KeyOrigin.ARGUMENT: Text(
        "Ключ хранилища передан программой.", "The application supplies the store key."
    ),
    KeyOrigin.ENVIRONMENT: Text(
        "Ключ хранилища взят из переменной {where}.", "The store key comes from {where}."
    ),
    KeyOrigin.KEYRING: Text(
        "Ключ хранилища лежит в связке ключей системы ({where}).",
        "The store key is in the system keyring ({where}).",
    ),
    KeyOrigin.FILE: Text(
        "Ключ хранилища лежит в файле {where}. Не храните его вместе с копиями данных.",
        "The store key is in the file {where}. Do not keep it together with copies of the data.",
    ),
}


@dataclass(frozen=True, slots=True)
class KeySource:
    """The keys of a store and where they were found.

    Attributes:
        origin: Kind of place.
        where: Variable, keyring backend or path; empty for an argument.
        created: Whether the key was made just now, which the person should be told once.
        keys: The keys.
    """

    origin: KeyOrigin
    where: str
    created: bool
    keys: KeyRing = field(repr=False)

    @property
    def text(self) -> Text:
        """Where the key is, for the person."""
        sentence = _SENTENCES[self.origin]
        return Text(sentence.ru.format(where=self.where), sentence.en.format(where=self.where))


def find_keys(
    data_directory: Path,
    *,
    given: Sequence[bytes] = (),
    environ: Mapping[str, str] | None = None,
    config_directory: Path | None = None,
    find_keyring: Callable[[], KeyringPlace | None] = working_keyring,
    random: Random = os.urandom,
) -> KeySource:
    """The keys for the store in `data_directory`, made now if it is a new store without any.

    What exists goes before what could be made: argument, environment, keyring, key file; then a
    new key goes into the keyring or, without a working one, into the file. May block while the
    system asks the person to open the keyring.

    Args:
        data_directory: Where the store's files are.
        given: Keys that the application supplies.
        environ: Environment to look into; None for none.
        config_directory: Where the key file is; by default the user's config directory.
        find_keyring: Finds the system's keyring.
        random: Source of new keys.

    Raises:
        ConfigurationError: A key is malformed, the key file is open to others or beside the data.
        StoreKeyMissing: There is no key although the store has been used.
        StoreError: The key file cannot be read or written.
    """
    if given:
        return KeySource(KeyOrigin.ARGUMENT, "", created=False, keys=KeyRing(given))
    text = (environ or {}).get(KEYS_VARIABLE, "").strip()
    if text:
        keys = parse_keys(text, where=KEYS_VARIABLE)
        return KeySource(KeyOrigin.ENVIRONMENT, KEYS_VARIABLE, created=False, keys=keys)
    directory = config_directory or user_config_path("diary-gateway") / "keys"
    path = directory / KEY_FILE
    keyring = find_keyring()
    with disk_errors():
        found = _existing(path, keyring, data_directory)
        if found is not None:
            return found
        _check_apart(directory, data_directory)
        make_private(directory)
        with locked(path.with_suffix(".lock")):
            again = _existing(path, keyring, data_directory)
            return again or _created(path, keyring, data_directory, random)


def new_key(random: Random = os.urandom) -> str:
    """A fresh key as base64, to put in front of the others for a rotation."""
    return base64.b64encode(random(KEY_BYTES)).decode()


def parse_keys(text: str, *, where: str) -> KeyRing:
    """Keys from base64, ordinary or URL-safe, separated by commas or white space.

    Args:
        text: The keys; the first writes.
        where: What to name in an error, which never shows the text.

    Raises:
        ConfigurationError: A key is no base64 of 32 bytes, or there is none.
    """
    try:
        return KeyRing([_decoded(part) for part in text.replace(",", " ").split()])
    except (binascii.Error, ValueError):  # not chained: tracebacks would show the text
        raise ConfigurationError(f"{where} holds a key that is no base64") from None
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error.message}") from None


def _decoded(part: str) -> bytes:
    plain = part.translate(str.maketrans("-_", "+/")).rstrip("=")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def _existing(path: Path, keyring: KeyringPlace | None, data_directory: Path) -> KeySource | None:
    text = keyring.read() if keyring is not None else None
    if keyring is not None and text:
        return _from_keyring(keyring, text, created=False)
    content = read_whole(path)
    if content is None:
        return None
    _check_apart(path.parent, data_directory)
    if sys.platform != "win32" and path.stat().st_mode & 0o077:
        raise ConfigurationError(f"{path} is open to others: make a new key or chmod 600 it")
    return _from_file(path, content.decode("ascii", "replace"), created=False)


def _created(
    path: Path, keyring: KeyringPlace | None, data_directory: Path, random: Random
) -> KeySource:
    if is_founded(data_directory):
        raise StoreKeyMissing("the store has been used, and its key is not to be found")
    text = new_key(random)
    if keyring is not None and keyring.write(text):
        return _from_keyring(keyring, text, created=True)
    write_whole(path, text.encode() + b"\n")
    return _from_file(path, text, created=True)


def _from_keyring(keyring: KeyringPlace, text: str, *, created: bool) -> KeySource:
    keys = parse_keys(text, where="the keyring")
    return KeySource(KeyOrigin.KEYRING, keyring.name, created=created, keys=keys)


def _from_file(path: Path, text: str, *, created: bool) -> KeySource:
    keys = parse_keys(text, where=str(path))
    return KeySource(KeyOrigin.FILE, str(path), created=created, keys=keys)


def _check_apart(directory: Path, data_directory: Path) -> None:
    keys, data = directory.resolve(), data_directory.resolve()
    if keys.is_relative_to(data) or data.is_relative_to(keys):
        raise ConfigurationError("the store key must not lie beside the data it opens")
