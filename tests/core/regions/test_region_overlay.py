"""An operator's own file laid over the packaged one."""

import json
from pathlib import Path

import pytest

from gateway.core.errors import ConfigurationError
from gateway.core.regions import RegionDirectory, SignIn, load_directory, loading

NEW = {
    "code": "zz",
    "name": {"ru": "Вымышленный край", "en": "Fictional Krai"},
    "zones": ["Asia/Omsk"],
    "platform": "one",
    "sign_in": "password",
    "gosuslugi": "no",
    "as_of": "2027",
}


def written(tmp_path: Path, document: object) -> Path:
    path = tmp_path / "my-regions.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def overlaid(tmp_path: Path, *regions: object) -> RegionDirectory:
    return load_directory(written(tmp_path, {"regions": regions}))


def test_only_the_given_fields_of_a_region_change(tmp_path: Path) -> None:
    patch = {
        "code": "58",
        "sign_in": "esia_only",
        "hosts": [{"url": "https://diary.example:8443", "evidence": "one_client"}],
        "as_of": "2026-11-02",
    }
    directory = overlaid(tmp_path, patch)
    packaged, mine = load_directory().get("58"), directory.get("58")
    assert mine.sign_in is SignIn.ESIA_ONLY
    assert [host.netloc for host in mine.hosts] == ["diary.example:8443"]
    assert mine.as_of == "2026-11-02"
    assert (mine.name, mine.iso, mine.zones, mine.platform, mine.gosuslugi) == (
        packaged.name,
        packaged.iso,
        packaged.zones,
        packaged.platform,
        packaged.gosuslugi,
    )
    assert [region for region in directory if region.code != "58"] == [
        region for region in load_directory() if region.code != "58"
    ]


def test_one_language_of_a_name_can_be_changed_alone(tmp_path: Path) -> None:
    region = overlaid(tmp_path, {"code": "17", "name": {"en": "Tyva Republic"}}).get("17")
    assert (region.name.ru, region.name.en) == ("Республика Тыва", "Tyva Republic")


def test_null_restores_the_default(tmp_path: Path) -> None:
    assert load_directory().get("14").notes is not None
    assert overlaid(tmp_path, {"code": "14", "notes": None}).get("14").notes is None


def test_the_packaged_directory_stays_as_it_was(tmp_path: Path) -> None:
    overlaid(tmp_path, {"code": "58", "platform": "eljur"})
    assert load_directory().get("58").platform == "it_school"


def test_an_empty_overlay_changes_nothing(tmp_path: Path) -> None:
    directory = load_directory(written(tmp_path, {}))
    assert list(directory) == list(load_directory())
    assert directory.platforms == load_directory().platforms


def test_a_region_can_move_to_a_platform_of_the_operators_own(tmp_path: Path) -> None:
    document = {
        "platforms": {"abacus": {"ru": "Счёты", "en": "Abacus"}},
        "regions": [{"code": "92", "platform": "abacus", "since": "2027-01"}],
    }
    directory = load_directory(written(tmp_path, document))
    assert [region.code for region in directory.by_platform("abacus")] == ["92"]
    assert directory.platforms["abacus"].ru == "Счёты"
    assert "«Счёты», с января 2027 года" in directory.explain("92").ru


def test_a_new_region_can_be_added(tmp_path: Path) -> None:
    directory = overlaid(tmp_path, NEW)
    assert len(directory) == len(load_directory()) + 1
    assert directory.get("ZZ").zone == "Asia/Omsk"
    assert [region.code for region in directory.find("вымышленный")] == ["zz"]


def test_an_overlay_may_be_toml(tmp_path: Path) -> None:
    path = tmp_path / "regions.toml"
    path.write_text('[[regions]]\ncode = "77"\nas_of = "2027-01"\n', encoding="utf-8")
    assert load_directory(path).get("77").as_of == "2027-01"


