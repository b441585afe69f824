import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.redaction import pseudonym, redact_text

KEY = bytes(range(32))


def test_a_pseudonym_is_short_and_says_what_it_names() -> None:
    assert re.fullmatch(r"account-[0-9a-f]{12}", pseudonym("account", "ivan", KEY))


def test_a_pseudonym_is_the_same_in_every_process() -> None:
    assert pseudonym("account", "ivan", KEY) == "account-0450ec720616"


@given(st.text(), st.text())
def test_values_keys_and_kinds_get_their_own_pseudonyms(one: str, other: str) -> None:
    name = pseudonym("account", one, KEY)
    assert name == pseudonym("account", one, KEY)
    assert (name == pseudonym("account", other, KEY)) == (
        one.encode("utf-8", "replace") == other.encode("utf-8", "replace")
    )
    assert name != pseudonym("account", one, KEY[::-1])
    assert name.partition("-")[2] != pseudonym("student", one, KEY).partition("-")[2]


def test_kind_and_value_cannot_be_shifted_into_each_other() -> None:
    assert pseudonym("ab", "c", KEY)[-12:] != pseudonym("a", "bc", KEY)[-12:]


def test_a_pseudonym_passes_redaction() -> None:
    name = pseudonym("account", "79000000000", KEY)
    assert redact_text(f"account={name}") == f"account={name}"


@pytest.mark.parametrize("key", [b"", b"short"])
def test_a_key_that_hides_nothing_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        pseudonym("account", "ivan", key)
