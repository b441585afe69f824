"""Tokens and addresses that people paste, searches, redirects of a sign-in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import DiaryMoved, LoginError
from gateway.core.wire.response import Hop, WireResponse
from gateway_eljur.login import wire, words
from gateway_eljur.login.absent import check_stayed
from gateway_eljur.login.addresses import is_v_token, pasted
from gateway_eljur.login.auth import refusal
from gateway_eljur.login.search import options_of
from tests.plugins.eljur.login.samples import TOKEN, V_TOKEN


def answer(status: int, location: str | None) -> WireResponse:
    return WireResponse(status, (), b"", (Hop("https://api.eljur.ru/", status, location),))


@pytest.mark.parametrize(
    "text", [TOKEN, f"{TOKEN}___123", "0123456789abcdef0123456789ABCDEF", "opaque.token-1"]
)
def test_tokens_of_the_interface_are_opaque(text: str) -> None:
    found = pasted(f" '{text}' ")
    assert found is not None
    assert (found.auth_token, found.v_token, found.address) == (text, None, None)
    assert text not in repr(found)


@pytest.mark.parametrize("text", [V_TOKEN, f"\t{V_TOKEN}\n"])
def test_a_token_of_gosuslugi_has_a_shape(text: str) -> None:
    found = pasted(text)
    assert found is not None
    assert (found.auth_token, found.v_token) == (None, V_TOKEN)


@pytest.mark.parametrize("text", ["a.b.c", "eyJ.x", "eyJhbGci.eyJzdWIi", "", V_TOKEN + ".x"])
def test_other_texts_have_another(text: str) -> None:
    assert not is_v_token(text)


@pytest.mark.parametrize(
    "text", ["", "short", "two words", "имя-и-пароль", "a/b/c/d/e/f", "x" * 600]
)
def test_not_every_text_is_a_token(text: str) -> None:
    assert pasted(text) is None


@given(st.text())
def test_any_text_is_a_token_or_none(text: str) -> None:
    found = pasted(text)
    assert found is None or bool(found.auth_token) != bool(found.v_token)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["vendor", "domain", "title", "city", "x"]), inner)
        ),
    )
)
def test_any_answer_of_a_search_is_a_choice_or_none(value: object) -> None:
    found = options_of(value)
    assert len({item.key for item in found}) == len(found)
    assert all(item.label for item in found)


def test_a_search_is_bounded() -> None:
    many = [{"vendor": f"sch{number}", "title": "Школа"} for number in range(200)]
    assert len(options_of(many)) == 50
    deep: object = many
    for _ in range(50):
        deep = [deep]
    assert options_of(deep) == ()


def test_an_answer_that_stays_is_fine() -> None:
    check_stayed(answer(200, None))
    check_stayed(answer(400, None))


def test_a_way_to_the_archive_says_so() -> None:
    with pytest.raises(DiaryMoved) as caught:
        check_stayed(answer(302, "https://eljur.ru/archive?domain=sch1"))
    assert caught.value.text == words.ARCHIVED


@pytest.mark.parametrize(
    "location", [None, "", "https://example.test/", "https://sch1.eljur.ru/authorize"]
)
def test_any_other_way_ends_the_sign_in(location: str | None) -> None:
    with pytest.raises(LoginError) as caught:
        check_stayed(answer(302, location))
    assert caught.value.text == words.REFUSED


@given(st.text(), st.text(), st.sampled_from([200, 400, 403, 404]))
def test_no_sentence_of_the_service_stands_in_an_error(
    sentence: str, further: str, status: int
) -> None:
    secret = f"secret-{sentence}"
    error = refusal(status, secret, wire.Grant(error_code="x", error_text=further))
    assert secret not in str(error) + error.text.ru
