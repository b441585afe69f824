"""What the pages of the site say, in both markups."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_dnevnik_ru.login.pages import (
    Complaint,
    Page,
    complaint_of,
    embedded_state,
    parse_page,
)
from tests.plugins.dnevnik_ru.login.samples import WRONG, login_page

GUID = "0a0b0c0d-1111-4222-8333-444455556666"
UZBEK = "Parol yoki login notoʻgʻri koʻrsatilgan. Qaytadan urinib koʻring."


@pytest.mark.parametrize("newer", [False, True])
def test_a_message_is_read_from_either_markup(newer: bool) -> None:
    page = parse_page(login_page(WRONG, newer=newer))

    assert page.is_login_form
    assert page.messages == (WRONG,)
    assert page.complaint is Complaint.WRONG_CREDENTIALS


def test_a_page_with_both_markups_says_it_once() -> None:
    html = f'<div class="message">{WRONG}</div><div class="login__body__hint big">{WRONG}</div>'

    assert parse_page(html).messages == (WRONG,)


def test_a_fresh_form_complains_of_nothing() -> None:
    page = parse_page(login_page())

    assert page.is_login_form
    assert page.complaint is None
    assert page.captcha_id is None
    assert not page.is_consent
    assert not page.is_new_password


def test_inner_tags_and_entities_of_a_message_are_text() -> None:
    html = (
        '<div class="message"><div>Неправильно&nbsp;указан</div> <b>пароль</b><br>или'
        "<script>var message = 1;</script> логин</div><div>дальше</div>"
    )

    (message,) = parse_page(html).messages
    assert message == "Неправильно указан парольили логин"
    assert complaint_of(message) is Complaint.WRONG_CREDENTIALS


def test_an_unclosed_message_is_still_read() -> None:
    assert parse_page('<div class="message">Неверный пароль<p>').messages == ("Неверный пароль",)


def test_a_captcha_has_its_number_in_the_form_or_in_the_picture() -> None:
    picture = f'<img alt="captcha image" src="/captcha/true/{GUID}?r=1">'
    hidden = f'<input name="Captcha.Id" value="{GUID}"><input name="Captcha.Input">'

    assert parse_page(picture).captcha_id == GUID
    assert parse_page(hidden).captcha_id == GUID
    assert parse_page(login_page("", GUID)).captcha_id == GUID


@pytest.mark.parametrize("number", ["../../etc", "", "x" * 65, "a b c d e f g h"])
def test_a_captcha_with_a_strange_number_is_none(number: str) -> None:
    html = f'<input name="Captcha.Id" value="{number}"><input name="Captcha.Input">'

    assert parse_page(html).captcha_id is None


def test_a_number_that_nobody_asks_for_is_no_captcha() -> None:
    assert parse_page(f'<input type="hidden" name="Captcha.Id" value="{GUID}">').captcha_id is None


def test_rules_beside_a_field_are_kept_short() -> None:
    html = '<p class="password-rules">Не короче 8</p><span class="input-hint">и цифра</span>'

    assert parse_page(html).rules == "Не короче 8 и цифра"
    long = parse_page(f'<p class="rules">{"длинно " * 500}</p>').rules
    assert long is not None
    assert len(long) <= 500


def test_an_error_page_has_its_text() -> None:
    html = '<div class="error__description">\n<p>Нет такого приложения</p>\n<p></p></div>'

    assert parse_page(html).error == "Нет такого приложения"


@pytest.mark.parametrize(
    "message, complaint",
    [
        (WRONG, Complaint.WRONG_CREDENTIALS),
        (UZBEK, Complaint.WRONG_CREDENTIALS),
        ("Логин или пароль указаны неверно", Complaint.WRONG_CREDENTIALS),
        ("НЕВЕРНЫЙ ПАРОЛЬ", Complaint.WRONG_CREDENTIALS),
        (f"{WRONG} Или войдите через Госуслуги.", Complaint.WRONG_CREDENTIALS),
        ("Неправильно введены символы с картинки", Complaint.CAPTCHA),
        ("Введите символы с картинки", Complaint.CAPTCHA),
        ("Учётная запись заблокирована: неверный пароль введён 10 раз", Complaint.LOCKED),
        ("Вход только через Госуслуги", Complaint.ESIA_ONLY),
        ("Войдите с помощью ЕСИА", Complaint.ESIA_ONLY),
        ("Попробуйте позже", Complaint.OTHER),
        ("Введите логин и пароль", Complaint.OTHER),
        ("", Complaint.OTHER),
    ],
)
def test_a_message_is_about_one_thing(message: str, complaint: Complaint) -> None:
    assert complaint_of(message) is complaint


def test_a_telling_message_wins_over_others() -> None:
    page = Page(messages=("Добро пожаловать", WRONG))

    assert page.complaint is Complaint.WRONG_CREDENTIALS


def test_a_state_is_read_from_its_script() -> None:
    html = '<script>window.__MARKS__INITIAL__STATE__ = {"a":{"b":[1]}};\r\nwindow.x = {};</script>'

    assert embedded_state(html, "__MARKS__INITIAL__STATE__") == {"a": {"b": [1]}}
    assert embedded_state(html, "__OTHER__") is None
    assert embedded_state("window.__A__ = {broken", "__A__") is None
    assert embedded_state("window.__A__ = " + '{"a":' * 100_000, "__A__") is None


@given(st.text())
def test_any_text_is_a_page_or_none(text: str) -> None:
    assert parse_page(text).captcha_id is None or "aptcha" in text


@given(
    st.lists(
        st.sampled_from(
            [
                '<div class="message">',
                "</div>",
                "<script>",
                "</script>",
                "<input name=login>",
                "<input name=password>",
                '<img alt="captcha image" src=//>',
                "<p",
                "&#x110000;",
                "<!--",
                "]]>",
                "Неверный пароль",
            ]
        ),
        max_size=30,
    )
)
def test_torn_markup_never_raises(parts: list[str]) -> None:
    page = parse_page("".join(parts))

    assert page.is_login_form == {"login", "password"}.issubset(page.fields)


@given(st.text())
def test_any_text_has_a_state_or_none(text: str) -> None:
    assert embedded_state(f"window.__A__ = {text}", "__A__") is None or "{" in text


@pytest.mark.parametrize("piece", ["<a ", "<!", "<a b='", "&#", "<div><form>"])
def test_a_page_of_broken_tags_is_soon_done_with(piece: str) -> None:
    before = time.process_time()
    assert parse_page(piece * 200_000) == Page()
    assert time.process_time() - before < 2
