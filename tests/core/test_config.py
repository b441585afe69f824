from pathlib import Path

import pytest

from gateway.core.config import Settings, required
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import ConfigurationError, MissingSetting


def test_arguments_beat_environment_beats_file(tmp_path: Path) -> None:
    file = tmp_path / "diary.toml"
    file.write_text(
        'language = "en"\ncache_entries = 5\n[providers.demo]\nbase_url = "http://file"\na = "f"\n',
        encoding="utf-8",
    )
    environ = {
        "DIARY_CACHE_ENTRIES": "6",
        "DIARY_DEMO__BASE_URL": "http://environ",
        "DIARY_DEMO__B": "e",
        "DIARY_PASSWORD": "not a setting",
    }
    settings = Settings.load(
        file=file, environ=environ, cache_entries=7, providers={"demo": {"b": "argument"}}
    )
    assert settings.language == "en"
    assert settings.cache_entries == 7
    assert settings.providers["demo"] == {"base_url": "http://environ", "a": "f", "b": "argument"}


def test_the_environment_is_read_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIARY_LANGUAGE", "en")
    assert Settings().language == "ru"
    assert Settings.from_env().language == "en"


@pytest.mark.parametrize("text", ["language = ", "cache_bytes = 'much'", "surprise = 1"])
def test_a_broken_file_names_itself_or_the_field(tmp_path: Path, text: str) -> None:
    file = tmp_path / "diary.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        Settings.load(file=file, environ={})
    assert any(word in caught.value.message for word in ("diary.toml", "cache_bytes", "surprise"))


def test_a_missing_file_that_was_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        Settings.load(file=tmp_path / "none.toml", environ={})


def test_a_required_setting_is_named_by_its_variable() -> None:
    with pytest.raises(MissingSetting, match="DIARY_DEMO__BASE_URL"):
        required(ProviderSettings(), "demo", "base_url")
