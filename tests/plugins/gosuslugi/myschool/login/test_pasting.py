"""Cookies as people copy them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_gosuslugi.myschool.login.pasting import WANTED, cookies_in

GIVEN = {"u": "77aa", "sp_session": "0f=Z+/", "acc_t": "aa.bb-_.cc"}
TABLE = "\n".join(f"{name}\t{value}\twww.gosuslugi.ru\t/\tSession" for name, value in GIVEN.items())
FILE = "# Netscape HTTP Cookie File\n" + "\n".join(
    f".gosuslugi.ru\tTRUE\t/\tTRUE\t0\t{name}\t{value}" for name, value in GIVEN.items()
)


@pytest.mark.parametrize(
    "text",
    [
        "; ".join(f"{name}={value}" for name, value in GIVEN.items()),
        "Cookie: other=1; " + ";".join(f"{name}={value}" for name, value in GIVEN.items()),
        "\r\n".join(f"{name} = {value}" for name, value in GIVEN.items()),
        "\n".join(f'{name}="{value}"' for name, value in GIVEN.items()),
        json.dumps(GIVEN),
        json.dumps([{"name": name, "value": value} for name, value in GIVEN.items()]),
        TABLE,
        FILE,
    ],
    ids=["header", "named header", "lines", "quoted", "object", "list", "table", "file"],
)
def test_every_usual_form_is_understood(text):
    assert cookies_in(text) == GIVEN


@pytest.mark.parametrize("value", ["", "a b", "a\x07b", "ы", "x" * 5000, 'a"b'])
def test_what_can_be_no_cookie_is_left_out(value):
    assert "u" not in cookies_in(f"u={value}")


@given(st.text())
def test_any_text_gives_only_wanted_names_and_sendable_values(text):
    found = cookies_in(text)
    assert set(found) <= set(WANTED)
    assert all(value.isascii() and not set(value) & set('\r\n;, "') for value in found.values())
