import pytest

from gateway.core.errors import Text
from gateway.core.regions import explain_platform, load_directory
from gateway.core.regions.wording import GOSUSLUGI, SIGN_IN, date_text


def explained(code: str) -> Text:
    return load_directory().explain(code)


def test_a_moved_region_learns_where_its_diary_went_from_where_and_when() -> None:
    text = explained("21")
    for fact in ("Чувашская Республика (21)", "«Моя школа (ТОР)»", "www.gosuslugi.ru/school",
                 "с 1 сентября 2026 года", "Модуль для неё не установлен",
                 "«Сетевой город. Образование» (net-school.cap.ru), до 1 сентября 2026 года",
                 "Вход: только через Госуслуги", "Это и есть «Госуслуги Моя школа»",
                 "Сведения от сентября 2026 года."):  # fmt: skip
        assert fact in text.ru
    for fact in ("Chuvash Republic (21)", "since 1 September 2026", "No plugin for it",
                 "(net-school.cap.ru), until 1 September 2026", "Gosuslugi only",
                 "This is “Gosuslugi Moya Shkola” itself", "As of September 2026."):  # fmt: skip
        assert fact in text.en


@pytest.mark.parametrize(
    "code, ru, en",
    [
        ("42", "можно смотреть и через «Госуслуги Моя школа»", "can also be read through"),
        ("90", "посмотреть нельзя", "cannot be read through"),
        ("77", "неизвестно", "is not known"),
    ],
)
def test_whether_gosuslugi_can_be_used_is_told(code: str, ru: str, en: str) -> None:
    assert ru in explained(code).ru
    assert en in explained(code).en


def test_several_former_systems_are_all_named() -> None:
    text = explained("66").ru
    for title in ("«ЕЦП» (dnevnik.egov66.ru)", "«Сетевой город. Образование»", "«Дневник.ру»"):
        assert f"Прежняя система: {title}" in text


def test_a_former_system_known_by_its_host_alone_is_named_by_it() -> None:
    assert "Прежняя система: edu.tatar.ru." in explained("16").ru
    assert "Former system: edu.tatar.ru." in explained("16").en


def test_a_system_beside_the_main_one_is_named_with_who_uses_it() -> None:
    text = explained("50").ru
    assert "(journal.nschg.ru). Школы города Черноголовка." in text


def test_sign_in_details_and_dates_are_told() -> None:
    assert "Вход: только через Госуслуги, с 10 января 2026 года." in explained("22").ru
    assert "Gosuslugi only, since 2017." in explained("29").en
    assert "СНИЛС" in explained("26").ru


def test_paper_diaries_are_called_what_they_are() -> None:
    text = explained("92")
    assert "школы ведут бумажный" in text.ru
    assert "riso.sev.gov.ru" in text.ru
    assert "Вход:" not in text.ru
    assert "schools keep paper ones" in text.en


def test_a_cyrillic_address_is_shown_in_cyrillic() -> None:
    assert "школа.образование33.рф" in explained("33").ru


def test_a_platform_without_a_title_goes_by_its_key() -> None:
    region = load_directory().get("58")
    assert "«it_school»" in explain_platform(region, {}).ru


def test_every_region_has_whole_sentences_in_both_languages() -> None:
    for region in load_directory():
        text = explain_platform(region, load_directory().platforms)
        for sentence in (text.ru, text.en):
            assert sentence.endswith(".")
            assert "None" not in sentence
            assert "  " not in sentence
            assert ".." not in sentence
            assert region.code in sentence
        assert load_directory().platforms[region.platform].ru in text.ru or not region.has_diary
        assert GOSUSLUGI[region.gosuslugi].ru in text.ru
        assert SIGN_IN[region.sign_in].en in text.en or not region.has_diary


@pytest.mark.parametrize(
    "date, ru, en",
    [
        ("2017", "2017 года", "2017"),
        ("2026-05", "мая 2026 года", "May 2026"),
        ("2026-12-31", "31 декабря 2026 года", "31 December 2026"),
    ],
)
def test_a_date_is_told_as_precisely_as_it_is_known(date: str, ru: str, en: str) -> None:
    assert date_text(date) == Text(ru, en)
