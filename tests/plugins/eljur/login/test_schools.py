"""Which school a person means by what they paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import DiaryMoved, SchoolUnknown
from gateway.core.regions import load_directory
from gateway_eljur.declaration import ELJUR
from gateway_eljur.login import words
from gateway_eljur.login.schools import School, is_address, school_at, school_of
from gateway_eljur.places import BY_HOST, LEFT, VENDOR


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sch1", "cloud.sch1"),
        ("  SCH1 ", "cloud.sch1"),
        ("school_46", "cloud.school_46"),
        ("mou-gymn1", "cloud.mou-gymn1"),
        ("sch1.eljur.ru", "cloud.sch1"),
        ("SCH1.ElJur.ru/", "cloud.sch1"),
        ("www.sch1.eljur.ru", "cloud.sch1"),
        ("https://sch1.eljur.ru", "cloud.sch1"),
        ("http://sch1.eljur.ru:80/authorize?return_uri=/", "cloud.sch1"),
        ("https://sch1.eljur.ru:443/journal-app/u.1000/week.-1#day", "cloud.sch1"),
        ("«https://sch1.eljur.ru/?user=ivanov&domain=other»", "cloud.sch1"),
        ("sch1.eljur.ru.", "cloud.sch1"),
        ("https://eljur.ru/?user=ivanov&domain=demo", "cloud.demo"),
        ("https://api.eljur.ru/apiv3/auth?vendor=demo&devkey=x", "cloud.demo"),
        ("api.eljur.ru?VENDOR=Demo", "cloud.demo"),
        ("https://edu.gounn.ru/authorize", "nizhny.edu"),
        ("edu.gounn.ru?vendor=other", "nizhny.edu"),
        ("https://eljur.gospmr.org", "pmr.eljur"),
        ("https://edu.schools48.ru/authorize", "lipetsk"),
        ("edu.schools48.ru/?vendor=lpsk12", "lipetsk.lpsk12"),
        ("https://www.cop.admhmao.ru/", "yugra"),
        ("https://eschool.gov45.ru/?domain=&vendor=sc1", "kurgan.sc1"),
    ],
)
def test_an_address_names_a_school(text: str, found: str) -> None:
    school = school_of(text)
    assert school.instance == found
    assert ELJUR.instance(school.instance).key == found


@pytest.mark.parametrize(
    "text",
    [
        "Лицей № 1",
        "сч1.eljur.ru",
        "-sch1",
        "a.b.eljur.ru",
        "api",
        "www",
        "https://",
        "https://sch1.eljur.ru:8443/",
        "https://ivanov@sch1.eljur.ru/",
        "ivanov@sch1.eljur.ru",
        "ftp://sch1.eljur.ru/",
        "mailto:ivanov@example.test",
        "https://[sch1.eljur.ru/",
        "x" * 64,
        "https://sch1.eljur.ru/" + "x" * 3000,
        "https://api.eljur.ru/?" + "x=1&" * 100,
    ],
)
def test_what_is_no_school_is_unknown(text: str) -> None:
    with pytest.raises(SchoolUnknown):
        school_of(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", words.NAME_SCHOOL),
        ("https://eljur.ru/", words.NAME_SCHOOL),
        ("https://api.eljur.ru/apiv3/auth", words.NAME_SCHOOL),
        ("https://api.eljur.ru/?vendor=../x", words.NAME_SCHOOL),
        ("https://login.dnevnik.ru/login", words.FOREIGN_ADDRESS),
        ("https://sch1.eljur.ru.evil.test/", words.FOREIGN_ADDRESS),
        ("https://evileljur.ru/", words.FOREIGN_ADDRESS),
        ("sch1.edu.gounn.ru", words.FOREIGN_ADDRESS),
    ],
)
def test_an_error_says_what_is_lacking(text: str, says: object) -> None:
    with pytest.raises(SchoolUnknown) as caught:
        school_of(text)
    assert caught.value.text == says


@pytest.mark.parametrize(("host", "region"), LEFT.items())
def test_a_host_whose_region_has_left_says_where_to(host: str, region: str) -> None:
    with pytest.raises(DiaryMoved) as caught:
        school_of(f"https://{host}/authorize")
    found, text = load_directory().get(region), caught.value.text
    assert found.name.ru in text.ru
    assert found.name.en in text.en
    if found.has_diary:
        assert load_directory().platforms[found.platform].ru in text.ru
        assert found.hosts[0].shown in text.en
    else:
        assert "электронного дневника сейчас нет" in text.ru


@pytest.mark.parametrize("text", ["klgd", "klgd.eljur.ru", "api.eljur.ru?vendor=klgd"])
def test_a_school_of_such_a_region_too(text: str) -> None:
    with pytest.raises(DiaryMoved):
        school_of(text)


@pytest.mark.parametrize(
    "text", ["https://eljur.ru/archive?domain=sch1", "https://sch1.eljur.ru/archive/"]
)
def test_an_archived_school_has_moved(text: str) -> None:
    with pytest.raises(DiaryMoved) as caught:
        school_of(text)
    assert caught.value.text == words.ARCHIVED


def test_a_bare_name_belongs_to_the_host_that_was_chosen() -> None:
    assert school_of("lpsk12", at="lipetsk") == School("lipetsk", "lpsk12")
    assert school_of("api", at="lipetsk") == School("lipetsk", "api")
    assert school_of("sch1.eljur.ru", at="lipetsk") == School("cloud", "sch1")


def test_a_key_completes_a_host() -> None:
    host = School("lipetsk")
    assert host.instance == "lipetsk"
    assert school_at(host, " LPSK12 ") == School("lipetsk", "lpsk12")
    assert school_at(host, "https://edu.schools48.ru/?vendor=lpsk1") == School("lipetsk", "lpsk1")
    with pytest.raises(SchoolUnknown) as caught:
        school_at(host, "https://edu.schools48.ru/")
    assert caught.value.text == words.NAME_KEY


def test_a_name_is_told_from_an_address() -> None:
    assert is_address("sch1.eljur.ru")
    assert not is_address("sch1")
    assert not is_address("Школа № 5, г. Образцовск")


@given(vendor=st.from_regex(VENDOR, fullmatch=True), tail=st.text("abc/?&=.-1", max_size=20))
def test_every_page_of_a_school_names_it(vendor: str, tail: str) -> None:
    if vendor in {"api", "www", "klgd"} or tail.strip("/").startswith("archive"):
        return
    assert school_of(f"https://{vendor}.eljur.ru/{tail}") == School("cloud", vendor)
    assert school_of(vendor) == School("cloud", vendor)


_HOSTS = [*BY_HOST, *LEFT, "eljur.ru", "api.eljur.ru", "x.eljur.ru", "example.test"]
_PIECES = st.one_of(
    st.sampled_from([*_HOSTS, "https://", "http:", "?vendor=", "&domain=", "/archive", "@", ":1"]),
    st.text(max_size=8),
)


@given(text=st.lists(_PIECES, max_size=6).map("".join), at=st.sampled_from(["cloud", "lipetsk"]))
def test_any_text_is_a_school_of_ours_or_an_error(text: str, at: str) -> None:
    try:
        school = school_of(text, at=at)
    except (SchoolUnknown, DiaryMoved):
        return
    assert ELJUR.instance(school.instance).hosts["api"].startswith("https://")