def test_an_overlay_is_read_anew_each_time(tmp_path: Path) -> None:
    path = written(tmp_path, {"regions": [{"code": "77", "as_of": "2027"}]})
    assert load_directory(path).get("77").as_of == "2027"
    written(tmp_path, {"regions": [{"code": "77", "as_of": "2028"}]})
    assert load_directory(path).get("77").as_of == "2028"


@pytest.mark.parametrize(
    "regions, field",
    [
        ([{"code": "77", "platform": 5}], "regions[77].platform"),
        ([{"code": "77", "platform": "abacus"}], "regions[77].platform"),
        ([{"code": "77", "sign_in": "carrier_pigeon"}], "regions[77].sign_in"),
        ([{"code": "77", "hosts": [{"url": "школа.рф"}]}], "regions[77].hosts[0].url"),
        ([{"code": "77", "hosts": [{"url": "ftp://a.example"}]}], "regions[77].hosts[0].url"),
        ([{"code": "77", "hosts": [{}]}], "regions[77].hosts[0]"),
        ([{"code": "77", "name": {"ru": 1}}], "regions[77].name.ru"),
        ([{"code": "77", "zones": []}], "regions[77].zones"),
        ([{"code": "77", "zones": ["Asia/Omsk", "Asia/Nowhere"]}], "regions[77].zones[1]"),
        ([{"code": "77", "zones": ["../../passwd"]}], "regions[77].zones[0]"),
        ([{"code": "77", "since": "2026-13-01"}], "regions[77].since"),
        ([{"code": "77", "before": [{}]}], "regions[77].before[0]"),
        ([{"code": "77", "also": [{"platform": "abacus"}]}], "regions[77].also[0].platform"),
        ([{"code": "77", "iso": "RU-SPE"}], "regions[77].iso"),
        ([{"code": "77", "sing_in": "unknown"}], "regions[77]"),
        ([{"code": "77", "name": None}], "regions[77]"),
        ([{"code": "77"}, {"code": "77"}], "regions[77]"),
        ([{"code": "zz"}], "regions[zz]"),
        ([{**NEW, "code": "7"}], "regions[7].code"),
        ([{"platform": "one"}], "regions[0].code"),
        ([{"code": 77}], "regions[0].code"),
        (["77"], "regions[0]"),
    ],
)
def test_a_wrong_overlay_is_refused_with_file_and_field(
    tmp_path: Path, regions: list[object], field: str
) -> None:
    path = written(tmp_path, {"regions": regions})
    with pytest.raises(ConfigurationError) as caught:
        load_directory(path)
    assert caught.value.context == {"file": str(path), "field": field}
    assert f"{path}: {field}: " in caught.value.message


def test_a_host_that_only_looks_like_punycode_is_shown_as_it_is(tmp_path: Path) -> None:
    patch = {"code": "77", "hosts": [{"url": "https://xn--0.example/door"}]}
    (host,) = overlaid(tmp_path, patch).get("77").hosts
    assert host.shown == "xn--0.example/door"


def test_broken_packaged_data_is_refused_with_file_and_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, {"platforms": {}, "regions": [{**NEW, "sign_in": 1}]})
    monkeypatch.setattr(loading, "_PACKAGED", path)
    loading._packaged.cache_clear()
    with pytest.raises(ConfigurationError) as caught:
        load_directory()
    assert caught.value.context == {"file": str(path), "field": "regions[0].sign_in"}


def test_an_unknown_section_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="reigons"):
        load_directory(written(tmp_path, {"reigons": []}))


@pytest.mark.parametrize(
    "name, content",
    [("a.json", b"{"), ("a.json", b"[]"), ("a.json", b'{"regions": "\xff"}'), ("a.json", b""),
     ("a.toml", b"= 1"), ("a.toml", b"\xff")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        load_directory(path)
    assert str(path) in caught.value.message


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "absent.json"
    with pytest.raises(ConfigurationError) as caught:
        load_directory(path)
    assert caught.value.context["file"] == str(path)
